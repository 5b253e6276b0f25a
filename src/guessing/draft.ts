import type { Api } from '../contract/apis.ts';
import type { Format } from '../mapping/language/format.ts';
import type { Column } from './column-profile.ts';
import { type DraftLine, quoted } from './draft-lines.ts';
import type { Look } from './look-at-columns.ts';
import type { Match } from './match-columns.ts';
import { membersOf } from './numbered-columns.ts';

/** A code list of a draft; a value that could not be guessed is undefined, and left to its author. */
export type DraftCodes = {
  column: string;
  path: string;
  entries: { code: string; value: string | boolean | undefined; why: string }[];
  values: readonly string[];
};

/** A draft while it grows: what the lines of its fields need besides themselves. */
export class Draft {
  readonly api: Api;
  readonly look: Look;
  readonly matches: ReadonlyMap<string, Match>;
  readonly formats = new Map<string, Format>();
  readonly codes = new Map<string, DraftCodes>();
  /** Columns that the lines read. */
  readonly used = new Set<string>();
  /** What is left to do besides the code lists, in words. */
  readonly left: string[] = [];
  /** What was supposed without anything in the file that shows it. */
  readonly supposed: string[] = [];

  constructor(api: Api, look: Look, matches: ReadonlyMap<string, Match>) {
    this.api = api;
    this.look = look;
    this.matches = matches;
  }

  column(role: string): Column | undefined {
    return this.matches.get(role)?.column;
  }

  /** The name to write after `from:` for a column; of numbered columns the first. */
  from(column: Column): string {
    const group = this.look.numbered.get(column);
    const name = group ? (membersOf(group)[0] ?? '') : column.name;
    this.used.add(name);
    return quoted(name);
  }

  /** Why a role's column was taken, and how sure that is. */
  why(role: string, more: readonly string[] = []): string {
    const match = this.matches.get(role);
    if (!match) return '';
    const sure = match.score >= 0.8 ? 'sure' : match.score >= 0.55 ? 'likely' : 'unsure';
    const or = match.rivals.length > 0 ? [`or ${match.rivals.join(', ')}`] : [];
    return ['guess', ` (${sure}): `, [match.why, ...or, ...more].join('; ')].join('');
  }

  /** The name of a format, which is added when the mapping does not have it yet. */
  format(wanted: Format, base: string): string {
    const text = JSON.stringify(wanted);
    for (let n = 1; ; n++) {
      const name = n === 1 ? base : `${base}${n}`;
      const there = this.formats.get(name);
      if (!there) this.formats.set(name, wanted);
      if (!there || JSON.stringify(there) === text) return name;
    }
  }

  /** The name of a code list for a role's column, which is added when it is not there yet. */
  codeList(list: DraftCodes, base: string): string {
    this.codes.set(base, list);
    return base;
  }

  /** A field that has one value whatever the row; the author must say whether it is right. */
  constant(key: string, value: string | number | boolean, why: string): DraftLine {
    this.supposed.push(`${key}: ${value}`);
    const source = typeof value === 'string' ? quoted(value) : String(value);
    return { kind: 'source', key, source: `const: ${source}`, note: `guess, to be confirmed: ${why}` };
  }
}
