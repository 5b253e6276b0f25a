import { join } from 'node:path';
import { explainCode } from '../contract/finding-codes.ts';
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
  { today, language }: { today: string; language: Language },
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
    const item = toItem(report, exported, exports, today);
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
      `${urgency(item, language)}${item.nextStep}`,
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

/** Puts an open report into words. */
export function toItem(
  report: OpenReport,
  exported: ExportRecord,
  all: readonly ExportRecord[],
  today: string,
): OpenItem {
  const { line, lastLine, reference, state, code, registerCode, column, dueDay } = report;
  const message = report.message ?? (code === null ? sentence[state] : explainCode(code, registerCode).text);
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
    nextStep: nextStep(report, exported, all),
  };
}

const sentence: Record<OpenReport['state'], string> = {
  refused: 'The export was refused whole.',
  awaitingApproval: 'The export is unusual: nothing of it is sent before somebody approves it.',
  invalid: 'The row was not sent.',
  rejected: 'The register rejected the report.',
  held: 'The loan itself was not accepted.',
  waiting: 'Not sent yet.',
  withRegister: 'The register has not given its verdict.',
  unknown: 'Whether the register has it is not known.',
  deferred: 'The register does not know the person yet.',
};

/** What is to be done about an open report, and by whom. */
export function nextStep(
  { state, reference, resendAt, gone }: Pick<OpenReport, 'state' | 'reference' | 'resendAt' | 'gone'>,
  exported: ExportRecord,
  all: readonly ExportRecord[],
): string {
  if (exported.stage === 'awaitingApproval') return approveOrWithdraw(handleOf(exported, all));
  switch (state) {
    case 'refused':
      if (exported.stage === 'givenUp') return 'report the fault: the bytes are in the archive, the log is beside it';
      return 'correct the export and drop it again';
    case 'invalid':
    case 'rejected':
      if (gone)
        return state === 'invalid'
          ? 'correct whenGone in the mapping: the report is made again from the next export'
          : 'see what the register holds of the loan; it is not reported again unless an export has a row of it';
      return reference === null && state === 'invalid'
        ? 'correct the row and export it again'
        : `correct it in ${folderOf(exported).replaceAll('\\', '/')}/restricted/to-fix.csv`;
    case 'held':
      return 'nothing: it leaves by itself once its loan is accepted';
    case 'awaitingApproval':
    case 'waiting':
    case 'withRegister':
      return 'nothing: it goes on at the next run';
    case 'unknown':
      return 'nothing by hand: the register is being asked';
    case 'deferred':
      return resendAt === null
        ? 'nothing: it is sent again by itself'
        : `nothing: it is sent again on ${localTime(new Date(resendAt)).slice(0, 10)}`;
  }
}
