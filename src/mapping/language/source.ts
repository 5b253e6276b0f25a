import { z } from 'zod';
import type { AggregateField } from './aggregate-specs.ts';
import { column, name, role, scalar } from './key.ts';
import { Predicate } from './predicate.ts';

/** Values of the register that a line leaves out on purpose. */
export const fieldNever = z
  .array(z.string())
  .optional()
  .describe(
    'values of the register that these codes or cases leave out on purpose, so that check does not ask about them',
  );

/** The condition any field may have. */
export const fieldWhen = Predicate.optional().describe(
  'a condition: when it does not hold, the report goes without this field',
);
const prefixWords = 'text put before the value, such as "new-"';
const suffixWords = 'text put after the value, such as "-1"';

const handling = {
  as: name
    .optional()
    .describe('how the cell is written: a format of this mapping, or a built-in one such as date')
    .meta(role('format')),
  codes: name.optional().describe('the code list that turns the cell into a value of the register'),
  default: scalar
    .optional()
    .describe('the value when the cell is empty; a cell that is wrong stays a finding')
    .meta(role('value')),
  prefix: z.string().optional().describe(prefixWords).meta(role('affix')),
  suffix: z.string().optional().describe(suffixWords).meta(role('affix')),
  call: name.optional().describe('a function of this mapping that the text of a filled cell goes through first'),
  shape: z.string().min(1).max(200).optional().describe('the form the whole cell must have, such as "[0-9]{10}"'),
  emptyAs: z.array(z.string()).optional().describe('what counts as empty here, in place of csv.emptyAs'),
  never: fieldNever,
  when: fieldWhen,
};

/** Where one value comes from. */
export const FromField = z.strictObject({
  from: column.describe('the column of the export the value stands in'),
  ...handling,
});
export const FirstOfField = z.strictObject({
  firstOf: z.array(column).min(1).describe('columns in order: the first that is not empty counts, right or wrong'),
  ...handling,
});
export const ConstField = z.strictObject({
  const: z.json().describe('the same value for every report; also a list, or an object').meta(role('value')),
  when: fieldWhen,
});
export const MetaField = z.strictObject({
  meta: z
    .enum(['takenAt', 'fileName', 'line', 'loanNumber'])
    .describe(
      'something known of the export: when it was taken (UTC), its file name, the line of the row; in whenGone also the number of the loan',
    )
    .meta(role('meta')),
  prefix: z.string().optional().describe(prefixWords).meta(role('affix')),
  suffix: z.string().optional().describe(suffixWords).meta(role('affix')),
  when: fieldWhen,
});

export type Handling = z.infer<typeof FromField>;
type CaseBranch = { when: Predicate } & Omit<Source, 'when'>;

/** A value chosen by conditions; there is no silent else. */
export type CaseField = {
  case: CaseBranch[];
  else: 'unmapped' | 'omitted' | Source;
  never?: string[];
  when?: Predicate;
};
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
  | AggregateField
  | CaseField;
export type FieldSpec = Source | EachField | PartField;
export type Fields = Record<string, FieldSpec>;

/** A line of `fields` before its form is known. */
export const FieldLine = z.record(
  z.string(),
  z.unknown(),
  'expected where the value comes from, such as { from: COLUMN } or { const: WORD }',
);

/** A path of `fields`: names joined by dots. */
export const fieldPath = z
  .string()
  .regex(
    /^[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*)*$/,
    'expected a field of the report in camelCase, parts joined by dots',
  );

/** Tells the forms of a field apart by their key, so that a mistake is told about the form that was meant. */
export const fieldForms = [
  'from',
  'const',
  'firstOf',
  'case',
  'meta',
  'each',
  'fields',
  'sum',
  'min',
  'max',
  'first',
  'last',
  'count',
] as const;
