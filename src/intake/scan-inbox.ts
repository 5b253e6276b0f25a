import { type BigIntStats, lstatSync, readdirSync } from 'node:fs';
import { sep } from 'node:path';
import { shownName } from '../lib/shown-name.ts';

/** A file in the inbox that may be an export. It is known by its shown name, and opened and removed by its bytes. */
export type InboxFile = { name: string; path: Buffer; size: number; identity: string; stat: BigIntStats };

/** An entry of the inbox that is not taken, and why. */
export type Left = { name: string; why: string };

/** What lies in the inbox. `odd` are entries that are never taken; `passing` are hidden and half-copied files with something in them, which are not looked at yet. */
export type InboxScan = { files: InboxFile[]; odd: Left[]; passing: InboxFile[] };

/**
 * Looks at the inbox itself; this, not the watcher, is the truth. Links, devices, pipes and folders are left alone, and so
 * are hidden and half-copied files (`.name`, `name~`, `*.part`, `*.filepart`, `*.tmp`).
 */
export function scanInbox(folder: string): InboxScan {
  const scan: InboxScan = { files: [], odd: [], passing: [] };
  for (const entry of readdirSync(Buffer.from(folder), { encoding: 'buffer' })) {
    const name = shownName(entry);
    const path = Buffer.concat([Buffer.from(`${folder}${sep}`), entry]);
    const stat = lstatSync(path, { bigint: true, throwIfNoEntry: false });
    if (!stat) continue;
    const file = { name, path, size: Number(stat.size), identity: identityOf(stat), stat };
    const why = whyOdd(stat);
    if (isPassing(name)) {
      if (stat.isFile() && stat.size > 0n) scan.passing.push(file);
    } else if (why !== undefined) scan.odd.push({ name, why });
    else scan.files.push(file);
  }
  for (const list of [scan.files, scan.odd, scan.passing]) list.sort((a, b) => (a.name < b.name ? -1 : 1));
  return scan;
}

function whyOdd(stat: BigIntStats): string | undefined {
  if (stat.isSymbolicLink()) return 'it is a link';
  if (stat.isDirectory()) return 'it is a folder';
  if (!stat.isFile()) return 'it is not a plain file';
  // What is written through the other name would not be seen here; and removing this one would not remove the file.
  return stat.nlink > 1n ? 'it has a second name somewhere (a hard link); put a copy here instead' : undefined;
}

/** Which directory entry and which version of its content this is. The change time cannot be set by a copying program. */
export const identityOf = (stat: BigIntStats) => `${stat.dev}:${stat.ino}:${stat.ctimeNs}`;

/** Size, inode and times in one text: unchanged means that nobody wrote meanwhile. */
export const stillness = (stat: BigIntStats) => `${stat.ino}:${stat.size}:${stat.mtimeNs}:${stat.ctimeNs}`;

const isPassing = (name: string) =>
  name.startsWith('.') || name.endsWith('~') || /\.(part|filepart|tmp|crdownload)$/i.test(name);

const day = 86_400_000;
const notExports = new Set(['.DS_Store', '.gitignore']);

/** Of files that are not taken as they are (half-copied ones, markers), those at rest for more than a day: nobody finishes them any more. */
export function staleFiles(ignored: readonly InboxFile[], now: number): Left[] {
  return ignored
    .filter(({ name, stat }) => !notExports.has(name) && now - Number(stat.ctimeMs) > day)
    .map(({ name }) => ({
      name,
      why: isPassing(name)
        ? 'in the inbox for more than a day, and never taken under such a name; was its copying cut short?'
        : 'in the inbox for more than a day: the marker of an export that has not come',
    }));
}
