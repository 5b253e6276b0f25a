import { describe, expect, it } from 'vitest';
import type { Language } from '../../../src/lib/language.ts';
import type { SummaryPage, TodayPage } from '../../../src/reports/page-data.ts';
import { summaryPage } from '../../../src/reports/pages/summary-page.ts';
import { todayPage } from '../../../src/reports/pages/today-page.ts';
import type { Receipt } from '../../../src/reports/receipt.ts';
import { englishIn } from './english-left.ts';
import { days, summaries } from './sample-pages.ts';

const others: Language[] = ['fi', 'sv'];
const nights = [
  { day: '2026-01-04', accepted: 0, failed: 0, met: 0, late: 0 },
  { day: '2026-01-05', accepted: 40, failed: 3, met: 38, late: 2 },
];

/** Without the sentences that the page does not make itself. */
const wordless = (receipt: Receipt): Receipt => ({
  ...receipt,
  nextStep: '–',
  findingsByCode: receipt.findingsByCode.map((finding) => ({ ...finding, text: '–', howToFix: '–' })),
});

const summaryIn = (language: Language, page: SummaryPage) =>
  summaryPage({
    ...page,
    language,
    receipt: wordless(page.receipt),
    skipped: page.skipped.map((rule) => ({ ...rule, why: '–' })),
  });

const todayIn = (language: Language, page: TodayPage) =>
  todayPage({
    ...page,
    language,
    nights,
    verdicts: [{ day: '2026-01-05', batches: 3, median: 125_000, slowest: 3 * 86_400_000 }],
    exports: page.exports.map((entry) => ({ ...entry, receipt: wordless(entry.receipt) })),
    notTaken: page.notTaken.map(({ name }) => ({ name, why: '–' })),
    leftAlone: [{ name: 'a.csv', why: '–' }],
    alarms: page.alarms.map(() => '–'),
    openItems: {
      ...page.openItems,
      first: page.openItems.first.map((item) => ({ ...item, message: '–', nextStep: '–' })),
    },
  });

describe.each(others)('in %s', (language) => {
  it.each(Object.entries(summaries))('summary.html has no English word left: %s', (_, page) => {
    const html = summaryIn(language, page);
    expect(englishIn(html)).toEqual([]);
    expect(html).toContain(`<html lang="${language}">`);
  });

  it.each(Object.entries(days))('today.html has no English word left: %s', (_, page) => {
    const html = todayIn(language, page);
    expect(englishIn(html)).toEqual([]);
    expect(html).toContain(`<html lang="${language}">`);
  });
});

it('sees English where there is some', () => {
  for (const page of Object.values(summaries)) expect(englishIn(summaryIn('en', page)).length).toBeGreaterThan(20);
  for (const page of Object.values(days)) expect(englishIn(todayIn('en', page)).length).toBeGreaterThan(8);
});
