import { describe, expect, test } from 'vitest';
import type { BatchApi } from '../../src/contract/apis.ts';
import type { Report } from '../../src/contract/shapes.ts';
import { compareWithRegister } from '../../src/reconcile/compare-with-register.ts';
import { type ExpectedLoan, expectedLoan } from '../../src/reconcile/expected-loan.ts';
import { propose } from '../../src/reconcile/propose.ts';

const loanNumber = { type: 'Other', number: '0000012345' };
const record = {
  contractDate: '2026-01-02',
  currencyCode: 'EUR',
  loanType: 'LumpSumLoan',
  borrowers: [
    { idCodeType: 'PersonalIdentityCode', idCode: 'a' },
    { idCodeType: 'PersonalIdentityCode', idCode: 'b' },
  ],
  lumpSumLoan: { amountIssued: 1500.5, balance: 900 },
};
const delay = { isDelay: true, delayedAmounts: [{ delayedInstalment: 10, originalDueDate: '2026-01-01' }] };
const end = { isTerminated: true, endDate: '2026-05-01', isTransferredToAnotherLender: false };
const added: [BatchApi, Report] = ['AddLoans', { reportReference: 'new', ...record }];
const ended: [BatchApi, Report] = ['TerminateLoans', { reportType: 'NewReport', termination: end }];
const delayed: [BatchApi, Report] = ['DelayedRepayments', { reportType: 'NewReport', ...delay }];

function known(...reports: [BatchApi, Report][]): ExpectedLoan {
  const loan = expectedLoan(reports.map(([api, report]) => ({ api, text: JSON.stringify({ loanNumber, ...report }) })));
  if (!loan) throw new Error('nothing is known');
  return loan;
}
const answered = (loan: unknown, status = 200) => ({ status, text: JSON.stringify(loan) });
const held = (more: Report = {}) => answered({ loan: { loanNumber, loanStatus: 'active', ...record, ...more } });
const unlike = (loan: ExpectedLoan, answer: { status: number; text: string }) =>
  compareWithRegister(loan, answer).differences.map(({ part, path, ours, theirs }) => [part, path, ours, theirs]);

describe('what the register should hold follows from what it accepted', () => {
  test('a change replaces all but the currency, a payment sets the balance, in either case of keys', () => {
    const loan = expectedLoan([
      { api: 'AddLoans', text: JSON.stringify({ loanNumber, ...record }) },
      {
        api: 'UpdateLoans',
        text: JSON.stringify({
          LoanNumber: { Type: 'Other', Number: '0000012345' },
          ReportType: 'NewReport',
          LoanType: 'LumpSumLoan',
          LumpSumLoan: { AmountIssued: 2000 },
        }),
      },
      {
        api: 'Repayments',
        text: JSON.stringify({
          loanNumber,
          loanType: 'LumpSumLoan',
          lumpSumLoanRepayment: { balance: 700, paymentDate: '2026-02-01' },
        }),
      },
    ]);
    expect(loan).toEqual({
      loanNumber,
      record: { currencyCode: 'EUR', loanType: 'LumpSumLoan', lumpSumLoan: { amountIssued: 2000, balance: 700 } },
      whole: true,
      delay: null,
      ending: null,
      cancelled: false,
    });
  });

  test('of a loan from before the ledger only what was reported is known', () => {
    const loan = known(['Repayments', { lumpSumLoanRepayment: { balance: 700 } }]);
    expect(loan).toMatchObject({ whole: false, record: { lumpSumLoan: { balance: 700 } } });
    expect([loan.delay, loan.ending]).toEqual([undefined, undefined]);
    expect(unlike(loan, held({ loanStatus: 'ended', ...delay }))).toEqual([
      ['record', 'lumpSumLoan.balance', '700', '900'],
    ]);
  });

  test('what a cancelled payment leaves behind is not known, so it is not compared', () => {
    const loan = known(added, ['Repayments', { reportType: 'Cancellation', lumpSumLoanRepayment: { balance: 700 } }]);
    expect(unlike(loan, held({ lumpSumLoan: { amountIssued: 1500.5, balance: 1 } }))).toEqual([]);
  });
});

test('a cancelled ending leaves a loan that goes on; a loan that is cancelled should be there no more', () => {
  const cancelled: [BatchApi, Report] = ['TerminateLoans', { reportType: 'Cancellation', termination: end }];
  expect(known(added, ended, cancelled)).toMatchObject({ ending: null, cancelled: false });
  expect(compareWithRegister(known(added, cancelled), answered({}, 404)).outcome).toBe('notTold');
});

describe('a difference is found', () => {
  test.each<[what: string, loan: ExpectedLoan, answer: { status: number; text: string }, differences: unknown[]]>([
    ['in nothing when both say the same', known(added), held(), []],
    [
      'in an amount',
      known(added),
      held({ lumpSumLoan: { amountIssued: 1500.51, balance: 900 } }),
      [['record', 'lumpSumLoan.amountIssued', '1500.5', '1500.51']],
    ],
    [
      'in a day, whether or not it comes with a time',
      known(added),
      held({ contractDate: '2026-01-03T00:00:00Z' }),
      [['record', 'contractDate', '"2026-01-02"', '"2026-01-03T00:00:00Z"']],
    ],
    [
      'in a value that stands elsewhere, when it stands there once',
      known(added),
      answered({ loanNumber, terms: { AmountIssued: 7 } }),
      [['record', 'lumpSumLoan.amountIssued', '1500.5', '7']],
    ],
    [
      'when the register still lists a delay that is over',
      known(added, delayed, ['DelayedRepayments', { isDelay: false }]),
      held({ delay }),
      [['delay', 'delayedAmounts', null, JSON.stringify(delay.delayedAmounts)]],
    ],
    [
      'when it lists another delay',
      known(added, delayed),
      held({ delayedAmounts: [{ delayedInstalment: 11, originalDueDate: '2026-01-01' }] }),
      [
        [
          'delay',
          'delayedAmounts',
          JSON.stringify(delay.delayedAmounts),
          '[{"delayedInstalment":11,"originalDueDate":"2026-01-01"}]',
        ],
      ],
    ],
    [
      'when it never got the ending',
      known(added, ended),
      held(),
      [['ending', 'termination.isTerminated', 'true', 'false']],
    ],
    [
      'when it ended a loan that goes on',
      known(added),
      held({ loanStatus: 'Ended' }),
      [['ending', 'termination.isTerminated', 'false', 'true']],
    ],
    [
      'when it ended on another day',
      known(added, ended),
      held({ loanStatus: 'ended', termination: { ...end, endDate: '2026-05-02' } }),
      [['ending', 'termination.endDate', '"2026-05-01"', '"2026-05-02"']],
    ],
  ])('%s', (_, loan, answer, differences) => {
    expect(unlike(loan, answer)).toEqual(differences);
  });

  test('borrowers in another order are the same borrowers; one less is a difference', () => {
    expect(unlike(known(added), held({ borrowers: record.borrowers.toReversed() }))).toEqual([]);
    expect(unlike(known(added), held({ borrowers: record.borrowers.slice(1) }))).toHaveLength(1);
    const twice = [record.borrowers[0], record.borrowers[0]];
    expect(unlike(known(added), held({ borrowers: twice }))).toHaveLength(1);
  });

  test('what the register does not tell is no difference, and is told as not compared', () => {
    const { outcome, silent } = compareWithRegister(
      known(added, delayed),
      answered({ loanNumber, contractDate: '2026-01-02' }),
    );
    expect(outcome).toBe('agrees');
    expect(silent).toContain('delayedAmounts');
    expect(silent).toContain('lumpSumLoan.balance');
  });
});

describe('an answer', () => {
  test.each([
    [
      'that knows no such loan',
      known(added),
      answered({ errorResponses: [{ fieldName: 'LoanNumber' }] }, 400),
      'notInRegister',
    ],
    ['that knows no such loan, which has ended', known(added, ended), answered({}, 404), 'notTold'],
    ['of another loan', known(added), answered({ loanNumber: { number: '1' } }), 'unclear'],
    ['that is no JSON', known(added), { status: 200, text: '<html>' }, 'unclear'],
    ['that is an error', known(added), answered({}, 500), 'unclear'],
  ])('%s', (_, loan, answer, outcome) => {
    expect(compareWithRegister(loan, answer)).toMatchObject({ outcome, differences: [] });
  });
});

describe('what is proposed', () => {
  const proposed = (loan: ExpectedLoan, answer: { status: number; text: string }) =>
    propose(loan, compareWithRegister(loan, answer), 'ref').map(({ api, report }) => [api, report]);
  const head = { reportReference: 'ref', loanNumber };

  test('the whole record, as a correction, without the currency', () => {
    const { currencyCode: _, ...changeable } = record;
    expect(proposed(known(added), held({ contractDate: '2026-01-09' }))).toEqual([
      ['UpdateLoans', { ...head, reportType: 'ErrorCorrection', ...changeable }],
    ]);
  });

  test('the loan anew with its delay, when the register does not have it', () => {
    expect(proposed(known(added, delayed), answered({}, 404))).toEqual([
      ['AddLoans', { ...head, ...record }],
      ['DelayedRepayments', { ...head, reportType: 'NewReport', ...delay }],
    ]);
  });

  test('an ending that never came as new, one that is not true taken back, a wrong day corrected', () => {
    expect(proposed(known(added, ended), held())).toEqual([
      ['TerminateLoans', { ...head, reportType: 'NewReport', termination: end }],
    ]);
    expect(proposed(known(added), held({ loanStatus: 'ended' }))).toMatchObject([
      ['TerminateLoans', { reportType: 'ErrorCorrection', termination: { isTerminated: false } }],
    ]);
    const other = held({ loanStatus: 'ended', termination: { ...end, endDate: '2026-05-02' } });
    expect(proposed(known(added, ended), other)).toEqual([
      ['TerminateLoans', { ...head, reportType: 'ErrorCorrection', termination: end }],
    ]);
  });

  test('a delay that is over is ended', () => {
    const over = known(added, delayed, ['DelayedRepayments', { isDelay: false }]);
    expect(proposed(over, held({ delay }))).toEqual([
      ['DelayedRepayments', { ...head, reportType: 'ErrorCorrection', isDelay: false, isForeclosed: false }],
    ]);
  });

  test('nothing, when only a part of the loan is known, or the currency alone differs', () => {
    expect(proposed(known(['Repayments', { lumpSumLoanRepayment: { balance: 1 } }]), held())).toEqual([]);
    expect(proposed(known(added), held({ currencyCode: 'SEK' }))).toEqual([]);
  });
});
