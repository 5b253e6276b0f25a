import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  filesOf,
  loansText,
  paymentsText,
  postsOf,
  shippedMappings,
  soundLoans,
  Workspace,
} from '../pipeline/workspace.ts';

type Told = {
  reports: { line: number; verdict: { state: string; errors: { code: string; field: string }[] } | null }[];
  sandbox: { seeded: { loans: number; reports: number }; verdicts: Record<string, number> };
};

const loans = soundLoans(5);
const stateFiles = (workspace: Workspace) =>
  [...filesOf(workspace.state)].filter(([name]) => !/-(shm|wal)$/.test(name));
let workspace: Workspace;
const foretell = async (file: string, ...args: string[]) => {
  const ended = await workspace.tool('preview', file, '--sandbox', '--json', ...args);
  return { status: ended.status, told: JSON.parse(ended.stdout) as Told };
};

beforeAll(async () => {
  workspace = await Workspace.make({ mappings: shippedMappings() });
});
afterAll(() => workspace.close(true));

test('without a ledger new loans are foretold to be accepted, and payments on loans nobody knows to be rejected: status 1', async () => {
  workspace.drop('../NEWLOANS_1.csv', loansText(loans.slice(0, 3)));
  expect(await foretell('NEWLOANS_1.csv')).toMatchObject({
    status: 0,
    told: { sandbox: { verdicts: { accepted: 3 }, seeded: { loans: 0, reports: 0 } } },
  });
  workspace.drop('../REPAYMENTS_1.csv', paymentsText(loans.slice(0, 1)));
  const { status, told } = await foretell('REPAYMENTS_1.csv');
  expect(status).toBe(1);
  expect(told.reports).toMatchObject([{ verdict: { state: 'rejected', errors: [{ code: 'SB-LOAN-UNKNOWN' }] } }]);
  expect(postsOf(workspace.sandbox)).toEqual([]);
});

test('what the ledger has accepted is known; state, inbox and register stay as they were', async () => {
  workspace.drop('NEWLOANS_1.csv', loansText(loans.slice(0, 3)));
  expect(await workspace.run()).toMatchObject({ status: 0 });
  const [before, posts] = [stateFiles(workspace), postsOf(workspace.sandbox).length];
  workspace.drop('../REPAYMENTS_1.csv', paymentsText(loans.slice(1, 5)));
  const { status, told } = await foretell('REPAYMENTS_1.csv');
  expect(status).toBe(1);
  expect(told.reports.map(({ verdict }) => verdict?.state)).toEqual(['accepted', 'accepted', 'rejected', 'rejected']);
  expect(told.sandbox).toEqual({ seeded: { loans: 2, reports: 2 }, verdicts: { accepted: 2, rejected: 2 } });
  expect(stateFiles(workspace)).toEqual(before);
  expect(postsOf(workspace.sandbox)).toHaveLength(posts);
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith('luottoputki-foretell-'))).toEqual([]);
});

test('the verdicts foretold are those that come: a loan that is known, a person that is not', async () => {
  const text = loansText(loans.slice(2, 5), (cells, at) => (at === 1 ? { ...cells, HETU: '010190-998V' } : cells));
  workspace.drop('../NEWLOANS_2.csv', text);
  const { told } = await foretell('NEWLOANS_2.csv');
  expect(told.reports.map(({ verdict }) => [verdict?.state, verdict?.errors.map(({ code }) => code)])).toEqual([
    ['rejected', ['SB-LOAN-EXISTS']],
    ['later', ['E20']],
    ['accepted', []],
  ]);
  workspace.drop('NEWLOANS_2.csv', text);
  await workspace.run();
  const { counts, findingsByCode } = workspace.toldOf('NEWLOANS_2').receipt;
  expect(counts).toMatchObject({ rejected: 1, pending: 1, accepted: 1 });
  expect(findingsByCode.map(({ code }) => code).toSorted()).toEqual(['E20', 'SB-LOAN-EXISTS']);
});

test('an export that was taken before is judged as if it had not been', async () => {
  expect(await foretell('NEWLOANS_1.csv')).toMatchObject({
    status: 0,
    told: { sandbox: { verdicts: { accepted: 3 } } },
  });
});

test('to people each verdict stands beside its report, with what the register would say, and where its knowledge ends', async () => {
  const [stranger] = soundLoans(8).slice(7);
  workspace.drop('../REPAYMENTS_2.csv', paymentsText([...loans.slice(1, 4), ...(stranger ? [stranger] : [])]));
  const { status, stdout } = await workspace.tool('preview', 'REPAYMENTS_2.csv', '--sandbox', '--findings');
  expect(status).toBe(1);
  expect(stdout).toMatch(/^line 5 {2}pay-\S+ {2}would be rejected\n {4}the register: SB-LOAN-UNKNOWN LoanNumber: /m);
  expect(stdout).toMatch(/^line 4 {2}pay-\S+ {2}would be held: its loan was not accepted$/m);
  expect(stdout).not.toMatch(/^line 2 /m);
  expect(stdout).toMatch(/^verdicts of the sandbox: 2 accepted, 1 rejected, 1 would be held$/m);
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain('what the ledger has of 2 of these loans: 2 accepted reports');
});
