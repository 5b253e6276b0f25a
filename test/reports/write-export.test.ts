import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openSqliteLedger } from '../../src/ledger/sqlite-ledger.ts';
import { watchSteps } from '../../src/lib/step.ts';
import { folderOf } from '../../src/reports/folder-name.ts';
import { writeExport } from '../../src/reports/write-export.ts';
import { Driver, report } from '../ledger/builders.ts';
import { tempFolder } from '../lib/temp-folder.ts';

test('killed while a final receipt is written once more, the folder does not look final, so that the next run writes all of it', async () => {
  const root = tempFolder();
  await using ledger = await openSqliteLedger(join(root, 'state'));
  const night = new Driver(ledger);
  const id = await night.mapped('AddLoans', [report('1')]);
  for (const batch of await night.plan(id)) {
    await night.send(batch);
    await night.settle(batch);
  }
  const exports = await ledger.exports();
  const [exported] = exports;
  if (!exported) throw new Error('nothing was taken');
  mkdirSync(join(root, 'archive'));
  writeFileSync(join(root, 'archive', exported.sha256), 'A;B\n1;2\n');
  const view = {
    dialect: { encoding: 'utf-8' as const, delimiter: ';' },
    carry: [],
    personal: [],
    skipReasons: new Map(),
  };
  const outbox = join(root, 'outbox');
  const language = 'en' as const;
  const options = {
    language,
    outbox,
    archive: join(root, 'archive'),
    ledger,
    fixKey: 'key',
    viewOf: async () => view,
  };
  const folder = join(outbox, folderOf(exported));
  expect((await writeExport(options, exported, exports)).final).toBe(true);
  expect(existsSync(join(folder, 'DONE'))).toBe(true);

  onTestFinished(() => watchSteps(undefined));
  watchSteps(() => {
    throw new Error('killed');
  });
  await expect(writeExport(options, exported, exports)).rejects.toThrow('killed');
  expect(existsSync(join(folder, 'DONE'))).toBe(false);
  watchSteps(undefined);
  await writeExport(options, exported, exports);
  expect(readdirSync(folder).toSorted()).toEqual([
    'DONE',
    'accepted.csv',
    'errors.csv',
    'receipt.json',
    'summary.html',
  ]);
});
