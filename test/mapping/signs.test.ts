import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Fault } from '../../src/mapping/compile/fault.ts';
import { formatConverter } from '../../src/mapping/compile/formats.ts';
import { Format } from '../../src/mapping/language/format.ts';
import { errorsOf, load, mapRow, payments } from './builders.ts';

const using = (format: object) => {
  const { convert } = formatConverter(Format.parse(format));
  return (text: string) => {
    const value = convert(text);
    return value instanceof Fault ? value.code : value;
  };
};
const nbsp = '\u00A0';
const narrow = '\u202F';

describe('the sign of a number', () => {
  const money = { type: 'decimal', decimal: ',', group: [' ', nbsp], scale: 2 };

  test.each([
    ['trailing', '123,45-', -123.45],
    ['trailing', '1 234,50-', -1234.5],
    ['trailing', '123,45', 123.45],
    ['trailing', '0,00-', 0],
    ['brackets', '(123,45)', -123.45],
    [`brackets`, `(1${nbsp}234,50)`, -1234.5],
    ['brackets', '123,45', 123.45],
    ['brackets', '(0,00)', 0],
    ['leading', '-123,45', -123.45],
  ])('%s: %j is %d', (sign, text, value) => {
    expect(using({ ...money, sign })(text)).toBe(value);
    expect(Object.is(using({ ...money, sign })(text), -0)).toBe(false);
  });

  test.each([
    ['trailing', ['-123,45', '-123,45-', '123,45--', '123,45 -', '123,45+', '(123,45)', '-', '']],
    ['brackets', ['-123,45', '123,45-', '(-123,45)', '((123,45))', '(123,45', '123,45)', '( 123,45)', '()', '(']],
    ['leading', ['123,45-', '(123,45)', '- 123,45', '--1']],
  ])('%s: no other form is taken for a number', (sign, texts) => {
    for (const text of texts) expect([text, using({ ...money, sign })(text)]).toEqual([text, 'DECIMAL_FORMAT']);
  });

  test('is leading when nothing is said, and goes with whole numbers too', () => {
    expect(using(money)('-5,00')).toBe(-5);
    expect(using({ type: 'integer', sign: 'trailing', group: '.' })('1.234-')).toBe(-1234);
    expect(using({ type: 'integer', sign: 'brackets' })('(7)')).toBe(-7);
    expect(using({ type: 'integer', sign: 'brackets' })('-7')).toBe('INTEGER_FORMAT');
    expect(using({ type: 'integer', sign: 'trailing' })('-7-')).toBe('INTEGER_FORMAT');
  });

  test('does not change which decimals and digits are allowed', () => {
    expect(using({ ...money, sign: 'trailing' })('1,234-')).toBe('DECIMALS_TOO_MANY');
    expect(using({ ...money, sign: 'brackets' })('(99999999999999,99)')).toBe('NUMBER_TOO_LONG');
  });

  test('written in any of the three ways is the same amount', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 ** 12 }), (cents) => {
        const text = `${Math.floor(cents / 100)},${String(cents % 100).padStart(2, '0')}`;
        const values = [`-${text}`, `${text}-`, `(${text})`].map((written, i) =>
          using({ ...money, sign: ['leading', 'trailing', 'brackets'][i] })(written),
        );
        expect(values).toEqual(Array(3).fill(-cents / 100));
      }),
    );
  });

  test('is part of what a finding says it expected', async () => {
    const balance = {
      loanType: { const: 'RunningAccountLoan' },
      runningAccountLoanRepayment: { fields: { balance: { from: 'SALDO', as: 'money' } } },
    };
    const formats = { money: { ...money, sign: 'brackets' } };
    const { findings } = await mapRow(balance, { SALDO: '1,50-' }, { formats });
    expect(findings).toMatchObject([{ code: 'DECIMAL_FORMAT', column: 'SALDO', value: '1,50-' }]);
    expect(findings[0]?.expected).toBe('a number such as 1234,50, or (1234,50) below zero');
  });
});

describe('what parts groups of digits', () => {
  test.each([
    ['a no-break space', nbsp],
    ['a narrow no-break space', narrow],
    ['a blank', ' '],
    ['a full stop', '.'],
    ['an apostrophe', "'"],
  ])('%s counts where it is declared, and only there', (_, separator) => {
    const text = `1${separator}234${separator}567,80`;
    const declared = { type: 'decimal', decimal: ',', scale: 2, group: [separator] };
    expect(using(declared)(text)).toBe(1_234_567.8);
    expect(using({ ...declared, sign: 'trailing' })(`${text}-`)).toBe(-1_234_567.8);
    expect(using({ ...declared, group: [] })(text)).toBe('DECIMAL_FORMAT');
    expect(using({ type: 'integer', group: separator })(text.slice(0, -3))).toBe(1_234_567);
  });

  test('must stand between groups of three', () => {
    const narrowly = using({ type: 'decimal', decimal: ',', group: narrow });
    for (const text of [`12${narrow}34`, `1234${narrow}567`, `1${narrow}${narrow}234`, `${narrow}1`, `1${narrow}`])
      expect(narrowly(text)).toBe('DECIMAL_FORMAT');
  });

  test('no-break spaces of either kind around a cell are taken off, as blanks are', async () => {
    const fields = { 'loanNumber.number': { from: 'X' } };
    const { report } = await mapRow(fields, { X: `${narrow}${nbsp}12 ${narrow}` });
    expect(report).toMatchObject({ loanNumber: { number: '12' } });
  });
});

describe('years of two digits', () => {
  const day = (pivot: number) => using({ type: 'date', format: 'dd.MM.yy', pivot });

  test.each([
    [1950, '50', '1950-05-03'],
    [1950, '99', '1999-05-03'],
    [1950, '00', '2000-05-03'],
    [1950, '49', '2049-05-03'],
    [2000, '00', '2000-05-03'],
    [2000, '99', '2099-05-03'],
    [1999, '99', '1999-05-03'],
    [1999, '98', '2098-05-03'],
  ])('with pivot %d, %s is read as %s', (pivot, year, read) => {
    expect(day(pivot)(`03.05.${year}`)).toBe(read);
  });

  test('keep to the calendar of the year they stand for', () => {
    expect([day(1950)('29.02.00'), day(1850)('29.02.00')]).toEqual(['2000-02-29', 'DATE_FORMAT']);
    expect(day(1950)('03.05.2026')).toBe('DATE_FORMAT');
  });

  test('may stand in a time', () => {
    const time = using({ type: 'dateTime', format: 'dd.MM.yy HH:mm', zone: 'UTC', pivot: 1950 });
    expect(time('03.05.26 10:15')).toBe('2026-05-03T10:15:00Z');
  });

  test.each([
    ['yy without a pivot', { type: 'date', format: 'dd.MM.yy' }, /pivot: 1950/],
    ['a pivot without yy', { type: 'date', format: 'dd.MM.yyyy', pivot: 1950 }, /years of two digits/],
    ['both years', { type: 'date', format: 'dd.MM.yy yy', pivot: 1950 }, /year twice/],
  ])('%s is a problem of the mapping', (_, format, message) => {
    const problems = errorsOf(load(payments({}, { formats: { day: format } })).problems);
    expect(problems).toEqual([expect.objectContaining({ code: 'FORMAT', message: expect.stringMatching(message) })]);
  });
});
