import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { batchApis, listKey } from '../../src/contract/apis.ts';
import { type Envelope, frame, serialise, statusQuestion } from '../../src/contract/message.ts';
import { owner } from '../ledger/builders.ts';

const envelope: Envelope = { targetEnvironment: 'Test', owner };
const key = fc.stringMatching(/^[a-z][A-Za-z0-9]{0,8}$/);
const leaf = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
);
const { report } = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, leaf, fc.array(tie('value'), { maxLength: 3 }), tie('report')),
  report: fc.dictionary(key, tie('value'), { maxKeys: 4 }),
}));
const reports = fc.array(report, { maxLength: 4 });
const plain = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;

function pascal(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pascal);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [`${name[0]?.toUpperCase()}${name.slice(1)}`, pascal(member)]),
  );
}

describe('a message', () => {
  test('is its envelope and its reports, and nothing else', () => {
    fc.assert(
      fc.property(fc.constantFrom(...batchApis), reports, (api, all) => {
        const { head, tail } = frame(api, envelope, 'camelCase');
        const text = head + all.map((each) => serialise(each, 'camelCase')).join(',') + tail;
        expect(JSON.parse(text)).toEqual(plain({ ...envelope, [listKey[api]]: all }));
      }),
    );
  });

  test('has every key in PascalCase when the register wants it so; values stay', () => {
    fc.assert(
      fc.property(fc.constantFrom(...batchApis), reports, (api, all) => {
        const { head, tail } = frame(api, envelope, 'PascalCase');
        const text = head + all.map((each) => serialise(each, 'PascalCase')).join(',') + tail;
        expect(JSON.parse(text)).toEqual(plain(pascal({ ...envelope, [listKey[api]]: all })));
      }),
    );
  });

  test('names its list as its API does', () => {
    const heads = batchApis.map((api) => frame(api, envelope, 'camelCase').head.split('"').at(-2));
    expect(heads).toEqual(['loans', 'loans', 'repayments', 'delayedRepayments', 'loanTerminations']);
    expect(frame('TerminateLoans', envelope, 'PascalCase').head).toMatch(/,"LoanTerminations":\[$/);
  });

  test('leaves out what is not there', () => {
    expect(serialise({ a: undefined, b: { c: undefined } }, 'camelCase')).toBe('{"b":{}}');
    expect(serialise({ a: undefined, b: [1] }, 'PascalCase')).toBe('{"B":[1]}');
  });

  test('the question about a batch carries its reference in the body', () => {
    expect(JSON.parse(statusQuestion(envelope, 'AddLoans-X', 'camelCase'))).toEqual({
      ...envelope,
      batchReference: 'AddLoans-X',
    });
    expect(JSON.parse(statusQuestion(envelope, 'x', 'PascalCase'))).toMatchObject({
      BatchReference: 'x',
      TargetEnvironment: 'Test',
    });
  });
});
