import { randomBytes } from 'node:crypto';
import type { Ledger } from '../ledger/ledger.ts';

/** The secret that tells our own `__fix_token`s from foreign ones; made once, kept in the ledger. */
export async function fixKey(ledger: Ledger): Promise<string> {
  const known = await ledger.recall('fixKey');
  if (known !== undefined) return known;
  const made = randomBytes(32).toString('hex');
  await ledger.remember('fixKey', made);
  return made;
}
