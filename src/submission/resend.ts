import type { BatchRecord, Instant } from '../ledger/ledger.ts';

/** How long and how often "never heard of it" must have been heard before the same bytes go again. */
export type ResendLimits = { after: number; notFoundAnswers: number };

/**
 * True when one more "never heard of it" makes enough of them, over long enough since the POST whose answer was lost.
 * A batch the register has once called its own is never denied enough: it has it, or has lost it, and a person must decide.
 */
export function deniedEnough(batch: BatchRecord, now: Instant, { after, notFoundAnswers }: ResendLimits): boolean {
  if (batch.sentAt === null || batch.registerStatus !== null) return false;
  return batch.notFound + 1 >= notFoundAnswers && now - batch.sentAt >= after;
}

/** True when the batch of a lost answer may be posted again, should the register deny it once more. */
export function mayResend(batch: BatchRecord, now: Instant, limits: ResendLimits): boolean {
  return batch.state === 'unknown' && deniedEnough(batch, now, limits);
}
