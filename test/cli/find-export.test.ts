import { describe, expect, test } from 'vitest';
import { theExport } from '../../src/cli/find-export.ts';
import type { ExportRecord } from '../../src/ledger/ledger.ts';
import { UsageError } from '../../src/lib/problem.ts';
import { folderOf } from '../../src/reports/folder-name.ts';

let made = 0;
function exported(name: string, sha256: string): ExportRecord {
  return {
    id: ++made,
    name,
    sha256: sha256.padEnd(64, '0'),
    size: 1,
    round: 1,
    takenAt: 0,
    day: '2026-05-20',
    mapping: { name: 'm', api: 'AddLoans', sha256: 'm', file: 'm.yaml', parts: [] },
    environment: 'sandbox',
    owner: { idCodeType: 'BusinessId', idCode: '1572860-0' },
    tool: 'luottoputki',
    correctionOf: null,
    stage: 'awaitingApproval',
    approved: false,
    rowsRead: 1,
    rowsSkipped: 0,
    rowsInvalid: 0,
    skipped: {},
    wave: 1,
  };
}
const [a, b, c] = [
  exported('A.csv', 'abcdef0123456'),
  exported('B.csv', 'abcdef0199999'),
  exported('A.csv', 'ffffffff'),
];
const whyNot = async ({ name }: ExportRecord) => `${name} may not`;
const find = (word: string, ...groups: ExportRecord[][]) => theExport(word, groups, [a, b, c], whyNot);

describe('the export a word means', () => {
  test.each([
    ['its name', 'A.csv', a],
    ['the beginning of its SHA-256', 'abcdef012', a],
    ['all of it, in capitals', b.sha256.toUpperCase(), b],
    ['its outbox folder', folderOf(b), b],
    ['the path of that', `/srv/outbox/${folderOf(b)}/`, b],
    ['the path as Windows writes it', `C:\\outbox\\${folderOf(b).replaceAll('/', '\\')}`, b],
    ['the folder alone', 'B--abcdef01', b],
  ])('by %s', async (_, word, wanted) => {
    expect(await find(word, [a, b])).toBe(wanted);
  });

  test('what is likelier is asked first', async () => {
    expect(await find('A.csv', [c], [a, b])).toBe(c);
    expect(await find('B.csv', [c], [a, b])).toBe(b);
  });

  test('too short a hash, and one of several, mean nothing', async () => {
    await expect(find('abcdef0', [a, b])).rejects.toThrow(/no export is called abcdef0/);
    const both = await find('abcdef01', [a, b]).catch((error: unknown) => error);
    expect(both).toBeInstanceOf(UsageError);
    expect(both).toMatchObject({
      message: 'abcdef01 means 2 exports',
      hint: expect.stringMatching(/abcdef012345 {2}A\.csv, taken on 2026-05-20\n +abcdef019999 {2}B\.csv/),
    });
  });

  test('an export that cannot be meant is told apart from one that is not known', async () => {
    await expect(find('A.csv', [b])).rejects.toThrow('A.csv may not');
    await expect(find('D.csv', [])).rejects.toThrow(/no export is called D\.csv$/);
  });
});
