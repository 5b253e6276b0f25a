import type { SummaryPage } from '../page-data.ts';
import type { Receipt } from '../receipt.ts';
import { shortDay, shortMoment, shortTime } from './days.ts';
import { counted, grouped } from './numbers.ts';
import { barInWords, barLength, outcomeBar } from './outcome-bar.ts';
import { pageShell } from './page-shell.ts';
import { exportSentence } from './sentences.ts';
import { stateWords, sumsHold } from './state-words.ts';
import { type Sum, type SummaryView, summaryTemplate } from './summary-template.ts';

const batchesShown = 50;

/** Draws `summary.html`: what became of one export, and what to do next. The same page gives the same bytes. */
export function summaryPage(page: SummaryPage): string {
  const { receipt, settled } = page;
  const parts = outcomeBar(receipt.counts);
  const body = summaryTemplate({
    page,
    receipt,
    sentence: exportSentence({ receipt, settled }),
    state: stateWords(receipt),
    holds: sumsHold(receipt),
    // Not every report that failed has rows to correct: the next step knows.
    fixable: receipt.state === 'needsFixing' && receipt.nextStep.startsWith('Open restricted/to-fix.csv'),
    taken: shortMoment(page.takenAt),
    again: againSentence(page.againOf),
    nextResend: page.nextResend === null ? null : shortMoment(page.nextResend),
    earliestDue: receipt.deadlines.earliestDue === null ? null : shortDay(receipt.deadlines.earliestDue),
    bar: { length: barLength, parts, words: barInWords(parts) },
    sums: sumsOf(receipt.counts),
    batches: batchesOf(receipt, page.takenAt.slice(0, 10)),
    owner: [receipt.owner.idCodeType, receipt.owner.idCode, receipt.owner.countryCode ?? ''].join(' ').trim(),
    grouped,
    counted,
  });
  return pageShell(`${receipt.file.name}: ${stateWords(receipt).label}`, body);
}

function againSentence(againOf: SummaryPage['againOf']): string | null {
  if (againOf === null) return null;
  return `The same bytes came before, as ${againOf.name} on ${shortDay(againOf.day)}.`;
}

function sumsOf(counts: Receipt['counts']): Sum[] {
  return [
    {
      caption: 'Rows of the export',
      parts: [
        { label: 'in reports', count: counts.rowsRead - counts.rowsSkipped - counts.rowsInvalid },
        { label: 'skipped by rule', count: counts.rowsSkipped },
        { label: 'invalid, in no report', count: counts.rowsInvalid },
      ],
      total: { label: 'read', count: counts.rowsRead },
    },
    {
      caption: 'Reports made of the rows',
      parts: [
        { label: 'invalid, not sent', count: counts.invalid },
        { label: 'accepted', count: counts.accepted },
        { label: 'rejected', count: counts.rejected },
        { label: 'pending', count: counts.pending },
        { label: 'outcome unknown', count: counts.unknown },
        { label: 'held', count: counts.held },
      ],
      total: { label: 'built', count: counts.reportsBuilt },
    },
  ];
}

/** The first batches of a list too long for a page, those that still need watching first. */
function batchesOf({ batches }: Receipt, day: string): SummaryView['batches'] {
  const shown =
    batches.length <= batchesShown
      ? batches
      : [
          ...batches.filter((batch) => batch.verdictAt === null),
          ...batches.filter((batch) => batch.verdictAt !== null),
        ];
  return shown.slice(0, batchesShown).map((batch) => ({
    ...batch,
    sentAt: batch.sentAt === null ? null : shortTime(batch.sentAt, day),
    verdictAt: batch.verdictAt === null ? null : shortTime(batch.verdictAt, day),
  }));
}
