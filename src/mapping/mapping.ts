import { z } from 'zod';
import { apis } from '../contract/apis.ts';
import type { Contract } from '../contract/contract.ts';
import { encodings } from '../reading/encoding.ts';
import type { CodeList } from './files/code-list.ts';
import { Format } from './language/format.ts';
import { column, name, role, scalar } from './language/key.ts';
import { Predicate } from './language/predicate.ts';
import { Requirement } from './language/requirement.ts';
import { FieldLine, type Fields, fieldPath } from './language/source.ts';

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
  api: z
    .enum(apis)
    .describe('which kind of report the rows become; with GetLoan and GetCreditRegisterExtract each row is a question'),
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
  /** What the register takes: what it was read against. */
  contract: Contract;
};
