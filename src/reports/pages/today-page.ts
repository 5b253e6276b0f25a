import type { OpenItem, TodayPage } from '../page-data.ts';
import { isWithdrawn } from '../receipt.ts';
import { dueWord, longDay, shortDay } from './days.ts';
import { nightStrip, strip, stripInWords } from './night-strip.ts';
import { counted, grouped } from './numbers.ts';
import { pageShell } from './page-shell.ts';
import { daySentence } from './sentences.ts';
import { stateWords, sumsHold } from './state-words.ts';
import { type Due, type ExportLine, type TodayView, todayTemplate } from './today-template.ts';

type DayExport = TodayPage['exports'][number];

const filesShown = 50;

const itemStates: Record<OpenItem['state'], string> = {
  refused: 'refused',
  awaitingApproval: 'awaits approval',
  invalid: 'invalid, not sent',
  rejected: 'rejected',
  held: 'held by its loan',
  waiting: 'not sent yet',
  withRegister: 'with the register',
  unknown: 'outcome unknown',
  deferred: 'goes again later',
};

/** Draws `today.html`: the page people read at 08:00. The same page gives the same bytes. */
export function todayPage(page: TodayPage): string {
  const toDo = page.exports.filter(needsSomebody).sort(soonestDueFirst);
  const heading = longDay(page.day);
  const body = todayTemplate({
    page,
    heading,
    sentence: daySentence(page),
    calm: calmLine(page, toDo.length),
    toDo: toDo.map((entry) => ({
      ...exportLine(entry, page.day),
      due: dueOf(entry.receipt.deadlines.earliestDue, page.day),
      nextStep: nextStepOf(entry),
    })),
    exports: page.exports.map((entry) => exportLine(entry, page.day)),
    notTaken: [...page.notTaken, ...page.leftAlone.map(({ name, why }) => ({ name, why: `left alone: ${why}` }))].slice(
      0,
      filesShown,
    ),
    items: page.openItems.first.map((item) => itemLine(item, page.day)),
    dues: duesOf(page),
    strip: stripOf(page),
    grouped,
    counted,
  });
  return pageShell(`${heading}: exports to the credit register`, body);
}

/** Whether an export waits for a person, not for the register. */
function needsSomebody({ receipt }: DayExport): boolean {
  if (!sumsHold(receipt)) return true;
  if (isWithdrawn(receipt)) return false;
  return receipt.state === 'needsFixing' || receipt.state === 'refused' || receipt.state === 'awaitingApproval';
}

function soonestDueFirst(a: DayExport, b: DayExport): number {
  const never = '9999-99-99';
  const [dueA, dueB] = [a.receipt.deadlines.earliestDue ?? never, b.receipt.deadlines.earliestDue ?? never];
  if (dueA === dueB) return 0;
  return dueA < dueB ? -1 : 1;
}

function nextStepOf({ receipt }: DayExport): string {
  return sumsHold(receipt) ? receipt.nextStep : stateWords(receipt).meaning;
}

/** One line when nobody has to do anything; null when somebody has. */
function calmLine({ alarms, exports, notTaken, openItems }: TodayPage, toDo: number): TodayView['calm'] {
  if (alarms.length > 0 || toDo > 0 || notTaken.length > 0 || openItems.overdue > 0) return null;
  const done = exports.every(({ receipt }) => receipt.final && receipt.state === 'complete');
  if (done && openItems.total === 0) return { text: 'All is well: nothing to do, nothing open.', tone: 'good' };
  const settling = exports.reduce((sum, { receipt }) => sum + openOf(receipt), 0);
  // More open items than reports under way: somebody's work, though its export is not listed (one refused on an earlier day).
  return openItems.total > settling ? null : { text: 'Nothing to do: what is open settles by itself.', tone: 'wait' };
}

function openOf({ counts }: DayExport['receipt']): number {
  return counts.pending + counts.unknown + counts.held;
}

function exportLine({ receipt, settled, takenAt, day, folder }: DayExport, today: string): ExportLine {
  const { counts } = receipt;
  return {
    name: receipt.file.name,
    href: hrefOf(folder),
    taken: day === today ? takenAt.slice(11) : `${shortDay(day).slice(0, -5)} ${takenAt.slice(11)}`,
    api: receipt.mapping.api,
    reports: counts.reportsBuilt,
    accepted: counts.accepted,
    toFix: receipt.state === 'complete' ? 0 : counts.rejected + counts.invalid - settled + counts.rowsInvalid,
    open: openOf(receipt),
    state: stateWords(receipt),
  };
}

/** The summary of a folder in the outbox; whatever its name holds stays one relative path. */
function hrefOf(folder: string): string {
  return `./${folder.toWellFormed().split('/').map(encodeURIComponent).join('/')}/summary.html`;
}

function dueOf(due: string | null, today: string): Due | null {
  if (due === null) return null;
  const word = dueWord(due, today);
  return { day: shortDay(due), word, tone: word === 'overdue' ? 'act' : word === 'due today' ? 'doubt' : '' };
}

function itemLine(item: OpenItem, today: string): TodayView['items'][number] {
  return {
    where: item.line === null ? item.export : `${item.export}, ${linesOf(item.line, item.lastLine)}`,
    state: itemStates[item.state],
    problem: [item.code, item.column, item.message].filter(Boolean).join(' · '),
    due: dueOf(item.dueDay, today),
    nextStep: item.nextStep,
  };
}

function linesOf(first: number, last: number | null): string {
  return last === null || last === first ? `line ${first}` : `lines ${first}–${last}`;
}

function stripOf({ nights }: TodayPage): TodayView['strip'] {
  const [first, last] = [nights[0], nights.at(-1)];
  if (!first || !last || nights.every(({ accepted, failed }) => accepted + failed === 0)) return null;
  return {
    nights: nightStrip(nights),
    words: stripInWords(nights),
    from: shortDay(first.day),
    to: shortDay(last.day),
    late: nights.some(({ late }) => late > 0),
    measures: strip,
  };
}

function duesOf({ exports, day }: TodayPage): TodayView['dues'] {
  return [...exports].sort(soonestDueFirst).flatMap(({ receipt, folder }) => {
    const due = dueOf(receipt.deadlines.earliestDue, day);
    return due ? [{ name: receipt.file.name, href: hrefOf(folder), due, late: receipt.deadlines.late }] : [];
  });
}
