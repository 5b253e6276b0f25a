import { describe, expect, test } from 'vitest';
import { type Act, answer, takes } from './acts.ts';
import { type Expected, playOut, type Scenario } from './expected.ts';

const d02 = { errorCode: 'D02', fieldName: 'AmountPaid', errorDescription: 'too much' };
const page = '<!doctype html><h1>Virhe</h1>';
const errorsOf = (...errors: object[]) => ({ statusMessage: 'Failed to process the request.', errorResponses: errors });

/** The second batch (r3, r4) is refused by its first POST. */
const refused = (title: string, act: Act, expected: Expected, more: Partial<Scenario> = {}): Scenario => ({
  title,
  script: { post: { 2: [act] } },
  expected: { outcomes: { 2: ['refused'] }, ...expected },
  ...more,
});
const r3: Expected = { states: { 3: 'rejected' }, posts: 4 };
const halves: Expected = { posts: 5 };

describe.concurrent('a batch refused by its data', () => {
  test.each<Scenario>([
    refused('named beside the error: the other goes on', answer(400, errorsOf({ reportReference: 'r3', ...d02 })), r3),
    refused(
      'named above the errors',
      answer(400, { reports: [{ reportReference: 'r3', errors: [d02, { errorCode: 'E21' }] }] }),
      {
        ...r3,
        also: ({ findings }) => expect(findings.map(({ code }) => code).sort()).toEqual(['D02', 'E21']),
      },
    ),
    refused('named in capitals', answer(400, { ERRORRESPONSES: [{ REPORTREFERENCE: 'r3', ERRORCODE: 'D02' }] }), r3),
    refused('named without a list', answer(400, { reportReference: 'r3', ...d02 }), r3),
    refused(
      'both are named',
      answer(400, errorsOf({ reportReference: 'r3', ...d02 }, { reportReference: 'r4', ...d02 })),
      {
        states: { 3: 'rejected', 4: 'rejected' },
      },
    ),
    refused(
      'one is named twice',
      answer(400, errorsOf({ reportReference: 'r3', ...d02 }, { reportReference: 'r3', ...d02 })),
      r3,
    ),
    refused(
      'one is named, and the message blamed',
      answer(400, errorsOf({ errorCode: 'A10' }, { reportReference: 'r3', ...d02 })),
      r3,
    ),
    refused('nobody is named: it goes on in halves', answer(400, errorsOf(d02)), halves),
    refused('without errors: in halves', answer(400, {}), halves),
    refused('with a page: in halves', answer(400, page), halves),
    refused('with no body: in halves', answer(400), halves),
    refused('someone else is named: in halves', answer(400, errorsOf({ reportReference: 'r1', ...d02 })), halves),
    refused('415: in halves', answer(415), halves),
    refused('422 with a name', answer(422, errorsOf({ reportReference: 'r4', ...d02 })), {
      states: { 4: 'rejected' },
      posts: 4,
    }),
  ])('$title', playOut);

  test.each<Scenario>([
    {
      title: 'refused again and again: every report ends by itself, and nothing goes on for ever',
      script: { post: () => answer(400, errorsOf({ errorCode: 'A10' })) },
      expected: {
        states: { 1: 'rejected', 2: 'rejected', 3: 'rejected', 4: 'rejected', 5: 'rejected', 6: 'rejected' },
        posts: 9,
      },
    },
    {
      title: 'a batch of one report is rejected with what was said of nobody',
      limits: { maxReportsPerBatch: 1 },
      script: { post: { 2: [answer(400, errorsOf(d02))] } },
      expected: {
        states: { 2: 'rejected' },
        also: ({ findings }) => expect(findings).toEqual([{ code: 'D02', reference: 'r2' }]),
      },
    },
    {
      title: 'the first batch',
      script: { post: { 1: [answer(400, errorsOf({ reportReference: 'r2', ...d02 }))] } },
      expected: { states: { 2: 'rejected' }, posts: 4 },
    },
    {
      title: 'the last batch, while the others need long',
      script: { processing: 20, post: { 3: [answer(400, errorsOf({ reportReference: 'r6', ...d02 }))] } },
      expected: { states: { 6: 'rejected' }, posts: 4 },
    },
    {
      title: 'a person not known yet (E20) is waited for, without a POST',
      script: { post: { 2: [answer(400, errorsOf({ reportReference: 'r3', errorCode: 'E20' }))] } },
      expected: { states: { 3: 'deferred' }, posts: 4 },
    },
  ])('$title', playOut);
});

describe.concurrent('a batch that is too large (413)', () => {
  test.each<Scenario>([
    {
      title: 'goes on in halves',
      script: { post: { 2: [answer(413)] } },
      expected: { posts: 5, outcomes: { 2: ['tooLarge'] } },
    },
    {
      title: 'is split until it fits',
      reports: 16,
      padding: 500,
      limits: { maxReportsPerBatch: 16 },
      script: { post: (it) => (it.length > 2600 ? answer(413, page) : undefined) },
      expected: { posts: 1 + 2 + 4 },
    },
    {
      title: 'is rejected when even one report is too large',
      padding: 5000,
      reports: 2,
      script: { post: () => answer(413) },
      expected: { states: { 1: 'rejected', 2: 'rejected' }, posts: 3 },
    },
  ])('$title', playOut);
});

const halted = (status: number, act: Act, why: RegExp): Scenario => ({
  title: `${status}: everything stops; the next run goes on, and nothing goes twice`,
  limits: { inFlight: 1 },
  runs: 2,
  script: { post: { 2: [act] } },
  expected: {
    end: ['halted', 'idle'],
    posts: 4,
    outcomes: { 2: ['stop', 'sent'] },
    also: ({ ends }) => expect(ends[0]).toMatchObject({ why: expect.stringMatching(why) }),
  },
});

describe.concurrent('a register that takes nothing', () => {
  test.each<Scenario>([
    halted(401, answer(401), /certificate/),
    halted(403, answer(403, page), /certificate/),
    halted(404, answer(404), /address/),
    halted(405, answer(405, '', { allow: 'GET' }), /address/),
    halted(300, answer(300), /address/),
    halted(301, answer(301, '', { location: '/UpdateLoans' }), /address/),
    halted(302, answer(302, '', { location: 'https://localhost:1/' }), /address/),
    halted(303, answer(303, '', { location: '/GetBatchStatus' }), /address/),
    halted(304, answer(304), /address/),
    halted(307, answer(307, '', { location: '/AddLoans' }), /address/),
    halted(308, answer(308, '', { location: '/AddLoans' }), /address/),
    {
      title: 'the certificate is refused from the first question on: nothing is posted',
      script: { ask: () => answer(403) },
      expected: {
        end: 'halted',
        posts: 0,
        why: /certificate/,
        states: { 1: 'waiting', 2: 'waiting', 3: 'waiting', 4: 'waiting', 5: 'waiting', 6: 'waiting' },
      },
    },
    {
      title: 'the certificate is refused while a verdict is asked for: the verdict comes with the next run',
      limits: { inFlight: 1 },
      runs: 2,
      script: { ask: { 2: [undefined, answer(401)] } },
      expected: { end: ['halted', 'idle'] },
    },
    {
      title: 'others under way finish when one is refused',
      script: { post: { 2: [answer(403)] } },
      runs: 2,
      expected: { end: ['halted', 'idle'], posts: 4 },
    },
    {
      title: 'a batch is taken although its answer is a redirect: the next run asks first and does not send it',
      limits: { inFlight: 1 },
      runs: 2,
      script: { post: { 2: [takes(answer(307, '', { location: '/AddLoans' }))] } },
      expected: { end: ['halted', 'idle'], posts: 3, alarm: /batch.known/ },
    },
  ])('$title', playOut);
});

describe.concurrent('a reference the register says it has (409)', () => {
  test.each<Scenario>([
    {
      title: 'to a first POST that was taken: asked about, not sent again',
      script: { post: { 2: [takes(answer(409))] } },
      expected: { outcomes: { 2: ['known'] } },
    },
    {
      title: 'after an unknown attempt that was taken and shows late',
      script: {
        post: { 2: [takes(answer(500)), answer(409)] },
        ask: { 2: [undefined, answer(404), answer(404), answer(404)] },
      },
      expected: { outcomes: { 2: ['unknown'] }, atMost: 7200 },
    },
    {
      title: 'after an unknown attempt that was denied for hours: it is not applied twice',
      script: {
        post: { 2: [takes(answer(502)), answer(409)] },
        ask: { 2: (it) => (it.register.countOf('posted', it.reference) < 2 ? answer(404) : undefined) },
      },
      expected: { outcomes: { 2: ['unknown', 'known'] }, posts: 4, atLeast: 7200 },
    },
  ])('$title', playOut);
});
