import { isBatchApi } from '../../contract/apis.ts';
import type { Language } from '../../lib/language.ts';
import type { DueCount } from '../due-state.ts';
import type { SummaryPage } from '../page-data.ts';
import { grouped } from '../phrases/counted.ts';
import { deadlinePhrases } from '../phrases/deadline-phrases.ts';
import { questionPhrases } from '../phrases/question-phrases.ts';
import { type SummaryPhrases, summaryPhrases } from '../phrases/summary-phrases.ts';
import type { Receipt } from '../receipt.ts';
import { answerFiles } from '../write-answers.ts';
import { shortDay, shortMoment, shortTime } from './days.ts';
import { deadlineBar } from './deadline-bar.ts';
import { outcomeBar } from './outcome-bar.ts';
import { pageShell } from './page-shell.ts';
import { exportSentence } from './sentences.ts';
import { stateWords, sumsHold } from './state-words.ts';
import { type Sum, type SummaryView, summaryTemplate } from './summary-template.ts';

const batchesShown = 50;
const dueDaysShown = 5;

/** Draws `summary.html`: what became of one export, and what to do next. The same page gives the same bytes. */
export function summaryPage(page: SummaryPage): string {
  const { receipt, settled, language } = page;
  const asks = !isBatchApi(receipt.mapping.api);
  const words = { ...summaryPhrases[language], ...(asks ? questionPhrases[language] : {}) };
  const state = stateWords(receipt, language);
  const due = deadlinePhrases[language];
  const body = summaryTemplate({
    page,
    receipt,
    sentence: exportSentence({ receipt, settled, language }),
    state,
    holds: sumsHold(receipt),
    fixable: receipt.state === 'needsFixing' && page.fixable,
    taken: shortMoment(page.takenAt, language),
    again: page.againOf && words.againAs(page.againOf.name, shortDay(page.againOf.day, language)),
    nextResend: page.nextResend === null ? null : shortMoment(page.nextResend, language),
    earliestDue: receipt.deadlines.earliestDue === null ? null : shortDay(receipt.deadlines.earliestDue, language),
    bar: outcomeBar(receipt.counts, words.outcomes),
    deadlines: deadlineBar({ ...receipt.deadlines, open: sumOf(page.openDue) }, language),
    openDue: openDueOf(page),
    sums: sumsOf(receipt.counts, words),
    answers: asks && receipt.counts.accepted + receipt.counts.rejected > 0 ? answerFiles(receipt.mapping.api) : [],
    batches: batchesOf(receipt, page.takenAt.slice(0, 10), language),
    owner: [receipt.owner.idCodeType, receipt.owner.idCode, receipt.owner.countryCode ?? ''].join(' ').trim(),
    grouped,
    words,
    due,
  });
  return pageShell(`${receipt.file.name}: ${state.label}`, body, language);
}

const sumOf = (counts: readonly DueCount[]) => counts.reduce((sum, { count }) => sum + count, 0);

/** Open reports by due day in a line of words, the first days each for itself; empty when nothing is open. */
function openDueOf({ openDue, language }: SummaryPage): string {
  const later = openDue.slice(dueDaysShown);
  const days = openDue
    .slice(0, dueDaysShown)
    .map(({ dueDay, count }) => `${dueDay === null ? '' : shortDay(dueDay, language)} (${grouped(count)})`);
  if (later.length > 0) days.push(`${deadlinePhrases[language].laterDays(later.length)} (${grouped(sumOf(later))})`);
  return days.join(', ');
}

function sumsOf(counts: Receipt['counts'], words: SummaryPhrases): Sum[] {
  return [
    {
      caption: words.rowsOfExport,
      parts: [
        { label: words.inReports, count: counts.rowsRead - counts.rowsSkipped - counts.rowsInvalid },
        { label: words.skippedRows, count: counts.rowsSkipped },
        { label: words.invalidRows, count: counts.rowsInvalid },
      ],
      total: { label: words.read, count: counts.rowsRead },
    },
    {
      caption: words.reportsMade,
      parts: [
        { label: words.outcomes.invalid, count: counts.invalid },
        { label: words.outcomes.accepted, count: counts.accepted },
        { label: words.rejected, count: counts.rejected },
        { label: words.outcomes.pending, count: counts.pending },
        { label: words.outcomes.unknown, count: counts.unknown },
        { label: words.held, count: counts.held },
      ],
      total: { label: words.built, count: counts.reportsBuilt },
    },
  ];
}

/** The first batches of a list too long for a page, those that still need watching first. */
function batchesOf({ batches }: Receipt, day: string, language: Language): SummaryView['batches'] {
  const shown =
    batches.length <= batchesShown
      ? batches
      : [
          ...batches.filter((batch) => batch.verdictAt === null),
          ...batches.filter((batch) => batch.verdictAt !== null),
        ];
  return shown.slice(0, batchesShown).map((batch) => ({
    ...batch,
    sentAt: batch.sentAt === null ? null : shortTime(batch.sentAt, day, language),
    verdictAt: batch.verdictAt === null ? null : shortTime(batch.verdictAt, day, language),
  }));
}
