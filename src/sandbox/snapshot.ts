import type { Loan } from './loan.ts';
import type { Applied, BatchFate, RegisterStore } from './register-store.ts';

/** One request that came in. `httpStatus` is null when it was not answered, `bodySha256` when its body was not read. */
export type LoggedRequest = {
  at: string;
  path: string;
  batchReference: string | null;
  bodySha256: string | null;
  httpStatus: number | null;
};

/** What the register holds, for tests. */
export type SandboxSnapshot = {
  loans: Loan[];
  repayments: number;
  batches: BatchFate[];
  /** Requests since the start, the last 100 000; everything else is of the register's whole life. */
  requests: LoggedRequest[];
  applied: Applied[];
};

/** Copies out what the register holds. */
export function takeSnapshot(store: RegisterStore, requests: readonly LoggedRequest[]): SandboxSnapshot {
  return {
    loans: store.loans(),
    repayments: store.paymentsCount(),
    batches: store.batches(),
    requests: requests.map((request) => ({ ...request })),
    applied: store.applied(),
  };
}
