import { sayDuration } from '../../lib/duration.ts';
import type { Language } from '../../lib/language.ts';
import { dueState, tallyDue } from '../due-state.ts';
import type { OpenItem, TodayPage } from '../page-data.ts';
import { grouped } from '../phrases/counted.ts';
import { deadlinePhrases } from '../phrases/deadline-phrases.ts';
import { type TodayPhrases, todayPhrases } from '../phrases/today-phrases.ts';
import { isWithdrawn } from '../receipt.ts';
import { longDay, shortDay, tableMoment } from './days.ts';
import { deadlineBar } from './deadline-bar.ts';
import { dueDays } from './due-days.ts';
import { nightStrip, strip, stripInWords } from './night-strip.ts';
import { pageShell } from './page-shell.ts';
import { daySentence } from './sentences.ts';
import { stateWords, sumsHold } from './state-words.ts';
import { type Due, type ExportLine, type TodayView, todayTemplate } from './today-template.ts';
import { verdictStrip, verdictStripInWords } from './verdict-strip.ts';

type DayExport = TodayPage['exports'][number];

const filesShown = 50;

/** Draws `today.html`: the page people read at 08:00. The same page gives the same bytes. */
export function todayPage(page: TodayPage): string {
  const toDo = page.exports.filter(needsSomebody).sort(soonestDueFirst);
  const { day, language } = page;
  const words = todayPhrases[language];
  const tally = tallyDue(page.openItems.dueDays, day);
  const heading = longDay(day, language);
  const body = todayTemplate({
    page,
    heading,
    sentence: daySentence(page),
    tally,
    calm: calmLine(page, toDo.length, tally.overdue, words),
    toDo: toDo.map((entry) => ({
      ...exportLine(entry, page),
      due: dueOf(entry.receipt.deadlines.earliestDue, page),
      nextStep: nextStepOf(entry, language),
    })),
    exports: page.exports.map((entry) => exportLine(entry, page)),
    notTaken: [...page.notTaken, ...page.leftAlone.map(({ name, why }) => ({ name, why: words.leftAlone(why) }))].slice(
      0,
      filesShown,
    ),
    items: page.openItems.first.map((item) => itemLine(item, page)),
    dues: duesOf(page),
    deadlines: deadlineBar({ ...doneOf(page), ...tally }, language),
    dueDays: dueDays(page),
    strip: stripOf(page),
    verdicts: verdictsOf(page),
    table: nightTable(page),
    grouped,
    words,
    due: deadlinePhrases[language],
  });
  return pageShell(`${heading}: ${words.title}`, body, language);
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

function nextStepOf({ receipt }: DayExport, language: Language): string {
  return sumsHold(receipt) ? receipt.nextStep : stateWords(receipt, language).meaning;
}

/** One line when nobody has to do anything; null when somebody has. */
function calmLine(
  { alarms, exports, notTaken, openItems }: TodayPage,
  toDo: number,
  overdue: number,
  words: TodayPhrases,
): TodayView['calm'] {
  if (alarms.length > 0 || toDo > 0 || notTaken.length > 0 || overdue > 0) return null;
  const done = exports.every(({ receipt }) => receipt.final && receipt.state === 'complete');
  if (done && openItems.total === 0) return { text: words.allIsWell, tone: 'good' };
  const settling = exports.reduce((sum, { receipt }) => sum + openOf(receipt), 0);
  // More open items than reports under way: somebody's work, though its export is not listed (one refused on an earlier day).
  return openItems.total > settling ? null : { text: words.settlesByItself, tone: 'wait' };
}

function openOf({ counts }: DayExport['receipt']): number {
  return counts.pending + counts.unknown + counts.held;
}

function exportLine({ receipt, settled, takenAt, folder }: DayExport, { day, language }: TodayPage): ExportLine {
  const { counts } = receipt;
  return {
    name: receipt.file.name,
    href: hrefOf(folder),
    taken: tableMoment(takenAt, day, language),
    api: receipt.mapping.api,
    reports: counts.reportsBuilt,
    accepted: counts.accepted,
    toFix: receipt.state === 'complete' ? 0 : counts.rejected + counts.invalid - settled + counts.rowsInvalid,
    open: openOf(receipt),
    state: stateWords(receipt, language),
  };
}

/** The summary of a folder in the outbox; whatever its name holds stays one relative path. */
function hrefOf(folder: string): string {
  return `./${folder.toWellFormed().split('/').map(encodeURIComponent).join('/')}/summary.html`;
}

function dueOf(due: string | null, { day, language }: Pick<TodayPage, 'day' | 'language'>): Due | null {
  if (due === null) return null;
  const state = dueState(due, day);
  const { dueWords } = todayPhrases[language];
  const word = {
    overdue: dueWords.overdue,
    inDanger: due === day ? dueWords.dueToday : dueWords.dueNext,
    timeLeft: dueWords.due,
  }[state];
  return { day: shortDay(due, language), word, tone: tones[state] };
}

const tones = { overdue: 'act', inDanger: 'doubt', timeLeft: '' } as const;

function itemLine(item: OpenItem, page: TodayPage): TodayView['items'][number] {
  const words = todayPhrases[page.language];
  return {
    where: item.line === null ? item.export : `${item.export}, ${words.lines(item.line, item.lastLine ?? item.line)}`,
    state: words.itemStates[item.state],
    problem: [item.code, item.column, item.message].filter(Boolean).join(' · '),
    due: dueOf(item.dueDay, page),
    nextStep: item.nextStep,
  };
}

function stripOf({ nights, language }: TodayPage): TodayView['strip'] {
  const [first, last] = [nights[0], nights.at(-1)];
  if (!first || !last || nights.every(({ accepted, failed }) => accepted + failed === 0)) return null;
  return {
    nights: nightStrip(nights, language),
    words: stripInWords(nights, language),
    from: shortDay(first.day, language),
    to: shortDay(last.day, language),
    late: nights.some(({ late }) => late > 0),
    measures: strip,
  };
}

/** What was accepted of the last days' exports, on time and late. */
function doneOf({ nights }: TodayPage): { met: number; late: number } {
  return nights.reduce((sum, { met, late }) => ({ met: sum.met + met, late: sum.late + late }), { met: 0, late: 0 });
}

function verdictsOf(page: TodayPage): TodayView['verdicts'] {
  if (page.verdicts.length === 0) return null;
  const { severalDays } = deadlinePhrases[page.language];
  const most = Math.max(...page.verdicts.map(({ slowest }) => slowest));
  return {
    nights: verdictStrip(page),
    words: verdictStripInWords(page),
    most: sayDuration(most, severalDays),
    measures: strip,
  };
}

/** Both strips as a table: the days on which something came, newest first. */
function nightTable({ nights, verdicts, language }: TodayPage): TodayView['table'] {
  const { severalDays } = deadlinePhrases[language];
  return nights
    .filter(({ accepted, failed }) => accepted + failed > 0)
    .toReversed()
    .map(({ day, ...night }) => {
      const found = verdicts.find((verdict) => verdict.day === day);
      return {
        ...night,
        day: shortDay(day, language),
        batches: found?.batches ?? 0,
        median: found ? sayDuration(found.median, severalDays) : '–',
        slowest: found ? sayDuration(found.slowest, severalDays) : '–',
      };
    });
}

function duesOf(page: TodayPage): TodayView['dues'] {
  return [...page.exports].sort(soonestDueFirst).flatMap(({ receipt, folder }) => {
    const due = dueOf(receipt.deadlines.earliestDue, page);
    return due ? [{ name: receipt.file.name, href: hrefOf(folder), due, late: receipt.deadlines.late }] : [];
  });
}
