import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { dyingRun } from './dying-run.ts';
import { nothingTwice, toldIsHeld } from './exactly-once.ts';
import { openWorkspace } from './open-workspace.ts';
import { loansText, paymentsText, postsOf, readCsv, shippedMapping, soundLoans, type Workspace } from './workspace.ts';

// Each test starts the tool several times.
vi.setConfig({ testTimeout: 120_000 });
const loans = soundLoans(3);
const name = 'REPAYMENTS_1.csv';
const mappings = { 'new-loans': shippedMapping('new-loans'), repayments: shippedMapping('repayments') };
const payments = (workspace: Workspace) => workspace.toldOf('REPAYMENTS_1--');

/** Payments on lines 2 to 4, rejected since the register does not know their loans; the loans come in the next night. */
const night = async (more: Parameters<typeof openWorkspace>[0] = {}) => {
  const workspace = await openWorkspace({ mappings, exports: { [name]: paymentsText(loans) }, ...more });
  expect(await workspace.run()).toMatchObject({ status: 1 });
  expect(payments(workspace)).toMatchObject({ done: true, receipt: { counts: { rejected: 3 } } });
  workspace.drop('NEWLOANS_1.csv', loansText(loans));
  expect(await workspace.run()).toMatchObject({ status: 0 });
  return workspace;
};
const allAccepted = (workspace: Workspace) => {
  expect(payments(workspace)).toMatchObject({
    done: true,
    receipt: { state: 'complete', final: true, counts: { reportsBuilt: 3, accepted: 3, rejected: 0, balanced: true } },
  });
  expect(workspace.openItems()).toEqual([]);
  expect(workspace.sandbox.snapshot()).toMatchObject({ repayments: 3 });
  nothingTwice(workspace.sandbox);
  toldIsHeld(workspace);
};

test('what the register rejected goes again unchanged once the reason is gone, after the register was asked about it', async () => {
  const workspace = await night();
  const before = postsOf(workspace.sandbox).length;
  expect(await workspace.tool('retry', name, '--why', 'the loans are there now')).toMatchObject({
    status: 0,
    stderr: expect.stringMatching(/REPAYMENTS_1\.csv: 3 payments to be sent again by the next `run`.*\(now waiting\)/),
  });
  expect(payments(workspace)).toMatchObject({ done: false, receipt: { final: false, counts: { pending: 3 } } });
  expect(postsOf(workspace.sandbox)).toHaveLength(before);
  expect(await workspace.run()).toMatchObject({ status: 0 });
  allAccepted(workspace);
  const [first, second] = payments(workspace).receipt.batches;
  expect(second?.reference).not.toBe(first?.reference);
  const { requests } = workspace.sandbox.snapshot();
  const ours = requests.filter(({ batchReference }) => batchReference === second?.reference);
  expect(ours.map(({ path, httpStatus }) => `${path} ${httpStatus}`).slice(0, 2)).toEqual([
    '/GetBatchStatus 404',
    '/Repayments 202',
  ]);
  expect(readCsv(join(payments(workspace).folder, 'errors.csv')).map(({ code }) => code)).toEqual(
    Array(3).fill('RETRIED'),
  );
});

test('one line of several; what is on its way, accepted, or stopped by a finding does not go: status 2', async () => {
  const workspace = await night();
  expect(await workspace.tool('retry', name, '3')).toMatchObject({ status: 0 });
  const refused = (args: string[], said: RegExp) => async () =>
    expect(await workspace.tool('retry', name, ...args)).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(said),
    });
  await refused(['3'], /REPAYMENTS_1\.csv:3 {2}it has no verdict yet/)();
  expect(await workspace.run()).toMatchObject({ status: 1 });
  expect(payments(workspace).receipt.counts).toMatchObject({ accepted: 1, rejected: 2 });
  await refused(['2', '3'], /REPAYMENTS_1\.csv:3 {2}the register has accepted it/)();
  expect(await workspace.tool('retry', loans[0]?.number ?? '')).toMatchObject({ status: 0 });
  expect(await workspace.tool('retry', 'NEWLOANS_1.csv')).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(/NEWLOANS_1\.csv: the register has rejected nothing of it/),
  });
});

test('what came again in a later export and was accepted does not go', async () => {
  const workspace = await night();
  workspace.drop('REPAYMENTS_2.csv', `${paymentsText(loans.slice(0, 1))}`);
  expect(await workspace.run()).toMatchObject({ status: 0 });
  expect(await workspace.tool('retry', name, '2')).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(/it would be doubled/),
  });
});

test.each(['file.written', 'file.renamed', 'page.written'] as const)(
  'killed in `retry` itself (%s): it holds, and the next run sends it once',
  async (step) => {
    const workspace = await night();
    expect(await dyingRun(workspace, step, 1, ['retry', name])).toBe(true);
    expect(await workspace.run()).toMatchObject({ status: 0 });
    allAccepted(workspace);
  },
);

test.each(['plan.committed', 'post.writtenAhead', 'post.answered', 'post.recorded', 'verdict.recorded'] as const)(
  'killed in the run after it (%s): nothing takes effect twice',
  async (step) => {
    const workspace = await night({ maxReportsPerBatch: 1 });
    await workspace.tool('retry', name);
    expect(await dyingRun(workspace, step, 2)).toBe(true);
    expect(await workspace.run()).toMatchObject({ status: 0 });
    allAccepted(workspace);
  },
);

test('the answer to what goes again is lost: asked about, not sent a third time', async () => {
  const workspace = await night();
  workspace.sandbox.setFaults([{ kind: 'cutAfter', api: 'Repayments' }]);
  await workspace.tool('retry', name);
  expect(await workspace.run()).toMatchObject({ status: 0 });
  allAccepted(workspace);
});
