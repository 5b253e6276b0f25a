import { z } from 'zod';
import { batchApis } from '../contract/apis.ts';
import { encodings } from '../reading/encoding.ts';

/** Names of fields, formats and code lists: letters and digits, nothing that could reach a prototype. */
const name = z.string().regex(/^[A-Za-z][A-Za-z0-9_-]*$/, 'expected a name of letters and digits');
const column = z.string().min(1);
const scalar = z.union([z.string(), z.number(), z.boolean()]);

const DecimalFormat = z.strictObject({
  type: z.literal('decimal'),
  decimal: z.string().length(1).default('.'),
  group: z.union([z.string().length(1), z.array(z.string().length(1))]).default([]),
  scale: z.int().min(0).max(6).optional(),
});
const DateFormat = z.strictObject({ type: z.literal('date'), format: z.string().min(1) });
const DateTimeFormat = z.strictObject({
  type: z.literal('dateTime'),
  format: z.string().min(1),
  zone: z.string().default('Europe/Helsinki'),
});
const BooleanFormat = z.strictObject({
  type: z.literal('boolean'),
  true: z.array(z.string()).min(1),
  false: z.array(z.string()).min(1),
});
const IntegerFormat = z.strictObject({
  type: z.literal('integer'),
  group: z.union([z.string().length(1), z.array(z.string().length(1))]).default([]),
});

/** A named way of writing values in the export. */
export const Format = z.discriminatedUnion('type', [
  DecimalFormat,
  DateFormat,
  DateTimeFormat,
  BooleanFormat,
  IntegerFormat,
]);
export type Format = z.infer<typeof Format>;

const operators = {
  is: scalar.optional(),
  isNot: scalar.optional(),
  in: z.array(scalar).min(1).optional(),
  notIn: z.array(scalar).min(1).optional(),
  empty: z.literal(true).optional(),
  filled: z.literal(true).optional(),
  matches: z.string().min(1).optional(),
  before: z.string().optional(),
  after: z.string().optional(),
  lessThan: z.number().optional(),
  moreThan: z.number().optional(),
  atLeast: z.number().optional(),
  atMost: z.number().optional(),
};

/** A condition on a cell or on a field already built. */
export const Predicate: z.ZodType<Predicate> = z.lazy(() =>
  z.strictObject({
    column: column.optional(),
    field: z.string().optional(),
    as: name.optional(),
    ...operators,
    all: z.array(Predicate).min(1).optional(),
    any: z.array(Predicate).min(1).optional(),
    not: Predicate.optional(),
  }),
) as z.ZodType<Predicate>;
export type Predicate = {
  column?: string;
  field?: string;
  as?: string;
  is?: string | number | boolean;
  isNot?: string | number | boolean;
  in?: (string | number | boolean)[];
  notIn?: (string | number | boolean)[];
  empty?: true;
  filled?: true;
  matches?: string;
  before?: string;
  after?: string;
  lessThan?: number;
  moreThan?: number;
  atLeast?: number;
  atMost?: number;
  all?: Predicate[];
  any?: Predicate[];
  not?: Predicate;
};

const handling = {
  as: name.optional(),
  codes: name.optional(),
  default: scalar.optional(),
  prefix: z.string().optional(),
  suffix: z.string().optional(),
  shape: z.string().min(1).max(200).optional(),
  emptyAs: z.array(z.string()).optional(),
  when: Predicate.optional(),
};

/** Where one value comes from. */
export const FromField = z.strictObject({ from: column, ...handling });
export const FirstOfField = z.strictObject({ firstOf: z.array(column).min(1), ...handling });
export const ConstField = z.strictObject({ const: z.json(), when: Predicate.optional() });
export const MetaField = z.strictObject({
  meta: z.enum(['takenAt', 'fileName', 'line']),
  prefix: z.string().optional(),
  suffix: z.string().optional(),
  when: Predicate.optional(),
});

export type Handling = z.infer<typeof FromField>;
type CaseBranch = { when: Predicate } & Omit<Source, 'when'>;

/** A value chosen by conditions; there is no silent else. */
export type CaseField = { case: CaseBranch[]; else: 'unmapped' | 'omitted' | Source; when?: Predicate };
/** A list built from columns with numbers, or from the rows of a group. */
export type EachField = {
  each: 'rows' | 'columns';
  numbered?: string;
  presentWhen?: string | Predicate;
  where?: Predicate;
  when?: Predicate;
  fields: Fields;
};
/** A nested part of the report. */
export type PartField = { when?: Predicate; fields: Fields };
export type Source =
  | z.infer<typeof FromField>
  | z.infer<typeof FirstOfField>
  | z.infer<typeof ConstField>
  | z.infer<typeof MetaField>
  | CaseField;
export type FieldSpec = Source | EachField | PartField;
export type Fields = Record<string, FieldSpec>;

const fieldPath = z
  .string()
  .regex(
    /^[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*)*$/,
    'expected a field of the report in camelCase, parts joined by dots',
  );

/** Tells the forms of a field apart by their key, so that a mistake is told about the form that was meant. */
export const fieldForms = ['from', 'const', 'firstOf', 'case', 'meta', 'each', 'fields'] as const;

const Operand = z.union([
  z.string(),
  z.number(),
  z.strictObject({ count: z.string() }),
  z.strictObject({ const: scalar }),
]);
export type Operand = z.infer<typeof Operand>;
const pair = z.tuple([Operand, Operand]);

/** What a house check demands of a report. */
export const Requirement: z.ZodType<Requirement> = z.lazy(() =>
  z.strictObject({
    atLeast: pair.optional(),
    atMost: pair.optional(),
    moreThan: pair.optional(),
    lessThan: pair.optional(),
    equals: pair.optional(),
    differs: pair.optional(),
    before: pair.optional(),
    after: pair.optional(),
    notBefore: pair.optional(),
    notAfter: pair.optional(),
    filled: z.string().optional(),
    empty: z.string().optional(),
    all: z.array(Requirement).min(1).optional(),
    any: z.array(Requirement).min(1).optional(),
    not: Requirement.optional(),
  }),
) as z.ZodType<Requirement>;
type Pair = [Operand, Operand];
export type Requirement = {
  [Op in
    | 'atLeast'
    | 'atMost'
    | 'moreThan'
    | 'lessThan'
    | 'equals'
    | 'differs'
    | 'before'
    | 'after'
    | 'notBefore'
    | 'notAfter']?: Pair;
} & { filled?: string; empty?: string; all?: Requirement[]; any?: Requirement[]; not?: Requirement };

const ruleId = z.string().regex(/^[A-Z][A-Z0-9_-]*$/, 'expected an id in capitals, such as LEGAL-PERSON');
const sentence = z.union([
  z.string(),
  z.strictObject({ en: z.string().optional(), fi: z.string().optional(), sv: z.string().optional() }),
]);

const Check = z.strictObject({
  id: ruleId,
  require: Requirement,
  when: Predicate.optional(),
  severity: z.enum(['error', 'warning']).default('error'),
  say: sentence.optional(),
});
export type Check = z.infer<typeof Check>;

const ExpectedFinding = z.strictObject({
  code: z.string(),
  line: z.int().optional(),
  lastLine: z.int().optional(),
  column: z.string().optional(),
  severity: z.enum(['error', 'warning']).optional(),
});

const Test = z
  .strictObject({
    name: z.string().min(1),
    today: z.iso.date().optional(),
    given: z.string().min(1).optional(),
    like: z.string().optional(),
    with: z.record(z.string(), z.string()).optional(),
    expect: z.array(z.record(z.string(), z.json())).optional(),
    expectFindings: z.array(ExpectedFinding).optional(),
  })
  .refine((test) => (test.given === undefined) !== (test.like === undefined), {
    message: 'expected either given (rows as text) or like (the name of an earlier test)',
  })
  .refine((test) => test.expect !== undefined || test.expectFindings !== undefined, {
    message: 'expected expect (reports) or expectFindings, or both: a test without them proves nothing',
  });
export type MappingTest = z.infer<typeof Test>;

const percent = z.string().regex(/^\d{1,3}(\.\d+)?%$/, 'expected a share such as 20%');

/** A mapping file (design section 3.4). `fields` is checked form by form in `load-mapping.ts`. */
export const Mapping = z.strictObject({
  mapping: name,
  draft: z.boolean().default(false).describe('A draft is checked, and takes no exports until this line is taken out'),
  api: z.enum(batchApis),
  takes: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]),
  csv: z
    .strictObject({
      encoding: z.enum(encodings).default('utf-8'),
      delimiter: z.string().length(1).default(';'),
      emptyAs: z.array(z.string()).default(['']),
      columns: z
        .strictObject({
          missing: z.enum(['refuseFile']).default('refuseFile'),
          unknown: z.enum(['warn', 'ignore', 'refuseFile']).default('warn'),
          personal: z.array(column).default([]),
          carry: z.array(column).default([]),
        })
        .prefault({}),
    })
    .prefault({}),
  formats: z.record(name, Format).default({}),
  codes: z.record(name, z.record(z.string(), scalar)).default({}),
  records: z
    .strictObject({ groupBy: z.union([column, z.array(column).min(1)]), mayDiffer: z.array(column).default([]) })
    .optional(),
  skip: z.array(z.strictObject({ id: ruleId, when: Predicate, why: z.string().min(1) })).default([]),
  fields: z.record(fieldPath, z.record(z.string(), z.unknown())),
  checks: z.array(Check).default([]),
  refuseFileWhen: z
    .strictObject({ rejectedOver: percent.optional(), rejectedRowsOver: z.int().min(0).optional() })
    .optional(),
  approveWhen: z.strictObject({ rowsOffMedian: percent.optional(), reportsOver: z.int().min(0).optional() }).optional(),
  tests: z.array(Test).default([]),
});
export type Mapping = Omit<z.infer<typeof Mapping>, 'fields'> & { fields: Fields };
