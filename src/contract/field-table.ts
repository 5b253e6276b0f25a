import { z } from 'zod';
import { type Api, apis } from './apis.ts';
import { reportShapes } from './shapes.ts';

/** What kind of value a field holds. */
export type FieldKind = 'object' | 'list' | 'text' | 'decimal' | 'integer' | 'boolean' | 'date' | 'dateTime';

/** Forms of text that are checked by more than a pattern. */
const fieldFormats = ['personalIdentityCode', 'businessId', 'iban', 'currencyCode'] as const;
type FieldFormat = (typeof fieldFormats)[number];

/** Words for people, in some of the languages. */
export type Words = string | { en?: string | undefined; fi?: string | undefined; sv?: string | undefined };

/** One field a mapping may target. Lists have the fields of one item as children; those of plain values have `item` instead. */
export type Field = {
  /** Dotted path from the report, `[]` after a list: `borrowers[].idCode`. */
  path: string;
  kind: FieldKind;
  required: boolean;
  /** The observed client always sends it; whether the register demands it is not known. */
  expected: boolean;
  values?: readonly string[];
  pattern?: RegExp;
  format?: FieldFormat;
  minItems?: number;
  minimum?: number;
  source?: string;
  confidence?: string;
  /** What it means, when that is not said in `meanings.ts`. */
  meaning?: Words;
  children: ReadonlyMap<string, Field>;
  /** What each value of a list is, when it has no fields of its own. */
  item?: Field;
};

/** The part of JSON Schema that field tables are read from: of one report, keys in camelCase. */
export type ReportSchema = {
  type?: string;
  format?: string;
  enum?: string[];
  pattern?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  properties?: Record<string, ReportSchema>;
  required?: string[];
  additionalProperties?: boolean;
  items?: ReportSchema;
  expected?: boolean;
  source?: string;
  confidence?: string;
  meaning?: Words;
};

/**
 * Reads the table of fields out of a JSON schema. Our own contract passes through here too, so a register schema
 * can take its place without a change elsewhere.
 */
export function fieldsOfSchema(schema: ReportSchema, path = '', required = true): Field {
  const children = new Map<string, Field>();
  const members = schema.items ?? schema;
  const prefix = schema.items ? `${path}[].` : path && `${path}.`;
  for (const [key, member] of Object.entries(members.properties ?? {}))
    children.set(key, fieldsOfSchema(member, prefix + key, members.required?.includes(key) ?? false));
  const field: Field = { path, kind: kindOf(schema), required, expected: schema.expected === true, children };
  if (schema.items && schema.items.type !== 'object') field.item = fieldsOfSchema(schema.items, `${path}[]`);
  if (schema.enum) field.values = schema.enum;
  if (schema.pattern && schema.format !== 'date' && schema.format !== 'date-time')
    field.pattern = new RegExp(schema.pattern);
  const format = fieldFormats.find((each) => each === schema.format);
  if (format) field.format = format;
  if (schema.minItems !== undefined) field.minItems = schema.minItems;
  if (schema.minimum !== undefined) field.minimum = schema.minimum;
  if (schema.source) field.source = schema.source;
  if (schema.confidence) field.confidence = schema.confidence;
  if (schema.meaning !== undefined) field.meaning = schema.meaning;
  return field;
}

/** What kind of value a schema is of. */
export function kindOf(schema: ReportSchema): FieldKind {
  if (schema.type === 'object') return 'object';
  if (schema.type === 'array') return 'list';
  if (schema.type === 'number') return 'decimal';
  if (schema.type === 'integer') return 'integer';
  if (schema.type === 'boolean') return 'boolean';
  if (schema.format === 'date') return 'date';
  if (schema.format === 'date-time') return 'dateTime';
  return 'text';
}

/** What our own contract says of one report of each API, or of one question. */
export const reportSchemas = Object.fromEntries(
  apis.map((api) => [api, z.toJSONSchema(reportShapes[api]) as ReportSchema]),
) as Record<Api, ReportSchema>;

/** The fields of one report of each API, or of one question. */
export const fieldTables: Record<Api, Field> = tablesOf(reportSchemas);

/** The fields of each API, read from its schema. */
export function tablesOf(schemas: Record<Api, ReportSchema>): Record<Api, Field> {
  return Object.fromEntries(apis.map((api) => [api, fieldsOfSchema(schemas[api])])) as Record<Api, Field>;
}

/** What one item of a list is, as an object: a plain value is its one part, `value`. */
export function itemOf({ item, ...list }: Field): Field {
  return { ...list, kind: 'object', required: true, children: item ? new Map([['value', item]]) : list.children };
}

/**
 * Finds a field by its dotted path within `root` (without `[]`: lists are entered through their items, and `value` is an item
 * of a list of plain values).
 */
export function findField(root: Field, path: string): Field | undefined {
  let field: Field | undefined = root;
  for (const part of path.split('.')) field = field?.children.get(part) ?? (part === 'value' ? field?.item : undefined);
  return field;
}

/** All paths under a field, depth first, as a person would write them in a mapping. */
export function pathsOf(root: Field, prefix = ''): string[] {
  return [...root.children].flatMap(([key, field]) => {
    const path = prefix + key;
    return field.kind === 'object' ? pathsOf(field, `${path}.`) : [path];
  });
}
