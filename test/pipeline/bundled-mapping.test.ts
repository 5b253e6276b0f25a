import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sha256 } from '../../src/lib/sha256.ts';
import { dyingRun } from './dying-run.ts';
import { openWorkspace } from './open-workspace.ts';
import { loansText, postsOf, shippedMapping, soundLoans, type Workspace } from './workspace.ts';

const inFile = 'repaymentMethod: { file: lists/methods.csv, key: TAPA, value: ARVO }';
const mapping = shippedMapping('new-loans').replace(/repaymentMethod:\n {4}\{.*?\}/s, inFile);
const list = 'TAPA,ARVO\n1,FixedSizeAmortizations\n2,FixedSizePayments\n3,Annuities\n4,Balloon\n5,Bullet\n9,Other\n';
const loans = loansText(soundLoans(3), (cells) => ({ ...cells, LYHENNYSTAPA: '3' }));

async function withList(): Promise<Workspace> {
  const workspace = await openWorkspace({ mappings: { 'new-loans': mapping }, exports: { 'NEWLOANS_1.csv': loans } });
  writeList(workspace, list);
  return workspace;
}

function writeList(workspace: Workspace, text: string): void {
  mkdirSync(join(workspace.folder, 'mappings', 'lists'), { recursive: true });
  writeFileSync(join(workspace.folder, 'mappings', 'lists', 'methods.csv'), text);
}

const sent = (workspace: Workspace) =>
  postsOf(workspace.sandbox).map(({ batchReference, bodySha256 }) => [batchReference, bodySha256]);

test('an export is mapped with the code list as it was when the export was taken, whatever became of the file since', async () => {
  const quiet = await withList();
  expect(await quiet.run()).toMatchObject({ status: 0 });

  const changed = await withList();
  expect(await dyingRun(changed, 'export.recorded')).toBe(true);
  writeList(changed, list.replace('3,Annuities', '3,Balloon'));
  expect(await changed.run()).toMatchObject({ status: 0 });

  expect(sent(quiet)).toHaveLength(1);
  expect(JSON.stringify(quiet.sandbox.snapshot().loans)).toContain('Annuities');
  expect(sent(changed)).toEqual(sent(quiet));
  const { receipt } = changed.toldOf('NEWLOANS_1--');
  expect(receipt.counts).toMatchObject({ accepted: 3, balanced: true });
  expect(receipt.mapping).toEqual(quiet.toldOf('NEWLOANS_1--').receipt.mapping);
  expect(receipt.mapping.parts).toEqual([
    { name: 'new-loans.yaml', sha256: sha256(mapping) },
    { name: 'lists/methods.csv', sha256: sha256(list) },
  ]);
}, 60_000);
