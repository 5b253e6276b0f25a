import * as fs from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { scanInbox } from '../../src/intake/scan-inbox.ts';
import { spoolExport } from '../../src/intake/take-export.ts';
import { tempFolder } from '../lib/temp-folder.ts';

/** What happens to the inbox right after the first bytes of a file were read. */
const meanwhile = vi.hoisted(() => ({ happens: () => {} }));

vi.mock('node:fs', async (original) => {
  const real = await original<typeof fs>();
  const readSync = (...call: [number, NodeJS.ArrayBufferView, number, number, null]) => {
    const count = real.readSync(...call);
    meanwhile.happens();
    return count;
  };
  return { ...real, readSync };
});

test.each([
  ['grows', (path: string) => fs.appendFileSync(path, 'more')],
  ['is overwritten by as many bytes', (path: string) => fs.writeFileSync(path, 'B')],
  ['is removed', (path: string) => fs.rmSync(path)],
  [
    'is replaced',
    (path: string) => {
      fs.writeFileSync(`${path}.x`, 'A');
      fs.renameSync(`${path}.x`, path);
    },
  ],
])('a file that %s while it is copied is left for the next look, and no copy stays', (_, change) => {
  const folder = tempFolder();
  const archive = tempFolder();
  fs.writeFileSync(join(folder, 'a.csv'), 'A');
  const [file] = scanInbox(folder).files;
  if (!file) throw new Error('the inbox is empty');
  let once = true;
  meanwhile.happens = () => {
    if (once) change(file.path.toString());
    once = false;
  };
  expect(spoolExport(file, archive, 0)).toEqual({ kind: 'changed' });
  expect(fs.readdirSync(archive)).toEqual([]);
});
