import { sayProblem } from '../../src/lib/problem.ts';
import type { BuiltReport } from '../../src/mapping/compile/compile-mapping.ts';
import type { ReadPart } from '../../src/mapping/files/parts.ts';
import type { Finding } from '../../src/mapping/finding.ts';
import { type LoadedMapping, loadMapping } from '../../src/mapping/load-mapping.ts';
import { mapExport } from '../../src/mapping/map-export.ts';
import { readExport } from '../../src/reading/read-export.ts';
import { inChunks } from '../reading/read-text.ts';

/** Files by name; a mapping that is no text is written as JSON, which is YAML. */
export type Files = Record<string, unknown>;

const textOf = (file: unknown) => (typeof file === 'string' ? file : JSON.stringify(file));

/** The files beside a mapping, from memory. */
const readerOf =
  (files: Files): ReadPart =>
  (name) =>
    Object.hasOwn(files, name) ? { text: textOf(files[name]) } : { why: 'is not there' };

/** Loads one of several files, as if they stood in the folder `mappings`. */
export const loadFile = (files: Files, name = 'm.yaml') =>
  loadMapping(textOf(files[name]), `mappings/${name}`, 'artificial', readerOf(files));

/** What is wrong with it, as `check` says it; warnings about what could be mapped too are left out. */
export const problemsOf = (files: Files, name?: string): string[] =>
  loadFile(files, name)
    .problems.filter(({ code }) => code !== 'FIELD_EXPECTED')
    .map(sayProblem);

/** Loads a mapping that must be right. */
export function usableFile(files: Files, name?: string): LoadedMapping {
  const { loaded, problems } = loadFile(files, name);
  if (!loaded) throw new Error(problems.map(sayProblem).join('\n'));
  return loaded;
}

/** Maps an export given as text, taken on a day. */
export async function mapOn(today: string, { mapping }: LoadedMapping, text: string) {
  const context = { takenAt: `${today}T01:02:03Z`, today, fileName: 'test.csv' };
  let built: BuiltReport[] = [];
  let findings: Finding[] = [];
  let rowsRead = 0;
  const blocks = mapExport({
    mapping,
    series: 'artificial',
    context,
    read: () => readExport(inChunks(Buffer.from(text), [7, 40]), mapping.csv),
    startOver() {
      built = [];
      findings = [];
      rowsRead = 0;
    },
    scratch: '',
  });
  for await (const block of blocks) {
    built.push(...block.reports);
    findings.push(...block.findings, ...block.reports.flatMap((one) => one.findings));
    rowsRead += block.rowsRead;
  }
  const told = findings.filter(({ code }) => code !== 'COLUMN_UNKNOWN');
  return { reports: built.map(({ report }) => report), findings: told, codes: told.map(({ code }) => code), rowsRead };
}
