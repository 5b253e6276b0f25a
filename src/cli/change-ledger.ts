import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { LoadedConfig } from '../config/load-config.ts';
import type { ExportRecord, Ledger } from '../ledger/ledger.ts';
import { openSqliteLedger } from '../ledger/sqlite-ledger.ts';
import { systemClock } from '../lib/clock.ts';
import { tryLockState } from '../lib/instance-lock.ts';
import { openLog } from '../lib/log.ts';
import { UsageError } from '../lib/problem.ts';
import { rewriteOutbox } from '../pipeline/write-outbox.ts';
import { usableConfig } from './open-house.ts';
import { openProgress } from './progress.ts';

/** What a person's word meets: the ledger as it is, and whether no other luottoputki is at work. */
export type ChangeFacts = { ledger: Ledger; exports: readonly ExportRecord[]; config: LoadedConfig; alone: boolean };

/** What was changed: its event, the exports it touched, and what to say of it. */
export type Changed = {
  event: string;
  touched: readonly { exported: ExportRecord; count?: number }[];
  say: string | (() => Promise<string>);
};

/**
 * Has a person's decision carried out. A running `watch` or `run` is no hindrance: the decision is one transaction of the
 * ledger; only the outbox is then left to the one at work, since two must never write it at once.
 */
export async function changeLedger(
  options: { config: string },
  change: (facts: ChangeFacts) => Promise<Changed>,
): Promise<number> {
  process.umask(0o077);
  const config = usableConfig(options.config);
  if (!existsSync(join(config.folders.state, 'ledger.sqlite')))
    throw new UsageError('no export has been taken yet', { hint: 'run `luottoputki run` first' });
  using lock = tryLockState(config.folders.state);
  const alone = lock !== undefined;
  await using ledger = await openSqliteLedger(config.folders.state);
  const { event, touched, say } = await change({ ledger, exports: await ledger.exports(), config, alone });
  const log = openLog(join(config.folders.state, 'luottoputki.log'));
  for (const { exported, count } of touched)
    log.info(event, {
      export: exported.sha256.slice(0, 8),
      mapping: exported.mapping.name,
      ...(count === undefined ? {} : { count }),
    });
  if (alone) await rewriteOutbox({ ledger, config, clock: systemClock, progress: openProgress(systemClock.now) });
  const told = typeof say === 'string' ? say : await say();
  process.stderr.write(
    `${told}${alone ? '' : ' The outbox tells it as soon as the luottoputki at work looks again.'}\n`,
  );
  return 0;
}
