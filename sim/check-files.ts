import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { LoadedConfig } from '../src/config/load-config.ts';
import { openSqliteLedger } from '../src/ledger/sqlite-ledger.ts';
import type { Log } from '../src/lib/log.ts';
import { verify } from '../src/pipeline/verify.ts';
import { writeOutbox } from '../src/pipeline/write-outbox.ts';
import { mappings } from './mappings.ts';
import type { Blame } from './model-register.ts';
import { identityCodes } from './persons.ts';
import { ProcessClock, type VirtualTime } from './virtual-time.ts';
import { filesBelow } from './whole-files.ts';

/** SQLite finds nothing wrong with the ledger. */
export function checkLedger(path: string, blame: Blame): void {
  const db = new DatabaseSync(path);
  try {
    const [found] = db.prepare('PRAGMA integrity_check').all();
    if (found?.['integrity_check'] !== 'ok') blame('the ledger is whole', String(found?.['integrity_check']));
    if (db.prepare('PRAGMA foreign_key_check').all().length > 0)
      blame('the ledger is whole', 'a foreign key leads nowhere');
  } finally {
    db.close();
  }
}

/** The log has no identity code, in any of its bytes. */
export function checkLog(text: string, blame: Blame): void {
  const line = text.split('\n').find((it) => identityCodes.test(it));
  if (line !== undefined) blame('no person in the log', line.replace(identityCodes, '…'));
}

/** Written once more, the outbox has the same bytes; what is kept as evidence agrees with it. */
export async function checkWrittenAgain(
  config: LoadedConfig,
  time: VirtualTime,
  log: Log,
  blame: Blame,
): Promise<void> {
  const { outbox, state } = config.folders;
  const read = () => new Map(filesBelow(outbox).map(({ path }) => [path, readFileSync(path, 'latin1')]));
  const before = read();
  // Only what is not final is ever written again: here everything shall be.
  for (const path of before.keys()) if (path.endsWith('/DONE')) rmSync(path);
  const ledger = await openSqliteLedger(state);
  try {
    const house = {
      config,
      ledger,
      mappings,
      clock: new ProcessClock(time),
      log,
      progress: { say: () => {}, step: () => {}, stop: () => {} },
      tool: 'luottoputki of the simulation',
      random: () => 0,
      openRegister: () => Promise.reject(new Error('there is nothing to send')),
    };
    await writeOutbox(house, { notTaken: [], leftAlone: [], alarms: [] });
    const { changed } = await verify(ledger, config, await ledger.exports());
    if (changed[0] !== undefined) blame('the evidence agrees with itself', changed[0]);
  } finally {
    await ledger[Symbol.asyncDispose]();
  }
  const after = read();
  for (const [path, bytes] of before)
    if (after.get(path) !== bytes)
      blame('written again, the outbox is the same', `${path.slice(join(outbox, 'x').length - 1)} differs`);
  if (after.size !== before.size) blame('written again, the outbox is the same', 'there are other files');
}
