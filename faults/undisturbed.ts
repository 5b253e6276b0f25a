import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dayInFinland } from '../src/lib/calendar.ts';
import type { Step } from '../src/lib/step.ts';
import { type Night, nameOf, openNight } from './night.ts';
import { type Truth, truthOf } from './truth.ts';
import { doubled, toldButNotHeld, torn, unbalanced } from './violations.ts';

/** Preloaded into the tool, it strikes or counts. */
export const dieAtStep = fileURLToPath(new URL('./die-at-step.ts', import.meta.url));

/** How a night goes when nothing disturbs it. */
export type Undisturbed = {
  truth: Truth;
  /** Exit status of the run, and of a second one after it. */
  status: number | null;
  again: number | null;
  /** How often each step is reached. */
  hits: Partial<Record<Step, number>>;
  ms: number;
};

const known = new Map<string, Promise<Undisturbed>>();

/**
 * The reference for a night's disturbed runs; run once for each night.
 * @throws Error when even this one breaks a promise
 */
export function undisturbed(night: Night): Promise<Undisturbed> {
  const name = `${dayInFinland(new Date())} ${nameOf(night)}`;
  const reference = known.get(name) ?? runUndisturbed(night);
  known.set(name, reference);
  return reference;
}

async function runUndisturbed(night: Night): Promise<Undisturbed> {
  const workspace = await openNight(night, true);
  const count = join(workspace.folder, 'steps.json');
  const began = performance.now();
  const launch = { node: ['--import', dieAtStep], env: { FAULTS_COUNT: count } };
  const { status } = await workspace.startWith(launch, 'run').ended;
  const ms = performance.now() - began;
  const hits: Undisturbed['hits'] = JSON.parse(readFileSync(count, 'utf8'));
  const { status: again } = await workspace.run();
  const broken = [
    ...doubled(workspace.sandbox),
    ...toldButNotHeld(workspace),
    ...torn(workspace.outbox),
    ...unbalanced(workspace),
  ];
  if (broken.length > 0) throw new Error(`${nameOf(night)} breaks promises undisturbed: ${broken.join('; ')}`);
  const truth = truthOf(workspace);
  await workspace.close(true);
  return { truth, status, again, hits, ms };
}
