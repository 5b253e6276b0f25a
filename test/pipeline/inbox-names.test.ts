import { linkSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { shownName } from '../../src/lib/shown-name.ts';
import { encode } from '../../src/reading/encoding.ts';
import { openWorkspace, startIn } from './open-workspace.ts';
import { filesOf, loansText, shippedMapping, soundLoans, until } from './workspace.ts';

// Each test starts the tool, and one of them takes a good hundred exports.
vi.setConfig({ testTimeout: 120_000 });

const mappings = { 'new-loans': shippedMapping('new-loans') };
const loans = soundLoans(4);
const latin1 = (text: string) => Buffer.from(text, 'latin1');
/** An export of one loan, of bytes of its own. */
const oneLoan = (at: number) =>
  encode(
    loansText(loans.slice(0, 1), (cells) => ({ ...cells, LAINANRO: String(8_000_000_000 + at) })),
    'windows-1252',
  );

test('an export whose name is not UTF-8 is matched, taken, told and removed by its name as it is shown', async () => {
  const workspace = await openWorkspace({ mappings });
  const drop = (name: Buffer, at: number) =>
    writeFileSync(Buffer.concat([Buffer.from(`${workspace.inbox}/`), name]), oneLoan(at));
  drop(latin1('NEWLOANS_M\xc4RZ.csv'), 1);
  drop(latin1('M\xc4RZ.csv'), 2);
  const ended = await workspace.run();
  expect(ended.status).toBe(3);
  expect(ended.stderr).toContain('NEWLOANS_M\\xC4RZ.csv: 1 new loan, 1 accepted (complete)');
  expect(ended.stderr).toMatch(/^M\\xC4RZ\.csv: left in the inbox, no mapping takes/m);
  expect(workspace.toldOf('NEWLOANS_M_xC4RZ--').receipt).toMatchObject({
    state: 'complete',
    file: { name: 'NEWLOANS_M\\xC4RZ.csv' },
  });
  expect(workspace.today()).toContain('<code>M\\xC4RZ.csv</code>');
  expect((await workspace.tool('status')).stdout).toContain('In the inbox: M\\xC4RZ.csv');
  expect(await workspace.tool('preview', 'inbox/M\\xC4RZ.csv', '--mapping', 'new-loans')).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/1 would be sent/),
  });
  expect(readdirSync(workspace.inbox, 'buffer')).toEqual([latin1('M\xc4RZ.csv')]);
});

const hostile = [
  '..csv.',
  '-rf',
  '--config',
  '$(touch pwned)',
  '`touch pwned`',
  '; touch pwned',
  '| touch pwned',
  '%2e%2e%2fpwned',
  '..\\..\\pwned',
  'C:\\pwned.csv',
  'CON',
  'nul.csv',
  'a\nb.csv',
  'a\r\n.csv',
  '\u001b[2J\u001b]0;pwned\u0007.csv',
  '\u202evsc.exe',
  'a\u200bb',
  '\ufeff',
  ' ',
  '   .csv',
  '<script>alert(1)<script>.csv',
  '"><img src=x onerror=alert(1)>.csv',
  "=cmd|'!A1.csv",
  '@SUM(1+1)',
  '{name}',
  '$&',
  '*',
  '?.csv',
  '__proto__',
  'constructor.csv',
  'receipt.json',
  'DONE',
  'today.html',
  'open-items.csv',
  'restricted',
  '日'.repeat(83),
  '😀'.repeat(62),
  'ä'.repeat(125),
  'x'.repeat(255),
  `${'y'.repeat(251)}.csv`,
  'e\u0301'.repeat(60),
  '131052-308T.csv',
].map((name) => Buffer.from(name));
const broken = [
  latin1('\xff\xfe'),
  latin1('\xc0\xae\xc0\xae\xc0\xafpwned'),
  latin1('\xed\xa0\x80.csv'),
  latin1('\xf0\x9f'),
];
/** Any bytes that a name may have. */
const drawn = fc.sample(
  fc
    .uint8Array({ min: 1, minLength: 1, maxLength: 255 })
    .map((bytes) => Buffer.from(bytes.map((byte) => (byte === 47 ? 46 : byte)))),
  { numRuns: 80, seed: 20260520 },
);
const ignored = /^\.|~$|\.(part|filepart|tmp|crdownload)$/i;
const names = [
  ...new Map([...hostile, ...broken, ...drawn].map((name) => [name.toString('hex'), name])).values(),
].filter((name) => !ignored.test(shownName(name)));

test(`${names.length} hostile names are taken like any other, and nothing is written but in outbox and state`, async () => {
  expect(names.length).toBeGreaterThan(100);
  const workspace = await openWorkspace({
    mappings: { 'new-loans': shippedMapping('new-loans').replace('takes: "NEWLOANS_*.csv"', 'takes: "*"') },
    sandbox: { processing: 1 },
  });
  for (const [at, name] of names.entries())
    writeFileSync(Buffer.concat([Buffer.from(`${workspace.inbox}/`), name]), oneLoan(at));
  const outside = () =>
    readdirSync(workspace.folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => !/^(inbox|outbox|state|sandbox)(\/|$)/.test(path))
      .toSorted();
  const before = outside();
  const ended = await workspace.run();
  expect(ended.stderr).not.toMatch(/fault of luottoputki|^ {4}at /m);
  expect(ended.status).toBe(0);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be printed
  expect(ended.stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u202a-\u202e]/);
  expect(readdirSync(workspace.inbox, 'buffer')).toEqual([]);
  expect(outside()).toEqual(before);
  expect(workspace.sandbox.snapshot().loans).toHaveLength(names.length);
  const told = workspace.told();
  expect(told.map(({ receipt }) => receipt.file.name).toSorted()).toEqual(names.map(shownName).toSorted());
  for (const { folder, done } of told) {
    expect(done).toBe(true);
    const [day, name = '', ...deeper] = relative(workspace.outbox, folder).split('/');
    expect(day).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(name).toMatch(/^[\p{L}\p{Nd}._ -]{1,120}--[0-9a-f]{8}$/u);
    expect(deeper).toEqual([]);
  }
  expect(readdirSync(workspace.outbox).toSorted()).toEqual([
    relative(workspace.outbox, told[0]?.folder ?? '').split('/')[0],
    'open-items.csv',
    'today.html',
  ]);
  for (const path of [...workspace.outboxFiles().keys(), ...filesOf(workspace.state).keys()])
    expect(path).not.toMatch(/pwned(?!.*--[0-9a-f]{8}\/)/);
  expect(workspace.today()).not.toContain('<script>');
});

test('what is left alone is told once by a watch, and by today’s page and status for as long as it is there', async () => {
  const workspace = await openWorkspace({
    mappings,
    config: (text) => text.replace('quietTime: 0ms', 'quietTime: 0ms, scanEvery: 1s'),
  });
  workspace.drop('UUDET_1.csv', oneLoan(1));
  workspace.drop('NEWLOANS_2.csv', oneLoan(2));
  linkSync(join(workspace.inbox, 'NEWLOANS_2.csv'), join(workspace.folder, 'elsewhere.csv'));
  symlinkSync(join(workspace.inbox, 'UUDET_1.csv'), join(workspace.inbox, 'NEWLOANS_3.csv'));
  mkdirSync(join(workspace.inbox, 'NEWLOANS_4.csv'));
  const watching = startIn(workspace, 'watch');
  let said = '';
  watching.child.stderr?.on('data', (text: string) => {
    said += text;
  });
  const count = (word: string) => said.split(word).length - 1;
  const left: [name: string, why: string][] = [
    ['UUDET_1.csv', 'no mapping takes'],
    ['NEWLOANS_2.csv', 'hard link'],
    ['NEWLOANS_3.csv', 'it is a link'],
    ['NEWLOANS_4.csv', 'it is a folder'],
  ];
  await until('all of it is told', () => left.every(([name]) => count(`\n${name}: left`) === 1), watching);
  for (let at = 5; at < 7; at++) {
    workspace.drop(`NEWLOANS_${at}.csv`, oneLoan(at));
    await until('a round is over', () => count(`NEWLOANS_${at}.csv: 1 new loan, 1 accepted`) === 1, watching);
  }
  for (const [name, why] of left) {
    expect(said).toMatch(new RegExp(`^${name}: left .*${why}`, 'm'));
    expect(count(`${name}: left`)).toBe(1);
    expect(workspace.today()).toContain(`<code>${name}</code>`);
  }
  const { stdout } = await workspace.tool('status');
  expect(stdout).toContain('In the inbox: UUDET_1.csv');
  expect(stdout).toContain('Left alone in the inbox: NEWLOANS_3.csv, it is a link');
  watching.child.kill('SIGTERM');
  expect((await watching.ended).status).toBe(143);
  expect(statSync(join(workspace.inbox, 'NEWLOANS_2.csv')).nlink).toBe(2);
});

test('beside a watch neither a run nor a watch begins, and each says why; status works', async () => {
  const workspace = await openWorkspace({ mappings });
  const watching = startIn(workspace, 'watch');
  let said = '';
  watching.child.stderr?.on('data', (text: string) => {
    said += text;
  });
  await until('it watches', () => said.includes('watching'), watching);
  const [run, watch, status] = await Promise.all([workspace.run(), workspace.tool('watch'), workspace.tool('status')]);
  for (const ended of [run, watch])
    expect(ended).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^another luottoputki is at work on .*state\n {2}wait until it has ended/m),
    });
  expect(status).toMatchObject({ status: 0 });
  expect(watching.child.exitCode).toBeNull();
});
