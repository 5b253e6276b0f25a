import { describe, expect, test } from 'vitest';
import { sayProblem } from '../../src/lib/problem.ts';
import { tellRivals } from '../../src/mapping/advice/tell-rivals.ts';
import { type LoadedMapping, loadMapping } from '../../src/mapping/load-mapping.ts';
import { mappingsFor } from '../../src/mapping/mappings-for.ts';
import { testMapping } from '../../src/mapping/testing/test-mapping.ts';
import { errorsOf, load, loansByRows, payments, usable } from './builders.ts';

/** A good mapping as a person writes it. */
const good = `mapping: payments
api: Repayments
takes: "PAY_*.csv"
formats:
  money: { type: decimal, decimal: ",", scale: 2 }
codes:
  kind: { "01": LumpSumLoan, A1: Leasing }
fields:
  reportReference: { from: REF }
  loanNumber.type: { const: Other }
  loanNumber.number: { from: NO }
  loanType: { from: LAJI, codes: kind }
  lumpSumLoanRepayment:
    fields:
      balance: { from: SALDO, as: money }
tests:
  - name: a payment
    given: |
      REF;NO;LAJI;SALDO
      r1;1;01;5,00
    expect:
      - { reportReference: r1, loanType: LumpSumLoan, lumpSumLoanRepayment: { balance: 5 } }
`;
const told = (from: string, to: string) => {
  if (!good.includes(from)) throw new Error(`the mapping has no ${from}`);
  return errorsOf(loadMapping(good.replace(from, to), 'pay.yaml', 'artificial').problems).map(sayProblem);
};

describe('loading a mapping', () => {
  test('a good one has no errors, and tells the columns it needs', () => {
    const { loaded, problems } = loadMapping(good, 'pay.yaml', 'artificial');
    expect(errorsOf(problems)).toEqual([]);
    expect(loaded?.needed.toSorted()).toEqual(['LAJI', 'NO', 'REF', 'SALDO']);
    expect(loaded?.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  test('what clients are seen to send always is only a warning', () => {
    const { problems } = loadMapping(good, 'pay.yaml', 'artificial');
    expect(problems).toMatchObject([
      { code: 'FIELD_EXPECTED', severity: 'warning', message: expect.stringContaining('reportType') },
    ]);
  });

  test.each([
    [
      'an unknown key',
      'takes:',
      'delimeter: x\ntakes:',
      [expect.stringMatching(/^pay\.yaml:3:1 UNKNOWN_KEY unknown key delimeter; known here: mapping, .*api, .*tests$/)],
    ],
    ['a part that is missing', 'mapping: payments\n', '', ['pay.yaml:1:1 WRONG_VALUE mapping: is missing']],
    [
      'an unknown key of a field',
      'from: REF }',
      'from: REF, prefx: a }',
      ['pay.yaml:9:33 UNKNOWN_KEY fields.reportReference: unknown key prefx (did you mean prefix?)'],
    ],
    [
      'a field that is none',
      'loanType: {',
      'loanTyp: {',
      ['pay.yaml:12:3 UNKNOWN_FIELD loanTyp is not a field of Repayments (did you mean loanType?)'],
    ],
    [
      'a field that is none within a part',
      'balance: {',
      'balanse: {',
      ['pay.yaml:15:7 UNKNOWN_FIELD lumpSumLoanRepayment.balanse is not a field of Repayments (did you mean balance?)'],
    ],
    [
      'a code without quotes',
      '"01": L',
      '01: L',
      ['pay.yaml:7:11 CODE_UNQUOTED code 01 of kind must be in quotes: "01" (YAML would read it as 1)'],
    ],
    [
      'a value the register does not know',
      'const: Other',
      'const: Othr',
      ['pay.yaml:10:29 CONST loanNumber.type: expected one of Iban, Bban, Other (did you mean Other?)'],
    ],
    [
      'a code list with such a value',
      'A1: Leasing',
      'A1: Lease',
      [
        'pay.yaml:7:34 CODE_VALUE loanType: expected one of LumpSumLoan, RunningAccountLoan, Leasing, GuaranteeReceivable',
      ],
    ],
    [
      'a field that is needed and not mapped',
      '  reportReference: { from: REF }\n',
      '',
      ['pay.yaml:9:3 FIELD_MISSING reportReference is not mapped, and the register needs it'],
    ],
    [
      'a format that is none',
      'as: money',
      'as: mony',
      ['pay.yaml:15:35 UNKNOWN_FORMAT no format mony (did you mean money?)'],
    ],
    [
      'a code list that is none',
      'codes: kind',
      'codes: kinds',
      ['pay.yaml:12:34 UNKNOWN_CODES no code list kinds (did you mean kind?)'],
    ],
    [
      'an API that is none',
      'api: Repayments',
      'api: Payments',
      [
        'pay.yaml:2:6 WRONG_VALUE api: expected one of AddLoans, UpdateLoans, Repayments, DelayedRepayments, TerminateLoans, GetLoan, GetCreditRegisterExtract (did you mean Repayments?)',
      ],
    ],
    [
      'a share without its sign',
      'mapping: payments',
      'mapping: payments\napproveWhen: { rowsOffMedian: 50, reportsOver: -1 }',
      expect.arrayContaining([expect.stringMatching(/^pay\.yaml:2:31 .*approveWhen\.rowsOffMedian/)]),
    ],
    [
      'no source',
      '{ from: NO }',
      '{ form: NO }',
      [
        'pay.yaml:11:24 FIELD_SOURCE loanNumber.number: no source; say one of from, const, firstOf, case, meta, each, fields, sum, min, max, first, last, count (did you mean from?)',
      ],
    ],
    [
      'two sources',
      '{ from: NO }',
      '{ from: NO, const: "1" }',
      ['pay.yaml:11:24 FIELD_SOURCE loanNumber.number: from and const at once; say one of them'],
    ],
    [
      'text for an amount',
      ', as: money',
      '',
      [
        'pay.yaml:15:16 FIELD_KIND lumpSumLoanRepayment.balance is a decimal, but a cell is text: say how the value is written (for example as: money)',
      ],
    ],
    [
      'a key twice',
      '  loanType: {',
      '  loanNumber.number: { from: X }\n  loanType: {',
      ['pay.yaml:12:3 YAML_KEY_TWICE loanNumber.number stands here twice; only one of them could count'],
    ],
    [
      'an alias',
      'mapping: payments',
      'mapping: &name payments\ntool: *name',
      [
        'pay.yaml:1:10 YAML_ANCHOR anchors (&name) are not allowed; write the value plainly',
        'pay.yaml:2:7 YAML_ALIAS *name is an alias, which is not allowed; write the value out, or put a text that begins with * in quotes: "*name"',
      ],
    ],
    [
      'a tag',
      'mapping: payments',
      'mapping: !!str payments',
      ['pay.yaml:1:10 YAML_TAG tags (!name) are not allowed; write the value plainly'],
    ],
    [
      'no YAML',
      'mapping: payments',
      'mapping: [payments',
      expect.arrayContaining([expect.stringMatching(/^pay\.yaml:\d+:\d+ YAML_SYNTAX /)]),
    ],
  ])('%s is told at its place', (_, from, to, problems) => {
    expect(told(from, to)).toEqual(problems);
  });

  test('all problems are told in one run, in the order of the file', () => {
    const bad = good
      .replace('const: Other', 'const: Othr')
      .replace('as: money', 'as: mony')
      .replace('"01": L', '01: L');
    const problems = errorsOf(loadMapping(bad, 'pay.yaml', 'artificial').problems);
    expect(problems.map(({ code }) => code)).toEqual(['CODE_UNQUOTED', 'CONST', 'UNKNOWN_FORMAT']);
  });

  test.each([
    ['a field mapped twice', { loanNumber: { fields: { number: { from: 'X' } } } }, {}, 'FIELD_TWICE'],
    ['a list as a value', { lumpSumLoanRepayment: { from: 'X' } }, {}, 'FIELD_KIND'],
    ['a list from one that is none', { loanType: { each: 'rows', fields: {} } }, {}, 'FIELD_KIND'],
    [
      'a prefix on an amount',
      { 'lumpSumLoanRepayment.balance': { from: 'X', as: 'decimal', prefix: '1' } },
      {},
      'AFFIX',
    ],
    [
      'codes and a format at once',
      { loanType: { from: 'X', codes: 'c', as: 'text' } },
      { codes: { c: {} } },
      'CODES_OR_AS',
    ],
    [
      'a default that does not fit',
      { 'lumpSumLoanRepayment.balance': { from: 'X', as: 'decimal', default: 'x' } },
      {},
      'CONST',
    ],
    [
      'a case without an else',
      { loanType: { case: [{ when: { column: 'X', is: '1' }, const: 'Leasing' }] } },
      {},
      'WRONG_VALUE',
    ],
    ['a condition on nothing', { loanType: { const: 'Leasing', when: { is: '1' } } }, {}, 'CONDITION'],
    ['a condition that asks nothing', { loanType: { const: 'Leasing', when: { column: 'X' } } }, {}, 'CONDITION'],
    ['an order on text', { loanType: { const: 'Leasing', when: { column: 'X', lessThan: 1 } } }, {}, 'CONDITION'],
    [
      'a condition on a field that is none',
      { loanType: { const: 'Leasing', when: { field: 'loanTypo', is: '1' } } },
      {},
      'UNKNOWN_FIELD',
    ],
    ['a pattern that could hang', { reportReference: { from: 'X', shape: '(a)\\1' } }, {}, 'PATTERN'],
    [
      'a format that contradicts itself',
      {},
      { formats: { f: { type: 'decimal', decimal: ',', group: ',' } } },
      'FORMAT',
    ],
    ['a format with a built-in name', {}, { formats: { date: { type: 'date', format: 'yyyyMMdd' } } }, 'FORMAT_NAME'],
    ['a year of two digits', {}, { formats: { f: { type: 'date', format: 'dd.MM.yy' } } }, 'FORMAT'],
    [
      'a zone that does not exist',
      {},
      { formats: { f: { type: 'dateTime', format: 'yyyyMMdd', zone: 'Europe/Nowhere' } } },
      'FORMAT',
    ],
    ['a check that demands nothing', {}, { checks: [{ id: 'A', require: {} }] }, 'CHECK'],
    ['a check of a field that is none', {}, { checks: [{ id: 'A', require: { filled: 'x' } }] }, 'UNKNOWN_FIELD'],
    [
      'conditions that go round in a circle',
      {
        loanType: { const: 'Leasing', when: { field: 'reportType', filled: true } },
        reportType: { const: 'NewReport', when: { field: 'loanType', filled: true } },
      },
      {},
      'CONDITION',
    ],
    ['an encoding that is not known', {}, { csv: { encoding: 'latin9' } }, 'WRONG_VALUE'],
    [
      'the name of an object’s own member as a code list',
      { loanType: { from: 'X', codes: 'constructor' } },
      {},
      'UNKNOWN_CODES',
    ],
    [
      'the name of an object’s own member as a format',
      { 'lumpSumLoanRepayment.balance': { from: 'X', as: 'constructor' } },
      {},
      'UNKNOWN_FORMAT',
    ],
    ['the name of an object’s own member as a field', { constructor: { from: 'X' } }, {}, 'KEY_RESERVED'],
  ])('%s is an error', (_, fields, more, code) => {
    const { loaded, problems } = load(payments(fields, more));
    expect(errorsOf(problems).map((problem) => problem.code)).toContain(code);
    expect(loaded).toBeUndefined();
  });

  test('keys that could reach a prototype do nothing to it', () => {
    const text = JSON.stringify(payments({}, { codes: { c: {} } }));
    for (const odd of ['"__proto__":{"from":"X"}', '"__proto__":{"polluted":1}'])
      for (const place of ['"fields":{', '"codes":{', '{'])
        loadMapping(text.replace(place, `${place}${odd},`), 'm.yaml', 'artificial');
    expect(({} as { polluted?: number; from?: string }).polluted).toBeUndefined();
    expect(({} as { from?: string }).from).toBeUndefined();
    const codes = text.replace('"c":{', '"c":{"__proto__":"x",');
    expect(() => loadMapping(codes, 'm.yaml', 'artificial')).not.toThrow();
  });
});

describe('the tests in a mapping', () => {
  const now = new Date('2026-05-20T10:00:00Z');
  const run = async (text: string) => {
    const { loaded } = loadMapping(text, 'pay.yaml', 'artificial');
    if (!loaded) throw new Error('the mapping cannot be used');
    const { passed, problems } = await testMapping(loaded, now);
    return [passed, ...problems.map(sayProblem)];
  };

  test('pass when the rows become what they expect', async () => {
    expect(await run(good)).toEqual([1]);
  });

  test.each([
    [
      'another value',
      'balance: 5 }',
      'balance: 6 }',
      'pay.yaml:22:88 TEST_FAILED test "a payment": lumpSumLoanRepayment.balance: expected 6, got 5',
    ],
    [
      'a field that is not there',
      'loanType: LumpSumLoan, l',
      'reportType: NewReport, l',
      'test "a payment": reportType: expected "NewReport", got nothing',
    ],
    [
      'a field the contract does not know',
      'loanType: LumpSumLoan, l',
      'loanTypo: null, l',
      'test "a payment": loanTypo is not a field of the report (did you mean loanType?)',
    ],
    [
      'a finding nobody expects',
      '5,00',
      '5.00',
      'unexpected finding DECIMAL_FORMAT (line 2, column SALDO, "5.00"): expected a number such as 1234,50',
    ],
    ['rows that cannot be read', 'r1;1;01', 'r"1;1;01', 'the rows cannot be read: QUOTE_STRAY on line 2'],
  ])('fail with their place: %s', async (_, from, to, message) => {
    const [passed, ...problems] = await run(good.replace(from, to));
    expect(passed).toBe(0);
    expect(problems.join('\n')).toContain(message);
  });

  const like = `  - name: a wrong amount
    like: a payment
    with: { SALDO: "5.00" }
    expectFindings: [{ code: DECIMAL_FORMAT, line: 2, column: SALDO }]
`;

  test('may change cells of another test, and expect findings exactly', async () => {
    expect(await run(good + like)).toEqual([2]);
    expect((await run(good + like.replace('line: 2', 'line: 3')))[0]).toBe(1);
    expect((await run(good + like.replace('"5.00"', '"5,00"')))[0]).toBe(1);
    expect((await run(good + like.replace('SALDO: ', 'SALD: '))).join('\n')).toContain(
      'no column SALD (did you mean SALDO?)',
    );
    expect((await run(good + like.replace('like: a payment', 'like: a paymnt'))).join('\n')).toContain(
      '(did you mean a payment?)',
    );
  });

  test('that are missing are warned of', async () => {
    expect(await run(good.slice(0, good.indexOf('tests:')))).toEqual([
      0,
      expect.stringContaining('pay.yaml:1:10 NO_TESTS warning'),
    ]);
  });
});

describe('which mapping takes a file', () => {
  const named = (mapping: string, takes: string | string[]) => ({
    ...usable(payments({}, { mapping, takes })),
    file: `${mapping}.yaml`,
  });

  test('is told by its patterns', () => {
    const mappings: LoadedMapping[] = [named('a', ['A_*.csv', 'X.csv']), named('b', 'B_*.csv')];
    const taking = (name: string) => mappingsFor(name, mappings, '2026-01-01').map(({ file }) => file);
    expect([taking('A_1.csv'), taking('X.csv'), taking('B_.csv'), taking('C.csv')]).toEqual([
      ['a.yaml'],
      ['a.yaml'],
      ['b.yaml'],
      [],
    ]);
  });

  test('must be clear: no file for two mappings, no name for two', () => {
    const codes = (...mappings: LoadedMapping[]) => tellRivals(mappings).map(({ code }) => code);
    expect(codes(named('a', 'A_*.csv'), named('b', 'B_*.csv'))).toEqual([]);
    expect(codes(named('a', 'A_*.csv'), named('b', '*_1.csv'))).toEqual(['TAKES_TWICE']);
    expect(codes(named('a', 'A.csv'), named('a', 'B.csv'))).toEqual(['MAPPING_TWICE']);
  });

  test('a mapping of grouped rows can be loaded too', () => {
    expect(usable(loansByRows()).needed).toContain('HETU');
  });
});
