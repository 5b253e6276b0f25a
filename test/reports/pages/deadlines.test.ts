import { describe, expect, test } from 'vitest';
import { tallyDue } from '../../../src/reports/due-state.ts';
import { summaryPage } from '../../../src/reports/pages/summary-page.ts';
import { todayPage } from '../../../src/reports/pages/today-page.ts';
import { verdictStrip } from '../../../src/reports/pages/verdict-strip.ts';
import { emptyDay, summaries, summaryOf } from './sample-pages.ts';

describe('a due day', () => {
  // 2026-01-02 is a Friday, 2026-01-06 Epiphany: on the 2nd the next banking day is the 5th, on the 5th it is the 7th.
  test.each([
    ['2026-01-02', '2026-01-01', 'overdue'],
    ['2026-01-02', '2026-01-02', 'inDanger'],
    ['2026-01-02', '2026-01-04', 'inDanger'],
    ['2026-01-02', '2026-01-05', 'inDanger'],
    ['2026-01-02', '2026-01-06', 'timeLeft'],
    ['2026-01-05', '2026-01-07', 'inDanger'],
    ['2026-01-05', '2026-01-08', 'timeLeft'],
    ['2026-01-05', null, 'noDueDay'],
  ] as const)('on %s, due on %s: %s', (today, dueDay, standing) => {
    const nothing = { overdue: 0, inDanger: 0, timeLeft: 0, noDueDay: 0 };
    expect(tallyDue([{ dueDay, count: 3 }], today)).toEqual({ ...nothing, [standing]: 3 });
  });
});

/** What a page says of a bar to those who do not see it. */
const barWords = (html: string, id: string) => html.match(new RegExp(`<desc id="${id}-words">([^<]*)<`))?.[1];

describe('the deadline bar', () => {
  test('of an export tells what was late, and by which days the rest is due: nothing that changes with the day', () => {
    const html = summaryPage(summaries['faults'] ?? summaryOf());
    expect(barWords(html, 'due')).toBe('1\u202F178 reported on time, 4 reported late, 17 open');
    expect(html).toContain('Open, by due day: Sun 4 Jan 2026 (2), Wed 7 Jan 2026 (6), Mon 12 Jan 2026 (9).');
  });

  test('of an export says how long the list of due days is when it is cut', () => {
    const openDue = Array.from({ length: 9 }, (_, at) => ({ dueDay: `2026-01-0${at + 1}`, count: 2 }));
    expect(summaryPage(summaryOf({}, { openDue }))).toContain('Mon 5 Jan 2026 (2), 4 later days (8).');
  });

  test('of a day counts the last days’ exports and everything open', () => {
    const night = { accepted: 5, failed: 0, met: 4, late: 1 };
    const html = todayPage({
      ...emptyDay,
      nights: [
        { day: '2026-01-04', ...night },
        { day: '2026-01-05', ...night },
      ],
      openItems: {
        total: 6,
        dueDays: [
          { dueDay: '2026-01-02', count: 2 },
          { dueDay: '2026-01-07', count: 1 },
          { dueDay: null, count: 3 },
        ],
        first: [],
      },
    });
    expect(barWords(html, 'standing')).toBe(
      '8 reported on time, 2 reported late, 1 open and in danger, 2 open and overdue',
    );
  });
});

test('open items stand by due day; a list that is cut says how long it is, and where the rest lies', () => {
  const dueDays = [
    ...Array.from({ length: 20 }, (_, at) => ({ dueDay: `2026-01-${String(at + 1).padStart(2, '0')}`, count: at + 1 })),
    { dueDay: null, count: 7 },
  ];
  const html = todayPage({ ...emptyDay, openItems: { total: 217, dueDays, first: [] } });
  const table = html.slice(html.indexOf('id="due-days"'), html.indexOf('id="open"'));
  expect(table).toContain('The first 14 of 20 due days');
  expect(table).toContain('href="open-items.csv"');
  expect(table.match(/<th scope="row">/g)).toHaveLength(16);
  expect(table).toMatch(/6 later days<\/th>\s*<td class="n">105</);
  expect(table).toMatch(/no due day<\/th>\s*<td class="n">7</);
  expect(table.match(/class="overdue" width/g)).toHaveLength(4);
});

test('verdict times are drawn night beside night, and told in a table', () => {
  const nights = [
    { day: '2026-01-04', accepted: 0, failed: 0, met: 0, late: 0 },
    { day: '2026-01-05', accepted: 9, failed: 1, met: 9, late: 0 },
  ];
  const verdicts = [{ day: '2026-01-05', batches: 4, median: 3000, slowest: 7_500_000 }];
  const page = { ...emptyDay, nights, verdicts };
  const [none, some] = verdictStrip(page);
  expect(none).toMatchObject({ pieces: [], words: 'Sun 4 Jan 2026: no verdict' });
  expect(some).toMatchObject({
    pieces: [
      { key: 'slowest', height: '100.0' },
      { key: 'median', height: '2.0' },
    ],
    words: 'Mon 5 Jan 2026: 4 batches, median 3 s, slowest 2 h 5 min',
  });
  const html = todayPage(page);
  expect(html).toMatch(/<details>[\s\S]*Mon 5 Jan 2026<\/th>[\s\S]*>3 s<[\s\S]*>2 h 5 min</);
  expect(todayPage({ ...page, verdicts: [] })).not.toContain('id="verdicts"');
});
