import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test, vi } from 'vitest';
import { dyingRun } from './dying-run.ts';
import { openWorkspace } from './open-workspace.ts';
import { loansText, shippedMapping, soundLoans, type Workspace } from './workspace.ts';

// Each test starts the tool several times.
vi.setConfig({ testTimeout: 120_000 });
const wrong = '2026-01-02';
const mappings = { 'new-loans': shippedMapping('new-loans').replace(/^refuseFileWhen.*$/m, '') };
const faulty = loansText(soundLoans(4), (cells, at) => (at === 1 ? { ...cells, SOPIMUSPVM: wrong } : cells));
const night = async () => {
  const workspace = await openWorkspace({ mappings, exports: { 'NEWLOANS_1.csv': faulty } });
  expect(await workspace.run()).toMatchObject({ status: 1 });
  return workspace;
};
const folderOf = (workspace: Workspace) => workspace.toldOf('NEWLOANS_1--').folder;
const receiptOf = (workspace: Workspace) => readFileSync(join(folderOf(workspace), 'receipt.json'), 'utf8');
const history = (workspace: Workspace) => {
  const folder = join(folderOf(workspace), 'history');
  return existsSync(folder) ? readdirSync(folder).toSorted() : [];
};
const correct = (workspace: Workspace) => {
  const text = readFileSync(join(folderOf(workspace), 'restricted', 'to-fix.csv'), 'latin1');
  workspace.drop('fixed.csv', Buffer.from(text.replaceAll(wrong, '02.01.2026'), 'latin1'));
};
const nothingChanged = async (workspace: Workspace) =>
  expect(await workspace.tool('verify')).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^Nothing was changed: /),
  });

describe('a final receipt that changes', () => {
  test('is kept as it was, to the byte; written again, everything has the same bytes', async () => {
    const workspace = await night();
    const first = receiptOf(workspace);
    expect(history(workspace)).toEqual([]);
    await workspace.tool('resolve', 'NEWLOANS_1.csv', '3', '--why', 'so');
    const second = receiptOf(workspace);
    expect(history(workspace)).toEqual(['receipt.1.json']);
    await workspace.tool('resolve', 'NEWLOANS_1.csv', '3', '--undo');
    correct(workspace);
    expect(await workspace.run()).toMatchObject({ status: 0 });
    const kept = history(workspace).map((name) => readFileSync(join(folderOf(workspace), 'history', name), 'utf8'));
    expect(kept.slice(0, 3)).toEqual([first, second, first]);
    expect(JSON.parse(receiptOf(workspace))).toMatchObject({ state: 'complete' });
    await nothingChanged(workspace);
    const before = workspace.outboxFiles();
    rmSync(workspace.outbox, { recursive: true });
    await workspace.run();
    expect(workspace.outboxFiles()).toEqual(before);
    await nothingChanged(workspace);
  });

  test.each(['file.renamed', 'receipt.written', 'export.done'] as const)(
    'killed in between (%s): every receipt is kept once',
    async (step) => {
      const workspace = await night();
      const first = receiptOf(workspace);
      const args = ['NEWLOANS_1.csv', '3', '--why', 'so'];
      expect(await dyingRun(workspace, step, 1, ['resolve', ...args])).toBe(true);
      await nothingChanged(workspace);
      await workspace.run();
      expect(history(workspace)).toEqual(['receipt.1.json']);
      expect(readFileSync(join(folderOf(workspace), 'history', 'receipt.1.json'), 'utf8')).toBe(first);
      await nothingChanged(workspace);
    },
  );
});

describe('verify', () => {
  const inLedger = (workspace: Workspace, sql: string) => {
    using db = new DatabaseSync(join(workspace.state, 'ledger.sqlite'));
    for (const trigger of ['event_stays', 'event_is_kept', 'receipt_stays', 'batch_bytes_stay', 'body_stays'])
      db.exec(`DROP TRIGGER ${trigger}`);
    db.exec(sql);
  };
  const changed = async (workspace: Workspace, said: RegExp) =>
    expect(await workspace.tool('verify', 'NEWLOANS_1.csv')).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(said),
    });

  test('names the first byte of a receipt that was changed, of this one and of earlier ones', async () => {
    const workspace = await night();
    await workspace.tool('resolve', 'NEWLOANS_1.csv', '3', '--why', 'so');
    await nothingChanged(workspace);
    for (const name of ['receipt.json', 'history/receipt.1.json']) {
      const path = join(folderOf(workspace), name);
      const text = readFileSync(path, 'utf8');
      const at = text.indexOf('"accepted": 3') + 12;
      writeFileSync(path, `${text.slice(0, at)}4${text.slice(at + 1)}`);
      await changed(
        workspace,
        new RegExp(`^CHANGED  .*/${name}: was changed at byte ${Buffer.byteLength(text.slice(0, at))}\n`),
      );
      writeFileSync(path, text);
    }
    appendFileSync(join(folderOf(workspace), 'accepted.csv'), 'x');
    await changed(workspace, /accepted\.csv: was changed/);
    rmSync(join(folderOf(workspace), 'accepted.csv'));
    await changed(workspace, /accepted\.csv: is gone/);
  });

  test('names an archived export that was changed, cut off, or is gone', async () => {
    const workspace = await night();
    const archive = join(workspace.state, 'archive');
    const path = join(archive, readdirSync(archive).find((name) => /^[0-9a-f]{64}$/.test(name)) ?? '');
    const bytes = readFileSync(path);
    writeFileSync(path, Buffer.from(bytes.toString('latin1').replace(wrong, '2026-01-03'), 'latin1'));
    await changed(workspace, /archive\/[0-9a-f]{64}: the bytes of NEWLOANS_1\.csv were changed/);
    truncateSync(path, 10);
    await changed(workspace, new RegExp(`10 bytes instead of ${bytes.length}`));
    rmSync(path);
    await changed(workspace, /are gone/);
  });

  test.each([
    [
      `UPDATE event SET detail = replace(detail, '"count":3', '"count":2') WHERE kind = 'planned'`,
      /^CHANGED {2}chain: event 3 \(planned\)/,
    ],
    [`DELETE FROM event WHERE kind = 'mapped'`, /^CHANGED {2}chain: event 2 /],
    [`DELETE FROM event WHERE n > 1`, /^CHANGED {2}chain: that batch AddLoans-\w+ was planned is missing/],
    [`DELETE FROM event`, /^CHANGED {2}chain: that NEWLOANS_1\.csv was taken is missing/],
    [
      `UPDATE batch SET register_status = 'FinishedFailed'`,
      /^CHANGED {2}ledger: the verdict on batch AddLoans-\w+ is not/,
    ],
    [`UPDATE batch SET tail = tail || ' '`, /^CHANGED {2}ledger: the bytes of batch AddLoans-\w+ are not/],
    [
      `UPDATE revision SET receipt = replace(receipt, 'needsFixing', 'complete')`,
      /^CHANGED {2}ledger: the receipt of NEWLOANS_1\.csv, revision 1/,
    ],
    [`UPDATE export SET size = size + 1`, /^CHANGED {2}ledger: NEWLOANS_1\.csv is not recorded as it was/],
  ])('names what was changed in the ledger: %s', async (sql, said) => {
    const workspace = await night();
    inLedger(workspace, sql);
    await changed(workspace, said);
  });

  test('what is not final yet is no evidence yet, and nothing is wrong with it', async () => {
    const workspace = await openWorkspace({
      mappings,
      exports: { 'NEWLOANS_1.csv': faulty },
      sandbox: { faults: [{ kind: 'stuck', api: 'AddLoans' }] },
    });
    expect(await workspace.run('--wait', '1s')).toMatchObject({ status: 4 });
    await nothingChanged(workspace);
    expect((await workspace.tool('verify')).stdout).toContain('1 without a final receipt just now');
  });
});
