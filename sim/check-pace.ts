import type { Blame } from './model-register.ts';
import { minute } from './virtual-time.ts';

/** No sliding minute holds more POSTs than allowed, across all restarts. */
export function checkPace(posts: readonly number[], batchesPerMinute: number, blame: Blame): void {
  const tooSoon = posts.some((at, n) => at - (posts[n - batchesPerMinute] ?? Number.NEGATIVE_INFINITY) < minute);
  if (tooSoon) blame('never more POSTs in a minute than allowed', `more than ${batchesPerMinute} POSTs in a minute`);
}
