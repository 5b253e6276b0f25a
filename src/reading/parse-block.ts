import { CsvError, parse } from 'csv-parse/sync';
import { RefusedExport, type Row } from './rows.ts';

const longestRecord = 64 * 1024;

/**
 * Parses a block of whole records with csv-parse, on plain arrays: no casting, no skipping, no relaxed quotes.
 * @param firstLine line of the file on which the block starts
 * @returns the rows and the line after the block
 * @throws RefusedExport on a quote that is not closed or stands where none may
 */
export function parseBlock(text: string, delimiter: string, firstLine: number): { rows: Row[]; nextLine: number } {
  let records: string[][];
  try {
    records = parse(text, {
      delimiter,
      record_delimiter: ['\r\n', '\n'],
      relax_column_count: true,
      max_record_size: longestRecord,
    });
  } catch (error) {
    throw refusal(error, firstLine);
  }
  const oneLineEach = countLineEnds(text) === records.length;
  const rows: Row[] = new Array(records.length);
  let line = firstLine;
  for (let i = 0; i < records.length; i++) {
    const cells = records[i] as string[];
    const lastLine = oneLineEach ? line : line + lineEndsInside(cells);
    rows[i] = { line, lastLine, cells };
    line = lastLine + 1;
  }
  return { rows, nextLine: line };
}

/** csv-parse puts the cell itself into its message: only the code and the place are kept. */
function refusal(error: unknown, firstLine: number): unknown {
  if (!(error instanceof CsvError)) return error;
  const { code, lines, records } = error as CsvError & { lines: number; records: number };
  const line = firstLine + lines - 1;
  if (code === 'CSV_QUOTE_NOT_CLOSED')
    return new RefusedExport({
      code: 'QUOTE_NOT_CLOSED',
      line: firstLine + records,
      column: null,
      expected: 'a closing quote',
    });
  if (code === 'INVALID_OPENING_QUOTE' || code === 'CSV_INVALID_CLOSING_QUOTE')
    return new RefusedExport({
      code: 'QUOTE_STRAY',
      line,
      column: null,
      expected: 'quotes around a whole cell, doubled inside it',
    });
  return new RefusedExport({
    code: 'RECORD_TOO_LONG',
    line: firstLine + records,
    column: null,
    expected: `at most ${longestRecord} bytes a record`,
  });
}

function countLineEnds(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

function lineEndsInside(cells: readonly string[]): number {
  let count = 0;
  for (const cell of cells) if (cell.includes('\n')) count += countLineEnds(cell);
  return count;
}
