import { describe, expect, test } from 'vitest';
import type { RegisterError } from '../../src/contract/answer.ts';
import { makeBatch } from '../../src/submission/plan.ts';
import { refusal, settlement } from '../../src/submission/settle-batch.ts';
import { start } from '../ledger/builders.ts';
import { registerError, settling } from './builders.ts';

const week = 7 * 86_400_000;
const rejecting = (...entries: [string, RegisterError[]][]) => new Map(entries);
const nobody = new Map<string, RegisterError[]>();
const statesOf = ({ exceptions }: { exceptions: readonly { id: number; state: string }[] }) =>
  exceptions.map(({ id, state }) => `${id} ${state}`);

describe('a verdict on a batch', () => {
  test('accepts everyone who is not named, and keeps what the register said', () => {
    const { context } = settling(3);
    expect(settlement(context, nobody)).toEqual({
      state: 'settled',
      registerStatus: 'FinishedFailed',
      reported: 3,
      correlationId: 'c-1',
      day: '2026-05-20',
      exceptions: [],
      parts: [],
    });
  });

  test('the day of the verdict is the day in Finland', () => {
    const { context } = settling(1);
    expect(settlement({ ...context, now: Date.parse('2026-05-20T21:30:00Z') }, nobody).day).toBe('2026-05-21');
  });

  test('rejects the named, each with its errors, at its line and column', () => {
    const { context } = settling(2);
    const error = registerError('r2', 'C40', { field: 'IdCode', text: 'bad code 131052-308T' });
    expect(settlement(context, rejecting(['r2', [error]])).exceptions).toEqual([
      {
        id: 2,
        state: 'rejected',
        resendAt: null,
        findings: [
          {
            code: 'C40',
            severity: 'error',
            stage: 'register',
            registerCode: 'C40',
            line: 3,
            lastLine: 3,
            column: 'HETU',
            value: null,
            expected: 'IdCode',
            message: 'bad code ******-****',
          },
        ],
      },
    ]);
  });

  test('a person who is not known yet is waited for a week, as a warning', () => {
    const { context } = settling(2);
    const [exception] = settlement(context, rejecting(['r1', [registerError('r1', 'E20')]])).exceptions;
    expect(exception).toMatchObject({ id: 1, state: 'deferred', resendAt: start + week });
    expect(exception?.findings).toMatchObject([{ code: 'E20', severity: 'warning' }]);
  });

  test('the second time a person is not known the report is rejected', () => {
    const { context } = settling(1, { deferrals: 1 });
    const [exception] = settlement(context, rejecting(['r1', [registerError('r1', 'E20')]])).exceptions;
    expect(exception).toMatchObject({ state: 'rejected', resendAt: null });
    expect(exception?.findings).toMatchObject([{ code: 'E20', severity: 'error' }]);
  });

  test('a report with another error beside E20 is rejected at once', () => {
    const { context } = settling(1);
    const errors = [registerError('r1', 'E20'), registerError('r1', 'D02')];
    expect(statesOf(settlement(context, rejecting(['r1', errors])))).toEqual(['1 rejected']);
  });

  test('a rejection without a reason says so', () => {
    const { context } = settling(1);
    const [exception] = settlement(context, rejecting(['r1', []])).exceptions;
    expect(exception?.findings).toMatchObject([{ code: 'NO_REASON', registerCode: null, severity: 'error' }]);
  });

  test('a code that nobody knows is a rejection like any other', () => {
    const { context } = settling(1);
    const [exception] = settlement(context, rejecting(['r1', [registerError('r1', 'Q99')]])).exceptions;
    expect(exception).toMatchObject({ state: 'rejected', findings: [{ code: 'Q99', registerCode: 'Q99' }] });
  });
});

describe('a batch refused as a whole', () => {
  test.each([
    [2, [[1], [2]]],
    [3, [[1, 2], [3]]],
    [
      4,
      [
        [1, 2],
        [3, 4],
      ],
    ],
    [
      5,
      [
        [1, 2, 3],
        [4, 5],
      ],
    ],
  ])('of %d reports goes on in halves when nobody is named', (count, halves) => {
    const { context, body } = settling(count);
    const end = refusal(context, body, 'refused', nobody, [registerError(null, 'A10')]);
    expect(end).toMatchObject({ state: 'refused', exceptions: [] });
    expect(end.parts.map(({ reportIds }) => [...reportIds])).toEqual(halves);
  });

  test('goes on in one piece without those who are named', () => {
    const { context, body } = settling(4);
    const end = refusal(context, body, 'failed', rejecting(['r2', [registerError('r2')]]), []);
    expect(end).toMatchObject({ state: 'failed' });
    expect(statesOf(end)).toEqual(['2 rejected']);
    expect(end.parts.map(({ reportIds }) => [...reportIds])).toEqual([[1, 3, 4]]);
  });

  test('ends when everyone is named', () => {
    const { context, body } = settling(2);
    const guilty = rejecting(['r1', [registerError('r1')]], ['r2', [registerError('r2')]]);
    const end = refusal(context, body, 'refused', guilty, []);
    expect(statesOf(end)).toEqual(['1 rejected', '2 rejected']);
    expect(end.parts).toEqual([]);
  });

  test('ends with its only report, which takes the errors that name nobody', () => {
    const { context, body } = settling(1);
    const end = refusal(context, body, 'refused', nobody, [registerError(null, 'A10')]);
    expect(end).toMatchObject({ parts: [] });
    expect(end.exceptions).toMatchObject([{ id: 1, state: 'rejected', findings: [{ code: 'A10' }] }]);
    const named = refusal(context, body, 'refused', rejecting(['r1', [registerError('r1', 'C40')]]), [
      registerError(null),
    ]);
    expect(named.exceptions).toMatchObject([{ findings: [{ code: 'C40' }] }]);
  });

  test('a named person who is not known yet waits, the rest goes on', () => {
    const { context, body } = settling(2);
    const end = refusal(context, body, 'failed', rejecting(['r1', [registerError('r1', 'E20')]]), []);
    expect(statesOf(end)).toEqual(['1 deferred']);
    expect(end.parts.map(({ reportIds }) => [...reportIds])).toEqual([[2]]);
  });

  test('parts are new batches: the same texts under a new generation and a new reference', () => {
    const { context, body } = settling(2);
    const { parts } = refusal(context, body, 'refused', nobody, []);
    const made = (id: number) =>
      makeBatch(
        [{ id, reference: `r${id}`, generation: 3, text: `{"reportReference":"r${id}"}` }],
        context.batch.number,
        body.source,
        body.frame,
      );
    expect(parts).toEqual([made(1), made(2)]);
    expect(new Set([context.batch.reference, ...parts.map(({ reference }) => reference)]).size).toBe(3);
  });

  test('splitting again and again ends with the guilty report alone', () => {
    let ids = Array.from({ length: 17 }, (_, i) => i + 1);
    let rounds = 0;
    while (ids.length > 1) {
      const { context, body } = settling(17);
      const reports = context.reports.filter(({ id }) => ids.includes(id));
      const texts = reports.map(({ id }) => body.texts[id - 1] ?? '');
      const { parts } = refusal({ ...context, reports }, { ...body, texts }, 'refused', nobody, []);
      expect(parts.flatMap(({ reportIds }) => [...reportIds])).toEqual(ids);
      ids = [...(parts.find(({ reportIds }) => reportIds.includes(11))?.reportIds ?? [])];
      rounds++;
    }
    expect(ids).toEqual([11]);
    expect(rounds).toBeLessThanOrEqual(5);
  });
});
