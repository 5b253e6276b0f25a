import { trim } from '../mapping/compile/scope.ts';
import { type Column, emptyWordsOf, profileColumn } from './column-profile.ts';
import { markOf, unsigned } from './guess-decimals.ts';
import { membersOf, type NumberedColumns, numberedColumns } from './numbered-columns.ts';
import type { Sample } from './read-sample.ts';

type Cells = { cells: readonly string[] };

/** What is known of a sample before any field is thought of. */
export type Look = {
  sample: Sample;
  /** The words for nothing, besides an empty cell. */
  emptyWords: string[];
  /** Every column by itself. */
  columns: Column[];
  /** The same, but columns that differ by a number only stand as one, with the pattern as its name. */
  joined: Column[];
  numbered: ReadonlyMap<Column, NumberedColumns>;
  /** The text of a cell, '' when it is empty. */
  cell(row: Cells, column: Column): string;
};

/** Looks at every column of a sample. */
export function lookAtColumns(sample: Sample): Look {
  const { names, rows } = sample;
  const emptyWords = emptyWordsOf(rows, names.length);
  const empty = new Set(emptyWords);
  const numbers = rows
    .slice(0, 500)
    .flatMap(({ cells }) => cells.map(trim).flatMap(unsigned))
    .filter((text) => !/^\d{1,2}\.\d{1,2}\.\d{4}$/.test(text));
  const mark = markOf(numbers);
  // A column without a name, as a delimiter at the end of every row makes one, cannot be read.
  const columns = names.flatMap((name, at) => (name === '' ? [] : profileColumn(name, at, rows, empty, mark)));
  const numbered = new Map<Column, NumberedColumns>();
  const grouped = new Set<string>();
  for (const group of numberedColumns(names)) {
    const members = membersOf(group).map((name) => names.indexOf(name));
    const stacked = rows.flatMap(({ cells }) => members.map((at) => ({ cells: [cells[at] ?? ''] })));
    const profile = profileColumn(group.pattern, 0, stacked, empty, mark);
    numbered.set({ ...profile, at: members[0] ?? 0 }, group);
    for (const name of membersOf(group)) grouped.add(name);
  }
  return {
    sample,
    emptyWords,
    columns,
    joined: [...columns.filter(({ name }) => !grouped.has(name)), ...numbered.keys()],
    numbered,
    cell(row, column) {
      const text = trim(row.cells[column.at] ?? '');
      return empty.has(text) ? '' : text;
    },
  };
}
