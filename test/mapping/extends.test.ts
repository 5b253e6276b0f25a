import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadMappings } from '../../src/cli/load-mappings.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { sayProblem } from '../../src/lib/problem.ts';
import { sayOverlay } from '../../src/mapping/files/overlay.ts';
import { loadKept } from '../../src/mapping/load-mapping.ts';
import { testMapping } from '../../src/mapping/testing/test-mapping.ts';
import { tempFolder } from '../lib/temp-folder.ts';
import { type Files, mapOn, problemsOf, usableFile } from './with-files.ts';

const base = `mapping: base
api: Repayments
csv: { delimiter: ";", columns: { personal: [NIMI], unknown: ignore } }
formats:
  money: { type: decimal, decimal: "," }
codes:
  kinds: { "01": NewReport }
skip:
  - { id: NONE, when: { column: REF, is: x }, why: none }
fields:
  reportReference: { from: REF }
  loanNumber.type: { const: Other }
  loanNumber.number: { from: NO }
  reportType: { from: LAJI, codes: kinds, never: [ErrorCorrection, Cancellation] }
  lumpSumLoanRepayment:
    when: { column: LYH, filled: true }
    fields:
      amortizationPaid: { from: LYH, as: money }
      paymentDate: { from: PVM, as: date }
checks:
  - { id: PAID, require: { filled: lumpSumLoanRepayment.paymentDate }, when: { field: loanNumber.number, is: "5" } }
tests:
  - name: a payment
    given: |
      REF;NO;LAJI;LYH;PVM
      r1;1;01;1,50;2026-01-02
    expect: [ { lumpSumLoanRepayment: { amortizationPaid: 1.5 } } ]
`;
const child = (lines: string) => `mapping: m\nextends: _base.yaml\ntakes: "*.csv"\n${lines}`;
const family = (lines: string, more: Files = {}): Files => ({ 'm.yaml': child(lines), '_base.yaml': base, ...more });
const text = 'REF;NO;LAJI;LYH;PVM\nr1;1;01;1,50;2026-01-02\n';
const reportOf = async (files: Files, rows = text) => (await mapOn('2026-05-20', usableFile(files), rows)).reports[0];

describe('a mapping that extends another', () => {
  test('has all lines of its parent', async () => {
    expect(await reportOf(family(''))).toEqual({
      reportReference: 'r1',
      loanNumber: { type: 'Other', number: '1' },
      reportType: 'NewReport',
      lumpSumLoanRepayment: { amortizationPaid: 1.5, paymentDate: '2026-01-02' },
    });
  });

  test('replaces formats, codes, columns and single lines, and adds some', async () => {
    const files = family(`csv: { delimiter: "," }
formats: { money: { type: decimal, decimal: "." } }
codes: { kinds: { "A": NewReport } }
fields:
  loanNumber.type: { const: Iban }
  lumpSumLoanRepayment.interestPaid: { from: KORKO, as: money }
`);
    const { loaded, mapping } = { loaded: usableFile(files), ...usableFile(files) };
    expect(mapping.csv).toMatchObject({ delimiter: ',', columns: { personal: ['NIMI'], unknown: 'ignore' } });
    const { reports } = await mapOn('2026-05-20', loaded, 'REF,NO,LAJI,LYH,PVM,KORKO\nr1,1,A,1.50,2026-01-02,0.25\n');
    expect(reports).toMatchObject([
      {
        loanNumber: { type: 'Iban', number: '1' },
        lumpSumLoanRepayment: { amortizationPaid: 1.5, interestPaid: 0.25 },
      },
    ]);
  });

  test.each([
    ['a path into a part', 'fields: { lumpSumLoanRepayment.amortizationPaid: { const: 7 } }'],
    ['a part of the same name', 'fields: { lumpSumLoanRepayment: { fields: { amortizationPaid: { const: 7 } } } }'],
  ])('replaces one line of a part by %s; its other lines and its condition stay', async (_, lines) => {
    expect(await reportOf(family(lines))).toMatchObject({
      lumpSumLoanRepayment: { amortizationPaid: 7, paymentDate: '2026-01-02' },
    });
    expect(await reportOf(family(lines), text.replace('1,50', ''))).not.toHaveProperty('lumpSumLoanRepayment');
  });

  test('replaces the condition of a part, and keeps its lines', async () => {
    const files = family('fields: { lumpSumLoanRepayment: { when: { column: NO, is: "2" }, fields: {} } }');
    expect(await reportOf(files)).not.toHaveProperty('lumpSumLoanRepayment');
    expect(await reportOf(files, text.replace('r1;1', 'r1;2'))).toHaveProperty(
      'lumpSumLoanRepayment.amortizationPaid',
      1.5,
    );
  });

  test('may cut a path into parts where its parent does not', async () => {
    expect(await reportOf(family('fields: { loanNumber: { fields: { type: { const: Iban } } } }'))).toMatchObject({
      loanNumber: { type: 'Iban', number: '1' },
    });
    expect(await reportOf(family('fields: { loanNumber: { const: { type: Iban, number: "9" } } }'))).toMatchObject({
      loanNumber: { type: 'Iban', number: '9' },
    });
  });

  test('adds checks and skip rules after those of its parent', async () => {
    const files = family(`checks: [ { id: NUMBER, require: { equals: [loanNumber.number, { const: "2" }] } } ]
skip: [ { id: TEN, when: { column: NO, is: "10" }, why: ten } ]
`);
    const rows = 'REF;NO;LAJI;LYH;PVM\nr1;5;01;;\nx;2;01;;\nr3;10;01;;\n';
    const { findings, reports } = await mapOn('2026-05-20', usableFile(files), rows);
    expect(findings.map(({ code, line }) => `${code} ${line}`)).toEqual(['PAID 2', 'NUMBER 2']);
    expect(reports).toEqual([null]);
  });

  test.each([
    [
      'change a check',
      'checks: [ { id: PAID, severity: warning, require: { filled: lumpSumLoanRepayment } } ]',
      '4:17 EXTENDS_RULE',
    ],
    [
      'change a skip rule',
      'skip: [ { id: NONE, when: { column: REF, filled: true }, why: all } ]',
      '4:15 EXTENDS_RULE',
    ],
    ['change the api', 'api: AddLoans', '4:6 EXTENDS_API'],
  ])('cannot %s of its parent', (_, lines, place) => {
    expect(problemsOf(family(lines)).filter((line) => line.includes('EXTENDS'))).toEqual([
      expect.stringContaining(`mappings/m.yaml:${place}`),
    ]);
  });

  test('cannot change what decides whether a file is refused', () => {
    const files = family('refuseFileWhen: { rejectedOver: 90% }');
    expect(problemsOf(files)).toEqual([]);
    files['_base.yaml'] = `${base}refuseFileWhen: { rejectedOver: 5% }\n`;
    expect(problemsOf(files)).toEqual([expect.stringMatching(/m\.yaml:4:\d+ EXTENDS_KEY refuseFileWhen/)]);
  });

  test('has one parent only: no chain', () => {
    const files = family('', { '_base.yaml': `extends: _root.yaml\n${base}`, '_root.yaml': base });
    expect(problemsOf(files)).toEqual([expect.stringMatching(/m\.yaml:2:10 EXTENDS_CHAIN/)]);
  });

  test('tells what is wrong in the parent’s lines in the parent’s file', () => {
    const lines = 'fields: { lumpSumLoanRepayment.interestPaid: { from: KORKO, as: mony } }';
    const broken = base
      .replace('paymentDate: { from: PVM, as: date }', 'paymentDate: { from: PVM, as: dat }')
      .replace('delimiter: ";"', 'delimiter: ";;"')
      .replace('"01": NewReport', '01: NewReport');
    expect(
      problemsOf(family(lines, { '_base.yaml': broken })).filter((line) => !line.includes('UNKNOWN_FORMAT')),
    ).toEqual([
      expect.stringMatching(/^mappings\/_base\.yaml:3:19 WRONG_VALUE csv\.delimiter/),
      expect.stringMatching(/^mappings\/_base\.yaml:7:12 CODE_UNQUOTED code 01 of kinds/),
    ]);
    const formats = base.replace('paymentDate: { from: PVM, as: date }', 'paymentDate: { from: PVM, as: dat }');
    expect(problemsOf(family(lines, { '_base.yaml': formats }))).toEqual([
      expect.stringMatching(/^mappings\/m\.yaml:4:65 UNKNOWN_FORMAT no format mony/),
      expect.stringMatching(/^mappings\/_base\.yaml:19:37 UNKNOWN_FORMAT no format dat/),
    ]);
    expect(
      problemsOf(family('', { '_base.yaml': base.replace('lumpSumLoanRepayment:', 'lumpSumLoanRepaymnt:') })),
    ).toEqual(
      expect.arrayContaining([
        expect.stringMatching(
          /^mappings\/_base\.yaml:15:3 UNKNOWN_FIELD lumpSumLoanRepaymnt .*did you mean lumpSumLoanRepayment/,
        ),
      ]),
    );
  });

  test('does without a parent that cannot be read, and says so once', () => {
    expect(problemsOf({ 'm.yaml': child('') })).toEqual([
      'mappings/m.yaml:2:10 FILE_UNREADABLE extends: _base.yaml is not there',
    ]);
    expect(problemsOf(family('', { '_base.yaml': 'api: "' }))).toEqual([
      expect.stringMatching(/^mappings\/_base\.yaml:1:\d+ YAML_SYNTAX/),
    ]);
  });

  test('runs the tests of its parent too, unless it has one of the same name', async () => {
    const passed = async (lines: string) => {
      const { passed: count, problems } = await testMapping(usableFile(family(lines)), new Date());
      return { passed: count, told: problems.map(sayProblem) };
    };
    expect(await passed('')).toEqual({ passed: 1, told: [] });
    const format = 'formats: { money: { type: decimal, decimal: "." } }\n';
    expect(await passed(format)).toMatchObject({
      passed: 0,
      told: [
        expect.stringMatching(
          /^mappings\/_base\.yaml:26:7 TEST_FAILED test "a payment": unexpected finding DECIMAL_FORMAT/,
        ),
      ],
    });
    const own = `tests:
  - { name: a payment, given: "REF;NO;LAJI;LYH;PVM\\nr1;1;01;1.50;2026-01-02\\n", expect: [ { reportReference: r1 } ] }
  - { name: another, like: a payment, with: { NO: "2" }, expect: [ { loanNumber: { number: "2" } } ] }
`;
    expect(await passed(format + own)).toEqual({ passed: 2, told: [] });
  });

  test('is kept whole: read back, it is the same without any of its files', () => {
    const loaded = usableFile(
      family('codes: { kinds: { file: k.csv, key: K, value: V } }', { 'k.csv': 'K;V\n01;NewReport\n' }),
    );
    const kept = loadKept(loaded.text, 'kept', 'artificial').loaded;
    expect(kept?.mapping).toEqual(loaded.mapping);
    expect(loaded.parts.map(({ name }) => name)).toEqual(['m.yaml', '_base.yaml', 'k.csv']);
    expect(usableFile(family('', { '_base.yaml': `${base}\n` })).sha256).not.toBe(usableFile(family('')).sha256);
  });

  test('files are named from the file that names them', async () => {
    const inFolder = base.replace('{ "01": NewReport }', '{ file: lists/k.csv, key: K, value: V }');
    const files = {
      'm.yaml': child('').replace('_base.yaml', 'shared/_base.yaml'),
      'shared/_base.yaml': inFolder,
      'shared/lists/k.csv': 'K;V\n77;NewReport\n',
    };
    expect(await reportOf(files, text.replace(';01;', ';77;'))).toMatchObject({ reportType: 'NewReport' });
  });

  test('says what it changes', () => {
    const { changes, file } = usableFile(
      family(`fields: { loanNumber.type: { const: Iban }, lumpSumLoanRepayment.interestPaid: { from: KORKO, as: money } }
checks: [ { id: NUMBER, require: { filled: loanNumber } } ]
csv: { delimiter: ";" }
`),
    );
    expect(changes && sayOverlay(file, changes)).toBe(
      'mappings/m.yaml extends _base.yaml: replaces mapping, fields.loanNumber.type, csv.delimiter; adds takes, fields.lumpSumLoanRepayment.interestPaid, check NUMBER',
    );
  });

  test('a key that could reach a prototype reaches none', () => {
    problemsOf(family('fields: { __proto__: { const: 1 }, constructor: { const: 2 } }\n__proto__: { polluted: 1 }'));
    expect({}).not.toHaveProperty('polluted');
    expect({}).not.toHaveProperty('const');
  });
});

describe('the folder of mappings', () => {
  async function folder(files: Record<string, string>) {
    const root = tempFolder();
    mkdirSync(join(root, 'mappings'));
    for (const [name, content] of Object.entries(files)) writeFileSync(join(root, 'mappings', name), content);
    const path = join(root, 'pipeline.config.yaml');
    writeFileSync(path, 'owner: { idCodeType: BusinessId, idCode: "1572860-0" }\nregister: { environment: sandbox }\n');
    const { config } = loadConfig(path);
    if (!config) throw new Error('no config');
    const { mappings, problems, tested, files: read } = await loadMappings(config, new Date());
    const testsPassed = tested.reduce((sum, { tests }) => sum + tests.passed, 0);
    const told = problems.map(({ file, line, code }) => `${basename(file)}:${line} ${code}`);
    return { names: mappings.map(({ mapping }) => mapping.mapping), told, files: read, testsPassed };
  }
  const mapping = (name: string, parent: string) => `mapping: ${name}\nextends: ${parent}\ntakes: "${name}_*.csv"\n`;
  const expected = '_base.yaml:11 FIELD_EXPECTED';

  test('a parent takes no exports itself; what is wrong with it is told once', async () => {
    const files = { 'a.yaml': mapping('a', '_base.yaml'), 'b.yaml': mapping('b', '_base.yaml'), '_base.yaml': base };
    expect(await folder(files)).toEqual({ names: ['a', 'b'], told: [expected], files: 2, testsPassed: 2 });
  });

  test('a parent without _ is one when it takes nothing and is extended', async () => {
    const files = { 'a.yaml': mapping('a', 'base.yaml'), 'base.yaml': base };
    expect(await folder(files)).toMatchObject({ names: ['a'], told: ['base.yaml:11 FIELD_EXPECTED'], files: 1 });
    expect(await folder({ 'base.yaml': base })).toMatchObject({
      names: [],
      told: ['base.yaml:1 WRONG_VALUE'],
      files: 1,
    });
  });

  test('a mapping that takes exports may be a parent too', async () => {
    const files = { 'a.yaml': mapping('a', 'base.yaml'), 'base.yaml': `takes: "base_*.csv"\n${base}` };
    expect(await folder(files)).toMatchObject({ names: ['a', 'base'], files: 2 });
  });

  test('a file that begins with _ and is extended by none is told', async () => {
    expect(await folder({ '_base.yaml': base })).toMatchObject({ told: ['_base.yaml:1 PARENT_UNUSED'], files: 0 });
  });
});
