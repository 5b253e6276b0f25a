import { describe, expect, test } from 'vitest';
import { type BatchApi, batchApis } from '../../src/contract/apis.ts';
import { explainCode } from '../../src/contract/finding-codes.ts';
import { applyRules, daysBetween } from '../../src/contract/rules.ts';
import type { Report } from '../../src/contract/shapes.ts';
import { change, delay, ending, newLoan, payment } from '../sandbox/reports.ts';

const today = '2026-05-20';
const codes = (api: BatchApi, report: Report, day = today) =>
  applyRules(api, report, { today: day }).map(({ code }) => code);
const paths = (api: BatchApi, report: Report) => applyRules(api, report, { today }).map(({ path }) => path);
const person = (idCode: string) => ({ idCodeType: 'PersonalIdentityCode', idCode });
const lump = (part: Report) => ({ lumpSumLoan: part });
const consumer = (loanConsumerProtectionAct: string) => ({ consumerCredit: { loanConsumerProtectionAct } });
const account = (part: Report) =>
  payment('1', { loanType: 'RunningAccountLoan', lumpSumLoanRepayment: undefined, runningAccountLoanRepayment: part });

const good: Record<BatchApi, Report> = {
  AddLoans: newLoan('1'),
  UpdateLoans: change('1'),
  Repayments: payment('1'),
  DelayedRepayments: delay('1'),
  TerminateLoans: ending('1'),
};

test('acceleration goes with a new loan that is transferred, from 7 October 2026 by the day of the report', () => {
  const loan = (more: Report, day: string) =>
    codes('AddLoans', newLoan('1', { isTransferredFromAnotherLender: true, ...more }), day);
  const both = { isForeclosed: true, foreclosureDate: '2026-09-01' };
  expect(loan(both, '2026-10-06')).toEqual(['ACCELERATION_IN_NEW_LOAN']);
  expect(loan({ isForeclosed: false }, '2026-10-06')).toEqual(['ACCELERATION_IN_NEW_LOAN']);
  expect(loan(both, '2026-10-07')).toEqual([]);
  expect(loan({ isForeclosed: true }, '2026-10-07')).toEqual(['FORECLOSURE_DATE_MISSING']);
  expect(loan({ ...both, isTransferredFromAnotherLender: false }, '2026-10-07')).toEqual(['ACCELERATION_IN_NEW_LOAN']);
});

test('a lease has no borrower with a Business ID, whatever its key, since 1 December 2025', () => {
  const lease = { loanType: 'Leasing', lumpSumLoan: undefined, leasingContract: {} };
  const borrower = { ...person('010190-900P'), borrowerBusinessId: '1572860-0' };
  const found = (more: Report, day = today) => codes('AddLoans', newLoan('1', { borrowers: [borrower], ...more }), day);
  expect(found(lease)).toEqual(['BUSINESS_ID_ON_LEASE']);
  expect(found(lease, '2025-11-30')).toEqual([]);
  expect(found({})).toEqual([]);
});

test.each(batchApis)('nothing is said against a good report of %s', (api) => {
  expect(codes(api, good[api])).toEqual([]);
});

describe.each([
  ['AddLoans', newLoan],
  ['UpdateLoans', change],
] as const)('a loan of %s', (api, make) => {
  const loan = (more: Report) => codes(api, make('1', more));

  test('may have been drawn up to what was granted', () => {
    expect(loan(lump({ amountIssued: 100, amountPaid: 100.01 }))).toEqual(['AMOUNT_PAID_ABOVE_ISSUED']);
    expect(paths(api, make('1', lump({ amountIssued: 100, amountPaid: 101 })))).toEqual(['lumpSumLoan.amountPaid']);
    expect(loan(lump({ amountIssued: 100, amountPaid: 100 }))).toEqual([]);
    expect(loan(lump({ amountPaid: 100 }))).toEqual([]);
  });

  test('has the part of its type and no other', () => {
    const mismatch = ['LOAN_PART_MISMATCH'];
    expect(loan({ loanType: 'Leasing' })).toEqual(mismatch);
    expect(loan({ lumpSumLoan: undefined })).toEqual(mismatch);
    expect(loan({ runningAccountLoan: {} })).toEqual(mismatch);
    expect(loan({ loanType: 'RunningAccountLoan', lumpSumLoan: undefined, runningAccountLoan: {} })).toEqual([]);
    expect(loan({ loanType: 'Leasing', lumpSumLoan: undefined, leasingContract: {} })).toEqual([]);
    expect(loan({ loanType: 'GuaranteeReceivable', ...lump({ purposeOfUse: 'GuaranteeReceivable' }) })).toEqual([]);
  });

  test('of consumer credit has a purpose of consumer credit, since 23 April 2025', () => {
    const wrong = (act: string, purposeOfUse: string, day = today) =>
      codes(api, make('1', { ...consumer(act), ...lump({ purposeOfUse }) }), day);
    const found = ['PURPOSE_NOT_FOR_CONSUMER_CREDIT'];
    for (const act of ['ConsumerCredit', 'ResidentialPropertyConsumerCredit'])
      for (const purpose of ['LoanForBusinessActivities', 'OtherLoan']) expect(wrong(act, purpose)).toEqual(found);
    expect(wrong('OtherThanConsumerCredit', 'OtherLoan')).toEqual([]);
    expect(wrong('ConsumerCredit', 'HomeLoan')).toEqual([]);
    expect(wrong('ConsumerCredit', 'OtherLoan', '2025-04-22')).toEqual([]);
    expect(wrong('ConsumerCredit', 'OtherLoan', '2025-04-23')).toEqual(found);
  });

  test('that is a guarantee receivable has that purpose too, since 1 April 2026', () => {
    const half = make('1', { loanType: 'GuaranteeReceivable', ...lump({ purposeOfUse: 'StudentLoan' }) });
    expect(codes(api, half, '2026-03-31')).toEqual([]);
    expect(codes(api, half, '2026-04-01')).toEqual(['GUARANTEE_RECEIVABLE_HALF']);
    expect(loan(lump({ purposeOfUse: 'GuaranteeReceivable' }))).toEqual([]);
  });

  test('counts at least the borrowers it lists', () => {
    const borrowers = [person('a'), person('b')];
    expect(loan({ borrowers, borrowersCount: 1 })).toEqual(['BORROWERS_COUNT_TOO_SMALL']);
    expect(loan({ borrowers, borrowersCount: 2 })).toEqual([]);
    expect(loan({ borrowers, borrowersCount: 3 })).toEqual([]);
    expect(loan({ borrowers, borrowersCount: undefined })).toEqual([]);
  });

  test('lists each person once', () => {
    expect(loan({ borrowers: [person('a'), person('b'), person('a')], borrowersCount: 3 })).toEqual(['BORROWER_TWICE']);
  });

  test('is told everything at once, in the order of the rules', () => {
    const borrowers = [person('a'), person('a')];
    const all = {
      ...lump({ amountIssued: 1, amountPaid: 2, purposeOfUse: 'OtherLoan' }),
      ...consumer('ConsumerCredit'),
    };
    expect(loan({ ...all, runningAccountLoan: {}, borrowers, borrowersCount: 1 })).toEqual([
      'AMOUNT_PAID_ABOVE_ISSUED',
      'LOAN_PART_MISMATCH',
      'PURPOSE_NOT_FOR_CONSUMER_CREDIT',
      'BORROWERS_COUNT_TOO_SMALL',
      'BORROWER_TWICE',
    ]);
  });
});

describe('a delay', () => {
  test('may be reported from the sixtieth day on, since 1 April 2026', () => {
    expect(codes('DelayedRepayments', delay('1', '2026-03-22'))).toEqual(['DELAY_UNDER_60_DAYS']);
    expect(codes('DelayedRepayments', delay('1', '2026-03-21'))).toEqual([]);
    expect(codes('DelayedRepayments', delay('1', '2026-03-30'), '2026-03-31')).toEqual([]);
    expect(codes('DelayedRepayments', delay('1', '2026-03-31'), '2026-04-01')).toEqual(['DELAY_UNDER_60_DAYS']);
  });

  test('is judged by every instalment', () => {
    const delayedAmounts = ['2026-01-01', '2026-05-01'].map((originalDueDate) => ({
      delayedInstalment: 1,
      originalDueDate,
    }));
    expect(codes('DelayedRepayments', delay('1', '', { delayedAmounts }))).toEqual(['DELAY_UNDER_60_DAYS']);
  });

  test('lists instalments, and the end of a delay lists none', () => {
    const found = ['DELAY_AMOUNTS_MISMATCH'];
    expect(codes('DelayedRepayments', delay('1', '', { delayedAmounts: [] }))).toEqual(found);
    expect(codes('DelayedRepayments', delay('1', '', { delayedAmounts: undefined }))).toEqual(found);
    expect(codes('DelayedRepayments', delay('1', '2026-01-01', { isDelay: false }))).toEqual(found);
    expect(codes('DelayedRepayments', delay('1', '', { isDelay: false, delayedAmounts: undefined }))).toEqual([]);
  });

  test('with foreclosure has its day', () => {
    expect(codes('DelayedRepayments', delay('1', undefined, { isForeclosed: true }))).toEqual([
      'FORECLOSURE_DATE_MISSING',
    ]);
    expect(codes('DelayedRepayments', delay('1', undefined, { isForeclosed: true, foreclosureDate: today }))).toEqual(
      [],
    );
  });
});

test('an ending has its day', () => {
  const { endDate: _, ...noDay } = { isTerminated: true, endDate: today };
  expect(codes('TerminateLoans', ending('1', {}, { termination: noDay }))).toEqual(['END_DATE_MISSING']);
  expect(codes('TerminateLoans', ending('1', {}, { termination: { isTerminated: false } }))).toEqual([]);
});

test('interest or expenses of an account alone is a warning, since 1 April 2026', () => {
  expect(applyRules('Repayments', account({ interestPaid: 1 }), { today })).toEqual([
    {
      code: 'INTEREST_AND_EXPENSES_TOGETHER',
      path: 'runningAccountLoanRepayment.otherExpenses',
      expected: expect.any(String),
      severity: 'warning',
    },
  ]);
  expect(paths('Repayments', account({ otherExpenses: 1 }))).toEqual(['runningAccountLoanRepayment.interestPaid']);
  expect(codes('Repayments', account({ otherExpenses: 1, interestPaid: 0 }))).toEqual([]);
  expect(codes('Repayments', account({ balance: 1 }))).toEqual([]);
  expect(codes('Repayments', account({ interestPaid: 1 }), '2026-03-31')).toEqual([]);
});

test('every other hit is an error, and every code can be explained', () => {
  const hits = applyRules('AddLoans', newLoan('1', { loanType: 'Leasing' }), { today });
  expect(hits).toMatchObject([{ severity: 'error' }]);
  for (const { code } of hits) expect(explainCode(code, null, 'en').text).not.toContain('house check');
  expect(explainCode('MY-CHECK', null, 'en').text).toContain('MY-CHECK');
  expect(explainCode('E20', 'E20', 'en').howToFix).toContain('week');
  expect(explainCode('Q99', 'Q99', 'en').text).toContain('Q99');
});

test('days between two days are whole, over any change of clocks', () => {
  expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2);
  expect(daysBetween('2026-10-24', '2026-10-26')).toBe(2);
  expect(daysBetween('2026-05-20', '2026-05-19')).toBe(-1);
  expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2);
});
