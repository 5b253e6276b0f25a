import type { Item, Loan } from './loan.ts';

type ReportOf<A extends Item['api']> = Extract<Item, { api: A }>['report'];

/**
 * The loan as an accepted report leaves it.
 * @param loan what the register holds; undefined only for a new loan
 */
export function changeLoan(item: Item, loan: Loan | undefined): Loan {
  if (item.api === 'AddLoans') {
    const { reportReference: _, isForeclosed, foreclosureDate, ...record } = item.report;
    // What was called in elsewhere is called in here too (2.9).
    const delay = isForeclosed === true ? { isDelay: false, isForeclosed, foreclosureDate } : null;
    return { status: 'active', record, delay, ending: null };
  }
  if (!loan) throw new Error(`${item.api} was accepted for a loan the register does not hold`);
  switch (item.api) {
    case 'UpdateLoans':
      return { ...loan, record: replaced(item.report, loan) };
    case 'Repayments':
      return item.report.reportType === 'Cancellation' ? loan : { ...loan, record: withBalance(item.report, loan) };
    case 'DelayedRepayments': {
      const { reportReference: _, reportType, loanNumber: __, ...delay } = item.report;
      const gone = reportType === 'Cancellation' || (!delay.isDelay && delay.isForeclosed !== true);
      return { ...loan, delay: gone ? null : delay };
    }
    case 'TerminateLoans':
      return ended(item.report, loan);
  }
}

/** A change carries the whole record but the currency, and what it leaves out is erased (register-contract.md 2.9). */
function replaced(report: ReportOf<'UpdateLoans'>, loan: Loan): Loan['record'] {
  const { reportReference: _, reportType: __, ...record } = report;
  const { currencyCode } = loan.record;
  return currencyCode === undefined ? record : { ...record, currencyCode };
}

function withBalance(report: ReportOf<'Repayments'>, { record }: Loan): Loan['record'] {
  const { lumpSumLoanRepayment: lumpSum, runningAccountLoanRepayment: account } = report;
  if (record.lumpSumLoan && lumpSum?.balance !== undefined)
    return { ...record, lumpSumLoan: { ...record.lumpSumLoan, balance: lumpSum.balance } };
  if (record.runningAccountLoan && account?.balance !== undefined) {
    const { balance, balanceDate = record.runningAccountLoan.balanceDate } = account;
    return { ...record, runningAccountLoan: { ...record.runningAccountLoan, balance, balanceDate } };
  }
  return record;
}

function ended(report: ReportOf<'TerminateLoans'>, loan: Loan): Loan {
  const { termination, reportType } = report;
  // Of an ending it takes back the ending, of a loan the loan (inferred: sections 1 and 2.13, gap 7).
  if (reportType === 'Cancellation')
    return loan.status === 'ended'
      ? { ...loan, status: 'active', ending: null }
      : { ...loan, status: 'cancelled', ending: termination };
  if (!termination.isTerminated) return { ...loan, status: 'active', ending: null };
  return { ...loan, status: 'ended', ending: termination };
}
