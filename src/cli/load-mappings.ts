import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { LoadedConfig } from '../config/load-config.ts';
import { type Problem, UsageError, withoutDoubles } from '../lib/problem.ts';
import { didYouMean } from '../lib/suggest.ts';
import { yamlText } from '../lib/yaml-text.ts';
import { tellRivals } from '../mapping/advice/tell-rivals.ts';
import { type LoadedMapping, loadMapping, type ReadMapping } from '../mapping/load-mapping.ts';
import { type Tested, testMapping } from '../mapping/testing/test-mapping.ts';
import { seriesOf } from '../pipeline/house.ts';
import { partReader } from './part-reader.ts';

/** The mappings that can be used, what their tests came to, and all problems of all files. */
export type Mappings = {
  /** Drafts among them. */
  mappings: LoadedMapping[];
  tested: { loaded: LoadedMapping; tests: Tested }[];
  problems: Problem[];
  /** What is wrong with drafts: it stops nothing. */
  inDrafts: Problem[];
  files: number;
};

/**
 * Reads every mapping of the config's folder and runs its tests; all problems of all files in one go. A file whose name
 * begins with `_`, or that takes nothing and is extended, is no mapping but the parent of some.
 */
export async function loadMappings(config: LoadedConfig, now: Date): Promise<Mappings> {
  const folder = config.folders.mappings;
  const shown = (name: string) => relative(process.cwd(), join(folder, name)) || join(folder, name);
  const names = list(folder);
  const read: (ReadMapping & { name: string })[] = names
    .filter((name) => !name.startsWith('_'))
    .map((name) => {
      const found = readYaml(join(folder, name), shown(name));
      if ('problem' in found) return { name, problems: [found.problem], parent: null, isBase: false, isDraft: false };
      return { name, ...loadMapping(found.text, shown(name), seriesOf(config), partReader(folder), config.contract) };
    });
  const parents = new Set(read.map(({ parent }) => parent));
  const tested: Mappings['tested'] = [];
  const problems: Problem[] = unusedParents(names, parents, shown);
  const inDrafts: Problem[] = [];
  const files = read.filter(({ name, isBase }) => !(isBase && parents.has(name)));
  for (const { loaded, problems: found, isDraft } of files) {
    const told = isDraft ? inDrafts : problems;
    told.push(...found);
    if (!loaded) continue;
    const tests = await testMapping(loaded, now);
    told.push(...tests.problems);
    tested.push({ loaded, tests });
  }
  const mappings = tested.map(({ loaded }) => loaded);
  problems.push(...tellRivals(mappings), ...unknownStock(config, mappings));
  return {
    mappings,
    tested,
    problems: withoutDoubles(problems),
    inDrafts: withoutDoubles(inDrafts),
    files: files.length,
  };
}

/** Mappings that are said to bring the loan stock, and that there are not. */
function unknownStock({ submission, file }: LoadedConfig, mappings: readonly LoadedMapping[]): Problem[] {
  const names = mappings.map(({ mapping }) => mapping.mapping);
  return (submission.stock?.mappings ?? [])
    .filter((name) => !names.includes(name))
    .map((name) => ({
      file: relative(process.cwd(), file) || file,
      line: 1,
      col: 1,
      code: 'STOCK_MAPPING_UNKNOWN',
      message: `submission.stock.mappings: there is no mapping ${name}${didYouMean(name, names)}`,
      severity: 'warning',
    }));
}

function unusedParents(
  names: readonly string[],
  parents: ReadonlySet<string | null>,
  shown: (name: string) => string,
): Problem[] {
  return names
    .filter((name) => name.startsWith('_') && !parents.has(name))
    .map((name) => ({
      file: shown(name),
      line: 1,
      col: 1,
      code: 'PARENT_UNUSED',
      message: 'no mapping extends this file; a mapping of its own must not begin with _',
      severity: 'warning',
    }));
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
