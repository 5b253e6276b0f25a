import type { Column } from './column-profile.ts';
import { fold } from './name-words.ts';
import { valueWords, yesNoWords } from './value-words.ts';

/** A code seen in a column, and what it would mean to a role; undefined when its text tells nothing. */
export type Code = { code: string; count: number; guess(role: string): string | boolean | undefined };

const longestCode = 40;

/**
 * The codes of a column, the most frequent first; undefined when the column does not look like one of codes: too many
 * values, sentences, addresses, or anything that could be about a person.
 */
export function codesOf(column: Column): Code[] | undefined {
  const { distinct, values } = column;
  if (distinct === null || distinct.size === 0 || column.identityCodes > 0 || column.ibans > 0) return undefined;
  if (values.length > 12 && distinct.size > Math.max(8, values.length / 2)) return undefined;
  const codes = [...distinct].toSorted(([a, i], [b, j]) => j - i || (a < b ? -1 : 1));
  if (codes.some(([code]) => code.length > longestCode || code.includes('@') || code.split(/\s+/).length > 5))
    return undefined;
  return codes.map(([code, count]) => ({ code, count, guess: (role) => meaningOf(code, role) }));
}

function meaningOf(code: string, role: string): string | boolean | undefined {
  const { true: yesWords, false: noWords } = yesNoWords[role] ?? {};
  if (yesWords !== undefined && noWords !== undefined) {
    const yes = bestWord(code, yesWords);
    const no = bestWord(code, noWords);
    return yes === no ? undefined : yes > no;
  }
  let found: string | undefined;
  let most = 0;
  for (const [value, words] of Object.entries(valueWords[role] ?? {})) {
    const length = bestWord(code, words);
    if (length > most) {
      most = length;
      found = value;
    }
  }
  return found ?? registerValue(code, role) ?? byBeginning(code, role);
}

/** The value of whose words alone one begins with the code: `BOST`, `FORD`. */
function byBeginning(code: string, role: string): string | undefined {
  const plain = squeezed(code);
  if (!/^[a-z]{3,}$/.test(plain)) return undefined;
  const values = Object.entries(valueWords[role] ?? {}).filter(([, words]) =>
    words.split(' ').some((word) => !word.startsWith('=') && squeezed(word).startsWith(plain)),
  );
  return values.length === 1 ? values[0]?.[0] : undefined;
}

/** Codes that are the register's own values already, in any writing. */
function registerValue(code: string, role: string): string | undefined {
  const plain = squeezed(code);
  return Object.keys(valueWords[role] ?? {}).find((value) => squeezed(value) === plain);
}

/** How long the longest of some words is that a code holds; 0 when it holds none. */
export function bestWord(code: string, words: string): number {
  const plain = squeezed(code);
  let most = 0;
  for (const word of words.split(' ')) {
    const wanted = squeezed(word);
    const whole = word.startsWith('=');
    if (
      whole
        ? plain === wanted
        : plain === wanted || (wanted.length >= 4 && plain.includes(wanted)) || startsTokens(code, wanted)
    )
      most = Math.max(most, plain === wanted ? 50 : wanted.length);
  }
  return most;
}

/** A short word counts when a token of the code begins with it and little follows: `EUR 12`, `FAST ränta`. */
const startsTokens = (code: string, word: string) =>
  word.length >= 3 &&
  fold(code)
    .split(/[^a-z0-9]+/)
    .some((token) => token === word || (token.startsWith(word) && /^\d+[a-z]{0,2}$/.test(token.slice(word.length))));

const squeezed = (text: string) => fold(text).replace(/[^a-z0-9]/g, '');
