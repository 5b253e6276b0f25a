import { type Field, findField, pathsOf } from '../../contract/field-table.ts';
import type { PersonSeries } from '../../lib/identity-code.ts';
import { didYouMean } from '../../lib/suggest.ts';
import type { Fields } from '../language/source.ts';
import type { Mapping } from '../mapping.ts';
import { builtInConverter, builtInFormats, type Converter, formatConverter } from './formats.ts';
import type { Moment } from './moment.ts';
import type { PredicateScope } from './predicates.ts';
import type { Trace } from './trace.ts';

/** Tells a problem of the mapping file, at a path within it. */
export type Tell = (
  path: readonly PropertyKey[],
  code: string,
  message: string,
  options?: { key?: string; severity?: 'warning' },
) => void;

/** What the parts of a mapping share while it is compiled: columns, formats, and where problems go. */
export class Scope implements PredicateScope {
  readonly mapping: Mapping;
  readonly root: Field;
  readonly tell: Tell;
  /** Watches the mapping at work, when somebody wants to know how a report came to be. */
  readonly trace: Trace | undefined;
  /** Every column the mapping reads. */
  readonly columns = new Set<string>();
  /** Those that are read from every row of a report. */
  readonly #everyRow = new Set<string>();
  /** Those that are read from one row. */
  readonly #oneRow = new Set<string>();
  #inAggregate = false;
  readonly #index: ReadonlyMap<string, number> | undefined;
  readonly #emptyAs: ReadonlySet<string>;
  readonly #personal: ReadonlySet<string>;
  readonly #converters = new Map<string, Converter>();
  readonly #built: readonly string[];

  constructor(
    mapping: Mapping,
    root: Field,
    series: PersonSeries,
    tell: Tell,
    index?: ReadonlyMap<string, number>,
    trace?: Trace,
  ) {
    this.mapping = mapping;
    this.root = root;
    this.tell = tell;
    this.trace = trace;
    this.#index = index;
    this.#emptyAs = new Set(mapping.csv.emptyAs);
    this.#personal = new Set(mapping.csv.columns.personal);
    this.#built = builtBy(mapping.fields);
    for (const name of builtInFormats) this.#converters.set(name, builtInConverter(name, series));
    for (const [name, format] of Object.entries(mapping.formats)) {
      if (this.#converters.has(name))
        tell(['formats'], 'FORMAT_NAME', `${name} is built in; give the format another name`, { key: name });
      try {
        this.#converters.set(name, formatConverter(format));
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        tell(['formats', name], 'FORMAT', error.message);
      }
    }
  }

  problem(path: readonly PropertyKey[], code: string, message: string, key?: string): void {
    this.tell(path, code, message, key === undefined ? {} : { key });
  }

  /** Position of a column in this export; notes that the mapping reads it. */
  position(column: string): number {
    this.columns.add(column);
    (this.#inAggregate ? this.#everyRow : this.#oneRow).add(column);
    return this.#index?.get(column) ?? -1;
  }

  /** @param rule the part of the mapping that reads it */
  cell(column: string, rule: readonly PropertyKey[], emptyAs?: readonly string[]): (moment: Moment) => string {
    const at = this.position(column);
    const empty = emptyAs ? new Set(emptyAs) : this.#emptyAs;
    const read = ({ row }: Moment) => {
      const text = trim(row.cells[at] ?? '');
      return text === '' || empty.has(text) ? '' : text;
    };
    return this.trace ? this.trace.cell(column, rule, read) : read;
  }

  /** Compiles what reads its columns from every row of a report. */
  onEveryRow<T>(compile: () => T): T {
    this.#inAggregate = true;
    try {
      return compile();
    } finally {
      this.#inAggregate = false;
    }
  }

  /** Columns read from every row and never from one alone: on the rows of a report they may differ. */
  columnsOfEveryRow(): Set<string> {
    return this.#everyRow.difference(this.#oneRow);
  }

  isPersonal(column: string): boolean {
    return this.#personal.has(column);
  }

  field(path: string, at: readonly PropertyKey[]): (moment: Moment) => unknown {
    if (!findField(this.root, path)) {
      const known = pathsOf(this.root);
      this.tell(at, 'UNKNOWN_FIELD', `${path} is not a field of ${this.mapping.api}${didYouMean(path, known)}`);
    } else if (!this.#built.some((built) => within(path, built) || within(built, path)))
      this.tell(
        at,
        'FIELD_NEVER_BUILT',
        `${path} is mapped by no line of this mapping, so there is never a value to look at`,
      );
    const parts = path.split('.');
    return ({ report }) => readPath(report, parts);
  }

  converter(name: string, at: readonly PropertyKey[]): Converter | undefined {
    const found = this.#converters.get(name);
    if (!found && !Object.hasOwn(this.mapping.formats, name))
      this.tell(
        at,
        'UNKNOWN_FORMAT',
        `no format ${name}${didYouMean(name, this.#converters.keys()) || `; known: ${[...this.#converters.keys()].join(', ')}`}`,
      );
    return found;
  }
}

/** The fields that have a line of their own. */
function builtBy(fields: Fields, prefix = ''): string[] {
  return Object.entries(fields).flatMap(([key, spec]) =>
    'fields' in spec ? builtBy(spec.fields, `${prefix}${key}.`) : [prefix + key],
  );
}

const within = (path: string, part: string) => path === part || path.startsWith(`${part}.`);

/** Follows a path into a report; undefined when it ends early. */
export function readPath(report: Record<string, unknown>, parts: readonly string[]): unknown {
  let value: unknown = report;
  for (const part of parts) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string, unknown>)[part];
  }
  return value;
}

/** Takes blanks, tabs and no-break spaces off both ends; the common case, nothing to take, costs two looks. */
export function trim(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && isBlank(text.charCodeAt(from))) from++;
  while (to > from && isBlank(text.charCodeAt(to - 1))) to--;
  return from === 0 && to === text.length ? text : text.slice(from, to);
}

const isBlank = (code: number) => code === 32 || code === 9 || code === 160 || code === 0x202f || code === 13;
