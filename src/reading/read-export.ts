import { BlockCutter } from './block-cutter.ts';
import { byteOrderMark, createDecoder, type Encoding } from './encoding.ts';
import { parseBlock } from './parse-block.ts';
import { RefusedExport, type Row } from './rows.ts';

/** How an export is written: the part of a mapping that reading needs. */
export type Dialect = { encoding: Encoding; delimiter: string };

/** A block of rows in file order. `text` is what they were read from. */
export type RowBlock = { rows: Row[]; text: string };

const longestHold = 1024 * 1024;

/**
 * Reads an export from its bytes, block by block; memory does not grow with the file. The first row is the header.
 * @param chunks the file's bytes in order
 * @throws RefusedExport when bytes, quotes or the end of the file are not as the mapping says
 */
export async function* readExport(chunks: AsyncIterable<Uint8Array>, dialect: Dialect): AsyncGenerator<RowBlock> {
  const decoder = createDecoder(dialect.encoding);
  const cutter = new BlockCutter();
  let line = 1;
  let empty = true;
  let blank = true;
  let tail: Uint8Array = new Uint8Array();
  for await (const chunk of chunks) {
    if (empty && chunk.length > 0) refuseForeignMark(chunk, dialect.encoding);
    empty &&= chunk.length === 0;
    const text = cutter.push(decodeAt(decoder.decode, chunk, tail, dialect, line));
    tail = Buffer.concat([tail, chunk]).subarray(-3);
    blank &&= text === '' && cutter.held === 0;
    if (cutter.held > longestHold) parseBlock(cutter.rest(), dialect.delimiter, line);
    if (text === '') continue;
    const { rows, nextLine } = parseBlock(text, dialect.delimiter, line);
    line = nextLine;
    yield { rows, text };
  }
  if (empty || blank)
    throw new RefusedExport({ code: 'FILE_EMPTY', line: 1, column: null, expected: 'at least a header row' });
  const last = cutter.push(decodeAt(() => decoder.end(), new Uint8Array(), tail, dialect, line)) + cutter.rest();
  if (last === '') return;
  const { rows } = parseBlock(last, dialect.delimiter, line); // an unclosed quote is told before a missing line end
  const at = rows.at(-1)?.line ?? line;
  throw new RefusedExport({
    code: 'FINAL_NEWLINE_MISSING',
    line: at,
    column: null,
    expected: 'a line end after the last row',
  });
}

function decodeAt(
  decode: (bytes: Uint8Array) => string,
  chunk: Uint8Array,
  tail: Uint8Array,
  dialect: Dialect,
  line: number,
): string {
  try {
    return decode(chunk);
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    const at = line + linesBeforeFault(withBegun(tail, chunk), dialect.encoding);
    throw new RefusedExport(
      { code: 'ENCODING', line: at, column: null, expected: `bytes of ${dialect.encoding}` },
      { cause },
    );
  }
}

/** The chunk with the bytes before it that may be the beginning of its first character, of the same line. */
function withBegun(tail: Uint8Array, chunk: Uint8Array): Uint8Array {
  const line = tail.subarray(tail.lastIndexOf(10) + 1);
  const start = line.findIndex((byte) => byte < 0x80 || byte >= 0xc0);
  return Buffer.concat([start < 0 ? line.subarray(line.length) : line.subarray(start), chunk]);
}

/** Lines of the chunk that decode, counted one by one; run once, when decoding has failed. */
function linesBeforeFault(chunk: Uint8Array, encoding: Encoding): number {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let lines = 0;
  let from = 0;
  for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) {
    try {
      decoder.decode(chunk.subarray(from, at + 1), { stream: true });
    } catch {
      return lines;
    }
    from = at + 1;
    lines++;
  }
  return lines;
}

function refuseForeignMark(start: Uint8Array, encoding: Encoding): void {
  const mark = byteOrderMark(start);
  if (mark === undefined || mark === encoding) return;
  throw new RefusedExport({
    code: 'BYTE_ORDER_MARK',
    line: 1,
    column: null,
    expected: `${encoding}, as the mapping says; the file begins with the mark of ${mark}`,
  });
}
