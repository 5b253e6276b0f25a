import { maskCell } from '../lib/mask.ts';
import type { Finding } from '../mapping/finding.ts';
import type { Row } from '../reading/rows.ts';
import { readFixToken } from '../reports/to-fix-csv.ts';
import { damageTo } from './spreadsheet-damage.ts';

/** What is known of the rows that a correction corrects. */
export type Corrected = {
  /** The key of our tokens. */
  key: string;
  /** The export that is corrected. */
  sha256: string;
  /** Lines of it that need no correction any more. */
  done: ReadonlySet<number>;
  /** Its failed rows as they were handed out, by their line; none when the archive does not have them any more. */
  rows: ReadonlyMap<number, HandedOut>;
};

/** A row of `to-fix.csv`: its cells by column, and the columns that its findings name. */
export type HandedOut = { cells: ReadonlyMap<string, string>; broken: ReadonlySet<string> };

/** Tells the rows of a correction by their tokens; of any other export, nothing. */
export type Correction = {
  /** The line of the corrected export a row stands for. */
  lineOf(row: Row): number | null;
  /** Rows whose report was accepted meanwhile, or corrected before, do not go again; nor do copies of a row, or empty ones. */
  leaveOut(row: Row, names: readonly string[]): string | undefined;
  /** What a spreadsheet program did to cells that nobody meant to change. */
  faultsOf(row: Row, names: readonly string[]): Finding[];
};

/** An export that corrects nothing. */
export const noCorrection: Correction = { lineOf: () => null, leaveOut: () => undefined, faultsOf: () => [] };

/** Opens the correction of an export, to be asked row by row. */
export function openCorrection({ key, sha256, done, rows }: Corrected, personal: readonly string[]): Correction {
  const seen = new Map<number, number>();
  let at = -1;
  const lineOf = (row: Row) => {
    const token = at < 0 ? undefined : readFixToken(row.cells[at] ?? '', key);
    return token?.ours && sha256.startsWith(token.sha16) ? token.line : null;
  };
  return {
    lineOf,
    leaveOut(row, names) {
      if (at < 0) at = names.indexOf('__fix_token');
      if (row.cells.every((cell) => cell.trim() === '')) return 'EMPTY-ROW';
      const line = lineOf(row);
      if (line === null) return undefined;
      if (done.has(line)) return 'ALREADY-CORRECTED';
      const first = seen.get(line) ?? row.line;
      seen.set(line, first);
      return first === row.line ? undefined : 'COPIED-ROW';
    },
    faultsOf(row, names) {
      if (at < 0) at = names.indexOf('__fix_token');
      const line = lineOf(row);
      const handedOut = line === null || done.has(line) ? undefined : rows.get(line);
      if (!handedOut) return [];
      return row.cells.flatMap((cell, i) => compared(cell, names[i] ?? '', row, handedOut, personal));
    },
  };
}

/** A column that its findings name was to be changed; every other one should come back as it went out. */
function compared(
  cell: string,
  column: string,
  row: Row,
  { cells, broken }: HandedOut,
  personal: readonly string[],
): Finding[] {
  const before = cells.get(column);
  const damage = before === undefined || broken.has(column) ? undefined : damageTo(before, cell);
  if (before === undefined || damage === undefined) return [];
  const changed = damage === 'changed';
  // A finding of the register may name no column: then whatever was changed may be what was meant.
  if (changed && broken.size === 0) return [];
  const hidden = personal.includes(column);
  return [
    {
      code: changed ? 'CORRECTION_CHANGED_MORE' : damage,
      severity: changed ? 'warning' : 'error',
      stage: 'read',
      line: row.line,
      lastLine: row.lastLine,
      column,
      value: maskCell(cell, hidden),
      expected: `${maskCell(before, hidden)}, as it was handed out: no finding names this column`,
      message: null,
    },
  ];
}
