import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unusual } from '../../src/pipeline/unusual.ts';

const rows = (share: string, found: number, recent: number[] | null) =>
  unusual({ rowsOffMedian: share }, 'AddLoans', { rows: found, reports: 0 }, recent);

describe('rows off the median', () => {
  test.each([
    [[10, 10, 10], 15, false],
    [[10, 10, 10], 16, true],
    [[10, 10, 10], 5, false],
    [[10, 10, 10], 4, true],
    [[1, 2, 3, 100], 3, false],
    [[1, 2, 3, 100], 4, true],
    [[0, 0, 0], 0, false],
    [[0, 0, 0], 1, true],
    [[10, 10], 1000, false],
    [[], 1000, false],
  ])('of %j, %d with 50%% allowed', (recent, found, stops) => {
    expect(rows('50%', found, recent)).toHaveLength(stops ? 1 : 0);
  });

  test('are not looked for in a correction, nor when the mapping does not say so', () => {
    expect(rows('1%', 1000, null)).toEqual([]);
    expect(unusual(undefined, 'AddLoans', { rows: 1, reports: 1 }, [9, 9, 9])).toEqual([]);
    expect(unusual({}, 'AddLoans', { rows: 1, reports: 1 }, [9, 9, 9])).toEqual([]);
  });

  test('are told with what was found and what is usual', () => {
    expect(rows('12.5%', 9, [1, 3, 4, 5])).toEqual([
      {
        code: 'ROWS_UNUSUAL',
        value: '9',
        expected: 'about 3.5 rows: at most 12.5% off the median of the last 4 exports (approveWhen.rowsOffMedian)',
        message: expect.stringMatching(/^It has 9 rows; the median of the last 4 exports .* is 3\.5, /),
      },
    ]);
  });

  test('any number in the told range may go, any other may not', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(50), { minLength: 3, maxLength: 10 }),
        fc.integer({ min: 0, max: 200 }),
        fc.nat(120),
        (recent, share, found) => {
          const [odd] = rows(`${share}%`, found, recent);
          if (!odd) return;
          const [, least = 'NaN', most = least] = /^(\d+)(?: to (\d+))? rows/.exec(odd.expected) ?? [];
          if (odd.expected.startsWith('about')) return;
          expect(found < Number(least) || found > Number(most)).toBe(true);
        },
      ),
    );
  });
});

test('more reports than the limit stop, as many do not; both reasons are told', () => {
  const limits = { rowsOffMedian: '10%', reportsOver: 2 };
  expect(unusual(limits, 'TerminateLoans', { rows: 2, reports: 2 }, [2, 2, 2])).toEqual([]);
  const both = unusual(limits, 'TerminateLoans', { rows: 3, reports: 3 }, [2, 2, 2]);
  expect(both.map(({ code }) => code)).toEqual(['ROWS_UNUSUAL', 'TOO_MANY_REPORTS']);
  expect(both[1]?.message).toBe('It makes 3 reports (endings); more than 2 need approval.');
});
