import { describe, expect, test } from 'vitest';
import { findColumn } from '../../src/pipeline/send-and-ask.ts';

const columns = new Map([
  ['lumpSumLoan.balance', 'SALDO'],
  ['runningAccountLoan.balance', 'LIMIITTI'],
  ['borrowers.idCode', 'HETU'],
  ['guarantors.code', 'TAKAAJA{n}'],
  ['loanNumber.number', 'LAINANRO'],
  ['interest.marginPct', 'MARGINAALI'],
  ['interest.totalInterestRatePct', 'KORKO'],
]);

describe('the column behind a field of the register', () => {
  test.each([
    ['the whole path in another case', 'LumpSumLoan.Balance', 'SALDO'],
    ['a last name that only one column has', 'IdCode', 'HETU'],
    ['a path with places in lists', 'loans[3].borrowers[0].idCode', 'HETU'],
    ['a last name that two columns have', 'balance', null],
    ['a numbered column, which is several', 'code', null],
    ['a group of fields of which one comes from a column', 'LoanNumber', 'LAINANRO'],
    ['a group of fields of several columns', 'interest', null],
    ['a field the mapping does not have', 'contractDate', null],
  ])('%s', (_, field, column) => {
    expect(findColumn(field, columns)).toBe(column);
  });
});
