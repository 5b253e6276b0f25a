import { join } from 'node:path';
import { explainCode } from '../contract/finding-codes.ts';
import type { CodeTable } from '../contract/register-codes.ts';
import type { ExportRecord, Ledger, OpenReport } from '../ledger/ledger.ts';
import { localTime } from '../lib/calendar.ts';
import { DurableFile } from '../lib/durable-write.ts';
import type { Language } from '../lib/language.ts';
import { maskIdentityCodes } from '../lib/mask.ts';
import { PeopleCsv } from './csv.ts';
import { type DueCount, dueState } from './due-state.ts';
import { approveOrWithdraw, handleOf } from './export-handle.ts';
import { folderOf } from './folder-name.ts';
import type { OpenItem, TodayPage } from './page-data.ts';
import { deadlinePhrases } from './phrases/deadline-phrases.ts';
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
  say: Saying,
): Promise<{ page: TodayPage['openItems']; exportIds: ReadonlySet<number> }> {
  const byId = new Map(exports.map((exported) => [exported.id, exported]));
  const open = { total: 0, first: [] as OpenItem[] };
  const dueDays = new Map<string | null, number>();
  const exportIds = new Set<number>();
  using file = new DurableFile(join(outbox, 'open-items.csv'), 0o644);
  const csv = new PeopleCsv(file, columns);
  for await (const report of ledger.openReports()) {
    const exported = byId.get(report.exportId);
    if (!exported) continue;
    const item = toItem(report, exported, exports, say);
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
      `${urgency(item, say.language)}${item.nextStep}`,
    ]);
    exportIds.add(exported.id);
    open.total++;
    dueDays.set(item.dueDay, (dueDays.get(item.dueDay) ?? 0) + 1);
    if (open.first.length < shown) open.first.push(item);
  }
  csv.flush();
  file.publish();
  return { page: { ...open, dueDays: soonestFirst(dueDays) }, exportIds };
}

/** The counts by due day, those without one last. */
function soonestFirst(counts: ReadonlyMap<string | null, number>): DueCount[] {
  const never = '9999-99-99';
  return [...counts]
    .map(([dueDay, count]) => ({ dueDay, count }))
    .toSorted((a, b) => ((a.dueDay ?? never) < (b.dueDay ?? never) ? -1 : 1));
}

/** What stands before the next step of what is late or in danger. */
function urgency({ due }: OpenItem, language: Language): string {
  return due === 'overdue' || due === 'inDanger' ? `${deadlinePhrases[language].urgent[due]}: ` : '';
}

/** The day it is, the language, and the register codes besides our own. */
type Saying = { today: string; language: Language; codes?: CodeTable | undefined };

/** Puts an open report into words. */
export function toItem(
  report: OpenReport,
  exported: ExportRecord,
  all: readonly ExportRecord[],
  { today, language, codes }: Saying,
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
    due: dueDay === null ? null : dueState(dueDay, today),
    nextStep: nextStep(report, exported, all, language),
  };
}

/** What is to be done about an open report, and by whom. */
export function nextStep(
  { state, reference, resendAt, gone }: Pick<OpenReport, 'state' | 'reference' | 'resendAt' | 'gone'>,
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
