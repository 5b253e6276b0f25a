import type { BatchApi } from '../contract/apis.ts';
import { meaningOfValue } from '../contract/meanings.ts';
import type { Format } from '../mapping/language/format.ts';
import type { Column } from './column-profile.ts';
import type { Draft, DraftCodes } from './draft.ts';
import { comment, type DraftLine, quoted, writeLines } from './draft-lines.ts';
import type { Records } from './guess-records.ts';
import { guessTrailer } from './guess-trailer.ts';

/** The parts of a draft besides its fields. */
export type DraftParts = {
  name: string;
  takes: string;
  fileName: string;
  /** Why this API was taken; undefined when it was asked for. */
  apiWhy: string | undefined;
  personal: string[];
  carry: string[];
  unread: string[];
  records: Records | undefined;
  skip: string[];
  fields: DraftLine[];
  /** The text of the tests, with its key. */
  tests: string;
};

/** What stands where a code's value could not be guessed; `check` tells it as a value that is not allowed. */
export const todo = 'TODO';

/**
 * Writes a draft as YAML, each guess with its reason in a comment.
 * @param fill what to write for a code that could not be guessed
 */
export function draftText(draft: Draft, parts: DraftParts, fill: (list: DraftCodes) => string): string {
  const { sample, emptyWords } = draft.look;
  const list = (words: readonly string[]) => `[${words.map(quoted).join(', ')}]`;
  const columns = [
    'missing: refuseFile',
    'unknown: ignore',
    ...(parts.personal.length > 0 ? [`personal: ${list(parts.personal)}`] : []),
    ...(parts.carry.length > 0 ? [`carry: ${list(parts.carry)}`] : []),
  ].join(', ');
  const lines = [
    '# yaml-language-server: $schema=../schemas/mapping.schema.json',
    `# A draft, guessed from ${oneLine(parts.fileName)}: ${sample.rows.length} rows, ${sample.names.length} columns${sample.whole ? '' : ' (only the beginning of the file was looked at)'}.`,
    '# Each guess says so, how sure it is, and why. Confirm or correct every one, fill what says TODO, then take `draft` out.',
    `mapping: ${parts.name}`,
    'draft: true',
    `api: ${draft.api}${comment(parts.apiWhy === undefined ? '' : `guess: ${parts.apiWhy}`)}`,
    `takes: ${JSON.stringify(parts.takes)}${comment('guess: the file’s name, with * for its digits')}`,
    '',
    'csv:',
    `  encoding: ${sample.encoding.value}${comment(`guess: ${sample.encoding.why}`)}`,
    `  delimiter: ${JSON.stringify(sample.delimiter.value)}${comment(`guess: ${sample.delimiter.why}`)}`,
    `  emptyAs: ${JSON.stringify(['', ...emptyWords])}${comment(emptyWords.length > 0 ? 'guess: these stand where others have values' : '')}`,
    `  columns: { ${columns} }`,
    ...(parts.unread.length > 0
      ? [
          `  # Not read: ${oneLine(parts.unread.join(', '))}. \`unknown: warn\` would tell of every column that is not read.`,
        ]
      : []),
    ...trailerLines(draft),
    ...formatLines(draft.formats),
    ...codeLines(draft.codes, fill),
    ...recordLines(parts.records),
    ...(parts.skip.length > 0 ? ['', 'skip:', ...parts.skip] : []),
    '',
    'fields:',
    ...writeLines(parts.fields, '  '),
    '',
    'refuseFileWhen: { rejectedOver: 20% } # nothing is sent when so much is wrong that the export itself must be',
    ...(parts.tests === '' ? [] : ['', parts.tests.trimEnd()]),
  ];
  return `${lines.join('\n')}\n`;
}

/** The line that closes the file: what it seems to hold, as the key that says so. */
function trailerLines(draft: Draft): string[] {
  if (!draft.look.sample.trailer) return [];
  const guess = guessTrailer(draft.look);
  if (!guess) return ['  # The last line is none of the table: say under trailer how it begins, or it is a finding.'];
  const { startsWith, rowCount, sum } = guess;
  const keys = [
    `startsWith: ${JSON.stringify(startsWith)}`,
    ...(rowCount === undefined ? [] : [`rowCount: ${rowCount}`]),
    ...(sum ? [`sum: { cell: ${sum.cell}, of: ${quoted(sum.of.name)}, as: ${sumFormat(draft, sum.of)} }`] : []),
  ];
  return [`  trailer: { ${keys.join(', ')} }${comment('guess: the last line is none of the table')}`];
}

/** A format of the draft that reads the column whose sum it is. */
function sumFormat(draft: Draft, { decimal }: Column): string {
  const found = [...draft.formats].find(
    ([, format]) =>
      format.type === 'decimal' && format.decimal === decimal?.format.decimal && format.sign === decimal.format.sign,
  );
  return found?.[0] ?? 'decimal';
}

/** A sign before its number is what a format takes for granted. */
const isTold = ([key, value]: [string, unknown]) => key !== 'sign' || value !== 'leading';

function formatLines(formats: ReadonlyMap<string, Format>): string[] {
  if (formats.size === 0) return [];
  const flow = ([key, value]: [string, unknown]) =>
    `${/^(true|false)$/.test(key) ? `"${key}"` : key}: ${escaped(value)}`;
  return [
    '',
    'formats:',
    ...[...formats].map(
      ([name, format]) => `  ${name}: { ${Object.entries(format).filter(isTold).map(flow).join(', ')} }`,
    ),
  ];
}

/** As YAML, with spaces that cannot be told apart written as their code. */
function escaped(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(escaped).join(', ')}]`;
  if (typeof value === 'string' && /^[A-Za-z]+$/.test(value)) return quoted(value);
  return JSON.stringify(value).replace(
    /[\u00a0\u202f]/g,
    (sign) => `\\u${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}

function codeLines(codes: ReadonlyMap<string, DraftCodes>, fill: (list: DraftCodes) => string): string[] {
  if (codes.size === 0) return [];
  return [
    '',
    '# Codes stand in quotes: without them YAML would read 01 as the number 1.',
    'codes:',
    ...[...codes].flatMap(([name, list]) => [
      ...(list.entries.some(({ value }) => value === undefined) ? choices(list) : []),
      `  ${name}: # ${oneLine(list.column)}`,
      ...list.entries.map(({ code, value, why }) => {
        const meaning = value === undefined ? fill(list) : String(value);
        const note = value === undefined ? 'left to fill' : `guess: ${why}`;
        return `    ${JSON.stringify(code)}: ${meaning}${comment(note)}`;
      }),
    ]),
  ];
}

/** The register's values to choose from, with their meaning. */
function choices({ values, path }: DraftCodes): string[] {
  return [
    `  # ${path} takes:`,
    ...values.map((value) => {
      const meaning = meaningOfValue(value);
      return `  #   ${value}${meaning === undefined ? '' : ` – ${meaning}`}`;
    }),
  ];
}

function recordLines(records: Records | undefined): string[] {
  if (!records) return [];
  const differ = records.mayDiffer.map(quoted).join(', ');
  return ['', `records: { groupBy: ${quoted(records.groupBy.name)}, mayDiffer: [${differ}] }${comment(records.why)}`];
}

const oneLine = (text: string) => comment(text).slice(3);

/** What a report's reference begins with, by API. */
export const prefixes: Readonly<Record<BatchApi, string>> = {
  AddLoans: 'new-',
  UpdateLoans: 'chg-',
  Repayments: 'pay-',
  DelayedRepayments: 'del-',
  TerminateLoans: 'end-',
};
