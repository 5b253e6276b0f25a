/** How a loan of the register's compares with the report that was to make it. */
export type LoanComparison = 'same' | 'differs' | 'absent' | 'unclear';

/** Members of a report that say nothing of what the loan is. */
const ofTheReport = new Set(['reportreference', 'reporttype', 'loannumber']);
const deepest = 12;

/**
 * Compares a report of AddLoans with an answer of GetLoan, whose shape is not known (register-contract.md section 8): the
 * loan is looked for by its number anywhere in the answer, and every value that stands at the same path in both must agree.
 * The number alone proves nothing: it may have been there before. Keys in any case. Pure and total.
 * @param report the report's JSON as it was sent
 */
export function compareLoan(report: string, { status, text }: { status: number; text: string }): LoanComparison {
  const answer = parsed(text);
  if (status === 404 || (status === 400 && namesLoanNumber(answer, 0))) return 'absent';
  if (status !== 200 || answer === undefined) return 'unclear';
  const ours = parsed(report);
  const number = loanNumberOf(ours);
  if (number === null) return 'unclear';
  const found = findLoan(answer, number, 0);
  if (found === undefined) return 'unclear';
  const tally = { compared: 0 };
  if (!agree(ours, found, tally)) return 'differs';
  return tally.compared > 0 ? 'same' : 'unclear';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

type Members = Map<string, unknown>;

const membersOf = (value: unknown): Members | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? new Map(Object.entries(value).map(([key, member]) => [key.toLowerCase(), member]))
    : undefined;

function loanNumberOf(value: unknown): string | null {
  const number = membersOf(membersOf(value)?.get('loannumber'))?.get('number');
  return typeof number === 'string' ? number : null;
}

function findLoan(value: unknown, number: string, depth: number): unknown {
  if (depth > deepest || typeof value !== 'object' || value === null) return undefined;
  if (loanNumberOf(value) === number) return value;
  for (const member of Object.values(value)) {
    const found = findLoan(member, number, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** "No such loan" is told by an error about the LoanNumber. */
function namesLoanNumber(value: unknown, depth: number): boolean {
  if (depth > deepest || typeof value !== 'object' || value === null) return false;
  const field = membersOf(value)?.get('fieldname');
  if (typeof field === 'string' && /(^|\.)loannumber(\.|$)/i.test(field)) return true;
  return Object.values(value).some((member) => namesLoanNumber(member, depth + 1));
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

function sameValue(ours: unknown, theirs: unknown): boolean {
  if (typeof ours === 'number' || typeof theirs === 'number') return Number(ours) === Number(theirs);
  // Dates come as days or as date-times (register-contract.md section 8).
  if (typeof ours === 'string' && typeof theirs === 'string' && /^\d{4}-\d\d-\d\d/.test(ours))
    return ours.slice(0, 10) === theirs.slice(0, 10);
  return ours === theirs;
}
