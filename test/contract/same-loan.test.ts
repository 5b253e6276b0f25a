import { describe, expect, test } from 'vitest';
import { compareLoan } from '../../src/contract/same-loan.ts';

const report = {
  reportReference: 'new-1',
  loanNumber: { type: 'Other', number: '0000012345' },
  contractDate: '2026-01-02',
  borrowersCount: 2,
  borrowers: [
    { idCodeType: 'PersonalIdentityCode', idCode: 'a' },
    { idCodeType: 'PersonalIdentityCode', idCode: 'b' },
  ],
  lumpSumLoan: { amountIssued: 1500.5 },
};
const { reportReference: _, ...loan } = report;
const compare = (answer: unknown, status = 200) =>
  compareLoan(JSON.stringify(report), { status, text: typeof answer === 'string' ? answer : JSON.stringify(answer) });

describe('a loan of the register is that of the report', () => {
  test.each<[why: string, answer: unknown]>([
    ['when it says the same', loan],
    [
      'wherever it stands in the answer',
      { statusMessage: 'ok', loans: [{ loanNumber: { number: '1' } }, { record: loan }] },
    ],
    [
      'in keys of any case',
      { Loan: { LoanNumber: { Type: 'Other', Number: '0000012345' }, CONTRACTDATE: '2026-01-02' } },
    ],
    ['when it says more', { ...loan, loanStatus: 'active', lumpSumLoan: { amountIssued: 1500.5, balance: 3 } }],
    ['when it says less', { loanNumber: loan.loanNumber, borrowersCount: 2 }],
    ['when its dates are date-times', { ...loan, contractDate: '2026-01-02T00:00:00Z' }],
    ['when its amounts are texts', { ...loan, lumpSumLoan: { amountIssued: '1500.50' } }],
    ['when its borrowers stand in another order', { ...loan, borrowers: loan.borrowers.toReversed() }],
  ])('%s', (_why, answer) => {
    expect(compare(answer)).toBe('same');
  });
});

test.each<[what: string, answer: unknown]>([
  ['date', { ...loan, contractDate: '2026-01-03' }],
  ['amount', { ...loan, lumpSumLoan: { amountIssued: 1500 } }],
  ['borrower', { ...loan, borrowers: [loan.borrowers[0], { idCodeType: 'PersonalIdentityCode', idCode: 'c' }] }],
  ['number of borrowers', { ...loan, borrowers: loan.borrowers.slice(1) }],
])('a loan with another %s is not that of the report', (_what, answer) => {
  expect(compare(answer)).toBe('differs');
});

test.each<[what: string, answer: unknown, status: number]>([
  ['a 404', '', 404],
  ['a 400 about the loan number', { errorResponses: [{ fieldName: 'LoanNumber', errorCode: 'X' }] }, 400],
])('%s says that there is no such loan', (_what, answer, status) => {
  expect(compare(answer, status)).toBe('absent');
});

test.each<[what: string, answer: unknown, status: number]>([
  ['a 400 about something else', { errorResponses: [{ fieldName: 'Owner', errorCode: 'X' }] }, 400],
  ['a 500', loan, 500],
  ['a page', '<html>', 200],
  ['another loan', { ...loan, loanNumber: { type: 'Other', number: '9' } }, 200],
  ['an empty answer', {}, 200],
  ['the number alone', { loanNumber: loan.loanNumber }, 200],
])('%s says nothing', (_what, answer, status) => {
  expect(compare(answer, status)).toBe('unclear');
});
