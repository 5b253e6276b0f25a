import { parseArgs } from 'node:util';
import { seeded } from '../src/demo/random.ts';
import { steps } from '../src/lib/step.ts';
import { type Blow, type Case, readCase, sayCase } from './case.ts';
import { whyNoImages } from './cut-disk.ts';
import { cutPower } from './cut-power.ts';
import { whyNoMounts } from './mounts.ts';
import type { Night } from './night.ts';
import { undisturbed } from './undisturbed.ts';

/**
 * `npm run powercuts`: cuts the power under real runs, and looks whether every promise was kept. Then the same with runs that
 * do not sync: unless that shows losses, nothing was proved.
 */
const { values } = parseArgs({
  options: {
    cuts: { type: 'string', default: '60' },
    control: { type: 'string', default: '8' },
    seed: { type: 'string', default: '1' },
    jobs: { type: 'string', default: '2' },
    /** One cut as a violation names it. */
    case: { type: 'string' },
    inbox: { type: 'boolean', default: false },
    unsynced: { type: 'boolean', default: false },
  },
});

type Cut = { case: Case; inboxToo: boolean };

const why = whyNoMounts() ?? whyNoImages();
if (why !== undefined) {
  console.error(`powercuts cannot run here: ${why}. It needs Linux, root, loop devices, and ext4.`);
  process.exit(2);
}
const began = performance.now();
const seconds = () => Math.round((performance.now() - began) / 1000);
if (values.case !== undefined) {
  const violations = await cutPower(readCase(values.case), { unsynced: values.unsynced, inboxToo: values.inbox });
  console.log(violations === undefined ? 'the run had ended before' : violations.join('\n') || 'nothing was broken');
  process.exit(violations?.length === 0 ? 0 : 1);
}
const real = await cutMany(Number(values.cuts), false);
const control = await cutMany(Number(values.control), true);
console.log(`control: ${control.cuts} cuts under runs that do not sync, ${control.broken} of them with losses`);
if (control.broken === 0 && control.cuts > 0) console.log('THE CONTROL SHOWS NO LOSS: this proves nothing here');
console.log(`${real.cuts} power cuts at ${real.steps.size} steps, ${real.violations} violations, ${seconds()} s`);
process.exit(real.violations === 0 && (control.broken > 0 || control.cuts === 0) ? 0 : 1);

async function cutMany(wanted: number, unsynced: boolean) {
  const tally = { cuts: 0, broken: 0, violations: 0, steps: new Set<string>() };
  const plan = planCuts(Number(values.seed));
  const work = async () => {
    while (tally.cuts < wanted) {
      const { value: cut } = await plan.next();
      if (!cut) return;
      const violations = await cutPower(cut.case, { unsynced, inboxToo: cut.inboxToo });
      if (violations === undefined) continue;
      tally.cuts++;
      tally.violations += violations.length;
      if (violations.length > 0) tally.broken++;
      for (const blow of cut.case.blows) if (blow.kind === 'step') tally.steps.add(blow.step);
      const again = `npm run powercuts -- --case '${sayCase(cut.case)}'${cut.inboxToo ? ' --inbox' : ''}`;
      if (!unsynced) for (const violation of violations) console.log(`VIOLATION ${violation}\n  again: ${again}`);
      else if (violations[0] !== undefined) console.log(`control, as it must be: ${violations[0].slice(0, 150)}`);
      if (!unsynced && tally.cuts % 10 === 0)
        console.log(`${tally.cuts} cuts, ${tally.violations} violations, ${seconds()} s: ${sayCase(cut.case)}`);
    }
  };
  await Promise.all(Array.from({ length: Number(values.jobs) }, work));
  return tally;
}

/** A cut at every step in turn, and between them cuts at any moment; the inbox loses its power every third time. */
async function* planCuts(seed: number): AsyncGenerator<Cut> {
  const { between } = seeded(seed);
  let turn = 0;
  for (let at = 0; ; at++) {
    const shape = (['small', 'mixed', 'sample'] as const)[between(0, 2)] ?? 'small';
    const night: Night = { shape, seed: seed + between(0, 1) };
    const { hits, ms } = await undisturbed(night);
    const atStep = at % 3 !== 2;
    const step = steps[turn % steps.length] ?? 'page.written';
    if (atStep) turn++;
    const all = hits[step] ?? 0;
    const blow: Blow =
      !atStep || all === 0
        ? { kind: 'moment', ms: between(Math.round(ms / 4), Math.round(ms)) }
        : { kind: 'step', step, hit: between(1, all), signal: 'SIGKILL' };
    yield { case: { night, blows: [blow] }, inboxToo: between(0, 2) === 0 };
  }
}
