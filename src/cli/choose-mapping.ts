import type { LoadedConfig } from '../config/load-config.ts';
import { findFile } from '../intake/find-file.ts';
import { dayInFinland } from '../lib/calendar.ts';
import { sayProblem, UsageError } from '../lib/problem.ts';
import { visible } from '../lib/shown-name.ts';
import type { LoadedMapping } from '../mapping/load-mapping.ts';
import { isActive, takesName, whyIdle } from '../mapping/mappings-for.ts';
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
  const now = new Date();
  const { mappings, problems, inDrafts } = await loadMappings(config, now);
  const errors = problems.filter(({ severity }) => severity === 'error');
  for (const problem of errors) process.stderr.write(`${sayProblem(problem)}\n`);
  if (errors.length > 0) return { status: 2 };
  const fitting = mappings.filter(({ mapping }) =>
    wanted === undefined ? takesName(mapping, name) : mapping.mapping === wanted,
  );
  const day = dayInFinland(now);
  // One that takes nothing today can be tried out all the same, when no other would take the file.
  const active = fitting.filter(({ mapping }) => isActive(mapping, day));
  const candidates = active.length > 0 ? active : fitting;
  const [only] = candidates;
  if (only && candidates.length === 1) {
    if (!isActive(only.mapping, day)) process.stderr.write(`${name}: not taken today: ${whyIdle(only.mapping)}\n`);
    return only;
  }
  const takes = mappings
    .map(({ mapping }) => `${mapping.mapping} takes ${[mapping.takes].flat().join(', ')}`)
    .join('; ');
  process.stderr.write(
    `${name}: ${only ? 'more than one mapping takes it' : 'no mapping takes it'}; say --mapping NAME (${takes})\n`,
  );
  for (const problem of inDrafts) process.stderr.write(`${sayProblem(problem)}\n`);
  return { status: 3 };
}
