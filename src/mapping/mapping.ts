import { z } from 'zod';
import { batchApis } from '../contract/apis.ts';
import { encodings } from '../reading/encoding.ts';
import type { AggregateField } from './aggregate-specs.ts';
import type { CodeList } from './files/code-list.ts';

/** What a key holds, where the API or the field decides what that may be; editors’ schemas are made from it. */
export type Role =
  | 'value'
  | 'code'
  | 'format'
  | 'affix'
  | 'meta'
  | 'field'
  | 'list'
  | 'fields'
  | 'source'
  | 'report'
  | 'gone';
declare module 'zod' {
  interface GlobalMeta {
    role?: Role;
  }
}
/** Marks a key for the schemas of editors. */
export const role = (name: Role): { role: Role } => ({ role: name });

/** Names of fields, formats and code lists: letters and digits, nothing that could reach a prototype. */
const name = z.string().regex(/^[A-Za-z][A-Za-z0-9_-]*$/, 'expected a name of letters and digits');
const column = z.string().min(1);
const scalar = z.union([z.string(), z.number(), z.boolean()]);

const groupWords = 'what may stand between groups of three digits, such as " " or [" ", "\\u00A0"]';

const sign = z
  .enum(['leading', 'trailing', 'brackets'])
  .default('leading')
  .describe('how numbers below zero are written: leading is -1,50, trailing is 1,50-, brackets is (1,50)');
const pivot = z
  .int()
  .min(1800)
  .max(2100)
  .optional()
  .describe('for years of two digits, yy: the first of the hundred years they stand for; 1950 means 1950–2049');

const DecimalFormat = z.strictObject({
  type: z.literal('decimal').describe('an amount or a rate, read exactly and never rounded'),
  decimal: z.string().length(1).default('.').describe('the mark before the decimals, such as ","'),
  group: z
    .union([z.string().length(1), z.array(z.string().length(1))])
    .default([])
    .describe(groupWords),
  scale: z.int().min(0).max(6).optional().describe('the most decimals a value may have, such as 2; more are a finding'),
  sign,
});
const DateFormat = z.strictObject({
  type: z.literal('date').describe('a day of the calendar'),
  format: z.string().min(1).describe('how the day is written, such as dd.MM.yyyy; a time in it is read and dropped'),
  pivot,
});
const DateTimeFormat = z.strictObject({
  type: z.literal('dateTime').describe('a day and a time; the register gets it in UTC'),
  format: z.string().min(1).describe('how the time is written, such as dd.MM.yyyy HH:mm'),
  zone: z.string().default('Europe/Helsinki').describe('whose clocks show it, such as Europe/Helsinki or UTC'),
  pivot,
});
const BooleanFormat = z.strictObject({
  type: z.literal('boolean').describe('yes or no'),
  true: z.array(z.string()).min(1).describe('every way yes is written, such as ["K", "1"]; write the key in quotes'),
  false: z.array(z.string()).min(1).describe('every way no is written, such as ["E", "0"]; write the key in quotes'),
});
const IntegerFormat = z.strictObject({
  type: z.literal('integer').describe('a whole number'),
  group: z
    .union([z.string().length(1), z.array(z.string().length(1))])
    .default([])
    .describe(groupWords),
  sign,
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
  is: scalar.optional().describe('the value is this one, such as "Y"'),
  isNot: scalar.optional().describe('the value is another one; an empty cell is another one too'),
  in: z.array(scalar).min(1).optional().describe('the value is one of these, such as ["10", "11"]'),
  notIn: z.array(scalar).min(1).optional().describe('the value is none of these; an empty cell is none of them too'),
  empty: z.literal(true).optional().describe('there is no value: empty: true'),
  filled: z.literal(true).optional().describe('there is a value: filled: true'),
  matches: z.string().min(1).optional().describe('the whole value has this form, a pattern such as "EUR(01|03|12)"'),
  before: z.string().optional().describe('the day is earlier than this one, such as "2026-01-01"'),
  after: z.string().optional().describe('the day is later than this one, such as "2025-12-31"'),
  lessThan: z.number().optional().describe('the number is smaller than this one'),
  moreThan: z.number().optional().describe('the number is larger than this one'),
  atLeast: z.number().optional().describe('the number is this one or larger'),
  atMost: z.number().optional().describe('the number is this one or smaller'),
};

/** A condition on a cell or on a field already built. */
export const Predicate: z.ZodType<Predicate> = z.lazy(() =>
  z.strictObject({
    column: column.optional().describe('the column whose cell is looked at'),
    field: z
      .string()
      .optional()
      .describe('the field of the report that is looked at, such as lumpSumLoan.balance')
      .meta(role('field')),
    as: name
      .optional()
      .describe('how the cell is written, before numbers or days are compared: a format, such as money')
      .meta(role('format')),
    ...operators,
    all: z.array(Predicate).min(1).optional().describe('every one of these conditions holds'),
    any: z.array(Predicate).min(1).optional().describe('one or more of these conditions hold'),
    not: Predicate.optional().describe('this condition does not hold'),
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

const fieldPath = z
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

const Operand = z.union([
  z.string().meta(role('field')),
  z.number(),
  z.strictObject({
    count: z.string().describe('the list whose items are counted, such as borrowers').meta(role('list')),
  }),
  z.strictObject({ const: scalar.describe('a value written out, such as 2026-01-01') }),
]);
export type Operand = z.infer<typeof Operand>;
const pair = z.tuple([Operand, Operand]);

/** What a house check demands of a report. */
export const Requirement: z.ZodType<Requirement> = z.lazy(() =>
  z.strictObject({
    atLeast: pair.optional().describe('the first is the second or larger'),
    atMost: pair.optional().describe('the first is the second or smaller'),
    moreThan: pair.optional().describe('the first is larger than the second'),
    lessThan: pair.optional().describe('the first is smaller than the second'),
    equals: pair.optional().describe('the two are the same'),
    differs: pair.optional().describe('the two are not the same'),
    before: pair.optional().describe('the first day is earlier than the second'),
    after: pair.optional().describe('the first day is later than the second'),
    notBefore: pair.optional().describe('the first day is the second or later'),
    notAfter: pair.optional().describe('the first day is the second or earlier'),
    filled: z.string().optional().describe('the report has this field').meta(role('field')),
    empty: z.string().optional().describe('the report does not have this field').meta(role('field')),
    all: z.array(Requirement).min(1).optional().describe('every one of these is met'),
    any: z.array(Requirement).min(1).optional().describe('one or more of these are met'),
    not: Requirement.optional().describe('this is not met'),
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
  z.strictObject({
    en: z.string().optional().describe('the sentence in English'),
    fi: z.string().optional().describe('the sentence in Finnish'),
    sv: z.string().optional().describe('the sentence in Swedish'),
  }),
]);

const Check = z.strictObject({
  id: ruleId.describe('the name of the check in capitals; it is the code of its findings'),
  require: Requirement.describe('what every report must meet; a comparison with a field that is absent is left out'),
  when: Predicate.optional().describe('the reports the check is for: a condition on fields'),
  severity: z.enum(['error', 'warning']).default('error').describe('error stops the report, warning only tells'),
  say: sentence.optional().describe('the sentence people read when the check is not met'),
});
export type Check = z.infer<typeof Check>;

const ExpectedFinding = z.strictObject({
  code: z.string().describe('the code of the finding, such as DATE_FORMAT, or the id of a check'),
  line: z.int().optional().describe('the line the finding points at; the header is line 1'),
  lastLine: z.int().optional().describe('the last line of the report, when it has several rows'),
  column: z.string().optional().describe('the column the finding points at'),
  severity: z.enum(['error', 'warning']).optional().describe('error or warning'),
});

const Test = z
  .strictObject({
    name: z.string().min(1).describe('what the test shows, as a sentence'),
    today: z.iso.date().optional().describe('the day the test takes place, so that it does not fail next month'),
    given: z.string().min(1).optional().describe('an export as text: a header and rows, with artificial persons only'),
    like: z.string().optional().describe('the name of an earlier test whose rows are used'),
    with: z.record(z.string(), z.string()).optional().describe('cells put into every row: column and text'),
    expect: z
      .array(z.record(z.string(), z.json()).meta(role('report')))
      .optional()
      .describe('the reports that must come out, in order; only the fields named here are compared'),
    expectFindings: z.array(ExpectedFinding).optional().describe('the findings that must come out: every error'),
  })
  .refine((test) => (test.given === undefined) !== (test.like === undefined), {
    message: 'expected either given (rows as text) or like (the name of an earlier test)',
  })
  .refine((test) => test.expect !== undefined || test.expectFindings !== undefined, {
    message: 'expected expect (reports) or expectFindings, or both: a test without them proves nothing',
  });
export type MappingTest = z.infer<typeof Test>;

/** A code list in a file of its own, instead of codes in the mapping. */
export const CodeFile = z.strictObject({
  file: z
    .string()
    .min(1)
    .describe('a CSV with a header, in UTF-8; its path from the mapping file, in the same folder or below'),
  key: column.describe('its column with the codes'),
  value: column.describe('its column with the values for the register'),
  from: column.optional().describe('its column with the first day a code is valid, yyyy-MM-dd; an empty cell: always'),
  to: column.optional().describe('its column with the last day a code is valid, yyyy-MM-dd; an empty cell: for ever'),
});
export type CodeFile = z.infer<typeof CodeFile>;

const sharePattern = /^\d{1,3}(\.\d+)?%$/;
const shareWords = 'expected a share such as 20%';
const percent = z.string(shareWords).regex(sharePattern, shareWords);
const share = percent.refine((text) => Number.parseFloat(text) <= 100, 'expected a share, at most 100%');

/** A mapping file (design section 3.4). `fields` is checked form by form in `load-mapping.ts`. */
export const Mapping = z.strictObject({
  mapping: name.describe('the name of the mapping, such as new-loans; no other mapping may have it'),
  draft: z.boolean().default(false).describe('A draft is checked, and takes no exports until this line is taken out'),
  activeFrom: z.iso
    .date()
    .optional()
    .describe('the first day on which exports are taken with it, such as 2026-10-07; before it, another version is'),
  activeUntil: z.iso.date().optional().describe('the last day on which exports are taken with it'),
  extends: z
    .string()
    .optional()
    .describe('the one file whose lines this mapping takes over, such as _base.yaml; what is said here goes before'),
  api: z.enum(batchApis).describe('which kind of report the rows become'),
  takes: z
    .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
    .describe('the file names taken from the inbox, such as "NEWLOANS_*.csv"; * is any text, ? one character'),
  csv: z
    .strictObject({
      encoding: z.enum(encodings).default('utf-8').describe('how the letters of the file are coded'),
      delimiter: z.string().length(1).default(';').describe('the one character between cells, such as ";"'),
      emptyAs: z.array(z.string()).default(['']).describe('texts that count as empty, such as ["", "NULL"]'),
      columns: z
        .strictObject({
          missing: z
            .enum(['refuseFile'])
            .default('refuseFile')
            .describe('a file without a column named here is refused'),
          unknown: z
            .enum(['warn', 'ignore', 'refuseFile'])
            .default('warn')
            .describe('what is done when the file has a column that this mapping does not name'),
          personal: z
            .array(column)
            .default([])
            .describe('columns with personal data: no report ever shows their cells'),
          carry: z
            .array(column)
            .default([])
            .describe('columns shown beside each finding in errors.csv, such as a branch'),
        })
        .prefault({})
        .describe('what holds for whole columns'),
      trailer: z
        .strictObject({
          startsWith: z.string().min(1).describe('how the last record of the file begins, such as "#END"'),
          rowCount: z.int().min(1).optional().describe('which cell of it, counted from 1, has the number of rows'),
          sum: z
            .strictObject({
              cell: z.int().min(1).describe('which cell of it, counted from 1, has the sum'),
              of: column.describe('the column that is added up'),
              as: name.default('decimal').describe('how the sum and the column are written').meta(role('format')),
            })
            .optional()
            .describe('a control sum; a file whose rows come to another sum is refused'),
        })
        .optional()
        .describe('the record that closes the file; a file without it, or with rows after it, is refused'),
    })
    .prefault({})
    .describe('how the export is written'),
  formats: z.record(name, Format).default({}).describe('named ways of writing values, for as'),
  codes: z
    .record(name, z.record(z.string(), scalar.meta(role('code'))))
    .default({})
    .describe(
      'code lists: each code, in quotes, and the value of the register it stands for; or file, key and value of a CSV',
    ),
  functions: z
    .record(name, z.string().min(1))
    .default({})
    .describe('functions for call: each name and its TypeScript file, such as functions/without-branch.ts'),
  records: z
    .strictObject({
      groupBy: z
        .union([column, z.array(column).min(1)])
        .describe('the column (or columns) whose cells are the same on all rows of one report'),
      mayDiffer: z
        .array(column)
        .default([])
        .describe('columns that may differ on the rows of one report; others may not'),
    })
    .optional()
    .describe('how several rows make one report; without it each row is a report of its own'),
  skip: z
    .array(
      z.strictObject({
        id: ruleId.describe('the name of the rule in capitals, such as LEGAL-PERSON'),
        when: Predicate.describe('the rows the rule leaves out'),
        why: z.string().min(1).describe('the reason, as a sentence'),
      }),
    )
    .default([])
    .describe('rows that are not reported; they are counted in the receipt'),
  fields: z
    .record(fieldPath, FieldLine)
    .describe('where each field of the report comes from, one line a field')
    .meta(role('fields')),
  checks: z.array(Check).default([]).describe('checks of the house, on top of the register’s own rules'),
  refuseFileWhen: z
    .strictObject({
      rejectedOver: share
        .optional()
        .describe('the share of reports with errors above which nothing is sent, such as 20%'),
      rejectedRowsOver: z
        .int()
        .min(0)
        .optional()
        .describe('the number of rows with errors above which nothing is sent'),
    })
    .optional()
    .describe('when so much is wrong that the export itself must be: nothing of it is sent'),
  approveWhen: z
    .strictObject({
      rowsOffMedian: percent
        .optional()
        .describe('how far the rows may be from the median of earlier exports, such as 50%'),
      reportsOver: z.int().min(0).optional().describe('the number of reports above which somebody must approve'),
    })
    .optional()
    .describe('when an export is unusual: it waits until somebody approves it'),
  expect: z
    .strictObject({
      by: z
        .string()
        .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected a time of the day such as "06:30"')
        .describe('the hour by which an export must have come, on the clocks of Finland, such as "06:30"'),
      on: z
        .enum(['bankingDays', 'everyDay'])
        .default('bankingDays')
        .describe('the days on which one must come; banking days are those of Finland'),
    })
    .optional()
    .describe('when exports must come; one that has not come by then is an alarm'),
  snapshot: z
    .literal('full')
    .optional()
    .describe('full: each export has every loan of which there is something to report, so that a missing one is gone'),
  whenGone: z
    .strictObject({
      goneAtMost: percent
        .default('20%')
        .describe('the share of loans that may be gone without approval, such as 10%; three always may'),
      fields: z
        .record(fieldPath, FieldLine)
        .describe('the report on a loan that is gone; its loan number is that of the earlier report')
        .meta(role('gone')),
    })
    .optional()
    .describe(
      'with snapshot: full, what is reported of a loan that was in an earlier export and is in this one no more',
    ),
  tests: z.array(Test).default([]).describe('examples of rows, and what must become of them'),
});
export type Mapping = Omit<z.infer<typeof Mapping>, 'fields' | 'whenGone'> & {
  fields: Fields;
  whenGone?: { goneAtMost: string; fields: Fields } | undefined;
  /** Code lists that stand in files; `codes` has the others. */
  lists: Record<string, CodeList>;
  /** The texts of the files of `functions`. */
  functionTexts: Record<string, string>;
};
