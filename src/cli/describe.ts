import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { sayProblem, UsageError } from '../lib/problem.ts';
import { didYouMean } from '../lib/suggest.ts';
import type { LoadedMapping } from '../mapping/load-mapping.ts';
import { describeMapping } from '../mapping/words/describe-mapping.ts';
import { mappingPage } from '../reports/pages/mapping-page.ts';
import { loadMappings } from './load-mappings.ts';
import { usableConfig } from './open-house.ts';
import { tool } from './tool.ts';

/**
 * `luottoputki describe [MAPPING]`: a page from each column to each field, with the rule and the register's meaning.
 * @throws UsageError when there is no such mapping, or the file cannot be written
 */
export async function describe(word: string | undefined, options: { config: string; out?: string }): Promise<number> {
  const config = usableConfig(options.config);
  const { mappings, problems } = await loadMappings(config, new Date());
  const errors = problems.filter(({ severity }) => severity === 'error');
  for (const problem of errors) process.stderr.write(`${sayProblem(problem)}\n`);
  // A page about a mapping that cannot be used would say what never happens.
  if (errors.length > 0) return 2;
  const page = mappingPage(choose(mappings, word).map(describeMapping), tool);
  if (options.out === undefined) process.stdout.write(page);
  else write(options.out, page);
  return 0;
}

function choose(mappings: readonly LoadedMapping[], word: string | undefined): readonly LoadedMapping[] {
  const names = mappings.map(({ mapping }) => mapping.mapping);
  if (word === undefined && names.length > 0) return mappings;
  const found = mappings.filter(
    ({ mapping, file }) => mapping.mapping === word || basename(file) === basename(word ?? ''),
  );
  if (found.length > 0) return found;
  throw new UsageError(
    word === undefined ? 'there are no mappings' : `there is no mapping ${word}${didYouMean(word, names)}`,
    {
      hint: names.length > 0 ? `the mappings are ${names.join(', ')}` : 'put one into the folder of mappings',
    },
  );
}

function write(path: string, page: string): void {
  try {
    writeFileSync(path, page);
  } catch (cause) {
    throw new UsageError(`${path} cannot be written (${(cause as NodeJS.ErrnoException).code})`, {
      hint: 'say --out with a file in a folder that is there',
      cause,
    });
  }
  process.stderr.write(`written to ${path}\n`);
}
