import { didYouMean } from '../lib/suggest.ts';
import { RefusedExport } from './rows.ts';

/** The columns of one export: name → position. */
export type Header = { names: string[]; index: ReadonlyMap<string, number> };

/** What a mapping says of the columns. */
export type ColumnRules = {
  needed: readonly string[];
  known: readonly string[];
  unknown: 'warn' | 'ignore' | 'refuseFile';
};

/**
 * Reads the header row: names are trimmed, every needed column must be there exactly once.
 * @returns the header, and the names no rule mentions
 * @throws RefusedExport on a missing, doubled or nameless column
 */
export function readHeader(cells: readonly string[], rules: ColumnRules): { header: Header; unknown: string[] } {
  const names = cells.map((cell) => cell.trim());
  const index = new Map<string, number>();
  const refuse = (code: string, column: string, expected: string): never => {
    throw new RefusedExport({ code, line: 1, column, expected });
  };
  names.forEach((name, at) => {
    if (index.has(name)) refuse('COLUMN_TWICE', name, 'each column name once');
    index.set(name, at);
  });
  for (const name of rules.needed)
    if (!index.has(name)) refuse('COLUMN_MISSING', name, `a column named ${name}${didYouMean(name, names)}`);
  const known = new Set([...rules.needed, ...rules.known]);
  const unknown = names.filter((name) => !known.has(name));
  const first = unknown[0];
  if (rules.unknown === 'refuseFile' && first !== undefined)
    refuse('COLUMN_UNKNOWN', first, 'only columns the mapping names');
  return { header: { names, index }, unknown };
}
