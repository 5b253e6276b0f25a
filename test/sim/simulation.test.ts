import { spawn } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const project = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Runs the simulation, or its mutants, as `npm run` does: its deaths and its time are no business of the test runner's. */
function simulate(script: 'main' | 'mutants', ...args: string[]): Promise<{ status: number | null; stdout: string }> {
  const child = spawn(process.execPath, [join(project, 'sim', `${script}.ts`), ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (status) => done({ status, stdout }));
  });
}

const longest = 300_000;

describe('the simulation', () => {
  test('finds nothing wrong in nights full of crashes, lost answers and people’s mistakes', {
    timeout: longest,
  }, async () => {
    const { status, stdout } = await simulate('main', '--nights', '100', '--seed', '1');
    expect(stdout).toMatch(/^\d+ nights, \d+ crashes, \d+ POSTs, 0 violations, seed 1, \d+ s\n$/);
    expect(status).toBe(0);
  });

  test('finds nothing wrong when a night is killed at every point of it in turn', { timeout: longest }, async () => {
    const { status, stdout } = await simulate('main', '--sweep', '1', '--seed', '6');
    for (const step of ['export.recorded', 'post.writtenAhead', 'verdict.recorded', 'file.renamed'])
      expect(stdout).toContain(`step ${step}\n`);
    expect(stdout).toMatch(/1 seeds, \d+ points swept, 0 violations/);
    expect(status).toBe(0);
  });

  test.each(['blind resend', 'Processed is taken', 'two reports of a loan'])(
    'finds out a pipeline broken so: %s',
    { timeout: longest },
    async (name) => {
      const { status, stdout } = await simulate('mutants', '--only', name, '--nights', '60', '--jobs', '1');
      expect(stdout).toContain('1 mutants, 1 caught, 0 alive');
      expect(status).toBe(0);
    },
  );
});
