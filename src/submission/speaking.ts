import type { LimitFunction } from 'p-limit';
import type { Environment } from '../contract/environments.ts';
import type { KeyCase } from '../contract/message.ts';
import type { Instant, Ledger } from '../ledger/ledger.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { ServiceBreak } from './service-breaks.ts';

/** What everyone needs to know who speaks to the register at length. */
export type Speaking = {
  ledger: Ledger;
  environment: Environment;
  keyCase: KeyCase;
  /** Holds open requests, `inFlight` of them; shared with whoever else speaks to the register. */
  slots: LimitFunction;
  /** Announced service breaks: nothing is sent or asked in them. */
  breaks: readonly ServiceBreak[];
  clock: Clock;
  log: Log;
  /** Says stop: what is open is finished, nothing new begins. */
  signal: AbortSignal;
  /** When to stop waiting; `sent` does not wait: it ends when everything that may go has been sent, or asked once. */
  until: Instant | 'sent';
  /** Ends when the register cannot be reached, instead of trying for ever. */
  giveUp: boolean;
  /** A number from 0 to 1, to spread waits. */
  random(): number;
  /** Finds the column behind a field of the register's, for exports of one mapping. */
  columnsOf(mappingSha256: string): Promise<(field: string) => string | null>;
};

/** Waits until the time is over, one of the works has ended, or the signal says stop. */
export async function waitForAny(
  clock: Clock,
  ms: number,
  works: Iterable<Promise<void>>,
  signal: AbortSignal,
): Promise<void> {
  const enough = new AbortController();
  const sleep = clock.sleep(Math.max(1, ms), AbortSignal.any([signal, enough.signal]));
  await Promise.race([sleep, ...works]);
  enough.abort();
}
