import { CsvError, parse } from 'csv-parse/sync';
import { RefusedExport, type Row } from './rows.ts';

const longestRecord = 64 * 1024;

/**
 * Parses a block of whole records with csv-parse, on plain arrays: no casting, no skipping, no relaxed quotes. Stretches
 * without a quote need no CSV parser and are cut at their delimiters; a property test holds the two ways together.
 * @param firstLine line of the file on which the block starts
 * @returns the rows and the line after the block
 * @throws RefusedExport on a quote that is not closed or stands where none may
 */
export function parseBlock(text: string, delimiter: string, firstLine: number): { rows: Row[]; nextLine: number } {
  const rows: Row[] = [];
  let line = firstLine;
  let at = 0;
  while (at < text.length) {
    const quote = text.indexOf('"', at);
    // The record with the quote begins after the last line end before it.
    const plainEnd = quote < 0 ? text.length : text.lastIndexOf('\n', quote) + 1;
    if (plainEnd > at) {
      line = cutPlain(text, at, plainEnd, delimiter, line, rows);
      at = plainEnd;
    }
    if (quote < 0) break;
    const end = quotedEnd(text, quote);
    line = parseQuoted(text.slice(at, end), delimiter, line, rows);
    at = end;
  }
  return { rows, nextLine: line };
}

/** Where the record that holds the quote at `quote` ends: after the first line end outside quotes. */
function quotedEnd(text: string, quote: number): number {
  let inside = true;
  let at = quote + 1;
  for (;;) {
    const next = text.indexOf('"', at);
    if (!inside) {
      const lineEnd = text.indexOf('\n', at);
      if (lineEnd < 0) return text.length;
      if (next < 0 || lineEnd < next) return lineEnd + 1;
    }
    if (next < 0) return text.length;
    inside = !inside;
    at = next + 1;
  }
}

function cutPlain(text: string, from: number, to: number, delimiter: string, firstLine: number, rows: Row[]): number {
  let line = firstLine;
  for (let at = from; at < to; line++) {
    const found = text.indexOf('\n', at);
    const end = found < 0 || found >= to ? to : found;
    if (end - at > longestRecord) throw tooLong(line);
    const last = end > at && text.charCodeAt(end - 1) === 13 && end === found ? end - 1 : end;
    rows.push({ line, lastLine: line, cells: text.slice(at, last).split(delimiter) });
    at = end + 1;
  }
  return line;
}

function parseQuoted(text: string, delimiter: string, firstLine: number, rows: Row[]): number {
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
  let line = firstLine;
  for (const cells of records) {
    const lastLine = line + lineEndsInside(cells);
    rows.push({ line, lastLine, cells });
    line = lastLine + 1;
  }
  return line;
}

const tooLong = (line: number) =>
  new RefusedExport({
    code: 'RECORD_TOO_LONG',
    line,
    column: null,
    expected: `at most ${longestRecord} bytes a record`,
  });

/** csv-parse puts the cell itself into its message: only the code and the place are kept. */
function refusal(error: unknown, firstLine: number): unknown {
  if (!(error instanceof CsvError)) return error;
  const { code, records } = error as CsvError & { records: number };
  if (code === 'CSV_QUOTE_NOT_CLOSED') {
    const line = firstLine + records;
    return new RefusedExport({ code: 'QUOTE_NOT_CLOSED', line, column: null, expected: 'a closing quote' });
  }
  if (code === 'INVALID_OPENING_QUOTE' || code === 'CSV_INVALID_CLOSING_QUOTE') {
    const expected = 'quotes around a whole cell, doubled inside it';
    return new RefusedExport({ code: 'QUOTE_STRAY', line: firstLine + records, column: null, expected });
  }
  return tooLong(firstLine + records);
}

function lineEndsInside(cells: readonly string[]): number {
  let count = 0;
  for (const cell of cells) for (let at = cell.indexOf('\n'); at >= 0; at = cell.indexOf('\n', at + 1)) count++;
  return count;
}
