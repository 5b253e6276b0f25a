import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../lib/temp-folder.ts';
import { runTool } from '../pipeline/workspace.ts';

test('describe writes one page for a mapping, to stdout or to a file', async () => {
  const { status, stdout, stderr } = await runTool(['describe', 'repayments']);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^<!DOCTYPE html>/);
  expect(stdout).toContain('<h1>The mapping repayments</h1>');
  const out = join(tempFolder(), 'page.html');
  const second = await runTool(['describe', 'mappings/repayments.yaml', '--out', out]);
  expect(second).toMatchObject({ status: 0, stdout: '' });
  expect(readFileSync(out, 'utf8')).toBe(stdout);
});

test('describe without a name puts all mappings on one page', async () => {
  const { status, stdout } = await runTool(['describe']);
  expect(status).toBe(0);
  for (const name of ['changes', 'delays', 'endings', 'new-loans', 'repayments'])
    expect(stdout).toMatch(new RegExp(`<h2[^>]*>${name}: `));
});

test('describe tells a name it does not know, and a place it cannot write to', async () => {
  const unknown = await runTool(['describe', 'repayment']);
  expect(unknown).toMatchObject({ status: 2, stdout: '' });
  expect(unknown.stderr).toMatch(/there is no mapping repayment \(did you mean repayments\?\)/);
  const out = join(tempFolder(), 'nowhere', 'page.html');
  const unwritable = await runTool(['describe', 'delays', '--out', out]);
  expect(unwritable.status).toBe(2);
  expect(unwritable.stderr).toMatch(/cannot be written \(ENOENT\)/);
  expect(existsSync(out)).toBe(false);
});
