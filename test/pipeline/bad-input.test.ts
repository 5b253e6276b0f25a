import { appendFileSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Fault } from '../../src/sandbox/faults.ts';
import { openWorkspace, startIn } from './open-workspace.ts';
import {
  type Ended,
  loansText,
  readCsv,
  shippedMapping,
  soundLoans,
  until,
  Workspace,
  type WorkspaceOptions,
} from './workspace.ts';

const name = 'NEWLOANS_1.csv';
const loans = soundLoans(4);
const good = loansText(loans);
const [header = '', ...rows] = good.split('\r\n').slice(0, -1);
const lines = (...all: string[]) => all.map((line) => `${line}\r\n`).join('');
/** The export with the cell of one line (2 is the first row) put in place of another. */
const withCell = (line: number, column: string, cell: string) =>
  lines(
    ...[header, ...rows].map((row, at) => {
      const cells = row.split(';');
      if (at === line - 1) cells[header.split(';').indexOf(column)] = cell;
      return cells.join(';');
    }),
  );

const oneMapping = { 'new-loans': shippedMapping('new-loans') };
const workspaceWith = (exports: WorkspaceOptions['exports'], options: WorkspaceOptions = {}) =>
  openWorkspace({ mappings: oneMapping, ...options, ...(exports && { exports }) });

/** What nobody wants to see, whatever went wrong. */
function saidPlainly({ stdout, stderr }: Ended): void {
  expect(stdout + stderr).not.toMatch(/^ {4}at |fault of luottoputki|undefined|\[object|NaN/m);
}

function nothingSent({ sandbox }: Workspace): void {
  expect(sandbox.snapshot().applied).toEqual([]);
}

const utf16 = Buffer.from(`\uFEFF${good}`, 'utf16le');
/** Exports that cannot be trusted: why, their content, and what is told of them. */
const refused: [why: string, content: string | Uint8Array, code: string, line: number, more?: string][] = [
  ['it is empty', '', 'FILE_EMPTY', 1],
  ['a column is missing', good.replace('LAINALAJI', 'LAINALAI'), 'COLUMN_MISSING', 1, 'LAINALAJI'],
  ['a column is there twice', good.replace('LAINALAJI', 'LAINANRO'), 'COLUMN_TWICE', 1, 'LAINANRO'],
  ['a quote is not closed', withCell(4, 'NIMI', '"Öhman Åsa'), 'QUOTE_NOT_CLOSED', 4],
  ['a quote stands inside a cell', withCell(3, 'NIMI', 'Öhman "Åsa" X'), 'QUOTE_STRAY', 3],
  ['text goes on after a quoted cell', withCell(3, 'NIMI', '"Öhman" Åsa'), 'QUOTE_STRAY', 3],
  ['its end is missing', good.slice(0, -2), 'FINAL_NEWLINE_MISSING', 5],
  ['it is cut in the middle of a row', good.slice(0, -40), 'FINAL_NEWLINE_MISSING', 5],
  ['it is utf-16', utf16, 'BYTE_ORDER_MARK', 1, 'utf-16le'],
  ['it is utf-8 with its mark', Buffer.from(`\uFEFF${good}`, 'utf8'), 'BYTE_ORDER_MARK', 1, 'utf-8'],
];

describe('an export that cannot be trusted is refused whole: status 3, nothing of it is sent, and the place is named', () => {
  let workspace: Workspace;
  let ended: Ended;
  beforeAll(async () => {
    const exports = Object.fromEntries(refused.map(([, content], at) => [`NEWLOANS_${at}x.csv`, content]));
    workspace = await Workspace.make({ mappings: oneMapping, exports });
    ended = await workspace.run();
  });
  afterAll(() => workspace.close(true));

  test('all of them leave the inbox, nothing is sent, and it is said plainly', () => {
    saidPlainly(ended);
    expect(ended.status).toBe(3);
    expect(workspace.inboxNames()).toEqual([]);
    expect(workspace.told()).toHaveLength(refused.length);
    expect(workspace.sandbox.snapshot().requests).toEqual([]);
  });

  test.each(refused.map((it, at) => [it[0], at, it] as const))('%s', (_, at, [, , code, line, more]) => {
    const stem = `NEWLOANS_${at}x`;
    expect(ended.stderr).toMatch(new RegExp(`^${stem}\\.csv:.*\\bline ${line}\\b.*${code}.*${more ?? ''}`, 'm'));
    const { receipt, folder, done } = workspace.toldOf(`${stem}--`);
    expect(receipt).toMatchObject({
      state: 'refused',
      final: true,
      counts: { reportsBuilt: 0, balanced: true },
      batches: [],
    });
    expect(done).toBe(true);
    expect(readCsv(join(folder, 'errors.csv'))).toEqual([
      expect.objectContaining({ code, severity: 'error', stage: 'read', line: String(line) }),
    ]);
    expect(workspace.today()).toContain(`${stem}.csv`);
  });

  test('its bytes are none of the declared encoding', async () => {
    const mapping = shippedMapping('new-loans').replace('encoding: windows-1252', 'encoding: utf-8');
    const content = Buffer.from(
      withCell(2, 'NIMI', 'Ek Olli')
        .replace(/[ÄÖÅäöå]/g, 'o')
        .replace(/(?<=(.*\r\n){3})./, 'ö'),
      'latin1',
    );
    const workspace = await workspaceWith({ [name]: content }, { mappings: { 'new-loans': mapping } });
    const ended = await workspace.run();
    saidPlainly(ended);
    expect(ended).toMatchObject({ status: 3, stderr: expect.stringMatching(/NEWLOANS_1\.csv: line 4 .*ENCODING/) });
    nothingSent(workspace);
  });

  test('too many of its loans are wrong', async () => {
    const workspace = await workspaceWith({ [name]: withCell(3, 'SOPIMUSPVM', '2026-01-01') });
    const ended = await workspace.run();
    saidPlainly(ended);
    expect(ended).toMatchObject({
      status: 3,
      stderr: expect.stringMatching(/NEWLOANS_1\.csv: refused.*REJECTED_SHARE/),
    });
    nothingSent(workspace);
  });
});

describe('what an export may be', () => {
  test('a header without rows is complete: status 0, and a warning', async () => {
    const workspace = await workspaceWith({ [name]: lines(header) });
    const ended = await workspace.run();
    saidPlainly(ended);
    expect(ended.status).toBe(0);
    const { receipt, done } = workspace.toldOf('NEWLOANS_1--');
    expect(receipt).toMatchObject({ state: 'complete', final: true, findingsByCode: [{ code: 'NO_ROWS' }] });
    expect(done).toBe(true);
    nothingSent(workspace);
  });

  test.each([
    ['few', (row: string) => row.split(';').slice(1).join(';')],
    ['many', (row: string) => `${row};`],
  ])('a row with too %s cells stays behind alone: status 1, the others are accepted', async (_, tear) => {
    const many = loansText(soundLoans(9)).split('\r\n').slice(0, -1);
    const workspace = await workspaceWith({ [name]: lines(...many.map((row, at) => (at === 3 ? tear(row) : row))) });
    const ended = await workspace.run();
    saidPlainly(ended);
    expect(ended.status).toBe(1);
    const { receipt, folder } = workspace.toldOf('NEWLOANS_1--');
    expect(receipt.counts).toMatchObject({ accepted: 8, rowsInvalid: 1, reportsBuilt: 8, balanced: true });
    expect(readCsv(join(folder, 'errors.csv'))).toEqual([expect.objectContaining({ code: 'ROW_WIDTH', line: '4' })]);
    expect(workspace.sandbox.snapshot().loans).toHaveLength(8);
  });

  test('line ends of \\n, and a quoted line end inside a cell, are read: status 0', async () => {
    const content = withCell(3, 'NIMI', '"Öhman\nÅsa"').replaceAll('\r\n', '\n');
    const workspace = await workspaceWith({ [name]: content });
    expect(await workspace.run()).toMatchObject({ status: 0 });
    const { folder } = workspace.toldOf('NEWLOANS_1--');
    expect(readCsv(join(folder, 'accepted.csv')).map(({ line, lastLine }) => `${line}-${lastLine}`)).toEqual([
      '2-2',
      '3-4',
      '5-5',
      '6-6',
    ]);
  });

  test('the same bytes again under another name: status 3, a receipt of their own, the first one untouched', async () => {
    const workspace = await workspaceWith({ [name]: good });
    expect(await workspace.run()).toMatchObject({ status: 0 });
    const [before, applied] = [workspace.outboxFiles(), workspace.sandbox.snapshot().applied];
    workspace.drop('NEWLOANS_2.csv', good);
    const ended = await workspace.run();
    saidPlainly(ended);
    expect(ended).toMatchObject({
      status: 3,
      stderr: expect.stringMatching(/NEWLOANS_2\.csv: refused.*NEWLOANS_1\.csv/),
    });
    expect(workspace.sandbox.snapshot().applied).toEqual(applied);
    const after = workspace.outboxFiles();
    for (const [path, bytes] of before)
      if (!/^(today\.html|open-items\.csv)$/.test(path))
        expect(after.get(path) === bytes, `${path} as it was`).toBe(true);
    const again = workspace.toldOf('NEWLOANS_2--');
    expect(basename(again.folder)).toMatch(/^NEWLOANS_2--[0-9a-f]{8}--again-1$/);
    expect(again).toMatchObject({ done: true, receipt: { state: 'refused', final: true, batches: [] } });
    expect(workspace.inboxNames()).toEqual([]);
    workspace.drop(name, good);
    expect(await workspace.run()).toMatchObject({ status: 3 });
    expect(basename(workspace.toldOf(`NEWLOANS_1--${again.receipt.file.sha256.slice(0, 8)}--`).folder)).toMatch(
      /--again-2$/,
    );
    expect(await workspace.run()).toMatchObject({ status: 0 });
  });

  test('other bytes under the same name are a new export', async () => {
    const workspace = await workspaceWith({ [name]: loansText(loans.slice(0, 2)) });
    expect(await workspace.run()).toMatchObject({ status: 0 });
    workspace.drop(name, loansText(loans.slice(2)));
    expect(await workspace.run()).toMatchObject({ status: 0 });
    expect(workspace.told().map(({ receipt }) => receipt.counts.accepted)).toEqual([2, 2]);
    expect(workspace.sandbox.snapshot().loans).toHaveLength(4);
  });
});

describe('what stays in the inbox', () => {
  test('a file that no mapping takes: status 3, told on stderr, in today.html and by status', async () => {
    const workspace = await workspaceWith({ 'UUDET_1.csv': good });
    const ended = await workspace.run();
    saidPlainly(ended);
    expect(ended).toMatchObject({
      status: 3,
      stderr: expect.stringMatching(/UUDET_1\.csv: left in the inbox, no mapping/),
    });
    expect(workspace.inboxNames()).toEqual(['UUDET_1.csv']);
    expect(workspace.today()).toContain('UUDET_1.csv');
    expect((await workspace.tool('status')).stdout).toContain('UUDET_1.csv');
    nothingSent(workspace);
  });

  test('links and folders: left alone and told, and no reason to fail', async () => {
    const workspace = await workspaceWith({ [name]: good });
    symlinkSync(join(workspace.inbox, name), join(workspace.inbox, 'NEWLOANS_2.csv'));
    mkdirSync(join(workspace.inbox, 'NEWLOANS_3.csv'));
    const ended = await workspace.run();
    saidPlainly(ended);
    expect(ended.status).toBe(0);
    expect(ended.stderr).toMatch(/NEWLOANS_2\.csv: .*link/);
    expect(ended.stderr).toMatch(/NEWLOANS_3\.csv: .*folder/);
    expect(workspace.inboxNames()).toEqual(['NEWLOANS_2.csv', 'NEWLOANS_3.csv']);
    expect(workspace.told()).toHaveLength(1);
  });

  test('a file that grows during the run: left for the next one, told, status 4', async () => {
    const workspace = await workspaceWith({ [name]: lines(header) }, { quietTime: '300ms' });
    const running = startIn(workspace, 'run');
    const path = join(workspace.inbox, name);
    const growing = setInterval(() => appendFileSync(path, `${rows[0]}\r\n`), 20);
    const ended = await running.ended;
    clearInterval(growing);
    saidPlainly(ended);
    expect(ended).toMatchObject({ status: 4, stderr: expect.stringMatching(/NEWLOANS_1\.csv.*still being written/) });
    expect(workspace.inboxNames()).toEqual([name]);
    expect(workspace.told()).toEqual([]);
    nothingSent(workspace);
  });
});

describe('what is wrong with the house: status 2, and nothing is taken', () => {
  const mapping = oneMapping['new-loans'];
  const test2 = `tests:
  - name: a test that fails
    given: |
      ${header}
      ${rows[0]}
    expect: [ { currencyCode: SEK } ]
`;
  test.each<[string, WorkspaceOptions, RegExp]>([
    [
      'two mappings take a file',
      {
        mappings: {
          ...oneMapping,
          other: mapping
            .replace('mapping: new-loans', 'mapping: other-loans')
            .replace('"NEWLOANS_*.csv"', '"NEW*.csv"'),
        },
      },
      /mappings[/]\S+\.yaml:\d+:\d+ .*(new-loans|other-loans)/,
    ],
    [
      'a mapping is no YAML',
      { mappings: { ...oneMapping, broken: 'mapping: [broken\napi: "AddLoans\n' } },
      /mappings[/]broken\.yaml:\d+:\d+ /,
    ],
    [
      'a mapping has an unknown key',
      { mappings: { 'new-loans': mapping.replace('api: AddLoans', 'api: AddLoans\ntake: x') } },
      /mappings[/]new-loans\.yaml:6:1 .*take/,
    ],
    [
      'a mapping’s own test fails',
      { mappings: { 'new-loans': mapping + test2 } },
      /mappings[/]new-loans\.yaml:\d+:\d+ .*a test that fails/,
    ],
    [
      'the config has an unknown key',
      { config: (text) => text.replace('quietTime', 'quiteTime') },
      /pipeline\.config\.yaml:\d+:\d+ .*quiteTime/,
    ],
    [
      'the config is no YAML',
      { config: (text) => text.replace('intake: {', 'intake: {{') },
      /pipeline\.config\.yaml:\d+:\d+ /,
    ],
    [
      'the owner has a wrong check digit',
      { config: (text) => text.replace('1572860-0', '1572860-1') },
      /pipeline\.config\.yaml:1:\d+ .*1572860-1/,
    ],
    [
      'the address is http',
      { config: (text) => text.replace('https://', 'http://') },
      /pipeline\.config\.yaml:4:\d+ .*https/,
    ],
    [
      'the certificate is of the wrong kind',
      { config: (text) => text.replaceAll('keys/reporting', 'keys/dataUse') },
      /certificate/,
    ],
    [
      'the certificate has another key',
      { config: (text) => text.replace('reporting-key.pem', 'dataUse-key.pem') },
      /certificates\.reporting.*key does not belong/,
    ],
    [
      'the certificate is not there',
      { config: (text) => text.replace('keys/reporting.pem', 'keys/none.pem') },
      /certificates\.reporting.*none\.pem/,
    ],
  ])('%s', async (title, options, message) => {
    const workspace = await workspaceWith({ [name]: good }, options);
    const ended = await workspace.run();
    saidPlainly(ended);
    expect(ended.stderr).toMatch(message);
    expect(ended.status).toBe(2);
    // The kind of a certificate is the register's to tell: by then the export is taken, and waits.
    if (!title.includes('wrong kind')) expect(workspace.inboxNames()).toEqual([name]);
    nothingSent(workspace);
    expect(readFileSync(join(workspace.folder, 'sandbox', 'keys', 'reporting-key.pem'), 'utf8')).toContain(
      'PRIVATE KEY',
    );
  });

  test('the inbox is not there', async () => {
    const workspace = await workspaceWith({});
    rmSync(workspace.inbox, { recursive: true });
    const ended = await workspace.run();
    saidPlainly(ended);
    expect(ended).toMatchObject({ status: 2, stderr: expect.stringContaining(workspace.inbox) });
  });

  test('the config is not there', async () => {
    const workspace = await workspaceWith({});
    rmSync(workspace.configPath);
    const ended = await workspace.run();
    saidPlainly(ended);
    expect(ended).toMatchObject({ status: 2, stderr: expect.stringContaining('pipeline.config.yaml') });
  });
});

describe('the register and the neighbours', () => {
  test('the register is down: status 4, nothing is lost; with the register up again the next run completes', async () => {
    const workspace = await workspaceWith({ [name]: good });
    await workspace.closeRegister();
    const ended = await workspace.run('--wait', '4s');
    saidPlainly(ended);
    expect(ended).toMatchObject({ status: 4, stderr: expect.stringContaining('cannot be reached') });
    expect(workspace.toldOf('NEWLOANS_1--')).toMatchObject({
      done: false,
      receipt: { counts: { pending: 4, unknown: 0 } },
    });
    expect(workspace.today()).toContain('cannot be reached');
    await workspace.reopenRegister();
    expect(await workspace.run()).toMatchObject({ status: 0 });
    expect(workspace.sandbox.snapshot().loans).toHaveLength(4);
  });

  test('two at once: the second ends at once and says why, the first completes', async () => {
    // Until the second has ended, the register gives no verdict.
    const faults: Fault[] = [{ kind: 'status', status: 500, api: 'GetBatchStatus', times: 0 }];
    const workspace = await workspaceWith({ [name]: good }, { sandbox: { faults } });
    const first = startIn(workspace, 'run');
    await until('the first is at work', () => workspace.sandbox.snapshot().requests.length > 0, first);
    const second = await workspace.run();
    expect(first.child.exitCode).toBeNull();
    saidPlainly(second);
    expect(second).toMatchObject({ status: 2, stderr: expect.stringContaining('another luottoputki is at work') });
    workspace.sandbox.setFaults([]);
    expect(await first.ended).toMatchObject({ status: 0 });
    expect(workspace.sandbox.snapshot().loans).toHaveLength(4);
  });
});
