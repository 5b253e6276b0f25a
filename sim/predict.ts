import { type Drop, type ExpectedReport, inOrder } from './exports.ts';
import { judge, type LoanStatus, loanAfter, refusedCents } from './judge.ts';
import { acquaintanceOf } from './persons.ts';

/** What must have become of a report once everything has come to its end. */
export type Outcome = 'invalid' | 'accepted' | 'rejected' | 'held';

type LoanSoFar = { status: LoanStatus; tried: boolean; accepted: boolean; held: ExpectedReport[] };

/**
 * Reckons what must become of every report by doing one after the other what the exports say, as if there were no batches,
 * no crashes and no network.
 */
export function predict(drops: readonly Drop[]): Map<ExpectedReport, Outcome> {
  const outcomes = new Map<ExpectedReport, Outcome>();
  const loans = new Map<string, LoanSoFar>();
  const loanOf = (number: string) => {
    let loan = loans.get(number);
    if (!loan) {
      loan = { status: undefined, tried: false, accepted: false, held: [] };
      loans.set(number, loan);
    }
    return loan;
  };
  const process = (report: ExpectedReport) => {
    const loan = loanOf(report.loan ?? '');
    const sent = { ...report, loan: report.loan ?? '' };
    const refused = report.amount.endsWith(refusedCents);
    const rejected = refused || judge(sent, loan.status, (person) => acquaintanceOf(person) === 'late').length > 0;
    outcomes.set(report, rejected ? 'rejected' : 'accepted');
    if (rejected) {
      if (report.api === 'AddLoans') loan.tried = true;
      return;
    }
    loan.status = loanAfter(report.api);
    if (report.api !== 'AddLoans') return;
    loan.accepted = true;
    for (const held of loan.held.splice(0)) process(held);
  };
  for (const { drop, report } of inOrder(drops)) {
    const { loan: number, sound, api } = report;
    if (!sound || drop.expected.refused) {
      outcomes.set(report, 'invalid');
      if (api === 'AddLoans' && number !== null) loanOf(number).tried = true;
      continue;
    }
    const loan = loanOf(number ?? '');
    if (api !== 'AddLoans' && loan.tried && !loan.accepted) {
      loan.held.push(report);
      outcomes.set(report, 'held');
    } else process(report);
  }
  return outcomes;
}
