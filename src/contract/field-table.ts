import { z } from 'zod';
import { type Api, apis } from './apis.ts';
import { reportShapes } from './shapes.ts';

/** What kind of value a field holds. */
export type FieldKind = 'object' | 'list' | 'text' | 'decimal' | 'integer' | 'boolean' | 'date' | 'dateTime';

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
  format?: 'personalIdentityCode' | 'currencyCode';
  minItems?: number;
  minimum?: number;
  source?: string;
  confidence?: string;
  children: ReadonlyMap<string, Field>;
  /** What each value of a list is, when it has no fields of its own. */
  item?: Field;
};

/** The part of JSON Schema that field tables are read from. */
type Schema = {
  type?: string;
  format?: string;
  enum?: string[];
  pattern?: string;
  minimum?: number;
  minLength?: number;
  minItems?: number;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  expected?: boolean;
  source?: string;
  confidence?: string;
};

/**
 * Reads the table of fields out of a JSON schema. Our own contract passes through here too, so a register schema
 * can take its place without a change elsewhere.
 */
export function fieldsOfSchema(schema: Schema, path = '', required = true): Field {
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
  if (schema.format === 'personalIdentityCode' || schema.format === 'currencyCode') field.format = schema.format;
  if (schema.minItems !== undefined) field.minItems = schema.minItems;
  if (schema.minimum !== undefined) field.minimum = schema.minimum;
  if (schema.source) field.source = schema.source;
  if (schema.confidence) field.confidence = schema.confidence;
  return field;
}

function kindOf(schema: Schema): FieldKind {
  if (schema.type === 'object') return 'object';
  if (schema.type === 'array') return 'list';
  if (schema.type === 'number') return 'decimal';
  if (schema.type === 'integer') return 'integer';
  if (schema.type === 'boolean') return 'boolean';
  if (schema.format === 'date') return 'date';
  if (schema.format === 'date-time') return 'dateTime';
  return 'text';
}

/** The fields of one report of each API, or of one question. */
export const fieldTables: Record<Api, Field> = Object.fromEntries(
  apis.map((api) => [api, fieldsOfSchema(z.toJSONSchema(reportShapes[api]) as Schema)]),
) as Record<Api, Field>;

/** Finds a field by its dotted path within `root` (without `[]`: lists are entered through their items). */
export function findField(root: Field, path: string): Field | undefined {
  let field: Field | undefined = root;
  for (const part of path.split('.')) field = field?.children.get(part);
  return field;
}

/** All paths under a field, depth first, as a person would write them in a mapping. */
export function pathsOf(root: Field, prefix = ''): string[] {
  return [...root.children].flatMap(([key, field]) => {
    const path = prefix + key;
    return field.kind === 'object' ? pathsOf(field, `${path}.`) : [path];
  });
}
