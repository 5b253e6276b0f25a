import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Wishes } from './setting.ts';

/** What one process of several is to do. */
export type Share = { nights: number; sweep: number; seed: number; step: number; enough: number; wishes: Wishes };

/**
 * Has several processes do their shares; each tells what it has come to so far.
 * @param job what each of them runs
 */
export async function inJobs<T>(
  shares: readonly Share[],
  tell: (soFar: T[]) => void,
  job = new URL('job.ts', import.meta.url),
): Promise<T[]> {
  const done: T[] = [];
  const runs = shares.map((share, at) => {
    const child = fork(fileURLToPath(job), [JSON.stringify(share)]);
    child.on('message', (soFar: T) => {
      done[at] = soFar;
      tell(done.filter((it) => it !== undefined));
    });
    return new Promise<void>((end, fail) => {
      child.on('error', fail);
      child.on('exit', (code, signal) =>
        code === 0 ? end() : fail(new Error(`job ${at} of the simulation ended by ${signal ?? code}`)),
      );
    });
  });
  await Promise.all(runs);
  return done;
}
