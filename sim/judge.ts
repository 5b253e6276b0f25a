import type { BatchApi } from '../src/contract/apis.ts';
import { acquaintanceOf } from './persons.ts';

/** What the register looks at in a report. */
export type Judged = { api: BatchApi; loan: string; amount: string; persons: readonly string[] };

/** What the register knows of a loan; undefined when it has none of that number. */
export type LoanStatus = 'active' | 'ended' | undefined;

/** One error of the register, without the report it is about. */
export type JudgeError = { fieldName: string; errorCode: string; errorDescription: string };

const error = (fieldName: string, errorCode: string, errorDescription: string): JudgeError => ({
  fieldName,
  errorCode,
  errorDescription,
});

const taken = error(
  'LoanNumber',
  'SB-LOAN-EXISTS',
  'The LoanNumber is already in the register. The data element must be unique.',
);
const unknown = error('LoanNumber', 'SB-LOAN-UNKNOWN', 'The LoanNumber is not in the register.');
const ended = error('LoanNumber', 'SB-LOAN-ENDED', 'The loan has ended.');
const notYet = error('IdCode', 'E20', 'IdCode was not found in the register. Submit the report again in one week.');
const notInUse = error('IdCode', 'E21', 'IdCode is not in use.');
const wrongAmount = error('AmountPaid', 'D02', 'AmountPaid may not be more than AmountIssued.');

/** The cents of an amount that the register finds wrong in a report it has taken. */
export const wrongCents = '.13';
/** The cents of an amount for which the register does not even take the message. */
export const refusedCents = '.77';

/** The error with which a message is refused as it comes in. */
export const refusal = error('Amount', 'A10', 'The message must conform to the schema.');

/**
 * Everything the register has against a report; nothing when it is accepted.
 * @param isFound whether a person it did not know at first has been found by now
 */
export function judge(report: Judged, loan: LoanStatus, isFound: (person: string) => boolean): JudgeError[] {
  const errors: JudgeError[] = [];
  for (const person of report.persons) {
    const acquaintance = acquaintanceOf(person);
    if (acquaintance === 'notInUse') errors.push(notInUse);
    else if (acquaintance !== 'known' && !isFound(person)) errors.push(notYet);
  }
  if (report.amount.endsWith(wrongCents)) errors.push(wrongAmount);
  if (report.api === 'AddLoans') {
    if (loan !== undefined) errors.push(taken);
  } else if (loan === undefined) errors.push(unknown);
  else if (loan === 'ended') errors.push(ended);
  return errors;
}

/** True when the same report shall go again after a week: the only errors are persons not known yet. */
export const goesAgain = (errors: readonly JudgeError[]): boolean =>
  errors.length > 0 && errors.every(({ errorCode }) => errorCode === 'E20');

/** What becomes of a loan by an accepted report. */
export const loanAfter = (api: BatchApi): LoanStatus => (api === 'TerminateLoans' ? 'ended' : 'active');
