import { z } from 'zod';
import type { InEachLanguage } from '../lib/language.ts';
import { type Api, apis } from './apis.ts';
import { correctRow } from './codes/code-words.ts';
import { Condition, fieldsOf } from './condition.ts';
import { kindOf, type ReportSchema, type Words } from './field-table.ts';
import type { CodeTable } from './register-codes.ts';

const kinds = ['object', 'list', 'text', 'decimal', 'integer', 'boolean', 'date', 'dateTime'] as const;
const words = z.union([
  z.string().min(1),
  z.strictObject({ en: z.string().optional(), fi: z.string().optional(), sv: z.string().optional() }),
]);

/** What the overlay says of one key. With a `type` it says all of it; without, it adds to a key that is known. */
const OverlayLine = z.strictObject({
  type: z.enum(kinds).optional(),
  /** What the items of a list are, when they have no parts. */
  of: z.enum(['text', 'decimal', 'integer', 'date']).optional(),
  values: z.array(z.string().min(1)).min(1).optional(),
  required: z.boolean().optional(),
  requiredWhen: Condition.optional(),
  /** Of a number its value, of a text its length, of a list its items. */
  min: z.number().optional(),
  max: z.number().optional(),
  pattern: z.string().refine(isPattern, 'expected a regular expression').optional(),
  format: z.enum(['personalIdentityCode', 'businessId', 'iban', 'currencyCode']).optional(),
  meaning: words.optional(),
  source: z.string().min(1).optional(),
});
type OverlayLine = z.infer<typeof OverlayLine>;

function isPattern(text: string): boolean {
  try {
    return Boolean(new RegExp(text, 'u'));
  } catch {
    return false;
  }
}

const path = z
  .string()
  .regex(
    /^[a-z][A-Za-z0-9]*(\[\])?(\.[a-z][A-Za-z0-9]*(\[\])?)*$/,
    'expected a key in camelCase, parts joined by dots, [] after a list: guarantors[].idCode',
  );

/** A contract overlay: what a lender knows of the register that this tool does not. */
export const ContractOverlay = z.strictObject({
  source: z.string().min(1).optional(),
  adds: z
    .array(z.strictObject({ apis: z.array(z.enum(apis)).min(1), fields: z.record(path, OverlayLine) }))
    .default([]),
  codes: z
    .record(
      z.string().regex(/^[A-Za-z0-9-]{1,20}$/, 'expected a code of the register, such as D55'),
      z
        .strictObject({
          meaning: words,
          howToFix: words.optional(),
          remedy: z.enum(['fix', 'resend', 'ours']).default('fix'),
          days: z.int().min(1).max(60).optional(),
        })
        .refine(({ remedy, days }) => (remedy === 'resend') === (days !== undefined), {
          error: 'days go with remedy: resend, and only with it',
          path: ['days'],
        }),
    )
    .default({}),
});
export type ContractOverlay = z.infer<typeof ContractOverlay>;

/** A key that must be there when a condition holds. */
type Needed = { path: string; when: Condition };

/** What is wrong with an overlay, and where; `word` may be a slip for one of `known`. */
export type OverlayFault = {
  at: readonly PropertyKey[];
  key?: string;
  code: string;
  message: string;
  word?: string;
  known?: readonly string[];
};

/** What is known of the reports of one API. */
export type ApiKnowledge = {
  /** A JSON schema of one report. */
  schema: ReportSchema;
  needed: readonly Needed[];
  /** An overlay has its say. */
  overlaid: boolean;
};
/** What is known of every API. */
export type Knowledge = Record<Api, ApiKnowledge>;

/** Puts an overlay on top of what is known. Pure: what is given stays as it is. */
export function widen(known: Knowledge, overlay: ContractOverlay): { knowledge: Knowledge; faults: OverlayFault[] } {
  const knowledge = { ...known };
  const faults: OverlayFault[] = [];
  for (const [i, { apis, fields }] of overlay.adds.entries())
    for (const api of apis) {
      const of = { ...knowledge[api], schema: structuredClone(knowledge[api].schema), overlaid: true };
      knowledge[api] = of;
      // Parents first, in whatever order they stand.
      const lines = Object.entries(fields).toSorted(([a], [b]) => depth(a) - depth(b));
      for (const [key, line] of lines) {
        const tell = (fault: Omit<OverlayFault, 'at'>) => faults.push({ at: ['adds', i, 'fields'], key, ...fault });
        addKey(of.schema, { api, path: key, line, source: line.source ?? overlay.source }, tell);
        if (line.requiredWhen) of.needed = [...of.needed, { path: key, when: line.requiredWhen }];
      }
    }
  tellConditions(overlay, knowledge, faults);
  return { knowledge, faults };
}

const depth = (key: string) => key.split('.').length;

type Added = { api: Api; path: string; line: OverlayLine; source: string | undefined };

function addKey(root: ReportSchema, added: Added, tell: (fault: Omit<OverlayFault, 'at'>) => void): void {
  const { api, path: whole, line } = added;
  const parts = whole.split('.');
  const key = parts.pop() ?? '';
  const owner = enter(root, parts, added, tell);
  if (!owner) return;
  if (key.endsWith('[]')) {
    tell({
      code: 'OVERLAY_KEY',
      message: `${whole}: say the list itself, ${whole.slice(0, -2)}, or a key of its items`,
    });
    return;
  }
  const properties = owner.properties ?? {};
  const known = Object.hasOwn(properties, key) ? properties[key] : undefined;
  if (line.type === undefined && !known) {
    tell({
      code: 'OVERLAY_KEY',
      message: `${whole} is no key of ${api} that is known: say its type`,
      word: key,
      known: Object.keys(properties),
    });
    return;
  }
  const fault = contradiction(line, known);
  if (fault !== undefined) {
    tell({ code: 'OVERLAY_KEY', message: `${whole}: ${fault}` });
    return;
  }
  const member = line.type === undefined ? amended(known ?? {}, line) : fresh(line);
  if (line.meaning !== undefined) member.meaning = line.meaning;
  if (added.source !== undefined) member.source = added.source;
  member.confidence = 'overlay';
  owner.properties = { ...properties, [key]: member };
  const others = (owner.required ?? []).filter((name) => name !== key);
  const isRequired = line.required ?? (line.type === undefined && owner.required?.includes(key) === true);
  owner.required = isRequired ? [...others, key] : others;
}

function enter(
  root: ReportSchema,
  parts: readonly string[],
  { api, path: whole }: Added,
  tell: (fault: Omit<OverlayFault, 'at'>) => void,
): ReportSchema | undefined {
  let owner = root;
  for (const part of parts) {
    const key = part.replace('[]', '');
    const member = Object.hasOwn(owner.properties ?? {}, key) ? owner.properties?.[key] : undefined;
    if (!member) {
      tell({
        code: 'OVERLAY_KEY',
        message: `${whole}: ${key} is no key of ${api} that is known: give it a line of its own`,
        word: key,
        known: Object.keys(owner.properties ?? {}),
      });
      return undefined;
    }
    const isList = member.items !== undefined;
    if (isList !== part.endsWith('[]') || (member.items ?? member).properties === undefined) {
      const why = isList ? `is a list: write ${key}[]` : part.endsWith('[]') ? 'is no list' : 'has no parts';
      tell({ code: 'OVERLAY_KEY', message: `${whole}: ${key} ${why}` });
      return undefined;
    }
    owner = member.items ?? member;
  }
  return owner;
}

/** What in a line does not go together, or with the key it is about. */
function contradiction({ type, of, values, min, max, pattern, format }: OverlayLine, known?: ReportSchema) {
  const whole = type ?? (known && kindOf(known));
  const kind = of ?? whole;
  if (of !== undefined && type !== 'list') return 'of goes with type: list';
  if ((values ?? pattern ?? format) !== undefined && kind !== 'text') return 'values, pattern and format go with text';
  const hasLimits = whole !== undefined && ['text', 'decimal', 'integer', 'list'].includes(whole);
  if ((min ?? max) !== undefined && !hasLimits) return 'min and max go with numbers, texts and lists';
  if (min !== undefined && max !== undefined && min > max) return `min is ${min}, more than max`;
  return undefined;
}

const typeOf = {
  object: 'object',
  list: 'array',
  text: 'string',
  decimal: 'number',
  integer: 'integer',
  boolean: 'boolean',
  date: 'string',
  dateTime: 'string',
} as const;

function fresh(line: OverlayLine): ReportSchema {
  const { type = 'text', of } = line;
  const schema: ReportSchema = { type: typeOf[type] };
  if (type === 'date') schema.format = 'date';
  if (type === 'dateTime') schema.format = 'date-time';
  if (type === 'object') Object.assign(schema, { properties: {}, additionalProperties: false });
  if (type === 'list')
    schema.items = of
      ? bounded(fresh({ type: of }), { values: line.values, pattern: line.pattern, format: line.format })
      : { type: 'object', properties: {}, additionalProperties: false };
  return bounded(schema, type === 'list' ? { min: line.min, max: line.max } : line);
}

function amended(known: ReportSchema, line: OverlayLine): ReportSchema {
  const values = line.values && { values: [...new Set([...(known.enum ?? []), ...line.values])] };
  return bounded({ ...known }, { ...line, ...values });
}

type Bounds = { [K in 'values' | 'min' | 'max' | 'pattern' | 'format']?: OverlayLine[K] | undefined };

function bounded(schema: ReportSchema, { values, min, max, pattern, format }: Bounds): ReportSchema {
  if (values) schema.enum = values;
  if (pattern !== undefined) schema.pattern = pattern;
  if (format !== undefined) schema.format = format;
  const [least, most] = ({ string: ['minLength', 'maxLength'], array: ['minItems', 'maxItems'] } as const)[
    String(schema.type)
  ] ?? ['minimum', 'maximum'];
  if (min !== undefined) schema[least] = min;
  if (max !== undefined) schema[most] = max;
  return schema;
}

function tellConditions(overlay: ContractOverlay, knowledge: Knowledge, faults: OverlayFault[]): void {
  for (const [i, { apis, fields }] of overlay.adds.entries())
    for (const [key, { requiredWhen }] of Object.entries(fields))
      for (const field of requiredWhen ? fieldsOf(requiredWhen) : [])
        for (const api of apis) {
          const known = pathsIn(knowledge[api].schema);
          if (known.includes(field)) continue;
          faults.push({
            at: ['adds', i, 'fields', key, 'requiredWhen'],
            code: 'OVERLAY_KEY',
            message: `${key}: requiredWhen looks at ${field}, which is no field of ${api} outside lists`,
            word: field,
            known,
          });
        }
}

/** Every path of a schema that does not lead into a list. */
const pathsIn = (schema: ReportSchema, prefix = ''): string[] =>
  Object.entries(schema.properties ?? {}).flatMap(([key, member]) => [
    prefix + key,
    ...pathsIn(member, `${prefix}${key}.`),
  ]);

/** The codes an overlay tells of. */
export function codesOf({ codes }: ContractOverlay): CodeTable {
  return new Map(
    Object.entries(codes).map(([code, { meaning, howToFix, remedy, days }]) => [
      code,
      {
        code,
        text: inEach(meaning),
        howToFix: howToFix === undefined ? correctRow : inEach(howToFix),
        remedy,
        ...(days !== undefined && { days }),
      },
    ]),
  );
}

/** A language that is not said has the words of another. */
function inEach(said: Words): InEachLanguage<string> {
  const { en, fi, sv } = typeof said === 'string' ? { en: said, fi: said, sv: said } : said;
  const any = en ?? fi ?? sv ?? '';
  return { en: en ?? any, fi: fi ?? any, sv: sv ?? any };
}
