import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { LoadedConfig } from '../config/load-config.ts';
import { type Left, scanInbox, staleFiles } from '../intake/scan-inbox.ts';
import { SettledFiles } from '../intake/settled-files.ts';
import { openSqliteLedger } from '../ledger/sqlite-ledger.ts';
import { localTime } from '../lib/calendar.ts';
import { systemClock } from '../lib/clock.ts';
import { missingAlarms } from '../pipeline/expected-exports.ts';
import { overdueAlarm } from '../pipeline/overdue.ts';
import { toItem } from '../reports/open-items.ts';
import type { OpenItem } from '../reports/page-data.ts';
import type { Receipt } from '../reports/receipt.ts';
import { receiptOf } from '../reports/write-export.ts';
import { usableConfig } from './open-house.ts';

type Status = {
  exports: { name: string; sha256: string; state: Receipt['state']; counts: Receipt['counts']; nextStep: string }[];
  openItems: OpenItem[];
  nextDue: string | null;
  certificates: { kind: string; validTo: string; daysLeft: number }[];
  /** Exports that have not come by their time, batches that have waited too long for a verdict, in words. */
  alarms: string[];
};

/** `luottoputki status`: what is open, since when, what comes next, what is due. Reads only; works beside a running `watch`. */
export async function status(options: { config: string; json?: boolean }): Promise<number> {
  const config = usableConfig(options.config);
  const { told, takenAt } = await gather(config);
  if (options.json) process.stdout.write(`${JSON.stringify(told, null, 2)}\n`);
  else process.stdout.write(say(told, takenAt, lookIntoInbox(config)));
  return 0;
}

async function gather(config: LoadedConfig): Promise<{ told: Status; takenAt: Map<string, string> }> {
  const told: Status = { exports: [], openItems: [], nextDue: null, certificates: certificates(config), alarms: [] };
  const takenAt = new Map<string, string>();
  if (!existsSync(join(config.folders.state, 'ledger.sqlite'))) return { told, takenAt };
  await using ledger = await openSqliteLedger(config.folders.state, { readOnly: true });
  const exports = await ledger.exports();
  for (const exported of exports) {
    const { receipt } = await receiptOf(ledger, exported, exports);
    const { state, counts, nextStep } = receipt;
    told.exports.push({ name: exported.name, sha256: exported.sha256, state, counts, nextStep });
    takenAt.set(exported.sha256, localTime(new Date(exported.takenAt)).slice(0, 16));
  }
  const byId = new Map(exports.map((exported) => [exported.id, exported]));
  for await (const report of ledger.openReports()) {
    const exported = byId.get(report.exportId);
    if (exported) told.openItems.push(toItem(report, exported, exports));
  }
  told.nextDue = told.openItems.find(({ dueDay }) => dueDay !== null)?.dueDay ?? null;
  const house = { ledger, config, clock: systemClock };
  told.alarms = [...(await overdueAlarm(house)), ...(await missingAlarms(house))];
  return { told, takenAt };
}

function certificates(config: LoadedConfig): Status['certificates'] {
  return (['reporting', 'dataUse'] as const).flatMap((kind) => {
    const path = config.register.certificates[kind]?.cert;
    if (path === undefined || !existsSync(resolve(config.root, path))) return [];
    const { validToDate } = new X509Certificate(readFileSync(resolve(config.root, path)));
    return [
      {
        kind,
        validTo: validToDate.toISOString(),
        daysLeft: Math.floor((validToDate.getTime() - Date.now()) / 86_400_000),
      },
    ];
  });
}

type InInbox = { waiting: string[]; left: Left[] };

function lookIntoInbox({ folders, intake }: LoadedConfig): InInbox {
  if (!existsSync(folders.inbox)) return { waiting: [], left: [] };
  const { files, odd, passing } = scanInbox(folders.inbox);
  const now = Date.now();
  const { ready, waiting, orphans } = new SettledFiles(0, intake.readyMarker).sort(files, now);
  return {
    waiting: [...ready.map(({ file }) => file), ...waiting].map(({ name }) => name).toSorted(),
    left: [...odd, ...staleFiles([...passing, ...orphans], now)],
  };
}

function say(
  { exports, openItems, nextDue, certificates: known, alarms }: Status,
  takenAt: ReadonlyMap<string, string>,
  { waiting: inbox, left }: InInbox,
): string {
  const lines: string[] = [];
  const open = exports.filter(({ state }) => state !== 'complete');
  lines.push(
    exports.length === 0
      ? 'No export has been taken yet.'
      : `${exports.length} exports taken, ${open.length} of them not complete.`,
  );
  for (const { name, sha256, state, counts, nextStep } of open)
    lines.push(
      `\n${name} (taken ${takenAt.get(sha256)}): ${state}; ${counts.accepted} of ${counts.reportsBuilt} accepted\n  ${nextStep}`,
    );
  lines.push(
    `\nOpen items: ${openItems.length}${nextDue === null ? '' : `, the first is due on ${nextDue}`}${openItems.length > 0 ? ' (all of them: open-items.csv in the outbox)' : ''}`,
  );
  if (inbox.length > 0)
    lines.push(
      `In the inbox: ${inbox.slice(0, 10).join(', ')}${inbox.length > 10 ? ` and ${inbox.length - 10} more` : ''}`,
    );
  for (const { name, why } of left) lines.push(`Left alone in the inbox: ${name}, ${why}`);
  for (const alarm of alarms) lines.push(`Alarm: ${alarm}`);
  for (const { kind, daysLeft } of known) lines.push(`Certificate for ${kind}: ${daysLeft} days left`);
  return `${lines.join('\n')}\n`;
}
