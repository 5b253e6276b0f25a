import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { guessDates } from '../../src/guessing/guess-dates.ts';
import { guessDecimals } from '../../src/guessing/guess-decimals.ts';
import { guessYesNo } from '../../src/guessing/guess-yes-no.ts';
import { nameWords } from '../../src/guessing/name-words.ts';
import { membersOf, numberedColumns } from '../../src/guessing/numbered-columns.ts';
import { readSample } from '../../src/guessing/read-sample.ts';
import { UsageError } from '../../src/lib/problem.ts';
import { type Encoding, encode } from '../../src/reading/encoding.ts';

const read = (bytes: Uint8Array, whole = true) => readSample(bytes, whole, 20_000);
const textOf = (encoding: Encoding, text: string) => encode(text, encoding);

describe('the encoding', () => {
  test.each<[string, Buffer, Encoding]>([
    ['plain ASCII', textOf('utf-8', 'A;B\n1;2\n'), 'utf-8'],
    ['UTF-8', textOf('utf-8', 'A;B\nå;2\n'), 'utf-8'],
    ['UTF-8 with its mark', textOf('utf-8', '\ufeffA;B\n1;2\n'), 'utf-8'],
    ['UTF-16 with its mark', textOf('utf-16le', '\ufeffA;B\n1;2\n'), 'utf-16le'],
    ['UTF-16 without', textOf('utf-16le', 'A;B\nå;2\n'), 'utf-16le'],
    ['windows-1252', textOf('windows-1252', 'A;B\nåäö;2\n'), 'windows-1252'],
    ['windows-1252 with its own euro', textOf('windows-1252', 'A;B\nå €;2\n'), 'windows-1252'],
    ['a euro of iso-8859-15', textOf('iso-8859-15', 'A;B\nå €;2\n'), 'iso-8859-15'],
  ])('of %s is seen', (_, bytes, encoding) => {
    expect(read(bytes)).toMatchObject({ encoding: { value: encoding }, names: ['A', 'B'] });
  });

  test('of a file cut within a letter is seen all the same', () => {
    expect(read(textOf('utf-8', 'A;B\nå;2\nå;å').subarray(0, -1), false).encoding.value).toBe('utf-8');
  });
});

describe('the delimiter', () => {
  test.each([
    ['A;B,C\n1;2\n3;4,5\n', ';'],
    ['A,B\n1,2\n', ','],
    ['A\tB;C\n1\t2\n', '\t'],
    ['A|B\n1|2\n', '|'],
    ['"A;1","B;2"\n"x;y;z","w"\n', ','],
  ])('of %j is %j', (text, delimiter) => {
    expect(read(Buffer.from(text)).delimiter.value).toBe(delimiter);
  });
});

test('a last row of another width is told apart from torn rows', () => {
  const { trailer, torn, rows } = read(Buffer.from('A;B\n1;2\n1\n3;4\n#LOPPU;2;x\n'));
  expect({ trailer: trailer?.line, torn, rows: rows.length }).toEqual({ trailer: 5, torn: [3], rows: 2 });
});

test('a missing line end at the end is seen', () => {
  expect(read(Buffer.from('A;B\n1;2')).finalNewline).toBe(false);
  expect(read(Buffer.from('A;B\n1;2\n')).finalNewline).toBe(true);
});

test.each([
  ['', /empty/],
  ['A;B\n', /no rows/],
  ['just words\nmore words\n', /delimiter/],
  ['A;A\n1;2\n', /named A/],
  ['0000012345;100190-999P;12,50\n0000012346;100190-999P;12,50\n', /not the names/],
  ['A;B\n"1;2\n', /./],
  [Buffer.from([0xfe, 0xff, 0, 65]), /no text/],
  [Buffer.from([0, 1, 2, 3, 0, 0, 0, 9]), /no text/],
])('%j is refused in words, with what to do', (content, words) => {
  const attempt = () => read(Buffer.from(content));
  expect(attempt).toThrow(UsageError);
  expect(attempt).toThrow(words);
});

test('bytes of any kind are read, or refused in words', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc
      .string({ unit: fc.constantFrom('A', 'B', ';', ',', '\t', '"', '\n', '\r', '1', 'å', '-'), maxLength: 200 })
      .map((text) => Buffer.from(text)),
  );
  fc.assert(
    fc.property(bytes, fc.boolean(), (given, whole) => {
      try {
        read(given, whole);
      } catch (error) {
        if (!(error instanceof UsageError)) throw error;
      }
    }),
  );
});

describe('days', () => {
  test.each([
    [['31.12.2025', '01.02.2026'], 'dd.MM.yyyy'],
    [['31.12.2025', '1.2.2026'], 'd.M.yyyy'],
    [['2025-12-31'], 'yyyy-MM-dd'],
    [['20251231', '20260201'], 'yyyyMMdd'],
    [['31/12/2025'], 'dd/MM/yyyy'],
    [['12/31/2025', '01/02/2026'], 'MM/dd/yyyy'],
    [['2025-12-31 10:20:30'], 'yyyy-MM-dd HH:mm:ss'],
    [['2025-12-31T10:20:30'], 'yyyy-MM-ddTHH:mm:ss'],
    [['31.12.2025 9:05'], 'dd.MM.yyyy H:mm'],
  ])('%j are written %s', (values, format) => {
    expect(guessDates(values)).toMatchObject({ format: { format }, or: undefined });
  });

  test('that could be turned round are said to be so', () => {
    expect(guessDates(['01/02/2026', '03/04/2026'])).toMatchObject({
      format: { format: 'dd/MM/yyyy' },
      or: 'MM/dd/yyyy',
    });
  });

  test.each([[['12345678', '20251231']], [['99999999']], [['1,25']], [['00010101']]])('%j are none', (values) => {
    expect(guessDates(values)).toBeNull();
  });
});

test('years of two digits come with their pivot', () => {
  expect(guessDates(['31.12.25', '01.02.26'])?.format).toEqual({ type: 'date', format: 'dd.MM.yy', pivot: 1970 });
});

describe('numbers', () => {
  test.each([
    [['12,50-', '3,00'], 'trailing'],
    [['(12,50)', '3,00'], 'brackets'],
    [['-12,50', '3,00'], 'leading'],
  ])('%j have their sign %s', (values, sign) => {
    expect(guessDecimals(values, undefined)).toMatchObject({ format: { sign, decimal: ',' }, misfits: 0 });
  });

  test.each([
    [['1 234,50', '2,00'], ',', [' '], 2],
    [['1\u00a0234,50'], ',', ['\u00a0'], 2],
    [['1.234,50', '12,5'], ',', ['.'], 2],
    [['1,234.50'], '.', [','], 2],
    [["1'234.50"], '.', ["'"], 2],
    [['0.125', '3.5'], '.', [], 3],
    [['1.234.567', '2,5'], ',', ['.'], 1],
  ])('%j have the mark %s, groups %j and %d decimals', (values, decimal, group, scale) => {
    expect(guessDecimals(values, undefined)?.format).toMatchObject({ decimal, group, scale });
  });

  test('that could be thousands or decimals follow the other numbers of the file, and are said to', () => {
    expect(guessDecimals(['3,125', '4,250'], ',')).toMatchObject({ format: { decimal: ',', scale: 3 }, unclear: true });
    expect(guessDecimals(['3,125', '4,250'], '.')).toMatchObject({ format: { decimal: '.', group: [','], scale: 0 } });
  });

  test.each([[['abc']], [['12a', '3']], [[]], [['1-2-3']]])('%j are none', (values) => {
    expect(guessDecimals(values, ',')).toBeNull();
  });
});

test.each([
  [['K', 'E'], ['K'], ['E'], false],
  [['n', 'y'], ['y'], ['n'], false],
  [['Kyllä', 'Ei'], ['Kyllä'], ['Ei'], false],
  [['NEJ'], ['JA'], ['NEJ'], true],
  [['1', '0'], ['1'], ['0'], false],
])('%j say yes by %j and no by %j', (values, yes, no, half) => {
  expect(guessYesNo(values)).toEqual({ format: { type: 'boolean', true: yes, false: no }, half });
});

test.each([[['K', 'N', 'E']], [['A', 'B']], [[]]])('%j say neither yes nor no', (values) => {
  expect(guessYesNo(values)).toBeNull();
});

test.each([
  ['LAINANRO', ['loan', 'number']],
  ['Lånenummer', ['loan', 'number']],
  ['loanNo', ['loan', 'number']],
  ['MYONTPVM', ['grant', 'date']],
  ['Myöntämispäivä', ['grant', 'date']],
  ['KORKO-%', ['interest', 'rate']],
  ['DueDate', ['due']],
  ['VIIM_ERA_PVM', ['final', 'due']],
  ['lyhmenetelmä', ['amortization', 'method']],
  ['Återstående_skuld', ['balance', 'loan']],
])('the name %s is understood as %j', (name, meanings) => {
  const { words } = nameWords(name);
  expect(words).toHaveLength(meanings.length);
  for (const [i, meaning] of meanings.entries()) expect(words[i]?.meanings).toContain(meaning);
});

test.each([
  [['HETU1', 'HETU2', 'HETU3'], [['HETU1', 'HETU2', 'HETU3']]],
  [['HETU01', 'HETU02'], [['HETU01', 'HETU02']]],
  [
    ['VEL1_HETU', 'VEL1_NIMI', 'VEL2_HETU', 'VEL2_NIMI'],
    [
      ['VEL1_HETU', 'VEL2_HETU'],
      ['VEL1_NIMI', 'VEL2_NIMI'],
    ],
  ],
  [['HETU1', 'HETU3'], []],
  [['A1B1', 'A1B2', 'A1B3', 'A2B1'], [['A1B1', 'A1B2', 'A1B3']]],
  [['RIVI', 'SALDO2'], []],
])('of the columns %j those with numbers that belong together are %j', (names, groups) => {
  expect(numberedColumns(names).map(membersOf)).toEqual(groups);
});
