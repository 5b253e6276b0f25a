import { compareWithRegister } from './compare-with-register.ts';
import type { ExpectedLoan } from './expected-loan.ts';
import type { Found, Journal, Outcome } from './journal.ts';
import type { LoanToAsk } from './loans-to-ask.ts';
import { propose } from './propose.ts';

/** Loans that are asked about, and noted, together. */
const step = 20;

/**
 * Asks about loans and notes what was found, a step at a time; may be stopped anywhere and goes on from its journal.
 * @param loans those not asked about yet
 * @throws AskingStopped when asking comes to no end; what was noted stays
 */
export async function compareLoans(
  loans: AsyncIterable<LoanToAsk>,
  journal: Journal,
  ask: (loanNumber: ExpectedLoan['loanNumber']) => Promise<{ status: number; text: string }>,
  onStep: () => void,
): Promise<void> {
  const { tally, id } = journal;
  const finish = async (together: readonly LoanToAsk[]) => {
    const judging = together.map((loan) => judge(loan, `rec-${id}-`, ask));
    // What is under way is heard to its end, also when one of them ends the asking.
    await Promise.allSettled(judging);
    const judged = await Promise.all(judging);
    for (const { outcome, silent, tellsDelay } of judged) {
      tally.counts[outcome]++;
      if (tellsDelay) tally.tellDelays++;
      for (const path of silent) tally.silent[path] = (tally.silent[path] ?? 0) + 1;
    }
    tally.done += together.length;
    tally.last = together.at(-1)?.loan ?? tally.last;
    journal.note(judged.flatMap(({ found }) => (found ? [found] : [])));
    onStep();
  };
  let together: LoanToAsk[] = [];
  for await (const loan of loans) {
    together.push(loan);
    if (together.length < step) continue;
    await finish(together);
    together = [];
  }
  if (together.length > 0) await finish(together);
}

type Judged = { outcome: Outcome; silent: readonly string[]; tellsDelay: boolean; found: Found | null };

async function judge(
  { loan, from, expected }: LoanToAsk,
  reference: string,
  ask: (loanNumber: ExpectedLoan['loanNumber']) => Promise<{ status: number; text: string }>,
): Promise<Judged> {
  const nothing = { silent: [], tellsDelay: false, found: null };
  if (expected === null) return { ...nothing, outcome: 'underWay' };
  const compared = compareWithRegister(expected, await ask(expected.loanNumber));
  if (from === 'notInCore') {
    const isThere = compared.outcome === 'agrees' || compared.outcome === 'differs';
    const hasEnded = compared.differences.some(({ part }) => part === 'ending');
    if (!isThere || hasEnded) return { ...nothing, outcome: 'notTold' };
    return { ...nothing, outcome: 'notInCore', found: plain(loan, 'notInCore') };
  }
  const { outcome, differences, silent, tellsDelay } = compared;
  const number = expected.loanNumber.number;
  if (outcome === 'agrees' && expected.delay && silent.includes('delayedAmounts')) {
    const missing = [
      {
        part: 'delay' as const,
        path: 'delayedAmounts',
        ours: JSON.stringify(expected.delay['delayedAmounts'] ?? []),
        theirs: null,
      },
    ];
    const proposals = propose(expected, { ...compared, outcome: 'differs', differences: missing }, reference + number);
    const found = { loan, outcome: 'differs' as const, ifDelaysTold: true, differences: missing, proposals };
    return { outcome, silent, tellsDelay, found };
  }
  if (outcome === 'agrees' || outcome === 'notTold') return { outcome, silent, tellsDelay, found: null };
  const proposals = propose(expected, compared, reference + number);
  return { outcome, silent, tellsDelay, found: { ...plain(loan, outcome), differences, proposals } };
}

const plain = (loan: string, outcome: Outcome): Found => ({
  loan,
  outcome,
  ifDelaysTold: false,
  differences: [],
  proposals: [],
});
