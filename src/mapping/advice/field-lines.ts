import type { FieldSpec, Fields, Source } from '../language/source.ts';

/** A line of `fields` that makes a value: parts and lists are gone through. */
export type FieldLine = {
  /** The field, dotted, as a person writes it: `borrowers.idCode`. */
  path: string;
  spec: Source;
  /** Where it stands in the mapping file. */
  at: readonly PropertyKey[];
  /** It stands in a list with an item for each row. */
  eachRow: boolean;
  /** The numbers that stand for `{n}` in it; empty outside numbered columns. */
  numbers: readonly number[];
};

type Around = Pick<FieldLine, 'eachRow' | 'numbers'>;

/** All lines of a mapping's fields that make a value, in the order of the file. */
export function linesOf(fields: Fields): FieldLine[] {
  return below(fields, '', ['fields'], { eachRow: false, numbers: [] });
}

function below(fields: Fields, prefix: string, at: readonly PropertyKey[], around: Around): FieldLine[] {
  return Object.entries(fields).flatMap(([key, spec]) => {
    const [path, place] = [prefix + key, [...at, key]];
    if (!('fields' in spec)) return [{ path, spec, at: place, ...around }];
    return below(spec.fields, `${path}.`, [...place, 'fields'], inside(spec, around));
  });
}

function inside(spec: FieldSpec, around: Around): Around {
  if (!('each' in spec)) return around;
  if (spec.each === 'rows') return { ...around, eachRow: true };
  const [from = 0, to = -1] = (spec.numbered ?? '').split('..').map(Number);
  return { ...around, numbers: Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i) };
}

/** Keys under which the forms of a source name a column. */
const columnKeys: readonly string[] = [
  'from',
  'firstOf',
  'sum',
  'first',
  'last',
  'min',
  'max',
  'by',
  'column',
  'columns',
];

/** The columns a line reads, its conditions included. */
export function columnsOfLine({ spec, numbers }: FieldLine): string[] {
  const found = new Set<string>();
  const look = (value: unknown, key: string) => {
    if (Array.isArray(value)) for (const item of value) look(item, key);
    else if (typeof value === 'string') {
      if (columnKeys.includes(key)) found.add(value);
    } else if (typeof value === 'object' && value !== null)
      for (const [inner, member] of Object.entries(value)) if (inner !== 'const') look(member, inner);
  };
  look(spec, '');
  return [...found].flatMap((column) => withNumbers(column, numbers));
}

/** A name in which `{n}` stands, once for each number. */
export function withNumbers(name: string, numbers: readonly number[]): string[] {
  return name.includes('{n}') ? numbers.map((n) => name.replaceAll('{n}', String(n))) : [name];
}
