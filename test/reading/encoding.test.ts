import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { byteOrderMark, createDecoder, type Encoding, encode, encodings } from '../../src/reading/encoding.ts';

function decode(bytes: Uint8Array, encoding: Encoding): string {
  const decoder = createDecoder(encoding);
  return decoder.decode(bytes) + decoder.end();
}

const allBytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);

describe('encodings', () => {
  test.each(['windows-1252', 'iso-8859-1', 'iso-8859-15'] as const)(
    'all 256 bytes of %s come back as they were',
    (encoding) => {
      const text = decode(allBytes, encoding);
      expect(text).toHaveLength(256);
      expect(new Set(text).size).toBe(256);
      expect([...encode(text, encoding)]).toEqual([...allBytes]);
    },
  );

  test.each([
    ['windows-1252', 0x80, '€'],
    ['windows-1252', 0xe4, 'ä'],
    ['windows-1252', 0x96, '–'],
    ['iso-8859-1', 0x80, '\u0080'],
    ['iso-8859-1', 0xa4, '¤'],
    ['iso-8859-15', 0xa4, '€'],
    ['iso-8859-15', 0xa6, 'Š'],
  ] as const)('%s: byte %d is %s', (encoding, byte, character) => {
    expect(decode(Uint8Array.of(byte), encoding)).toBe(character);
    expect([...encode(character, encoding)]).toEqual([byte]);
  });

  test.each(['utf-8', 'utf-16le'] as const)('any text comes back from %s, however its bytes are cut', (encoding) => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 5 }), (text, size) => {
        const bytes = encode(text, encoding);
        const decoder = createDecoder(encoding);
        let read = '';
        for (let at = 0; at < bytes.length; at += size) read += decoder.decode(bytes.subarray(at, at + size));
        expect(read + decoder.end()).toBe(text);
      }),
    );
  });

  test('a character that an encoding does not have becomes a question mark', () => {
    for (const encoding of ['windows-1252', 'iso-8859-1', 'iso-8859-15'] as const)
      expect(encode('a☃b', encoding).toString('latin1')).toBe('a?b');
    expect(encode('€', 'iso-8859-1').toString('latin1')).toBe('?');
  });

  test('bytes that an encoding does not have are refused, also at the end', () => {
    expect(() => decode(Uint8Array.of(0x61, 0xe4, 0x61), 'utf-8')).toThrow(TypeError);
    expect(() => decode(Uint8Array.of(0xc3), 'utf-8')).toThrow(TypeError);
    expect(() => decode(Uint8Array.of(0x61), 'utf-16le')).toThrow(TypeError);
    expect(() => decode(Uint8Array.of(0x00, 0xd8, 0x61, 0x00), 'utf-16le')).toThrow(TypeError);
  });

  test('the mark of the declared encoding is taken off', () => {
    expect(decode(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61), 'utf-8')).toBe('a');
    expect(decode(Uint8Array.of(0xff, 0xfe, 0x61, 0x00), 'utf-16le')).toBe('a');
  });

  test('marks are known by their bytes', () => {
    expect(byteOrderMark(Uint8Array.of(0xef, 0xbb, 0xbf))).toBe('utf-8');
    expect(byteOrderMark(Uint8Array.of(0xff, 0xfe))).toBe('utf-16le');
    expect(byteOrderMark(Uint8Array.of(0xfe, 0xff))).toBe('utf-16be');
    expect(byteOrderMark(Uint8Array.of(0xef, 0xbb))).toBeUndefined();
    expect(byteOrderMark(new Uint8Array())).toBeUndefined();
    expect(encodings).toHaveLength(5);
  });
});
