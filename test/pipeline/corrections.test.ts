import { expect, test, vi } from 'vitest';
import { openWorkspace } from './open-workspace.ts';
import { loansText, shippedMapping, soundLoans, today, type Workspace } from './workspace.ts';

// Each test starts the tool several times.
vi.setConfig({ testTimeout: 120_000 });

const loans = soundLoans(1);
const number = loans[0]?.number ?? '';
const [year, month, day] = today.split('-');

/** An export of one ending: `U` new, `K` a correction, `P` a cancellation; by reason 01 paid off, 02 to another lender, 99 not ended. */
const ending = (type: 'U' | 'K' | 'P', reason: '01' | '02' | '99') =>
  `LAINANRO;ILMOITUSLAJI;ASIAKASLAJI;PAATTYMISPVM;PAATTYMISSYY;KONTTORI\n${number};${type};H;${reason === '99' ? '' : `${day}.${month}.${year}`};${reason};Oulu\n`;

async function workspaceWithLoan(): Promise<Workspace> {
  const workspace = await openWorkspace({
    mappings: { 'new-loans': shippedMapping('new-loans'), endings: shippedMapping('endings') },
    exports: { 'NEWLOANS_1.csv': loansText(loans) },
  });
  expect(await workspace.run()).toMatchObject({ status: 0 });
  return workspace;
}

/** Drops an export, runs, and tells how the run ended and what the register then calls the loan. */
async function after(workspace: Workspace, name: string, text: string): Promise<[number | null, string | undefined]> {
  workspace.drop(name, text);
  const { status } = await workspace.run();
  return [status, workspace.sandbox.snapshot().loans.find(({ record }) => record.loanNumber.number === number)?.status];
}

test('a loan that was cancelled is brought back by an error correction, and by nothing else', async () => {
  const workspace = await workspaceWithLoan();
  expect(await after(workspace, 'ENDINGS_1.csv', ending('P', '01'))).toEqual([0, 'cancelled']);
  expect(await after(workspace, 'ENDINGS_2.csv', ending('U', '01')), 'an ending of its own is refused').toEqual([
    1,
    'cancelled',
  ]);
  expect(await after(workspace, 'ENDINGS_3.csv', ending('K', '99'))).toEqual([0, 'active']);
  expect(workspace.toldOf('ENDINGS_3').receipt).toMatchObject({ state: 'complete', counts: { accepted: 1 } });
});

test('a loan that went to another lender comes back under its number, when it says so; explain tells its whole history', async () => {
  const workspace = await workspaceWithLoan();
  const back = (isTransfer: 'K' | 'E') =>
    loansText(loans, (cells) => ({ ...cells, SIIRTO: isTransfer, KONTTORI: 'Turku' }));
  expect(await after(workspace, 'ENDINGS_1.csv', ending('U', '02'))).toEqual([0, 'ended']);
  expect(await after(workspace, 'NEWLOANS_2.csv', back('E')), 'it does not say that it is transferred').toEqual([
    1,
    'ended',
  ]);
  expect(await after(workspace, 'NEWLOANS_3.csv', back('K'))).toEqual([0, 'active']);
  expect(workspace.toldOf('NEWLOANS_3').receipt).toMatchObject({ state: 'complete', counts: { accepted: 1 } });
  const { stdout } = await workspace.tool('explain', number);
  for (const name of ['NEWLOANS_1', 'ENDINGS_1', 'NEWLOANS_2', 'NEWLOANS_3']) expect(stdout).toContain(`${name}.csv`);
});

test('an ending that was not true is cancelled: the loan goes on', async () => {
  const workspace = await workspaceWithLoan();
  expect(await after(workspace, 'ENDINGS_1.csv', ending('U', '01'))).toEqual([0, 'ended']);
  expect(await after(workspace, 'ENDINGS_2.csv', ending('P', '01'))).toEqual([0, 'active']);
});
