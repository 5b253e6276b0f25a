import type { Mappings } from './load-mappings.ts';

/** Why nothing may be taken from the inbox, and what to do; undefined when all mappings are right. */
export function whyNothingIsTaken({ problems, tested }: Mappings): string | undefined {
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return undefined;
  const reasons = tested
    .filter(({ tests }) => tests.failed.length > 0)
    .map(({ loaded, tests }) => {
      const names = tests.failed.map((name) => `"${name}"`).join(', ');
      return `mapping ${loaded.mapping.mapping} (${loaded.file}) fails its own ${tests.failed.length === 1 ? 'test' : 'tests'} ${names}`;
    });
  const others = errors.filter(({ code }) => code !== 'TEST_FAILED');
  for (const file of new Set(others.map((problem) => problem.file))) {
    const count = others.filter((problem) => problem.file === file).length;
    reasons.push(`${file} has ${count} ${count === 1 ? 'error' : 'errors'}`);
  }
  return `Nothing is taken from the inbox: ${reasons.join('; ')}. Correct the mapping, or the test if the mapping is right, until \`luottoputki check\` says: no errors.`;
}
