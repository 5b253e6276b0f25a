import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shownName, visible } from '../../src/lib/shown-name.ts';

const latin1 = (text: string) => Buffer.from(text, 'latin1');

describe('the shown name of a file', () => {
  test.each([
    ['MÄRZ 1.csv', Buffer.from('MÄRZ 1.csv')],
    ['M\\xC4RZ.csv', latin1('M\xc4RZ.csv')],
    ['\\xE4\\xE4\\xE4', latin1('äää')],
    ['a\\nb\\r\\t.csv', Buffer.from('a\nb\r\t.csv')],
    ['\\u001B[2Ja', Buffer.from('\u001b[2Ja')],
    ['a\\u202Evsc.exe', Buffer.from('a\u202evsc.exe')],
    ['\\uFEFFa\\u200B\\u2028', Buffer.from('\uFEFFa\u200b\u2028')],
    ['a\\\\xC4', Buffer.from('a\\xC4')],
    ['日本€😀', Buffer.from('日本€😀')],
    ['\\xF0\\x9F\\x98', Buffer.from('😀').subarray(0, 3)],
    ['\\xC0\\xAF..', latin1('\xc0\xaf..')],
    ['\\xED\\xA0\\x80', latin1('\xed\xa0\x80')],
  ])('%s', (shown, bytes) => {
    expect(shownName(bytes)).toBe(shown);
  });

  test('has nothing in it that is not seen, and no two files share one', () => {
    const known = new Map<string, string>();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 6 }), (bytes) => {
        const shown = shownName(bytes);
        expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\uFFFD]/u);
        const hex = Buffer.from(bytes).toString('hex');
        expect(known.get(shown) ?? hex).toBe(hex);
        known.set(shown, hex);
      }),
      { numRuns: 3000 },
    );
  });
});

test('text from outside is printed with what is not seen spelled out', () => {
  expect(visible('a\u001b[31m\nC:\\x\u202e')).toBe('a\\u001B[31m\\nC:\\x\\u202E');
});
