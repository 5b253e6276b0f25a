import { UsageError } from '../lib/problem.ts';
import { visible } from '../lib/shown-name.ts';
import { BlockCutter } from '../reading/block-cutter.ts';
import { createDecoder, type Encoding } from '../reading/encoding.ts';
import { parseBlock } from '../reading/parse-block.ts';
import { RefusedExport, type Row } from '../reading/rows.ts';
import { guessDelimiter } from './guess-delimiter.ts';
import { type Guess, guessEncoding } from './guess-encoding.ts';

/** A sample export as it was read: the header's names, rows of the same width, and what is odd about the file. */
export type Sample = {
  encoding: Guess<Encoding>;
  delimiter: Guess<string>;
  names: string[];
  rows: Row[];
  /** False when only the beginning of the file was looked at. */
  whole: boolean;
  finalNewline: boolean;
  /** The last row when it has another width than the header, as a line of sums at the end has. */
  trailer: Row | undefined;
  /** Lines of other rows whose width is not that of the header. */
  torn: number[];
};

/** Where a look at a sample ends. */
export const sampleLimits = { bytes: 8 * 1024 * 1024, rows: 20_000 };

/**
 * Reads a sample export whose form nobody has told.
 * @param bytes the file, or its beginning when `whole` is false
 * @throws UsageError when it is no CSV with a header that could ever be read
 */
export function readSample(bytes: Uint8Array, whole: boolean, mostRows: number): Sample {
  if (bytes.length === 0) throw unreadable('the file is empty', 'give an export with a header and a few rows');
  const encoding = guessEncoding(bytes, whole);
  if (!encoding)
    throw unreadable(
      'the file is no text that can be read',
      'give a CSV in UTF-8, windows-1252, ISO 8859-1 or -15, or UTF-16 little endian',
    );
  const decoder = createDecoder(encoding.value);
  const text = decoder.decode(bytes) + (whole ? decoder.end() : '');
  const cutter = new BlockCutter();
  const records = cutter.push(text);
  const rest = whole ? cutter.rest() : '';
  const all = records + rest;
  const delimiter = guessDelimiter(beginning(all));
  if (!delimiter)
    throw unreadable(
      'no delimiter is to be seen: neither ";", tab, "," nor "|" parts the first line',
      'give a CSV whose first line holds the names of two columns or more; quotes must be closed',
    );
  const [header, ...others] = parse(all, delimiter.value);
  const names = (header?.cells ?? []).map((cell) => cell.trim());
  tellHeader(names, others);
  const width = names.length;
  const odd = others.filter(({ cells }) => cells.length !== width);
  const trailer = whole ? trailerOf(others, width) : undefined;
  const rows = others.filter((row) => row.cells.length === width && row !== trailer);
  return {
    encoding,
    delimiter,
    names,
    rows: rows.slice(0, mostRows),
    whole: whole && rows.length <= mostRows,
    finalNewline: rest === '',
    trailer,
    torn: odd.filter((row) => row !== trailer).map(({ line }) => line),
  };
}

/** The last row when it is none of the table: of another width, or one that says by its first cell what it is. */
function trailerOf(rows: readonly Row[], width: number): Row | undefined {
  const last = rows.at(-1);
  if (!last || rows.length < 2) return undefined;
  const word = /^(#|\*|loppu|yhteens|summa|total|trailer|footer|eof\b|end\b|slut)/i;
  return last.cells.length !== width || word.test(last.cells[0] ?? '') ? last : undefined;
}

/** The first records: enough to see how they are parted. */
function beginning(text: string): string {
  let end = 0;
  for (let lines = 0; lines < 500; lines++) {
    const next = text.indexOf('\n', end);
    if (next < 0) return text;
    end = next + 1;
  }
  return new BlockCutter().push(text.slice(0, end)) || text;
}

function parse(text: string, delimiter: string): Row[] {
  try {
    return parseBlock(text, delimiter, 1).rows;
  } catch (error) {
    if (!(error instanceof RefusedExport)) throw error;
    const { line, expected } = error.refusal;
    throw unreadable(`line ${line} cannot be read`, `expected ${expected}`);
  }
}

function tellHeader(names: readonly string[], rows: readonly Row[]): void {
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  // An identity code in the first line would be shown: a cell is named only when it looks like a name.
  if (names.some((name) => /^[-+]?[\d.,/ :-]*\d[\d.,/ :-]*$/.test(name) || /\d{6}[-+A-FU-Y]\d{3}/.test(name)))
    throw unreadable(
      'the first line holds data, not the names of columns',
      'let the core system write a header: luottoputki reads columns by their names',
    );
  if (twice !== undefined)
    throw unreadable(
      twice === '' ? 'more than one column has no name' : `two columns are named ${visible(twice).slice(0, 60)}`,
      'let the core system give each column a name of its own: such an export would be refused',
    );
  if (rows.length === 0)
    throw unreadable('the file has a header and no rows', 'give an export with at least a few rows');
}

const unreadable = (message: string, hint: string) => new UsageError(`nothing can be guessed: ${message}`, { hint });
