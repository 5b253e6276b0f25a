import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, sep } from 'node:path';
import { shownName } from '../lib/shown-name.ts';

/** A file by its path, whose last part may be its name as it is shown (`M\xC4RZ.csv`); undefined when there is none. */
export function findFile(path: string): { path: string | Buffer; name: string } | undefined {
  const [folder, last] = [dirname(path), basename(path)];
  if (existsSync(path)) return { path, name: shownName(Buffer.from(last)) };
  if (!existsSync(folder)) return undefined;
  const entry = readdirSync(Buffer.from(folder), { encoding: 'buffer' }).find((each) => shownName(each) === last);
  return entry && { path: Buffer.concat([Buffer.from(`${folder}${sep}`), entry]), name: last };
}
