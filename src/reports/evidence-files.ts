import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';

/** The files of an export's folder that a receipt rests on. */
const files = ['accepted.csv', 'errors.csv'];

/** The SHA-256 of each file a receipt rests on, by its name; of one that is not there, none. */
export function hashesIn(folder: string): Record<string, string> {
  return Object.fromEntries(
    files.flatMap((name) => (existsSync(join(folder, name)) ? [[name, hashOfFile(join(folder, name))]] : [])),
  );
}

/** The SHA-256 of a file, read piece by piece. */
export function hashOfFile(path: string): string {
  const hash = createHash('sha256');
  const piece = Buffer.alloc(256 * 1024);
  const fd = openSync(path, 'r');
  try {
    for (let read = readSync(fd, piece); read > 0; read = readSync(fd, piece)) hash.update(piece.subarray(0, read));
  } finally {
    closeSync(fd);
  }
  return hash.digest('hex');
}
