import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Receipt } from '../src/reports/receipt.ts';
import type { Drop } from './exports.ts';
import { csvRows } from './whole-files.ts';

/** What the outbox tells of an export. */
export type Told = {
  folder: string;
  receipt: Receipt;
  done: boolean;
  accepted: { line: number; reference: string; batch: string }[];
  errors: { code: string; severity: string; stage: string; line: number; lastLine: number; batch: string }[];
};

/** Folders of the outbox, by the hash and the number of the drop they tell of: `<sha8>` or `<sha8>--again-<n>`. */
export function outboxFolders(outbox: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  if (!existsSync(outbox)) return found;
  for (const day of readdirSync(outbox, { withFileTypes: true }).filter((entry) => entry.isDirectory()))
    for (const folder of readdirSync(join(outbox, day.name))) {
      const key = folder.slice(
        folder.lastIndexOf('--', folder.includes('--again-') ? folder.indexOf('--again-') - 1 : undefined) + 2,
      );
      found.set(key, [...(found.get(key) ?? []), join(outbox, day.name, folder)]);
    }
  return found;
}

/** Reads what the outbox tells of an export; undefined when it tells nothing. */
export function toldOf(folders: ReadonlyMap<string, string[]>, drop: Drop): Told | undefined {
  const [folder] = folders.get(drop.sha256.slice(0, 8)) ?? [];
  if (folder === undefined || !existsSync(join(folder, 'receipt.json'))) return undefined;
  const read = (name: string) => csvRows(readFileSync(join(folder, name), 'utf8')).slice(1);
  return {
    folder,
    receipt: Receipt.parse(JSON.parse(readFileSync(join(folder, 'receipt.json'), 'utf8'))),
    done: existsSync(join(folder, 'DONE')),
    accepted: read('accepted.csv').map(([line, , reference = '', batch = '']) => ({
      line: Number(line),
      reference,
      batch,
    })),
    errors: read('errors.csv').map((row) => ({
      code: row[0] ?? '',
      severity: row[1] ?? '',
      stage: row[2] ?? '',
      line: Number(row[4]),
      lastLine: Number(row[5]),
      batch: row[12] ?? '',
    })),
  };
}

/** The rows to be corrected of an export, as the outbox gives them. */
export function toFixText(told: Told): string | undefined {
  const path = join(told.folder, 'restricted', 'to-fix.csv');
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

/** The name a folder was given after its export. */
export const stemOf = (folder: string): string => basename(folder).replace(/--[0-9a-f]{8}(--again-\d+)?$/, '');
