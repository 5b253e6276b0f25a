import { byteOrderMark, type Encoding } from '../reading/encoding.ts';

/** A guess, and in a few words what it rests on. */
export type Guess<T> = { value: T; why: string };

/**
 * Guesses how the bytes of a file are to be read as text.
 * @param whole false when the bytes are only the beginning of a file, which may end within a character
 * @returns null when the bytes are no text that can be read
 */
export function guessEncoding(bytes: Uint8Array, whole: boolean): Guess<Encoding> | null {
  const mark = byteOrderMark(bytes);
  if (mark === 'utf-16be') return null;
  if (mark !== undefined) return decodes(bytes, mark, whole) ? { value: mark, why: 'byte order mark' } : null;
  const nuls = bytes.reduce((count, byte, at) => (byte === 0 && at % 2 === 1 ? count + 1 : count), 0);
  if (bytes.includes(0))
    return nuls > bytes.length / 5 && decodes(bytes, 'utf-16le', whole)
      ? { value: 'utf-16le', why: 'every second byte is 0' }
      : null;
  if (bytes.every((byte) => byte < 0x80)) return { value: 'utf-8', why: 'plain ASCII so far, which is UTF-8 too' };
  if (decodes(bytes, 'utf-8', whole)) return { value: 'utf-8', why: 'letters beyond ASCII are whole UTF-8' };
  if (bytes.some((byte) => byte >= 0x80 && byte <= 0x9f))
    return { value: 'windows-1252', why: 'not UTF-8, and it has bytes 80–9F, which the ISO encodings lack' };
  if (bytes.includes(0xa4))
    return { value: 'iso-8859-15', why: 'not UTF-8; byte A4 is € in iso-8859-15, and a sign hardly used elsewhere' };
  return { value: 'windows-1252', why: 'not UTF-8; å, ä and ö are the same in iso-8859-1' };
}

function decodes(bytes: Uint8Array, encoding: Encoding, whole: boolean): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: !whole });
    return true;
  } catch {
    return false;
  }
}
