import { parseArgs } from 'node:util';
import type { Case } from './case.ts';
import { readCase, sayCase } from './case.ts';
import { planCases } from './plan-cases.ts';
import { type Struck, strike } from './strike.ts';

/** `npm run kills`: kills real runs of the tool, at every named step and at random moments, and looks whether every promise was kept. */
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
    jobs: { type: 'string', default: '2' },
    /** One case as a violation names it, in place of the plan. */
    case: { type: 'string' },
  },
});
const wanted = Number(values.kills);
const began = performance.now();
const seconds = () => Math.round((performance.now() - began) / 1000);
const tally = { kills: 0, stops: 0, cases: 0, violations: 0, steps: new Set<string>() };
const plan = values.case === undefined ? planCases(Number(values.seed)) : only(readCase(values.case));
await Promise.all(Array.from({ length: Number(values.jobs) }, work));
console.log(`${tally.stops} stops by SIGTERM, ${tally.cases} nights`);
console.log(`${tally.kills} kills at ${tally.steps.size} steps, ${tally.violations} violations, ${seconds()} s`);
process.exit(tally.violations === 0 ? 0 : 1);

async function work(): Promise<void> {
  while (tally.kills < wanted) {
    const { value: next, done } = await plan.next();
    if (done) return;
    count(next, await strike(next));
  }
}

function count(done: Case, { blows, violations }: Struck): void {
  for (const blow of done.blows.slice(0, blows)) {
    const stop = blow.kind === 'step' && blow.signal === 'SIGTERM';
    if (stop) tally.stops++;
    else tally.kills++;
    if (blow.kind === 'step') tally.steps.add(blow.step);
  }
  tally.cases++;
  tally.violations += violations.length;
  const again = `npm run kills -- --case '${sayCase(done)}'`;
  for (const violation of violations) console.log(`VIOLATION ${violation}\n  again: ${again}`);
  if (tally.cases % 10 === 0 || values.case !== undefined)
    console.log(`${tally.kills} kills, ${tally.violations} violations, ${seconds()} s: ${sayCase(done)}`);
}

async function* only(one: Case): AsyncGenerator<Case> {
  yield one;
}
