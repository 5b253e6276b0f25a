import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { stringify } from 'yaml';
import { contractWith } from '../contract/body-of.ts';
import { tempFolder } from '../lib/temp-folder.ts';
import { openWorkspace } from '../pipeline/open-workspace.ts';
import { loansText, readCsv, shippedMapping, soundLoans, today, type Workspace } from '../pipeline/workspace.ts';
import { Client } from '../sandbox/sandbox-client.ts';

vi.setConfig({ testTimeout: 120_000 });
const loans = soundLoans(4);
const numbers = loans.map(({ number }) => number);
const codes = loans.flatMap(({ borrowers }) => borrowers.map(({ code }) => code));
const loanNumber = (at: number) => ({ type: 'Other', number: numbers[at] ?? '' });

/** A workspace whose register has accepted four loans, and somebody who speaks to the register without the ledger knowing. */
async function reported(
  more: Parameters<typeof openWorkspace>[0] = {},
): Promise<{ workspace: Workspace; behind: Client }> {
  const workspace = await openWorkspace({
    mappings: { 'new-loans': shippedMapping('new-loans') },
    exports: { 'NEWLOANS_1.csv': loansText(loans) },
    ...more,
  });
  expect(await workspace.run()).toMatchObject({ status: 0 });
  const behind = new Client(workspace.sandbox);
  onTestFinished(() => behind.disconnect());
  return { workspace, behind };
}

/** The folder of the last comparison. */
function comparison(workspace: Workspace): string {
  const found = readdirSync(workspace.outbox, { recursive: true, encoding: 'utf8' }).filter((path) =>
    basename(path).startsWith('reconcile--'),
  );
  return join(workspace.outbox, found.at(-1) ?? '');
}
const differences = (workspace: Workspace) =>
  readCsv(join(comparison(workspace), 'differences.csv')).map(({ loan, outcome, field }) => [loan, outcome, field]);
const record = (workspace: Workspace) =>
  JSON.parse(readFileSync(join(comparison(workspace), 'reconcile.json'), 'utf8')) as { counts: Record<string, number> };

describe('reconcile', () => {
  test('finds what was changed behind the ledger’s back, and its proposals bring the register back', async () => {
    const { workspace, behind } = await reported();
    const held = (await behind.loan(numbers[0] ?? '')).body.loan ?? {};
    const { loanStatus: _, currencyCode: __, ...loan } = held;
    const changed = { ...loan, reportReference: 'x', reportType: 'NewReport', borrowersCount: 9 };
    expect(await behind.report('UpdateLoans', changed)).toMatchObject({ batchStatus: 'FinishedSuccess' });
    const termination = { isTerminated: true, endDate: today, isTransferredToAnotherLender: false };
    const end = { reportReference: 'y', reportType: 'NewReport', loanNumber: loanNumber(1), termination };
    expect(await behind.report('TerminateLoans', end)).toMatchObject({ batchStatus: 'FinishedSuccess' });

    const found = await workspace.tool('reconcile');
    expect(found.status).toBe(1);
    expect(differences(workspace)).toEqual([
      [`Other:${numbers[0]}`, 'differs', 'borrowersCount'],
      [`Other:${numbers[1]}`, 'differs', 'termination.isTerminated'],
    ]);
    expect(record(workspace).counts).toMatchObject({ agrees: 2, differs: 2 });

    const restricted = join(comparison(workspace), 'restricted');
    for (const name of readdirSync(restricted)) {
      if (!name.startsWith('RECONCILE')) continue;
      copyFileSync(join(restricted, name), join(workspace.folder, name.endsWith('.csv') ? 'inbox' : 'mappings', name));
    }
    expect(await workspace.run()).toMatchObject({ status: 0 });
    expect(workspace.sandbox.snapshot().loans).toMatchObject(
      numbers.map((number) => ({ status: 'active', record: { loanNumber: { number }, borrowersCount: 1 } })),
    );
    expect((await workspace.tool('reconcile')).status).toBe(0);
  });

  test('writes no identity code outside restricted/ and leaves no journal behind', async () => {
    const { workspace, behind } = await reported();
    const { loanStatus: _, currencyCode: __, ...loan } = (await behind.loan(numbers[0] ?? '')).body.loan ?? {};
    const borrowers = [{ idCodeType: 'PersonalIdentityCode', idCode: codes[1] }];
    await behind.report('UpdateLoans', { ...loan, reportReference: 'x', reportType: 'NewReport', borrowers });
    const { status, stdout, stderr } = await workspace.tool('reconcile', numbers[0] ?? '');
    expect(status).toBe(1);
    expect(differences(workspace)).toEqual([[`Other:${numbers[0]}`, 'differs', 'borrowers']]);
    const open = [...workspace.outboxFiles()].filter(([path]) => !path.includes('restricted')).map(([, text]) => text);
    for (const text of [stdout, stderr, ...open]) for (const code of codes) expect(text).not.toContain(code);
    expect(readFileSync(join(comparison(workspace), 'restricted', 'differences.csv'), 'utf8')).toContain(codes[1]);
    expect(readdirSync(join(workspace.state, 'reconcile'))).toEqual([]);
  });

  test('goes on where it was stopped, with the questions that are left', async () => {
    const many = soundLoans(30);
    const { workspace } = await reported({ exports: { 'NEWLOANS_1.csv': loansText(many) } });
    workspace.sandbox.setFaults([{ kind: 'status', api: 'GetLoan', after: 20, status: 403 }]);
    const stopped = await workspace.tool('reconcile');
    expect(stopped.status).toBe(4);
    expect(stopped.stderr).toContain('20 loans are compared');
    workspace.sandbox.setFaults([]);
    const asked = () => workspace.sandbox.snapshot().requests.filter(({ path }) => path === '/GetLoan').length;
    const before = asked();
    const { status, stderr } = await workspace.tool('reconcile');
    expect(status).toBe(0);
    expect(stderr).toContain('going on after 20 loans');
    expect(asked() - before).toBe(10);
    expect(record(workspace)).toMatchObject({ loans: 30, counts: { agrees: 30 } });
  });

  test('a full stock export tells what the register lacks, and what the core system lacks', async () => {
    const { workspace } = await reported();
    const five = soundLoans(5);
    workspace.drop('STOCK.csv', loansText([...five.slice(0, 2), ...five.slice(3)]));
    const { status, stdout } = await workspace.tool(
      'reconcile',
      '--stock',
      join(workspace.inbox, 'STOCK.csv'),
      '--mapping',
      'new-loans',
    );
    expect(status).toBe(1);
    expect(differences(workspace)).toEqual([
      [`Other:${five[4]?.number}`, 'notInRegister', ''],
      [`Other:${numbers[2]}`, 'notInCore', ''],
    ]);
    expect(record(workspace).counts).toMatchObject({ agrees: 3, notInRegister: 1, notInCore: 1 });
    expect(stdout).toContain('1 for AddLoans');
  });

  test('what a contract overlay adds to a loan stays in the correction', async () => {
    const overlay = {
      source: 'API description 9.9',
      adds: [{ apis: ['AddLoans', 'UpdateLoans'], fields: { branch: { type: 'text' } } }],
    };
    const contractFile = join(tempFolder(), 'contract.yaml');
    writeFileSync(contractFile, stringify(overlay));
    const { workspace, behind } = await reported({
      mappings: {
        'new-loans': shippedMapping('new-loans').replace(/^fields:\n/m, 'fields:\n  branch: { from: KONTTORI }\n'),
      },
      sandbox: { contract: contractWith({ overlay }).contract },
      config: (text) => text.replace('  environment: test\n', `  environment: test\n  contract: ${contractFile}\n`),
    });
    const { loanStatus: _, currencyCode: __, ...loan } = (await behind.loan(numbers[0] ?? '')).body.loan ?? {};
    expect(loan).toHaveProperty('branch');
    await behind.report('UpdateLoans', { ...loan, reportReference: 'x', reportType: 'NewReport', borrowersCount: 9 });
    expect((await workspace.tool('reconcile', numbers[0] ?? '')).status).toBe(1);
    const drafts = readdirSync(join(comparison(workspace), 'restricted')).filter((name) =>
      /^RECONCILE.*csv$/.test(name),
    );
    const [row] = readCsv(join(comparison(workspace), 'restricted', drafts[0] ?? ''));
    expect(row).toMatchObject({ branch: loan['branch'], borrowersCount: '1' });
  });

  test('says what is wrong with the question', async () => {
    const { workspace } = await reported();
    for (const [args, word] of [
      [['99'], '99: nothing was accepted'],
      [['--since', 'May'], '--since May'],
      [['--since', '2026-02-01', '--until', '2026-01-01'], 'does not lie before'],
      [['--sample', '0'], '--sample 0'],
    ] as const) {
      const { status, stderr } = await workspace.tool('reconcile', ...args);
      expect([status, stderr]).toEqual([2, expect.stringContaining(word)]);
    }
    const none = await workspace.tool('reconcile', '--until', '2020-01-01');
    expect(none.status).toBe(0);
    expect(none.stdout).toContain('0 loans compared');
    expect(existsSync(join(comparison(workspace), 'restricted', 'differences.csv'))).toBe(true);
  });
});
