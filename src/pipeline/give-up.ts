import type { ExportRecord, Ledger } from '../ledger/ledger.ts';
import { exportFinding } from './export-finding.ts';
import type { House } from './house.ts';

/** Starts of mapping that may come to no end: a kill, a power cut and a stop in the middle are no fault of the export. */
const mostStarts = 8;

/**
 * Counts a start of mapping. An export that ends the process each time must not stop the others for ever: after eight
 * starts without an end it is given up.
 * @returns false when it was given up just now
 */
export async function beginMapping(
  { ledger, log, progress }: Pick<House, 'ledger' | 'log' | 'progress'>,
  exported: ExportRecord,
): Promise<boolean> {
  const starts = await ledger.beginMapping(exported.id);
  if (starts <= mostStarts) return true;
  await ledger.giveUp(exported.id, [
    exportFinding({
      code: 'GAVE_UP',
      severity: 'error',
      stage: 'read',
      expected: `an end of reading it; ${mostStarts} tries came to none`,
    }),
  ]);
  log.error('export.givenUp', { export: exported.sha256.slice(0, 8), count: mostStarts, code: 'GAVE_UP' });
  progress.say(
    `${exported.name}: given up, luottoputki failed on it ${mostStarts} times; nothing of it is sent, and the others go on: GAVE_UP`,
  );
  return false;
}

/** Takes the count of the start back when it was the machine that failed, not luottoputki on this export. */
export async function forgiveTheMachine(ledger: Ledger, exported: ExportRecord, error: unknown): Promise<void> {
  const { syscall, errcode } = error as { syscall?: string; errcode?: number };
  const machine = syscall !== undefined || machineFaults.has((errcode ?? 0) & 0xff);
  // On a full disk not even this can be written: then the start stays counted.
  if (machine) await ledger.forgiveStart(exported.id).catch(() => {});
}

/** SQLite's own words for it: busy, locked, out of memory, read-only, an I/O error, a full disk, a file that cannot be opened. */
const machineFaults = new Set([5, 6, 7, 8, 10, 13, 14]);
