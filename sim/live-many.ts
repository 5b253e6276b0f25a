import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { manyCrashes } from './fates.ts';
import { Life, type Violation } from './life.ts';
import type { NightSize } from './make-night.ts';
import { settingOf, type Wishes } from './setting.ts';

/** How many nights to live through, from which seed on, and how wildly. */
export type Many = {
  nights: number;
  seed: number;
  /** From one life's seed to the next: as many as there are jobs. */
  step: number;
  wishes: Wishes;
  /** After so many lives with a violation it stops. */
  enough: number;
};

/** What came of many lives. */
export type Sum = {
  lives: number;
  nights: number;
  crashes: number;
  posts: number;
  points: number;
  violations: Violation[];
};

const nothing = (): Sum => ({ lives: 0, nights: 0, crashes: 0, posts: 0, points: 0, violations: [] });

const size: NightSize = { exports: 5, rows: 24 };

const roots: string[] = [];
process.once('exit', () => {
  for (const root of roots) rmSync(root, { recursive: true, force: true });
});

/** A folder in memory, if there is memory to have folders in; it goes with the process. */
export function makeRoot(): string {
  const root = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'luottoputki-sim-'));
  roots.push(root);
  return root;
}

/** Lives through whole lives until there were that many nights. */
export async function liveMany(many: Many, tell: (sum: Sum) => void): Promise<Sum> {
  const sum = nothing();
  const root = makeRoot();
  let wrong = 0;
  for (let seed = many.seed; sum.nights < many.nights && wrong < many.enough; seed += many.step) {
    const folder = join(root, String(seed));
    const setting = settingOf(seed, many.wishes);
    const life = new Life({ setting, root: folder, log: join(root, 'log.jsonl'), fates: manyCrashes(), size });
    const { nights, crashes, posts, points, violations } = await life.live();
    rmSync(folder, { recursive: true, force: true });
    sum.lives++;
    sum.nights += nights;
    sum.crashes += crashes;
    sum.posts += posts;
    sum.points += points;
    sum.violations.push(...violations);
    if (violations.length > 0) wrong++;
    tell(sum);
  }
  return sum;
}

/** The sum of what several came to. */
export function addUp(sums: readonly Sum[]): Sum {
  const all = nothing();
  for (const sum of sums) {
    for (const key of ['lives', 'nights', 'crashes', 'posts', 'points'] as const) all[key] += sum[key];
    all.violations.push(...sum.violations);
  }
  return all;
}
