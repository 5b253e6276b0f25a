import type { Share } from './jobs.ts';
import { liveMany } from './live-many.ts';
import { nothingSwept, sweepSeed } from './sweep.ts';

/** One process of several that share the work; tells what it has come to, to the one that started it. */
process.umask(0o077);
// Nobody wants to know any more.
process.once('disconnect', () => process.exit());
const share = JSON.parse(process.argv[2] ?? '') as Share;
let last = 0;
function tell(soFar: object): void {
  if (performance.now() - last < 1000) return;
  last = performance.now();
  process.send?.(soFar);
}

let result: object;
if (share.sweep > 0) {
  const swept = nothingSwept();
  for (let i = 0; i < share.sweep; i++)
    await sweepSeed(share.seed + i * share.step, undefined, swept, () => tell(swept));
  result = swept;
} else result = await liveMany(share, tell);
await new Promise((done) => process.send?.(result, done));
process.disconnect();
