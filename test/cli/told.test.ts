import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorkspace } from '../pipeline/open-workspace.ts';
import { loansText, shippedMapping, soundLoans, Workspace } from '../pipeline/workspace.ts';

const mapping = shippedMapping('new-loans').replace(/^refuseFileWhen.*$/m, '');
const text = loansText(soundLoans(3), (cells, at) => (at === 1 ? { ...cells, SOPIMUSPVM: '2026-01-02' } : cells));
const header = text.split('\r\n')[0] ?? '';
const keysOf = (value: unknown) => Object.keys(value as object).toSorted();

let workspace: Workspace;
beforeAll(async () => {
  workspace = await Workspace.make({ mappings: { 'new-loans': mapping }, exports: { 'NEWLOANS_1.csv': text } });
});
afterAll(() => workspace.close(true));

test('check tells all problems of config and mappings at once, each with its place and its code: status 2', async () => {
  const broken = mapping
    .replace('api: AddLoans', 'api: AddLoan')
    .replace('as: day }', 'as: dai }')
    .replace('skip:', 'skipp:');
  const fields = mapping
    .replace('mapping: new-loans', 'mapping: more-loans')
    .replace('takes: "NEWLOANS_*.csv"', 'takes: "MORE_*.csv"')
    .replace('currencyCode: {', 'curencyCode: {')
    .replace('codes: loanKind }', 'codes: loanKinds }')
    .replace('as: yesNo }', 'as: yesOrNo }');
  const faulty = await openWorkspace({ mappings: { broken, fields, 'new-loans': mapping } });
  const { status, stdout, stderr } = await faulty.tool('check');
  expect(status).toBe(2);
  const problems = stdout.split('\n').filter((line) => !/ warning: /.test(line) && /\.yaml:/.test(line));
  for (const problem of problems) expect(problem).toMatch(/^\S+\.yaml:[1-9]\d*:[1-9]\d* [A-Z][A-Z_]+ \S/);
  const lineOf = (content: string, word: string) => content.split('\n').findIndex((line) => line.includes(word)) + 1;
  for (const [name, content, word] of [
    ['broken', broken, 'AddLoan'],
    ['broken', broken, 'skipp'],
    ['fields', fields, 'curencyCode'],
    ['fields', fields, 'loanKinds'],
    ['fields', fields, 'yesOrNo'],
  ] as const)
    expect(
      problems.filter(
        (line) => line.startsWith(`mappings/${name}.yaml:${lineOf(content, word)}:`) && line.includes(word),
      ),
    ).not.toEqual([]);
  expect(problems.some((line) => /did you mean currencyCode/i.test(line))).toBe(true);
  expect(stdout).toMatch(/^\d+ errors(, \d+ warnings?)?$/m);
  expect(stdout + stderr).not.toMatch(/^ {4}at /m);
});

test('check of a workspace that is right: status 0, and nothing is sent or taken', async () => {
  const sound = await openWorkspace({ exports: { 'NEWLOANS_1.csv': text } });
  const { status, stdout } = await sound.tool('check');
  // The shipped mapping of extracts asks with another certificate than the one there is.
  expect(stdout).toMatch(/CERTIFICATE_MISSING warning: register\.certificates\.dataUse is not set/);
  expect(stdout).toMatch(/^no errors, 1 warning$/m);
  expect(stdout).toContain('environment test');
  expect(status).toBe(0);
  expect(sound.inboxNames()).toEqual(['NEWLOANS_1.csv']);
  expect(sound.sandbox.snapshot().requests).toEqual([]);
});

test('check tells of a certificate that cannot be used: status 2', async () => {
  const faulty = await openWorkspace({ mappings: { 'new-loans': mapping } });
  copyFileSync(
    join(faulty.folder, 'sandbox/keys/dataUse-key.pem'),
    join(faulty.folder, 'sandbox/keys/reporting-key.pem'),
  );
  const { status, stdout } = await faulty.tool('check');
  expect(status).toBe(2);
  expect(stdout).toMatch(/pipeline\.config\.yaml:\d+:\d+ CERTIFICATE .*reporting/);
});

test('preview --json is what would be sent and what is wrong, and sends nothing: status 1', async () => {
  const { status, stdout } = await workspace.tool('preview', 'inbox/NEWLOANS_1.csv', '--json');
  expect(status).toBe(1);
  const told = JSON.parse(stdout) as Record<string, unknown> & { reports: Record<string, unknown>[] };
  expect(keysOf(told)).toEqual(['api', 'counts', 'file', 'findings', 'mapping', 'reports']);
  expect(told).toMatchObject({
    mapping: 'new-loans',
    api: 'AddLoans',
    counts: { rowsRead: 3, rowsSkipped: 0, rowsInvalid: 0, reportsBuilt: 3, invalid: 1 },
  });
  expect(told.reports.map(({ line, report }) => [line, report !== null])).toEqual([
    [2, true],
    [3, false],
    [4, true],
  ]);
  expect(told.reports[1]).toMatchObject({ findings: [{ code: 'DATE_FORMAT', line: 3, column: 'SOPIMUSPVM' }] });
  expect(told.reports[0]).toMatchObject({ report: { loanNumber: { type: 'Other' } } });
  expect(workspace.sandbox.snapshot().requests).toEqual([]);
  expect(workspace.inboxNames()).toEqual(['NEWLOANS_1.csv']);
});

test('preview shows each cell beside the fields it became, findings under their cell, and no person in clear', async () => {
  const { status, stdout } = await workspace.tool('preview', 'inbox/NEWLOANS_1.csv');
  expect(status).toBe(1);
  expect(stdout).toMatch(/^line 2 {2}new-\d{10} {2}would be sent$/m);
  expect(stdout).toMatch(/^ {2}LAINANRO = (\d{10}) +reportReference = new-\1\n +loanNumber\.number = \1$/m);
  expect(stdout).toMatch(/^ {2}SOPIMUSPVM = 2026-01-02\n {4}error DATE_FORMAT: expected .*dd\.MM\.yyyy/m);
  expect(stdout).toMatch(/^ {2}HETU = \(11 characters, hidden\) +borrowers\[0\]\.idCode = \(11 characters, hidden\)$/m);
  expect(stdout).toMatch(/^columns that the mapping does not use: NIMI$/m);
  expect(stdout).not.toMatch(/\d{6}[-A-Y]9\d\d[0-9A-Y]/);
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
});

test('preview --clear shows persons', async () => {
  const { stdout } = await workspace.tool('preview', 'inbox/NEWLOANS_1.csv', '--clear');
  expect(stdout).toMatch(/^ {2}HETU = (\d{6}[-A-Y]9\d\d[0-9A-Y]) +borrowers\[0\]\.idCode = \1$/m);
});

test('preview --findings shows only reports with findings', async () => {
  const { stdout } = await workspace.tool('preview', 'inbox/NEWLOANS_1.csv', '--findings');
  expect(stdout.match(/^lines? \d+.*$/gm)).toEqual([expect.stringMatching(/^line 3 .*would not be sent$/)]);
  const json = await workspace.tool('preview', 'inbox/NEWLOANS_1.csv', '--findings', '--json');
  expect(JSON.parse(json.stdout)).toMatchObject({ reports: [{ line: 3 }], counts: { reportsBuilt: 3 } });
});

test('preview shows the first five reports and every later one with findings, and says how many it left out', async () => {
  const loans = loansText(soundLoans(9), (cells, at) => (at === 7 ? { ...cells, SOPIMUSPVM: 'x' } : cells));
  const many = await openWorkspace({ mappings: { 'new-loans': mapping }, exports: { 'NEWLOANS_1.csv': loans } });
  const shown = async (...args: string[]) => {
    const { stdout } = await many.tool('preview', 'inbox/NEWLOANS_1.csv', ...args);
    return [...stdout.matchAll(/^line (\d+) |^… and (\d+) more reports/gm)].map(([, line, left]) => line ?? `+${left}`);
  };
  expect(await shown()).toEqual(['2', '3', '4', '5', '6', '9', '+3']);
  expect(await shown('--rows', '2')).toEqual(['2', '3', '+7']);
});

test('preview --rows shows so many reports, and counts all', async () => {
  const { stdout } = await workspace.tool('preview', 'inbox/NEWLOANS_1.csv', '--json', '--rows', '1');
  expect(JSON.parse(stdout)).toMatchObject({ reports: { length: 1 }, counts: { reportsBuilt: 3 } });
});

test('preview of an export that would be refused: status 3, with the place', async () => {
  workspace.drop('../NEWLOANS_x.csv', header);
  const ended = await workspace.tool('preview', 'NEWLOANS_x.csv');
  expect(ended).toMatchObject({ status: 3, stdout: expect.stringMatching(/^NEWLOANS_x\.csv:1 FINAL_NEWLINE_MISSING/) });
});

test('preview of an export that would await approval says so, and why: status 3', async () => {
  const braked = await openWorkspace({
    mappings: { 'new-loans': `${mapping}approveWhen: { reportsOver: 2 }\n` },
    exports: { 'NEWLOANS_1.csv': text },
  });
  expect(await braked.tool('preview', 'inbox/NEWLOANS_1.csv')).toMatchObject({
    status: 3,
    stdout: expect.stringMatching(/warning TOO_MANY_REPORTS: .* It would await approval\. It makes 3 reports/),
  });
});

test('preview of a file that no mapping takes: status 3; of none at all: status 2', async () => {
  expect(await workspace.tool('preview', 'pipeline.config.yaml')).toMatchObject({ status: 3 });
  expect(await workspace.tool('preview', 'nowhere.csv')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('nowhere.csv'),
  });
});

test('status --json has exactly the promised keys, before anything and after a run', async () => {
  const before = JSON.parse((await workspace.tool('status', '--json')).stdout) as Record<string, unknown>;
  expect(keysOf(before)).toEqual(['alarms', 'certificates', 'due', 'exports', 'nextDue', 'openItems', 'stock']);
  expect(before).toMatchObject({ exports: [], openItems: [], nextDue: null });

  expect(await workspace.run()).toMatchObject({ status: 1 });
  const { status, stdout } = await workspace.tool('status', '--json');
  expect(status).toBe(0);
  const told = JSON.parse(stdout) as Record<'exports' | 'openItems' | 'certificates', unknown[]> & { nextDue: string };
  expect(keysOf(told)).toEqual(['alarms', 'certificates', 'due', 'exports', 'nextDue', 'openItems', 'stock']);
  expect(told.exports.map(keysOf)).toEqual([['counts', 'deadlines', 'name', 'nextStep', 'sha256', 'state']]);
  expect(told.exports[0]).toMatchObject({ name: 'NEWLOANS_1.csv', state: 'needsFixing' });
  expect(told.openItems).toEqual([
    expect.objectContaining({ export: 'NEWLOANS_1.csv', line: 3, state: 'invalid', code: 'DATE_FORMAT' }),
  ]);
  expect(told).toMatchObject({ due: { overdue: 0, inDanger: 0, timeLeft: 0, noDueDay: 1 } });
  expect(told.certificates).toEqual([expect.objectContaining({ kind: 'reporting' })]);
  expect(told.nextDue === null || /^\d{4}-\d\d-\d\d$/.test(told.nextDue)).toBe(true);
});
