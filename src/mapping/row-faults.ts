import { maskCell } from '../lib/mask.ts';
import type { Row } from '../reading/rows.ts';
import type { Finding } from './finding.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff\ufffd]/;
const loneReturn = /\r(?!\n)/;

/** True when some row of the block may have a fault that `rowFaults` finds; looked at once for a whole block. */
export function blockIsSuspect(text: string, rows: readonly Row[]): boolean {
  if (control.test(text) || loneReturn.test(text)) return true;
  const first = rows[0];
  const last = rows.at(-1);
  return first !== undefined && last !== undefined && last.lastLine - first.line + 1 !== rows.length;
}

/** Faults of single cells that parse, but cannot be meant: control characters, and quotes that swallowed other rows. */
export function rowFaults(
  row: Row,
  names: readonly string[],
  personal: ReadonlySet<string>,
  delimiter: string,
): Finding[] {
  return row.cells.flatMap((text, at) => {
    const found = fault(text, delimiter, names.length);
    if (!found) return [];
    const column = names[at] ?? null;
    const value = maskCell(text.replace(/[^\P{Cc}]/gu, '·'), column === null || personal.has(column));
    return [
      {
        ...found,
        severity: 'error' as const,
        stage: 'read' as const,
        line: row.line,
        lastLine: row.lastLine,
        column,
        value,
        message: null,
      },
    ];
  });
}

function fault(text: string, delimiter: string, columns: number): { code: string; expected: string } | undefined {
  if (control.test(text) || loneReturn.test(text))
    return { code: 'CONTROL_CHARACTER', expected: 'printable characters' };
  const lineEnds = count(text, '\n');
  // A stray quote that swallows rows and still leaves a row of the right width takes a whole row's delimiters with each line end.
  if (lineEnds > 0 && columns > 2 && count(text, delimiter) === lineEnds * (columns - 1))
    return {
      code: 'QUOTE_SWALLOWED_ROWS',
      expected: 'a cell that does not hold whole rows: a quote seems to be open that should not be',
    };
  return undefined;
}

const count = (text: string, part: string) => text.split(part).length - 1;
