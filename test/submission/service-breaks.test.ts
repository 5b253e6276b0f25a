import { expect, test } from 'vitest';
import { breakEnds } from '../../src/submission/service-breaks.ts';

const breaks = [
  { from: 100, to: 200 },
  { from: 150, to: 300 },
  { from: 500, to: 600 },
];

test.each([
  ['before a break nothing is held', 99, null],
  ['a break holds from its first moment', 100, 200],
  ['of two at a time the longer one counts', 160, 300],
  ['a break is over at its end', 300, null],
  ['between breaks nothing is held', 400, null],
])('%s', (_, now, end) => {
  expect(breakEnds(breaks, now)).toBe(end);
});
