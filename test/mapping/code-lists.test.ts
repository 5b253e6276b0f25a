import { describe, expect, test } from 'vitest';
import { neverProduced } from '../../src/mapping/advice/never-produced.ts';
import { loadKept } from '../../src/mapping/load-mapping.ts';
import { loansByRows, payments } from './builders.ts';
import { type Files, loadFile, mapOn, problemsOf, usableFile } from './with-files.ts';

const list = { file: 'lists/kinds.csv', key: 'KOODI', value: 'ARVO', from: 'ALKAA', to: 'LOPPUU' };

/** A mapping of payments whose report type comes from a list. */
const kinds = (csv: string, spec: Record<string, unknown> = list): Files => ({
  'm.yaml': payments({ reportType: { from: 'LAJI', codes: 'kinds' } }, { codes: { kinds: spec } }),
  'lists/kinds.csv': csv,
});

const dated = `KOODI;ARVO;ALKAA;LOPPUU
01;NewReport;;2026-03-31
01;ErrorCorrection;2026-04-01;2026-12-31
02;ErrorCorrection;;
`;
const row = (kind: string) => `REF;NO;LAJI\nr1;1;${kind}\n`;
const typeOf = (report: unknown) => (report as { reportType?: unknown } | null)?.reportType;

describe('a code list in a file', () => {
  test.each([
    ['2026-03-31', 'NewReport'],
    ['2026-04-01', 'ErrorCorrection'],
    ['2026-12-31', 'ErrorCorrection'],
  ])('a code means on %s what the list says of that day: %s', async (day, value) => {
    const { reports } = await mapOn(day, usableFile(kinds(dated)), row('01'));
    expect(typeOf(reports[0])).toBe(value);
  });

  test('a code outside its days is a finding that names them, not an unknown code', async () => {
    const loaded = usableFile(kinds(dated));
    const { reports, findings } = await mapOn('2027-01-01', loaded, row('01'));
    expect(reports).toEqual([null]);
    expect(findings).toMatchObject([
      {
        code: 'CODE_NOT_VALID',
        column: 'LAJI',
        value: '01',
        expected: 'a code valid on 2027-01-01; this one is valid to 2026-03-31, from 2026-04-01 to 2026-12-31',
      },
    ]);
    expect((await mapOn('2027-01-01', loaded, row('2'))).findings).toMatchObject([
      { code: 'CODE_UNKNOWN', expected: 'one of 01, 02' },
    ]);
    expect((await mapOn('2027-01-01', loaded, row('02'))).codes).toEqual([]);
  });

  test('a long list is not written out in a finding', async () => {
    const rows = Array.from({ length: 21 }, (_, at) => `A${at},NewReport\n`).join('');
    const loaded = usableFile(kinds(`KOODI,ARVO\n${rows}`, { file: 'lists/kinds.csv', key: 'KOODI', value: 'ARVO' }));
    const { findings } = await mapOn('2026-01-01', loaded, row('B'));
    expect(findings).toMatchObject([{ expected: 'one of the 21 codes of lists/kinds.csv' }]);
  });

  test('its delimiter is that of the header, a byte order mark and Windows line ends are no harm', async () => {
    const spec = { file: 'lists/kinds.csv', key: 'KOODI', value: 'ARVO' };
    for (const csv of ['\uFEFFKOODI,ARVO\r\n"01",NewReport\r\n', 'SELITE;KOODI;ARVO\n"a;b";01;NewReport\n\n']) {
      const { reports } = await mapOn('2026-01-01', usableFile(kinds(csv, spec)), row('01'));
      expect(typeOf(reports[0])).toBe('NewReport');
    }
  });

  test('values become what their field takes: numbers, and true or false', async () => {
    const files = {
      'm.yaml': loansByRows({
        codes: {
          months: { file: 'months.csv', key: 'K', value: 'V' },
          yes: { file: 'yes.csv', key: 'K', value: 'V' },
        },
        fields: {
          ...(loansByRows()['fields'] as object),
          isLoanWithCollateral: { from: 'VAKUUS', codes: 'yes' },
          lumpSumLoan: { fields: { balance: { const: 1 }, amortizationFrequency: { from: 'VALI', codes: 'months' } } },
        },
      }),
      'months.csv': 'K;V\nKK;1\nKV;3\n',
      'yes.csv': 'K;V\nK;true\nE;false\n',
    };
    const text = 'NO;NIMI;HETU;VAKUUS;VALI\n1;A;100190-999P;E;KV\n';
    const { reports } = await mapOn('2026-01-01', usableFile(files), text);
    expect(reports).toMatchObject([{ isLoanWithCollateral: false, lumpSumLoan: { amortizationFrequency: 3 } }]);
    expect(problemsOf({ ...files, 'yes.csv': 'K;V\nK;true\nE;no\n', 'months.csv': 'K;V\nKK;1,5\n' })).toEqual([
      'mappings/months.csv:2:1 CODE_VALUE "1,5" for lumpSumLoan.amortizationFrequency: expected a whole number',
      'mappings/yes.csv:3:1 CODE_VALUE "no" for isLoanWithCollateral: expected true or false',
    ]);
  });

  test.each([
    [
      'a value the register does not know',
      'KOODI;ARVO;ALKAA;LOPPUU\n01;NewReprot;;\n',
      /^2:1 CODE_VALUE .*did you mean NewReport/,
    ],
    ['a missing column', 'KODI;ARVO;ALKAA;LOPPUU\n', /^1:1 LIST_COLUMN no column KOODI \(did you mean KODI\?\)/],
    ['a missing column of days', 'KOODI;ARVO;ALKAA\n', /^1:1 LIST_COLUMN no column LOPPUU/],
    ['a column that is there twice', 'KOODI;ARVO;ALKAA;LOPPUU;KOODI\n', /^1:1 LIST_COLUMN two columns are named KOODI/],
    ['an empty file', '', /^1:1 LIST_COLUMN the file is empty/],
    ['a row of another width', 'KOODI;ARVO;ALKAA;LOPPUU\n01;NewReport\n', /^2:1 LIST_ROW expected 4 cells/],
    ['an empty code', 'KOODI;ARVO;ALKAA;LOPPUU\n;NewReport;;\n', /^2:1 LIST_ROW expected a code/],
    ['an empty value', 'KOODI;ARVO;ALKAA;LOPPUU\n01;;;\n', /^2:1 LIST_ROW expected a value/],
    [
      'a day written another way',
      'KOODI;ARVO;ALKAA;LOPPUU\n01;NewReport;1.1.2026;\n',
      /^2:1 LIST_DAY "1.1.2026" is no day/,
    ],
    [
      'a day no calendar has',
      'KOODI;ARVO;ALKAA;LOPPUU\n01;NewReport;;2026-02-30\n',
      /^2:1 LIST_DAY "2026-02-30" is no day/,
    ],
    [
      'an end before its beginning',
      'KOODI;ARVO;ALKAA;LOPPUU\n01;NewReport;2026-02-02;2026-02-01\n',
      /^2:1 LIST_DAY code 01 ends on 2026-02-01, before it begins on 2026-02-02/,
    ],
    [
      'a stray quote',
      'KOODI;ARVO;ALKAA;LOPPUU\n0"1;NewReport;;\n',
      /^2:1 LIST_ROW the row cannot be read: expected quotes/,
    ],
  ])('%s is told at its line of the CSV', (_, csv, told) => {
    expect(problemsOf(kinds(csv)).map((line) => line.replace('mappings/lists/kinds.csv:', ''))).toEqual([
      expect.stringMatching(told),
    ]);
  });

  test.each([
    ['01;NewReport;2026-01-01;2026-06-30\n01;NewReport;2026-06-30;\n', 3],
    ['01;NewReport;;\n01;NewReport;2026-06-30;\n', 3],
    ['01;NewReport;2026-05-01;2026-05-02\n02;NewReport;;\n01;NewReport;2026-01-01;\n', 4],
    ['01;NewReport;2026-01-01;2026-12-31\n01;NewReport;2026-02-01;2026-02-02\n01;NewReport;2026-12-01;\n', 4],
  ])('on one day a code means one thing only: %j', (rows, line) => {
    const told = problemsOf(kinds(`KOODI;ARVO;ALKAA;LOPPUU\n${rows}`));
    expect(told.at(-1)).toMatch(new RegExp(`kinds.csv:${line}:1 LIST_OVERLAP code 01 is valid .*already`));
  });

  test('periods that meet without overlapping are right', () => {
    expect(problemsOf(kinds(dated))).toEqual([]);
  });

  test('values of the register that it never gives are asked about', () => {
    const told = (csv: string) => neverProduced(usableFile(kinds(csv)));
    expect(told(dated)).toMatchObject([{ message: expect.stringMatching(/never gives Cancellation;/) }]);
    expect(told(`${dated}03;Cancellation;;\n`)).toEqual([]);
  });

  test('twenty problems of a list are enough', () => {
    const csv = `KOODI;ARVO;ALKAA;LOPPUU\n${'01\n'.repeat(50)}`;
    expect(problemsOf(kinds(csv))).toHaveLength(20);
    const values = `KOODI;ARVO;ALKAA;LOPPUU\n${Array.from({ length: 50 }, (_, at) => `${at};Odd;;\n`).join('')}`;
    expect(problemsOf(kinds(values))).toHaveLength(20);
  });

  test.each([
    '../kinds.csv',
    '/etc/passwd',
    'lists/../../kinds.csv',
    'lists\\kinds.csv',
    'C:/kinds.csv',
    './kinds.csv',
  ])('the path %s leads out of the folder and is refused', (file) => {
    const files = kinds(dated, { ...list, file });
    files[file] = dated;
    expect(problemsOf(files)).toEqual([
      expect.stringMatching(/m\.yaml:1:\d+ FILE_UNREADABLE codes\.kinds: .* must be a path inside the folder/),
    ]);
  });

  test('a file that is not there is told where it is named', () => {
    const { 'lists/kinds.csv': _, ...files } = kinds(dated);
    expect(problemsOf(files)).toEqual([
      expect.stringMatching(/FILE_UNREADABLE codes\.kinds: lists\/kinds\.csv is not there/),
    ]);
  });

  test('a mistyped key of the list is told as one', () => {
    const { key, ...rest } = list;
    expect(problemsOf(kinds(dated, { ...rest, kye: key }))).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/UNKNOWN_KEY codes\.kinds: unknown key kye \(did you mean key\?\)/),
      ]),
    );
  });
});

describe('what is kept of a mapping', () => {
  test('is its own text when it is one file, with no parts to tell', () => {
    const { loaded } = loadFile({ 'm.yaml': payments({}) });
    expect(loaded).toMatchObject({ text: JSON.stringify(payments({})), parts: [] });
  });

  test('is all its files otherwise: read back, it maps as before, without them', async () => {
    const loaded = usableFile(kinds(dated));
    const kept = loadKept(loaded.text, 'kept', 'artificial').loaded;
    expect(kept?.mapping).toEqual(loaded.mapping);
    expect(kept?.sha256).toBe(loaded.sha256);
    expect(loaded.parts).toEqual([
      { name: 'm.yaml', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
      { name: 'lists/kinds.csv', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ]);
  });

  test('has another hash when a list has changed', () => {
    const changed = usableFile(kinds(dated.replace('2026-03-31', '2026-03-30')));
    expect(changed.sha256).not.toBe(usableFile(kinds(dated)).sha256);
  });
});
