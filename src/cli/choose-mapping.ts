import type { LoadedConfig } from '../config/load-config.ts';
import { findFile } from '../intake/find-file.ts';
import { sayProblem, UsageError } from '../lib/problem.ts';
import { visible } from '../lib/shown-name.ts';
import { type LoadedMapping, mappingsFor } from '../mapping/load-mapping.ts';
import { loadMappings } from './load-mappings.ts';

/** An export on the disk, by its path and by its name as it is shown. */
export type FoundFile = { path: string | Buffer; name: string };

/**
 * The export a word of the command line means.
 * @throws UsageError when there is no such file
 */
export function theFile(path: string): FoundFile {
  const found = findFile(path);
  if (!found)
    throw new UsageError(`there is no file ${visible(path)}`, {
      hint: 'say the path of an export, for example inbox/NEWLOANS_20260103.csv',
    });
  return found;
}

/**
 * The mapping that takes a file, or the one asked for; what stands against it is told on stderr.
 * @returns the exit status when there is none
 */
export async function chooseMapping(
  name: string,
  config: LoadedConfig,
  wanted: string | undefined,
): Promise<LoadedMapping | { status: 2 | 3 }> {
  const { mappings, problems } = await loadMappings(config, new Date());
  const errors = problems.filter(({ severity }) => severity === 'error');
  for (const problem of errors) process.stderr.write(`${sayProblem(problem)}\n`);
  if (errors.length > 0) return { status: 2 };
  const candidates =
    wanted === undefined ? mappingsFor(name, mappings) : mappings.filter(({ mapping }) => mapping.mapping === wanted);
  const [only] = candidates;
  if (only && candidates.length === 1) return only;
  const takes = mappings
    .map(({ mapping }) => `${mapping.mapping} takes ${[mapping.takes].flat().join(', ')}`)
    .join('; ');
  process.stderr.write(
    `${name}: ${only ? 'more than one mapping takes it' : 'no mapping takes it'}; say --mapping NAME (${takes})\n`,
  );
  return { status: 3 };
}
