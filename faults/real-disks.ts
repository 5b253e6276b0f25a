import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Workspace } from '../test/pipeline/workspace.ts';
import { Disturbed } from './disturbed.ts';
import { SmallDisk } from './mounts.ts';
import { type Night, openNight } from './night.ts';
import { dieAtStep, undisturbed } from './undisturbed.ts';

const night: Night = { shape: 'mixed', seed: 1 };

type Trial = (workspace: Workspace, disturbed: Disturbed) => Promise<void>;

/** What really full, read-only and foreign disks do to a run, by name. */
export const diskTrials: Readonly<Record<string, Trial>> = {
  ...Object.fromEntries([0, 8, 24, 48, 96, 192].map((extra) => [`state full but for ${extra} KiB`, stateFull(extra)])),
  ...Object.fromEntries([4, 8, 16, 32, 64, 96].map((size) => [`outbox of ${size} KiB`, outboxFull(`size=${size}k`)])),
  'outbox with room for 6 names': outboxFull('size=64m,nr_inodes=6'),
  'outbox read-only': async ({ outbox, sandbox }, disturbed) => {
    using disk = new SmallDisk(outbox, 'ro');
    await stopped(disturbed, /^the disk is read-only \(.*outbox.*\)$/m);
    if (sandbox.snapshot().applied.length === 0) disturbed.violations.push('the outbox held up what could be sent');
    disk.remount('rw');
    await disturbed.converge();
  },
  'outbox on another disk': async ({ outbox }, disturbed) => {
    using _ = new SmallDisk(outbox);
    await disturbed.converge();
  },
  'inbox read-only, on another disk': async (workspace, disturbed) => {
    const exports = workspace.inboxNames().map((name) => [name, readFileSync(join(workspace.inbox, name))] as const);
    using disk = new SmallDisk(workspace.inbox);
    for (const [name, bytes] of exports) workspace.drop(name, bytes);
    disk.remount('ro');
    await stopped(disturbed, /^the disk is read-only \(unlink .*inbox/m);
    disk.remount('rw');
    await disturbed.converge();
  },
  'state read-only': async ({ state }, disturbed) => {
    using disk = new SmallDisk(state, 'ro');
    await stopped(disturbed, /^(the disk is read-only|a file cannot be opened) \(/m);
    disk.remount('rw');
    await disturbed.converge();
  },
  'state with no room for an export': async (workspace, disturbed) => {
    using disk = new SmallDisk(workspace.state, 'size=16m');
    const before = workspace.inboxNames();
    await stopped(disturbed, /left in the inbox, the disk of .* has 1\d MB left/);
    if (workspace.inboxNames().join() !== before.join()) disturbed.violations.push('something left the inbox');
    disk.remount('size=128m');
    await disturbed.converge();
  },
};

/** Runs one of the trials; gives what was broken. */
export async function tryDisk(name: string): Promise<string[]> {
  const workspace = await openNight(night);
  const disturbed = new Disturbed(workspace, await undisturbed(night));
  await diskTrials[name]?.(workspace, disturbed);
  await workspace.close(disturbed.violations.length === 0);
  return disturbed.violations;
}

/** The exports are in the archive; then nothing but so many KiB are left. */
function stateFull(extra: number): Trial {
  return async (workspace, disturbed) => {
    using disk = new SmallDisk(workspace.state, 'size=128m');
    const taken = (await undisturbed(night)).hits['export.leftInbox'] ?? 1;
    const env = { FAULTS_BLOW: `export.leftInbox:${taken}:SIGKILL` };
    await disturbed.end(workspace.startWith({ node: ['--import', dieAtStep], env }, 'run'));
    disk.remount(`size=${Math.ceil(disk.used / 1024) + extra}k`);
    await stopped(disturbed, /^the disk is full \(/m);
    disk.remount('size=128m');
    await disturbed.converge();
  };
}

function outboxFull(options: string): Trial {
  return async ({ outbox, sandbox }, disturbed) => {
    using disk = new SmallDisk(outbox, options);
    await stopped(disturbed, /^the disk is full \(.*outbox.*\)$/m);
    if (sandbox.snapshot().applied.length === 0) disturbed.violations.push('the outbox held up what could be sent');
    disk.remount('size=64m,nr_inodes=10000');
    await disturbed.converge();
  };
}

/** A run that must end with 70 and these words. */
async function stopped(disturbed: Disturbed, words: RegExp): Promise<void> {
  const { status, stderr } = await disturbed.end(disturbed.workspace.start('run'));
  if (status !== 70) disturbed.violations.push(`it ended with ${status}, not with 70`);
  if (!words.test(stderr)) disturbed.violations.push(`it said something else than ${words}: ${stderr.trim()}`);
}
