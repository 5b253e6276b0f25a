import { describe, expect, it } from 'vitest';
import { todayPage } from '../../../src/reports/pages/today-page.ts';
import { countsOf, days, emptyDay, openItem, receiptOf } from './sample-pages.ts';

const hostile = `"><script>alert('x')</script>`;

describe('today.html', () => {
  it.each(Object.entries(days))(
    'gives the same bytes for the same day, and leaves the day as it was: %s',
    (_, page) => {
      const before = structuredClone(page);
      expect(todayPage(page)).toBe(todayPage(before));
      expect(page).toEqual(before);
    },
  );

  it.each(Object.entries(days))('has no script, nothing from elsewhere and no value that is missing: %s', (_, page) => {
    const html = todayPage(page);
    expect(html).not.toMatch(/<script|\son\w+=|javascript:|https?:|url\(|@import/i);
    expect(html).not.toMatch(/\bundefined\b|\bNaN\b|\bnull\b|\[object/);
  });

  it('escapes whatever names and texts hold, in text and in links', () => {
    const receipt = receiptOf({
      state: 'needsFixing',
      nextStep: hostile,
      file: { ...receiptOf().file, name: hostile },
    });
    const html = todayPage({
      ...emptyDay,
      environment: hostile,
      exports: [
        { receipt, settled: 0, takenAt: '2026-01-05 06:03', day: '2026-01-05', folder: `2026-01-05/${hostile}\uD800` },
      ],
      notTaken: [{ name: hostile, why: hostile }],
      openItems: {
        total: 1,
        dueDays: [{ dueDay: '2026-01-07', count: 1 }],
        first: [{ ...openItem, export: hostile, code: hostile, message: hostile, nextStep: hostile }],
      },
      alarms: [hostile],
    });
    expect(html).not.toMatch(/<script/i);
    expect(html).toContain('href="./2026-01-05/%22%3E%3Cscript%3E');
  });

  it('says in one line that all is well', () => {
    const html = todayPage(days['perfect'] ?? emptyDay);
    expect(html).toContain('All is well: nothing to do, nothing open.');
    expect(html).not.toContain('To do next');
  });

  it('does not say that all is well while something is open, and says that nobody has to act', () => {
    const html = todayPage(days['settling'] ?? emptyDay);
    expect(html).not.toContain('All is well');
    expect(html).toContain('Nothing to do: what is open settles by itself.');
  });

  it.each([
    ['an alarm', { alarms: ['The register cannot be reached.'] }],
    ['a file nobody takes', { notTaken: [{ name: 'a.csv', why: 'No mapping takes this name.' }] }],
    [
      'an item of an export that is not listed',
      { openItems: { total: 1, dueDays: [{ dueDay: null, count: 1 }], first: [] } },
    ],
    ['an overdue item', { openItems: { total: 1, dueDays: [{ dueDay: '2026-01-04', count: 1 }], first: [openItem] } }],
  ])('is not calm about %s', (_, given) => {
    expect(todayPage({ ...emptyDay, ...given })).not.toMatch(/All is well|Nothing to do/);
  });

  it('puts the alarms first, then what must be done, soonest due first', () => {
    const html = todayPage(days['faults'] ?? emptyDay);
    const toDo = html.slice(html.indexOf('id="todo"'), html.indexOf('id="exports"'));
    expect(html.indexOf('id="alarms"')).toBeLessThan(html.indexOf('id="todo"'));
    expect(toDo.match(/[A-Z]+_\d{8}\.csv(?=<\/a>)/g)).toEqual([
      'CHANGES_20260102.csv',
      'NEWLOANS_20260105.csv',
      'PAYMENTS_20260105.csv',
    ]);
    expect(toDo).toContain('overdue');
  });

  it('sends somebody to an export whose sums do not hold, whatever its state', () => {
    const receipt = receiptOf({ counts: { ...countsOf({ accepted: 5 }), balanced: false } });
    const html = todayPage({
      ...emptyDay,
      exports: [{ receipt, settled: 0, takenAt: '2026-01-05 06:03', day: '2026-01-05', folder: '2026-01-05/a' }],
    });
    expect(html).toContain('id="todo"');
    expect(html).toContain('The sums do not hold');
    expect(html).not.toContain('Complete');
  });

  it('links each export to its summary by a relative path', () => {
    expect(todayPage(days['perfect'] ?? emptyDay)).toContain(
      'href="./2026-01-05/NEWLOANS_20260105--7f3a19c2/summary.html"',
    );
  });

  it('says how many open items there are when it shows fewer', () => {
    const html = todayPage(days['faults'] ?? emptyDay);
    expect(html).toContain('The first 4 of 128 open items');
    expect(html).toContain('href="open-items.csv"');
  });

  it('caps the files not taken, and says so', () => {
    const notTaken = Array.from({ length: 80 }, (_, i) => ({
      name: `stray-${i}.csv`,
      why: 'No mapping takes this name.',
    }));
    const html = todayPage({ ...emptyDay, notTaken });
    expect(html.match(/stray-/g)).toHaveLength(50);
    expect(html).toMatch(/80 files left in the inbox;\s+the first 50 are shown/);
  });
});
