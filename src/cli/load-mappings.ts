import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { LoadedConfig } from '../config/load-config.ts';
import { type Problem, UsageError } from '../lib/problem.ts';
import { yamlText } from '../lib/yaml-text.ts';
import { type LoadedMapping, loadMapping, tellRivals } from '../mapping/load-mapping.ts';
import { testMapping } from '../mapping/test-mapping.ts';
import { seriesOf } from '../pipeline/house.ts';
import { partReader } from './part-reader.ts';

export type Mappings = { mappings: LoadedMapping[]; problems: Problem[]; files: number; testsPassed: number };

/** Reads every mapping of the config's folder and runs its tests; all problems of all files in one go. */
export async function loadMappings(config: LoadedConfig, now: Date): Promise<Mappings> {
  const folder = config.folders.mappings;
  const names = list(folder);
  const mappings: LoadedMapping[] = [];
  const problems: Problem[] = [];
  let testsPassed = 0;
  for (const name of names) {
    const path = join(folder, name);
    const file = relative(process.cwd(), path) || path;
    const read = readYaml(path, file);
    if ('problem' in read) {
      problems.push(read.problem);
      continue;
    }
    const { loaded, problems: found } = loadMapping(read.text, file, seriesOf(config), partReader(folder));
    problems.push(...found);
    if (!loaded) continue;
    const tested = await testMapping(loaded, now);
    problems.push(...tested.problems);
    testsPassed += tested.passed;
    mappings.push(loaded);
  }
  problems.push(...tellRivals(mappings));
  return { mappings, problems, files: names.length, testsPassed };
}

/** The text of a file, or why there is none. */
function readYaml(path: string, file: string): ReturnType<typeof yamlText> {
  try {
    return yamlText(readFileSync(path), file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const message = `the file cannot be read (${code === 'EISDIR' ? 'it is a folder' : code})`;
    return { problem: { file, line: 1, col: 1, code: 'FILE_UNREADABLE', message, severity: 'error' } };
  }
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => /\.ya?ml$/.test(name) && !name.startsWith('.'))
      .sort();
  } catch (cause) {
    throw new UsageError(`the folder of mappings ${folder} cannot be read (${(cause as NodeJS.ErrnoException).code})`, {
      hint: 'make it, or correct folders.mappings in the config',
      cause,
    });
  }
}
