import { loanInAnswer, loanNumberOf, membersOf, parsedJson, sameValue } from './loan-answer.ts';

/** How a loan of the register's compares with the report that was to make it. */
export type LoanComparison = 'same' | 'differs' | 'absent' | 'unclear';

/** Members of a report that say nothing of what the loan is. */
const ofTheReport = new Set(['reportreference', 'reporttype', 'loannumber']);

/**
 * Compares a report of AddLoans with an answer of GetLoan, whose shape is not known (register-contract.md section 8): the
 * loan is looked for by its number anywhere in the answer, and every value that stands at the same path in both must agree.
 * The number alone proves nothing: it may have been there before. Keys in any case. Pure and total.
 * @param report the report's JSON as it was sent
 */
export function compareLoan(report: string, answer: { status: number; text: string }): LoanComparison {
  const ours = parsedJson(report);
  const number = loanNumberOf(ours);
  const found = loanInAnswer(number ?? '', answer);
  if (found.kind === 'absent') return 'absent';
  if (number === null || found.kind === 'unclear') return 'unclear';
  const tally = { compared: 0 };
  if (!agree(ours, found.loan, tally)) return 'differs';
  return tally.compared > 0 ? 'same' : 'unclear';
}

/** True when nothing that stands in both contradicts; what stands in one of them only is let be. */
function agree(ours: unknown, theirs: unknown, tally: { compared: number }): boolean {
  if (ours === undefined || theirs === undefined || theirs === null) return true;
  if (Array.isArray(ours)) {
    if (!Array.isArray(theirs)) return true;
    return ours.length === theirs.length && ours.every((item) => theirs.some((other) => agree(item, other, tally)));
  }
  const members = membersOf(ours);
  if (!members) {
    tally.compared++;
    return sameValue(ours, theirs);
  }
  const others = membersOf(theirs);
  if (!others) return true;
  return [...members].every(([key, member]) => ofTheReport.has(key) || agree(member, others.get(key), tally));
}
