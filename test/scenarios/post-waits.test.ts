import { describe, expect, test } from 'vitest';
import { type Act, answer, answerFrom, answerText, bytes, takes } from './acts.ts';
import { playOut, type Scenario } from './expected.ts';
import type { Told } from './play.ts';

/** How long nothing at all was posted or asked after the second batch was posted first, in s. */
function silence({ register, planned }: Told): number {
  const { happenings } = register;
  const at = happenings.findIndex(({ kind, reference }) => kind === 'posted' && reference === planned[1]);
  const next = happenings.slice(at + 1).find(({ kind }) => kind === 'asked' || kind === 'posted');
  return ((next?.at ?? Number.POSITIVE_INFINITY) - (happenings[at]?.at ?? 0)) / 1000;
}

/** The second batch meets an act; then nothing is heard of the client for so long. */
const waits = (title: string, act: Act, atLeast: number, atMost: number, more: Partial<Scenario> = {}): Scenario => ({
  title,
  limits: { inFlight: 1 },
  script: { post: { 2: [act] } },
  hours: 72,
  expected: {
    outcomes: { 2: ['unknown'] },
    also(told) {
      expect(silence(told)).toBeGreaterThanOrEqual(atLeast);
      expect(silence(told)).toBeLessThanOrEqual(atMost);
    },
  },
  ...more,
});
const day = 86_400;
const now = 1.5;
const taken = (status: number, value?: string) =>
  takes(answer(status, '', value === undefined ? {} : { 'retry-after': value }));
const dated = (seconds: number) =>
  takes(answerFrom((it) => answerText(503, '', { 'retry-after': new Date(it.now() + seconds * 1000).toUTCString() })));

describe.concurrent('Retry-After', () => {
  test.each<Scenario>([
    waits('in seconds, with 503', taken(503, '120'), 120, 125),
    waits('in seconds, with 429', taken(429, '7'), 7, 9),
    waits('in seconds, with 500', taken(500, '30'), 30, 32),
    waits('as a date', dated(600), 598, 602),
    waits('as a date that is past', dated(-600), 0, now),
    waits('of zero', taken(503, '0'), 0, now),
    waits('below zero', taken(503, '-60'), 0, now),
    waits('beyond a day is a day', taken(503, '1000000000000'), day, day + 5),
    waits('in the year 2099 is a day', taken(503, 'Wed, 20 May 2099 10:00:00 GMT'), day, day + 5),
    waits('that is junk', taken(503, 'soon'), 0, now),
    waits('that is junk with a year in it', taken(503, 'back in 2099'), 0, now),
    waits('with two numbers: the longer', taken(503, '120, 60'), 120, 125),
    waits(
      'that came twice: the longer',
      takes(bytes('HTTP/1.1 503 No\r\nretry-after: 60\r\nretry-after: 120\r\ncontent-length: 0\r\n\r\n')),
      120,
      125,
    ),
    waits('missing', taken(503), 0, now),
    waits('empty', taken(503, ''), 0, now),
    waits('with 202 changes nothing', taken(202, '600'), 0, now, { expected: { atMost: 400 } }),
  ])('$title', playOut);

  test.each<Scenario>([
    {
      title: 'of the status service is obeyed by everything',
      limits: { inFlight: 1 },
      script: { ask: { 2: [answer(503, '', { 'retry-after': '300' })] } },
      expected: { atLeast: 300, atMost: 1000 },
    },
    {
      title: 'is kept when the process ends: the next run waits the rest',
      limits: { inFlight: 1 },
      script: { post: { 2: [taken(503, '7200')] } },
      hours: 1,
      runs: 3,
      expected: {
        end: ['timeUp', 'timeUp', 'idle'],
        also: (told) => expect(silence(told)).toBeGreaterThanOrEqual(7200),
      },
    },
    {
      title: 'again and again, to every batch that was not taken: all are taken in the end, each once',
      script: { post: (it) => (it.n === 1 ? answer(429, '', { 'retry-after': '60' }) : undefined) },
      expected: { posts: 6, atLeast: 7200 },
    },
  ])('$title', playOut);
});

const lost = (status: number, then: Partial<Scenario> = {}): Scenario => ({
  title: `${status} to a batch that was not taken: it goes again, once, after three denials in two hours`,
  script: { post: { 2: [answer(status)] } },
  ...then,
  expected: { outcomes: { 2: ['unknown', 'sent'] }, posts: 4, atLeast: 7200, ...then.expected },
});

describe.concurrent('a batch the register says it has never heard of', () => {
  test.each<Scenario>([
    lost(500),
    lost(502),
    lost(503),
    lost(504),
    lost(429),
    lost(408),
    lost(425),
    lost(500, {
      title: '500 to the first POST and to the resend: again only after as many denials and as long a time',
      script: { post: { 2: [answer(500), answer(500), answer(500)] } },
      hours: 12,
      expected: { outcomes: { 2: ['unknown', 'unknown', 'unknown', 'sent'] }, posts: 6, atLeast: 3 * 7200 },
    }),
    lost(500, {
      title: 'the resend is taken, and its answer lost too: it is asked about',
      script: { post: { 2: [answer(500), takes(bytes('', 'resets'))] } },
      expected: { outcomes: { 2: ['unknown', 'unknown'] } },
    }),
    lost(500, {
      title: 'the resend is refused by its data',
      script: { post: { 2: [answer(500), answer(400, { reportReference: 'r3', errorCode: 'D02' })] } },
      expected: { outcomes: { 2: ['unknown', 'refused'] }, states: { 3: 'rejected' }, posts: 5 },
    }),
    lost(500, {
      title: 'the resend is too large now',
      script: { post: { 2: [answer(500), answer(413)] } },
      expected: { outcomes: { 2: ['unknown', 'tooLarge'] }, posts: 6 },
    }),
    lost(500, {
      title: 'the resend is stopped (403): the batch stays unknown, and goes again in the next run',
      script: { post: { 2: [answer(500), answer(403)] } },
      runs: 2,
      expected: { end: ['halted', 'idle'], outcomes: { 2: ['unknown', 'stop', 'sent'] }, posts: 5 },
    }),
    lost(500, {
      title: 'not within the time that is waited: its reports are unknown, nobody guesses',
      hours: 1.5,
      expected: {
        end: 'timeUp',
        outcomes: { 2: ['unknown'] },
        posts: 3,
        states: { 3: 'unknown', 4: 'unknown' },
        atLeast: 1.5 * 3600,
      },
    }),
    lost(500, {
      title: 'over three runs: the denials of all of them count',
      hours: 0.8,
      runs: 3,
      expected: { end: ['timeUp', 'timeUp', 'idle'], outcomes: { 2: ['unknown', 'sent'] }, posts: 4 },
    }),
    lost(500, {
      title: 'by a 400 that names the BatchReference',
      script: {
        post: { 2: [answer(500)] },
        ask: {
          2: (it) =>
            it.register.held.has(it.reference)
              ? undefined
              : answer(400, { errorResponses: [{ fieldName: 'BatchReference', errorCode: 'E01' }] }),
        },
      },
    }),
    lost(500, {
      title: 'all batches at once: each goes again once',
      script: { post: (it) => (it.n === 1 ? answer(503) : undefined) },
      expected: { outcomes: {}, posts: 6 },
    }),
  ])('$title', playOut);
});
