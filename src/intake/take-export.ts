import { createHash } from 'node:crypto';
import { closeSync, existsSync, fstatSync, lstatSync, readSync, renameSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { DurableFile, durableFolder, removeFile, syncFolder } from '../lib/durable-write.ts';
import { reached } from '../lib/step.ts';
import { type NotOpened, openInboxFile } from './open-file.ts';
import { whyNoRoom } from './room.ts';
import { type InboxFile, identityOf, stillness } from './scan-inbox.ts';

/** An export whose bytes are durable in the archive; the inbox still has it. */
type Spooled = {
  kind: 'spooled';
  sha256: string;
  size: number;
  identity: string;
  /** When these bytes were first taken, ms since 1970: the archive remembers it even when the ledger was lost. */
  takenAt: number;
  /** Whether the archive had these bytes already. */
  known: boolean;
};
export type SpoolResult =
  | Spooled
  | { kind: NotOpened }
  | { kind: 'stopped'; why: string }
  | { kind: 'noRoom'; why: string };

const chunk = 1024 * 1024;

/**
 * Copies a file out of the inbox while hashing it, and makes the copy durable; the inbox file itself is never parsed.
 * A file that changes meanwhile is left for the next look.
 * @param archive folder of the private copies, named by their SHA-256
 * @param now ms since 1970; kept as the time of the copy
 * @param whyNot says why bytes that the archive does not have must not be taken; nothing is kept of them then
 */
export function spoolExport(
  file: InboxFile,
  archive: string,
  now: number,
  whyNot: (sha256: string) => string | undefined = () => undefined,
): SpoolResult {
  durableFolder(archive);
  const noRoom = whyNoRoom(file.size, archive);
  if (noRoom !== undefined) return { kind: 'noRoom', why: noRoom };
  const fd = openInboxFile(file);
  if (typeof fd === 'string') return { kind: fd };
  try {
    const before = file.stat;
    const { sha256, size, copy } = copyOut(fd, join(archive, 'incoming'));
    using held = copy;
    const entry = lstatSync(file.path, { bigint: true, throwIfNoEntry: false });
    const after = fstatSync(fd, { bigint: true });
    if (
      !entry ||
      stillness(after) !== stillness(before) ||
      stillness(entry) !== stillness(before) ||
      BigInt(size) !== before.size
    )
      return { kind: 'changed' };
    const target = join(archive, sha256);
    const known = existsSync(target);
    const why = known ? undefined : whyNot(sha256);
    if (why !== undefined) return { kind: 'stopped', why };
    held.publish();
    reached('copy.written');
    if (known) removeFile(join(archive, 'incoming'));
    else {
      const seconds = Math.floor(now / 1000);
      utimesSync(join(archive, 'incoming'), seconds, seconds);
      renameSync(join(archive, 'incoming'), target);
    }
    syncFolder(archive);
    reached('copy.archived');
    const takenAt = Math.round(statSync(target).mtimeMs);
    return { kind: 'spooled', sha256, size, identity: identityOf(before), takenAt, known };
  } finally {
    closeSync(fd);
  }
}

function copyOut(fd: number, path: string): { sha256: string; size: number; copy: DurableFile } {
  const copy = new DurableFile(path);
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(chunk);
  let size = 0;
  for (;;) {
    const count = readSync(fd, buffer, 0, chunk, null);
    if (count === 0) break;
    const bytes = buffer.subarray(0, count);
    hash.update(bytes);
    copy.write(bytes);
    size += count;
  }
  return { sha256: hash.digest('hex'), size, copy };
}

/** Removes what a kill in the middle of a copy has left in the archive: it has personal data, and nobody would find it. */
export function tidyArchive(archive: string): void {
  for (const name of ['incoming', '.incoming.tmp']) removeFile(join(archive, name));
}

/**
 * Takes an entry out of the inbox, once its bytes and its record are durable. Already gone is as good; another file that has
 * come under its name meanwhile stays, for the next look.
 */
export function removeFromInbox(inbox: string, file: InboxFile): void {
  const entry = lstatSync(file.path, { bigint: true, throwIfNoEntry: false });
  if (entry && identityOf(entry) === file.identity) removeFile(file.path);
  syncFolder(inbox);
}
