import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Many, nothing, type Sum } from './live-many.ts';

/** Shares nights among processes: each lives through every so many-th life. */
export async function liveInJobs(many: Many, jobs: number, tell: (sum: Sum) => void): Promise<Sum> {
  const sums: Sum[] = [];
  const runs = Array.from({ length: jobs }, (_, job) => {
    const share = { ...many, nights: Math.ceil(many.nights / jobs), seed: many.seed + job, step: jobs };
    const child = fork(fileURLToPath(new URL('job.ts', import.meta.url)), [JSON.stringify(share)]);
    child.on('message', (sum: Sum) => {
      sums[job] = sum;
      tell(total(sums));
    });
    return new Promise<void>((done, fail) => {
      child.on('error', fail);
      child.on('exit', (code) =>
        code === 0 ? done() : fail(new Error(`job ${job} of the simulation ended with ${code}`)),
      );
    });
  });
  await Promise.all(runs);
  return total(sums);
}

function total(sums: readonly (Sum | undefined)[]): Sum {
  const all = nothing();
  for (const sum of sums) {
    if (!sum) continue;
    for (const key of ['lives', 'nights', 'crashes', 'posts', 'points'] as const) all[key] += sum[key];
    all.violations.push(...sum.violations);
  }
  return all;
}
