import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { LoadedConfig } from '../config/load-config.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { openSqliteLedger } from '../ledger/sqlite-ledger.ts';

/** The ledger as it is, to be read only, beside a running `watch`; undefined when nothing was ever taken. */
export async function ledgerToRead({ folders }: LoadedConfig): Promise<Ledger | undefined> {
  if (!existsSync(join(folders.state, 'ledger.sqlite'))) return undefined;
  return openSqliteLedger(folders.state, { readOnly: true });
}
