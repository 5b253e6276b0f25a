import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readAnswer } from '../../src/contract/answer.ts';

const read = (value: unknown) => readAnswer(JSON.stringify(value));
const error = { fieldName: 'IdCode', errorCode: 'E20', errorDescription: 'not found' };
const found = (reportReference: string | null) => ({
  reportReference,
  code: 'E20',
  field: 'IdCode',
  text: 'not found',
});

describe('reading an answer', () => {
  test('takes the status, the counts and the ids', () => {
    const answer = {
      batchStatus: 'FinishedSuccess',
      batchReference: 'X',
      reportCount: 3,
      correlationId: 'c',
      more: {},
    };
    expect(read(answer)).toEqual({
      readable: true,
      batchStatus: 'FinishedSuccess',
      batchReference: 'X',
      reportCount: 3,
      correlationId: 'c',
      errors: [],
      references: [],
    });
  });

  test.each([
    ['beside its code', { reportReference: 'r', ...error }],
    ['above its list', { reportReference: 'r', errorResponses: [error] }],
    ['above a nested object', { reportReference: 'r', result: { detail: { errors: [error] } } }],
    ['in a list of reports', { reports: [{ reportReference: 'r', errorResponses: [error] }] }],
    ['in a list by another name', { Batch: { ProcessedReports: [{ ReportReference: 'r', ErrorResponses: [error] }] } }],
  ])('ties an error to its report: the reference stands %s', (_, answer) => {
    expect(read(answer)).toMatchObject({ errors: [found('r')], references: ['r'] });
  });

  test('ties each error to the nearest reference', () => {
    const answer = { reportReference: 'outer', errorResponses: [error, { reportReference: 'inner', ...error }] };
    expect(read(answer).errors).toEqual([found('outer'), found('inner')]);
  });

  test('one report’s reference is not carried over to the next', () => {
    expect(
      read({ reports: [{ reportReference: 'r', errorResponses: [] }, { errorResponses: [error] }] }).errors,
    ).toEqual([found(null)]);
  });

  test('lists every reference that is named, once, with errors or without', () => {
    expect(
      read({ reports: [{ reportReference: 'a' }, { reportReference: 'b' }, { reportReference: 'a' }] }).references,
    ).toEqual(['a', 'b']);
  });

  test('takes numbers and texts as they come', () => {
    expect(read({ reportCount: '12' }).reportCount).toBe(12);
    for (const odd of ['x', '1.5', 1.5, null, '', {}, '12345678901'])
      expect(read({ reportCount: odd }).reportCount).toBeNull();
    expect(read({ errorCode: 17 }).errors).toMatchObject([{ code: '17', field: null, text: null }]);
    expect(read({ errorCode: 'A', errorMessage: 'other word' }).errors).toMatchObject([{ text: 'other word' }]);
    expect(read({ batchStatus: true }).batchStatus).toBeNull();
  });

  test('a byte order mark does not matter', () => {
    expect(readAnswer('\uFEFF{"batchStatus":"Processed"}').batchStatus).toBe('Processed');
  });

  test.each([
    '',
    '[]',
    '[{"batchStatus":"FinishedSuccess"}]',
    '"FinishedSuccess"',
    'null',
    '7',
    '<html>',
    '{"batchStatus":"Fin',
  ])('what is no object cannot be read: %j', (body) => {
    expect(readAnswer(body)).toMatchObject({ readable: false, batchStatus: null, errors: [] });
  });

  test('the case of keys does not matter', () => {
    const cased = (key: string, upper: boolean[]) =>
      [...key].map((letter, i) => (upper[i % upper.length] ? letter.toUpperCase() : letter.toLowerCase())).join('');
    const recase = (value: unknown, upper: boolean[]): unknown => {
      if (Array.isArray(value)) return value.map((item) => recase(item, upper));
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value).map(([key, member]) => [cased(key, upper), recase(member, upper)]),
      );
    };
    const answer = {
      batchStatus: 'FinishedPartialSuccess',
      batchReference: 'X',
      reportCount: 2,
      correlationId: 'c',
      reports: [{ reportReference: 'r', errorResponses: [error] }],
    };
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 9 }), (upper) => {
        expect(read(recase(answer, upper))).toEqual(read(answer));
      }),
    );
  });

  test('never fails, whatever comes', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.json(),
          fc.jsonValue().map((value) => JSON.stringify({ reports: value })),
        ),
        (body) => {
          expect(typeof readAnswer(body).readable).toBe('boolean');
        },
      ),
      { numRuns: 500 },
    );
    for (const open of ['[', '{"a":']) expect(readAnswer(open.repeat(200_000)).readable).toBe(false);
    expect(readAnswer(`{"a":${'['.repeat(5000)}${']'.repeat(5000)}}`).readable).toBe(true);
    expect(readAnswer('{"__proto__":{"batchStatus":"FinishedSuccess"},"constructor":1}').readable).toBe(true);
    expect(({} as { batchStatus?: string }).batchStatus).toBeUndefined();
  });
});
