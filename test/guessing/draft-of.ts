import type { Api } from '../../src/contract/apis.ts';
import { guessMapping } from '../../src/guessing/guess-mapping.ts';
import { readSample } from '../../src/guessing/read-sample.ts';
import { columnsOf } from '../../src/mapping/compile/compile-mapping.ts';
import type { Finding } from '../../src/mapping/finding.ts';
import { type LoadedMapping, loadMapping } from '../../src/mapping/load-mapping.ts';
import { mapExport } from '../../src/mapping/map-export.ts';
import { testMapping } from '../../src/mapping/testing/test-mapping.ts';
import { readExport } from '../../src/reading/read-export.ts';
import { inChunks } from '../reading/read-text.ts';

const today = '2026-06-01';

/** The draft of a sample. */
export const draftOf = (bytes: Uint8Array, fileName: string, api?: Api) =>
  guessMapping(readSample(bytes, true, 20_000), fileName, api, today);

/** What `check` says of a mapping: its problems, and those of its tests. */
export async function checked(
  text: string,
): Promise<{ errors: string[]; warnings: string[]; loaded: LoadedMapping | undefined; passed: number }> {
  const { loaded, problems } = loadMapping(text, 'draft.yaml', 'artificial');
  const tested = loaded ? await testMapping(loaded, new Date(`${today}T00:00:00Z`)) : { passed: 0, problems: [] };
  const all = [...problems, ...tested.problems];
  const say = (severity: string) =>
    all
      .filter((problem) => problem.severity === severity)
      .map(({ line, code, message }) => `${line} ${code} ${message}`);
  return { errors: say('error'), warnings: say('warning'), loaded, passed: tested.passed };
}

/** Which column each field is read from. */
export const fieldsOf = (loaded: LoadedMapping | undefined) =>
  Object.fromEntries(loaded ? columnsOf(loaded.mapping.fields) : []);

/** What `preview` would show of an export: reports and findings. */
export async function previewed({ mapping }: LoadedMapping, bytes: Uint8Array) {
  const findings: Finding[] = [];
  const reports: Record<string, unknown>[] = [];
  let skipped = 0;
  const context = { takenAt: `${today}T00:00:00Z`, today, fileName: 'x.csv' };
  const read = () => readExport(inChunks(Buffer.from(bytes), []), mapping.csv);
  const blocks = mapExport({ mapping, series: 'artificial', context, read, startOver: () => {}, scratch: '' });
  for await (const block of blocks) {
    findings.push(...block.findings, ...block.reports.flatMap((built) => built.findings));
    reports.push(...block.reports.flatMap(({ report }) => (report ? [report] : [])));
    skipped += Object.values(block.skipped).reduce((sum, count) => sum + count, 0);
  }
  return { reports, skipped, findings: findings.map(({ code, line, column }) => `${line} ${code} ${column}`) };
}

/** The draft with its codes filled, as its author would. */
export function filled(text: string, fills: Readonly<Record<string, string>>): string {
  let list = '';
  return text
    .split('\n')
    .map((line) => {
      list = /^ {2}(\w+): #/.exec(line)?.[1] ?? list;
      const code = /^ {4}"(.*)": TODO/.exec(line)?.[1];
      const value = code === undefined ? undefined : fills[`${list} ${code}`];
      return value === undefined ? line : line.replace('TODO', value);
    })
    .join('\n');
}
