import { isDay } from '../../lib/calendar.ts';
import { didYouMean } from '../../lib/suggest.ts';
import { parseBlock } from '../../reading/parse-block.ts';
import { RefusedExport, type Row } from '../../reading/rows.ts';
import { trim } from '../compile/scope.ts';
import type { CodeFile } from '../mapping.ts';

/** A code of a list with the days it is valid on, both inclusive; open where a day is left out. */
export type DatedCode = { code: string; value: string; from?: string; to?: string; line: number };

/** A code list that was read from a file. */
export type CodeList = { file: string; codes: readonly DatedCode[] };

type Fault = { line: number; code: string; message: string };

/** Problems told of one file; where a column was mistaken for another, thousands would say the same. */
const mostFaults = 20;

/** Reads a code list from the text of a CSV with a header; the delimiter is that of the header. */
export function readCodeList(text: string, spec: CodeFile): { codes: DatedCode[]; faults: Fault[] } {
  const faults: Fault[] = [];
  const tell = (line: number, code: string, message: string) => {
    if (faults.length < mostFaults) faults.push({ line, code, message });
  };
  const [header, ...rows] = rowsOf(text.replace(/^\uFEFF/, ''), tell);
  if (!header) {
    if (faults.length === 0) tell(1, 'LIST_COLUMN', 'the file is empty: expected a header and rows');
    return { codes: [], faults };
  }
  const at = columnsOf(header, spec, tell);
  if (!at) return { codes: [], faults };
  const codes: DatedCode[] = [];
  for (const row of rows) {
    if (row.cells.every((cell) => trim(cell) === '')) continue;
    if (row.cells.length !== header.cells.length) {
      const expected = `expected ${header.cells.length} cells, as in the header; the row has ${row.cells.length}`;
      tell(row.line, 'LIST_ROW', expected);
      continue;
    }
    const cell = (column: number | undefined) => (column === undefined ? '' : trim(row.cells[column] ?? ''));
    const read = readRow(row.line, cell(at.key), cell(at.value), cell(at.from), cell(at.to), tell);
    if (read) codes.push(read);
  }
  tellOverlaps(codes, tell);
  return { codes, faults };
}

type TellFault = (line: number, code: string, message: string) => void;

function rowsOf(text: string, tell: TellFault): Row[] {
  const [first = ''] = text.split('\n', 1);
  try {
    return parseBlock(text, first.includes(';') ? ';' : ',', 1).rows;
  } catch (error) {
    if (!(error instanceof RefusedExport)) throw error;
    tell(error.refusal.line, 'LIST_ROW', `the row cannot be read: expected ${error.refusal.expected}`);
    return [];
  }
}

type Columns = { key: number; value: number; from?: number; to?: number };

function columnsOf(header: Row, spec: CodeFile, tell: TellFault): Columns | undefined {
  const names = header.cells.map(trim);
  const found: Partial<Columns> = {};
  for (const use of ['key', 'value', 'from', 'to'] as const) {
    const name = spec[use];
    if (name === undefined) continue;
    const at = names.indexOf(name);
    if (at < 0)
      tell(1, 'LIST_COLUMN', `no column ${name}${didYouMean(name, names) || `; the columns are ${names.join(', ')}`}`);
    else if (names.lastIndexOf(name) !== at) tell(1, 'LIST_COLUMN', `two columns are named ${name}`);
    else found[use] = at;
  }
  const { key, value, ...days } = found;
  const whole = (['from', 'to'] as const).every((use) => spec[use] === undefined || found[use] !== undefined);
  return key === undefined || value === undefined || !whole ? undefined : { key, value, ...days };
}

function readRow(
  line: number,
  code: string,
  value: string,
  from: string,
  to: string,
  tell: TellFault,
): DatedCode | undefined {
  if (code === '' || value === '') {
    tell(line, 'LIST_ROW', `expected a ${code === '' ? 'code' : 'value'}; the cell is empty`);
    return undefined;
  }
  const wrong = [from, to].find((day) => day !== '' && !isWrittenDay(day));
  if (wrong !== undefined) {
    tell(line, 'LIST_DAY', `"${wrong}" is no day: expected yyyy-MM-dd, such as 2026-01-31`);
    return undefined;
  }
  if (from !== '' && to !== '' && from > to) {
    tell(line, 'LIST_DAY', `code ${code} ends on ${to}, before it begins on ${from}`);
    return undefined;
  }
  return { code, value, ...(from === '' ? {} : { from }), ...(to === '' ? {} : { to }), line };
}

function isWrittenDay(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  return isDay(Number(year), Number(month), Number(day));
}

/** On one day a code may mean one thing only. */
function tellOverlaps(codes: readonly DatedCode[], tell: TellFault): void {
  const before = new Map<string, DatedCode>();
  for (const code of codes.toSorted((a, b) => (a.from ?? '').localeCompare(b.from ?? '') || a.line - b.line)) {
    const earlier = before.get(code.code);
    if (earlier && (earlier.to === undefined || code.from === undefined || code.from <= earlier.to)) {
      const [first, second] = earlier.line < code.line ? [earlier, code] : [code, earlier];
      tell(
        second.line,
        'LIST_OVERLAP',
        `code ${code.code} is valid ${sayDays(second)}, but on line ${first.line} already ${sayDays(first)}`,
      );
    }
    const ends = earlier && (earlier.to === undefined || (code.to !== undefined && earlier.to > code.to));
    before.set(code.code, ends ? earlier : code);
  }
}

/** `from 2024-01-01 to 2026-12-31`. */
export function sayDays({ from, to }: Pick<DatedCode, 'from' | 'to'>): string {
  if (from === undefined && to === undefined) return 'always';
  return [from === undefined ? '' : `from ${from}`, to === undefined ? '' : `to ${to}`].filter(Boolean).join(' ');
}
