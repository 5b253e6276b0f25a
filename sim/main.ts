import { parseArgs } from 'node:util';
import { liveInJobs } from './jobs.ts';
import type { Violation } from './life.ts';
import { liveMany, type Sum } from './live-many.ts';

/**
 * `npm run sim -- --nights N --seed S [--jobs 2]`: that many nights with crashes, faults of the register and people's mistakes, all
 * drawn from the seed. A violation prints the line that reproduces it. `--wild-loss`: also loses the ledger where that is
 * known to do harm.
 */
process.umask(0o077);
const { values } = parseArgs({
  options: {
    nights: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    jobs: { type: 'string', default: '1' },
    'wild-loss': { type: 'boolean', default: false },
    enough: { type: 'string', default: '20' },
  },
});
const started = performance.now();
const seconds = () => Math.round((performance.now() - started) / 1000);
const [seed, jobs, nights] = [Number(values.seed), Number(values.jobs), Number(values.nights)];

const say = (sum: Sum) =>
  `${sum.nights} nights, ${sum.crashes} crashes, ${sum.posts} POSTs, ${sum.violations.length} violations, seed ${seed}, ${seconds()} s`;

let last = 0;
function tell(sum: Sum): void {
  if (performance.now() - last < 5000) return;
  last = performance.now();
  process.stderr.write(`${say(sum)}\n`);
}

const many = { nights, seed, step: 1, wildLoss: values['wild-loss'], enough: Number(values.enough) };
const sum = jobs > 1 ? await liveInJobs(many, jobs, tell) : await liveMany(many, tell);
for (const [, [first]] of Map.groupBy(sum.violations, (violation) => violation.seed))
  if (first) console.log(line(first));
console.log(say(sum));
process.exitCode = sum.violations.length > 0 ? 1 : 0;

function line(violation: Violation): string {
  const wild = values['wild-loss'] ? ' --wild-loss' : '';
  return `npm run sim -- --seed ${violation.seed} --nights 1${wild}   # night ${violation.night}: ${violation.invariant}: ${violation.detail}`;
}
