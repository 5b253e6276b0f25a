import { type BigIntStats, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** A file in the inbox that may be an export. */
export type InboxFile = { name: string; path: string; size: number; identity: string; stat: BigIntStats };

/** What lies in the inbox. `odd` are entries that are never taken, and why. */
export type InboxScan = { files: InboxFile[]; odd: { name: string; why: string }[] };

/**
 * Looks at the inbox itself; this, not the watcher, is the truth. Links, devices, pipes and folders are left alone, and so
 * are hidden and half-copied files (`.name`, `name~`, `*.part`, `*.filepart`, `*.tmp`).
 */
export function scanInbox(folder: string): InboxScan {
  const scan: InboxScan = { files: [], odd: [] };
  for (const entry of readdirSync(Buffer.from(folder), { encoding: 'buffer' })) {
    const name = entry.toString('utf8');
    if (!Buffer.from(name, 'utf8').equals(entry)) {
      scan.odd.push({
        name: entry.toString('latin1').replace(/[^ -~]/g, '·'),
        why: 'its name is not UTF-8; rename it',
      });
      continue;
    }
    if (isPassing(name)) continue;
    const path = join(folder, name);
    const stat = lstatSync(path, { bigint: true, throwIfNoEntry: false });
    if (!stat) continue;
    if (!stat.isFile())
      scan.odd.push({
        name,
        why: stat.isSymbolicLink() ? 'it is a link' : stat.isDirectory() ? 'it is a folder' : 'it is not a plain file',
      });
    else scan.files.push({ name, path, size: Number(stat.size), identity: identityOf(stat), stat });
  }
  scan.files.sort((a, b) => (a.name < b.name ? -1 : 1));
  return scan;
}

/** Which directory entry and which version of its content this is. The change time cannot be set by a copying program. */
export const identityOf = (stat: BigIntStats) => `${stat.dev}:${stat.ino}:${stat.ctimeNs}`;

/** Size, inode and times in one text: unchanged means that nobody wrote meanwhile. */
export const stillness = (stat: BigIntStats) => `${stat.ino}:${stat.size}:${stat.mtimeNs}:${stat.ctimeNs}`;

const isPassing = (name: string) =>
  name.startsWith('.') || name.endsWith('~') || /\.(part|filepart|tmp|crdownload)$/i.test(name);
