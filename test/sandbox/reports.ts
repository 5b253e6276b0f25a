import type { Report } from '../../src/contract/shapes.ts';
import { artificialPerson } from './persons.ts';

const other = (number: string) => ({ type: 'Other', number });

/** A new loan that the register accepts. */
export const newLoan = (number: string, more: Report = {}): Report => ({
  reportReference: `new-${number}`,
  loanNumber: other(number),
  contractDate: '2026-01-15',
  currencyCode: 'EUR',
  loanType: 'LumpSumLoan',
  isTransferredFromAnotherLender: false,
  borrowersCount: 1,
  borrowers: [borrower(artificialPerson(Number(number) || 1))],
  lumpSumLoan: { amountIssued: 1000, amountPaid: 1000, balance: 1000 },
  ...more,
});

/** A borrower by identity code. */
export const borrower = (idCode: string): Report => ({ idCodeType: 'PersonalIdentityCode', idCode });

/** The whole record of a loan again. */
export function change(number: string, more: Report = {}): Report {
  const { currencyCode: _, ...record } = newLoan(number);
  return { ...record, reportReference: `change-${number}`, reportType: 'NewReport', ...more };
}

/** A payment of a lump-sum loan. */
export const payment = (number: string, more: Report = {}): Report => ({
  reportReference: `payment-${number}`,
  reportType: 'NewReport',
  loanNumber: other(number),
  loanType: 'LumpSumLoan',
  lumpSumLoanRepayment: { amortizationPaid: 100, balance: 900, paymentDate: '2026-04-30' },
  ...more,
});

/** A delay of one instalment. */
export const delay = (number: string, originalDueDate = '2026-02-01', more: Report = {}): Report => ({
  reportReference: `delay-${number}`,
  reportType: 'NewReport',
  loanNumber: other(number),
  isDelay: true,
  delayedAmounts: [{ delayedInstalment: 100, originalDueDate }],
  isForeclosed: false,
  ...more,
});

/** The end of a loan. */
export const ending = (number: string, termination: Report = {}, more: Report = {}): Report => ({
  reportReference: `end-${number}`,
  reportType: 'NewReport',
  loanNumber: other(number),
  termination: { isTerminated: true, endDate: '2026-05-01', isTransferredToAnotherLender: false, ...termination },
  ...more,
});
