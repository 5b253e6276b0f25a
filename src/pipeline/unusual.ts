import { type Api, reportNoun } from '../contract/apis.ts';
import type { Mapping } from '../mapping/mapping.ts';

/** Something about a whole export that a person should look at before it goes, with what was found and what is usual. */
export type Unusual = {
  code: 'ROWS_UNUSUAL' | 'TOO_MANY_REPORTS' | 'TOO_MANY_GONE';
  value: string;
  expected: string;
  message: string;
};

/** How many exports before it an export is held against. */
export const lookBack = 10;
const enough = 3;

/**
 * What makes an export so unusual that it awaits approval; nothing for most. Pure.
 * @param recent rows of the last exports of the mapping; null for a correction, whose size says nothing
 */
export function unusual(
  limits: Mapping['approveWhen'],
  api: Api,
  found: { rows: number; reports: number },
  recent: readonly number[] | null,
): Unusual[] {
  const { rowsOffMedian, reportsOver } = limits ?? {};
  return [
    ...(rowsOffMedian !== undefined && recent !== null ? oddRows(rowsOffMedian, found.rows, recent) : []),
    ...(reportsOver !== undefined ? tooMany(reportsOver, found.reports, reportNoun[api]) : []),
  ];
}

function oddRows(share: string, rows: number, recent: readonly number[]): Unusual[] {
  if (recent.length < enough) return [];
  const median = medianOf(recent);
  const off = (Number(share.slice(0, -1)) / 100) * median;
  if (Math.abs(rows - median) <= off) return [];
  const [least, most] = [Math.max(0, Math.ceil(median - off)), Math.floor(median + off)];
  const usual = least > most ? `about ${median}` : least === most ? `${least}` : `${least} to ${most}`;
  return [
    {
      code: 'ROWS_UNUSUAL',
      value: String(rows),
      expected: `${usual} rows: at most ${share} off the median of the last ${recent.length} exports (approveWhen.rowsOffMedian)`,
      message: `It has ${rows} ${rows === 1 ? 'row' : 'rows'}; the median of the last ${recent.length} exports of its mapping is ${median}, and ${usual} may go without approval.`,
    },
  ];
}

function tooMany(most: number, reports: number, noun: string): Unusual[] {
  if (reports <= most) return [];
  return [
    {
      code: 'TOO_MANY_REPORTS',
      value: String(reports),
      expected: `at most ${most} reports (approveWhen.reportsOver)`,
      message: `It makes ${reports} reports (${noun}s); more than ${most} need approval.`,
    },
  ];
}

/** Loans that may be gone without approval, however few there are: the share of a handful says nothing. */
const mostGone = 3;

/**
 * More loans gone from an export than usual: it may have shrunk, rather than the loans. Pure.
 * @param share of the loans reported before that may be gone
 */
export function tooManyGone(share: string, { gone, before }: { gone: number; before: number }): Unusual[] {
  const most = Math.max(mostGone, Math.floor((Number(share.slice(0, -1)) / 100) * before));
  if (gone <= most) return [];
  return [
    {
      code: 'TOO_MANY_GONE',
      value: String(gone),
      expected: `at most ${most} of ${before} loans gone (whenGone.goneAtMost ${share})`,
      message: `${gone} of the ${before} loans reported before are gone from it; more than ${most} need approval.`,
    },
  ];
}

function medianOf(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const [low = 0, high = 0] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return (low + high) / 2;
}
