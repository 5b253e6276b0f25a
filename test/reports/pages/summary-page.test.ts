import { describe, expect, it } from 'vitest';
import { summaryPage } from '../../../src/reports/pages/summary-page.ts';
import { batchOf, countsOf, receiptOf, summaries, summaryOf } from './sample-pages.ts';

const hostile = `"><script>alert('x')</script>\u202Egpj.csv\u0000`;

describe('summary.html', () => {
  it.each(Object.entries(summaries))('gives the same bytes for the same page: %s', (_, page) => {
    expect(summaryPage(structuredClone(page))).toBe(summaryPage(page));
  });

  it.each(Object.entries(summaries))(
    'has no script, nothing from elsewhere and no value that is missing: %s',
    (_, page) => {
      const html = summaryPage(page);
      expect(html).not.toMatch(/<script|\son\w+=|javascript:|https?:|url\(|@import/i);
      expect(html).not.toMatch(/\bundefined\b|\bNaN\b|\bnull\b|\[object/);
    },
  );

  it('escapes whatever names and texts hold, and lets no character turn the text round', () => {
    const html = summaryPage(
      summaryOf(
        {
          file: { ...receiptOf().file, name: hostile },
          mapping: { name: hostile, api: hostile, sha256: hostile, parts: [{ name: hostile, sha256: hostile }] },
          environment: hostile,
          nextStep: hostile,
          tool: hostile,
          owner: { idCodeType: hostile, idCode: hostile, countryCode: hostile },
          batches: [batchOf(1, { reference: hostile, status: hostile })],
          findingsByCode: [{ code: hostile, count: 1, firstLines: [1], text: hostile, howToFix: hostile }],
          correctionOf: { name: hostile, sha256: hostile },
          correctedBy: [{ name: hostile, sha256: hostile }],
        },
        { skipped: [{ id: hostile, count: 1, why: hostile }], againOf: { name: hostile, day: '2026-01-02' } },
      ),
    );
    expect(html).not.toMatch(/<script/i);
    for (const character of ['\u202E', '\u0000']) expect(html).not.toContain(character);
    expect(html).toContain('&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;');
  });

  it('says aloud that the sums do not hold, and then calls nothing accepted or complete', () => {
    const html = summaryPage(summaryOf({ counts: { ...countsOf({ accepted: 5 }), balanced: false } }));
    expect(html).toContain('<h2 id="next" class="loud">THE SUMS DO NOT HOLD</h2>');
    expect(html).toContain('<h1>The sums do not hold: nothing of this export counts as done</h1>');
    expect(html).not.toMatch(/the sums hold|Complete|all accepted|Nothing to do/);
  });

  it('believes no receipt whose shown numbers do not add up', () => {
    expect(summaryPage(summaryOf({ counts: { ...countsOf({ accepted: 5 }), reportsBuilt: 6 } }))).toContain(
      'THE SUMS DO NOT HOLD',
    );
  });

  it('says that the sums hold when they do', () => {
    const html = summaryPage(summaryOf());
    expect(html).toContain('the sums hold');
    expect(html).not.toContain('THE SUMS DO NOT HOLD');
  });

  it.each(Object.entries(summaries))('leads to to-fix.csv only when there is something to fix: %s', (_, page) => {
    expect(summaryPage(page).includes('href="restricted/to-fix.csv"')).toBe(page.receipt.state === 'needsFixing');
  });

  it.each([{ rowsInvalid: 1 }, { held: 2 }])('does not lead to to-fix.csv when no report is in it: %o', (counts) => {
    expect(summaryPage(summaryOf({ state: 'needsFixing', counts: countsOf(counts) }))).not.toContain('to-fix.csv"');
  });

  it('marks what is not final, and what is not production', () => {
    expect(summaryPage(summaryOf())).not.toMatch(/not final yet|class="tag doubt"/);
    const html = summaryPage(summaryOf({ final: false, environment: 'sandbox' }));
    expect(html).toContain('not final yet');
    expect(html).toContain('<span class="tag doubt">sandbox</span>');
  });

  it('shows fifty batches of more, the one without a verdict first, and says how many there are', () => {
    const html = summaryPage(summaries['unknown'] ?? summaryOf());
    const shown = html.match(/L20260105-\d{3}/g) ?? [];
    expect(shown).toHaveLength(50);
    expect(shown[0]).toBe('L20260105-058');
    expect(html).toMatch(/60 batches\.\s+50 are shown/);
  });

  it('shows times as the clocks in Finland do, with the day when it is another one', () => {
    const html = summaryPage(
      summaryOf({ batches: [batchOf(1, { sentAt: '2026-01-05T04:03:09Z', verdictAt: '2026-01-05T22:30:00Z' })] }),
    );
    expect(html).toContain('06:03:09');
    expect(html).toContain('6 Jan 00:30');
  });

  it('speaks of questions and answers where the rows are questions, and links the answers when there are some', () => {
    const html = summaryPage(summaries['questions'] ?? summaryOf());
    expect(html).toContain('questions: 700 answered, 3 need fixing, 501 are not answered yet');
    expect(html).toContain('Being asked');
    expect(html).toContain('Questions made of the rows');
    expect(html).toContain('href="restricted/answers.jsonl"');
    expect(html).toContain('href="restricted/answers.csv"');
    expect(html).not.toMatch(/No batch|batches are on their way/);
    const none = summaryPage(
      summaryOf({ mapping: { ...receiptOf().mapping, api: 'GetLoan' }, counts: countsOf({ pending: 2 }) }),
    );
    expect(none).not.toContain('answers.jsonl');
  });

  it('tells a second drop of the same bytes', () => {
    expect(summaryPage(summaries['refused'] ?? summaryOf())).toContain('as NEWLOANS_20260102.csv on Fri 2 Jan 2026');
  });
});
