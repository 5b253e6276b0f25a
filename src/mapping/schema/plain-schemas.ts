import { z } from 'zod';
import { aggregateSpecs } from '../language/aggregate-specs.ts';
import { Predicate } from '../language/predicate.ts';
import { Requirement } from '../language/requirement.ts';
import { ConstField, FirstOfField, FromField, type fieldForms, MetaField } from '../language/source.ts';
import { CaseShape, EachShape, PartShape } from '../load-mapping.ts';
import { CodeFile, Mapping } from '../mapping.ts';

const Json = z.json();
/** Any part of a JSON schema. */
export type Json = z.infer<typeof Json>;
/** A JSON schema. */
export type Schema = { [key: string]: Json };

/** The shape of each form of a field. */
const formShapes: Record<(typeof fieldForms)[number], z.ZodType> = {
  from: FromField,
  const: ConstField,
  firstOf: FirstOfField,
  case: CaseShape,
  meta: MetaField,
  each: EachShape,
  fields: PartShape,
  ...aggregateSpecs,
};

/** The definition of the language as JSON schemas; what the API or the field decides bears a `role` still. */
export type PlainSchemas = {
  mapping: Schema;
  /** Each form of a field, by its key. */
  forms: ReadonlyMap<string, Schema>;
  /** What may hold itself: `condition`, `requirement`, and nameless ones. */
  definitions: ReadonlyMap<string, Schema>;
};

/** The mapping with its code lists told apart: those that stand in the file, and those that name another. */
function wholeMapping() {
  const { codes } = Mapping.shape;
  const { keyType, valueType } = codes.unwrap();
  const inline = valueType.meta({ not: { required: ['file'] } });
  return Mapping.extend({
    codes: z
      .record(keyType, z.union([CodeFile, inline]))
      .describe(codes.description ?? '')
      .optional(),
  });
}

/** Turns the zod definition into JSON schemas, draft 7: what YAML servers of editors know best. */
export function plainSchemas(): PlainSchemas {
  const named = { condition: Predicate, requirement: Requirement };
  const made = z.toJSONSchema(z.object({ mapping: wholeMapping(), ...named, ...formShapes }), {
    target: 'draft-7',
    io: 'input',
  });
  const Members = z.record(z.string(), z.record(z.string(), Json));
  const { properties, definitions } = z
    .object({ properties: Members, definitions: Members })
    .parse(JSON.parse(JSON.stringify(made)));
  // What may hold itself has a number for a name: the two that stand in the list by themselves tell theirs.
  const names = new Map(
    Object.keys(named).map((name) => [/#\/definitions\/(\w+)/.exec(JSON.stringify(properties[name]))?.[1], name]),
  );
  const rename = (node: Json): Json => {
    if (Array.isArray(node)) return node.map(rename);
    if (typeof node !== 'object' || node === null) return node;
    return renameIn(node);
  };
  const renameIn = (schema: Schema): Schema =>
    Object.fromEntries(
      Object.entries(schema).map(([key, node]) => {
        const at = typeof node === 'string' && key === '$ref' ? node.replace('#/definitions/', '') : undefined;
        return [key, at === undefined ? rename(node) : `#/definitions/${names.get(at) ?? at}`];
      }),
    );
  return {
    mapping: renameIn(properties.mapping ?? {}),
    forms: new Map(Object.keys(formShapes).map((form) => [form, renameIn(properties[form] ?? {})])),
    definitions: new Map(
      Object.entries(definitions).map(([name, schema]) => [names.get(name) ?? name, renameIn(schema)]),
    ),
  };
}
