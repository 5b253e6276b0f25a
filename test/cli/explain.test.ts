import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loansText, paymentsText, shippedMappings, soundLoans, Workspace } from '../pipeline/workspace.ts';

type Told = {
  fate: string;
  lastLine: number;
  mapping: { name: string; sha256: string };
  report: { lines: number[] } | null;
  cells: {
    column: string;
    text: string;
    uses: { field: string; value: string; rule: string; says: string }[];
    findings: { code: string }[];
  }[];
  skippedBy: { id: string; rule: string } | null;
  unread: string[];
  ledger: {
    export: { state: string; sha256: string };
    report: {
      state: string;
      batch: { reference: string; status: string } | null;
      dueDay: string;
      nextStep: string;
    } | null;
  } | null;
};

const loans = soundLoans(4);
const numberOf = (at: number) => loans[at]?.number ?? '';
const shipped = shippedMappings();
const newLoans = (shipped['new-loans'] ?? '').replace(/^refuseFileWhen.*$/m, '');
const mappings = { ...shipped, 'new-loans': newLoans };
const lineOf = (word: string) => newLoans.split('\n').findIndex((line) => line.includes(word)) + 1;
let workspace: Workspace;

const explain = async (...args: string[]) => {
  const { status, stdout, stderr } = await workspace.tool('explain', ...args, '--json');
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return JSON.parse(stdout) as Told;
};
const cell = (told: Told, column: string) => told.cells.find((each) => each.column === column);

beforeAll(async () => {
  const text = loansText(loans, (cells, at) =>
    at === 1 ? { ...cells, SOPIMUSPVM: 'x' } : at === 2 ? { ...cells, ASIAKASLAJI: 'Y' } : cells,
  );
  workspace = await Workspace.make({ mappings, exports: { 'NEWLOANS_1.csv': text } });
});
afterAll(() => workspace.close(true));

test('before an export is taken each cell is told with its rule, the place of the rule, and the field', async () => {
  const told = await explain('inbox/NEWLOANS_1.csv:2');
  expect(told).toMatchObject({ fate: 'report', ledger: null, unread: ['NIMI'], mapping: { name: 'new-loans' } });
  expect(cell(told, 'SOPIMUSPVM')?.uses).toMatchObject([
    {
      field: 'contractDate',
      rule: `mappings/new-loans.yaml:${lineOf('contractDate:')}`,
      says: 'from SOPIMUSPVM; read as day',
    },
  ]);
  expect(cell(told, 'KORKOSIDOS')?.uses[0]).toMatchObject({
    field: 'interest.interestType',
    says: expect.stringMatching(/^always \w+; only when KORKOSIDOS /),
  });
  expect(cell(told, 'HETU')).toMatchObject({
    text: '(11 characters, hidden)',
    uses: [{ value: '(11 characters, hidden)' }],
  });
  const clear = await explain('NEWLOANS_1.csv:2', '--clear');
  expect(cell(clear, 'HETU')?.text).toMatch(/^\d{6}\S9\d\d\S$/);
});

test('a finding stands at its cell, and a row that a rule takes out is told with the rule', async () => {
  expect(cell(await explain('NEWLOANS_1.csv:3'), 'SOPIMUSPVM')?.findings).toMatchObject([{ code: 'DATE_FORMAT' }]);
  const skipped = await explain('NEWLOANS_1.csv:4');
  expect(skipped).toMatchObject({ fate: 'skipped', report: null, skippedBy: { id: 'LEGAL-PERSON' } });
  expect(skipped.skippedBy?.rule).toBe(`mappings/new-loans.yaml:${lineOf('LEGAL-PERSON')}`);
});

test('of rows of one report the group is told; a broken row, the header and a line beyond the end too', async () => {
  const rows = loansText(loans.slice(0, 1)).split('\r\n');
  const second = (rows[1] ?? '').replace(/\d{6}\S9\d\d\S/, '100190-999P');
  writeFileSync(
    join(workspace.folder, 'NEWLOANS_x.csv'),
    `${[rows[0], rows[1], second, 'a;b'].join('\n')}\n`,
    'latin1',
  );
  const told = await explain('NEWLOANS_x.csv:3');
  expect(told.report?.lines).toEqual([2, 3]);
  expect(cell(told, 'HETU')?.uses).toMatchObject([{ field: 'borrowers[1].idCode' }]);
  expect(await explain('NEWLOANS_x.csv:4')).toMatchObject({ fate: 'invalid', findings: [{ code: 'ROW_WIDTH' }] });
  expect(await explain('NEWLOANS_x.csv:1')).toMatchObject({ fate: 'header' });
  expect(await workspace.tool('explain', 'NEWLOANS_x.csv:9')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('no row on line 9'),
  });
});

test('the record that closes an export is told as such', async () => {
  const closed = newLoans.replace('delimiter: ";"', 'delimiter: ";"\n  trailer: { startsWith: "#LOPPU", rowCount: 2 }');
  workspace.putMapping('new-loans', closed);
  const [header, row] = loansText(loans.slice(0, 1)).split('\r\n');
  writeFileSync(join(workspace.folder, 'NEWLOANS_y.csv'), `${header}\n${row}\n#LOPPU;1\n`, 'latin1');
  expect(await explain('NEWLOANS_y.csv:3')).toMatchObject({ fate: 'trailer', cells: [] });
  expect(await explain('NEWLOANS_y.csv:2')).toMatchObject({ fate: 'report' });
  workspace.putMapping('new-loans', newLoans);
});

test('once it is taken, batch, verdict, due day and next step are told; the archive has the bytes', async () => {
  const { status } = await workspace.run();
  expect(status).toBe(1);
  const told = await explain('NEWLOANS_1.csv:2');
  expect(told.ledger).toMatchObject({
    export: { state: 'needsFixing' },
    report: { state: 'accepted', batch: { status: expect.stringMatching(/^Finished/) } },
  });
  expect(told.ledger?.report?.dueDay).toMatch(/^\d{4}-\d\d-\d\d$/);
  const invalid = await explain(`${told.ledger?.export.sha256.slice(0, 8)}:3`);
  expect(invalid.ledger?.report).toMatchObject({
    state: 'invalid',
    batch: null,
    nextStep: expect.stringMatching(/to-fix\.csv$/),
  });
  expect((await explain('NEWLOANS_1.csv:4')).ledger?.report).toBeNull();
});

test('it is explained by the mapping it was taken with, not by the one of today', async () => {
  const before = await explain('NEWLOANS_1.csv:2');
  workspace.putMapping('new-loans', newLoans.replace('prefix: "new-"', 'prefix: "neu-"'));
  expect(await explain('NEWLOANS_1.csv:2')).toEqual(before);
  const today = await explain('NEWLOANS_1.csv:2', '--mapping', 'new-loans');
  expect(cell(today, 'LAINANRO')?.uses[0]?.value).toMatch(/^neu-/);
  workspace.putMapping('new-loans', newLoans);
});

test('to people the same is told in lines, and no person in clear', async () => {
  const { stdout } = await workspace.tool('explain', 'NEWLOANS_1.csv:2');
  expect(stdout).toMatch(/^NEWLOANS_1\.csv, line 2: AddLoans report new-\d+, which can be sent$/m);
  expect(stdout).toMatch(
    /^SOPIMUSPVM = \S+\n {2}→ contractDate = \S+\n {4}mappings\/new-loans\.yaml:\d+ {2}from SOPIMUSPVM; read as day$/m,
  );
  expect(stdout).toMatch(/^AddLoans new-\d+: accepted; due on \S+\n {2}batch \S+: Finished\w+, sent at /m);
  expect(stdout).not.toMatch(/\d{6}[-A-Y]9\d\d[0-9A-Y]/);
});

test('explain LOAN tells every report on the loan through exports, batches and verdicts', async () => {
  workspace.drop('REPAYMENTS_1.csv', paymentsText(loans.slice(0, 1)));
  await workspace.run();
  const { status, stdout } = await workspace.tool('explain', numberOf(0), '--json');
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    loan: numberOf(0),
    reports: [
      { export: 'NEWLOANS_1.csv', line: 2, api: 'AddLoans', state: 'accepted', findings: [] },
      { export: 'REPAYMENTS_1.csv', line: 2, api: 'Repayments', state: 'accepted' },
    ],
  });
  const said = await workspace.tool('explain', `Other:${numberOf(1)}`);
  expect(said.stdout).toMatch(/NEWLOANS_1\.csv:3 {2}AddLoans new-\d+: not sent: a finding stops it/);
  expect(said.stdout).toMatch(/^ {2}error: DATE_FORMAT SOPIMUSPVM: expected /m);
  expect(await workspace.tool('explain', '12')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('FILE:LINE'),
  });
});

test('when the bytes are gone it says so', async () => {
  const { ledger } = await explain('NEWLOANS_1.csv:2');
  rmSync(join(workspace.state, 'archive', ledger?.export.sha256 ?? ''));
  expect(await workspace.tool('explain', 'NEWLOANS_1.csv:2')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('the archive has the bytes of NEWLOANS_1.csv no more'),
  });
});
