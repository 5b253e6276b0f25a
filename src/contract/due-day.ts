import type { Api } from './apis.ts';
import type { Report } from './shapes.ts';

/** How days are counted; banking days need a calendar of holidays, which is not the contract's to know. */
export type DayReckoning = {
  addDays(day: string, count: number): string;
  addBankingDays(day: string, count: number): string;
};

/**
 * The day by which a report must be made (register-contract.md section 6, official): a new loan by the calendar day after
 * the contract, payments and endings within two banking days. Changes and delays carry no day of their own to count from.
 * @returns `yyyy-mm-dd`, or null when it is not known
 */
export function dueDay(api: Api, report: Report, days: DayReckoning): string | null {
  const part = (key: string) => (report[key] ?? {}) as Report;
  switch (api) {
    case 'AddLoans':
      // The contract of a loan taken over was made with another lender: its day says nothing about ours.
      if (report['isTransferredFromAnotherLender'] === true) return null;
      return typeof report['contractDate'] === 'string' ? days.addDays(report['contractDate'], 1) : null;
    case 'Repayments': {
      const day = part('lumpSumLoanRepayment')['paymentDate'];
      return typeof day === 'string' ? days.addBankingDays(day, 2) : null;
    }
    case 'TerminateLoans': {
      const day = part('termination')['endDate'];
      return typeof day === 'string' ? days.addBankingDays(day, 2) : null;
    }
    case 'UpdateLoans':
    case 'DelayedRepayments':
    case 'GetLoan':
    case 'GetCreditRegisterExtract':
      return null;
  }
}
