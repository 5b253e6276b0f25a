import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { ExportRecord, Ledger } from '../ledger/ledger.ts';
import { addDays } from '../lib/banking-days.ts';
import { dayInFinland, localTime } from '../lib/calendar.ts';
import { durableFolder, durableWrite } from '../lib/durable-write.ts';
import { reached } from '../lib/step.ts';
import { folderOf } from '../reports/folder-name.ts';
import { writeOpenItems } from '../reports/open-items.ts';
import type { TodayPage } from '../reports/page-data.ts';
import { todayPage } from '../reports/pages/today-page.ts';
import type { Receipt } from '../reports/receipt.ts';
import {
  type ExportView,
  type OutboxOptions,
  receiptOf,
  takeBackDone,
  writeAgain,
  writeExport,
} from '../reports/write-export.ts';
import { fixKey } from './fix-key.ts';
import type { House } from './house.ts';
import { mappingOf } from './mapping-of.ts';
import { dialectOf } from './read-corrected.ts';
import { isFinal, movingRoots, rootOf } from './told-exports.ts';

/** What writing the outbox needs of a house. */
export type OutboxHouse = Pick<House, 'ledger' | 'config' | 'progress' | 'clock'>;

/** What was written into the outbox. `wasFinal`: the receipt was final before, and was written again beside one of its corrections. */
export type Outbox = {
  receipts: { exported: ExportRecord; receipt: Receipt; wasFinal: boolean }[];
  again: Receipt[];
};

const Left = z.array(z.strictObject({ name: z.string(), why: z.string() }));
const TodayFacts = z.strictObject({ notTaken: Left, leftAlone: Left, alarms: z.array(z.string()) });
/** What the last look at the inbox and at the register came to, for `today.html`. */
export type TodayFacts = z.infer<typeof TodayFacts>;

/** Writes what is new in the outbox from the ledger alone: receipts, and the two pages above them. */
export async function writeOutbox(house: OutboxHouse, facts: TodayFacts): Promise<Outbox> {
  const told = JSON.stringify(facts);
  if ((await house.ledger.recall(lastFacts)) !== told) await house.ledger.remember(lastFacts, told);
  return await writeAll(house, facts);
}

/** Writes the outbox again when nobody has looked at the inbox since. */
export async function rewriteOutbox(house: OutboxHouse): Promise<Outbox> {
  const told = await house.ledger.recall(lastFacts);
  const nothing = { notTaken: [], leftAlone: [], alarms: [] };
  return await writeAll(house, told === undefined ? nothing : TodayFacts.parse(JSON.parse(told)));
}

const lastFacts = 'todayFacts';

async function writeAll(house: OutboxHouse, facts: TodayFacts): Promise<Outbox> {
  const written = await writeReceipts(house);
  await writeToday(house, await house.ledger.exports(), facts);
  house.progress.stop();
  return written;
}

/** Writes the folder of every export whose receipt is not final yet. */
export async function writeReceipts(house: OutboxHouse): Promise<Outbox> {
  const { ledger, config, progress } = house;
  durableFolder(config.folders.outbox, 0o755);
  const exports = await ledger.exports();
  const options = await outboxOptions(house);
  const written: Outbox = { receipts: [], again: [] };
  const toRetell = await ledger.toRetell();
  const moving = movingRoots(config.folders.outbox, exports, toRetell);
  for (const exported of exports) {
    const final = isFinal(config.folders.outbox, exported);
    const told = existsSync(join(config.folders.outbox, folderOf(exported)));
    if (exported.stage === 'taken' ? !told : final && !moving.has(rootOf(exported, exports))) continue;
    progress.step(`writing ${exported.name}`, written.receipts.length, 0);
    if (toRetell.has(exported.id)) {
      // Before it is read what to tell: a decision that comes meanwhile is told by the next round. Without DONE, a kill loses nothing.
      reopenReceipt(house, exported);
      await ledger.retold(exported.id);
    }
    const receipt = await writeExport(options, exported, exports);
    written.receipts.push({ exported, receipt, wasFinal: final });
  }
  for (const again of await ledger.exportsAgain()) {
    const first = exports.find(({ id }) => id === again.exportId);
    if (
      !first ||
      existsSync(join(config.folders.outbox, folderOf({ ...first, name: again.name, day: again.day }, again.n), 'DONE'))
    )
      continue;
    written.again.push(await writeAgain(options, first, again, exports));
  }
  progress.stop();
  return written;
}

/** An export that is mapped anew, since it was approved after all, has a final receipt no more. */
export function reopenReceipt({ config }: OutboxHouse, exported: ExportRecord): void {
  takeBackDone(join(config.folders.outbox, folderOf(exported)));
}

async function outboxOptions(house: OutboxHouse): Promise<OutboxOptions> {
  const { ledger, config } = house;
  const viewOf = async (exported: ExportRecord): Promise<ExportView> => {
    const mapping = await mappingOf(house, exported.mapping.sha256);
    const { csv, skip } = mapping;
    return {
      dialect: dialectOf(config.folders.state, exported, mapping),
      carry: csv.columns.carry,
      personal: csv.columns.personal,
      skipReasons: new Map([
        ...skip.map(({ id, why }) => [id, why] as const),
        ['ALREADY-CORRECTED', 'accepted already, or corrected by rows that came before'],
        ['COPIED-ROW', 'the same row of a to-fix.csv a second time'],
        ['EMPTY-ROW', 'a row of a to-fix.csv in which nothing is filled in'],
      ]),
    };
  };
  return {
    language: config.language,
    codes: config.contract.codes,
    outbox: config.folders.outbox,
    archive: join(config.folders.state, 'archive'),
    ledger,
    fixKey: await fixKey(ledger),
    viewOf,
  };
}

type Listed = TodayPage['exports'][number] & { id: number };
const nightsShown = 30;

/** What is final, from the receipts that were kept; what is open, as it stands now. */
async function lastNights(ledger: Ledger, today: string, listed: readonly Listed[]): Promise<TodayPage['nights']> {
  const open = listed.filter(({ receipt }) => !receipt.final);
  const since = addDays(today, 1 - nightsShown);
  const known = await ledger.nights(
    since,
    open.map(({ id }) => id),
  );
  return Array.from({ length: nightsShown }, (_, at) => {
    const day = addDays(since, at);
    const tally = { day, accepted: 0, failed: 0, met: 0, late: 0, ...known.find((night) => night.day === day) };
    for (const { receipt } of open.filter((entry) => entry.day === day)) {
      const { accepted, rejected, invalid, rowsInvalid } = receipt.counts;
      tally.accepted += accepted;
      tally.failed += rejected + invalid + rowsInvalid;
      tally.met += receipt.deadlines.met;
      tally.late += receipt.deadlines.late;
    }
    return tally;
  });
}

async function writeToday(house: OutboxHouse, exports: readonly ExportRecord[], facts: TodayFacts): Promise<void> {
  const { ledger, config, clock } = house;
  const { outbox } = config.folders;
  const day = dayInFinland(new Date(clock.now()));
  const say = { today: day, language: config.language, codes: config.contract.codes };
  const openItems = await writeOpenItems(outbox, ledger, exports, say);
  const open = new Set(
    exports.filter(({ id }) => openItems.exportIds.has(id)).map((exported) => rootOf(exported, exports)),
  );
  const listed: Listed[] = [];
  for (const exported of exports.toReversed()) {
    if (exported.stage === 'taken' && !existsSync(join(outbox, folderOf(exported)))) continue;
    // Years of exports of which nothing is open any more are not counted again each time.
    const old = exported.day < addDays(day, -7) && isFinal(outbox, exported);
    if (old && !open.has(rootOf(exported, exports))) continue;
    const { receipt, settled } = await receiptOf(ledger, exported, exports, config.language, config.contract.codes);
    const lately = receipt.state === 'refused' && exported.day >= addDays(day, -7);
    if (exported.day !== day && receipt.final && receipt.state !== 'needsFixing' && !lately) continue;
    listed.push({
      id: exported.id,
      receipt,
      settled,
      takenAt: localTime(new Date(exported.takenAt)).slice(0, 16),
      day: exported.day,
      folder: folderOf(exported).replaceAll('\\', '/'),
    });
  }
  const nights = await lastNights(ledger, day, listed);
  const again = (await ledger.exportsAgain())
    .filter((drop) => drop.day === day)
    .map(({ name, exportId }) => {
      const first = exports.find(({ id }) => id === exportId);
      return { name, why: `refused: the same bytes were taken on ${first?.day} as ${first?.name}` };
    });
  const notTaken = [...facts.notTaken, ...again];
  const { alarms, leftAlone } = facts;
  const page = todayPage({
    language: config.language,
    day,
    environment: config.register.environment,
    exports: listed.map(({ id: _, ...entry }) => entry),
    nights,
    verdicts: await ledger.verdictTimes(addDays(day, 1 - nightsShown)),
    openItems: openItems.page,
    notTaken,
    leftAlone,
    alarms,
  });
  durableWrite(join(outbox, 'today.html'), page, 0o644);
  reached('page.written');
}
