import { existsSync, lstatSync } from 'node:fs';
import { join } from 'node:path';
import type { Ledger } from '../src/ledger/ledger.ts';
import type { Drop } from './exports.ts';
import type { Blame } from './model-register.ts';

/** Whatever has left the inbox must be in the archive, and the ledger must know of it. */
export async function checkIntake(
  ledger: Ledger,
  { inbox, state }: { inbox: string; state: string },
  drops: readonly Drop[],
  blame: Blame,
): Promise<void> {
  const known = new Set((await ledger.exports()).map(({ sha256 }) => sha256));
  for (const { name, sha256, bytes } of drops) {
    if (existsSync(join(inbox, name))) continue;
    const kept = lstatSync(join(state, 'archive', sha256), { throwIfNoEntry: false });
    if (kept?.size !== Buffer.byteLength(bytes))
      blame('taken is kept', `${name} left the inbox, and the archive does not have it`);
    if (!known.has(sha256)) blame('taken is kept', `${name} left the inbox, and the ledger does not know it`);
  }
}
