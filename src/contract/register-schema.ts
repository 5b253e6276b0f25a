import { z } from 'zod';
import type { ReportSchema } from './field-table.ts';

/** Any JSON schema of any draft, as it was read. */
export type AnySchema = { readonly [word: string]: unknown };

/** Finds what a `$ref` points at; undefined when there is nothing. */
export type Resolve = (ref: string) => AnySchema | undefined;

/** A schema that has its say about one value; `certain` when it always holds, and not only in one of several cases. */
export type Voice = { schema: AnySchema; certain: boolean };

/** Whether a part of a schema is one itself. */
export const isSchema = (it: unknown): it is AnySchema => typeof it === 'object' && it !== null && !Array.isArray(it);
const schemasIn = (it: unknown): AnySchema[] => (Array.isArray(it) ? it.filter(isSchema) : isSchema(it) ? [it] : []);

/** Deeper than this no report goes: schemas that hold themselves end here. */
export const deepest = 12;
/** In how many steps `$ref` may lead to a schema. */
const mostSteps = 50;

/** Every schema that has its say about a value: through `$ref`, `allOf`, and the cases of `anyOf`, `oneOf`, `if`. */
export function voicesOf({ schema, certain }: Voice, resolve: Resolve, steps = 0): Voice[] {
  if (steps > mostSteps) return [];
  const next = (inner: AnySchema, sure: boolean) => voicesOf({ schema: inner, certain: sure }, resolve, steps + 1);
  const referred = typeof schema['$ref'] === 'string' ? resolve(schema['$ref']) : undefined;
  const cases = ['anyOf', 'oneOf', 'then', 'else'].flatMap((word) => schemasIn(schema[word]));
  return [
    { schema, certain },
    ...(referred ? next(referred, certain) : []),
    ...schemasIn(schema['allOf']).flatMap((each) => next(each, certain)),
    ...cases.flatMap((each) => next(each, false)),
  ];
}

/** What all who have a say about a value say of its parts. */
export function partsOf(voices: readonly Voice[]): {
  parts: Map<string, Voice[]>;
  required: Set<string>;
  items: Voice[];
} {
  const parts = new Map<string, Voice[]>();
  const required = new Set<string>();
  const items: Voice[] = [];
  for (const { schema, certain } of voices) {
    for (const [key, part] of Object.entries(isSchema(schema['properties']) ? schema['properties'] : {}))
      if (isSchema(part)) parts.set(camelKey(key), [...(parts.get(camelKey(key)) ?? []), { schema: part, certain }]);
    if (certain && Array.isArray(schema['required']))
      for (const key of schema['required']) required.add(camelKey(String(key)));
    items.push(...schemasIn(schema['items']).map((item) => ({ schema: item, certain })));
  }
  return { parts, required, items };
}

/** A key as we write it. */
export const camelKey = (key: string) => key.charAt(0).toLowerCase() + key.slice(1);

/**
 * What field tables are read from, out of a JSON schema of the register's: keys in camelCase, cases taken together, a
 * key required only where it always is. What is told of nothing but single cases is left to the schema itself.
 * @param ours our own schema of the same thing: what it knows besides, words and forms of codes, is kept
 */
export function plainSchema(schema: AnySchema, resolve: Resolve, ours: ReportSchema | undefined): ReportSchema {
  return plain([{ schema, certain: true }], resolve, ours, 0);
}

function plain(said: readonly Voice[], resolve: Resolve, ours: ReportSchema | undefined, depth: number): ReportSchema {
  const voices = said.flatMap((voice) => voicesOf(voice, resolve));
  const { parts, required, items } = partsOf(voices);
  const made: ReportSchema = { confidence: 'schema' };
  const known = { ...made, ...limitsOf(voices) };
  if (depth < deepest && parts.size > 0) {
    const properties = [...parts].map(([key, part]) => [key, plain(part, resolve, ours?.properties?.[key], depth + 1)]);
    return {
      ...made,
      type: 'object',
      properties: withPersons(Object.fromEntries(properties)),
      required: [...required],
      additionalProperties: false,
    };
  }
  if (depth < deepest && items.length > 0)
    return { ...known, type: 'array', items: plain(items, resolve, ours?.items, depth + 1) };
  const type = typeOf(voices);
  const values = type === 'string' ? valuesOf(voices) : [];
  return {
    ...known,
    type,
    ...(values.length > 0 && { enum: values }),
    ...(type === 'string' && ours?.format !== undefined && known.format === undefined && { format: ours.format }),
  };
}

/** A code beside a type of code that is that of persons only is one: it is checked, and never shown. */
function withPersons(properties: Record<string, ReportSchema>): Record<string, ReportSchema> {
  const { idCode, idCodeType } = properties;
  if (idCode?.type !== 'string' || idCode.format !== undefined) return properties;
  if (idCodeType?.enum?.some((value) => value !== 'PersonalIdentityCode')) return properties;
  return { ...properties, idCode: { ...idCode, format: 'personalIdentityCode' } };
}

const Limits = z.object({
  format: z.enum(['date', 'date-time']).optional().catch(undefined),
  pattern: z.string().optional().catch(undefined),
  minimum: z.number().optional().catch(undefined),
  maximum: z.number().optional().catch(undefined),
  minLength: z.number().optional().catch(undefined),
  maxLength: z.number().optional().catch(undefined),
  minItems: z.number().optional().catch(undefined),
  maxItems: z.number().optional().catch(undefined),
});

function limitsOf(voices: readonly Voice[]): Partial<ReportSchema> {
  const limits = voices.filter(({ certain }) => certain).map(({ schema }) => Limits.parse(schema));
  return Object.fromEntries(limits.flatMap((each) => Object.entries(each).filter(([, value]) => value !== undefined)));
}

function typeOf(voices: readonly Voice[]): string {
  const named = voices.flatMap(({ schema }) => schema['type']).filter((type) => type !== undefined && type !== 'null');
  const [first] = named;
  return typeof first === 'string' ? first : 'string';
}

/** Texts of `enum` and `const`, of all cases together. */
function valuesOf(voices: readonly Voice[]): string[] {
  const found = voices.flatMap(({ schema }) => [
    ...(Array.isArray(schema['enum']) ? (schema['enum'] as unknown[]) : []),
    schema['const'],
  ]);
  return [...new Set(found.filter((value) => typeof value === 'string'))];
}
