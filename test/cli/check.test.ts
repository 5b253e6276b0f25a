import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../lib/temp-folder.ts';
import { sound } from '../mapping/broken/broken-mappings.ts';
import { openWorkspace } from '../pipeline/open-workspace.ts';
import { runTool, shippedMapping, startTool, until } from '../pipeline/workspace.ts';

const config = 'owner: { idCodeType: BusinessId, idCode: "1572860-0" }\n';

function folderOf(mappings: Record<string, string>): string {
  const folder = tempFolder();
  mkdirSync(join(folder, 'mappings'));
  writeFileSync(join(folder, 'pipeline.config.yaml'), config);
  for (const [name, text] of Object.entries(mappings)) writeFileSync(join(folder, 'mappings', name), text);
  return folder;
}

test('check of the shipped mappings says one line of each, and warns of nothing', async () => {
  const { status, stdout } = await runTool(['check']);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^mappings\/new-loans\.yaml – new-loans: AddLoans, 34 fields, \d+ tests passed$/m);
  expect(stdout.trimEnd().split('\n')).toHaveLength(9);
  expect(stdout).not.toContain('warning');
});

test('check warns of what no test touches, of values that are never given, and of changes that erase; status 0', async () => {
  const changes = readFileSync('mappings/changes.yaml', 'utf8')
    .replace(/^ {2}oneTimeServiceFees: \{.*\n/m, '')
    .replace(/^ {8}oneTimeServiceFees: .*\n/m, '');
  const folder = folderOf({
    'new-loans.yaml': readFileSync('mappings/new-loans.yaml', 'utf8'),
    'changes.yaml': changes,
    'pay.yaml': sound.replace(', lumpSumLoanRepayment: { balance: 5 }', ''),
  });
  const { status, stdout } = await runTool(['check'], { cwd: folder });
  expect(status).toBe(0);
  expect(stdout).toMatch(/^mappings\/changes\.yaml:\d+:1 UPDATE_ERASES warning: new loans report oneTimeServiceFees,/m);
  expect(stdout).toMatch(/^mappings\/pay\.yaml:20:13 VALUES_NEVER_PRODUCED warning: loanType: /m);
  expect(stdout).toMatch(/^mappings\/pay\.yaml:24:7 UNTESTED warning: no test looks at lumpSumLoanRepayment\.balance/m);
  expect(stdout).toMatch(/^no errors, \d+ warnings$/m);
});

test('check --json has exactly the promised keys, and nothing else on stdout', async () => {
  const broken = sound.replace('balance: 5', 'balance: 6');
  const folder = folderOf({ 'a.yaml': broken, 'b.yaml': 'maping: b\n' });
  const { status, stdout } = await runTool(['check', '--json'], { cwd: folder });
  expect(status).toBe(2);
  const told = JSON.parse(stdout) as { problems: Record<string, unknown>[]; mappings: unknown[] };
  expect(Object.keys(told).toSorted()).toEqual(['errors', 'mappings', 'problems', 'warnings']);
  expect(told.mappings).toEqual([
    {
      name: 'payments',
      file: 'mappings/a.yaml',
      api: 'Repayments',
      fields: 7,
      tests: { passed: 0, failed: 1 },
      sha256: createHash('sha256').update(broken).digest('hex'),
    },
  ]);
  for (const problem of told.problems)
    expect(Object.keys(problem).toSorted()).toEqual(['code', 'col', 'file', 'line', 'message', 'severity']);
  expect(told.problems).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ file: 'mappings/a.yaml', line: 37, code: 'TEST_FAILED', severity: 'error' }),
      expect.objectContaining({ file: 'mappings/b.yaml', line: 1, col: 1, code: 'UNKNOWN_KEY' }),
    ]),
  );
  expect(told).toMatchObject({ errors: expect.any(Number), warnings: expect.any(Number) });
});

test('check --watch checks again when a mapping or the config is saved, and ends on Ctrl-C with 130', async () => {
  const folder = folderOf({ 'm.yaml': sound });
  const running = startTool(['check', '--watch'], folder);
  let said = '';
  running.child.stdout?.on('data', (text: string) => {
    said += text;
  });
  running.child.stderr?.on('data', (text: string) => {
    said += text;
  });
  const after = async (what: string, words: RegExp, save: () => void) => {
    // Saved again while nothing is seen: the watcher may not stand yet.
    save();
    let tries = 0;
    await until(what, () => words.test(said) || (++tries % 2000 === 0 && void save() !== undefined), running);
    said = '';
  };
  await until('the first look', () => /^no errors/m.test(said), running);
  expect(said).toMatch(/^\d\d:\d\d:\d\d\n/);
  said = '';
  const save = (name: string, text: string) => () => writeFileSync(join(folder, name), text);
  await after(
    'the break',
    /m\.yaml:24:35 UNKNOWN_FORMAT/,
    save('mappings/m.yaml', sound.replace('as: money', 'as: mony')),
  );
  await after('the repair', /^no errors/m, save('mappings/m.yaml', sound));
  await after('a new mapping', /new\.yaml:1:1 UNKNOWN_KEY/, save('mappings/new.yaml', 'maping: b\n'));
  await after(
    'another config',
    /pipeline\.config\.yaml:2:1 UNKNOWN_KEY/,
    save('pipeline.config.yaml', `${config}ownr: x\n`),
  );
  running.child.kill('SIGINT');
  expect(await running.ended).toMatchObject({ status: 130 });
});

test('run takes nothing while the tests of a mapping fail, says which, and what to do: status 2', async () => {
  const text = `${shippedMapping('endings')}tests:
  - name: a loan that was paid off
    given: |
      LAINANRO;ILMOITUSLAJI;ASIAKASLAJI;PAATTYMISPVM;PAATTYMISSYY;KONTTORI
      0004100017;;H;03.05.2026;01;Oulu
    expect: [{ termination: { isTerminated: false } }]
`;
  const workspace = await openWorkspace({ mappings: { endings: text }, exports: { 'ENDINGS_1.csv': 'x\n' } });
  const { status, stderr } = await workspace.run();
  expect(status).toBe(2);
  expect(stderr).toMatch(
    /^mappings\/endings\.yaml:\d+:\d+ TEST_FAILED test "a loan that was paid off": termination\.isTerminated: expected false, got true \(column PAATTYMISSYY\)$/m,
  );
  expect(stderr).toContain(
    'Nothing is taken from the inbox: mapping endings (mappings/endings.yaml) fails its own test "a loan that was paid off". Correct the mapping, or the test if the mapping is right, until `luottoputki check` says: no errors.',
  );
  expect(workspace.inboxNames()).toEqual(['ENDINGS_1.csv']);
  expect(readFileSync(join(workspace.outbox, 'today.html'), 'utf8')).toContain('fails its own test');
});
