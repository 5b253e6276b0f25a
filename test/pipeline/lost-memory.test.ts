import { readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { nothingTwice, toldIsHeld } from './exactly-once.ts';
import { openWorkspace, startIn } from './open-workspace.ts';
import { loansText, paymentsText, postsOf, shippedMapping, soundLoans, until, type Workspace } from './workspace.ts';

const text = loansText(soundLoans(4));
const night = () =>
  openWorkspace({
    mappings: { 'new-loans': shippedMapping('new-loans') },
    exports: { 'NEWLOANS_1.csv': text },
    maxReportsPerBatch: 2,
  });

const removeLedger = ({ state }: Workspace) => {
  for (const name of readdirSync(state)) if (name.startsWith('ledger')) rmSync(join(state, name));
};

test('the ledger is gone, and the archive has what nobody would send any more: told, status 2, until it is dropped again', async () => {
  const workspace = await night();
  await workspace.closeRegister();
  expect(await workspace.run('--wait', '1s')).toMatchObject({ status: 4 });
  removeLedger(workspace);
  await workspace.reopenRegister();
  const sha8 = readdirSync(join(workspace.state, 'archive'))[0]?.slice(0, 8) ?? '';
  for (const _ of [1, 2]) {
    const ended = await workspace.run();
    expect(ended).toMatchObject({ status: 2, stderr: expect.stringContaining(sha8) });
    expect(ended.stderr).toMatch(/Put back the newest copy of the state folder/);
    expect(workspace.today()).toContain(sha8);
  }
  workspace.drop('NEWLOANS_1.csv', text);
  expect(await workspace.run()).toMatchObject({ status: 0 });
  expect(workspace.sandbox.snapshot().loans).toHaveLength(4);
  nothingTwice(workspace.sandbox);
  toldIsHeld(workspace);
});

test('reports carry the time of taking: with state lost they are not made anew, however often it is tried', async () => {
  const workspace = await night();
  const payments = paymentsText(soundLoans(4));
  workspace.putMapping('repayments', shippedMapping('repayments'));
  workspace.drop('REPAYMENTS_1.csv', payments);
  expect(await workspace.run()).toMatchObject({ status: 0 });
  const posted = postsOf(workspace.sandbox).length;
  rmSync(workspace.state, { recursive: true });
  workspace.drop('REPAYMENTS_1.csv', payments);
  for (const _ of [1, 2, 3]) {
    const ended = await workspace.run();
    expect(ended).toMatchObject({ status: 3, stderr: expect.stringContaining('was the state folder lost') });
    expect(workspace.inboxNames()).toEqual(['REPAYMENTS_1.csv']);
    expect(postsOf(workspace.sandbox)).toHaveLength(posted);
  }
  expect(readdirSync(join(workspace.state, 'archive'))).toEqual([]);
});

test('a ledger that was not closed and is damaged: status 2 and what to do; nothing is taken or sent', async () => {
  const workspace = await night();
  const running = startIn(workspace, 'run');
  await until('the first batch comes in', () => postsOf(workspace.sandbox).length > 0, running);
  running.child.kill('SIGKILL');
  await running.ended;
  const path = join(workspace.state, 'ledger.sqlite');
  {
    using db = new DatabaseSync(path);
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }
  const good = readFileSync(path);
  const size = good.readUInt16BE(16);
  const pages = good.length / size;
  const posted = postsOf(workspace.sandbox).length;
  for (const page of [3, Math.floor(pages / 2), pages - 1]) {
    writeFileSync(path, Buffer.from(good).fill(0xff, page * size, (page + 1) * size));
    // As after a kill, there is a write-ahead log.
    writeFileSync(`${path}-wal`, '');
    const ended = await workspace.run();
    expect(ended, `page ${page}`).toMatchObject({ status: 2, stderr: expect.stringContaining('is damaged') });
    expect(ended.stderr).toContain('put back the last good copy of the state folder');
    expect(postsOf(workspace.sandbox)).toHaveLength(posted);
  }
  writeFileSync(path, good);
  rmSync(`${path}-wal`, { force: true });
  expect(await workspace.run()).toMatchObject({ status: 0 });
  nothingTwice(workspace.sandbox);
  toldIsHeld(workspace);
});

test('an export the disk has no room for stays in the inbox, status 70; the others are carried all the same', async () => {
  const workspace = await night();
  workspace.drop('NEWLOANS_2.csv', '');
  truncateSync(join(workspace.inbox, 'NEWLOANS_2.csv'), 4 * 2 ** 40);
  const ended = await workspace.run();
  expect(ended).toMatchObject({
    status: 70,
    stderr: expect.stringMatching(/NEWLOANS_2\.csv: left.* MB left.*make room/),
  });
  expect(workspace.inboxNames()).toEqual(['NEWLOANS_2.csv']);
  expect(workspace.sandbox.snapshot().loans).toHaveLength(4);
  expect(workspace.today()).toContain('make room');
  expect(readdirSync(join(workspace.state, 'archive'))).toHaveLength(1);
});
