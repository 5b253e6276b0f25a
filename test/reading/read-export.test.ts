import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BlockCutter } from '../../src/reading/block-cutter.ts';
import { encode } from '../../src/reading/encoding.ts';
import { readHeader } from '../../src/reading/header.ts';
import { parseBlock } from '../../src/reading/parse-block.ts';
import { RefusedExport } from '../../src/reading/rows.ts';
import { readBytes, readText } from './read-text.ts';

const cell = fc.string({ unit: fc.constantFrom('a', 'ä', '😀', ' ', ';', '"', '\n', '\r', '\r\n', '7'), maxLength: 6 });
const end = fc.constantFrom('\n', '\r\n');
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
/** A well-formed CSV with the rows it holds. */
const csv = fc
  .array(fc.tuple(fc.array(fc.tuple(cell, fc.boolean()), { minLength: 1, maxLength: 4 }), end), {
    minLength: 1,
    maxLength: 12,
  })
  .map((records) => {
    const cells = records.map(([each]) => each.map(([text]) => text));
    const lines = records.map(([each, lineEnd]) => {
      const written = each.map(([text, always]) => (always || /[;"\n\r]/.test(text) ? quoted(text) : text));
      return written.join(';') + lineEnd;
    });
    return { text: lines.join(''), lines, cells };
  });
const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });
const lineEnds = (text: string) => text.split('\n').length - 1;

describe('reading rows', () => {
  test('any chunking of any well-formed file gives the same rows on the same lines', async () => {
    await fc.assert(
      fc.asyncProperty(csv, sizes, async ({ text, lines, cells }, cut) => {
        let line = 1;
        const rows = cells.map((each, i) => {
          const first = line;
          line += lineEnds(lines[i] ?? '');
          return { line: first, lastLine: line - 1, cells: each };
        });
        expect(await readText(text)).toEqual({ rows });
        expect(await readText(text, { sizes: cut })).toEqual({ rows });
      }),
      { numRuns: 300 },
    );
  });

  test('blocks rejoin to the text, and each ends a record', () => {
    fc.assert(
      fc.property(csv, sizes, ({ text, lines }, cut) => {
        const cutter = new BlockCutter();
        const ends = new Set(lines.map((_, i) => lines.slice(0, i + 1).join('').length));
        let taken = '';
        for (let at = 0, i = 0; at < text.length; i++) {
          const size = cut[i % cut.length] ?? 1;
          taken += cutter.push(text.slice(at, at + size));
          at += size;
          expect(taken === '' || ends.has(taken.length)).toBe(true);
          expect(taken.length + cutter.held).toBe(Math.min(at, text.length));
        }
        expect(taken + cutter.rest()).toBe(text);
        expect(cutter.rest()).toBe('');
      }),
    );
  });

  test('the quick way through plain text and csv-parse agree on any text', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ';', '"', '\n', '\r\n', '\r', ' '), maxLength: 40 });
    const outcome = (work: () => unknown) => {
      try {
        return work();
      } catch {
        return 'refused';
      }
    };
    fc.assert(
      fc.property(text, (any) => {
        const ours = outcome(() => parseBlock(any, ';', 1).rows.map(({ cells }) => cells));
        const theirs = outcome(() =>
          parse(any, { delimiter: ';', record_delimiter: ['\r\n', '\n'], relax_column_count: true }),
        );
        expect(ours).toEqual(theirs);
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    [
      'quotes hold delimiters, line ends and doubled quotes',
      'A;B\n"a;b";"c\nd""e"\n',
      [
        ['A', 'B'],
        ['a;b', 'c\nd"e'],
      ],
    ],
    [
      'both line ends may be mixed',
      'A;B\r\n1;2\n',
      [
        ['A', 'B'],
        ['1', '2'],
      ],
    ],
    [
      'cells are not trimmed, empty ones stay',
      'A;B\n 1 ;\n',
      [
        ['A', 'B'],
        [' 1 ', ''],
      ],
    ],
    ['rows of the wrong width are given as they are', 'A;B\n1\n1;2;3\n', [['A', 'B'], ['1'], ['1', '2', '3']]],
    ['an empty line is a row of one empty cell', 'A;B\n\n1;2\n', [['A', 'B'], [''], ['1', '2']]],
  ])('%s', async (_, text, cells) => {
    expect(await readText(text)).toMatchObject({ rows: cells.map((each) => ({ cells: each })) });
  });

  test('another delimiter may be declared', async () => {
    expect(await readText('A,B\n1;2,3\n', { delimiter: ',' })).toMatchObject({ rows: [{}, { cells: ['1;2', '3'] }] });
    expect(await readText('A\tB\n', { delimiter: '\t' })).toMatchObject({ rows: [{ cells: ['A', 'B'] }] });
  });

  test('the mark of the declared encoding is no part of the first column', async () => {
    expect(await readText('\uFEFFA;B\n')).toMatchObject({ rows: [{ cells: ['A', 'B'] }] });
    expect(await readText('\uFEFFA;B\n', { encoding: 'utf-16le', sizes: [1] })).toMatchObject({
      rows: [{ cells: ['A', 'B'] }],
    });
  });
});

describe('a file that cannot be read is refused, with its line', () => {
  test.each([
    ['an empty file', '', 'FILE_EMPTY', 1],
    ['a header without its line end', 'A;B', 'FINAL_NEWLINE_MISSING', 1],
    ['a last row without its line end', 'A;B\n1;2\n3;4', 'FINAL_NEWLINE_MISSING', 3],
    ['a last row of several lines without its line end', 'A;B\n1;"2\n\n3"', 'FINAL_NEWLINE_MISSING', 2],
    ['a quote that is not closed', 'A;B\n1;2\n"3;4\n5;6\n', 'QUOTE_NOT_CLOSED', 3],
    ['a quote that is not closed after a cell of several lines', 'A;B\n"1\n1";2\n"3;4\n', 'QUOTE_NOT_CLOSED', 4],
    ['a quote inside a plain cell', 'A;B\n1;2\n3;4"4"\n', 'QUOTE_STRAY', 3],
    ['text after a closing quote', 'A;B\n1;2\n"3"3;4\n', 'QUOTE_STRAY', 3],
    ['a stray quote after a cell of several lines', 'A;B\n"1\n1";2\n3;4"4"\n', 'QUOTE_STRAY', 4],
    ['a record longer than any can be', `A;B\n1;2\n${'x'.repeat(70_000)};1\n`, 'RECORD_TOO_LONG', 3],
    ['a quoted record longer than any can be', `A;B\n"1\n1";2\n"${'x'.repeat(70_000)}";1\n`, 'RECORD_TOO_LONG', 4],
  ])('%s', async (_, text, refused, line) => {
    expect(await readText(text)).toEqual({ refused, line });
    expect(await readText(text, { sizes: [7] })).toEqual({ refused, line });
  });

  test('a quote that is never closed is told before the file has been held in memory', async () => {
    const text = `A;B\n"${'1;2\n'.repeat(600_000)}`;
    expect(await readText(text, { sizes: [65_536] })).toMatchObject({
      refused: expect.stringMatching(/RECORD_TOO_LONG|QUOTE/),
    });
  });

  test('bytes of another encoding', async () => {
    const latin = Buffer.from('A;B\n1;2\n3;ä\n5;6\n', 'latin1');
    expect(await readBytes(latin)).toEqual({ refused: 'ENCODING', line: 3 });
    expect(await readBytes(latin, { encoding: 'windows-1252' })).toMatchObject({ rows: { length: 4 } });
    expect(await readBytes(Buffer.from('A;B\n1'), { encoding: 'utf-16le' })).toMatchObject({
      refused: expect.any(String),
    });
  });

  test('the line of wrong bytes does not depend on how the bytes arrive', async () => {
    const bytes = Buffer.concat([Buffer.from('A;B\nä;ö\nå;ä\n'), Buffer.from('1;ä\n', 'latin1')]);
    for (let size = 1; size <= bytes.length; size++)
      expect([size, await readBytes(bytes, { sizes: [size] })]).toEqual([size, { refused: 'ENCODING', line: 4 }]);
  });

  test.each([
    ['utf-8', Uint8Array.of(0xff, 0xfe, 0x41, 0x00)],
    ['utf-8', Uint8Array.of(0xfe, 0xff, 0x00, 0x41)],
    ['windows-1252', Uint8Array.of(0xef, 0xbb, 0xbf, 0x41)],
    ['utf-16le', Uint8Array.of(0xef, 0xbb, 0xbf, 0x41)],
    ['iso-8859-15', Uint8Array.of(0xff, 0xfe, 0x41, 0x00)],
  ] as const)('the mark of another encoding than %s', async (encoding, bytes) => {
    expect(await readBytes(bytes, { encoding })).toEqual({ refused: 'BYTE_ORDER_MARK', line: 1 });
  });

  test('a file of nothing but its mark is empty', async () => {
    expect(await readBytes(Uint8Array.of(0xef, 0xbb, 0xbf))).toEqual({ refused: 'FILE_EMPTY', line: 1 });
  });

  test.each(['utf-8', 'utf-16le', 'windows-1252'] as const)(
    'cut off at any byte, a file in %s is refused, or read up to a line end',
    async (encoding) => {
      const text = 'A;B\r\n1;"ä ""x"""\n2;"y\nz;"\r\n3;4\n';
      const bytes = encode(text, encoding);
      const whole = await readBytes(bytes, { encoding });
      if (!('rows' in whole)) throw new Error('the whole file is refused');
      for (let length = 0; length < bytes.length; length++) {
        const found = await readBytes(bytes.subarray(0, length), { encoding });
        if ('refused' in found) continue;
        const read = new TextDecoder(encoding).decode(bytes.subarray(0, length));
        expect(read.endsWith('\n')).toBe(true);
        expect(found.rows).toEqual(whole.rows.slice(0, found.rows.length));
        expect(found.rows.length).toBeGreaterThan(0);
      }
    },
  );
});

describe('the header', () => {
  const rules = { needed: ['LAINANRO', 'PVM'], known: ['MUU'], unknown: 'warn' } as const;
  const refusal = (cells: string[], more: Partial<Parameters<typeof readHeader>[1]> = {}) => {
    try {
      return readHeader(cells, { ...rules, ...more });
    } catch (error) {
      if (error instanceof RefusedExport) return error.refusal;
      throw error;
    }
  };

  test('gives each column its place; blanks around names do not matter', () => {
    const { header, unknown } = readHeader([' PVM ', 'MUU', 'LAINANRO', 'X'], rules);
    expect([...header.index]).toEqual([
      ['PVM', 0],
      ['MUU', 1],
      ['LAINANRO', 2],
      ['X', 3],
    ]);
    expect(unknown).toEqual(['X']);
  });

  test('with a column twice is refused', () => {
    expect(refusal(['LAINANRO', 'PVM', 'PVM '])).toMatchObject({ code: 'COLUMN_TWICE', line: 1, column: 'PVM' });
  });

  test('without a column that is needed is refused, with the nearest name', () => {
    expect(refusal(['LAINANRO', 'PVN'])).toMatchObject({
      code: 'COLUMN_MISSING',
      column: 'PVM',
      expected: 'a column named PVM (did you mean PVN?)',
    });
    expect(refusal(['lainanro', 'PVM'])).toMatchObject({ code: 'COLUMN_MISSING', column: 'LAINANRO' });
  });

  test('with a column nobody knows is refused only when the mapping says so', () => {
    expect(refusal(['LAINANRO', 'PVM', 'X'], { unknown: 'refuseFile' })).toMatchObject({
      code: 'COLUMN_UNKNOWN',
      column: 'X',
    });
    expect(refusal(['LAINANRO', 'PVM', 'MUU'], { unknown: 'refuseFile' })).toHaveProperty('header');
    expect(refusal(['LAINANRO', 'PVM', 'X'], { unknown: 'ignore' })).toHaveProperty('header');
  });

  test('of a name that every object has is a column like any other', () => {
    const { header } = readHeader(['__proto__', 'constructor', 'PVM', 'LAINANRO'], rules);
    expect(header.index.get('__proto__')).toBe(0);
    expect(refusal(['LAINANRO'], { needed: ['LAINANRO', 'toString'] })).toMatchObject({
      code: 'COLUMN_MISSING',
      column: 'toString',
    });
  });
});
