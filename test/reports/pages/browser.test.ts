import chromium from '@sparticuz/chromium';
import axe from 'axe-core';
import { type Browser, chromium as playwright } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeMapping } from '../../../src/mapping/words/describe-mapping.ts';
import { mappingPage } from '../../../src/reports/pages/mapping-page.ts';
import { summaryPage } from '../../../src/reports/pages/summary-page.ts';
import { todayPage } from '../../../src/reports/pages/today-page.ts';
import { loadedMappings } from '../../demo/map-sample.ts';
import { days, emptyDay, receiptOf, summaries, summaryOf } from './sample-pages.ts';

const longName = `${'NEWLOANS'.repeat(20)}.csv`;
const describedMappings = loadedMappings.slice(2, 4).map(describeMapping);
const pages: [name: string, html: string][] = [
  ['a night with faults', summaryPage(summaries['faults'] ?? summaryOf())],
  ['a name without a place to break', summaryPage(summaryOf({ file: { ...receiptOf().file, name: longName } }))],
  ['an export refused', summaryPage(summaries['refused'] ?? summaryOf())],
  ['a night with faults in Finnish', summaryPage({ ...(summaries['faults'] ?? summaryOf()), language: 'fi' })],
  ['a day with faults in Swedish', todayPage({ ...(days['faults'] ?? emptyDay), language: 'sv' })],
  ['two mappings', mappingPage(describedMappings, 'luottoputki 1')],
  ['a day with faults', todayPage(days['faults'] ?? emptyDay)],
  [
    'a day of a long name',
    todayPage({ ...emptyDay, notTaken: [{ name: longName, why: longName }], alarms: [longName] }),
  ],
];

/** Run inside the browser, past the pages' own ban on scripts. */
const runAxe = `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
  .then(({ violations, passes }) => ({
    passed: passes.length,
    violations: violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html.slice(0, 200)).join(' | ')),
  }))`;

/** Looked at inside the browser, whose types this program does not have. */
const look = `(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const levels = all('h1, h2, h3').map((heading) => Number(heading.tagName.slice(1)));
  const ids = all('[id]').map(({ id }) => id);
  const right = (element) => element.getBoundingClientRect().right;
  return {
    h1: all('h1').length,
    main: all('main').length,
    headingSkips: levels.filter((level, i) => level - (levels[i - 1] ?? 0) > 1).length,
    tablesWithoutCaption: all('table').filter((table) => !table.caption?.textContent.trim()).length,
    headersWithoutScope: all('th:not([scope])').length,
    imagesWithoutName: all('svg[role=img]').filter((svg) => !svg.querySelector('title')?.textContent).length,
    danglingNames: all('[aria-labelledby]')
      .flatMap((element) => element.getAttribute('aria-labelledby').split(' '))
      .filter((id) => !ids.includes(id)),
    duplicateIds: ids.length - new Set(ids).size,
    overflow: document.documentElement.scrollWidth - innerWidth,
    outside: all('main *:not(thead, thead *)').filter((element) => right(element) > innerWidth + 0.5).length,
  };
})()`;

describe('in a real browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    chromium.setGraphicsMode = false;
    // In a single process, closing one page ends the whole browser.
    const args = chromium.args.filter((arg) => arg !== '--single-process');
    browser = await playwright.launch({ args, executablePath: await chromium.executablePath() });
  }, 30_000);
  afterAll(() => browser?.close());

  it.each(pages)('is well made, fits a phone and asks nobody for anything: %s', async (_, html) => {
    await using context = await browser.newContext({ viewport: { width: 360, height: 740 }, colorScheme: 'light' });
    const page = await context.newPage();
    const trouble: string[] = [];
    page.on('request', (request) => trouble.push(request.url()));
    page.on('console', (message) => {
      if (message.type() === 'error') trouble.push(message.text());
    });
    await page.setContent(html);
    expect(await page.evaluate(look)).toEqual({
      h1: 1,
      main: 1,
      headingSkips: 0,
      tablesWithoutCaption: 0,
      headersWithoutScope: 0,
      imagesWithoutName: 0,
      danglingNames: [],
      duplicateIds: 0,
      overflow: 0,
      outside: 0,
    });
    expect(trouble.filter((url) => !url.startsWith('data:'))).toEqual([]);
  });

  it.each(pages.flatMap(([name, html]) => (['light', 'dark'] as const).map((scheme) => [name, scheme, html] as const)))(
    'nothing in it stands in the way of people with disabilities, as far as a program can tell: %s, %s',
    async (_, colorScheme, html) => {
      await using context = await browser.newContext({ viewport: { width: 1280, height: 900 }, colorScheme });
      const page = await context.newPage();
      await page.setContent(html);
      await page.evaluate(axe.source);
      const { passed, violations } = await page.evaluate<{ passed: number; violations: string[] }>(runAxe);
      expect(violations).toEqual([]);
      expect(passed).toBeGreaterThan(20);
    },
  );
});
