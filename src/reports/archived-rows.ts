import { createReadStream } from 'node:fs';
import { BlockCutter } from '../reading/block-cutter.ts';
import { createDecoder } from '../reading/encoding.ts';
import { parseBlock } from '../reading/parse-block.ts';
import type { Dialect } from '../reading/read-export.ts';
import { RefusedExport, type Row } from '../reading/rows.ts';

/** A row as it stood in the export: its cells, and its text to the byte, line end included. */
export type ArchivedRow = { row: Row; raw: string };

/**
 * Looks up rows of an archived export by the line they start on. Lines must be asked for in ascending order: the file is
 * gone through once, and nothing but the rows asked for is parsed.
 */
export class ArchivedRows implements AsyncDisposable {
  readonly #blocks: AsyncGenerator<{ text: string; firstLine: number; lines: number }>;
  readonly #delimiter: string;
  #block: { text: string; firstLine: number; lines: number } | undefined;
  #at = { line: 0, offset: 0 };

  constructor(path: string, dialect: Dialect) {
    this.#blocks = blocks(path, dialect);
    this.#delimiter = dialect.delimiter;
  }

  /** The row that starts on a line; undefined when the file has no such line or could not be read so far. */
  async at(line: number): Promise<ArchivedRow | undefined> {
    try {
      return await this.#find(line);
    } catch (error) {
      // The very fault for which the export was refused: there is nothing to show of this line.
      if (error instanceof RefusedExport || error instanceof TypeError) return undefined;
      throw error;
    }
  }

  async #find(line: number): Promise<ArchivedRow | undefined> {
    while (!this.#block || line >= this.#block.firstLine + this.#block.lines) {
      const next = await this.#blocks.next();
      if (next.done) return undefined;
      this.#block = next.value;
      this.#at = { line: next.value.firstLine, offset: 0 };
    }
    const { text } = this.#block;
    let { line: current, offset } = this.#at;
    for (; current < line; current++) offset = text.indexOf('\n', offset) + 1;
    this.#at = { line, offset };
    const raw = recordAt(text, offset);
    const [row] = parseBlock(raw, this.#delimiter, line).rows;
    return row && { row, raw };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#blocks.return(undefined);
  }
}

/** The text of the record that starts at an offset: to the first line end outside quotes. */
function recordAt(text: string, offset: number): string {
  let quoted = false;
  for (let at = offset; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 34) quoted = !quoted;
    else if (code === 10 && !quoted) return text.slice(offset, at + 1);
  }
  return text.slice(offset);
}

async function* blocks(
  path: string,
  dialect: Dialect,
): AsyncGenerator<{ text: string; firstLine: number; lines: number }> {
  const decoder = createDecoder(dialect.encoding);
  const cutter = new BlockCutter();
  let firstLine = 1;
  for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>) {
    const text = cutter.push(decoder.decode(chunk));
    if (text === '') continue;
    const lines = countLines(text);
    yield { text, firstLine, lines };
    firstLine += lines;
  }
  const text = cutter.push(decoder.end()) + cutter.rest();
  if (text !== '') yield { text, firstLine, lines: countLines(text) + (text.endsWith('\n') ? 0 : 1) };
}

function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
