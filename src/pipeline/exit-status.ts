import { isWithdrawn, type Receipt } from '../reports/receipt.ts';
import type { SubmitEnd } from '../submission/submit.ts';

/** What a run came to, for its exit status. */
export type RunFacts = {
  /** Receipts that were open when the run began, or came in it. */
  receipts: readonly Receipt[];
  /** Exports dropped a second time. */
  again: number;
  /** Files in the inbox that nothing takes. */
  notTaken: number;
  /** Files that the disk has no room for. */
  noRoom: number;
  /** Files that were still being written when the run ended. */
  growing: number;
  end: SubmitEnd;
  /** Config, certificate or mapping are not right, or the ledger is not the one it was. */
  misconfigured: boolean;
};

export type ExitStatus = 0 | 1 | 2 | 3 | 4 | 5 | 70;

/** The gravest first, as the promise says (design section 3.2). */
const gravest: readonly ExitStatus[] = [70, 5, 2, 3, 4, 1];

/** The exit status of a run. Pure. */
export function exitStatus(facts: RunFacts): ExitStatus {
  const { receipts, again, notTaken, noRoom, growing, end, misconfigured } = facts;
  const some = (wanted: (receipt: Receipt) => boolean) => receipts.some(wanted);
  const holds: Record<ExitStatus, boolean> = {
    0: false,
    70: noRoom > 0 || some(({ counts }) => !counts.balanced),
    5: some(({ counts }) => counts.unknown > 0),
    2: misconfigured || end.kind === 'halted' || end.kind === 'noCredentials',
    3:
      again > 0 ||
      notTaken > 0 ||
      some((receipt) => (receipt.state === 'refused' && !isWithdrawn(receipt)) || receipt.state === 'awaitingApproval'),
    4: end.kind === 'unreachable' || growing > 0 || some(({ counts }) => counts.pending > 0),
    1: some(
      ({ counts, state }) =>
        state !== 'refused' &&
        state !== 'complete' &&
        counts.invalid + counts.rejected + counts.held + counts.rowsInvalid > 0,
    ),
  };
  return gravest.find((status) => holds[status]) ?? 0;
}
