import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { dayInFinland } from '../src/lib/calendar.ts';
import { type Ended, filesOf, postsOf, type Running, type Workspace } from '../test/pipeline/workspace.ts';
import type { Blow, Case } from './case.ts';
import { openNight } from './night.ts';
import { differences, truthOf } from './truth.ts';
import { dieAtStep, undisturbed } from './undisturbed.ts';
import {
  brokenLedger,
  doubled,
  identityCodesIn,
  leaks,
  leftovers,
  toldButNotHeld,
  torn,
  unbalanced,
} from './violations.ts';

/** What came of a case: how many blows fell, and what was broken. */
export type Struck = { blows: number; violations: string[] };

const longestRun = 120_000;
const longestFarewell = 30_000;

/** Lets a night's runs be struck one after the other, then one run to its end, and looks whether every promise was kept. */
export async function strike({ night, blows }: Case): Promise<Struck> {
  const day = dayInFinland(new Date());
  const reference = await undisturbed(night);
  const workspace = await openNight(night);
  const identityCodes = identityCodesIn(
    [...filesOf(workspace.inbox).values()].join('\n') + [...filesOf(workspace.folder).values()].join('\n'),
  );
  const violations: string[] = [];
  const said: string[] = [];
  const tell = ({ stdout, stderr }: Ended) => {
    said.push(stdout, stderr);
    if (/a fault of luottoputki|^ {4}at /m.test(stderr)) violations.push(`a run said: ${stderr.trim()}`);
  };
  let fallen = 0;
  for (const blow of blows) {
    const ended = await runUnder(workspace, blow);
    tell(ended);
    if (ended.late) violations.push(ended.late);
    if (!ended.struck) break;
    fallen++;
    violations.push(...torn(workspace.outbox));
  }
  const last = await toItsEnd(workspace.start('run'));
  tell(last);
  if (last.status !== reference.status)
    violations.push(`the last run ended with ${last.status}: ${last.stderr.trim()}`);
  violations.push(...differences(reference.truth, truthOf(workspace)), ...brokenLedger(workspace.state));
  violations.push(...doubled(workspace.sandbox), ...toldButNotHeld(workspace), ...unbalanced(workspace));
  violations.push(...torn(workspace.outbox), ...leftovers(workspace));
  const again = await repeat(workspace, reference.again);
  tell(again.ended);
  violations.push(...again.violations);
  violations.push(...leaks([...said, readFileSync(join(workspace.state, 'luottoputki.log'), 'utf8')], identityCodes));
  // A night over which the day changed has other pages and other dates than its reference: it does not count.
  const sameDay = dayInFinland(new Date()) === day;
  await workspace.close(violations.length === 0 || !sameDay);
  return sameDay ? { blows: fallen, violations } : { blows: 0, violations: [] };
}

/** One run that is struck, if it comes to that. */
async function runUnder(workspace: Workspace, blow: Blow): Promise<Ended & { struck: boolean; late?: string }> {
  if (blow.kind === 'moment') {
    const running = workspace.start('run');
    const struck = await Promise.race([running.ended.then(() => false), pause(blow.ms, true)]);
    if (struck) running.child.kill('SIGKILL');
    return { ...(await running.ended), struck };
  }
  const { step, hit, signal } = blow;
  const env = { FAULTS_BLOW: `${step}:${hit}:${signal}` };
  const running = workspace.startWith({ node: ['--import', dieAtStep], env }, 'run');
  const ended = await toItsEnd(running);
  if (signal === 'SIGKILL') return { ...ended, struck: running.child.signalCode === 'SIGKILL' };
  // A signal in the last moment finds the work done.
  const struck = ended.status === 143;
  const tooLate = ended.ms > longestFarewell;
  return { ...ended, struck, ...(tooLate ? { late: `it took ${ended.ms} ms to end after SIGTERM` } : {}) };
}

async function toItsEnd(running: Running): Promise<Ended & { ms: number }> {
  const began = performance.now();
  const hung = setTimeout(() => running.child.kill('SIGKILL'), longestRun);
  const ended = await running.ended;
  clearTimeout(hung);
  return { ...ended, ms: Math.round(performance.now() - began) };
}

/** A run after the end finds nothing to do: it sends nothing and changes no byte of the outbox. */
async function repeat(workspace: Workspace, status: number | null): Promise<{ ended: Ended; violations: string[] }> {
  const violations: string[] = [];
  const posts = postsOf(workspace.sandbox).length;
  const before = filesOf(workspace.outbox);
  const ended = await toItsEnd(workspace.start('run'));
  if (ended.status !== status) violations.push(`a second run ended with ${ended.status}, not with ${status}`);
  if (postsOf(workspace.sandbox).length !== posts) violations.push('a second run sent something');
  const after = filesOf(workspace.outbox);
  for (const name of new Set([...before.keys(), ...after.keys()]))
    if (before.get(name) !== after.get(name)) violations.push(`a second run changed ${name}`);
  return { ended, violations };
}
