import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ReadPart } from '../mapping/files/parts.ts';

/** Reads the files that the mappings of a folder name. A byte order mark stays: the hash is that of the file. */
export function partReader(folder: string): ReadPart {
  return (name, most) => {
    const path = join(folder, name);
    try {
      const found = statSync(path);
      if (!found.isFile()) return { why: 'is not a file' };
      if (found.size > most) return { why: `is larger than ${most / 1024} KiB` };
      return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(path)) };
    } catch (error) {
      if (error instanceof TypeError) return { why: 'is not UTF-8' };
      const { code } = error as NodeJS.ErrnoException;
      if (code === undefined) throw error;
      return { why: code === 'ENOENT' ? 'is not there' : `cannot be read (${code})` };
    }
  };
}
