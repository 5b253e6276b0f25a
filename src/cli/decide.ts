import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { LoadedConfig } from '../config/load-config.ts';
import type { ExportRecord, Ledger, StagedFinding } from '../ledger/ledger.ts';
import { openSqliteLedger } from '../ledger/sqlite-ledger.ts';
import { localTime } from '../lib/calendar.ts';
import { systemClock } from '../lib/clock.ts';
import { tryLockState } from '../lib/instance-lock.ts';
import { type Log, openLog } from '../lib/log.ts';
import { UsageError } from '../lib/problem.ts';
import { exportFinding } from '../pipeline/export-finding.ts';
import { rewriteOutbox } from '../pipeline/write-outbox.ts';
import { receiptOf } from '../reports/write-export.ts';
import { theExport } from './find-export.ts';
import { usableConfig } from './open-house.ts';
import { openProgress } from './progress.ts';

/** What a person may decide about, and what comes of it. */
export type Decision = {
  /** Exports the decision may be about, the likeliest first. */
  groups(ledger: Ledger, alone: boolean): Promise<(readonly ExportRecord[])[]>;
  /** Why the decision cannot be about another export. @param state its receipt's; @param unsent nothing of it can have been sent */
  whyNot(exported: ExportRecord, state: string, unsent: boolean): string;
  /** Carries it out in one transaction; undefined when the export has moved on meanwhile. @returns what to say */
  carryOut(
    ledger: Ledger,
    exported: ExportRecord,
    config: LoadedConfig,
  ): Promise<{ event: string; say: string } | undefined>;
};

/**
 * Finds the export and carries the decision out. A running `watch` or `run` is no hindrance: an export that is stopped is
 * touched by nobody else, and one transaction of the ledger lets it go; only the outbox is then left to the one at work,
 * since two must never write it at once.
 */
export async function decide(options: { config: string; export: string }, decision: Decision): Promise<number> {
  process.umask(0o077);
  const config = usableConfig(options.config);
  if (!existsSync(join(config.folders.state, 'ledger.sqlite')))
    throw new UsageError('no export has been taken yet', { hint: 'run `luottoputki run` first' });
  using lock = tryLockState(config.folders.state);
  const alone = lock !== undefined;
  await using ledger = await openSqliteLedger(config.folders.state);
  const exports = await ledger.exports();
  const exported = await theExport(options.export, await decision.groups(ledger, alone), exports, async (other) => {
    const { receipt } = await receiptOf(ledger, other, exports);
    const unsent = (await ledger.unsent()).some(({ id }) => id === other.id);
    return `${other.name}: ${decision.whyNot(other, receipt.state, unsent)}`;
  });
  const done = await decision.carryOut(ledger, exported, config);
  if (!done)
    throw new UsageError(`${exported.name} has just moved on; nothing was changed`, {
      hint: '`luottoputki status` tells how it stands now',
    });
  logged(openLog(join(config.folders.state, 'luottoputki.log')), done.event, exported);
  if (alone) await rewriteOutbox({ ledger, config, clock: systemClock, progress: openProgress(systemClock.now) });
  process.stderr.write(
    `${exported.name}: ${done.say}${alone ? '' : ' The outbox tells it as soon as the luottoputki at work looks again.'}\n`,
  );
  return 0;
}

const logged = (log: Log, event: string, { sha256, mapping }: ExportRecord) =>
  log.info(event, { export: sha256.slice(0, 8), mapping: mapping.name });

/** The minute of now in Finland, for the notes that stay with an export. */
export const thisMinute = () => localTime(new Date(systemClock.now())).slice(0, 16);

/** A note of what a person decided; it stays with the export. */
export const noteOf = (code: 'APPROVED' | 'WITHDRAWN', message: string): StagedFinding =>
  exportFinding({ code, severity: 'warning', stage: 'send', message });
