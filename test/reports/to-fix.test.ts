import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Encoding, encode } from '../../src/reading/encoding.ts';
import { openWorkspace } from '../pipeline/open-workspace.ts';
import { loansText, shippedMapping, soundLoans, type Workspace } from '../pipeline/workspace.ts';

/** Every row of a small export may be wrong here. */
const mapping = (encoding: Encoding) =>
  shippedMapping('new-loans')
    .replace('encoding: windows-1252', `encoding: ${encoding}`)
    .replace(/^refuseFileWhen.*$/m, '');

const wrongDay = '2026-01-02';
const loans = soundLoans(4);
const rightDay = loansText(loans).split('\r\n')[1]?.split(';')[3] ?? '';
/** Four loans; the day of the second is turned round, and its cells hold whatever a cell may hold. */
const text = loansText(loans, (cells, at) =>
  at === 1
    ? { ...cells, SOPIMUSPVM: wrongDay, NIMI: 'Sjöblom; "Märta" – 5 €', MARKKINOINTINIMI: 'Koti "Plus"\nja muut' }
    : cells,
);
const recordsOf = (content: string) => content.split(/(?<=\r\n)/);
const fixColumns = ';__fix_token;__fix_line;__fix_columns;__fix_reason;__fix_code;__fix_due\r\n';

async function workspaceWith(encoding: Encoding, content = text): Promise<Workspace> {
  const mark = encoding === 'utf-16le' ? '\uFEFF' : '';
  const bytes = encode(mark + content, encoding);
  return await openWorkspace({ mappings: { 'new-loans': mapping(encoding) }, exports: { 'NEWLOANS_1.csv': bytes } });
}

const toFixOf = ({ folder }: { folder: string }) => readFileSync(join(folder, 'restricted', 'to-fix.csv'));

test.each(['windows-1252', 'utf-16le', 'iso-8859-15'] as const)(
  'a failed row comes back as it came, to the byte, in %s; only the __fix_ columns are new',
  async (encoding) => {
    // iso-8859-15 has no en dash.
    const content = encoding === 'iso-8859-15' ? text.replace('–', '-') : text;
    const workspace = await workspaceWith(encoding, content);
    expect(await workspace.run()).toMatchObject({ status: 1 });
    const told = workspace.toldOf('NEWLOANS_1--');
    expect(told.receipt).toMatchObject({ state: 'needsFixing', final: true, counts: { accepted: 3, invalid: 1 } });
    const bytes = toFixOf(told);
    const records = recordsOf(content);
    const expected = encode(`${records[0]?.slice(0, -2)}${fixColumns}${records[2]?.slice(0, -2)};new-loans.`, encoding);
    const mark = encoding === 'utf-16le' ? Buffer.from([0xff, 0xfe]) : Buffer.alloc(0);
    const start = Buffer.concat([mark, expected]);
    expect(bytes.subarray(0, start.length).equals(start)).toBe(true);
    const tail = new TextDecoder(encoding).decode(bytes.subarray(start.length));
    expect(tail).toMatch(/^[0-9a-f]{16}\.3\.[0-9a-f]{16};3;SOPIMUSPVM;[^;\r\n]+;DATE_FORMAT;(\d{4}-\d\d-\d\d)?\r\n$/);
  },
);

test('all rows of a failed loan come back, also those that nothing is wrong with', async () => {
  const [one] = loans;
  if (!one) throw new Error('there are no loans');
  const [, other] = soundLoans(9).slice(5);
  const shared = { ...one, borrowers: [...one.borrowers, ...(other?.borrowers ?? [])] };
  const content = loansText([shared, ...loans.slice(1)], (cells, at) => (at === 1 ? { ...cells, HETU: '' } : cells));
  const workspace = await workspaceWith('windows-1252', content);
  expect(await workspace.run()).toMatchObject({ status: 1 });
  const rows = recordsOf(toFixOf(workspace.toldOf('NEWLOANS_1--')).toString('latin1'));
  const records = recordsOf(encode(content, 'windows-1252').toString('latin1'));
  expect(rows).toHaveLength(3);
  expect(rows[1]?.startsWith(records[1]?.slice(0, -2) ?? '-')).toBe(true);
  expect(rows[2]?.startsWith(records[2]?.slice(0, -2) ?? '-')).toBe(true);
});

test.each(['windows-1252', 'utf-16le'] as const)(
  'in %s, a correction is accepted under any name and linked both ways; dropped again with a byte more it sends nothing',
  async (encoding) => {
    const workspace = await workspaceWith(encoding);
    await workspace.run();
    const first = workspace.toldOf('NEWLOANS_1--');
    const decoded = new TextDecoder(encoding, { ignoreBOM: true }).decode(toFixOf(first));
    const corrected = decoded.replace(wrongDay, rightDay);
    workspace.drop('korjattu lista.csv', encode(corrected, encoding));
    expect(await workspace.run()).toMatchObject({ status: 0 });

    const correction = workspace.toldOf('korjattu lista--');
    const { name, sha256 } = first.receipt.file;
    expect(correction).toMatchObject({ done: true, receipt: { state: 'complete', correctionOf: { name, sha256 } } });
    expect(correction.receipt.counts).toMatchObject({ rowsRead: 1, reportsBuilt: 1, accepted: 1 });
    const { receipt } = workspace.toldOf('NEWLOANS_1--');
    expect(receipt.correctedBy).toEqual([{ name: 'korjattu lista.csv', sha256: correction.receipt.file.sha256 }]);
    expect(receipt).toMatchObject({ state: 'complete', counts: { accepted: 3, invalid: 1, balanced: true } });
    expect(workspace.sandbox.snapshot().loans).toHaveLength(4);
    expect(workspace.openItems()).toEqual([]);

    const requests = workspace.sandbox.snapshot().requests.length;
    workspace.drop('korjattu lista 2.csv', encode(corrected.replace(';DATE_FORMAT;', ';DATE_FORMATS;'), encoding));
    expect(await workspace.run()).toMatchObject({ status: 0 });
    const again = workspace.toldOf('korjattu lista 2--');
    expect(again.receipt.counts).toMatchObject({ rowsRead: 1, rowsSkipped: 1, reportsBuilt: 0, balanced: true });
    expect(readFileSync(join(again.folder, 'summary.html'), 'utf8')).toContain('ALREADY-CORRECTED');
    expect(workspace.sandbox.snapshot().requests).toHaveLength(requests);

    workspace.drop('korjattu lista 3.csv', encode(corrected, encoding));
    expect(await workspace.run()).toMatchObject({ status: 3 });
    expect(workspace.sandbox.snapshot().requests).toHaveLength(requests);
  },
);

test('a correction that is still wrong comes back with the __fix_ columns once, and its own correction is accepted', async () => {
  const workspace = await workspaceWith('windows-1252');
  await workspace.run();
  const stillWrong = toFixOf(workspace.toldOf('NEWLOANS_1--')).toString('latin1').replace(wrongDay, '31.02.2026');
  workspace.drop('a.csv', Buffer.from(stillWrong, 'latin1'));
  expect(await workspace.run()).toMatchObject({ status: 1 });
  const [header = '', ...rows] = recordsOf(toFixOf(workspace.toldOf('a--')).toString('latin1'));
  expect(header.match(/__fix_token/g)).toHaveLength(1);
  expect(header.endsWith(fixColumns)).toBe(true);
  expect(rows).toHaveLength(1);
  expect(rows[0]).toContain('31.02.2026');
  workspace.drop('b.csv', Buffer.from([header, ...rows].join('').replace('31.02.2026', rightDay), 'latin1'));
  expect(await workspace.run()).toMatchObject({ status: 0 });
  expect(workspace.sandbox.snapshot().loans).toHaveLength(4);
  expect(workspace.toldOf('NEWLOANS_1--').receipt.state).toBe('complete');
  expect(workspace.openItems()).toEqual([]);
});

test('a token that is not ours is not believed: the file stays in the inbox, status 3', async () => {
  const workspace = await workspaceWith('windows-1252');
  await workspace.run();
  const foreign = toFixOf(workspace.toldOf('NEWLOANS_1--'))
    .toString('latin1')
    .replace(wrongDay, rightDay)
    .replace(/(\.3\.)[0-9a-f]{16}/, '$10123456789abcdef');
  workspace.drop('NEWLOANS_9.csv', Buffer.from(foreign, 'latin1'));
  expect(await workspace.run()).toMatchObject({ status: 3, stderr: expect.stringContaining('NEWLOANS_9.csv') });
  expect(workspace.inboxNames()).toEqual(['NEWLOANS_9.csv']);
  expect(workspace.sandbox.snapshot().loans).toHaveLength(3);
});
