import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { dyingRun } from './dying-run.ts';
import { openWorkspace } from './open-workspace.ts';
import { loansText, readCsv, shippedMapping, soundLoans } from './workspace.ts';

// Each test starts the tool several times.
vi.setConfig({ testTimeout: 120_000 });

const mappings = { 'new-loans': shippedMapping('new-loans') };
const loans = soundLoans(4);
/** So many rows that they are staged in more than one step. */
const large = loansText(
  Array.from({ length: 600 }, (_, at) => loans[at % 4]).filter((loan) => loan !== undefined),
  (cells, at) => ({ ...cells, LAINANRO: String(9_000_000_000 + at) }),
);

test('an export that ends the process each time is given up after eight times, told, and the others go; mended, it can be tried again', async () => {
  const workspace = await openWorkspace({
    mappings,
    exports: { 'NEWLOANS_1.csv': large, 'NEWLOANS_2.csv': loansText(loans) },
    maxReportsPerBatch: 500,
  });
  for (let time = 1; time <= 8; time++) expect(await dyingRun(workspace, 'block.staged')).toBe(true);
  expect(workspace.sandbox.snapshot().requests).toEqual([]);
  const ended = await workspace.run();
  expect(ended.status).toBe(3);
  expect(ended.stderr).toMatch(/NEWLOANS_1\.csv: given up, luottoputki failed on it 8 times.*GAVE_UP/);
  expect(workspace.toldOf('NEWLOANS_2--').receipt).toMatchObject({ state: 'complete', counts: { accepted: 4 } });
  const { receipt, folder, done } = workspace.toldOf('NEWLOANS_1--');
  expect(done).toBe(true);
  expect(receipt).toMatchObject({
    state: 'refused',
    final: true,
    file: { rows: null },
    counts: { reportsBuilt: 0, rowsRead: 0, balanced: true },
    findingsByCode: [{ code: 'GAVE_UP', howToFix: expect.stringMatching(/archive/) }],
    nextStep: expect.stringMatching(/Report the fault.*approve NEWLOANS_1\.csv/),
  });
  expect(readCsv(join(folder, 'errors.csv'))).toEqual([expect.objectContaining({ code: 'GAVE_UP' })]);
  expect(workspace.openItems()).toEqual([expect.objectContaining({ state: 'refused', code: 'GAVE_UP' })]);
  expect(await workspace.run()).toMatchObject({ status: 0 });

  const approved = await workspace.tool('approve', 'NEWLOANS_1.csv');
  expect(approved).toMatchObject({ status: 0, stderr: expect.stringMatching(/NEWLOANS_1\.csv: .* tries it again/) });
  expect(workspace.toldOf('NEWLOANS_1--')).toMatchObject({ done: false, receipt: { state: 'sending', final: false } });
  expect(await workspace.run()).toMatchObject({ status: 0 });
  expect(workspace.toldOf('NEWLOANS_1--')).toMatchObject({ done: true, receipt: { counts: { accepted: 600 } } });
});

test('two kills do not make an export poisonous', async () => {
  const workspace = await openWorkspace({ mappings, exports: { 'NEWLOANS_1.csv': loansText(loans) } });
  for (let time = 1; time <= 2; time++) expect(await dyingRun(workspace, 'mapping.begun')).toBe(true);
  expect(await workspace.run()).toMatchObject({ status: 0 });
});

test('what the machine does is not counted against an export, however often', async () => {
  const workspace = await openWorkspace({ mappings, exports: { 'NEWLOANS_1.csv': loansText(loans) } });
  expect(await dyingRun(workspace, 'export.leftInbox')).toBe(true);
  const archive = join(workspace.state, 'archive');
  renameSync(archive, `${archive}-away`);
  for (let time = 1; time <= 4; time++) expect(await workspace.run()).toMatchObject({ status: 70 });
  renameSync(`${archive}-away`, archive);
  expect(await workspace.run()).toMatchObject({ status: 0 });
});
