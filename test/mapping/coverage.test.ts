import { describe, expect, test } from 'vitest';
import { untested } from '../../src/mapping/advice/coverage.ts';
import { loadMapping } from '../../src/mapping/load-mapping.ts';
import { testMapping } from '../../src/mapping/testing/test-mapping.ts';

/** A mapping all of which its tests touch. */
const whole = `mapping: payments
api: Repayments
takes: "PAY_*.csv"
formats:
  day: { type: date, format: dd.MM.yyyy }
codes:
  loanKind: { "01": LumpSumLoan, "02": RunningAccountLoan }
skip:
  - { id: ZERO, when: { column: SALDO, is: "0" }, why: nothing happened }
  - { id: TRIAL, when: { column: NO, is: "0" }, why: no loan }
fields:
  reportReference: { from: REF }
  loanNumber.type: { const: Other }
  loanNumber.number: { from: NO }
  loanType: { from: LAJI, codes: loanKind, never: [Leasing, GuaranteeReceivable] }
  reportType:
    case:
      - { when: { column: TYYPPI, is: K }, const: ErrorCorrection }
      - { when: { column: TYYPPI, is: P }, const: Cancellation }
      - { when: { field: loanType, is: RunningAccountLoan }, const: NewReport }
    else: { const: NewReport }
  lumpSumLoanRepayment:
    when: { field: loanType, is: LumpSumLoan }
    fields:
      balance: { from: SALDO, as: decimal }
      paymentDate: { from: PVM, as: day }
  runningAccountLoanRepayment:
    when: { field: loanType, is: RunningAccountLoan }
    fields:
      balance: { from: SALDO, as: decimal }
checks:
  - { id: BALANCE, require: { moreThan: [lumpSumLoanRepayment.balance, 0] } }
tests:
  - name: payments
    given: |
      REF;NO;LAJI;SALDO;PVM;TYYPPI
      r1;1;01;5;02.05.2026;
      r2;1;01;5;02.05.2026;K
      r3;1;01;5;02.05.2026;P
      r4;1;02;5;;
      r5;0;02;5;;
    expect:
      - { reportReference: r1, loanType: LumpSumLoan, loanNumber: { number: "1" }, reportType: NewReport, lumpSumLoanRepayment: { balance: 5 } }
      - { reportType: ErrorCorrection }
      - { reportType: Cancellation }
      - { loanType: RunningAccountLoan, reportType: NewReport, runningAccountLoanRepayment: { balance: 5 } }
  - { name: zero, like: payments, with: { SALDO: "0" }, expect: [] }
  - name: wrong
    given: |
      REF;NO;LAJI;SALDO;PVM;TYYPPI
      r1;1;01;-5;02.05.2026;
      r1;1;01;5;2.5.2026;
    expectFindings: [{ code: BALANCE, line: 2 }, { code: DATE_FORMAT, line: 3, column: PVM }]
`;

async function warnings(text: string): Promise<string[]> {
  const { loaded, problems } = loadMapping(text, 'm.yaml', 'artificial');
  if (!loaded) throw new Error(problems.map(({ code, message }) => `${code} ${message}`).join('\n'));
  const tested = await testMapping(loaded, new Date('2026-05-20T10:00:00Z'));
  expect(tested.problems).toEqual([]);
  return untested(loaded, tested).map(({ line, code, severity, message }) => `${line} ${code} ${severity} ${message}`);
}

/** The line of the mapping, without its tests, that has a word. */
const lineOf = (word: string) => whole.split('\n').findIndex((line) => line.includes(word)) + 1;

test('a mapping all of which its tests touch is not warned of', async () => {
  expect(await warnings(whole)).toEqual([]);
});

describe('what no test touches is told where it stands', () => {
  type Edit = [from: string, to: string];
  // The fourth report becomes a lump-sum loan, or the third a correction; the tests pass all the same.
  const noAccount: Edit[] = [
    ['r4;1;02;5;;', 'r4;1;01;5;02.05.2026;'],
    ['{ loanType: RunningAccountLoan, reportType: NewReport, runningAccountLoanRepayment', '{ lumpSumLoanRepayment'],
  ];
  const noCancellation: Edit[] = [
    ['02.05.2026;P', '02.05.2026;K'],
    ['{ reportType: Cancellation }', '{ reportType: ErrorCorrection }'],
  ];
  const noElse: Edit[] = [
    ['r1;1;01;5;02.05.2026;\n', 'r1;1;01;5;02.05.2026;K\n'],
    ['reportType: NewReport, lump', 'reportType: ErrorCorrection, lump'],
  ];
  const noWrongDay: Edit[] = [
    [', { code: DATE_FORMAT, line: 3, column: PVM }', ''],
    ['2.5.2026;', '02.05.2026;'],
  ];

  test.each<[string, Edit[], string, string]>([
    ['a field', [['reportReference: r1, ', '']], 'from: REF', 'no test looks at reportReference: name it in an expect'],
    [
      'a field of a part',
      [[', loanNumber: { number: "1" }', '']],
      'loanNumber.number',
      'no test looks at loanNumber.number',
    ],
    ['a field without its finding', noWrongDay, 'paymentDate', 'no test looks at lumpSumLoanRepayment.paymentDate'],
    ['a code', noAccount, '"02"', 'no test has code 02 of loanKind'],
    ['a case', noCancellation, 'is: P', 'reportType: no test takes this case'],
    [
      'a case that depends on a field',
      noAccount,
      'loanType, is: RunningAccountLoan }, const',
      'reportType: no test takes',
    ],
    ['an else', noElse, 'else:', 'reportType: no test takes this else'],
    [
      'a skip rule',
      [['with: { SALDO: "0" }, expect: []', 'with: { SALDO: "1" }, expect: [{}, {}, {}, {}]']],
      'ZERO',
      'no test skips a row by ZERO',
    ],
    [
      'a check',
      [
        [';-5;', ';5;'],
        ['{ code: BALANCE, line: 2 }, ', ''],
      ],
      'id: BALANCE',
      'no test makes the check BALANCE tell',
    ],
  ])('%s', async (_, edits, word, message) => {
    let text = whole;
    for (const [from, to] of edits) {
      expect(text).toContain(from);
      text = text.replace(from, to);
    }
    expect(await warnings(text)).toEqual(
      expect.arrayContaining([expect.stringMatching(new RegExp(`^${lineOf(word)} UNTESTED warning ${message}`))]),
    );
  });

  test('a code counts only where the test looks at the field', async () => {
    const text = whole.replace('{ loanType: RunningAccountLoan, reportType', '{ reportType');
    expect(await warnings(text)).toEqual([
      `${lineOf('"02"')} UNTESTED warning no test has code 02 of loanKind where it looks at the field`,
    ]);
  });

  test('many codes of one list take one line', async () => {
    const text = whole
      .replace('{ loanType: RunningAccountLoan, reportType', '{ reportType')
      .replace('loanType: LumpSumLoan, loanN', 'loanN');
    expect(await warnings(text)).toEqual([
      `${lineOf('"01"')} UNTESTED warning no test has code 01, 02 of loanKind where it looks at the field`,
      `${lineOf('loanType:')} UNTESTED warning no test looks at loanType: name it in an expect`,
    ]);
  });

  test('while a test fails, its failure is all that is said', async () => {
    const { loaded } = loadMapping(
      whole.replace('balance: 5', 'balance: 6').replace('reportReference: r1, ', ''),
      'm.yaml',
      'artificial',
    );
    if (!loaded) throw new Error('the mapping cannot be used');
    const tested = await testMapping(loaded, new Date());
    expect([tested.failed, tested.passed]).toEqual([['payments'], 2]);
    expect(untested(loaded, tested)).toEqual([]);
  });
});

test('codes, cases and fields of numbered columns and of rows are seen too', async () => {
  const text = `mapping: loans
api: AddLoans
takes: "LOANS_*.csv"
records: { groupBy: NO, mayDiffer: [HETU] }
fields:
  reportReference: { from: NO }
  loanNumber.type: { const: Other }
  loanNumber.number: { from: NO }
  loanType: { const: LumpSumLoan }
  borrowers:
    each: rows
    fields:
      idCodeType: { const: PersonalIdentityCode }
      idCode: { from: HETU }
  lumpSumLoan:
    fields:
      balance: { from: SALDO, as: decimal }
      defermentPeriods:
        each: columns
        numbered: 1..2
        presentWhen: "A{n}"
        fields:
          startDate: { from: "A{n}", as: date }
          endDate:
            case:
              - { when: { column: "L{n}", filled: true }, from: "L{n}", as: date }
              - { when: { column: "A{n}", is: "2026-01-01" }, const: "2026-06-01" }
            else: omitted
tests:
  - name: a loan
    given: |
      NO;HETU;SALDO;A1;L1;A2;L2
      1;100190-999P;5;2025-01-01;2025-02-01;2025-03-01;
    expect:
      - reportReference: "1"
        loanNumber: { number: "1" }
        borrowers: [{ idCode: "100190-999P" }]
        lumpSumLoan: { balance: 5, defermentPeriods: [{ startDate: "2025-01-01", endDate: "2025-02-01" }, {}] }
`;
  expect(await warnings(text)).toEqual([
    '27 UNTESTED warning lumpSumLoan.defermentPeriods.endDate: no test takes this case',
  ]);
  expect(
    await warnings(text.replaceAll('2025-03-01', '2026-01-01').replace('{}]', '{ endDate: "2026-06-01" }]')),
  ).toEqual([]);
});

test('a case in a list of rows is taken by the row it is true of', async () => {
  const text = `mapping: loans
api: AddLoans
takes: "LOANS_*.csv"
records: { groupBy: NO, mayDiffer: [HETU, ROOLI] }
fields:
  reportReference: { from: NO }
  loanNumber.type: { const: Other }
  loanNumber.number: { from: NO }
  loanType: { const: LumpSumLoan }
  borrowers:
    each: rows
    fields:
      idCodeType: { const: PersonalIdentityCode }
      idCode:
        case:
          - { when: { column: ROOLI, is: "1" }, from: HETU }
          - { when: { column: ROOLI, is: "2" }, from: HETU }
        else: unmapped
  lumpSumLoan: { const: { balance: 1 } }
tests:
  - name: a loan
    given: |
      NO;HETU;ROOLI
      1;100190-999P;1
      1;100190Y999P;2
    expect: [{ reportReference: "1", loanNumber: { number: "1" }, borrowers: [{ idCode: "100190-999P" }, {}] }]
`;
  expect(await warnings(text)).toEqual([]);
});

test('codes that an aggregate picks are seen, and may leave values out on purpose', async () => {
  const text = `mapping: payments
api: Repayments
takes: "PAY_*.csv"
codes:
  reportType: { U: NewReport, K: ErrorCorrection }
records: { groupBy: REF, mayDiffer: [TYYPPI] }
fields:
  reportReference: { from: REF }
  loanNumber.type: { const: Other }
  loanNumber.number: { from: NO }
  reportType: { last: TYYPPI, codes: reportType, never: [Cancellation] }
tests:
  - name: a payment
    given: |
      REF;NO;TYYPPI
      r1;1;U
      r1;1;K
    expect: [{ reportReference: r1, loanNumber: { number: "1" }, reportType: ErrorCorrection }]
`;
  expect(await warnings(text)).toEqual([]);
  expect(await warnings(text.replace('r1;1;U', 'r1;1;K'))).toEqual([
    '5 UNTESTED warning no test has code U of reportType where it looks at the field',
  ]);
});
