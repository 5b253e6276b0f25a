import { expect, test } from 'vitest';
import { answerMembers, jsonLine } from '../../src/contract/answer-members.ts';

test('every value stands under the path of its member, numbers as they were written', () => {
  const text =
    '\uFEFF{"Loan":{"balance":1200.50,"id":12345678901234567890,"ended":null,"borrowers":[{"idCode":"x"},{"idCode":"y"}],"tags":[],"ok":true}}';
  expect(answerMembers(text)).toEqual([
    { path: 'Loan.balance', text: '1200.50' },
    { path: 'Loan.id', text: '12345678901234567890' },
    { path: 'Loan.ended', text: '' },
    { path: 'Loan.borrowers[1].idCode', text: 'x' },
    { path: 'Loan.borrowers[2].idCode', text: 'y' },
    { path: 'Loan.ok', text: 'true' },
  ]);
  expect(answerMembers('<html>')).toBeUndefined();
});

test('an answer becomes one line, and is otherwise left as it came', () => {
  expect(jsonLine('{\r\n  "a": 1.10,\n  "b": "x\\ny"\n}\n')).toBe('{ "a": 1.10, "b": "x\\ny" }');
  expect(jsonLine('<p>\n"no"</p>')).toBe(JSON.stringify('<p>\n"no"</p>'));
});
