import type { Instant } from '../ledger/ledger.ts';

/** A time in which the register has announced that it does not answer. */
export type ServiceBreak = { from: Instant; to: Instant };

/** When the break that holds sending and asking now is over; null when there is none now. */
export function breakEnds(breaks: readonly ServiceBreak[], now: Instant): Instant | null {
  const ends = breaks.filter(({ from, to }) => from <= now && now < to).map(({ to }) => to);
  return ends.length === 0 ? null : Math.max(...ends);
}
