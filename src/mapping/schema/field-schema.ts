import type { Field } from '../../contract/field-table.ts';
import { evidenceOf, meaningOf, meaningOfValue } from '../../contract/meanings.ts';
import { builtInConverter, builtInFormats } from '../compile/formats.ts';
import type { Schema } from './plain-schemas.ts';

/** The keys that may stand under `fields`: each part of an owner, and the parts of its parts joined by dots; lists are one key. */
export function targets(owner: Field): Map<string, Field> {
  const found = new Map<string, Field>();
  for (const [key, field] of owner.children) {
    found.set(key, field);
    if (field.kind !== 'object') continue;
    for (const [path, inner] of targets(field)) found.set(`${key}.${path}`, inner);
  }
  return found;
}

/** What of an owner must be mapped, and of its parts where they are mapped: as one line, or by lines for their parts. */
export function completeness(owner: Field): Schema {
  const needed = demands(owner, '');
  const below = [...owner.children]
    .map(([key, field]) => [key, completeness(field)] as const)
    .filter(([, schema]) => Object.keys(schema).length > 0)
    .map(([key, schema]) => [key, { properties: { fields: schema } }]);
  return {
    ...(needed.length > 0 ? { allOf: needed } : {}),
    ...(below.length > 0 ? { properties: Object.fromEntries(below) } : {}),
  };
}

function demands(owner: Field, prefix: string): Schema[] {
  const required = [...owner.children].filter(([, field]) => field.required);
  return required.map(([key, field]) => {
    const whole = { required: [prefix + key] };
    const parts = field.kind === 'object' ? demands(field, `${prefix}${key}.`) : [];
    return parts.length === 0 ? whole : { anyOf: [whole, { allOf: parts }] };
  });
}

const kindWords = {
  object: 'Has parts.',
  list: 'A list.',
  text: 'Text.',
  decimal: 'A number.',
  integer: 'A whole number.',
  boolean: 'True or false.',
  date: 'A day.',
  dateTime: 'A time, in UTC.',
};

/** A field in words: what it means, what kind of value it holds, whether it is needed, how sure all that is. */
export function describeField(field: Field): string {
  const evidence = evidenceOf(field);
  return [
    meaningOf(field),
    kindWords[field.kind],
    field.required ? 'The register needs it.' : field.expected ? 'Lenders’ clients send it always.' : undefined,
    evidence && `(${evidence})`,
  ]
    .filter((words) => words !== undefined)
    .join(' ');
}

/** The schema of a value written in the mapping itself: `const`, `default`. */
export function writtenValue(field: Field): Schema {
  switch (field.kind) {
    case 'object':
      return {
        type: 'object',
        properties: Object.fromEntries(
          [...field.children].map(([key, child]) => [key, described(child, writtenValue(child))]),
        ),
        required: [...field.children].filter(([, child]) => child.required).map(([key]) => key),
        additionalProperties: false,
      };
    case 'list':
      return { type: 'array', items: writtenValue(field.item ?? { ...field, kind: 'object' }) };
    case 'decimal':
      return { type: 'number' };
    case 'integer':
      return { type: 'integer', minimum: field.minimum ?? 0 };
    case 'boolean':
      return { type: 'boolean' };
    case 'date':
      return { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\d$' };
    case 'dateTime':
      return { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ$' };
    case 'text':
      if (field.values) return valuesSchema(field.values);
      return field.pattern ? { type: 'string', pattern: field.pattern.source } : { type: 'string' };
  }
}

/** Text out of a list of values, each with its meaning. */
export function valuesSchema(values: readonly string[]): Schema {
  return {
    type: 'string',
    enum: [...values],
    markdownEnumDescriptions: values.map((value) => meaningOfValue(value) ?? ''),
  };
}

/** Every value of the lists of values below a field, once. */
export function valuesBelow(field: Field): string[] {
  const below = [...field.children.values()].flatMap((child) => [
    ...(child.values ?? child.item?.values ?? []),
    ...valuesBelow(child),
  ]);
  return [...new Set(below)];
}

/** The schema of a report that a test expects: any of its fields, `null` for one that must be absent. */
export function expectedOf(field: Field): Schema {
  switch (field.kind) {
    case 'object':
      return {
        type: ['object', 'null'],
        properties: Object.fromEntries(
          [...field.children].map(([key, child]) => [key, described(child, expectedOf(child))]),
        ),
        additionalProperties: false,
      };
    case 'list':
      return { type: ['array', 'null'], items: expectedOf(field.item ?? { ...field, kind: 'object' }) };
    case 'decimal':
      return { type: ['number', 'null'] };
    case 'integer':
    case 'boolean':
      return { type: [field.kind, 'null'] };
    default:
      return field.values ? { enum: [...field.values, null] } : { type: ['string', 'null'] };
  }
}

const described = (field: Field, schema: Schema): Schema => ({ description: describeField(field), ...schema });

const builtIns = builtInFormats.map((name) => ({ name, kind: builtInConverter(name, 'artificial').kind }));

/** What `as` may say for a field, or for any cell: the built-in formats that fit, and the mapping's own. */
export function formatsFor(field: Field | undefined, plain: Schema): Schema {
  const fit = builtIns.filter(
    ({ kind }) => !field || kind === field.kind || (kind === 'integer' && field.kind === 'decimal'),
  );
  return {
    anyOf: [{ enum: fit.map(({ name }) => name) }, { ...plain, not: { enum: [...builtInFormats] } }],
  };
}

/** What `meta` can give a field. */
export function metaFor(field: Field): string[] {
  if (field.values || field.pattern) return [];
  const fit: Partial<Record<Field['kind'], string[]>> = {
    text: ['takenAt', 'fileName', 'line', 'loanNumber'],
    dateTime: ['takenAt'],
    integer: ['line'],
  };
  return fit[field.kind] ?? [];
}

const numbers: Field['kind'][] = ['decimal', 'integer'];
const kindsOfForm: Partial<Record<string, Field['kind'][]>> = {
  sum: numbers,
  count: numbers,
  min: [...numbers, 'date', 'dateTime'],
  max: [...numbers, 'date', 'dateTime'],
};

/** Whether a field can have its value from this form: words do not add up. */
export const formFits = (form: string, field: Field): boolean => kindsOfForm[form]?.includes(field.kind) ?? true;
