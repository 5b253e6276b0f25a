import { loadConfig } from '../config/load-config.ts';
import { readCredentials } from '../config/register-address.ts';
import { type Problem, sayProblem, UsageError } from '../lib/problem.ts';
import { sayOverlay } from '../mapping/overlay.ts';
import { loadMappings } from './load-mappings.ts';

/** `luottoputki check`: config, mappings, the mappings' own tests, certificates. Sends nothing. */
export async function check(options: { config: string }): Promise<number> {
  const { config, problems } = loadConfig(options.config);
  const found: Problem[] = [...problems];
  const overlays: string[] = [];
  let told = '';
  if (config) {
    const { mappings, problems: inMappings, testsPassed, files } = await loadMappings(config, new Date());
    found.push(...inMappings);
    overlays.push(...mappings.flatMap(({ file, changes }) => (changes ? [sayOverlay(file, changes)] : [])));
    const usable = mappings.length === files ? `${files}` : `${mappings.length} of ${files}`;
    told = `${usable} mapping${files === 1 ? '' : 's'} can be used (${mappings.map(({ mapping }) => mapping.mapping).join(', ')}), ${testsPassed} mapping tests passed, environment ${config.register.environment}`;
    for (const kind of ['reporting', 'dataUse'] as const) {
      if (config.register.environment === 'sandbox' || !config.register.certificates[kind]) continue;
      try {
        readCredentials(config, kind, new Date());
      } catch (error) {
        if (!(error instanceof UsageError)) throw error;
        found.push({
          file: options.config,
          line: 1,
          col: 1,
          code: 'CERTIFICATE',
          message: `${error.message}; ${error.hint}`,
          severity: 'error',
        });
      }
    }
  }
  for (const line of overlays) process.stdout.write(`${line}\n`);
  for (const problem of found) process.stdout.write(`${sayProblem(problem)}\n`);
  const errors = found.filter(({ severity }) => severity === 'error').length;
  const warnings = found.length - errors;
  if (told !== '') process.stdout.write(`${told}\n`);
  process.stdout.write(
    errors === 0
      ? `no errors${warnings > 0 ? `, ${warnings} warning${warnings === 1 ? '' : 's'}` : ''}\n`
      : `${errors} error${errors === 1 ? '' : 's'}\n`,
  );
  return errors === 0 ? 0 : 2;
}
