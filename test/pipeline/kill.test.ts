import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openWorkspace, startIn } from './open-workspace.ts';
import { shippedMappings, until } from './workspace.ts';

const countOf = (folder: string, wanted: (path: string) => boolean) =>
  existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(wanted).length : 0;

test('killed while an export is copied: the half of it does not stay in the archive, which the retention could not find', async () => {
  const large = Buffer.alloc(16 * 1024 * 1024);
  large.set([0xff, 0xfe]); // another encoding than the mapping says: refused as soon as it is read
  const workspace = await openWorkspace({ mappings: shippedMappings(), exports: { 'NEWLOANS_1.csv': large } });
  const archive = join(workspace.state, 'archive');
  const running = startIn(workspace, 'run');
  await until('the copy has begun', () => countOf(archive, (name) => name.endsWith('.tmp')) > 0, running);
  running.child.kill('SIGKILL');
  await running.ended;
  expect(workspace.inboxNames()).toEqual(['NEWLOANS_1.csv']);
  expect(await workspace.run()).toMatchObject({ status: 3 });
  expect(readdirSync(archive)).toEqual([workspace.toldOf('NEWLOANS_1--').receipt.file.sha256]);
});
