import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { filesOf, loansText, readCsv, shippedMapping, soundLoans, Workspace } from './workspace.ts';

const loans = soundLoans(3);
const persons = loans.flatMap(({ borrowers }) => borrowers.map(({ code }) => code));
/** Individual number 998: a person the register does not know yet. */
const stranger = '010190-998V';
const questionsText = (...codes: string[]) =>
  `HETU;TARKOITUS;HAKEMUS\r\n${codes.map((code) => `${code};U;H-1\r\n`).join('')}`;

let workspace: Workspace;
let failed = false;

beforeAll(async () => {
  workspace = await Workspace.make({
    mappings: { 'new-loans': shippedMapping('new-loans'), 'extract-questions': shippedMapping('extract-questions') },
    exports: { 'NEWLOANS_1.csv': loansText(loans) },
    config: (text) =>
      text.replace(
        '  certificates:\n',
        '  certificates:\n    dataUse: { cert: sandbox/keys/dataUse.pem, key: sandbox/keys/dataUse-key.pem }\n',
      ),
  });
  expect(await workspace.run()).toMatchObject({ status: 0 });
});
afterEach(({ task }) => {
  failed ||= task.result?.state !== 'pass';
});
afterAll(() => workspace.close(!failed));

const asked = () => workspace.sandbox.snapshot().requests.filter(({ path }) => path === '/GetCreditRegisterExtract');

test('each row asks for an extract with the data-use certificate; a page of each lies in restricted/, and nobody’s code elsewhere', async () => {
  workspace.drop('ASKEXTRACTS_1.csv', questionsText(...persons, stranger));
  const { status, stderr } = await workspace.run();
  expect(status).toBe(1);
  const { folder, receipt } = workspace.toldOf('ASKEXTRACTS_1--');
  expect(receipt).toMatchObject({ final: true, batches: [], counts: { accepted: 3, rejected: 1, balanced: true } });
  expect(
    asked()
      .map(({ httpStatus }) => httpStatus)
      .toSorted(),
  ).toEqual([200, 200, 200, 400]);
  expect(readCsv(join(folder, 'errors.csv'))).toMatchObject([
    { code: 'QUESTION_REFUSED', registerCode: 'E20', line: '5', column: 'HETU', reportReference: 'extract-5' },
  ]);

  const restricted = join(folder, 'restricted');
  expect(readdirSync(join(restricted, 'extracts')).toSorted()).toEqual(['2.html', '3.html', '4.html']);
  const page = readFileSync(join(restricted, 'extracts', '2.html'), 'utf8');
  expect(page).toContain(persons[0]);
  expect(page).toContain('NewLoan');
  expect(page).toContain('Loan contracts');
  expect(page).not.toMatch(/<script|https?:/i);
  expect(statSync(join(restricted, 'extracts')).mode & 0o777).toBe(0o700);
  expect(statSync(join(restricted, 'extracts', '2.html')).mode & 0o777).toBe(0o600);
  const [first] = readFileSync(join(restricted, 'answers.jsonl'), 'utf8').split('\n');
  expect(JSON.parse(first ?? '')).toMatchObject({
    line: 2,
    question: { idCode: persons[0], creditRegisterExtractPurpose: ['NewLoan'] },
    answer: { creditRegisterExtract: { loans: [{ loanType: 'LumpSumLoan' }] } },
  });
  expect(existsSync(join(restricted, 'answers.csv'))).toBe(false);

  const open = [...filesOf(workspace.outbox)].filter(([path]) => !path.includes('restricted'));
  const log = readFileSync(join(workspace.state, 'luottoputki.log'), 'utf8');
  for (const text of [...open.flat(), ...filesOf(workspace.outbox).keys(), log, stderr])
    for (const code of [...persons, stranger]) expect(text).not.toContain(code);
});

test('the question may be nested, if that is how the register wants it', async () => {
  const config = readFileSync(workspace.configPath, 'utf8');
  workspace.rewriteConfig(config.replace('register:\n', 'register:\n  extractForm: nested\n'));
  workspace.drop('ASKEXTRACTS_2.csv', questionsText(...persons.slice(0, 1)));
  expect(await workspace.run()).toMatchObject({ status: 0 });
  expect(workspace.toldOf('ASKEXTRACTS_2--').receipt.counts).toMatchObject({ accepted: 1 });
  workspace.rewriteConfig(config);
});

test('without the data-use certificate extracts wait, and reports go all the same', async () => {
  const config = readFileSync(workspace.configPath, 'utf8');
  workspace.rewriteConfig(config.replace(/ {4}dataUse:.*\n/, ''));
  const before = asked().length;
  workspace.drop('ASKEXTRACTS_3.csv', questionsText(...persons.toReversed()));
  workspace.drop('NEWLOANS_2.csv', loansText(soundLoans(4).slice(3)));
  const { status, stderr } = await workspace.run();
  expect(status).toBe(2);
  expect(stderr).toContain('register.certificates.dataUse is not set');
  expect(workspace.toldOf('NEWLOANS_2--').receipt.state).toBe('complete');
  expect(workspace.toldOf('ASKEXTRACTS_3--').receipt).toMatchObject({ state: 'sending', counts: { pending: 3 } });
  expect(asked()).toHaveLength(before);
  workspace.rewriteConfig(config);
  expect(await workspace.run()).toMatchObject({ status: 0 });
  expect(workspace.toldOf('ASKEXTRACTS_3--').receipt.counts).toMatchObject({ accepted: 3 });
});
