import { expect, test } from 'vitest';
import { timeWindow } from '../../src/reconcile/time-window.ts';

const utc = (at: number | null) => (at === null ? null : new Date(at).toISOString());

test.each([
  ['a day of summer', '2026-05-20', '2026-05-19T21:00:00.000Z', '2026-05-20T21:00:00.000Z'],
  ['the day on which clocks are set back', '2026-10-25', '2026-10-24T21:00:00.000Z', '2026-10-25T22:00:00.000Z'],
  ['the day on which they are set forward', '2026-03-29', '2026-03-28T22:00:00.000Z', '2026-03-29T21:00:00.000Z'],
])('%s counts whole, from midnight to midnight in Finland', (_, day, since, until) => {
  const window = timeWindow({ since: day, until: day });
  expect([utc(window.since), utc(window.until)]).toEqual([since, until]);
});

test('a time is that time; none is no bound; what is no time is told', () => {
  expect(utc(timeWindow({ until: '2026-05-20T07:00' }).until)).toBe('2026-05-20T04:00:00.000Z');
  expect(timeWindow({})).toEqual({ since: null, until: null });
  for (const wrong of ['May', '2026-13-01', '2026-05-20T7:00'])
    expect(() => timeWindow({ since: wrong })).toThrow(wrong);
  expect(() => timeWindow({ since: '2026-05-20', until: '2026-05-19' })).toThrow('does not lie before');
});
