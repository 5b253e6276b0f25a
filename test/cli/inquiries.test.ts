import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { filesOf, loansText, shippedMapping, soundLoans, Workspace } from '../pipeline/workspace.ts';

const [first] = soundLoans(1);
const number = first?.number ?? '';
const person = first?.borrowers[0]?.code ?? '';
let workspace: Workspace;
let failed = false;

beforeAll(async () => {
  workspace = await Workspace.make({
    mappings: { 'new-loans': shippedMapping('new-loans') },
    exports: { 'NEWLOANS_1.csv': loansText(soundLoans(1)) },
    config: (text) =>
      text.replace(
        '  certificates:\n',
        '  certificates:\n    dataUse: { cert: sandbox/keys/dataUse.pem, key: sandbox/keys/dataUse-key.pem }\n',
      ),
  });
  expect(await workspace.run()).toMatchObject({ status: 0 });
  writeFileSync(join(workspace.folder, 'code.txt'), `${person}\n`);
});
afterEach(({ task }) => {
  failed ||= task.result?.state !== 'pass';
});
afterAll(() => workspace.close(!failed));

const extract = (...args: string[]) => workspace.tool('extract', '--purpose', 'NewLoan', ...args);

test('loan prints what the register holds of one loan, and keeps nothing', async () => {
  const before = [...filesOf(workspace.outbox).keys()];
  const { status, stdout, stderr } = await workspace.tool('loan', number);
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(new RegExp(`^loan\\.loanNumber\\.number +${number}$`, 'm'));
  expect(stdout).toMatch(new RegExp(`^loan\\.borrowers\\[1\\]\\.idCode +${person}$`, 'm'));
  const json = await workspace.tool('loan', number, '--json');
  expect(JSON.parse(json.stdout)).toMatchObject({ loan: { loanNumber: { number } } });
  expect([...filesOf(workspace.outbox).keys()]).toEqual(before);
});

test('a loan the register does not hold: status 1, its code and its words', async () => {
  const { status, stdout, stderr } = await workspace.tool('loan', '9999999999');
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toContain('SB-LOAN-UNKNOWN');
  expect(await workspace.tool('loan', number, '--type', 'Ibn')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('did you mean Iban?'),
  });
});

test('extract writes a page, or JSON, that only its owner can read, and says nothing of the person', async () => {
  const page = await extract('--from', 'code.txt', '--out', 'extract.html');
  expect([page.status, page.stdout]).toEqual([0, '']);
  const path = join(workspace.folder, 'extract.html');
  expect(readFileSync(path, 'utf8')).toContain(person);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(await extract('--from', 'code.txt', '--out', 'extract.json')).toMatchObject({ status: 0 });
  expect(JSON.parse(readFileSync(join(workspace.folder, 'extract.json'), 'utf8'))).toMatchObject({
    creditRegisterExtract: { personRequested: { idCode: person } },
  });
  const again = await extract('--from', 'code.txt', '--out', 'extract.html');
  expect(again).toMatchObject({ status: 2, stderr: expect.stringContaining('--force') });
  expect(await extract('--from', 'code.txt', '--out', 'extract.html', '--force')).toMatchObject({ status: 0 });
  for (const { stderr } of [page, again]) expect(stderr).not.toContain(person);
  const state = readFileSync(join(workspace.state, 'luottoputki.log'), 'utf8');
  expect(state).not.toContain(person);
});

test('the code comes on stdin, and the answer goes to stdout only when that is asked for', async () => {
  const { ended } = workspace.startWith({ stdin: `${person}\n` }, 'extract', '--purpose', 'NewLoan', '--json');
  const { stdout } = await ended;
  expect(JSON.parse(stdout)).toMatchObject({ creditRegisterExtract: { personRequested: { idCode: person } } });
  expect(await extract('--from', 'code.txt')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('--out FILE'),
  });
});

test('what is wrong is told without the code', async () => {
  const wrong = `${person.slice(0, 10)}${person.endsWith('A') ? 'B' : 'A'}`;
  writeFileSync(join(workspace.folder, 'wrong.txt'), wrong);
  const stranger = '010190-998V';
  writeFileSync(join(workspace.folder, 'stranger.txt'), stranger);
  const cases: [ended: Awaited<ReturnType<typeof extract>>, status: number, words: string, code: string][] = [
    [await extract('--from', 'wrong.txt', '--json'), 2, 'check character', wrong],
    [await extract('--from', person, '--json'), 2, 'cannot be read', person],
    [await extract('--from', 'stranger.txt', '--json'), 1, 'E20', stranger],
    [await workspace.tool('extract', person, '--purpose', 'NewLoan', '--json'), 2, 'too many arguments', person],
    [await workspace.tool('extract', '--purpose', 'NewLoan', person, '--json'), 2, 'no purpose', person],
    [await workspace.tool('extract', '--purpose', 'NewLoen', '--json'), 2, 'did you mean NewLoan?', person],
  ];
  for (const [{ status, stdout, stderr }, wanted, words, code] of cases) {
    expect([status, stdout]).toEqual([wanted, '']);
    expect(stderr).toContain(words);
    expect(stderr).not.toContain(code);
  }
  const old = await workspace.tool('extract', '--purpose', 'NewConsumerCredit', '--from', 'code.txt', '--json');
  expect(old).toMatchObject({ status: 0, stderr: expect.stringContaining('1 April 2026') });
});
