import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { columnsOf } from '../../src/mapping/compile/compile-mapping.ts';
import { addExactly } from '../../src/mapping/compile/exact-sum.ts';
import { Fault } from '../../src/mapping/compile/fault.ts';
import { errorsOf, load, mapText, payments, type Spec, usable } from './builders.ts';

const money = { type: 'decimal', decimal: ',', group: [' '], scale: 2 };
const time = { type: 'dateTime', format: 'dd.MM.yyyy HH:mm', zone: 'UTC' };

/** Payments of one loan and day become one report. */
const grouped = (part: Spec, more: Spec = {}) =>
  payments(
    { loanType: { const: 'LumpSumLoan' }, lumpSumLoanRepayment: { fields: { balance: { const: 1 }, ...part } } },
    { formats: { money, time }, records: { groupBy: ['NO', 'DAY'], mayDiffer: [] }, ...more },
  );

/** What the rows `PAID;BALANCE;AT;KIND` of one loan and day become. */
async function mapRows(part: Spec, rows: readonly string[], more: Spec = {}) {
  const text = `REF;NO;DAY;PAID;BALANCE;AT;KIND\n${rows.map((row) => `r1;1;D;${row}\n`).join('')}`;
  const { reports, findings } = await mapText(
    grouped(part, { csv: { columns: { unknown: 'ignore' } }, ...more }),
    text,
  );
  const report = reports[0] as { lumpSumLoanRepayment: Spec } | null;
  return { part: report?.lumpSumLoanRepayment ?? null, findings };
}
/** Every column of the rows that an aggregate of the test does not read. */
const free = { records: { groupBy: ['NO', 'DAY'], mayDiffer: ['PAID', 'BALANCE', 'AT', 'KIND'] } };
const problemsOf = (part: Spec, more: Spec = {}) =>
  errorsOf(load(grouped(part, more)).problems).map(({ code, message }) => `${code} ${message}`);

describe('a sum', () => {
  test('adds the cells of all rows of a report exactly, and leaves empty ones out', async () => {
    const sum = { amortizationPaid: { sum: 'PAID', as: 'money' } };
    const { part, findings } = await mapRows(sum, ['0,10;;;', '0,20;;;', ';;;', '-1 000,05;;;']);
    expect([part?.['amortizationPaid'], findings]).toEqual([-999.75, []]);
  });

  test('of nothing is no value, or the default', async () => {
    const none = await mapRows({ amortizationPaid: { sum: 'PAID', as: 'money' } }, [';;;', ';;;']);
    expect(none.part).toEqual({ balance: 1 });
    const zero = await mapRows({ amortizationPaid: { sum: 'PAID', as: 'money', default: 0 } }, [';;;', ';;;']);
    expect(zero.part).toEqual({ balance: 1, amortizationPaid: 0 });
  });

  test('takes the rows of where only', async () => {
    const spec = { sum: 'PAID', as: 'money', where: { column: 'KIND', is: 'C' } };
    const { part } = await mapRows({ amortizationPaid: spec }, ['1,00;;;C', '2,00;;;I', '4,00;;;C']);
    expect(part?.['amortizationPaid']).toBe(5);
  });

  test('finds a cell that is wrong at its own row, and makes no value of the others', async () => {
    const sum = { amortizationPaid: { sum: 'PAID', as: 'money' } };
    const { part, findings } = await mapRows(sum, ['1,00;;;', '2.00;;;', '1,234;;;']);
    expect(part).toBe(null);
    expect(findings).toMatchObject([
      { code: 'DECIMAL_FORMAT', line: 3, column: 'PAID', value: '2.00' },
      { code: 'DECIMALS_TOO_MANY', line: 4, column: 'PAID', value: '1,234' },
    ]);
  });

  test('of more than fifteen digits is a finding', async () => {
    const sum = { amortizationPaid: { sum: 'PAID', as: 'money' } };
    const most = '9999999999999,99';
    const { part, findings } = await mapRows(sum, [`${most};;;`, '0,01;;;']);
    expect(part?.['amortizationPaid']).toBe(10_000_000_000_000);
    expect(findings).toEqual([]);
    const beyond = await mapRows(sum, [`${most};;;`, '0,02;;;']);
    expect(beyond.findings).toMatchObject([{ code: 'NUMBER_TOO_LONG', line: 2, column: 'PAID', value: null }]);
  });

  test('is what the same sum in whole cents is', () => {
    const cents = fc.array(fc.integer({ min: -(10 ** 12), max: 10 ** 12 }), { maxLength: 40 });
    fc.assert(
      fc.property(cents, (all) => {
        const sum = addExactly(all.map((cent) => cent / 100));
        expect(sum).toBe(all.reduce((a, b) => a + b, 0) / 100 + 0);
      }),
    );
    expect(addExactly([0.1, 0.2])).toBe(0.3);
    expect(addExactly([999_999_999.999999, 0.000001])).toBe(1_000_000_000);
    expect(addExactly([999_999_999_999_999, 1])).toBeInstanceOf(Fault);
  });
});

describe('the last and the first of several rows', () => {
  const by = { column: 'AT', as: 'time' };

  test('without by are those of the file; a cell that is empty does not count', async () => {
    const part = { balance: { last: 'BALANCE', as: 'money' }, interestPaid: { first: 'PAID', as: 'money' } };
    const told = await mapRows(part, [';9,00;;', '1,00;8,00;;', '2,00;;;']);
    expect(told.part).toEqual({ balance: 8, interestPaid: 1 });
  });

  test('by a time are those of the time, wherever the rows stand', async () => {
    const part = { balance: { last: 'BALANCE', by, as: 'money' }, interestPaid: { first: 'BALANCE', by, as: 'money' } };
    const rows = [';7,00;02.05.2026 09:30;', ';8,00;01.06.2026 00:10;', ';9,00;31.01.2026 23:59;'];
    expect((await mapRows(part, rows)).part).toEqual({ balance: 8, interestPaid: 9 });
  });

  test.each([
    ['whole numbers', '9', '10'],
    ['whole numbers with zeros before them', '010', '9', true],
    ['days', '2026-01-31', '2026-02-01'],
    ['hours', '09:59', '10:00'],
    ['times of a day', '2026-05-03 09:59', '2026-05-03 10:00'],
  ])('by a column alone compare %s', async (_, first, second, turned = false) => {
    const part = { balance: { last: 'BALANCE', by: 'AT', as: 'money' } };
    for (const rows of [
      [`;1,00;${first};`, `;2,00;${second};`],
      [`;2,00;${second};`, `;1,00;${first};`],
    ])
      expect((await mapRows(part, rows)).part).toEqual({ balance: turned ? 1 : 2 });
  });

  test.each([
    ['a day written the other way round', '03.05.2026', '04.05.2026', 'ORDER_FORM', 2],
    ['an hour without its zero', '10:15', '9:15', 'ORDER_FORM', 3],
    ['cells of two forms', '10:15', '1015', 'ORDER_FORM', 3],
    ['an empty cell', '10:15', '', 'ORDER_EMPTY', 3],
  ])('by a column alone: %s is a finding, not a guess', async (_, first, second, code, line) => {
    const part = { balance: { last: 'BALANCE', by: 'AT', as: 'money' } };
    const { findings } = await mapRows(part, [`;1,00;${first};`, `;2,00;${second};`]);
    expect(findings[0]).toMatchObject({ code, line, column: 'AT' });
  });

  test('a cell of by that is wrong, or empty, is a finding at its row, also when another row would have counted', async () => {
    const part = { balance: { last: 'BALANCE', by, as: 'money' } };
    const { findings, part: none } = await mapRows(part, [
      ';1,00;03.05.2026 09:00;',
      ';2,00;03.05.2026;',
      ';3,00;;',
      ';;;',
    ]);
    expect(none).toBe(null);
    expect(findings).toMatchObject([
      { code: 'DATE_TIME_FORMAT', line: 3, column: 'AT' },
      { code: 'ORDER_EMPTY', line: 4, column: 'AT' },
    ]);
  });

  test('at the same time, saying different things, is a finding; saying the same, it is none', async () => {
    const part = { balance: { last: 'BALANCE', by, as: 'money' } };
    const at = '03.05.2026 09:00';
    const tie = await mapRows(part, [`;1,00;${at};`, `;2,00;${at};`, ';3,00;02.05.2026 09:00;']);
    expect(tie.part).toBe(null);
    expect(tie.findings).toMatchObject([{ code: 'ORDER_TIE', line: 3, column: 'AT', value: at }]);
    expect(tie.findings[0]?.expected).toContain('line 2');
    const same = await mapRows(part, [`;2,00;${at};`, `;2,00;${at};`, ';3,00;02.05.2026 09:00;']);
    expect(same.part).toEqual({ balance: 2 });
    const earlier = await mapRows(part, [`;1,00;${at};`, `;2,00;${at};`, ';3,00;04.05.2026 09:00;']);
    expect(earlier.part).toEqual({ balance: 3 });
  });

  test('may be handled as any cell: codes and prefixes', async () => {
    const spec = payments(
      { reportReference: { last: 'AT', prefix: 'pay-' }, loanType: { first: 'KIND', codes: 'kind' } },
      { records: { groupBy: 'NO' }, codes: { kind: { '1': 'LumpSumLoan' } } },
    );
    const { reports } = await mapText(spec, 'NO;AT;KIND\n1;T1;1\n1;T2;1\n');
    expect(reports).toMatchObject([{ reportReference: 'pay-T2', loanType: 'LumpSumLoan' }]);
  });
});

describe('the smallest, the largest, and how many', () => {
  test('min and max compare amounts as amounts and days as days', async () => {
    const day = { type: 'date', format: 'dd.MM.yyyy' };
    const part = {
      interestPaid: { min: 'PAID', as: 'money' },
      otherExpenses: { max: 'PAID', as: 'money' },
      paymentDate: { max: 'AT', as: 'day' },
    };
    const rows = ['9,00;;31.01.2026;', '10,00;;01.02.2026;', ';;;', '-1,00;;03.12.2025;'];
    const told = await mapRows(part, rows, { formats: { money, day } });
    expect(told.part).toEqual({ balance: 1, interestPaid: -1, otherExpenses: 10, paymentDate: '2026-02-01' });
  });

  test('count counts rows, or filled cells, or those of where', async () => {
    const rows = ['1,00;;;C', ';;;I', '3,00;;;I'];
    const counted = async (spec: Spec) => (await mapRows({ interestPaid: spec }, rows, free)).part?.['interestPaid'];
    expect(await counted({ count: 'rows' })).toBe(3);
    expect(await counted({ count: 'PAID' })).toBe(2);
    expect(await counted({ count: 'PAID', emptyAs: ['3,00'] })).toBe(1);
    expect(await counted({ count: 'rows', where: { column: 'KIND', is: 'I' } })).toBe(2);
    expect(await counted({ count: 'rows', where: { column: 'KIND', is: 'X' } })).toBe(0);
  });
});

describe('columns of an aggregate', () => {
  test('may differ on the rows of a report; columns read from one row too may not', async () => {
    const part = { balance: { last: 'BALANCE', by: 'AT', as: 'money' } };
    const rows = [';1,00;1;A', ';2,00;2;B'];
    expect((await mapRows(part, rows)).findings).toMatchObject([{ code: 'ROWS_DIFFER', column: 'KIND' }]);
    const both = { ...part, interestPaid: { from: 'BALANCE', as: 'money' } };
    const differ = (await mapRows(both, rows)).findings.map(({ column }) => column);
    expect(differ).toEqual(['BALANCE', 'KIND']);
  });

  test('of its where may differ too', async () => {
    const sum = { sum: 'PAID', as: 'money', where: { column: 'KIND', is: 'C' } };
    const { findings } = await mapRows({ amortizationPaid: sum }, ['1,00;;;C', '2,00;;;I']);
    expect(findings).toEqual([]);
  });

  test('are those that findings about the field point at', () => {
    const { mapping } = usable(
      grouped({
        amortizationPaid: { sum: 'PAID', as: 'money' },
        balance: { last: 'BALANCE', by: 'AT', as: 'money' },
        interestPaid: { count: 'rows' },
      }),
    );
    const columns = columnsOf(mapping.fields);
    const part = (key: string) => columns.get(`lumpSumLoanRepayment.${key}`);
    expect([part('amortizationPaid'), part('balance'), part('interestPaid')]).toEqual(['PAID', 'BALANCE', undefined]);
  });

  test('are columns an export must have', () => {
    const where = { column: 'KIND', is: 'C' };
    const { needed } = usable(grouped({ balance: { last: 'BALANCE', by: 'AT', as: 'money', where } }));
    expect(needed).toEqual(expect.arrayContaining(['BALANCE', 'AT', 'KIND']));
  });
});

describe('an aggregate in a mapping', () => {
  test('needs records.groupBy', () => {
    const [problem] = problemsOf({ amortizationPaid: { sum: 'PAID', as: 'money' } }, { records: undefined });
    expect(problem).toMatch(/^AGGREGATE lumpSumLoanRepayment.amortizationPaid: sum .*groupBy.*from: PAID/);
  });

  test.each([
    ['a sum that does not say how amounts are written', { amortizationPaid: { sum: 'PAID' } }, 'FIELD_KIND'],
    ['a sum of days', { paymentDate: { sum: 'PAID', as: 'date' } }, 'AGGREGATE'],
    ['a largest word', { paymentDate: { max: 'PAID', as: 'boolean' } }, 'AGGREGATE'],
    ['a count for a day', { paymentDate: { count: 'rows' } }, 'FIELD_KIND'],
    [
      'an unknown format',
      { balance: { last: 'BALANCE', by: { column: 'AT', as: 'tme' }, as: 'money' } },
      'UNKNOWN_FORMAT',
    ],
    [
      'an order of yes and no',
      { balance: { last: 'BALANCE', by: { column: 'AT', as: 'boolean' }, as: 'money' } },
      'AGGREGATE',
    ],
    ['by with a sum', { amortizationPaid: { sum: 'PAID', by: 'AT', as: 'money' } }, 'UNKNOWN_KEY'],
    ['two forms at once', { amortizationPaid: { sum: 'PAID', from: 'PAID', as: 'money' } }, 'FIELD_SOURCE'],
    ['a default of another kind', { amortizationPaid: { sum: 'PAID', as: 'money', default: 'x' } }, 'CONST'],
  ])('%s is a problem of the mapping', (_, part, code) => {
    expect(problemsOf(part).map((problem) => problem.split(' ')[0])).toContain(code);
  });

  test('stands in a case as any other source', async () => {
    const sum = { sum: 'PAID', as: 'money' };
    const part = {
      amortizationPaid: { case: [{ when: { column: 'REF', is: 'r1' }, ...sum }], else: { count: 'rows' } },
    };
    expect((await mapRows(part, ['1,00;;;', '2,00;;;'])).part?.['amortizationPaid']).toBe(3);
  });
});
