import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sayProblem } from '../../src/lib/problem.ts';
import { testMapping } from '../../src/mapping/testing/test-mapping.ts';
import { RefusedExport } from '../../src/reading/rows.ts';
import { payments, type Spec } from './builders.ts';
import { mapOn, problemsOf, usableFile } from './with-files.ts';

const trailer = { startsWith: '#END', rowCount: 2, sum: { cell: 3, of: 'SUMMA', as: 'money' } };
const mapping = (rules: Spec = trailer, more: Spec = {}): Spec =>
  payments(
    { loanType: { const: 'LumpSumLoan' }, 'lumpSumLoanRepayment.amortizationPaid': { from: 'SUMMA', as: 'money' } },
    {
      csv: { trailer: rules, columns: { unknown: 'ignore' } },
      formats: { money: { type: 'decimal', decimal: ',', group: ' ' } },
      ...more,
    },
  );
/** Rows of one loan each, in which a group comes back: only the slow way can map them. */
const apart = { records: { groupBy: 'NO', mayDiffer: ['REF', 'SUMMA'] } };

const rows = 'REF;NO;SUMMA\nr1;1;0,10\nr2;2;0,20\nr3;1;1 000,03\n';

/** What an export comes to: the number of rows, or its refusal in words. */
async function outcome(text: string, spec: Spec = mapping()): Promise<string> {
  try {
    const { rowsRead, reports } = await mapOn('2026-05-20', usableFile({ 'm.yaml': spec }), text);
    return `${rowsRead} rows, ${reports.length} reports`;
  } catch (error) {
    if (!(error instanceof RefusedExport)) throw error;
    const { code, line, column, expected } = error.refusal;
    return `${code} ${line}${column === null ? '' : ` ${column}`}: ${expected}`;
  }
}

describe.each([
  ['in order', {}, '3 rows, 3 reports'],
  ['scattered', apart, '3 rows, 2 reports'],
])('the trailer of an export, mapped %s', (_, more, whole) => {
  const spec = mapping(trailer, more);

  test('is no row, and lets the export pass when count and sum agree', async () => {
    expect(await outcome(`${rows}#END;3;1000,33\n`, spec)).toBe(whole);
    expect(await outcome(`${rows}"#END of file"; 003 ;1 000,330;more;cells\n`, spec)).toBe(whole);
  });

  test.each([
    ['is missing', rows, 'TRAILER_MISSING 4: a last record that begins with "#END"'],
    ['stands before other rows', `${rows}#END;3;1000,33\nr4;4;\n`, 'TRAILER_NOT_LAST 6: no row after the trailer'],
    ['is there twice', `${rows}#END;3;1000,33\n#END;3;1000,33\n`, 'TRAILER_NOT_LAST 6: no row after the trailer'],
    [
      'counts other rows',
      `${rows}#END;4;1000,33\n`,
      'TRAILER_COUNT 5: 4 rows, as the trailer says in cell 2; the file has 3',
    ],
    ['counts nothing', `${rows}#END;;1000,33\n`, 'TRAILER_COUNT 5: the number of rows in cell 2 of the trailer'],
    [
      'sums up to another cent',
      `${rows}#END;3;1000,34\n`,
      'TRAILER_SUM 5 SUMMA: a sum of 1000.34, as the trailer says in cell 3; the rows come to 1000.33',
    ],
    [
      'has no sum',
      `${rows}#END;3\n`,
      'TRAILER_SUM 5 SUMMA: the sum of SUMMA in cell 3 of the trailer, written as money',
    ],
    [
      'sums up cells of which one cannot be read',
      `${rows}r4;4;1.5\n#END;4;1000,33\n`,
      'TRAILER_SUM 6 SUMMA: a sum of 1000.33, as the trailer says in cell 3; the rows come to 1000.33, and 1 of their cells cannot be read',
    ],
  ])('refuses the export when it %s', async (_, text, told) => {
    expect(await outcome(text, spec)).toBe(told);
  });

  test('counts torn rows too, and empty cells as nothing', async () => {
    expect(await outcome(`${rows}r4\nr5;5;\n#END;5;1000,33\n`, spec)).toMatch(/^5 rows/);
  });

  test('is not asked of a correction, which holds the failed rows only', async () => {
    expect(await outcome('REF;NO;SUMMA;__fix_token\nr1;1;0,10;x\n', spec)).toBe('1 rows, 1 reports');
  });
});

describe('a trailer', () => {
  test('may be told by more than its first cell', async () => {
    expect(await outcome(`${rows}T;END;3\n`, mapping({ startsWith: 'T;END' }))).toBe('3 rows, 3 reports');
    expect(await outcome(`${rows}T;ED;3\n`, mapping({ startsWith: 'T;END' }))).toMatch(/TRAILER_MISSING/);
  });

  test('of a file without rows counts none', async () => {
    expect(await outcome('REF;NO;SUMMA\n#END;0;0,00\n')).toBe('0 rows, 0 reports');
  });

  test('adds up exactly, whatever the amounts', async () => {
    const amount = fc.integer({ min: -99_999_999_999, max: 99_999_999_999 });
    const text = (cents: number) =>
      `${cents < 0 ? '-' : ''}${Math.floor(Math.abs(cents) / 100)},${String(Math.abs(cents) % 100).padStart(2, '0')}`;
    await fc.assert(
      fc.asyncProperty(fc.array(amount, { maxLength: 30 }), fc.constantFrom(-1, 0, 1), async (cents, off) => {
        const body = cents.map((one, at) => `r${at};${at};${text(one)}\n`).join('');
        const sum = text(cents.reduce((all, one) => all + one, off));
        const told = await outcome(`REF;NO;SUMMA\n${body}#END;${cents.length};${sum}\n`);
        expect(told).toMatch(off === 0 ? /rows/ : /TRAILER_SUM/);
      }),
      { numRuns: 50 },
    );
  });

  test.each([
    [
      'a column that is no number',
      { startsWith: '#', sum: { cell: 1, of: 'REF', as: 'text' } },
      /FIELD_KIND a control sum is made of numbers/,
    ],
    [
      'a format that is not there',
      { startsWith: '#', sum: { cell: 1, of: 'REF', as: 'mony' } },
      /UNKNOWN_FORMAT no format mony/,
    ],
    ['cells counted from 0', { startsWith: '#', rowCount: 0 }, /WRONG_VALUE csv\.trailer\.rowCount/],
  ])('with %s is a problem of the mapping', (_, rules, told) => {
    expect(problemsOf({ 'm.yaml': mapping(rules) })).toEqual([expect.stringMatching(told)]);
  });

  test('makes the column it sums up one that the export must have', () => {
    const spec = payments({}, { csv: { trailer: { startsWith: '#', sum: { cell: 2, of: 'SUMMA' } } } });
    expect(usableFile({ 'm.yaml': spec }).needed).toContain('SUMMA');
  });

  test('may be left out of the examples; one that is there must agree, and its refusal can be expected', async () => {
    const tests = [
      { name: 'open', given: rows, expect: [{}, {}, {}] },
      { name: 'closed', given: `${rows}#END;3;1000,33\n`, expect: [{}, {}, {}] },
      { name: 'varied', like: 'closed', with: { REF: 'r9' }, expect: [{ reportReference: 'r9' }, {}, {}] },
      { name: 'cut off', given: `${rows}#END;4;1000,33\n`, expectFindings: [{ code: 'TRAILER_COUNT', line: 5 }] },
      { name: 'wrong', given: `${rows}#END;4;1000,33\n`, expect: [{}, {}, {}] },
    ];
    const { passed, problems } = await testMapping(usableFile({ 'm.yaml': mapping(trailer, { tests }) }), new Date());
    expect(problems.map(sayProblem)).toEqual([
      expect.stringMatching(/test "wrong": the rows cannot be read: TRAILER_COUNT/),
    ]);
    expect(passed).toBe(4);
  });
});
