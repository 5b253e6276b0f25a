import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchesName, patternsMeet } from '../../src/mapping/name-pattern.ts';

const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?', '.', '😀'), maxLength: 6 });
const name = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*', '?', '😀'), maxLength: 7 });
const oracle = (text: string) => {
  const parts = [...text].map((each) =>
    each === '*' ? '[\\s\\S]*' : each === '?' ? '[\\s\\S]' : each.replace(/[.]/, '\\.'),
  );
  return new RegExp(`^${parts.join('')}$`, 'u');
};

test('a name fits a pattern as a regular expression would have it', () => {
  fc.assert(
    fc.property(pattern, name, (a, text) => {
      expect(matchesName(a, text)).toBe(oracle(a).test(text));
    }),
    { numRuns: 2000 },
  );
});

test('two patterns meet exactly when some name fits both', () => {
  const names = [''];
  for (let at = 0; (names[at]?.length ?? 9) < 7; at++) names.push(`${names[at]}a`, `${names[at]}b`);
  const small = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 4 });
  fc.assert(
    fc.property(small, small, (a, b) => {
      const [one, other] = [oracle(a), oracle(b)];
      expect(patternsMeet(a, b)).toBe(names.some((text) => one.test(text) && other.test(text)));
    }),
    { numRuns: 300 },
  );
});

test('the case of letters counts, and many stars take no time', () => {
  expect(matchesName('NEWLOANS_*.csv', 'NEWLOANS_20260520.csv')).toBe(true);
  expect(matchesName('NEWLOANS_*.csv', 'newloans_20260520.csv')).toBe(false);
  expect(matchesName(`${'*a'.repeat(40)}b`, 'a'.repeat(200))).toBe(false);
});
