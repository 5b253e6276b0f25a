import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Fault } from '../../src/mapping/compile/fault.ts';
import { builtInConverter, type builtInFormats, formatConverter } from '../../src/mapping/compile/formats.ts';
import { Format } from '../../src/mapping/language/format.ts';
import { artificialPerson } from '../sandbox/persons.ts';

const using = (format: object) => {
  const { convert } = formatConverter(Format.parse(format));
  return (text: string) => {
    const value = convert(text);
    return value instanceof Fault ? value.code : value;
  };
};
const builtIn = (name: (typeof builtInFormats)[number], series: 'artificial' | 'real' = 'artificial') => {
  const { convert } = builtInConverter(name, series);
  return (text: string) => {
    const value = convert(text);
    return value instanceof Fault ? value.code : value;
  };
};

describe('decimals', () => {
  const money = using({ type: 'decimal', decimal: ',', group: [' ', '\u00A0'], scale: 2 });

  test.each([
    ['0', 0],
    ['-0,00', 0],
    ['1234,5', 1234.5],
    ['1 234 567,89', 1234567.89],
    ['1\u00A0234,50', 1234.5],
    ['-1 234,50', -1234.5],
    ['000000000000000000012,00', 12],
    ['9999999999999,99', 9999999999999.99],
  ])('%j is %d', (text, value) => {
    expect(money(text)).toBe(value);
    expect(Object.is(money(text), -0)).toBe(false);
  });

  test.each([
    ['1 23,00', 'DECIMAL_FORMAT'],
    ['1234 567', 'DECIMAL_FORMAT'],
    [' 123', 'DECIMAL_FORMAT'],
    ['1.5', 'DECIMAL_FORMAT'],
    ['1,', 'DECIMAL_FORMAT'],
    [',5', 'DECIMAL_FORMAT'],
    ['+5', 'DECIMAL_FORMAT'],
    ['5-', 'DECIMAL_FORMAT'],
    ['1e3', 'DECIMAL_FORMAT'],
    ['--1', 'DECIMAL_FORMAT'],
    ['1,2,3', 'DECIMAL_FORMAT'],
    ['٣', 'DECIMAL_FORMAT'],
    ['1,234', 'DECIMALS_TOO_MANY'],
    ['99999999999999,99', 'NUMBER_TOO_LONG'],
  ])('%j is %s', (text, code) => {
    expect(money(text)).toBe(code);
  });

  test('any amount of up to fifteen digits comes out exactly as it was written', () => {
    const digits = fc.bigInt({ min: 0n, max: 999_999_999_999_999n });
    fc.assert(
      fc.property(digits, fc.boolean(), fc.boolean(), (cents, negative, grouped) => {
        const all = cents.toString().padStart(3, '0');
        const whole = all.slice(0, -2).replace(/^0+(?=\d)/, '');
        const written = grouped ? whole.replace(/\B(?=(\d{3})+$)/g, '\u00A0') : whole;
        const value = money(`${negative ? '-' : ''}${written},${all.slice(-2)}`);
        const canonical = `${negative && cents > 0n ? '-' : ''}${whole}.${all.slice(-2)}`.replace(/\.?0+$/, '');
        expect(String(value)).toBe(canonical === '' || canonical === '-' ? '0' : canonical);
      }),
    );
  });

  test('without a scale six decimals are allowed; with scale 0 none', () => {
    expect(builtIn('decimal')('1.123456')).toBe(1.123456);
    expect(builtIn('decimal')('1.1234567')).toBe('DECIMALS_TOO_MANY');
    expect(using({ type: 'decimal', scale: 0 })('1.0')).toBe('DECIMALS_TOO_MANY');
  });

  test('one mark cannot part decimals and groups', () => {
    expect(() => using({ type: 'decimal', decimal: ',', group: ',' })).toThrow(RangeError);
  });

  test('a group mark is itself, never a part of a pattern', () => {
    expect(using({ type: 'decimal', decimal: ',', group: '.' })('1x234')).toBe('DECIMAL_FORMAT');
    expect(using({ type: 'decimal', decimal: ',', group: '.' })('1.234,5')).toBe(1234.5);
    expect(using({ type: 'decimal', decimal: '.', group: "'" })("1'234.5")).toBe(1234.5);
  });
});

describe('whole numbers', () => {
  const integer = builtIn('integer');

  test.each([
    ['0', 0],
    ['12', 12],
    ['-7', -7],
    ['999999999999999', 999999999999999],
  ])('%j is %d', (text, value) => {
    expect(integer(text)).toBe(value);
  });

  test.each([
    ['1.0', 'INTEGER_FORMAT'],
    ['+1', 'INTEGER_FORMAT'],
    ['1 000', 'INTEGER_FORMAT'],
    ['0x1', 'INTEGER_FORMAT'],
    ['1000000000000000', 'NUMBER_TOO_LONG'],
  ])('%j is %s', (text, code) => {
    expect(integer(text)).toBe(code);
  });

  test('a negative one may have fifteen digits like a positive one', () => {
    expect(integer('-999999999999999')).toBe(-999999999999999);
  });

  test('groups are of three digits', () => {
    const grouped = using({ type: 'integer', group: ' ' });
    expect([grouped('1 000'), grouped('1000'), grouped('1 00')]).toEqual([1000, 1000, 'INTEGER_FORMAT']);
  });
});

describe('dates', () => {
  test.each([
    ['dd.MM.yyyy', '02.01.2026', '2026-01-02'],
    ['d.M.yyyy', '2.1.2026', '2026-01-02'],
    ['d.M.yyyy', '02.01.2026', '2026-01-02'],
    ['yyyyMMdd', '20260102', '2026-01-02'],
    ['dd.MM.yyyy HH:mm:ss', '02.01.2026 23:59:59', '2026-01-02'],
    ['yyyy-MM-ddTHH:mm', '2026-01-02T00:00', '2026-01-02'],
    ['dd.MM.yyyy', '29.02.2024', '2024-02-29'],
  ])('%s: %j is %s', (format, text, day) => {
    expect(using({ type: 'date', format })(text)).toBe(day);
  });

  test.each([
    ['dd.MM.yyyy', '2.1.2026'],
    ['dd.MM.yyyy', '02.01.26'],
    ['dd.MM.yyyy', '2026-01-02'],
    ['dd.MM.yyyy', '31.04.2026'],
    ['dd.MM.yyyy', '29.02.2026'],
    ['dd.MM.yyyy', '29.02.1900'],
    ['dd.MM.yyyy', '00.01.2026'],
    ['dd.MM.yyyy', '01.13.2026'],
    ['dd.MM.yyyy', '01x01x2026'],
    ['dd.MM.yyyy', '02.01.2026 12:00'],
    ['dd.MM.yyyy', '01.01.1799'],
    ['dd.MM.yyyy', '01.01.2200'],
    ['dd.MM.yyyy HH:mm', '02.01.2026 24:00'],
    ['dd.MM.yyyy HH:mm', '02.01.2026 12:60'],
  ])('%s: %j is no day', (format, text) => {
    expect(using({ type: 'date', format })(text)).toBe('DATE_FORMAT');
  });

  test.each(['dd.MM.yy', 'dd.MM', 'dd.MM.yyyy dd', 'DD.MM.yyyy', 'yyyy', 'dd.MM.yyyy xx'])(
    '%s is no format',
    (format) => {
      expect(() => using({ type: 'date', format })).toThrow(RangeError);
    },
  );

  test('times are those of Finland unless told, and must exist once', () => {
    const time = using({ type: 'dateTime', format: 'dd.MM.yyyy HH:mm' });
    expect(time('02.01.2026 12:00')).toBe('2026-01-02T10:00:00Z');
    expect(time('02.07.2026 12:00')).toBe('2026-07-02T09:00:00Z');
    expect(time('29.03.2026 03:30')).toBe('DATE_TIME_FORMAT');
    expect(time('25.10.2026 03:30')).toBe('DATE_TIME_FORMAT');
    expect(using({ type: 'dateTime', format: 'yyyy-MM-dd HH:mm', zone: 'UTC' })('2026-01-02 12:00')).toBe(
      '2026-01-02T12:00:00Z',
    );
  });

  test('the built-in time is ISO 8601 with its zone', () => {
    const time = builtIn('dateTime');
    expect(time('2026-01-03T02:10:00Z')).toBe('2026-01-03T02:10:00Z');
    expect(time('2026-01-03T02:10:00.75+02:00')).toBe('2026-01-03T00:10:00Z');
    for (const odd of ['2026-01-03T02:10:00', '2026-01-03', '2026-02-30T02:10:00Z', '2026-01-03T25:00:00Z', 'x'])
      expect(time(odd)).toBe('DATE_TIME_FORMAT');
  });
});

describe('words and codes', () => {
  test('a yes or no is one of the words, exactly', () => {
    const yesNo = using({ type: 'boolean', true: ['K', '1'], false: ['E'] });
    expect([yesNo('K'), yesNo('1'), yesNo('E'), yesNo('k'), yesNo('true'), yesNo('__proto__')]).toEqual([
      true,
      true,
      false,
      'BOOLEAN_FORMAT',
      'BOOLEAN_FORMAT',
      'BOOLEAN_FORMAT',
    ]);
    expect(() => using({ type: 'boolean', true: ['X'], false: ['X'] })).toThrow(RangeError);
  });

  test('identity codes keep their century sign; real and artificial persons never mix', () => {
    const test = builtIn('personalIdentityCode');
    const production = builtIn('personalIdentityCode', 'real');
    for (const code of ['100190-999P', '100190Y999P', artificialPerson(123)]) {
      expect(test(code)).toBe(code);
      expect(production(code)).toBe('IDENTITY_CODE_ARTIFICIAL');
    }
    expect(production('131052-308T')).toBe('131052-308T');
    expect(test('131052-308T')).toBe('IDENTITY_CODE_NOT_ARTIFICIAL');
    for (const odd of [
      '100190-999R',
      '100190-999p',
      '100190G999P',
      '320190-999P',
      '100190-999',
      ' 100190-999P',
      '1001909999P',
    ])
      for (const read of [test, production]) expect(read(odd)).toBe('IDENTITY_CODE');
  });

  test('Business IDs and IBANs are checked; an IBAN loses its blanks', () => {
    expect(builtIn('businessId')('1572860-0')).toBe('1572860-0');
    for (const odd of ['0737546-1', '15728600', '1572860-1']) expect(builtIn('businessId')(odd)).toBe('BUSINESS_ID');
    expect(builtIn('iban')('fi21 1234 5600 0007 85')).toBe('FI2112345600000785');
    expect(builtIn('iban')('FI2112345600000786')).toBe('IBAN');
  });

  test('text is kept, its accents in one form', () => {
    expect(builtIn('text')('a\u0308 x')).toBe('ä x');
    expect(builtIn('text')('010')).toBe('010');
  });
});
