import type { Instant } from '../ledger/ledger.ts';

/** What bounds the next POST: a pause the register asked for, and when POSTs began, oldest first. */
export type Pace = { pausedUntil: Instant; recentPosts: readonly Instant[] };

const minute = 60_000;

/**
 * A token bucket whose tokens come back a minute after each was taken, so that no sliding minute ever holds more POSTs
 * than allowed. Pure: it says how long to wait, it does not wait.
 * @returns ms until the next POST may start; 0 when it may start now
 */
export function waitForToken(pace: Pace, batchesPerMinute: number, now: Instant): number {
  const pause = Math.max(0, pace.pausedUntil - now);
  const oldest = pace.recentPosts.at(-batchesPerMinute);
  // A clock that was set back must not stop sending for longer than the minute it guards.
  const token = oldest === undefined ? 0 : Math.min(minute, Math.max(0, oldest + minute - now));
  return Math.max(pause, token);
}

/** Adds one to the last POSTs or questions, of which no more than `most` matter. */
export function noteToken(taken: Instant[], at: Instant, most: number): void {
  taken.push(at);
  if (taken.length > most) taken.shift();
}

const base = 2000;
const longest = 15 * minute;

/** How long to wait after the n-th try that led nowhere (1, 2, …): doubling from 2 s up to 15 min, spread by `random` (0…1). */
export function backOff(tries: number, random: number): number {
  const ceiling = Math.min(longest, base * 2 ** Math.min(tries - 1, 20));
  return Math.round(ceiling * (0.5 + random / 2));
}
