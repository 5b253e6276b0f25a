import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MappingDifference } from '../../src/views/diff-mappings.ts';
import { filesOf, loansText, shippedMappings, soundLoans, Workspace } from '../pipeline/workspace.ts';

type Told = { old: { sha256: string }; new: { file: string }; files: ({ file: string } & MappingDifference)[] };

const shipped = shippedMappings();
const mapping = (shipped['new-loans'] ?? '').replace(/^refuseFileWhen.*$/m, '');
const loans = soundLoans(4);
let workspace: Workspace;

/** A version of the mapping beside the one in use. */
function version(name: string, change: (text: string) => string): string {
  const changed = change(mapping);
  if (changed === mapping) throw new Error(`${name} changes nothing`);
  writeFileSync(join(workspace.folder, name), changed);
  return name;
}
const diff = async (...args: string[]) => {
  const { status, stdout, stderr } = await workspace.tool('diff', ...args, '--json');
  expect(stderr).toBe('');
  const told = JSON.parse(stdout) as Told;
  return { status, told, only: told.files[0] as Told['files'][number] };
};

beforeAll(async () => {
  const text = loansText(loans, (cells, at) =>
    at === 1 ? { ...cells, SOPIMUSPVM: 'x' } : at === 2 ? { ...cells, ASIAKASLAJI: 'Y' } : cells,
  );
  workspace = await Workspace.make({ mappings: { ...shipped, 'new-loans': mapping } });
  workspace.drop('../NEWLOANS_1.csv', text);
});
afterAll(() => workspace.close(true));

test('the same mapping does the same: status 0', async () => {
  const { status, only } = await diff('mappings/new-loans.yaml', 'mappings/new-loans.yaml', 'NEWLOANS_1.csv');
  expect(status).toBe(0);
  expect(only).toMatchObject({
    file: 'NEWLOANS_1.csv',
    reports: { same: 3, changed: 0, onlyOld: 0, onlyNew: 0, noLongerSent: 0, newlySent: 0 },
    fields: {},
    findings: { gained: {}, lost: {} },
  });
});

test('changed fields are told with counts and examples: status 1', async () => {
  const file = version('prefix.yaml', (text) => text.replace('prefix: "new-"', 'prefix: "neu-"'));
  const { status, only } = await diff('mappings/new-loans.yaml', file, 'NEWLOANS_1.csv');
  expect(status).toBe(1);
  expect(only.reports).toMatchObject({ same: 0, changed: 3 });
  expect(Object.keys(only.fields)).toEqual(['reportReference']);
  const number = loans[0]?.number;
  expect(only.fields['reportReference']).toMatchObject({
    count: 3,
    examples: [
      { line: 2, field: 'reportReference', old: `new-${number}`, new: `neu-${number}` },
      { line: 3 },
      { line: 5 },
    ],
  });
});

test('findings gained and lost, and reports that are sent now or no more, are told with their first lines', async () => {
  const lenient = version('lenient.yaml', (text) =>
    text.replace('contractDate: { from: SOPIMUSPVM, as: day }', 'contractDate: { const: "2026-01-02" }'),
  );
  expect((await diff('mappings/new-loans.yaml', lenient, 'NEWLOANS_1.csv')).only).toMatchObject({
    reports: { newlySent: 1, noLongerSent: 0 },
    firstLines: { newlySent: [3] },
    findings: { gained: {}, lost: { DATE_FORMAT: { count: 1, firstLines: [3] } } },
  });
  expect((await diff(lenient, 'mappings/new-loans.yaml', 'NEWLOANS_1.csv')).only).toMatchObject({
    reports: { newlySent: 0, noLongerSent: 1 },
    findings: { gained: { DATE_FORMAT: { count: 1, firstLines: [3] } }, lost: {} },
  });
});

test('rows that are skipped in one only make reports in the other only', async () => {
  const all = version('all.yaml', (text) => text.replace('is: "Y"', 'is: "Z"'));
  expect((await diff('mappings/new-loans.yaml', all, 'NEWLOANS_1.csv')).only).toMatchObject({
    reports: { same: 3, onlyNew: 1, onlyOld: 0, newlySent: 1 },
    firstLines: { onlyNew: [4] },
    skipped: { old: { 'LEGAL-PERSON': 1 }, new: {} },
  });
});

test('an export that only one of them refuses whole is told so', async () => {
  const strict = version('strict.yaml', (text) => text.replace('unknown: warn', 'unknown: refuseFile'));
  workspace.drop(
    '../NEWLOANS_2.csv',
    loansText(loans)
      .replace('KONTTORI', 'KONTTORI;UUSI')
      .replaceAll(/(?<!UUSI)\r\n/g, ';\r\n'),
  );
  const { status, only } = await diff('mappings/new-loans.yaml', strict, 'NEWLOANS_2.csv');
  expect(status).toBe(1);
  expect(only.refused.old).toBeNull();
  expect(only.refused.new).not.toBeNull();
});

test('persons are masked, unless asked for in clear', async () => {
  const text = loansText(loans.slice(0, 1));
  workspace.drop('../NEWLOANS_3.csv', text);
  const other = version('other.yaml', (found) =>
    found.replace(
      'idCode: { from: HETU, as: personalIdentityCode }',
      'idCode: { firstOf: [NIMI, HETU], as: personalIdentityCode }',
    ),
  );
  const args = ['mappings/new-loans.yaml', other, 'NEWLOANS_3.csv'];
  const { stdout } = await workspace.tool('diff', ...args);
  expect(stdout).toMatch(
    /^ {2}borrowers\[\]\.idCode: 1 value changed\n {4}line 2: \(11 characters, hidden\) → \(left out\)$/m,
  );
  expect(stdout).not.toMatch(/\d{6}[-A-Y]9\d\d[0-9A-Y]/);
  expect((await workspace.tool('diff', ...args, '--clear')).stdout).toMatch(/line 2: \d{6}\S9\d\d\S → \(left out\)/);
});

test('without a file the last export that was taken is compared on, and `ledger` is the version it was taken with', async () => {
  expect(await workspace.tool('diff', 'ledger', 'mappings/new-loans.yaml')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('no version of the mapping new-loans'),
  });
  workspace.drop('NEWLOANS_9.csv', loansText(loans));
  await workspace.run();
  const before = [...filesOf(workspace.state)].filter(([name]) => !/-(shm|wal)$/.test(name));
  const file = version('new.yaml', (text) => text.replace('prefix: "new-"', 'prefix: "neu-"'));
  const { told, only } = await diff('ledger', file);
  expect(only).toMatchObject({ file: 'NEWLOANS_9.csv', reports: { changed: 4 } });
  expect((await diff(told.old.sha256.slice(0, 8), file, 'NEWLOANS_9.csv')).only).toEqual(only);
  expect([...filesOf(workspace.state)].filter(([name]) => !/-(shm|wal)$/.test(name))).toEqual(before);
});

test.each([
  [['nowhere.yaml', 'mappings/new-loans.yaml', 'NEWLOANS_1.csv'], /no mapping nowhere\.yaml/],
  [['mappings/endings.yaml', 'mappings/new-loans.yaml', 'NEWLOANS_1.csv'], /TerminateLoans/],
  [['mappings/new-loans.yaml', 'broken.yaml', 'NEWLOANS_1.csv'], /broken\.yaml:\d+:\d+ UNKNOWN_FIELD/],
  [['mappings/new-loans.yaml', 'mappings/new-loans.yaml', 'nowhere.csv'], /nowhere\.csv/],
])('%j cannot be compared: status 2, and why', async (args, why) => {
  version('broken.yaml', (text) => text.replace('contractDate:', 'contractDat:'));
  expect(await workspace.tool('diff', ...args)).toMatchObject({ status: 2, stderr: expect.stringMatching(why) });
});
