import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { expect, test } from 'vitest';
import { openWorkspace } from '../pipeline/open-workspace.ts';
import { loansText, shippedMapping, soundLoans, type Workspace } from '../pipeline/workspace.ts';

const wrongDay = '2026-01-02';
const loans = soundLoans(4);
const rightDay = loansText(loans).split('\r\n')[1]?.split(';')[3] ?? '';
const text = loansText(loans, (cells, at) =>
  at < 2 ? { ...cells, SOPIMUSPVM: wrongDay, KONTTORI: 'Åbo – Öst' } : cells,
);

async function withTwoFailed(): Promise<{ workspace: Workspace; header: string[]; rows: Record<string, string>[] }> {
  const mapping = shippedMapping('new-loans').replace(/^refuseFileWhen.*$/m, '');
  const workspace = await openWorkspace({ mappings: { 'new-loans': mapping }, exports: { 'NEWLOANS_1.csv': text } });
  expect(await workspace.run()).toMatchObject({ status: 1 });
  const { folder } = workspace.toldOf('NEWLOANS_1--');
  const bytes = readFileSync(join(folder, 'restricted', 'to-fix.csv'));
  const records: string[][] = parse(new TextDecoder('windows-1252').decode(bytes), { delimiter: ';' });
  const [header = [], ...cells] = records;
  const rows = cells.map((row) => Object.fromEntries(header.map((name, at) => [name, row[at] ?? ''])));
  return { workspace, header, rows: rows.map((row) => ({ ...row, SOPIMUSPVM: rightDay })) };
}

/** What a spreadsheet program writes: its own quoting, in the columns' order of the screen. */
const saved = (columns: readonly string[], rows: readonly Record<string, string>[], delimiter = ';') =>
  stringify([[...columns], ...rows.map((row) => columns.map((name) => row[name] ?? ''))], {
    delimiter,
    record_delimiter: '\r\n',
  });

test.each([';', ',', '\t'])(
  'saved as UTF-8 with %j between cells, rows and columns moved, an empty row at the end: accepted all the same',
  async (delimiter) => {
    const { workspace, header, rows } = await withTwoFailed();
    const content = saved(header.toReversed(), [...rows.toReversed(), {}], delimiter);
    workspace.drop('korjattu.csv', Buffer.from(`\uFEFF${content}`));
    expect(await workspace.run()).toMatchObject({ status: 0 });
    expect(workspace.toldOf('korjattu--').receipt.counts).toMatchObject({ rowsRead: 3, rowsSkipped: 1, accepted: 2 });
    expect(workspace.toldOf('NEWLOANS_1--').receipt.state).toBe('complete');
  },
);

test('without a byte order mark too, letters tell that a correction is UTF-8; sent back once more, it has its own writing', async () => {
  const { workspace, header, rows } = await withTwoFailed();
  const stillWrong = rows.map((row) => ({ ...row, SOPIMUSPVM: '31.02.2026' }));
  workspace.drop('korjattu.csv', Buffer.from(saved(header, stillWrong, ',')));
  expect(await workspace.run()).toMatchObject({ status: 1 });
  const { folder, receipt } = workspace.toldOf('korjattu--');
  expect(receipt.findingsByCode.map(({ code }) => code)).toEqual(['DATE_FORMAT']);
  const again = readFileSync(join(folder, 'restricted', 'to-fix.csv'), 'utf8');
  expect(again).toContain('Åbo – Öst');
  workspace.drop('korjattu 2.csv', Buffer.from(again.replaceAll('31.02.2026', rightDay)));
  expect(await workspace.run()).toMatchObject({ status: 0 });
  expect(workspace.openItems()).toEqual([]);
});

test('zeros lost, dates turned and decimals changed are named, in columns that nothing was wrong with; nothing of these loans is sent', async () => {
  const { workspace, header, rows } = await withTwoFailed();
  const [one = {}, other = {}] = rows;
  const damaged = [
    {
      ...one,
      LAINANRO: String(Number(one['LAINANRO'])),
      VIIMEINENERA: one['VIIMEINENERA']?.split('.').reverse().join('-') ?? '',
    },
    { ...other, MYONNETTY: other['MYONNETTY']?.replace(',', '.').replace(/\s/g, '') ?? '' },
  ];
  workspace.drop('korjattu.csv', Buffer.from(saved(header, damaged)));
  expect(await workspace.run()).toMatchObject({ status: 1 });
  const { receipt } = workspace.toldOf('korjattu--');
  const codes = receipt.findingsByCode.map(({ code, count }) => `${code} ${count}`);
  expect(codes).toEqual(expect.arrayContaining(['SPREADSHEET_ZEROS 1', 'SPREADSHEET_DATE 1', 'SPREADSHEET_DECIMAL 1']));
  expect(receipt.counts).toMatchObject({ accepted: 0, invalid: 2, balanced: true });
  expect(workspace.sandbox.snapshot().loans).toHaveLength(2);

  workspace.drop('korjattu 2.csv', Buffer.from(saved(header, rows)));
  expect(await workspace.run()).toMatchObject({ status: 0 });
  expect(workspace.toldOf('NEWLOANS_1--').receipt.state).toBe('complete');
});

test('a change of another column goes along, with a warning that names it', async () => {
  const { workspace, header, rows } = await withTwoFailed();
  const more = rows.map((row) => ({ ...row, KONTTORI: 'Turku' }));
  workspace.drop('korjattu.csv', Buffer.from(saved(header, more)));
  expect(await workspace.run()).toMatchObject({ status: 0 });
  const { receipt } = workspace.toldOf('korjattu--');
  expect(receipt.findingsByCode.map(({ code, count }) => `${code} ${count}`)).toEqual(['CORRECTION_CHANGED_MORE 2']);
});
