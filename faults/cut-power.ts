import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Workspace } from '../test/pipeline/workspace.ts';
import type { Blow, Case } from './case.ts';
import { CutDisk } from './cut-disk.ts';
import { Disturbed } from './disturbed.ts';
import { openNight } from './night.ts';
import { dieAtStep, undisturbed } from './undisturbed.ts';
import { torn } from './violations.ts';

const withoutSync = fileURLToPath(new URL('./without-sync.ts', import.meta.url));

/** How a cut is made: under a run that does not sync; with an inbox whose disk loses its power too. */
export type CutOptions = { unsynced: boolean; inboxToo: boolean };

/**
 * Cuts the power under a run at the case's first blow. State and outbox have a disk each, which come back with what was
 * synced; the register keeps what it knew; the inbox keeps everything, unless it has such a disk too.
 * @returns what was broken; nothing when the run had ended before
 */
export async function cutPower({ night, blows }: Case, options: CutOptions): Promise<string[] | undefined> {
  const reference = await undisturbed(night);
  const workspace = await openNight(night);
  const disturbed = new Disturbed(workspace, reference);
  let fell = false;
  {
    using disks = openDisks(workspace, options.inboxToo);
    fell = await fall(workspace, disturbed, blows[0], options.unsynced);
    for (const disk of disks.all) disk.snapshot();
    for (const disk of disks.all) disk.comeBack();
    if (fell) {
      disturbed.violations.push(...torn(workspace.outbox));
      await disturbed.converge();
    }
  }
  await workspace.close(!fell || disturbed.violations.length === 0);
  return fell ? disturbed.violations : undefined;
}

/** Starts a run and ends it; false when it had ended before. */
async function fall(
  workspace: Workspace,
  disturbed: Disturbed,
  blow: Blow | undefined,
  unsynced: boolean,
): Promise<boolean> {
  const node = ['--import', dieAtStep, ...(unsynced ? ['--import', withoutSync] : [])];
  const env = blow?.kind === 'step' ? { FAULTS_BLOW: `${blow.step}:${blow.hit}:SIGKILL` } : {};
  const running = workspace.startWith({ node, env }, 'run');
  if (blow?.kind === 'moment') {
    await Promise.race([running.ended, pause(blow.ms)]);
    running.child.kill('SIGKILL');
  }
  await disturbed.end(running);
  return running.child.signalCode === 'SIGKILL';
}

function openDisks(workspace: Workspace, inboxToo: boolean): Disposable & { all: CutDisk[] } {
  const held = new DisposableStack();
  const all: CutDisk[] = [];
  const add = (folder: string, name: string) => {
    all.push(held.use(new CutDisk(folder, join(workspace.folder, `${name}.img`))));
  };
  try {
    add(workspace.state, 'state');
    add(workspace.outbox, 'outbox');
    if (inboxToo) {
      const exports = workspace.inboxNames().map((name) => [name, readFileSync(join(workspace.inbox, name))] as const);
      add(workspace.inbox, 'inbox');
      for (const [name, bytes] of exports) workspace.drop(name, bytes);
      all.at(-1)?.sync();
    }
    return { all, [Symbol.dispose]: () => held.dispose() };
  } catch (error) {
    held.dispose();
    throw error;
  }
}
