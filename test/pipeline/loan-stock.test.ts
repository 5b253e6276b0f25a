import { expect, test, vi } from 'vitest';
import { openWorkspace } from './open-workspace.ts';
import { loansText, shippedMapping, soundLoans, until } from './workspace.ts';

vi.setConfig({ testTimeout: 120_000 });

test('while the loan stock is on its way, at its own pace, new loans go ahead; status tells how far it has come', async () => {
  const loans = soundLoans(6);
  const stockMapping = shippedMapping('new-loans')
    .replace('mapping: new-loans', 'mapping: loan-stock')
    .replace('NEWLOANS_*.csv', 'STOCK_*.csv')
    .replace('prefix: "new-"', 'prefix: "stock-"');
  const workspace = await openWorkspace({
    mappings: { 'new-loans': shippedMapping('new-loans'), 'loan-stock': stockMapping },
    exports: { 'STOCK_1.csv': loansText(loans.slice(0, 4)) },
    config: (text) =>
      text.replace(
        'submission:\n',
        'submission:\n  stock: { mappings: [loan-stock], batchesPerMinute: 1, maxReportsPerBatch: 1 }\n',
      ),
  });
  expect((await workspace.run('--wait', '2s')).status, 'three batches wait for their minute').toBe(4);
  const json = async () => JSON.parse((await workspace.tool('status', '--json')).stdout) as Record<string, unknown>;
  expect(await json()).toMatchObject({
    stock: {
      exports: 1,
      loans: 4,
      accepted: 1,
      failed: 0,
      open: 3,
      endedAt: null,
      begunAt: expect.any(String),
      sentBy: expect.any(String),
    },
    nextDue: null,
  });

  workspace.drop('NEWLOANS_1.csv', loansText(loans.slice(4)));
  const next = workspace.start('run');
  await until('the new loans are accepted', () => workspace.sandbox.snapshot().loans.length >= 3, next);
  next.child.kill('SIGINT');
  expect((await next.ended).status).toBe(130);
  expect(workspace.toldOf('NEWLOANS_1').receipt.counts).toMatchObject({ accepted: 2, pending: 0 });
  expect(workspace.toldOf('STOCK_1').receipt).toMatchObject({
    state: 'sending',
    deadlines: { earliestDue: null },
    counts: { accepted: 1, pending: 3 },
  });
  expect((await workspace.tool('status')).stdout).toContain(
    'Loan stock: 1 of 4 loans accepted, 0 failed, 3 without a verdict',
  );
});

test('check tells of a mapping for the loan stock that there is not', async () => {
  const workspace = await openWorkspace({
    mappings: { 'new-loans': shippedMapping('new-loans') },
    config: (text) => text.replace('submission:\n', 'submission:\n  stock: { mappings: [new-loan] }\n'),
  });
  const { status, stdout } = await workspace.tool('check');
  expect(status).toBe(0);
  expect(stdout).toMatch(/STOCK_MAPPING_UNKNOWN .*no mapping new-loan \(did you mean new-loans\?\)/);
});
