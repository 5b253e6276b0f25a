import { type Encoding, encode } from '../../src/reading/encoding.ts';
import { readExport } from '../../src/reading/read-export.ts';
import { RefusedExport, type Row } from '../../src/reading/rows.ts';

/** Bytes in chunks of the given sizes, again and again; in one piece when there are none. */
export async function* inChunks(bytes: Uint8Array, sizes: readonly number[] = []): AsyncGenerator<Uint8Array> {
  if (sizes.length === 0) yield bytes;
  else
    for (let at = 0, i = 0; at < bytes.length; i++) {
      const size = sizes[i % sizes.length] ?? 1;
      yield bytes.subarray(at, at + size);
      at += size;
    }
}

/** Reads an export: its rows, or why it is refused. */
export async function readBytes(
  bytes: Uint8Array,
  {
    encoding = 'utf-8',
    delimiter = ';',
    sizes = [],
  }: { encoding?: Encoding; delimiter?: string; sizes?: readonly number[] } = {},
): Promise<{ rows: Row[] } | { refused: string; line: number }> {
  try {
    const blocks = await Array.fromAsync(readExport(inChunks(bytes, sizes), { encoding, delimiter }));
    return { rows: blocks.flatMap(({ rows }) => rows) };
  } catch (error) {
    if (!(error instanceof RefusedExport)) throw error;
    return { refused: error.refusal.code, line: error.refusal.line };
  }
}

export const readText = (text: string, options: Parameters<typeof readBytes>[1] = {}) =>
  readBytes(encode(text, options.encoding ?? 'utf-8'), options);
