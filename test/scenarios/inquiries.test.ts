import { describe, expect, test } from 'vitest';
import { type Act, answer, answerFrom, answerText, bytes, closes, drips, hangs, resets, says, takes } from './acts.ts';
import { type Expected, playOut, type Scenario } from './expected.ts';
import { rejects } from './held-batches.ts';

/** What looks like good news and is none: the register rejects r3. */
const goodNews = { batchStatus: 'FinishedSuccess', reportCount: 2 };
const page = '<!doctype html><p>"batchStatus":"FinishedSuccess"</p>';

/** The second batch's question meets an act once; the true verdict, that r3 is rejected, comes later. */
const noVerdict = (title: string, act: Act, more: Partial<Scenario> = {}): Scenario => ({
  title,
  ...more,
  script: { judge: rejects(['r3']), processing: 0, ask: { 2: [undefined, act] }, ...more.script },
  expected: {
    states: { 3: 'rejected' },
    outcomes: { 2: ['sent'] },
    also: ({ register, planned }) => expect(register.countOf('asked', planned[1])).toBe(3),
    ...more.expected,
  },
});

describe.concurrent('an answer of GetBatchStatus that is no verdict: asked again, nothing is sent again', () => {
  test.each<Scenario>([
    noVerdict('500', answer(500, goodNews)),
    noVerdict('502 with a page', answer(502, page)),
    noVerdict('503 without Retry-After', answer(503)),
    noVerdict('408', answer(408, goodNews)),
    noVerdict('429', answer(429, goodNews)),
    noVerdict('301', answer(301, goodNews, { location: '/AddLoans' })),
    noVerdict('304', answer(304)),
    noVerdict('405', answer(405, goodNews)),
    noVerdict(
      '400 that names something else',
      answer(400, { errorResponses: [{ fieldName: 'IdCode', errorCode: 'C40' }] }),
    ),
    noVerdict('400 that names nothing', answer(400, goodNews)),
    noVerdict('404, though it had the batch', answer(404)),
    noVerdict('a page with 200', answer(200, page)),
    noVerdict('no body', answer(200)),
    noVerdict('204', answer(204)),
    noVerdict('a JSON array', answer(200, [goodNews])),
    noVerdict('a JSON text', answer(200, '"FinishedSuccess"')),
    noVerdict('null', answer(200, 'null')),
    noVerdict('an empty object', says({})),
    noVerdict('JSON that stops in the middle', answer(200, '{"batchStatus":"FinishedSuccess"')),
    noVerdict('a body that is cut', bytes(answerText(200, goodNews, { 'content-length': '500' }), 'closes')),
    noVerdict('a body that is cut by a reset', bytes(answerText(200, goodNews, { 'content-length': '500' }), 'resets')),
    noVerdict('a body that stalls', bytes(answerText(200, goodNews, { 'content-length': '500' })), {
      patience: { body: 500 },
    }),
    noVerdict('a body of more than 16 MiB', answer(200, { ...goodNews, x: 'x'.repeat(17 * 1024 * 1024) })),
    noVerdict('a word that is unknown', says({ ...goodNews, batchStatus: 'FinishedSomehow' })),
    noVerdict('an empty word', says({ ...goodNews, batchStatus: '' })),
    noVerdict('a word that is null', says({ ...goodNews, batchStatus: null })),
    noVerdict('a word that is a list', says({ ...goodNews, batchStatus: ['FinishedSuccess'] })),
    noVerdict('a word with a space', says({ ...goodNews, batchStatus: 'Finished Success' })),
    noVerdict('the answer about another batch', says({ ...goodNews, batchReference: 'AddLoans-AAAAAAAAAAAAAAAA' })),
    noVerdict('the answer nested too deeply', says(nest(goodNews, 20))),
    noVerdict('junk', bytes('220 mail ready\r\n', 'closes')),
    noVerdict('a reset', resets()),
    noVerdict('a silence', hangs(), { patience: { headers: 600 } }),
    noVerdict('nothing', closes()),
    noVerdict('an answer that drips for ever', drips(answerText(200, { ...goodNews, x: 'x'.repeat(5000) }), 10), {
      patience: { whole: 1500 },
    }),
    noVerdict('a head that drips for ever', drips(`HTTP/1.1 200 OK\r\nx: ${'x'.repeat(5000)}`, 10), {
      patience: { whole: 1500 },
    }),
    noVerdict('`Processed`', says({ batchStatus: 'Processed', reportCount: 2 })),
    noVerdict('`Processed` with a count that is wrong', says({ batchStatus: 'Processed', reportCount: 7 })),
    noVerdict(
      '`Processed` with errors',
      says({ batchStatus: 'Processed', errors: [{ reportReference: 'r4', errorCode: 'D02' }] }),
    ),
  ])('$title', playOut);
});

/** The verdict in another form: r3 is rejected, r4 accepted. */
const verdict = (title: string, act: Act, more: Expected = {}): Scenario => ({
  title,
  script: { judge: rejects(['r3']), processing: 0, ask: { 2: [undefined, act] } },
  expected: { states: { 3: 'rejected' }, ...more },
});
const d02 = { reportReference: 'r3', errorCode: 'D02' };
const part = { batchStatus: 'FinishedPartialSuccess', reportCount: 2, errorResponses: [d02] };

describe.concurrent('a verdict is read in any form', () => {
  test.each<Scenario>([
    verdict('the word in capitals', says({ ...part, batchStatus: 'FINISHEDPARTIALSUCCESS' })),
    verdict('the word in camelCase', says({ ...part, batchStatus: 'finishedPartialSuccess' })),
    verdict(
      'keys in PascalCase',
      says({ BatchStatus: part.batchStatus, ReportCount: 2, Errors: [{ ReportReference: 'r3', ErrorCode: 'D02' }] }),
    ),
    verdict(
      'keys in capitals',
      says({ BATCHSTATUS: part.batchStatus, ERRORS: [{ REPORTREFERENCE: 'r3', ERRORCODE: 'D02' }] }),
    ),
    verdict('nested', says({ response: { batch: part } })),
    verdict(
      'errors below their reports',
      says({
        ...part,
        errorResponses: undefined,
        reports: [
          { reportReference: 'r3', errors: [{ errorCode: 'D02' }] },
          { reportReference: 'r4', errors: [] },
        ],
      }),
    ),
    verdict('the count as a text', says({ ...part, reportCount: '2' })),
    verdict('without a count', says({ ...part, reportCount: undefined })),
    verdict(
      'with its own batch reference',
      answerFrom((it) => answerText(200, { ...part, batchReference: it.reference })),
    ),
    verdict('with members nobody knows', says({ ...part, fromTheFuture: { list: [1, null] } })),
    verdict('with a BOM', answer(200, `\uFEFF${JSON.stringify(part)}`)),
    verdict('as text/plain', answer(200, part, { 'content-type': 'text/plain' })),
    verdict('with 202', answer(202, part)),
    verdict('dripping byte by byte', drips(answerText(200, part))),
    verdict('in chunks', bytes(chunked(JSON.stringify(part)))),
    verdict('until the connection closes', bytes(`HTTP/1.1 200 OK\r\n\r\n${JSON.stringify(part)}`, 'closes')),
    verdict('two errors on one report', says({ ...part, errorResponses: [d02, { ...d02, errorCode: 'E21' }, d02] }), {
      also: ({ findings }) => expect(new Set(findings.map(({ code }) => code))).toEqual(new Set(['D02', 'E21'])),
    }),
    verdict(
      'an error without a code',
      says({ ...part, errorResponses: [{ reportReference: 'r3', errorDescription: 'no' }] }),
    ),
    verdict(
      'an error without a code beside one with',
      says({ ...part, errorResponses: [{ reportReference: 'r4', errorDescription: 'no' }, d02] }),
      {
        states: { 3: 'rejected', 4: 'rejected' },
        appliedToo: [4],
      },
    ),
  ])('$title', playOut);
});

describe.concurrent('known, unknown, known', () => {
  const hidden = answer(404);
  test.each<Scenario>([
    {
      title: 'a batch that is known, then denied, then known again is never sent again',
      script: { processing: 3, ask: { 2: [undefined, undefined, hidden, hidden, undefined, hidden] } },
    },
    {
      title: 'a batch whose answer was lost and that shows late is not sent again',
      script: { post: { 2: [takes(resets())] }, ask: { 2: [undefined, hidden, hidden, hidden, hidden, hidden] } },
      expected: { atMost: 2400 },
    },
    {
      title: 'a batch that shows at the last question before it would go again is not sent again',
      script: {
        post: { 2: [takes(resets())] },
        ask: { 2: (it) => (hoursSince(it.now(), it.register.happenings) < 1.99 ? hidden : undefined) },
      },
      expected: { atLeast: 7000 },
    },
    {
      title: 'a batch that is being processed for ten hours is never sent again, and an alarm is raised',
      script: {
        ask: {
          2: (it) =>
            it.n > 1 && hoursSince(it.now(), it.register.happenings) < 10
              ? says({ batchStatus: 'Processed' })
              : undefined,
        },
      },
      hours: 13,
      expected: { alarm: /batch.overdue/, atLeast: 10 * 3600, atMost: 12 * 3600 },
    },
    {
      title: 'a batch that is never done stays with the register',
      script: { ask: { 2: [undefined, ...Array.from({ length: 500 }, () => says({ batchStatus: 'Processed' }))] } },
      expected: {
        end: 'timeUp',
        states: { 3: 'withRegister', 4: 'withRegister' },
        appliedToo: [3, 4],
        alarm: /batch.overdue/,
      },
    },
    {
      title: 'an answer lost twice over, unclear in between',
      script: {
        post: { 2: [takes(resets())] },
        ask: {
          2: [undefined, answer(500), hidden, answer(200, page), hidden, resets(), says({ batchStatus: 'Unheard' })],
        },
      },
    },
    {
      title: 'what is unclear is no denial: with the status service down nothing is ever sent again',
      script: { post: { 2: [resets()] }, ask: { 2: (it) => (it.n > 1 ? answer(500) : undefined) } },
      expected: { end: 'timeUp', states: { 3: 'unknown', 4: 'unknown' } },
    },
    {
      title: 'two denials are not enough, however long they last',
      script: { post: { 2: [resets()] }, ask: { 2: (it) => (it.n > 3 ? answer(500) : undefined) } },
      expected: { end: 'timeUp', states: { 3: 'unknown', 4: 'unknown' } },
    },
  ])('$title', playOut);
});

function nest(value: unknown, depth: number): unknown {
  return depth === 0 ? value : { deeper: nest(value, depth - 1) };
}

function chunked(text: string): string {
  const chunks = [...text].map((char) => `1\r\n${char}\r\n`).join('');
  return `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${chunks}0\r\n\r\n`;
}

/** Hours since the first POST of all. */
function hoursSince(now: number, happenings: readonly { kind: string; at: number }[]): number {
  return (now - (happenings.find(({ kind }) => kind === 'posted')?.at ?? now)) / 3_600_000;
}
