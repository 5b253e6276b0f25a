import fc from 'fast-check';
import { expect, test } from 'vitest';
import { damageTo } from '../../src/pipeline/spreadsheet-damage.ts';

test.each([
  ['0004100017', '4100017', 'SPREADSHEET_ZEROS'],
  ['0004100017', '004100017', 'SPREADSHEET_ZEROS'],
  ['1234567890', '1,23457E+09', 'SPREADSHEET_EXPONENT'],
  ['1234567890', '1.23E+09', 'SPREADSHEET_EXPONENT'],
  ['12345678901234567', '12345678901234500', 'SPREADSHEET_EXPONENT'],
  ['02.01.2026', '2.1.2026', 'SPREADSHEET_DATE'],
  ['02.01.2026', '2026-01-02', 'SPREADSHEET_DATE'],
  ['02.01.2026', '1/2/2026', 'SPREADSHEET_DATE'],
  ['2026-01-02', '2.1.2026 0:00', 'SPREADSHEET_DATE'],
  ['2026-01-02', '02-01-26', 'SPREADSHEET_DATE'],
  ['1-2', '1.2.2026', 'SPREADSHEET_DATE'],
  ['3/4', '3.huhti', 'SPREADSHEET_DATE'],
  ['3/4', '3-Apr', 'SPREADSHEET_DATE'],
  ['1234,50', '1234.5', 'SPREADSHEET_DECIMAL'],
  ['1 234,50', '1234.50', 'SPREADSHEET_DECIMAL'],
  ['9 000,00', '9000.00', 'SPREADSHEET_DECIMAL'],
  ['2.975', '2975', 'SPREADSHEET_DECIMAL'],
  ['-5,25', '-525', 'SPREADSHEET_DECIMAL'],
])('%s that became %s is %s', (was, is, damage) => {
  expect(damageTo(was, is)).toBe(damage);
});

test.each([
  ['185 000,00', '185000'],
  ['1\u00A0250,40', '1250,4'],
  ['12,00', '12,0'],
  ['7', '7 '],
  ['12', '12.00'],
])('%s that became %s says the same', (was, is) => {
  expect(damageTo(was, is)).toBeUndefined();
});

test.each([
  ['100', '1000'],
  ['12,00', '120'],
  ['185 000,00', '186 000,00'],
  ['02.01.2026', '03.01.2026'],
  ['10', '11'],
  ['2,975', '2,98'],
  ['Oulu', ''],
  ['', 'Turku'],
  ['K', 'E'],
  ['0007', '0008'],
])('%s that became %s was changed by somebody', (was, is) => {
  expect(damageTo(was, is)).toBe('changed');
});

test('whatever stands in a cell, the same cell is never damaged, and no comparison fails', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (was, is) => {
      expect(damageTo(was, was)).toBeUndefined();
      damageTo(was, is);
    }),
  );
});

test('an amount in another amount of decimals says the same under its own mark, and never under another', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 99 }), (whole, cents) => {
      const decimals = String(cents).padStart(2, '0');
      expect(damageTo(`${whole},${decimals}`, `${whole},${decimals}00`)).toBeUndefined();
      expect(damageTo(`${whole},${decimals}`, `${whole}.${decimals}`)).toBe('SPREADSHEET_DECIMAL');
    }),
  );
});
