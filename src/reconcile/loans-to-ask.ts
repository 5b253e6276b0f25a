import type { AcceptedWindow, Ledger } from '../ledger/ledger.ts';
import { sha256 } from '../lib/sha256.ts';
import { type ExpectedLoan, expectedLoan } from './expected-loan.ts';

/** A loan to be asked about; `expected` is null while a report on it has no verdict: then nothing can be expected. */
export type LoanToAsk = { loan: string; from: 'ledger' | 'core' | 'notInCore'; expected: ExpectedLoan | null };

/** Which loans the ledger is asked for. */
export type Choice = { kind: 'window'; window: AcceptedWindow } | { kind: 'named'; loans: readonly string[] };

const page = 500;

/** Loans of the ledger in the order of their names, from the one after `after` on. */
export async function* loansOfLedger(ledger: Ledger, choice: Choice, after: string | null): AsyncGenerator<LoanToAsk> {
  const skipped = after ?? '';
  if (choice.kind === 'named') {
    for (const loan of choice.loans) if (loan > skipped) yield await toAsk(ledger, loan);
    return;
  }
  // A page at a time: a query that stays open for days would hold up the ledger's housekeeping.
  for (let last = skipped; ; ) {
    const loans = await ledger.acceptedLoans(choice.window, last, page);
    for (const loan of loans) yield await toAsk(ledger, loan);
    const lastOfPage = loans.at(-1);
    if (lastOfPage === undefined) return;
    last = lastOfPage;
  }
}

async function toAsk(ledger: Ledger, loan: string): Promise<LoanToAsk> {
  const reports = await ledger.reportsOfLoan(loan);
  const isMoving = reports.some(({ state }) => state === 'withRegister' || state === 'unknown');
  return { loan, from: 'ledger', expected: isMoving ? null : (expectedLoan(await ledger.acceptedTexts(loan)) ?? null) };
}

/**
 * Draws a sample of the ledger's loans: those whose hashes come first, so that the same seed draws the same loans.
 * @returns their names, sorted
 */
export async function sampleOf(ledger: Ledger, window: AcceptedWindow, size: number, seed: string): Promise<string[]> {
  let drawn: { loan: string; hash: string }[] = [];
  for (let last = ''; ; ) {
    const loans = await ledger.acceptedLoans(window, last, page);
    drawn.push(...loans.map((loan) => ({ loan, hash: sha256(`${seed} ${loan}`) })));
    drawn = drawn.sort((a, b) => (a.hash < b.hash ? -1 : 1)).slice(0, size);
    const lastOfPage = loans.at(-1);
    if (lastOfPage === undefined) return drawn.map(({ loan }) => loan).sort();
    last = lastOfPage;
  }
}
