import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sha256OfFile } from '../lib/sha256.ts';

/** The files of an export's folder that a receipt rests on. */
const files = ['accepted.csv', 'errors.csv'];

/** The SHA-256 of each file a receipt rests on, by its name; of one that is not there, none. */
export function hashesIn(folder: string): Record<string, string> {
  return Object.fromEntries(
    files.flatMap((name) => (existsSync(join(folder, name)) ? [[name, sha256OfFile(join(folder, name))]] : [])),
  );
}
