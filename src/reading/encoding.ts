/** The encodings a mapping may declare (design section 3.4). */
export const encodings = ['utf-8', 'windows-1252', 'iso-8859-1', 'iso-8859-15', 'utf-16le'] as const;
export type Encoding = (typeof encodings)[number];

/** Turns bytes into text chunk by chunk; throws a TypeError on bytes that the encoding does not have. */
export type Decoder = { decode(bytes: Uint8Array): string; end(): string };

/**
 * A streaming decoder that never guesses. A byte order mark of the declared encoding is stripped.
 * `iso-8859-1` is decoded as declared: the TextDecoder of that name would read windows-1252 instead.
 */
export function createDecoder(encoding: Encoding): Decoder {
  if (encoding === 'iso-8859-1')
    return {
      decode: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'),
      end: () => '',
    };
  const decoder = new TextDecoder(encoding, { fatal: true });
  return { decode: (bytes) => decoder.decode(bytes, { stream: true }), end: () => decoder.decode() };
}

/** Turns text back into the very bytes it was decoded from; a character the encoding does not have becomes `?`. */
export function encode(text: string, encoding: Encoding): Buffer {
  if (encoding === 'utf-8') return Buffer.from(text, 'utf8');
  if (encoding === 'utf-16le') return Buffer.from(text, 'utf16le');
  if (encoding === 'iso-8859-1')
    return Buffer.from(
      Array.from(text, (character) => character.codePointAt(0) ?? 0).map((code) => (code > 0xff ? 0x3f : code)),
    );
  const bytes = bytesOf(encoding);
  return Buffer.from(Array.from(text, (character) => bytes.get(character) ?? 0x3f));
}

const tables = new Map<Encoding, Map<string, number>>();

function bytesOf(encoding: Encoding): Map<string, number> {
  let table = tables.get(encoding);
  if (!table) {
    const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    table = new Map(
      Array.from(new TextDecoder(encoding, { fatal: true }).decode(all), (character, byte) => [character, byte]),
    );
    tables.set(encoding, table);
  }
  return table;
}

/** The byte order mark a file begins with, if any. */
export function byteOrderMark(start: Uint8Array): Encoding | 'utf-16be' | undefined {
  if (start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf) return 'utf-8';
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
  return undefined;
}
