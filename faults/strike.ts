import { setTimeout as pause } from 'node:timers/promises';
import { dayInFinland } from '../src/lib/calendar.ts';
import type { Blow, Case } from './case.ts';
import { Disturbed } from './disturbed.ts';
import { openNight } from './night.ts';
import { dieAtStep, undisturbed } from './undisturbed.ts';

/** What came of a case: how many blows fell, and what was broken. */
export type Struck = { blows: number; violations: string[] };

const longestFarewell = 30_000;

/** Lets a night's runs be struck one after the other, then one run to its end, and looks whether every promise was kept. */
export async function strike({ night, blows }: Case): Promise<Struck> {
  const day = dayInFinland(new Date());
  const reference = await undisturbed(night);
  const workspace = await openNight(night);
  const disturbed = new Disturbed(workspace, reference);
  let fallen = 0;
  for (const blow of blows) {
    if (!(await falls(blow, disturbed))) break;
    fallen++;
  }
  const violations = await disturbed.converge();
  // A night over which the day changed has other pages and other dates than its reference: it does not count.
  const sameDay = dayInFinland(new Date()) === day;
  await workspace.close(violations.length === 0 || !sameDay);
  return sameDay ? { blows: fallen, violations } : { blows: 0, violations: [] };
}

/** Starts a run that is to be struck; false when it had ended before. */
async function falls(blow: Blow, disturbed: Disturbed): Promise<boolean> {
  const { workspace, violations } = disturbed;
  if (blow.kind === 'moment') {
    const running = workspace.start('run');
    const struck = await Promise.race([running.ended.then(() => false), pause(blow.ms, true)]);
    if (struck) running.child.kill('SIGKILL');
    await disturbed.end(running);
    return struck;
  }
  const { step, hit, signal } = blow;
  const env = { FAULTS_BLOW: `${step}:${hit}:${signal}` };
  const running = workspace.startWith({ node: ['--import', dieAtStep], env }, 'run');
  const { status, ms } = await disturbed.end(running);
  if (signal === 'SIGKILL') return running.child.signalCode === 'SIGKILL';
  if (ms > longestFarewell) violations.push(`it took ${ms} ms to end after SIGTERM`);
  // A signal in the last moment finds the work done.
  return status === 143;
}
