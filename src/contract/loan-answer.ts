/** What GetLoan said of one loan; its shape is not known (register-contract.md section 8). */
export type FoundLoan = { kind: 'found'; loan: unknown } | { kind: 'absent' } | { kind: 'unclear' };

/** Members of an object by their names in lower case: keys come in any case (register-contract.md 2.0). */
export type Members = ReadonlyMap<string, unknown>;

const deepest = 12;

/**
 * Looks for a loan by its number anywhere in an answer of GetLoan. "No such loan" is a 404, or a 400 with an error about
 * the LoanNumber. Pure and total.
 */
export function loanInAnswer(number: string, { status, text }: { status: number; text: string }): FoundLoan {
  const answer = parsedJson(text);
  if (status === 404 || (status === 400 && namesLoanNumber(answer, 0))) return { kind: 'absent' };
  if (status !== 200 || answer === undefined) return { kind: 'unclear' };
  const loan = findLoan(answer, number, 0);
  return loan === undefined ? { kind: 'unclear' } : { kind: 'found', loan };
}

/** A text as JSON; undefined when it is none. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

/** The members of an object; undefined for anything else. */
export const membersOf = (value: unknown): Members | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? new Map(Object.entries(value).map(([key, member]) => [key.toLowerCase(), member]))
    : undefined;

/** The number of the loan a report, or a part of an answer, is about. */
export function loanNumberOf(value: unknown): string | null {
  const number = membersOf(membersOf(value)?.get('loannumber'))?.get('number');
  return typeof number === 'string' ? number : null;
}

/** Whether two scalar values say the same: numbers by value, days and date-times by their day (section 8). */
export function sameValue(ours: unknown, theirs: unknown): boolean {
  if (typeof ours === 'number' || typeof theirs === 'number') return Number(ours) === Number(theirs);
  if (typeof ours === 'string' && typeof theirs === 'string' && /^\d{4}-\d\d-\d\d/.test(ours))
    return ours.slice(0, 10) === theirs.slice(0, 10);
  return ours === theirs;
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

function namesLoanNumber(value: unknown, depth: number): boolean {
  if (depth > deepest || typeof value !== 'object' || value === null) return false;
  const field = membersOf(value)?.get('fieldname');
  if (typeof field === 'string' && /(^|\.)loannumber(\.|$)/i.test(field)) return true;
  return Object.values(value).some((member) => namesLoanNumber(member, depth + 1));
}
