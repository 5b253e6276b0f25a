import { createRequire } from 'node:module';
import type { Ajv as AjvClass } from 'ajv';
import { type BatchApi, batchApis, listKey } from '../contract/apis.ts';
import type { Contract } from '../contract/contract.ts';
import { findReport } from '../contract/find-report.ts';
import { type KeyCase, pascal } from '../contract/message.ts';
import { type AnySchema, plainSchema } from '../contract/register-schema.ts';
import type { ReportJudge } from '../contract/rules.ts';
import { schemaDifferences } from '../contract/schema-differences.ts';
import { schemaHits } from '../contract/schema-hits.ts';
import type { Problem } from '../lib/problem.ts';
import { readSchemaFolder, type SchemaFile, type SchemaFolder, shownFile } from './schema-files.ts';

/** What a folder of the register's schemas comes to: what replaces our contract, and what is to be told. */
export type LoadedSchemas = {
  knowledge: Partial<Contract['knowledge']>;
  judges: Contract['schemaJudges'];
  problems: Problem[];
  /** Where theirs and ours differ: for those who ask, since it is long. */
  advice: Problem[];
};

/**
 * Reads the register's own JSON schemas: they decide what a mapping may target, and every report is checked against them.
 * @param folder absolute
 * @param own our own contract, for what the schemas do not tell
 */
export function loadSchemas(folder: string, keyCase: KeyCase, own: Contract): LoadedSchemas {
  const loaded: LoadedSchemas = { knowledge: {}, judges: {}, problems: [], advice: [] };
  const tell = (list: Problem[], name: string, code: string, message: string, severity: Problem['severity']) =>
    list.push({ file: shownFile(folder, name), line: 1, col: 1, code, message, severity });
  let read: SchemaFolder;
  try {
    read = readSchemaFolder(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    const message = `the folder of schemas cannot be read (${code}): correct register.schemas in the config`;
    tell(loaded.problems, '', 'FILE_UNREADABLE', message, 'error');
    return loaded;
  }
  for (const { name, message } of read.faults) tell(loaded.problems, name, 'SCHEMA_FILE', message, 'error');
  if (read.faults.length > 0) return loaded;
  const ajv = openAjv(read.files);
  for (const api of batchApis) {
    const files = filesOf(api, read.files);
    const [file] = files;
    if (!file)
      tell(
        loaded.problems,
        '',
        'SCHEMA_MISSING',
        `no file here is of ${api} (by its name, title or $id): its reports are held against our own contract only`,
        'warning',
      );
    else if (files.length > 1)
      tell(
        loaded.problems,
        file.name,
        'SCHEMA_AMBIGUOUS',
        `${files.map(({ name }) => name).join(' and ')} could each be the schema of ${api}: leave one of them, or name the others otherwise`,
        'error',
      );
    else {
      const place = findReport(file.schema, listKey[api], read.resolve);
      const fault = place.kind === 'none' ? noReports(api, place.keys) : wrongCase(place, api, keyCase);
      if (fault !== undefined) tell(loaded.problems, file.name, 'SCHEMA_SHAPE', fault, 'error');
      if (place.kind === 'none' || fault !== undefined) continue;
      const ours = own.knowledge[api].schema;
      const schema = { ...plainSchema(place.report, read.resolve, ours), source: file.name };
      try {
        loaded.judges[api] = judgeBy(ajv, place.report, keyCase);
      } catch (error) {
        tell(loaded.problems, file.name, 'SCHEMA_FILE', `cannot be used: ${(error as Error).message}`, 'error');
        continue;
      }
      loaded.knowledge[api] = { schema, needed: [], overlaid: false };
      for (const line of schemaDifferences(ours, schema))
        tell(loaded.advice, file.name, 'SCHEMA_DIFFERS', `${api}: ${line}`, 'warning');
    }
  }
  return loaded;
}

const noReports = (api: BatchApi, keys: readonly string[]) =>
  `there is no list of reports: expected the key ${listKey[api]}, found ${keys.join(', ') || 'no keys'}`;

function wrongCase(
  { keyCase, mixed, list }: Extract<ReturnType<typeof findReport>, { kind: 'found' }>,
  api: BatchApi,
  ours: KeyCase,
): string | undefined {
  if (list !== null && list.toLowerCase() !== listKey[api].toLowerCase())
    return `the list of reports is called ${list}; this version sends ${listKey[api]}`;
  if (mixed) return 'keys are written both in camelCase and in PascalCase; messages have one case only';
  if (keyCase !== ours) return `keys are written in ${keyCase}: say register: { keyCase: ${keyCase} } in the config`;
  return undefined;
}

/** The files that may be of an API: by their names, or, when none is, by what they call themselves. */
function filesOf(api: BatchApi, files: readonly SchemaFile[]): SchemaFile[] {
  const byName = files.filter(({ name }) => apiNamedIn(name.split('/').at(-1) ?? '') === api);
  return byName.length > 0 ? byName : files.filter(({ names }) => names.some((name) => apiNamedIn(name) === api));
}

/** The API a name is about: the longest that stands in it, since DelayedRepayments has Repayments in it. Answers are no requests. */
function apiNamedIn(name: string): BatchApi | undefined {
  const letters = name.toLowerCase().replace(/[^a-z]/g, '');
  if (letters.includes('response')) return undefined;
  return batchApis.filter((api) => letters.includes(api.toLowerCase())).toSorted((a, b) => b.length - a.length)[0];
}

/** Loaded only here: it makes every start slower, and few have the register's schemas. */
function openAjv(files: readonly SchemaFile[]): AjvClass {
  const drafts = files.map(({ draft }) => draft).join(' ');
  const module = drafts.includes('2020-12')
    ? 'ajv/dist/2020.js'
    : drafts.includes('2019-09')
      ? 'ajv/dist/2019.js'
      : 'ajv';
  const { default: Ajv } = createRequire(import.meta.url)(module) as { default: typeof AjvClass };
  const ajv = new Ajv({
    strict: false,
    validateSchema: false,
    logger: false,
    allErrors: true,
    // Amounts are doubles: 0.1 + 0.2 is a multiple of 0.01 all the same.
    multipleOfPrecision: 9,
    formats: { date: /^\d{4}-\d\d-\d\d$/, 'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/ },
  });
  for (const { schema } of files) ajv.addSchema(schema);
  return ajv;
}

function judgeBy(ajv: AjvClass, schema: AnySchema, keyCase: KeyCase): ReportJudge {
  // A file is known by its address already: what is compiled of it has none.
  const { $id: _, ...own } = schema;
  const validate = ajv.compile(own);
  const written = keyCase === 'camelCase' ? (report: unknown) => report : pascal;
  return (report) => (validate(written(report)) ? [] : schemaHits(validate.errors ?? []));
}
