import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Fates, Life, type Violation } from './life.ts';
import { makeRoot } from './live-many.ts';
import type { NightSize } from './make-night.ts';
import type { Doom } from './process.ts';
import { type Setting, settingOf } from './setting.ts';

/** A violation, and the point at which the process had died; 0 when it was not killed at all. */
type SweepViolation = Violation & { at: number };

/** What came of a sweep: how many points were swept, by name, and what went wrong. */
export type Swept = { seeds: number; points: number; byName: Record<string, number>; violations: SweepViolation[] };

export const nothingSwept = (): Swept => ({ seeds: 0, points: 0, byName: {}, violations: [] });

const size: NightSize = { exports: 3, rows: 8 };

/** Verbs of the ledger that change nothing: dying after one of them is dying after whatever was changed last. */
const reading = new Set(
  `nextRound recall unmapped mappingText linesDone toPlan candidates openBatches dueBatches batchReports batchBody pace exports
   exportsAgain counts rowsInReports batches findings findingCounts accepted toFix openReports deadlines nextResend nights finalReceipts verdictTimes`.split(
    /\s+/,
  ),
);

/**
 * Lives one night of a seed without a death, and then once more for each of its points, with a death exactly there. Of points
 * between which nothing lasting has changed only the first is swept: to whoever comes after they are the same.
 * @param only the one point to sweep
 */
export async function sweepSeed(seed: number, only: number | undefined, swept: Swept, tell: () => void): Promise<void> {
  const names: string[] = [];
  await liveOnce(seed, undefined, swept, (name) => names.push(name));
  for (const at of only === undefined ? lasting(names) : [only]) {
    await liveOnce(seed, { after: at }, swept);
    const name = names[at - 1] ?? 'no such point';
    swept.points++;
    swept.byName[name] = (swept.byName[name] ?? 0) + 1;
    tell();
  }
  swept.seeds++;
}

function lasting(names: readonly string[]): number[] {
  return names.flatMap((name, at) => {
    const [whose, verb = '', when] = name.split(' ');
    const changes = whose !== 'ledger' || (when === 'after' && !reading.has(verb));
    return changes ? [at + 1] : [];
  });
}

/** One night, whose register still loses answers. */
function nightOf(seed: number): Setting {
  const setting = settingOf(seed);
  const { temper } = setting;
  return { ...setting, nights: 1, loss: null, temper: { ...temper, stuck: 0, down: 0, unauthorised: 0 } };
}

let base: string | undefined;

async function liveOnce(seed: number, doom: Doom, swept: Swept, onPoint?: (name: string) => void): Promise<void> {
  base ??= makeRoot();
  const root = join(base, 'life');
  const fates: Fates = (_night, start) => (start === 0 ? doom : undefined);
  const options = { setting: nightOf(seed), root, log: join(base, 'log.jsonl'), fates, size, patient: true };
  const { violations } = await new Life({ ...options, ...(onPoint ? { onPoint } : {}) }).live();
  const at = doom && 'after' in doom ? doom.after : 0;
  swept.violations.push(...violations.map((violation) => ({ ...violation, at })));
  rmSync(root, { recursive: true, force: true });
}

/** The sum of what several came to. */
export function addUpSwept(all: readonly Swept[]): Swept {
  const sum = nothingSwept();
  for (const { seeds, points, byName, violations } of all) {
    sum.seeds += seeds;
    sum.points += points;
    sum.violations.push(...violations);
    for (const [name, count] of Object.entries(byName)) sum.byName[name] = (sum.byName[name] ?? 0) + count;
  }
  return sum;
}
