import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import type { LoadedConfig } from '../../src/config/load-config.ts';
import { refuseOtherEnvironment } from '../../src/pipeline/other-environment.ts';
import { openWorkspace } from './open-workspace.ts';
import { loansText, shippedMapping, soundLoans } from './workspace.ts';

// The tool is started several times.
vi.setConfig({ testTimeout: 120_000 });

test('what is open for one environment is never sent to another', async () => {
  const workspace = await openWorkspace({
    mappings: { 'new-loans': shippedMapping('new-loans') },
    exports: { 'NEWLOANS_1.csv': loansText(soundLoans(2)) },
  });
  await workspace.closeRegister();
  expect((await workspace.run('--wait', '1s')).status, 'planned, and not sent').toBe(4);
  await workspace.reopenRegister();
  const config = readFileSync(workspace.configPath, 'utf8');
  workspace.drop('NEWLOANS_2.csv', loansText(soundLoans(4).slice(2)));
  const posts = () => workspace.sandbox.snapshot().requests.length;
  writeFileSync(workspace.configPath, config.replace('environment: test', 'environment: futureTest'));
  const { status, stderr } = await workspace.run();
  expect([status, stderr]).toEqual([2, expect.stringContaining('exports of the environment test')]);
  expect(posts()).toBe(0);
  expect(workspace.inboxNames()).toEqual(['NEWLOANS_2.csv']);
  writeFileSync(workspace.configPath, config);
  expect((await workspace.run()).status).toBe(0);
  expect(workspace.sandbox.snapshot().loans).toHaveLength(4);
});

test('a ledger of another lender is told apart from one of another environment', () => {
  const owner = { idCodeType: 'BusinessId', idCode: '1572860-0' } as const;
  const config = { file: 'c.yaml', owner, register: { environment: 'test' } } as LoadedConfig;
  const refuse = (exported: { environment: string; owner: LoadedConfig['owner'] }) =>
    refuseOtherEnvironment([{ environment: 'test', owner }, exported], config);
  expect(() => refuse({ environment: 'test', owner })).not.toThrow();
  expect(() => refuse({ environment: 'production', owner })).toThrow('the environment production');
  expect(() => refuse({ environment: 'test', owner: { ...owner, idCode: '0111027-9' } })).toThrow('another lender');
});
