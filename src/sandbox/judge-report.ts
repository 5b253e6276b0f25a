import { applyRules, daysBetween, type RuleHit } from '../contract/rules.ts';
import { identityCodeFault, type PersonSeries } from '../lib/identity-code.ts';
import { type Item, type Loan, paymentDay } from './loan.ts';
import { type ErrorResponse, errorAt } from './reply.ts';

/** What the register knows as it judges a report. */
type Known = {
  /** The day in Finland. */
  today: string;
  /** Which persons it takes. */
  series: PersonSeries;
  /** The loan of that number; undefined when there is none. */
  loan: Loan | undefined;
  /** Whether a person the register did not know at first has been found by now (E20). */
  isFound(idCode: string): boolean;
  /** Whether the loan has a payment of that day. */
  hasPayment(day: string | null): boolean;
  /** The sender's country code is missing (D40). */
  lacksCountryCode: boolean;
};

/** Everything the register has against a report; empty when it is accepted. Codes that begin with SB are the sandbox's own. */
export function judgeReport(item: Item, known: Known): ErrorResponse[] {
  const hits = applyRules(item.api, item.report, { today: known.today }).filter((hit) => hit.severity === 'error');
  return [
    ...(known.lacksCountryCode ? [errorAt('countryCode', 'D40', 'CountryCode is missing.')] : []),
    ...hits.map(ruleError),
    ...personErrors(item, known),
    ...loanErrors(item, known),
  ];
}

function ruleError(hit: RuleHit): ErrorResponse {
  const code = hit.code === 'AMOUNT_PAID_ABOVE_ISSUED' ? 'D02' : `SB-${hit.code.replaceAll('_', '-')}`;
  return errorAt(hit.path, code, `Expected ${hit.expected}.`);
}

function personErrors({ api, report }: Item, known: Known): ErrorResponse[] {
  if (api !== 'AddLoans' && api !== 'UpdateLoans') return [];
  return report.borrowers.flatMap(({ idCode }) => personError(idCode, known) ?? []);
}

/** Individual numbers 998 and 997 stand for persons who are not known yet and not in use, so that anybody can try them. */
export function personError(idCode: string, known: Pick<Known, 'series' | 'isFound'>): ErrorResponse | undefined {
  const fault = identityCodeFault(idCode, known.series);
  if (fault === 'form') return errorAt('idCode', 'C40', 'The form of IdCode is not valid.');
  if (fault === 'notArtificial')
    return errorAt('idCode', 'SB-PERSON-NOT-ARTIFICIAL', 'The sandbox takes artificial persons only (900–999).');
  if (fault === 'artificial') return errorAt('idCode', 'E21', 'IdCode is not in use.');
  const individual = idCode.slice(7, 10);
  if (individual === '997') return errorAt('idCode', 'E21', 'IdCode is not in use.');
  if (individual === '998' && !known.isFound(idCode))
    return errorAt('idCode', 'E20', 'IdCode was not found in the register. Submit the report again in one week.');
  return undefined;
}

const taken = 'The LoanNumber is already in the register. The data element must be unique.';
const unknown = errorAt('loanNumber', 'SB-LOAN-UNKNOWN', 'The LoanNumber is not in the register.');
const ended = errorAt('loanNumber', 'SB-LOAN-ENDED', 'The loan has ended.');

function loanErrors(item: Item, known: Known): ErrorResponse[] {
  const { loan } = known;
  if (item.api === 'AddLoans')
    return loan && !comesBack(item.report, loan) ? [errorAt('loanNumber', 'SB-LOAN-EXISTS', taken)] : [];
  if (!loan || loan.record.loanNumber.type !== item.report.loanNumber.type) return [unknown];
  if (item.api === 'TerminateLoans') return endingErrors(item.report, loan);
  if (loan.status !== 'active') return [ended];
  switch (item.api) {
    case 'UpdateLoans':
      return item.report.reportType === 'Cancellation' ? [cannotCancel] : [];
    case 'Repayments':
      return paymentErrors(item.report, loan, known);
    case 'DelayedRepayments':
      return delayErrors(item.report, loan);
  }
}

type ReportOf<A extends Item['api']> = Extract<Item, { api: A }>['report'];

const cannotCancel = errorAt(
  'reportType',
  'SB-CANNOT-CANCEL',
  'A change has no cancellation here: send the record as it should be.',
);

/** The four conditions under which a number may come again (official, 1.4.2026; register-contract.md 2.9). */
function comesBack(report: ReportOf<'AddLoans'>, loan: Loan): boolean {
  const persons = ({ borrowers }: Loan['record']) => [...new Set(borrowers.map(({ idCode }) => idCode))].sort().join();
  return (
    loan.status === 'ended' &&
    loan.ending?.isTransferredToAnotherLender === true &&
    report.isTransferredFromAnotherLender === true &&
    persons(report) === persons(loan.record)
  );
}

function paymentErrors(report: ReportOf<'Repayments'>, loan: Loan, known: Known): ErrorResponse[] {
  const errors: ErrorResponse[] = [];
  if (report.loanType !== undefined && report.loanType !== loan.record.loanType)
    errors.push(errorAt('loanType', 'SB-LOAN-TYPE', `The loan is of type ${loan.record.loanType}.`));
  const corrects = report.reportType === 'ErrorCorrection' || report.reportType === 'Cancellation';
  if (corrects && !known.hasPayment(paymentDay(report)))
    errors.push(errorAt('reportType', 'SB-NOTHING-TO-CORRECT', 'The loan has no payment of that day.'));
  return errors;
}

function delayErrors(report: ReportOf<'DelayedRepayments'>, loan: Loan): ErrorResponse[] {
  const { contractDate } = loan.record;
  const early = report.delayedAmounts?.some(({ originalDueDate }) => isBefore(originalDueDate, contractDate));
  return early ? [errorAt('originalDueDate', 'SB-DUE-BEFORE-CONTRACT', `The contract is of ${contractDate}.`)] : [];
}

/**
 * Only an error correction can touch a loan that was cancelled (official, 18.6.2025; register-contract.md 2.13); of one that has
 * ended the ending can be cancelled too (section 1).
 */
function endingErrors(report: ReportOf<'TerminateLoans'>, loan: Loan): ErrorResponse[] {
  const { isTerminated, endDate } = report.termination;
  const { contractDate } = loan.record;
  const errors: ErrorResponse[] = [];
  if (report.reportType === 'ErrorCorrection') {
    if (loan.status === 'active')
      errors.push(errorAt('reportType', 'SB-NOTHING-TO-CORRECT', 'The loan has not ended.'));
  } else if (report.reportType === 'Cancellation') {
    if (loan.status === 'cancelled') errors.push(ended);
  } else if (loan.status !== 'active') errors.push(ended);
  else if (!isTerminated)
    errors.push(
      errorAt('isTerminated', 'SB-NOT-TERMINATED', 'Expected true, or an ErrorCorrection of an earlier ending.'),
    );
  if (endDate !== undefined && isBefore(endDate, contractDate))
    errors.push(errorAt('endDate', 'SB-END-BEFORE-CONTRACT', `The contract is of ${contractDate}.`));
  return errors;
}

const isBefore = (day: string, contractDate: string | undefined) =>
  contractDate !== undefined && daysBetween(contractDate, day) < 0;
