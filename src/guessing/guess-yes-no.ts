import type { Format } from '../mapping/language/format.ts';

/** How a column says yes and no. */
export type YesNoGuess = {
  format: Extract<Format, { type: 'boolean' }>;
  /** Only one of the two words is seen; the other is supposed. */
  half: boolean;
};

const pairs: readonly (readonly [string, string])[] = [
  ['K', 'E'],
  ['J', 'N'],
  ['Y', 'N'],
  ['T', 'F'],
  ['1', '0'],
  ['X', '0'],
  ['true', 'false'],
  ['kyllä', 'ei'],
  ['on', 'ei'],
  ['ja', 'nej'],
  ['yes', 'no'],
  ['tosi', 'epätosi'],
  ['sant', 'falskt'],
];
const cases = [
  (word: string) => word,
  (word: string) => word.toLowerCase(),
  (word: string) => word.toUpperCase(),
  capital,
];

/** Guesses the words for yes and no; null when the values are something else. A lone `X` is yes, and nothing is no. */
export function guessYesNo(distinct: readonly string[]): YesNoGuess | null {
  if (distinct.length === 0 || distinct.length > 2) return null;
  for (const change of cases)
    for (const pair of pairs) {
      const [yes, no] = [change(pair[0]), change(pair[1])];
      if (distinct.every((value) => value === yes || value === no))
        return { format: { type: 'boolean', true: [yes], false: [no] }, half: distinct.length === 1 };
    }
  return null;
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase();
}
