import { createHash } from 'node:crypto';
import { apiOrder, type BatchApi } from '../src/contract/apis.ts';
import { type Column, columns, rejectedOver } from './mappings.ts';
import { isPerson } from './persons.ts';

/** The cells of a row by column. A torn row loses its last cell. */
export type Cells = Record<Column, string>;
export type Row = { cells: Cells; torn?: boolean };

/** A report as the simulation expects it, reckoned apart from the pipeline. */
export type ExpectedReport = {
  api: BatchApi;
  reference: string;
  /** Null when its number cannot be read. */
  loan: string | null;
  lines: readonly number[];
  sound: boolean;
  amount: string;
  persons: readonly string[];
};

/** Where every row of an export belongs. */
export type Expected = {
  rows: number;
  skipped: number;
  torn: readonly number[];
  reports: readonly ExpectedReport[];
  /** Refused whole: nothing of it may be sent. */
  refused: boolean;
};

/** An export that was put into the inbox. */
export type Drop = {
  night: number;
  name: string;
  api: BatchApi;
  bytes: string;
  sha256: string;
  expected: Expected;
  /** The export whose rows it corrects. */
  corrects: Drop | null;
  /** How often the same bytes were dropped once more. */
  again: number;
};

/** The text of an export. */
export function textOf(rows: readonly Row[]): string {
  const lines = rows.map(({ cells, torn }) => {
    const row = columns.map((column) => cells[column]);
    return (torn ? row.slice(0, -1) : row).join(';');
  });
  return `${[columns.join(';'), ...lines].join('\n')}\n`;
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * What must become of rows, row by row.
 * @param lines the line each row stands on
 * @param leftOut lines that are corrections of what needs none any more
 */
export function expect(
  api: BatchApi,
  rows: readonly Row[],
  lines: readonly number[],
  leftOut: ReadonlySet<number>,
  isCorrection: boolean,
): Expected {
  const torn: number[] = [];
  let skipped = 0;
  const groups = new Map<string, { cells: Cells[]; lines: number[] }>();
  rows.forEach((row, at) => {
    const line = lines[at] ?? 0;
    if (row.torn) torn.push(line);
    else if (row.cells.KIND === 'Y' || leftOut.has(line)) skipped++;
    else {
      const key = api === 'AddLoans' ? row.cells.LOAN : String(line);
      const group = groups.get(key) ?? { cells: [], lines: [] };
      group.cells.push(row.cells);
      group.lines.push(line);
      groups.set(key, group);
    }
  });
  const reports = [...groups.values()].map((group) => reportOf(api, group.cells, group.lines));
  const bad = reports.filter(({ sound }) => !sound).length + torn.length;
  const share = (bad * 100) / Math.max(1, reports.length + torn.length);
  const refused = api === 'AddLoans' && !isCorrection && share > rejectedOver;
  return { rows: rows.length, skipped, torn, reports, refused };
}

function reportOf(api: BatchApi, group: readonly Cells[], lines: readonly number[]): ExpectedReport {
  const [first] = group;
  if (!first) throw new Error('a report has rows');
  const hasPersons = api === 'AddLoans' || api === 'UpdateLoans';
  const persons = hasPersons ? group.map(({ PERSON }) => PERSON) : [];
  const loan = /^\d{10}$/.test(first.LOAN) ? first.LOAN : null;
  const amount = api === 'TerminateLoans' ? '' : first.AMOUNT;
  const sound =
    loan !== null &&
    (api === 'TerminateLoans' || /^\d+\.\d\d$/.test(amount)) &&
    (hasPersons || /^\d{4}-(0[1-9]|1[0-2])-\d\d$/.test(first.DAY)) &&
    persons.every(isPerson) &&
    new Set(persons).size === persons.length;
  return { api, reference: first.REF, loan, lines, sound, amount, persons };
}

/** The order in which reports must take effect on one loan: by night, by the register's order of APIs, by row. */
export function inOrder(drops: readonly Drop[]): { drop: Drop; report: ExpectedReport }[] {
  const position = ({ night, api }: Drop) => night * 10 + apiOrder(api);
  return drops
    .toSorted((a, b) => position(a) - position(b) || (a.name < b.name ? -1 : 1))
    .flatMap((drop) => drop.expected.reports.map((report) => ({ drop, report })));
}
