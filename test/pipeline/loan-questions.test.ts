import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { dyingRun } from './dying-run.ts';
import { filesOf, loansText, readCsv, shippedMapping, soundLoans, Workspace } from './workspace.ts';

const loans = soundLoans(5);
const persons = loans.flatMap(({ borrowers }) => borrowers.map(({ code }) => code));
const questionsText = (...numbers: string[]) => `LAINANRO;KONTTORI\r\n${numbers.map((n) => `${n};Oulu\r\n`).join('')}`;
const numbers = loans.map(({ number }) => number);

let workspace: Workspace;
let failed = false;

/** The register holds the loans. */
beforeAll(async () => {
  workspace = await Workspace.make({
    mappings: { 'new-loans': shippedMapping('new-loans'), 'loan-questions': shippedMapping('loan-questions') },
    exports: { 'NEWLOANS_1.csv': loansText(loans) },
    config: (text) => text.replace('submission:', 'submission:\n  inquiriesPerMinute: 6000'),
  });
  expect(await workspace.run()).toMatchObject({ status: 0 });
});
afterEach(({ task }) => {
  failed ||= task.result?.state !== 'pass';
});
afterAll(() => workspace.close(!failed));

/** Questions the register was asked since `before` of them. */
const asked = (before = 0) =>
  workspace.sandbox
    .snapshot()
    .requests.filter(({ path }) => path === '/GetLoan')
    .slice(before);

const answersOf = (folder: string) =>
  readFileSync(join(folder, 'restricted', 'answers.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

test('each row is a question; the answers are in restricted/ and nowhere else, and the sums hold', async () => {
  workspace.drop('ASKLOANS_1.csv', questionsText(...numbers, '9999999999', '12'));
  const { status, stderr } = await workspace.run();
  expect(status).toBe(1);
  const { folder, receipt, done } = workspace.toldOf('ASKLOANS_1--');
  expect(done).toBe(true);
  expect(receipt).toMatchObject({ final: true, state: 'needsFixing', batches: [] });
  expect(receipt.counts).toMatchObject({
    rowsRead: 7,
    reportsBuilt: 7,
    invalid: 1,
    accepted: 5,
    rejected: 1,
    pending: 0,
    balanced: true,
  });

  const answers = answersOf(folder);
  expect(answers.map(({ line, status }) => [line, status])).toEqual([
    [2, 200],
    [3, 200],
    [4, 200],
    [5, 200],
    [6, 200],
    [7, 400],
  ]);
  expect(answers[0]).toMatchObject({
    question: { loanNumber: { type: 'Other', number: numbers[0] } },
    answer: { loan: { loanNumber: { number: numbers[0] }, borrowers: [{ idCode: persons[0] }] } },
  });
  const table = readCsv(join(folder, 'restricted', 'answers.csv'));
  expect(table.map(({ loanNumber }) => loanNumber)).toEqual([...numbers, '9999999999']);
  expect(table[0]).toMatchObject({
    status: '200',
    'loan.borrowers[1].idCode': persons[0],
    'loan.loanStatus': 'active',
  });
  expect(readCsv(join(folder, 'accepted.csv')).map(({ reportReference }) => reportReference)).toEqual(numbers);

  // The register’s no has its code and its text, and the row comes back.
  expect(readCsv(join(folder, 'errors.csv'))).toMatchObject([
    { code: 'QUESTION_REFUSED', registerCode: 'SB-LOAN-UNKNOWN', line: '7', column: 'LAINANRO' },
    { code: 'SHAPE', line: '8', column: 'LAINANRO' },
  ]);
  expect(readCsv(join(folder, 'restricted', 'to-fix.csv')).map(({ LAINANRO }) => LAINANRO)).toEqual([
    '9999999999',
    '12',
  ]);

  expect(statSync(join(folder, 'restricted')).mode & 0o777).toBe(0o700);
  for (const name of ['answers.jsonl', 'answers.csv'])
    expect(statSync(join(folder, 'restricted', name)).mode & 0o777).toBe(0o600);
  const open = [...filesOf(workspace.outbox)].filter(([path]) => !path.includes('restricted'));
  const log = readFileSync(join(workspace.state, 'luottoputki.log'), 'utf8');
  for (const text of [...open.flat(), log, stderr]) for (const person of persons) expect(text).not.toContain(person);
});

test('a question that was refused is asked again when somebody says so', async () => {
  const before = asked().length;
  expect(await workspace.tool('retry', 'ASKLOANS_1.csv')).toMatchObject({ status: 0 });
  expect(answersOf(workspace.toldOf('ASKLOANS_1--').folder)).toHaveLength(5);
  expect(await workspace.run()).toMatchObject({ status: 1 });
  expect(asked(before)).toHaveLength(1);
  const { folder, receipt } = workspace.toldOf('ASKLOANS_1--');
  expect(receipt.counts).toMatchObject({ accepted: 5, rejected: 1, balanced: true });
  expect(answersOf(folder)).toHaveLength(6);
});

test('killed in the middle, it goes on with the questions that have no answer yet', async () => {
  const before = asked().length;
  workspace.drop('ASKLOANS_2.csv', questionsText(...numbers));
  expect(await dyingRun(workspace, 'answer.kept', 2)).toBe(true);
  expect(asked(before).length).toBeLessThan(7);
  const killed = asked().length;
  expect(await workspace.run()).toMatchObject({ status: 0 });
  const { folder, receipt } = workspace.toldOf('ASKLOANS_2--');
  expect(receipt).toMatchObject({ state: 'complete', counts: { accepted: 5 } });
  expect(answersOf(folder)).toHaveLength(5);
  // The two that were kept are not asked again.
  expect(asked(killed).length).toBeLessThanOrEqual(3);
});

test('a register that says wait is obeyed, and a lost answer is asked for again', async () => {
  const before = asked().length;
  workspace.sandbox.setFaults([
    { kind: 'status', api: 'GetLoan', status: 503, retryAfter: '2' },
    { kind: 'cutAfter', api: 'GetLoan', after: 3 },
  ]);
  workspace.drop('ASKLOANS_3.csv', questionsText(...numbers.toReversed()));
  expect(await workspace.run()).toMatchObject({ status: 0 });
  const times = asked(before).map(({ at, httpStatus }) => ({ at: Date.parse(at), httpStatus }));
  const told = times.find(({ httpStatus }) => httpStatus === 503)?.at ?? 0;
  // What was on its way already is let be.
  const after = times.filter(({ at }) => at > told + 500);
  expect(after.length).toBeGreaterThan(0);
  for (const { at } of after) expect(at - told).toBeGreaterThanOrEqual(1990);
  expect(times.filter(({ httpStatus }) => httpStatus === 200)).toHaveLength(5);
  expect(times).toHaveLength(7);
});
