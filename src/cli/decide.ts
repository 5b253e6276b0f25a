import type { LoadedConfig } from '../config/load-config.ts';
import type { ExportRecord, Ledger, StagedFinding } from '../ledger/ledger.ts';
import { localTime } from '../lib/calendar.ts';
import { systemClock } from '../lib/clock.ts';
import { maskText } from '../lib/mask.ts';
import { UsageError } from '../lib/problem.ts';
import { visible } from '../lib/shown-name.ts';
import { exportFinding } from '../pipeline/export-finding.ts';
import { receiptOf } from '../reports/write-export.ts';
import { changeLedger } from './change-ledger.ts';
import { theExport } from './find-export.ts';

/** What a person may decide about an export, and what comes of it. */
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

/** Finds the export and carries the decision out: an export that is stopped is touched by nobody else. */
export async function decide(options: { config: string; export: string }, decision: Decision): Promise<number> {
  return await changeLedger(options, async ({ ledger, exports, config, alone }) => {
    const exported = await theExport(options.export, await decision.groups(ledger, alone), exports, async (other) => {
      const { receipt } = await receiptOf(ledger, other, exports, 'en');
      const unsent = (await ledger.unsent()).some(({ id }) => id === other.id);
      return `${other.name}: ${decision.whyNot(other, receipt.state, unsent)}`;
    });
    const done = await decision.carryOut(ledger, exported, config);
    if (!done)
      throw new UsageError(`${exported.name} has just moved on; nothing was changed`, {
        hint: '`luottoputki status` tells how it stands now',
      });
    return { event: done.event, touched: [{ exported }], say: `${exported.name}: ${done.say}` };
  });
}

/** The minute of now in Finland, for the notes that stay with an export. */
export const thisMinute = () => localTime(new Date(systemClock.now())).slice(0, 16);

/** What a person gave as the reason, as it may be kept and shown: ` (…)`, or nothing. */
export const reasonGiven = (why: string | undefined) => (why === undefined ? '' : ` (${visible(maskText(why))})`);

/** A note of what a person decided; it stays with the export. */
export const noteOf = (
  code: 'APPROVED' | 'WITHDRAWN' | 'RESOLVED' | 'RESOLVED_ENTERED' | 'RETRIED',
  message: string,
): StagedFinding => exportFinding({ code, severity: 'warning', stage: 'send', message });
