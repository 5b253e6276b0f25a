import type { Column } from './column-profile.ts';
import { type Concept, neutral } from './concepts.ts';
import { codesOf } from './guess-codes.ts';
import { type NameWords, nameWords } from './name-words.ts';
import type { Role, SideRole } from './role.ts';

/** A column that plays a role, how sure that is (0 to 1), and which other columns come near. */
export type Match = { column: Column; score: number; why: string; rivals: string[] };

/** Words that say of any column that it fills no field. */
const aside: ReadonlySet<Concept> = new Set<Concept>(['user', 'text', 'phone', 'email', 'address']);
/** Words for a code that is spelled out. */
const labels: ReadonlySet<Concept> = new Set<Concept>(['name', 'text']);
const leastScore = 0.3;
const near = 0.12;

/**
 * Decides which column plays which role: by its name and by what stands in it. A column plays one role, and a role is
 * played by one column; the best pairs are taken first.
 */
export function matchColumns<T extends Role | SideRole>(
  roles: readonly T[],
  columns: readonly Column[],
): Map<T, Match> {
  const names = new Map(columns.map((column) => [column, nameWords(column.name)]));
  const pairs = roles.flatMap((role) =>
    columns.flatMap((column) => {
      const { score, why } = judge(role, column, names.get(column) as NameWords);
      return score >= leastScore ? [{ role, column, score, why }] : [];
    }),
  );
  const matches = new Map<T, Match>();
  const taken = new Set<Column>();
  for (const { role, column, score, why } of pairs.toSorted((a, b) => b.score - a.score || a.column.at - b.column.at)) {
    const match = matches.get(role);
    if (match) {
      if (match.score - score < near && !taken.has(column)) match.rivals.push(column.name);
    } else if (!taken.has(column)) {
      matches.set(role, { column, score, why, rivals: [] });
      taken.add(column);
    }
  }
  for (const match of matches.values()) {
    const others = columns.filter((column) => match.rivals.includes(column.name) && !taken.has(column));
    match.rivals = others.map(({ name }) => name);
  }
  return matches;
}

function judge(role: Role, column: Column, words: NameWords): { score: number; why: string } {
  const label = role.kind === 'codes' && codesOf(column) !== undefined;
  const name = nameScore(role, words, label);
  const content = contentScore(role, column);
  if (role.kind === 'identityCode' && column.identityCodes >= 0.5 && !forbidden(role, words))
    return { score: 0.7 + 0.3 * name, why: name > 0.3 ? 'name and identity codes' : 'holds identity codes' };
  if (role.kind === 'currency' && column.currencies)
    return { score: 0.6 + 0.4 * name, why: name > 0.3 ? 'name and currency codes' : 'holds currency codes' };
  return { score: name * content, why: column.values.length === 0 ? 'by name only, always empty' : 'name and content' };
}

/** How well a column's name says a role, 0 to 1. `label` is a column of codes that may be spelled out. */
function nameScore(role: Role, { words, understood }: NameWords, label: boolean): number {
  if (words.length === 0 || forbidden(role, { words, understood })) return 0;
  const outside = (meaning: Concept) => aside.has(meaning) && !(label && meaning === 'text');
  if (!isSide(role) && words.some(({ meanings }) => meanings.every(outside))) return 0;
  let best = 0;
  for (const name of role.names) {
    const [, phrase = '', weight = '1'] = /^(.*?)(?: (\d\.\d+))?$/.exec(name) ?? [];
    const wanted = phrase.split(' ') as Concept[];
    const used = new Set<number>();
    const all = wanted.every((concept) => {
      const at = words.findIndex(({ meanings }, i) => !used.has(i) && meanings.includes(concept));
      if (at >= 0) used.add(at);
      return at >= 0 || words.some(({ meanings }) => meanings.includes(concept));
    });
    if (!all || used.size === 0) continue;
    const extra = words.filter((_, i) => !used.has(i));
    const strange = extra.filter(
      ({ meanings }) =>
        !meanings.some((meaning) => neutral.has(meaning) || wanted.includes(meaning) || (label && labels.has(meaning))),
    );
    const length = 1 + Math.min(wanted.length - 1, 3) * 0.02;
    const others = role.whatever ? 1 : 0.72 ** strange.length * 0.96 ** (extra.length - strange.length);
    best = Math.max(best, Number(weight ?? 1) * others * length);
  }
  return Math.min(1, best * (0.4 + 0.6 * understood) * (role.whatever ? understood : 1));
}

const isSide = (role: Role | SideRole) => 'use' in role;

const forbidden = (role: Role, { words }: NameWords) =>
  role.not?.some((concept) =>
    words.some(({ meanings }) => meanings.includes(concept) && !saysOtherwise(role, meanings)),
  ) ?? false;

/** A word of several meanings forbids nothing when one of them is wanted. */
const saysOtherwise = (role: Role, meanings: readonly Concept[]) =>
  meanings.length > 1 && meanings.some((meaning) => role.names.some((name) => name.split(' ').includes(meaning)));

/** Whether what stands in a column can be what the role needs, 0 to 1. */
function contentScore({ kind, id }: Role, column: Column): number {
  if (column.values.length === 0) return kind === 'key' || kind === 'identityCode' ? 0 : 0.6;
  if (column.identityCodes > 0.1) return kind === 'any' ? 0.8 : 0;
  switch (kind) {
    case 'date':
      return column.date ? 1 : 0;
    case 'amount':
      return amountScore(column);
    case 'percent':
      if (!column.decimal || hasLeadingZeros(column)) return 0;
      return column.decimal.largest <= 100 ? 1 : 0.3;
    case 'integer':
      if (!column.integer) return 0;
      return column.integer.largest <= 600 ? 1 : 0.2;
    case 'yesNo':
      if (column.yesNo) return 1;
      return column.distinct && codesOf(column) && column.distinct.size <= 10 && !column.date ? 0.75 : 0;
    case 'codes':
      return codesOf(column) && !column.date ? codesScore(id, column) : 0;
    case 'key':
      return keyScore(id, column);
    case 'currency':
    case 'identityCode':
      return 0;
    case 'businessId':
      return column.businessIds > 0.5 ? 1 : 0;
    case 'text':
      return column.decimal?.hasMark || column.date ? 0.2 : 1;
    case 'any':
      return 1;
  }
}

function amountScore(column: Column): number {
  if (column.date || !column.decimal) return 0;
  if (hasLeadingZeros(column) && !column.decimal.hasMark) return 0;
  return column.decimal.hasMark ? 1 : 0.9;
}

function codesScore(id: string, column: Column): number {
  const codes = codesOf(column) ?? [];
  const known = codes.filter(({ guess }) => guess(id) !== undefined).length / codes.length;
  const penalty = column.decimal?.hasMark ? 0.3 : 1;
  return (0.7 + 0.3 * known) * penalty;
}

function keyScore(id: string, column: Column): number {
  if (column.date || column.decimal?.hasMark) return 0.1;
  if (column.values.length < column.rows * 0.9) return 0.2;
  if (id === 'reference') return column.unique ? 1 : 0.45;
  const few = column.rows > 20 && column.distinct !== null && column.distinct.size < 5;
  return few ? 0.3 : 1;
}

const hasLeadingZeros = ({ values }: Column) =>
  values.some((value) => /^0\d/.test(value)) && values.every((value) => /^\d+$/.test(value));
