import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { certificateEnds } from '../config/certificate-ends.ts';
import type { LoadedConfig } from '../config/load-config.ts';
import { type Left, scanInbox, staleFiles } from '../intake/scan-inbox.ts';
import { SettledFiles } from '../intake/settled-files.ts';
import type { ExportRecord, Ledger } from '../ledger/ledger.ts';
import { openSqliteLedger } from '../ledger/sqlite-ledger.ts';
import { dayInFinland, localTime } from '../lib/calendar.ts';
import { systemClock } from '../lib/clock.ts';
import type { Alarm } from '../pipeline/alarm.ts';
import { alarmsToSee } from '../pipeline/alarms-to-see.ts';
import type { House } from '../pipeline/house.ts';
import { type StockUpload, stockUpload } from '../pipeline/stock-upload.ts';
import { standingAlarms } from '../pipeline/tell-alarms.ts';
import { movingRoots, rootOf } from '../pipeline/told-exports.ts';
import { type DueTally, tallyDue } from '../reports/due-state.ts';
import { toItem } from '../reports/open-items.ts';
import type { OpenItem } from '../reports/page-data.ts';
import { Receipt } from '../reports/receipt.ts';
import { receiptOf } from '../reports/write-export.ts';
import { usableConfig } from './open-house.ts';

type Status = {
  exports: (Pick<Receipt, 'state' | 'counts' | 'nextStep' | 'deadlines'> & { name: string; sha256: string })[];
  openItems: OpenItem[];
  nextDue: string | null;
  /** Open items by how their due days stand to today. */
  due: DueTally;
  certificates: { kind: string; validTo: string; daysLeft: number }[];
  /** What stands against everything being well, in words; `since` is null for what no round has seen yet. */
  alarms: { alarm: string; since: string | null; text: string }[];
  /** The upload of the loan stock; times in UTC. */
  stock: (Omit<StockUpload, Times> & Record<Times, string | null>) | null;
};
type Times = 'begunAt' | 'endedAt' | 'sentBy';

/** `luottoputki status`: what is open, since when, what comes next, what is due. Reads only; works beside a running `watch`. */
export async function status(options: { config: string; json?: boolean }): Promise<number> {
  const config = usableConfig(options.config);
  const { told, takenAt, settled } = await gather(config);
  if (options.json) process.stdout.write(`${JSON.stringify(told, null, 2)}\n`);
  else process.stdout.write(say(told, takenAt, settled, lookIntoInbox(config)));
  return 0;
}

type Gathered = {
  told: Status;
  takenAt: Map<string, string>;
  /** Exports refused whole of which a person has said that nothing is to be done. */
  settled: Set<string>;
};

async function gather(config: LoadedConfig): Promise<Gathered> {
  const today = dayInFinland(new Date(systemClock.now()));
  const told: Status = {
    exports: [],
    openItems: [],
    nextDue: null,
    due: tallyDue([], today),
    certificates: certificates(config),
    alarms: [],
    stock: null,
  };
  const takenAt = new Map<string, string>();
  const settled = new Set<string>();
  if (!existsSync(join(config.folders.state, 'ledger.sqlite'))) return { told, takenAt, settled };
  await using ledger = await openSqliteLedger(config.folders.state, { readOnly: true });
  const exports = await ledger.exports();
  // Receipts speak the language of the config, this command English.
  const kept =
    config.language === 'en' ? await finalReceipts(ledger, config.folders.outbox, exports) : new Map<number, Receipt>();
  for (const exported of exports) {
    const receipt = kept.get(exported.id) ?? (await receiptOf(ledger, exported, exports, 'en')).receipt;
    const { state, counts, nextStep, deadlines } = receipt;
    told.exports.push({ name: exported.name, sha256: exported.sha256, state, counts, nextStep, deadlines });
    if (state === 'refused' && receipt.findingsByCode.some(({ code }) => code === 'RESOLVED'))
      settled.add(exported.sha256);
    takenAt.set(exported.sha256, localTime(new Date(exported.takenAt)).slice(0, 16));
  }
  const byId = new Map(exports.map((exported) => [exported.id, exported]));
  for await (const report of ledger.openReports()) {
    const exported = byId.get(report.exportId);
    if (exported) told.openItems.push(toItem(report, exported, exports, { today, language: 'en' }));
  }
  told.nextDue = told.openItems.find(({ dueDay }) => dueDay !== null)?.dueDay ?? null;
  told.due = tallyDue(
    told.openItems.map(({ dueDay }) => ({ dueDay, count: 1 })),
    today,
  );
  told.alarms = await alarmsNow({ ledger, config, clock: systemClock });
  const stock = await stockUpload(ledger, exports, config, systemClock.now());
  const utc = (at: number | null | undefined) => (typeof at === 'number' ? new Date(at).toISOString() : null);
  if (stock)
    told.stock = { ...stock, begunAt: utc(stock.begunAt), endedAt: utc(stock.endedAt), sentBy: utc(stock.sentBy) };
  return { told, takenAt, settled };
}

const { state, counts, nextStep, deadlines, findingsByCode } = Receipt.shape;
const ToldOfFinal = z.object({ state, counts, nextStep, deadlines, findingsByCode });

/** Receipts that can be read instead of counted anew: nothing of these exports moves. Years of them are told of each time. */
async function finalReceipts(
  ledger: Ledger,
  outbox: string,
  exports: readonly ExportRecord[],
): Promise<Map<number, z.infer<typeof ToldOfFinal>>> {
  const moving = movingRoots(outbox, exports, await ledger.toRetell());
  const still = new Set(exports.filter((exported) => !moving.has(rootOf(exported, exports))).map(({ id }) => id));
  const found = new Map<number, z.infer<typeof ToldOfFinal>>();
  for await (const { exportId, receipt } of ledger.finalReceipts())
    if (still.has(exportId)) found.set(exportId, ToldOfFinal.parse(JSON.parse(receipt)));
  return found;
}

/** What can be seen at any time as it is now; what only a round sees, as the last one saw it. */
async function alarmsNow(house: Pick<House, 'ledger' | 'config' | 'clock'>): Promise<Status['alarms']> {
  const standing = await standingAlarms(house.ledger);
  const seen = await alarmsToSee(house);
  const kinds: readonly Alarm['kind'][] = ['registerUnreachable', 'sendingHalted', 'mappingsWrong', 'ledgerForgot'];
  return [...standing.filter(({ kind }) => kinds.includes(kind)), ...seen].map(({ kind, id, text }) => ({
    alarm: kind,
    since: standing.find((alarm) => alarm.id === id)?.since ?? null,
    text,
  }));
}

const certificates = (config: LoadedConfig): Status['certificates'] =>
  certificateEnds(config, Date.now()).map(({ validTo, ...rest }) => ({ ...rest, validTo: validTo.toISOString() }));

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
  { exports, openItems, nextDue, due, certificates: known, alarms, stock }: Status,
  takenAt: ReadonlyMap<string, string>,
  settled: ReadonlySet<string>,
  { waiting: inbox, left }: InInbox,
): string {
  const lines: string[] = [];
  const open = exports.filter(({ state, sha256 }) => state !== 'complete' && !settled.has(sha256));
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
  if (openItems.length > 0)
    lines.push(
      `  ${due.overdue} overdue, ${due.inDanger} in danger (due today or by the next banking day), ${due.timeLeft} with time left, ${due.noDueDay} without a due day`,
    );
  if (inbox.length > 0)
    lines.push(
      `In the inbox: ${inbox.slice(0, 10).join(', ')}${inbox.length > 10 ? ` and ${inbox.length - 10} more` : ''}`,
    );
  for (const { name, why } of left) lines.push(`Left alone in the inbox: ${name}, ${why}`);
  if (stock) lines.push(sayStock(stock));
  for (const { since, text } of alarms)
    lines.push(`Alarm${since === null ? '' : ` since ${localTime(new Date(since)).slice(0, 16)}`}: ${text}`);
  for (const { kind, daysLeft } of known) lines.push(`Certificate for ${kind}: ${daysLeft} days left`);
  return `${lines.join('\n')}\n`;
}

/** The numbers that the notices of the beginning and the end of the upload are filled in with. */
function sayStock({ loans, accepted, failed, open, begunAt, endedAt, sentBy }: NonNullable<Status['stock']>): string {
  const at = (time: string) => localTime(new Date(time)).slice(0, 16);
  return [
    `Loan stock: ${accepted} of ${loans} loans accepted, ${failed} failed, ${open} without a verdict`,
    `  begun ${begunAt === null ? 'not yet' : at(begunAt)}, ${endedAt === null ? 'not ended' : `ended ${at(endedAt)}`}${sentBy === null ? '' : `; at this pace the last is sent about ${at(sentBy)}`}`,
    ...(endedAt === null ? [] : ['  luottoputki reconcile --stock FILE compares the register with the core system']),
  ].join('\n');
}
