import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { type InboxFile, stillness } from './scan-inbox.ts';

/** Why a file that was seen cannot be read as it was seen. */
export type NotOpened = 'changed' | 'gone' | 'forbidden';

/** Something else than the file that was seen stands in its place: a link (not followed), a socket, a folder. */
const otherThing = new Set(['ELOOP', 'EMLINK', 'ENXIO', 'ENODEV', 'EISDIR', 'ENOTDIR']);

/** Opens a file of the inbox by the bytes of its name. A link or a pipe put in its place is neither followed nor waited for. */
export function openInboxFile(file: InboxFile): number | NotOpened {
  let fd: number;
  try {
    fd = openSync(file.path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return 'gone';
    if (code === 'EACCES' || code === 'EPERM') return 'forbidden';
    if (otherThing.has(code)) return 'changed';
    throw error;
  }
  const stat = fstatSync(fd, { bigint: true });
  if (stat.isFile() && stillness(stat) === stillness(file.stat)) return fd;
  closeSync(fd);
  return 'changed';
}

/** The first bytes of a file, so read that ASCII is found in any of the encodings. */
export function beginningOf(file: InboxFile): { text: string } | NotOpened {
  const fd = openInboxFile(file);
  if (typeof fd === 'string') return fd;
  try {
    const buffer = Buffer.alloc(64 * 1024);
    const count = readSync(fd, buffer, 0, buffer.length, 0);
    return { text: buffer.toString('latin1', 0, count).replaceAll('\u0000', '') };
  } finally {
    closeSync(fd);
  }
}
