import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteLedger } from '../ledger/sqlite-ledger.ts';
import { UsageError } from '../lib/problem.ts';
import { verify as verifyAll } from '../pipeline/verify.ts';
import { theExport } from './find-export.ts';
import { usableConfig } from './open-house.ts';

const shown = 20;

/** `luottoputki verify [EXPORT]`: recomputes what was kept as evidence, and names the first thing that was changed. Reads only. */
export async function verify(word: string | undefined, options: { config: string }): Promise<number> {
  const config = usableConfig(options.config);
  const { state } = config.folders;
  if (!existsSync(join(state, 'ledger.sqlite')))
    throw new UsageError('no export has been taken yet', { hint: 'run `luottoputki run` first' });
  await using ledger = await openSqliteLedger(state, { readOnly: true });
  const exports = await ledger.exports();
  const wanted = word === undefined ? exports : [await theExport(word, [exports], exports, async () => '')];
  const { events, receipts, unfinished, head, changed } = await verifyAll(ledger, config, wanted);
  const [first, ...more] = changed;
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const waiting =
    unfinished === 0 ? '' : `; ${unfinished} without a final receipt just now, of which the receipt is no evidence yet`;
  const looked = `${events} events, ${wanted.length} ${wanted.length === 1 ? 'export' : 'exports'}, ${receipts} final ${receipts === 1 ? 'receipt' : 'receipts'}${waiting}`;
  if (first === undefined) {
    say(`Nothing was changed: ${looked}. The chain ends with ${head || 'no event yet'}.`);
    return 0;
  }
  say(`CHANGED  ${first}`);
  for (const line of more.slice(0, shown)) say(`         ${line}`);
  if (more.length > shown) say(`         and ${more.length - shown} more`);
  say(`Looked at ${looked}. Keep all as it is, and compare it with the last copy of the state folder and the outbox.`);
  return 1;
}
