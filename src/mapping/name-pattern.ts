/** True when a file name fits a pattern: `*` any characters, `?` one character, all else itself. Letters' case counts. */
export function matchesName(pattern: string, name: string): boolean {
  return patternsMeet(
    pattern,
    [...name].map((character) => (character === '*' || character === '?' ? `\u0000${character}` : character)).join(''),
  );
}

/** True when some file name would fit both patterns. */
export function patternsMeet(a: string, b: string): boolean {
  const left = pieces(a);
  const right = pieces(b);
  const known = new Map<number, boolean>();
  const meet = (i: number, j: number): boolean => {
    const key = i * (right.length + 1) + j;
    const found = known.get(key);
    if (found !== undefined) return found;
    const answer = decide(i, j);
    known.set(key, answer);
    return answer;
  };
  const decide = (i: number, j: number): boolean => {
    const x = left[i];
    const y = right[j];
    if (x === undefined && y === undefined) return true;
    if (x === '*') return meet(i + 1, j) || (y !== undefined && meet(i, j + 1));
    if (y === '*') return meet(i, j + 1) || (x !== undefined && meet(i + 1, j));
    if (x === undefined || y === undefined) return false;
    return (x === '?' || y === '?' || x === y) && meet(i + 1, j + 1);
  };
  return meet(0, 0);
}

/** Characters of a pattern; a character after U+0000 stands for itself even when it is `*` or `?`. */
const pieces = (pattern: string) => pattern.match(/\0?[\s\S]/gu) ?? [];
