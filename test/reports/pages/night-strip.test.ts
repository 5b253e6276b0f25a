import { expect, test } from 'vitest';
import { nightStrip, strip, stripInWords } from '../../../src/reports/pages/night-strip.ts';
import { todayPage } from '../../../src/reports/pages/today-page.ts';
import { emptyDay } from './sample-pages.ts';

const night = (day: string, accepted = 0, failed = 0, late = 0) => ({ day, accepted, failed, met: 0, late });
const nights = [night('2026-01-03'), night('2026-01-04', 1_000_000, 1), night('2026-01-05', 40, 3, 2)];

test('each night stands on the ground; the largest is as high as the strip, and one failed report among a million is seen', () => {
  const [nothing, large, small] = nightStrip(nights, 'en');
  expect(nothing).toMatchObject({ pieces: [], late: false, words: 'Sat 3 Jan 2026: nothing' });
  const [green, red] = large?.pieces ?? [];
  expect(Number(green?.y) + Number(green?.height)).toBeCloseTo(strip.top + strip.height);
  expect(Number(red?.y)).toBeCloseTo(strip.top);
  expect(Number(red?.height)).toBeGreaterThanOrEqual(3);
  expect(small).toMatchObject({
    late: true,
    words: 'Mon 5 Jan 2026: 40 reports accepted, 3 reports failed, 2 reports accepted after the due day',
  });
});

test('today.html draws the nights with their words, and nothing while there are none', () => {
  const html = todayPage({ ...emptyDay, nights });
  expect(html).toContain(`aria-label="${stripInWords(nights, 'en')}"`);
  expect(html).toContain('Mon 5 Jan 2026: 40 reports accepted');
  expect(html.match(/<rect class="late" x="\d+" y="2"/g)).toHaveLength(1);
  expect(todayPage({ ...emptyDay, nights: [night('2026-01-05')] })).not.toContain('id="nights"');
});
