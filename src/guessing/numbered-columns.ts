/** Columns that differ by a number only: `HETU1`, `HETU2` … written `HETU{n}`. */
export type NumberedColumns = { pattern: string; from: number; to: number };

/**
 * Finds columns that belong together by their numbers, one after the other without a gap.
 * @returns each group's pattern and numbers; a name belongs to one group at most
 */
export function numberedColumns(names: readonly string[]): NumberedColumns[] {
  const groups = new Map<string, Set<number>>();
  for (const name of names)
    for (const match of name.matchAll(/\d+/g)) {
      // `01` to `09` are counted too: their zero becomes part of the name.
      const [, zeros = '', digits = ''] = /^(0*)(\d{1,2})$/.exec(match[0]) ?? [];
      if (digits === '' || digits === '0' || (zeros !== '' && digits.length > 1)) continue;
      const pattern = `${name.slice(0, match.index)}${zeros}{n}${name.slice(match.index + match[0].length)}`;
      groups.set(pattern, (groups.get(pattern) ?? new Set()).add(Number(digits)));
    }
  const used = new Set<string>();
  return [...groups]
    .toSorted(([, a], [, b]) => b.size - a.size)
    .flatMap(([pattern, numbers]) => {
      const [from = 0] = [...numbers].toSorted((a, b) => a - b);
      let to = from;
      while (numbers.has(to + 1)) to++;
      const group = { pattern, from, to };
      if (to === from || membersOf(group).some((name) => used.has(name))) return [];
      for (const name of membersOf(group)) used.add(name);
      return [group];
    });
}

/** The names of the columns of a group, in order. */
export function membersOf({ pattern, from, to }: NumberedColumns): string[] {
  return Array.from({ length: to - from + 1 }, (_, i) => pattern.replace('{n}', String(from + i)));
}
