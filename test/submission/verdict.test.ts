import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Answer, batchStatuses, readAnswer } from '../../src/contract/answer.ts';
import { readVerdict } from '../../src/submission/verdict.ts';
import { answer, registerError } from './builders.ts';

const sent = ['a', 'b', 'c'];
const read = (more: Partial<Answer>, references = sent, status = 200) =>
  readVerdict({ status, answer: answer(more) }, 'AddLoans-X', references.length, references);
const rejectedOf = (verdict: ReturnType<typeof read>) =>
  verdict.kind === 'settled' ? [...verdict.rejected.keys()] : verdict.kind;

describe('what an answer of GetBatchStatus means', () => {
  test('Processed means being processed, whatever else the answer says', () => {
    expect(read({ batchStatus: 'Processed' })).toEqual({ kind: 'processing' });
    expect(read({ batchStatus: 'Processed', reportCount: 1, errors: [registerError('a')] })).toEqual({
      kind: 'processing',
    });
  });

  test('FinishedSuccess accepts every report', () => {
    expect(read({})).toEqual({ kind: 'settled', rejected: new Map() });
    expect(read({ reportCount: 3 })).toEqual({ kind: 'settled', rejected: new Map() });
  });

  test('FinishedSuccess with errors contradicts itself', () => {
    expect(read({ errors: [registerError('a')] }).kind).toBe('inconsistent');
    expect(read({ errors: [registerError(null)] }).kind).toBe('inconsistent');
  });

  test('FinishedPartialSuccess rejects the reports it names, with all their errors', () => {
    const errors = [registerError('b', 'D02'), registerError('c', 'C40'), registerError('b', 'E21')];
    const verdict = read({ batchStatus: 'FinishedPartialSuccess', errors });
    expect(verdict).toEqual({
      kind: 'settled',
      rejected: new Map([
        ['b', [registerError('b', 'D02'), registerError('b', 'E21')]],
        ['c', [registerError('c', 'C40')]],
      ]),
    });
  });

  test('accepted in part, but nobody is named: never taken for success', () => {
    expect(read({ batchStatus: 'FinishedPartialSuccess' }).kind).toBe('inconsistent');
  });

  test('accepted in part, and an error that names no report: nobody knows whom it means', () => {
    const errors = [registerError('a'), registerError(null)];
    expect(read({ batchStatus: 'FinishedPartialSuccess', errors }).kind).toBe('inconsistent');
  });

  test('FinishedFailed with everyone named rejects everyone', () => {
    const verdict = read({ batchStatus: 'FinishedFailed', errors: sent.map((reference) => registerError(reference)) });
    expect(rejectedOf(verdict)).toEqual(sent);
  });

  test('FinishedFailed with some named, or nobody, goes on in parts', () => {
    const one = registerError('b');
    const untied = registerError(null, 'A10');
    expect(read({ batchStatus: 'FinishedFailed', errors: [one, untied] })).toEqual({
      kind: 'split',
      guilty: new Map([['b', [one]]]),
      errors: [untied],
    });
    expect(read({ batchStatus: 'FinishedFailed' })).toEqual({ kind: 'split', guilty: new Map(), errors: [] });
  });

  test('an error that names no report means the only report there is', () => {
    const error = registerError(null, 'C40');
    for (const batchStatus of ['FinishedFailed', 'FinishedPartialSuccess'])
      expect(read({ batchStatus, errors: [error] }, ['a'])).toEqual({
        kind: 'settled',
        rejected: new Map([['a', [error]]]),
      });
    expect(read({ batchStatus: 'FinishedFailed' }, ['a'])).toEqual({ kind: 'settled', rejected: new Map([['a', []]]) });
  });

  test.each(['FinishedSuccess', 'FinishedPartialSuccess', 'FinishedFailed'])(
    '%s with another number of reports than were sent is inconsistent',
    (batchStatus) => {
      for (const reportCount of [0, 2, 4, -1]) {
        const verdict = read({
          batchStatus,
          reportCount,
          errors: batchStatus === 'FinishedSuccess' ? [] : [registerError('a')],
        });
        expect(verdict).toMatchObject({ kind: 'inconsistent', why: expect.stringContaining('3 reports were sent') });
      }
    },
  );

  test.each(['FinishedPartialSuccess', 'FinishedFailed', 'FinishedSuccess'])(
    '%s that names a report which was not in the batch is inconsistent',
    (batchStatus) => {
      expect(read({ batchStatus, errors: [registerError('a'), registerError('z')] }).kind).toBe('inconsistent');
    },
  );

  test('the word may come in any case', () => {
    expect(read({ batchStatus: 'finishedsuccess' }).kind).toBe('settled');
    expect(read({ batchStatus: 'PROCESSED' }).kind).toBe('processing');
    expect(read({ batchStatus: 'finishedFailed' }).kind).toBe('split');
  });

  test.each(['Finished', 'Success', 'FinishedSuccess ', '', 'Accepted', 'Failed', 'FinishedSuccessfully'])(
    'an unknown word is unclear: %j',
    (batchStatus) => {
      expect(read({ batchStatus }).kind).toBe('unclear');
    },
  );

  test('an answer without a word, or that cannot be read, is unclear', () => {
    expect(read({ batchStatus: null }).kind).toBe('unclear');
    expect(read({ readable: false, batchStatus: null }).kind).toBe('unclear');
  });

  test('an answer about another batch says nothing of this one', () => {
    expect(read({ batchReference: 'AddLoans-Y' }).kind).toBe('unclear');
    expect(read({ batchReference: 'AddLoans-X' }).kind).toBe('settled');
  });

  test('never heard of it: a 404, or a 400 that names the BatchReference; nothing else', () => {
    expect(read({ readable: false, batchStatus: null }, sent, 404).kind).toBe('notFound');
    for (const field of ['BatchReference', 'batchReference', 'request.batchReference'])
      expect(read({ batchStatus: null, errors: [registerError(null, 'X1', { field })] }, sent, 400).kind).toBe(
        'notFound',
      );
    for (const field of [null, 'IdCode', 'BatchReferenceType', 'otherbatchreference'])
      expect(read({ batchStatus: null, errors: [registerError(null, 'X1', { field })] }, sent, 400).kind).toBe(
        'unclear',
      );
    for (const status of [400, 401, 403, 405, 410, 429, 500, 502, 503, 301])
      expect(read({ batchStatus: null }, sent, status).kind).toBe('unclear');
    const named = { batchStatus: null, errors: [registerError(null, 'X1', { field: 'BatchReference' })] };
    for (const status of [200, 401, 422, 500]) expect(read(named, sent, status).kind).toBe('unclear');
  });

  test('a word counts only in an answer that succeeded', () => {
    for (const status of [199, 300, 400, 403, 500, 503]) expect(read({}, sent, status).kind).toBe('unclear');
    expect(read({}, sent, 202).kind).toBe('settled');
  });
});

describe('reading is total', () => {
  const errors = fc.array(
    fc.record({
      reportReference: fc.constantFrom('a', 'b', 'c', 'z', null),
      code: fc.constantFrom('D02', 'E20'),
      field: fc.constantFrom(null, 'BatchReference'),
      text: fc.constant(null),
    }),
    { maxLength: 5 },
  );
  const anyAnswer = fc.record({
    readable: fc.boolean(),
    batchStatus: fc.constantFrom(...batchStatuses, 'odd', null),
    batchReference: fc.constantFrom(null, 'AddLoans-X', 'other'),
    reportCount: fc.constantFrom(null, 0, 2, 3),
    correlationId: fc.constant(null),
    errors,
    references: fc.constant<string[]>([]),
  });

  test('a report is accepted only by FinishedSuccess without errors, or FinishedPartialSuccess that names another', () => {
    fc.assert(
      fc.property(anyAnswer, fc.constantFrom(200, 202, 400, 404, 500), (found, status) => {
        const verdict = readVerdict({ status, answer: found }, 'AddLoans-X', sent.length, sent);
        if (verdict.kind !== 'settled' || verdict.rejected.size === sent.length) return;
        expect(status).toBeLessThan(300);
        expect(found.reportCount ?? sent.length).toBe(sent.length);
        expect(found.batchReference).not.toBe('other');
        const named = new Set(found.errors.map(({ reportReference }) => reportReference));
        expect(new Set(verdict.rejected.keys())).toEqual(named);
        expect(found.batchStatus).toBe(named.size === 0 ? 'FinishedSuccess' : 'FinishedPartialSuccess');
      }),
      { numRuns: 500 },
    );
  });

  test('no text the register could send is taken for a verdict by mistake, and none makes reading fail', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), fc.integer({ min: 100, max: 599 }), (body, status) => {
        const verdict = readVerdict({ status, answer: readAnswer(body) }, 'AddLoans-X', sent.length, sent);
        expect(verdict.kind).toBe(status === 404 ? 'notFound' : 'unclear');
      }),
    );
  });
});
