import { parseArgs } from 'node:util';
import { inJobs, type Share } from './jobs.ts';
import type { Violation } from './life.ts';
import { addUp, liveMany, type Sum } from './live-many.ts';
import { addUpSwept, nothingSwept, type Swept, sweepSeed } from './sweep.ts';

/**
 * `npm run sim -- --nights N --seed S [--jobs 2]`: that many nights with crashes, faults of the register and people's mistakes,
 * all drawn from the seed. `--sweep SEEDS`: one night a seed, with a crash at every point of it in turn; `--at N` at one point
 * only. A violation prints the line that reproduces it. `--wild-loss`: the ledger is lost also where that is known to do harm.
 * `--reuse again|ignored|known|refused`: what the register does with a reference it knows.
 */
process.umask(0o077);
const { values } = parseArgs({
  options: {
    nights: { type: 'string', default: '200' },
    sweep: { type: 'string', default: '0' },
    at: { type: 'string' },
    seed: { type: 'string', default: '1' },
    jobs: { type: 'string', default: '1' },
    enough: { type: 'string', default: '20' },
    'wild-loss': { type: 'boolean', default: false },
    reuse: { type: 'string' },
  },
});
const started = performance.now();
const jobs = Number(values.jobs);
const reuse = (['again', 'ignored', 'known', 'refused'] as const).find((kind) => kind === values.reuse);
const all: Share = {
  nights: Number(values.nights),
  sweep: Number(values.sweep),
  seed: Number(values.seed),
  step: 1,
  enough: Number(values.enough),
  wishes: { wildLoss: values['wild-loss'], ...(reuse ? { reuse } : {}) },
};
const shares = Array.from({ length: jobs }, (_, job) => ({
  ...all,
  nights: Math.ceil(all.nights / jobs),
  sweep: Math.floor((all.sweep + jobs - 1 - job) / jobs),
  seed: all.seed + job,
  step: jobs,
}));

if (all.sweep > 0) await sweep();
else await live();

async function live(): Promise<void> {
  const say = (sum: Sum) =>
    `${sum.nights} nights, ${sum.crashes} crashes, ${sum.posts} POSTs, ${sum.violations.length} violations, seed ${all.seed}, ${seconds()} s`;
  const tell = (sum: Sum) => now([say(sum), ...sum.violations.map(words)].slice(0, 2).join(': '));
  const sum = jobs > 1 ? addUp(await inJobs<Sum>(shares, (sums) => tell(addUp(sums)))) : await liveMany(all, tell);
  const wild = `${values['wild-loss'] ? ' --wild-loss' : ''}${reuse ? ` --reuse ${reuse}` : ''}`;
  for (const [seed, [first]] of Map.groupBy(sum.violations, (violation) => violation.seed))
    if (first) console.log(`npm run sim -- --seed ${seed} --nights 1${wild}   # ${words(first)}`);
  end(say(sum), sum.violations);
}

async function sweep(): Promise<void> {
  const say = (swept: Swept) =>
    `${swept.seeds} seeds, ${swept.points} points swept, ${swept.violations.length} violations, seed ${all.seed}, ${seconds()} s`;
  const tell = (swept: Swept) => now(say(swept));
  let swept = nothingSwept();
  if (jobs > 1 && values.at === undefined)
    swept = addUpSwept(await inJobs<Swept>(shares, (some) => tell(addUpSwept(some))));
  else
    for (let i = 0; i < all.sweep; i++)
      await sweepSeed(all.seed + i, values.at === undefined ? undefined : Number(values.at), swept, () => tell(swept));
  for (const [name, count] of Object.entries(swept.byName).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    console.log(`${String(count).padStart(8)}  ${name}`);
  for (const violation of swept.violations)
    console.log(`npm run sim -- --sweep 1 --seed ${violation.seed} --at ${violation.at}   # ${words(violation)}`);
  end(say(swept), swept.violations);
}

function seconds(): number {
  return Math.round((performance.now() - started) / 1000);
}

function words({ night, invariant, detail }: Violation): string {
  return `night ${night}: ${invariant}: ${detail}`;
}

/** Says how far it has come, every few seconds. */
function now(line: string): void {
  const at = Math.floor(performance.now() / 5000);
  if (at === now.last) return;
  now.last = at;
  process.stderr.write(`${line}\n`);
}
now.last = 0;

function end(line: string, violations: readonly Violation[]): void {
  console.log(line);
  process.exitCode = violations.length > 0 ? 1 : 0;
}
