import { type Concept, concepts } from './concepts.ts';

/** A word found in a column's name, and what it may mean. */
type NameWord = { meanings: readonly Concept[] };

/** A column's name taken apart. `understood` is the share of its letters that belong to known words, 0 to 1. */
export type NameWords = { words: NameWord[]; understood: number };

const longestStem = 30;
const stems = new Map<string, Concept[]>();
for (const concept of Object.keys(concepts) as Concept[])
  for (const stem of concepts[concept].split(' ')) stems.set(fold(stem), [...(stems.get(fold(stem)) ?? []), concept]);

/** Letters as they are compared: small, without rings, dots and accents. */
export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ø', 'o').replaceAll('æ', 'a');
}

/** Takes a column's name apart into words with a meaning; digits tell nothing. */
export function nameWords(name: string): NameWords {
  const tokens = tokensOf(name);
  const words: NameWord[] = [];
  let known = 0;
  let all = 0;
  for (let at = 0; at < tokens.length; ) {
    const [joined, count] = longestJoin(tokens, at);
    const cut = cutToken(joined);
    words.push(...cut.words);
    known += cut.known;
    all += joined.length;
    at += count;
  }
  return { words, understood: all === 0 ? 0 : known / all };
}

function tokensOf(name: string): string[] {
  return name
    .replaceAll('%', ' pct ')
    .replaceAll('€', ' eur ')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .split(/[^\p{L}]+/u)
    .map(fold)
    .filter((token) => token !== '');
}

/** Words of several tokens, such as `due date` for the stem duedate, are one word when the stem is known. */
function longestJoin(tokens: readonly string[], at: number): [string, number] {
  for (let count = Math.min(3, tokens.length - at); count > 1; count--) {
    const joined = tokens.slice(at, at + count).join('');
    if (stems.has(joined)) return [joined, count];
  }
  return [tokens[at] ?? '', 1];
}

/** `end` is where the last word ends; what follows it belongs to none. */
type Cut = { score: number; known: number; end: number; words: NameWord[] };

/** The best way to cut a compound such as `sopimuspvm` into known words; letters that belong to none cost. */
function cutToken(token: string): Cut {
  const best: Cut[] = [{ score: 0, known: 0, end: 0, words: [] }];
  for (let end = 1; end <= Math.min(token.length, 60); end++) {
    const before = best[end - 1] as Cut;
    let found: Cut = { ...before, score: before.score - 0.6 };
    for (let length = Math.min(longestStem, end); length >= 2; length--) {
      const meanings = stems.get(token.slice(end - length, end));
      const start = best[end - length];
      if (!meanings || !start || (length <= 3 && !mayBeShort(token, length, end, start))) continue;
      const score = start.score + length - 2;
      if (score <= found.score) continue;
      found = { score, known: start.known + length, end, words: [...start.words, { meanings }] };
    }
    best.push(found);
  }
  return best.at(-1) as Cut;
}

/**
 * Three letters are a word only where one can begin: `tel` is none within `menetelma`. Two are one only alone, and both
 * may end a compound whose beginning is understood.
 */
function mayBeShort(token: string, length: number, end: number, before: Cut): boolean {
  const start = end - length;
  if (length === 3 && (start === 0 || before.end === start)) return true;
  return start === 0 ? token.length === 2 : end === token.length && before.known >= start * 0.6;
}
