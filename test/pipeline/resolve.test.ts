import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { noteOf } from '../../src/cli/decide.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite-ledger.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { writeReceipts } from '../../src/pipeline/write-outbox.ts';
import { dyingRun } from './dying-run.ts';
import { nothingTwice, toldIsHeld } from './exactly-once.ts';
import { openWorkspace, startIn } from './open-workspace.ts';
import {
  loansText,
  paymentsText,
  readCsv,
  runTool,
  shippedMapping,
  soundLoans,
  until,
  type Workspace,
} from './workspace.ts';

// Each test starts the tool several times.
vi.setConfig({ testTimeout: 120_000 });
const loans = soundLoans(6);
const name = 'NEWLOANS_1.csv';
const mappings = {
  'new-loans': shippedMapping('new-loans').replace(/^refuseFileWhen.*$/m, ''),
  repayments: shippedMapping('repayments'),
};
const wrong = '2026-01-02';
/** Loans on lines 2 to 5; those on 3 and 4 have a wrong date. */
const faulty = loansText(loans.slice(0, 4), (cells, at) =>
  at === 1 || at === 2 ? { ...cells, SOPIMUSPVM: wrong } : cells,
);
const torn = faulty.replace(/\r\n$/, '\r\n0001;too;short\r\n');
const because = ['--why', 'entered by hand, for 131052-308T'];

const night = async (text = faulty, more: Record<string, string> = {}) => {
  const workspace = await openWorkspace({ mappings, exports: { [name]: text, ...more } });
  expect(await workspace.run()).toMatchObject({ status: 1 });
  return workspace;
};
const loansOf = (workspace: Workspace) => workspace.toldOf('NEWLOANS_1--');
const toFix = (workspace: Workspace) =>
  readFileSync(join(loansOf(workspace).folder, 'restricted', 'to-fix.csv'), 'latin1');

describe('resolve', () => {
  test('a row that is dealt with is open no more: in the lists, in status, and in what is to be fixed', async () => {
    const workspace = await night();
    const resolved = await workspace.tool('resolve', name, '3', ...because);
    expect(resolved).toMatchObject({
      status: 0,
      stderr: expect.stringMatching(/NEWLOANS_1\.csv: 1 new loan resolved \(now needsFixing\)\n.*correct 1 new loan,/),
    });
    const { receipt, folder, done } = loansOf(workspace);
    expect(done).toBe(true);
    expect(receipt).toMatchObject({
      state: 'needsFixing',
      final: true,
      counts: { reportsBuilt: 4, invalid: 2, accepted: 2, balanced: true },
    });
    expect(receipt.nextStep).toMatch(/Resolved on [\d-]{10} [\d:]{5} \(entered by hand, for \*{6}-\*{4}\): 1\.$/);
    expect(readCsv(join(folder, 'errors.csv')).filter(({ code }) => code === 'RESOLVED')).toEqual([
      expect.objectContaining({ line: '3', severity: 'warning', stage: 'send' }),
    ]);
    expect(workspace.openItems().map(({ line }) => line)).toEqual(['4']);
    expect(toFix(workspace).split('\r\n')).toHaveLength(3);
    expect(JSON.parse((await workspace.tool('status', '--json')).stdout).openItems).toHaveLength(1);
  });

  test('when everything that failed is resolved the export is complete, rows of no report too; the next run has nothing to do', async () => {
    const workspace = await night(torn);
    expect(workspace.openItems().map(({ line }) => line)).toEqual(['3', '4', '6']);
    const resolved = await workspace.tool('resolve', name, '--all', ...because);
    expect(resolved.stderr).toContain('2 new loans and 1 row of no report resolved (now complete)');
    const { receipt, done } = loansOf(workspace);
    expect(done).toBe(true);
    expect(receipt).toMatchObject({
      state: 'complete',
      counts: { rowsInvalid: 1, invalid: 2, accepted: 2, balanced: true },
      nextStep: expect.stringMatching(/^Nothing to do: every other report was accepted; 2 report\(s\) and 1 row\(s\)/),
    });
    expect(workspace.openItems()).toEqual([]);
    expect((await workspace.tool('status')).stdout).toContain('0 of them not complete');
    expect(await workspace.run()).toMatchObject({ status: 0, stderr: expect.stringMatching(/nothing to do/) });
    toldIsHeld(workspace);
  });

  test('a correction that comes later is taken all the same, and undoes it', async () => {
    const workspace = await night();
    const correction = Buffer.from(toFix(workspace).replaceAll(wrong, '02.01.2026'), 'latin1');
    await workspace.tool('resolve', name, '--all', ...because);
    workspace.drop('fixed.csv', correction);
    expect(await workspace.run()).toMatchObject({ status: 0 });
    expect(workspace.toldOf('fixed').receipt.counts).toMatchObject({ accepted: 2, rowsSkipped: 0 });
    expect(loansOf(workspace).receipt).toMatchObject({
      state: 'complete',
      nextStep: expect.stringMatching(/every report was accepted, 2 of them after correction/),
    });
    nothingTwice(workspace.sandbox);
    expect(await workspace.tool('resolve', name, '3', ...because)).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/NEWLOANS_1\.csv:3 {2}a correction of it was accepted/),
    });
  });

  test('taken back, all is as it was before', async () => {
    const workspace = await night(torn);
    const before = workspace.outboxFiles();
    await workspace.tool('resolve', name, '--all', ...because);
    const undone = await workspace.tool('resolve', name, '--all', '--undo');
    expect(undone).toMatchObject({ status: 0, stderr: expect.stringMatching(/2 new loans and 1 row .* open again/) });
    const files = workspace.outboxFiles();
    for (const key of files.keys()) if (key.includes('/history/')) files.delete(key);
    expect(files).toEqual(before);
  });

  test('what a resolved loan holds can never go: it says so, and resolves it when that is meant', async () => {
    const workspace = await night(faulty, { 'REPAYMENTS_1.csv': paymentsText(loans.slice(0, 3)) });
    const payments = () => workspace.toldOf('REPAYMENTS_1').receipt;
    expect(payments().counts).toMatchObject({ accepted: 1, held: 2 });
    const resolved = await workspace.tool('resolve', name, '3', '4', ...because);
    expect(resolved.stderr).toMatch(
      /2 reports are held by these loans and can never go now\..* 3 4 --entered --why.*`npx luottoputki resolve NEWLOANS_1\.csv 3 4 --with-held --why/,
    );
    expect(payments()).toMatchObject({ final: false, counts: { held: 2 } });
    const both = await workspace.tool('resolve', name, '3', '4', '--with-held', ...because);
    expect(both.stderr).toMatch(/REPAYMENTS_1\.csv: 2 payments that were held resolved \(now complete\)/);
    expect(workspace.toldOf('REPAYMENTS_1')).toMatchObject({
      done: true,
      receipt: { state: 'complete', final: true, counts: { accepted: 1, held: 0, invalid: 2, balanced: true } },
    });
    expect(workspace.openItems()).toEqual([]);
  });

  test('what waits for a loan goes once that was entered at the register by hand', async () => {
    const workspace = await night(faulty, { 'REPAYMENTS_1.csv': paymentsText(loans.slice(0, 3)) });
    const payments = () => workspace.toldOf('REPAYMENTS_1').receipt;
    await workspace.tool('resolve', name, '3', '4', ...because);
    // Somebody enters one of them in the register's own way: what this pipeline's ledger knows nothing of.
    const byHand = join(workspace.folder, 'by-hand');
    mkdirSync(join(byHand, 'inbox'), { recursive: true });
    writeFileSync(join(byHand, 'inbox', name), loansText(loans.slice(1, 2)));
    const folders = '{ inbox: by-hand/inbox, outbox: by-hand/outbox, state: by-hand/state }';
    writeFileSync(`${byHand}.yaml`, `folders: ${folders}\n${readFileSync(workspace.configPath, 'utf8')}`);
    expect(await runTool(['run', '--config', `${byHand}.yaml`])).toMatchObject({ status: 0 });
    const entered = await workspace.tool('resolve', name, '3', '--entered', ...because);
    expect(entered).toMatchObject({
      status: 0,
      stderr: expect.stringMatching(/1 report that was held by these loans goes at the next run/),
    });
    expect(payments().counts).toMatchObject({ held: 1, pending: 1 });
    expect(loansOf(workspace).receipt.nextStep).toMatch(/Entered at the register by hand, told on .*: 1\./);
    await workspace.run();
    expect(payments().counts).toMatchObject({ accepted: 2, held: 1 });
  });

  test('by the number of a loan', async () => {
    const workspace = await night();
    const number = loans[1]?.number ?? '';
    expect(await workspace.tool('resolve', number, ...because)).toMatchObject({
      status: 0,
      stderr: expect.stringMatching(/NEWLOANS_1\.csv: 1 new loan resolved/),
    });
    expect(await workspace.tool('resolve', number, ...because)).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/NEWLOANS_1\.csv:3 {2}it was resolved before/),
    });
    expect(await workspace.tool('resolve', '99999', ...because)).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/99999: nothing of it has failed and is open/),
    });
  });

  test.each([
    [['3', '2'], /NEWLOANS_1\.csv:2 {2}the register has accepted it/],
    [['3', '99'], /NEWLOANS_1\.csv:99 {2}has no row/],
    [['three'], /three is no line of a file/],
    [[], /which rows of NEWLOANS_1\.csv\?/],
    [['3', '--all'], /exclude each other/],
    [['3', '--undo'], /NEWLOANS_1\.csv:3 {2}it is not resolved/],
  ])('%j: status 2, says why, and changes nothing', async (args, said) => {
    const workspace = await night();
    const before = workspace.outboxFiles();
    expect(await workspace.tool('resolve', name, ...args, ...because)).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(said),
    });
    expect(await workspace.run()).toMatchObject({ status: 0 });
    expect(workspace.outboxFiles()).toEqual(before);
  });

  test('of an export that was refused whole: nothing of it is open', async () => {
    const workspace = await openWorkspace({ mappings, exports: { [name]: faulty.replace('HETU', 'HETUX') } });
    expect(await workspace.run()).toMatchObject({ status: 3 });
    expect(workspace.openItems()).toHaveLength(1);
    expect(await workspace.tool('resolve', name, '--all', ...because)).toMatchObject({
      status: 0,
      stderr: expect.stringMatching(/the whole export resolved \(now refused\)/),
    });
    expect(workspace.openItems()).toEqual([]);
    expect((await workspace.tool('status')).stdout).not.toContain(`${name} (taken`);
    expect(loansOf(workspace).receipt.nextStep).toMatch(/^Nothing to do: nothing was sent, and that was resolved/);
  });

  test('works beside a running watch, which tells it', async () => {
    const workspace = await night();
    writeFileSync(
      workspace.configPath,
      readFileSync(workspace.configPath, 'utf8').replace('quietTime: 0ms', 'quietTime: 0ms, scanEvery: 1s'),
    );
    const watching = startIn(workspace, 'watch');
    let said = '';
    watching.child.stderr?.on('data', (text: string) => {
      said += text;
    });
    await until('it watches', () => said.includes('watching'), watching);
    expect(await workspace.tool('resolve', name, '--all', ...because)).toMatchObject({
      status: 0,
      stderr: expect.stringMatching(/the luottoputki at work looks again/),
    });
    await until(
      'it is told',
      () =>
        loansOf(workspace).receipt.state === 'complete' &&
        loansOf(workspace).done &&
        workspace.openItems().length === 0,
      watching,
    );
  });

  test('a decision that comes while another one is being told is told by the next round', async () => {
    const workspace = await night();
    const { config } = loadConfig(workspace.configPath);
    if (!config) throw new Error('the config cannot be used');
    await using ledger = await openSqliteLedger(workspace.state);
    const exportId = (await ledger.exports())[0]?.id ?? 0;
    const decide = (line: number) =>
      ledger.resolve({ kind: 'lines', exportId, lines: [line] }, noteOf('RESOLVED', 'So.'), false);
    await decide(3);
    const progress = { say() {}, step() {}, stop() {} };
    const meanwhile = async (id: number) => {
      await decide(4);
      return ledger.batches(id);
    };
    await writeReceipts({ ledger: { ...ledger, batches: meanwhile }, config, progress, clock: systemClock });
    expect(loansOf(workspace).receipt.state).toBe('needsFixing');
    await writeReceipts({ ledger, config, progress, clock: systemClock });
    expect(loansOf(workspace)).toMatchObject({ done: true, receipt: { state: 'complete' } });
  });

  test.each(['file.renamed', 'export.done', 'page.written'] as const)(
    'killed while it is told (%s): it holds, and the next run tells it',
    async (step) => {
      const workspace = await night();
      expect(await dyingRun(workspace, step, 1, ['resolve', name, '--all', ...because])).toBe(true);
      expect((await workspace.run()).status).toBe(0);
      expect(loansOf(workspace)).toMatchObject({ done: true, receipt: { state: 'complete' } });
      expect(workspace.openItems()).toEqual([]);
    },
  );
});
