import { unusableCertificates } from '../config/certificate-ends.ts';
import type { LoadedConfig } from '../config/load-config.ts';
import { loadConfig } from '../config/load-config.ts';
import { filesOpenToAll, sayOpenToAll } from '../config/read-certificate.ts';
import { durableWrite } from '../lib/durable-write.ts';
import { type Problem, sayProblem, withoutDoubles } from '../lib/problem.ts';
import { untested } from '../mapping/advice/coverage.ts';
import { linesOf } from '../mapping/advice/field-lines.ts';
import { neverProduced } from '../mapping/advice/never-produced.ts';
import { updateErases } from '../mapping/advice/update-erases.ts';
import { sayOverlay } from '../mapping/files/overlay.ts';
import type { LoadedMapping } from '../mapping/load-mapping.ts';
import { mappingSchemaText } from '../mapping/schema/json-schema.ts';
import { loadMappings } from './load-mappings.ts';

/** What `check` tells of one mapping. */
type CheckedMapping = {
  name: string;
  file: string;
  api: string;
  /** It is checked, and takes nothing. */
  draft: boolean;
  fields: number;
  tests: { passed: number; failed: number };
  sha256: string;
  /** What it changes of the mapping it extends, in words. */
  changes: string | null;
};

/** What `check` found: all problems of all files, in the order of the files. */
type Checked = {
  problems: Problem[];
  mappings: CheckedMapping[];
  errors: number;
  warnings: number;
  /** Files in the folder of mappings, and the environment; null when the config cannot be used. */
  files: number | null;
  environment: string | null;
  /** The folder of mappings. */
  folder: string | null;
};

/** Writes the schema of mappings as this config's contract makes it; nothing when the config cannot be used. */
function writeSchema(config: string, file: string): void {
  const { contract } = loadConfig(config).config ?? {};
  if (!contract) return;
  durableWrite(file, mappingSchemaText(contract), 0o644);
  process.stderr.write(`${file} written: name it on the first line of your mappings\n`);
}

/** `luottoputki check`: config, mappings, the mappings' own tests, certificates. Sends nothing. */
export async function check(options: { config: string; json?: boolean; writeSchema?: string }): Promise<number> {
  if (options.writeSchema !== undefined) writeSchema(options.config, options.writeSchema);
  const checked = await checkOnce(options.config, new Date());
  process.stdout.write(options.json ? `${JSON.stringify(promised(checked), null, 2)}\n` : sayChecked(checked));
  return checked.errors === 0 ? 0 : 2;
}

/**
 * Looks at everything once.
 * @throws UsageError when the config or the folder of mappings cannot be read at all
 */
export async function checkOnce(path: string, now: Date): Promise<Checked> {
  const { config, problems: found, advice: ofConfig } = loadConfig(path);
  const problems = [...found, ...ofConfig];
  const mappings: CheckedMapping[] = [];
  let files: number | null = null;
  if (config) {
    const loaded = await loadMappings(config, now);
    const advice = loaded.tested.flatMap(({ loaded: one, tests }) => [...neverProduced(one), ...untested(one, tests)]);
    const ofMappings = [...loaded.problems, ...loaded.inDrafts, ...advice, ...updateErases(loaded.mappings)];
    problems.push(
      ...inOrder(withoutDoubles(ofMappings)),
      ...ofCertificates(config, path, now),
      ...withoutDataUse(config, path, loaded.mappings),
    );
    files = loaded.files;
    for (const { loaded: one, tests } of loaded.tested)
      mappings.push({
        name: one.mapping.mapping,
        file: one.file,
        api: one.mapping.api,
        draft: one.mapping.draft,
        fields: linesOf(one.mapping.fields).length,
        tests: { passed: tests.passed, failed: tests.failed.length },
        sha256: one.sha256,
        changes: one.changes ? sayOverlay(one.file, one.changes) : null,
      });
  }
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  return {
    problems,
    mappings,
    errors,
    warnings: problems.length - errors,
    files,
    environment: config?.register.environment ?? null,
    folder: config?.folders.mappings ?? null,
  };
}

/** What is found, for programs. */
export function promised({ problems, mappings, errors, warnings }: Checked): object {
  return { problems, mappings: mappings.map(({ changes: _, draft: __, ...told }) => told), errors, warnings };
}

/** What is found, for people: a line for each problem, one for each mapping (told apart by its dash), and the sum. */
export function sayChecked({ problems, mappings, errors, warnings, files, environment }: Checked): string {
  const lines = problems.map(sayProblem);
  for (const { file, name, api, draft, fields, tests, changes } of mappings) {
    if (changes !== null) lines.push(changes);
    const failed = tests.failed > 0 ? `, ${count(tests.failed, 'test')} failed` : '';
    lines.push(
      `${file} – ${name}${draft ? ' [draft]' : ''}: ${api}, ${count(fields, 'field')}, ${count(tests.passed, 'test')} passed${failed}`,
    );
  }
  if (files === 0) lines.push('there are no mappings yet');
  else if (files !== null && mappings.length < files)
    lines.push(`${count(files - mappings.length, 'mapping')} cannot be used`);
  if (environment !== null) lines.push(`environment ${environment}`);
  const more = warnings > 0 ? `, ${count(warnings, 'warning')}` : '';
  lines.push(errors === 0 ? `no errors${more}` : count(errors, 'error'));
  return `${lines.join('\n')}\n`;
}

function ofCertificates(config: LoadedConfig, path: string, now: Date): Problem[] {
  const problem = (message: string, severity: Problem['severity'], code = 'CERTIFICATE') =>
    ({ file: path, line: 1, col: 1, code, message, severity }) satisfies Problem;
  return [
    ...unusableCertificates(config, now.getTime()).map(({ why }) => problem(`${why.message}; ${why.hint}`, 'error')),
    ...filesOpenToAll(config).map((file) => problem(sayOpenToAll(file), 'warning', 'CERTIFICATE_OPEN_TO_ALL')),
  ];
}

/** Extracts are asked for with a certificate of their own; nothing else is held up by its absence. */
function withoutDataUse(config: LoadedConfig, file: string, mappings: readonly LoadedMapping[]): Problem[] {
  const { environment, certificates } = config.register;
  const asking = mappings.filter(({ mapping }) => mapping.api === 'GetCreditRegisterExtract' && !mapping.draft);
  if (environment === 'sandbox' || certificates.dataUse || asking.length === 0) return [];
  const names = asking.map(({ mapping }) => mapping.mapping).join(', ');
  const message = `register.certificates.dataUse is not set: the questions of ${names} cannot be asked without the data-use certificate`;
  return [{ file, line: 1, col: 1, code: 'CERTIFICATE_MISSING', message, severity: 'warning' }];
}

/** By file, line and column. */
const inOrder = (problems: readonly Problem[]) =>
  problems.toSorted((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.col - b.col));

const count = (n: number, word: string) => `${n} ${word}${n === 1 ? '' : 's'}`;
