import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { House } from './house.ts';

/**
 * The copies in the archive that the ledger does not know, by the first 8 of their SHA-256. There are none, unless the
 * ledger was lost or put back from an old copy: then nobody would send them, and nobody would miss them.
 */
export async function unknownCopies({ config, ledger }: Pick<House, 'config' | 'ledger'>): Promise<string[]> {
  const archive = join(config.folders.state, 'archive');
  if (!existsSync(archive)) return [];
  const known = new Set((await ledger.exports()).map(({ sha256 }) => sha256));
  return readdirSync(archive)
    .filter((name) => /^[0-9a-f]{64}$/.test(name) && !known.has(name))
    .map((name) => name.slice(0, 8));
}

/** Says what the copies mean, and what to do. */
export function sayUnknownCopies(copies: readonly string[], archive: string): string {
  const some = copies.slice(0, 5).join(', ');
  return `The ledger does not know ${copies.length === 1 ? 'an export' : `${copies.length} exports`} of which ${archive} has the bytes (${some}${copies.length > 5 ? ', …' : ''}): was it lost, or put back from an old copy? Put back the newest copy of the state folder. If there is none, drop these exports into the inbox again: the register is asked about every batch before it is sent. A copy that shall not be sent may be removed.`;
}
