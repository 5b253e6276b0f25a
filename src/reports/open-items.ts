import { join } from 'node:path';
import { explainCode } from '../contract/finding-codes.ts';
import type { CodeTable } from '../contract/register-codes.ts';
import type { ExportRecord, Ledger, OpenReport } from '../ledger/ledger.ts';
import { localTime } from '../lib/calendar.ts';
import { DurableFile } from '../lib/durable-write.ts';
import type { Language } from '../lib/language.ts';
import { maskIdentityCodes } from '../lib/mask.ts';
import { PeopleCsv } from './csv.ts';
import { approveOrWithdraw, handleOf } from './export-handle.ts';
import { folderOf } from './folder-name.ts';
import type { OpenItem, TodayPage } from './page-data.ts';
import { openItemPhrases } from './phrases/open-item-phrases.ts';

const columns = [
  'export',
  'line',
  'lastLine',
  'reportReference',
  'state',
  'code',
  'column',
  'message',
  'dueDay',
  'nextStep',
];
const shown = 20;

/** Writes every unresolved row of every export, soonest deadline first, and gives the beginning of the list. */
export async function writeOpenItems(
  outbox: string,
  ledger: Ledger,
  exports: readonly ExportRecord[],
  today: string,
  language: Language,
  codes?: CodeTable,
): Promise<{ page: TodayPage['openItems']; exportIds: ReadonlySet<number> }> {
  const byId = new Map(exports.map((exported) => [exported.id, exported]));
  const open = { total: 0, overdue: 0, dueToday: 0, first: [] as OpenItem[] };
  const exportIds = new Set<number>();
  using file = new DurableFile(join(outbox, 'open-items.csv'), 0o644);
  const csv = new PeopleCsv(file, columns);
  for await (const report of ledger.openReports()) {
    const exported = byId.get(report.exportId);
    if (!exported) continue;
    const item = toItem(report, exported, exports, language, codes);
    csv.add([
      item.export,
      item.line,
      item.lastLine,
      item.reportReference,
      item.state,
      item.code,
      item.column,
      item.message,
      item.dueDay,
      item.nextStep,
    ]);
    exportIds.add(exported.id);
    open.total++;
    if (item.dueDay !== null && item.dueDay < today) open.overdue++;
    if (item.dueDay === today) open.dueToday++;
    if (open.first.length < shown) open.first.push(item);
  }
  csv.flush();
  file.publish();
  return { page: open, exportIds };
}

/** Puts an open report into words. */
export function toItem(
  report: OpenReport,
  exported: ExportRecord,
  all: readonly ExportRecord[],
  language: Language,
  codes?: CodeTable,
): OpenItem {
  const say = openItemPhrases[language];
  const { line, lastLine, reference, state, code, registerCode, column, dueDay } = report;
  const message =
    report.message ?? (code === null ? say.sentences[state] : explainCode(code, registerCode, language, codes).text);
  return {
    export: exported.name,
    line,
    lastLine,
    reportReference: reference === null ? null : maskIdentityCodes(reference),
    state,
    code,
    column,
    message,
    dueDay,
    nextStep: nextStep(report, exported, all, language),
  };
}

function nextStep(
  { state, reference, resendAt, gone }: OpenReport,
  exported: ExportRecord,
  all: readonly ExportRecord[],
  language: Language,
): string {
  const say = openItemPhrases[language];
  if (exported.stage === 'awaitingApproval') return approveOrWithdraw(handleOf(exported, all), language);
  switch (state) {
    case 'refused':
      return exported.stage === 'givenUp' ? say.reportFault : say.correctExport;
    case 'invalid':
    case 'rejected':
      if (gone) return state === 'invalid' ? say.correctWhenGone : say.seeRegister;
      return reference === null && state === 'invalid'
        ? say.correctRow
        : say.correctIn(`${folderOf(exported).replaceAll('\\', '/')}/restricted/to-fix.csv`);
    case 'held':
      return say.leavesWithLoan;
    case 'awaitingApproval':
    case 'waiting':
    case 'withRegister':
      return say.goesOn;
    case 'unknown':
      return say.isAsked;
    case 'deferred':
      return resendAt === null ? say.sentAgain : say.sentAgainOn(localTime(new Date(resendAt)).slice(0, 10));
  }
}
