import type { RegisterError } from '../contract/answer.ts';
import { compareLoan } from '../contract/same-loan.ts';
import type { BatchRecord, BatchReport } from '../ledger/ledger.ts';
import type { Register } from './register.ts';

/** What GetLoan told of the reports that the register calls known already. */
export type Confirmed = { kind: 'told'; references: ReadonlySet<string> } | { kind: 'unclear'; why: string };

/**
 * Reports of new loans that were rejected because the loan is "already in the register", although an earlier attempt may
 * have put it there: the register is asked what it holds (GetLoan). A loan that agrees with the report is the work of that
 * attempt, and the report is accepted.
 * @param ask asks GetLoan for a loan number
 * @param textOf the report's JSON as it was sent; asked for only when a loan is looked up
 */
export async function confirmLoans(
  batch: BatchRecord,
  rejected: ReadonlyMap<string, readonly RegisterError[]>,
  reports: readonly BatchReport[],
  textOf: (report: BatchReport) => string | Promise<string>,
  ask: (loanNumber: { type: string; number: string }) => ReturnType<Register['getLoan']>,
): Promise<Confirmed> {
  const references = new Set<string>();
  if (batch.api !== 'AddLoans' || !hadEarlierAttempt(batch)) return { kind: 'told', references };
  for (const report of reports) {
    const errors = rejected.get(report.reference);
    if (errors === undefined || errors.length === 0 || !errors.every(saysAlreadyThere)) continue;
    const text = await textOf(report);
    const loanNumber = loanNumberIn(text);
    if (loanNumber === null) continue;
    const asked = await ask(loanNumber);
    if (asked.kind === 'failed') return { kind: 'unclear', why: asked.code };
    const found = compareLoan(text, asked);
    if (found === 'unclear') return { kind: 'unclear', why: `GetLoan: HTTP ${asked.status}` };
    if (found === 'same') references.add(report.reference);
  }
  return { kind: 'told', references };
}

/** A batch posted twice, or made of one of which nobody knows what it left behind. */
const hadEarlierAttempt = ({ attempts, generation }: BatchRecord) => attempts > 1 || generation > 0;

/** The code of this refusal is not known (register-contract.md section 3): the field tells it, or else the text. */
function saysAlreadyThere({ field, text }: RegisterError): boolean {
  if (field !== null && /(^|\.)loannumber(\.|$)/i.test(field)) return true;
  return text !== null && /already in the register/i.test(text);
}

function loanNumberIn(text: string): { type: string; number: string } | null {
  const report = JSON.parse(text) as Record<string, unknown>;
  const { type, number } = (report['loanNumber'] ?? {}) as { type?: unknown; number?: unknown };
  const { Type, Number: number2 } = (report['LoanNumber'] ?? {}) as { Type?: unknown; Number?: unknown };
  const [kind, value] = [type ?? Type, number ?? number2];
  return typeof kind === 'string' && typeof value === 'string' ? { type: kind, number: value } : null;
}
