import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../lib/temp-folder.ts';
import { runTool } from '../pipeline/workspace.ts';

const verbs = [
  'demo',
  'run',
  'watch',
  'check',
  'preview',
  'guess',
  'explain',
  'diff',
  'describe',
  'status',
  'approve',
  'withdraw',
  'resolve',
  'retry',
  'reconcile',
  'verify',
  'certificate',
  'loan',
  'extract',
  'sandbox',
];

test('--help tells every verb, the exit statuses and examples', async () => {
  const { status, stdout } = await runTool(['--help']);
  expect(status).toBe(0);
  for (const verb of verbs) expect(stdout).toMatch(new RegExp(`^ {2}${verb} `, 'm'));
  expect(stdout).toContain('Exit status');
  expect(stdout).toContain('Examples:');
  const told = [...stdout.matchAll(/^ {2}([a-z]+) .*\S$/gm)].map(([, verb]) => verb ?? '');
  expect(told.filter((verb) => !['help', 'npx', ...verbs].includes(verb))).toEqual([]);
});

test.each(verbs)('%s --help has an example of it', async (verb) => {
  const { status, stdout } = await runTool([verb, '--help']);
  expect(status).toBe(0);
  expect(stdout).toMatch(new RegExp(`^Example:\n {2}luottoputki ${verb}\\b`, 'm'));
});

test.each([
  [['rum'], 'rum'],
  [['run', '--wiat', '1m'], '--wiat'],
  [['run', '--wait', 'soon'], 'soon'],
  [['run', '--wait', '15'], '15'],
  [['run', '--wait', '-1s'], '-1s'],
  [['run', '--wait'], '--wait'],
  [['preview'], 'file'],
  [['preview', 'x.csv', '--rows', 'all'], 'all'],
  [['explain'], 'what'],
  [['diff', 'old.yaml'], 'new'],
  [['status', 'more'], 'more'],
  [['approve'], 'export'],
  [['withdraw', 'x.csv', '--why'], '--why'],
  [['resolve'], 'export'],
  [['retry'], 'export'],
  [['verify', 'x.csv', 'more'], 'more'],
  [['loan'], 'number'],
  [['extract', '--json'], '--purpose'],
  [['resolve', 'x.csv', '2'], '--why'],
  [['resolve', 'x.csv', '2', '--why', ' '], '--why'],
  [['sandbox', '--port', 'https'], 'https'],
])('%j is a usage error: status 2, and the word is named', async (args, word) => {
  const { status, stdout, stderr } = await runTool(args, { cwd: tempFolder() });
  expect(status).toBe(2);
  expect(stderr).toContain(word);
  expect(stdout + stderr).not.toMatch(/^ {4}at /m);
});

test('a word that is nearly a verb is put right', async () => {
  expect(await runTool(['chek'])).toMatchObject({ status: 2, stderr: expect.stringMatching(/did you mean check/i) });
});

test.each([
  'run',
  'check',
  'preview',
  'explain',
  'diff',
  'diff',
  'describe',
  'status',
  'watch',
  'approve',
  'withdraw',
  'resolve',
  'retry',
  'reconcile',
  'verify',
  'loan',
  'extract',
  'sandbox',
])('%s without a config ends with 2 and says what to do', async (verb) => {
  const words: Record<string, string[]> = {
    diff: ['a.yaml', 'b.yaml'],
    resolve: ['x.csv', '2', '--why', 'so'],
    loan: ['1'],
    extract: ['--purpose', 'NewLoan', '--json'],
  };
  const takesExport = ['preview', 'explain', 'approve', 'withdraw', 'retry'].includes(verb);
  const args = [verb, ...(words[verb] ?? (takesExport ? ['x.csv'] : []))];
  const { status, stderr } = await runTool(args, { cwd: tempFolder() });
  expect(status).toBe(2);
  expect(stderr).toContain('pipeline.config.yaml');
  expect(stderr).toContain('--config');
  expect(stderr).not.toMatch(/^ {4}at /m);
});

test('demo does not touch a folder that is no demo workspace', async () => {
  const folder = tempFolder();
  writeFileSync(join(folder, 'dear.txt'), 'to me');
  const ended = await runTool(['demo', '--dir', folder]);
  expect(ended).toMatchObject({ status: 2, stderr: expect.stringContaining(folder) });
  expect(readdirSync(folder)).toEqual(['dear.txt']);
});

test('demo makes a workspace, does what it promises, and every place it names is there', async () => {
  const folder = join(tempFolder(), 'trial');
  mkdirSync(folder);
  const { status, stdout, stderr } = await runTool(['demo', '--dir', folder]);
  expect(stderr).not.toMatch(/^ {4}at |fault of luottoputki|did not do/m);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^Where to look:$/m);
  const said = [...stdout.matchAll(/^ {2}(\S+\.(?:html|csv)) {2}/gm)].map(([, path]) => path ?? '');
  expect(said.length).toBeGreaterThanOrEqual(4);
  for (const path of said) expect(existsSync(path), path).toBe(true);
  expect(readFileSync(join(folder, 'outbox', 'today.html'), 'utf8')).toMatch(/^<!doctype html>/i);
  for (const name of readdirSync(join(folder, 'mappings'))) {
    const [, schema = ''] = /\$schema=(\S+)/.exec(readFileSync(join(folder, 'mappings', name), 'utf8')) ?? [];
    expect(existsSync(join(folder, 'mappings', schema)), name).toBe(true);
  }
});
