import { closeSync, existsSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { explainCode } from '../contract/finding-codes.ts';
import type { CodeTable } from '../contract/register-codes.ts';
import type { ExportRecord, FindingRecord, Ledger, ReportToFix } from '../ledger/ledger.ts';
import { localTime, utcSeconds } from '../lib/calendar.ts';
import { DurableFile, durableFolder, durableWrite, removeFile, syncFolder } from '../lib/durable-write.ts';
import type { Language } from '../lib/language.ts';
import { maskIdentityCodes } from '../lib/mask.ts';
import { reached } from '../lib/step.ts';
import { byteOrderMark } from '../reading/encoding.ts';
import type { Dialect } from '../reading/read-export.ts';
import { ArchivedRows } from './archived-rows.ts';
import { buildReceipt, fixable } from './build-receipt.ts';
import { CarriedCells, type CarriedView } from './carried-cells.ts';
import { PeopleCsv } from './csv.ts';
import type { DueCount } from './due-state.ts';
import { hashesIn } from './evidence-files.ts';
import { afterAgain, handleOf } from './export-handle.ts';
import { folderOf } from './folder-name.ts';
import type { SummaryPage } from './page-data.ts';
import { summaryPage } from './pages/summary-page.ts';
import { receiptPhrases } from './phrases/receipt-phrases.ts';
import { reasonsOf } from './reasons-of.ts';
import type { Receipt } from './receipt.ts';
import { writeToFix } from './to-fix-csv.ts';
import { writeAnswers } from './write-answers.ts';

/** The part of an export's mapping that its outbox needs. */
export type ExportView = CarriedView & { skipReasons: ReadonlyMap<string, string> };

export type OutboxOptions = {
  language: Language;
  /** The register's error codes; those of our own contract when absent. */
  codes?: CodeTable;
  outbox: string;
  archive: string;
  ledger: Ledger;
  fixKey: string;
  viewOf(exported: ExportRecord): Promise<ExportView>;
};

/** A receipt, and what only its page tells. `settled`: its failed reports of which nothing is open any more. */
type Told = {
  receipt: Receipt;
  nextResend: number | null;
  settled: number;
  fixable: boolean;
  openDue: readonly DueCount[];
};

/** Gathers everything the ledger knows of an export into its receipt. */
export async function receiptOf(
  ledger: Ledger,
  exported: ExportRecord,
  all: readonly ExportRecord[],
  language: Language,
  codes?: CodeTable,
): Promise<Told> {
  const { id } = exported;
  const counts = await ledger.counts(id);
  const nextResend = await ledger.nextResend(id);
  const { met, late, open } = await ledger.deadlines(id);
  const corrected = all.find(({ sha256 }) => sha256 === exported.correctionOf);
  const receipt = buildReceipt({
    language,
    codes,
    exported,
    counts,
    rowsInReports: await ledger.rowsInReports(id),
    batches: await ledger.batches(id),
    findings: await ledger.findingCounts(id),
    deadlines: { met, late, earliestDue: open[0]?.dueDay ?? null },
    nextResend,
    correctionOf: corrected ? { name: corrected.name, sha256: corrected.sha256 } : null,
    correctedBy: all
      .filter(({ correctionOf, stage }) => correctionOf === exported.sha256 && stage === 'mapped')
      .map(({ name, sha256 }) => ({ name, sha256 })),
    reasons: await reasonsOf(ledger, exported),
    resolutions: await ledger.resolutions(id),
    handle: handleOf(exported, all),
  });
  return {
    receipt,
    nextResend,
    settled: counts.corrected + counts.resolved,
    fixable: fixable(counts) > 0,
    openDue: open,
  };
}

/** Writes the outbox folder of an export, each file whole; `DONE` comes last, when the receipt is final. The same ledger gives the same bytes. */
export async function writeExport(
  options: OutboxOptions,
  exported: ExportRecord,
  all: readonly ExportRecord[],
): Promise<Receipt> {
  const { ledger, outbox } = options;
  const folder = join(outbox, folderOf(exported));
  durableFolder(folder, 0o755);
  const told = await receiptOf(ledger, exported, all, options.language, options.codes);
  const { receipt } = told;
  const view = await options.viewOf(exported);
  takeBackDone(folder);
  await writeErrors(options, exported, view, folder);
  await writeAccepted(ledger, exported, folder);
  await writeFixes(options, exported, view, folder);
  await writeAnswers(ledger, exported, folder, options.language);
  const text = `${JSON.stringify(receipt, null, 2)}\n`;
  if (receipt.final) await ledger.keepReceipt(exported.id, text, hashesIn(folder));
  await writeHistory(ledger, exported.id, receipt.final, folder);
  durableWrite(join(folder, 'summary.html'), summaryPage(summaryData(options, exported, told, view, null)), 0o644);
  durableWrite(join(folder, 'receipt.json'), text, 0o644);
  reached('receipt.written');
  if (receipt.final) durableWrite(join(folder, 'DONE'), '', 0o644);
  reached('export.done');
  return receipt;
}

/** Every final receipt before this one stays: a receipt is never silently rewritten. */
async function writeHistory(ledger: Ledger, exportId: number, final: boolean, folder: string): Promise<void> {
  const revisions = await ledger.receiptRevisions(exportId);
  const earlier = final ? revisions.slice(0, -1) : revisions;
  if (earlier.length > 0) durableFolder(join(folder, 'history'), 0o755);
  for (const [at, text] of earlier.entries()) {
    const path = join(folder, 'history', `receipt.${at + 1}.json`);
    if (!existsSync(path) || readFileSync(path, 'utf8') !== text) durableWrite(path, text, 0o644);
  }
}

/** Tells that the same bytes came again: a receipt of its own, the first one is left as it is. */
export async function writeAgain(
  options: OutboxOptions,
  first: ExportRecord,
  again: { n: number; name: string; day: string; takenAt: number },
  all: readonly ExportRecord[],
): Promise<Receipt> {
  const { language } = options;
  const say = receiptPhrases[language];
  const folder = join(options.outbox, folderOf({ name: again.name, day: again.day, sha256: first.sha256 }, again.n));
  durableFolder(folder, 0o755);
  const exported = { ...first, name: again.name, day: again.day, takenAt: again.takenAt };
  const empty = {
    reportsBuilt: 0,
    invalid: 0,
    accepted: 0,
    rejected: 0,
    pending: 0,
    unknown: 0,
    held: 0,
    corrected: 0,
    withoutRow: 0,
    resolved: 0,
    rowsResolved: 0,
    pendingBy: { toPlan: 0, toSend: 0, withRegister: 0, toResend: 0 },
  };
  const receipt: Receipt = {
    ...buildReceipt({
      language,
      exported: { ...exported, stage: 'refused', rowsRead: 0, rowsSkipped: 0, rowsInvalid: 0 },
      counts: empty,
      rowsInReports: 0,
      batches: [],
      findings: [{ code: 'SAME_BYTES_AGAIN', registerCode: null, severity: 'error', count: 1, firstLines: [] }],
      deadlines: { met: 0, late: 0, earliestDue: null },
      nextResend: null,
      correctionOf: null,
      correctedBy: [],
      reasons: [],
      resolutions: [],
      handle: '',
    }),
    nextStep: `${say.sameBytes(first.name, first.day)} ${afterAgain(first, all, language)}`,
  };
  using errors = new DurableFile(join(folder, 'errors.csv'), 0o644);
  const csv = new PeopleCsv(errors, errorColumns);
  const { text, howToFix } = explainCode('SAME_BYTES_AGAIN', null, language);
  csv.add([
    'SAME_BYTES_AGAIN',
    'error',
    'read',
    null,
    null,
    null,
    null,
    null,
    null,
    say.otherBytes(first.name, first.day),
    text,
    howToFix,
    null,
    null,
  ]);
  csv.flush();
  errors.publish();
  const view = {
    dialect: { encoding: 'utf-8' as const, delimiter: ';' },
    carry: [],
    personal: [],
    skipReasons: new Map(),
  };
  const told = { receipt, nextResend: null, settled: 0, fixable: false, openDue: [] };
  durableWrite(join(folder, 'summary.html'), summaryPage(summaryData(options, exported, told, view, first)), 0o644);
  durableWrite(join(folder, 'receipt.json'), `${JSON.stringify(receipt, null, 2)}\n`, 0o644);
  durableWrite(join(folder, 'DONE'), '', 0o644);
  return receipt;
}

function summaryData(
  { language }: OutboxOptions,
  exported: ExportRecord,
  { nextResend, ...told }: Told,
  view: ExportView,
  first: ExportRecord | null,
): SummaryPage {
  const minute = (at: number) => localTime(new Date(at)).slice(0, 16);
  return {
    language,
    ...told,
    takenAt: minute(exported.takenAt),
    skipped: first
      ? []
      : Object.entries(exported.skipped).map(([id, count]) => ({ id, count, why: view.skipReasons.get(id) ?? '' })),
    againOf: first ? { name: first.name, day: first.day } : null,
    nextResend: nextResend === null ? null : minute(nextResend),
  };
}

/** What is being written does not look final: killed meanwhile, the next run knows that it must write all of it again. */
export function takeBackDone(folder: string): void {
  if (!existsSync(join(folder, 'DONE'))) return;
  removeFile(join(folder, 'DONE'));
  syncFolder(folder);
}

const errorColumns = [
  'code',
  'severity',
  'stage',
  'registerCode',
  'line',
  'lastLine',
  'reportReference',
  'column',
  'value',
  'expected',
  'message',
  'howToFix',
  'batchReference',
  'dueDay',
];

async function writeErrors(
  { ledger, archive, language, codes }: OutboxOptions,
  exported: ExportRecord,
  view: ExportView,
  folder: string,
): Promise<void> {
  using file = new DurableFile(join(folder, 'errors.csv'), 0o644);
  const csv = new PeopleCsv(file, [...errorColumns, ...view.carry]);
  await using carried = new CarriedCells(join(archive, exported.sha256), view);
  for await (const finding of ledger.findings(exported.id))
    csv.add([...errorCells(finding, language, codes), ...(await carried.of(finding.line))]);
  csv.flush();
  file.publish();
}

function errorCells(finding: FindingRecord, language: Language, codes?: CodeTable): (string | number | null)[] {
  const { text, howToFix } = explainCode(finding.code, finding.registerCode, language, codes);
  return [
    finding.code,
    finding.severity,
    finding.stage,
    finding.registerCode,
    finding.line,
    finding.lastLine,
    finding.reportReference === null ? null : maskIdentityCodes(finding.reportReference),
    finding.column,
    finding.value,
    finding.expected,
    finding.message ?? text,
    howToFix,
    finding.batchReference,
    finding.dueDay,
  ];
}

async function writeAccepted(ledger: Ledger, exported: ExportRecord, folder: string): Promise<void> {
  using file = new DurableFile(join(folder, 'accepted.csv'), 0o644);
  const csv = new PeopleCsv(file, ['line', 'lastLine', 'reportReference', 'batchReference', 'acceptedAt']);
  for await (const report of ledger.accepted(exported.id))
    csv.add([
      report.line,
      report.lastLine,
      report.reference === null ? null : maskIdentityCodes(report.reference),
      report.batchReference,
      utcSeconds(new Date(report.acceptedAt)),
    ]);
  csv.flush();
  file.publish();
}

async function writeFixes(
  { ledger, archive, fixKey, language, codes }: OutboxOptions,
  exported: ExportRecord,
  view: ExportView,
  folder: string,
): Promise<void> {
  const path = join(folder, 'restricted', 'to-fix.csv');
  const byLine = new Map<number, ReportToFix>();
  if (exported.stage === 'mapped')
    for await (const report of ledger.toFix(exported.id))
      for (const line of [...report.lines, ...tornLines(report)]) byLine.set(line, report);
  if (byLine.size === 0) {
    removeFile(path);
    return;
  }
  durableFolder(join(folder, 'restricted'), 0o700);
  using file = new DurableFile(path, 0o600);
  const source = { mapping: exported.mapping.name, sha256: exported.sha256, key: fixKey, language, codes };
  const archived = join(archive, exported.sha256);
  await using rows = new ArchivedRows(archived, view.dialect);
  await writeToFix(file, rows, byLine, view.dialect, source, hasMark(archived, view.dialect));
  file.publish();
}

/** Rows too broken to be read, of a report that fails because of them: without them it would come back incomplete. */
const tornLines = ({ findings }: ReportToFix) =>
  findings.flatMap(({ code, value }) => (code === 'GROUP_HAS_BROKEN_ROW' && value !== null ? [Number(value)] : []));

function hasMark(path: string, dialect: Dialect): boolean {
  const start = Buffer.alloc(3);
  const fd = openSync(path, 'r');
  try {
    readSync(fd, start, 0, 3, 0);
  } finally {
    closeSync(fd);
  }
  return byteOrderMark(start) === dialect.encoding;
}
