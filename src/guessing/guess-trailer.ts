import { Fault } from '../mapping/compile/fault.ts';
import { formatConverter } from '../mapping/compile/formats.ts';
import { trim } from '../mapping/compile/scope.ts';
import type { Column } from './column-profile.ts';
import type { Look } from './look-at-columns.ts';

/** What the line that closes a file seems to hold: how it begins, and which of its cells, counted from 1, hold what. */
export type TrailerGuess = {
  startsWith: string;
  rowCount: number | undefined;
  sum: { cell: number; of: Column } | undefined;
};

/** Guesses what a last row that is no row of the table holds; undefined when it begins like a row. */
export function guessTrailer(look: Look): TrailerGuess | undefined {
  const { trailer, rows, whole } = look.sample;
  const startsWith = trailer?.cells[0] ?? '';
  if (!trailer || !whole || !/^[^\d\s"][^"]{0,19}$/.test(startsWith)) return undefined;
  if (rows.some(({ cells }) => cells[0]?.startsWith(startsWith))) return undefined;
  const cells = trailer.cells.map(trim);
  const count = cells.findIndex((cell, at) => at > 0 && /^\d+$/.test(cell) && Number(cell) === rows.length);
  return { startsWith, rowCount: count < 0 ? undefined : count + 1, sum: sumOf(look, cells) };
}

function sumOf(look: Look, cells: readonly string[]): TrailerGuess['sum'] {
  for (const of of look.columns) {
    if (!of.decimal?.hasMark) continue;
    const { convert } = formatConverter(of.decimal.format);
    const exact = (text: string) => {
      const value = convert(text);
      return value instanceof Fault ? undefined : BigInt(Math.round(Number(value) * 1_000_000));
    };
    const total = of.values.reduce((sum, value) => sum + (exact(value) ?? 0n), 0n);
    const at = cells.findIndex((cell, i) => i > 0 && total !== 0n && exact(cell) === total);
    if (at > 0) return { cell: at + 1, of };
  }
  return undefined;
}
