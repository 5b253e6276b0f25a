import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import type { Fault } from '../../src/sandbox/faults.ts';
import { dyingRun } from './dying-run.ts';
import { nothingTwice, toldIsHeld } from './exactly-once.ts';
import { openWorkspace, startIn } from './open-workspace.ts';
import {
  loansText,
  paymentsText,
  postsOf,
  readCsv,
  shippedMapping,
  soundLoans,
  until,
  type Workspace,
} from './workspace.ts';

// Each test starts the tool several times.
vi.setConfig({ testTimeout: 120_000 });
const loans = soundLoans(40);
const limited = (limits: string, mapping = shippedMapping('new-loans')) =>
  mapping.replace(/^refuseFileWhen.*$/m, `approveWhen: { ${limits} }`);
const atMost3 = { 'new-loans': limited('reportsOver: 3') };
const name = 'NEWLOANS_1.csv';
const stopped = async (exported = loansText(loans.slice(0, 4)), mappings: Record<string, string> = atMost3) => {
  const workspace = await openWorkspace({ mappings, exports: { [name]: exported } });
  expect(await workspace.run()).toMatchObject({ status: 3 });
  return workspace;
};
const nothingSent = ({ sandbox }: Workspace) => expect(sandbox.snapshot().requests).toEqual([]);
const receiptOf = (workspace: Workspace, stem = 'NEWLOANS_1--') => workspace.toldOf(stem).receipt;

describe('an export that is unusual awaits approval', () => {
  test('more reports than the mapping allows: status 3, nothing is sent, and everything tells it with the reason', async () => {
    const workspace = await openWorkspace({ mappings: atMost3, exports: { [name]: loansText(loans.slice(0, 4)) } });
    const ended = await workspace.run();
    expect(ended.status).toBe(3);
    expect(ended.stderr).toMatch(
      /NEWLOANS_1\.csv: awaits approval, nothing of it is sent: TOO_MANY_REPORTS.*4 reports/,
    );
    nothingSent(workspace);
    const { receipt, folder, done } = workspace.toldOf('NEWLOANS_1--');
    expect(done).toBe(false);
    expect(receipt).toMatchObject({
      state: 'awaitingApproval',
      final: false,
      counts: { reportsBuilt: 4, pending: 4, held: 0, balanced: true },
      batches: [],
      findingsByCode: [{ code: 'TOO_MANY_REPORTS', count: 1 }],
    });
    for (const said of [receipt.nextStep, ended.stderr, workspace.today(), (await workspace.tool('status')).stdout]) {
      expect(said).toContain('It makes 4 reports (new loans); more than 3 need approval.');
      expect(said).toContain('npx luottoputki approve NEWLOANS_1.csv');
      expect(said).toContain('npx luottoputki withdraw NEWLOANS_1.csv');
    }
    expect(readCsv(join(folder, 'errors.csv'))).toEqual([
      expect.objectContaining({
        code: 'TOO_MANY_REPORTS',
        severity: 'warning',
        value: '4',
        expected: 'at most 3 reports (approveWhen.reportsOver)',
      }),
    ]);
    const items = workspace.openItems();
    expect(items.map(({ state, line }) => `${state} ${line}`)).toEqual([
      ...['2', '3', '4', '5'].map((line) => `awaitingApproval ${line}`),
      'awaitingApproval ',
    ]);
    expect(items.at(-1)).toMatchObject({
      code: 'TOO_MANY_REPORTS',
      message: expect.stringMatching(/It makes 4/),
      nextStep: expect.stringMatching(/approve NEWL/),
    });
    for (const { nextStep } of items) expect(nextStep).toContain('npx luottoputki approve NEWLOANS_1.csv');
    expect(JSON.parse((await workspace.tool('status', '--json')).stdout)).toMatchObject({
      exports: [{ name, state: 'awaitingApproval' }],
    });
  });

  test('as many reports as the mapping allows go at once', async () => {
    const workspace = await openWorkspace({ mappings: atMost3, exports: { [name]: loansText(loans.slice(0, 3)) } });
    expect(await workspace.run()).toMatchObject({ status: 0 });
  });

  test('rows far from the median of the last exports; the first three are held against nothing', async () => {
    const mappings = { 'new-loans': limited('rowsOffMedian: 50%') };
    const sizes = [1, 4, 6, 7, 6, 2];
    let from = 0;
    const exports: Record<string, string> = {};
    for (const [at, size] of sizes.entries()) {
      exports[`NEWLOANS_${at}.csv`] = loansText(loans.slice(from, from + size));
      from += size;
    }
    const workspace = await openWorkspace({ mappings, exports });
    expect(await workspace.run()).toMatchObject({ status: 3 });
    // The medians: of 1, 4, 6; the same again, since 7 was stopped and does not count; of 1, 4, 6, 6.
    expect(workspace.told().filter(({ receipt }) => receipt.state === 'complete')).toHaveLength(4);
    expect(receiptOf(workspace, 'NEWLOANS_3').nextStep).toContain(
      'It has 7 rows; the median of the last 3 exports of its mapping is 4, and 2 to 6 may go without approval.',
    );
    expect(receiptOf(workspace, 'NEWLOANS_4').state).toBe('complete');
    expect(receiptOf(workspace, 'NEWLOANS_5').nextStep).toMatch(/It has 2 rows; .* is 5, and 3 to 7 may go/);
  });

  test('it goes on awaiting, run after run, and every byte of its folder stays as it is', async () => {
    const workspace = await stopped();
    const before = workspace.outboxFiles();
    expect(await workspace.run()).toMatchObject({ status: 3 });
    expect(workspace.outboxFiles()).toEqual(before);
    nothingSent(workspace);
  });

  test('what is refused whole does not await approval', async () => {
    const mapping = limited('reportsOver: 3').replace(
      /^approveWhen/m,
      'refuseFileWhen: { rejectedOver: 20% }\napproveWhen',
    );
    const faulty = loansText(loans.slice(0, 4), (cells, at) => (at > 1 ? { ...cells, SOPIMUSPVM: 'x' } : cells));
    const workspace = await stopped(faulty, { 'new-loans': mapping });
    expect(receiptOf(workspace)).toMatchObject({ state: 'refused', final: true });
  });
});

describe('approve', () => {
  test('lets it go with the next run: status 0, and all is accepted', async () => {
    const workspace = await stopped();
    const approved = await workspace.tool('approve', name);
    expect(approved).toMatchObject({
      status: 0,
      stderr: expect.stringMatching(/NEWLOANS_1\.csv: approved; the next `run`.* 4 new loans/),
    });
    nothingSent(workspace);
    expect(receiptOf(workspace)).toMatchObject({ state: 'sending', final: false });
    expect(workspace.today()).not.toContain('approve NEWLOANS_1.csv');
    expect(await workspace.run()).toMatchObject({ status: 0 });
    expect(receiptOf(workspace)).toMatchObject({
      state: 'complete',
      final: true,
      counts: { accepted: 4 },
      findingsByCode: [{ code: 'APPROVED' }, { code: 'TOO_MANY_REPORTS' }],
    });
    const { folder } = workspace.toldOf('NEWLOANS_1--');
    const [note] = readCsv(join(folder, 'errors.csv')).filter(({ code }) => code === 'APPROVED');
    expect(note?.['message']).toMatch(/^Approved on \d{4}-\d\d-\d\d \d\d:\d\d\.$/);
    toldIsHeld(workspace);
  });

  test('finds it by the first characters of its SHA-256, and by its outbox folder', async () => {
    const workspace = await stopped();
    const { folder } = workspace.toldOf('NEWLOANS_1--');
    expect(await workspace.tool('withdraw', basename(folder).slice(-8))).toMatchObject({ status: 0 });
    expect(await workspace.tool('approve', `${folder}/`)).toMatchObject({ status: 0 });
  });

  test('says what can be meant when the word means nothing or too much: status 2, and nothing changes', async () => {
    const workspace = await stopped();
    expect(await workspace.tool('approve', 'NEWLOANS_2.csv')).toMatchObject({
      status: 2,
      stderr:
        /no export is called NEWLOANS_2\.csv \(did you mean NEWLOANS_1\.csv\?\)[\s\S]*[0-9a-f]{12} {2}NEWLOANS_1\.csv/,
    });
    expect(await workspace.tool('approve', 'abc')).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/no export is called abc/),
    });
    workspace.drop(name, loansText(loans.slice(4, 8)));
    expect(await workspace.run()).toMatchObject({ status: 3 });
    const both = await workspace.tool('approve', name);
    expect(both).toMatchObject({ status: 2, stderr: expect.stringMatching(/NEWLOANS_1\.csv means 2 exports/) });
    const hashes = [...both.stderr.matchAll(/^ {4}([0-9a-f]{12}) {2}/gm)].map(([, hash]) => hash ?? '');
    expect(hashes).toHaveLength(2);
    // The receipts name commands that work all the same.
    const said = workspace.told().map(({ receipt }) => /approve (\S+)`/.exec(receipt.nextStep)?.[1]);
    expect(said.toSorted()).toEqual(hashes.toSorted());
    nothingSent(workspace);
    expect(await workspace.tool('approve', hashes[0] ?? '')).toMatchObject({ status: 0 });
    expect(await workspace.run()).toMatchObject({ status: 3 });
    expect(
      workspace
        .told()
        .map(({ receipt }) => receipt.state)
        .toSorted(),
    ).toEqual(['awaitingApproval', 'complete']);
  });

  test('of an export that does not await it changes nothing: status 2', async () => {
    const workspace = await stopped();
    await workspace.tool('approve', name);
    for (const state of ['sending', 'complete']) {
      expect(await workspace.tool('approve', name)).toMatchObject({
        status: 2,
        stderr: expect.stringContaining(`NEWLOANS_1.csv: it does not await approval; its state is ${state}`),
      });
      if (state === 'sending') await workspace.run();
    }
  });

  test('before anything was taken: status 2', async () => {
    const workspace = await openWorkspace({ mappings: atMost3 });
    for (const verb of ['approve', 'withdraw'])
      expect(await workspace.tool(verb, name)).toMatchObject({
        status: 2,
        stderr: expect.stringMatching(/no export has been taken/),
      });
  });

  test('sends what was mapped, whatever became of the mapping since', async () => {
    const workspace = await stopped();
    workspace.putMapping('new-loans', limited('reportsOver: 0').replace('prefix: "new-"', 'prefix: "other-"'));
    expect(await workspace.tool('approve', name)).toMatchObject({ status: 0 });
    expect(await workspace.run()).toMatchObject({ status: 0 });
    for (const { reportReference } of workspace.sandbox.snapshot().applied) expect(reportReference).toMatch(/^new-/);
    workspace.drop('NEWLOANS_2.csv', loansText(loans.slice(4, 5)));
    expect(await workspace.run()).toMatchObject({
      status: 3,
      stderr: expect.stringMatching(/more than 0 need approval/),
    });
  });

  test('works beside a running watch, which sends it and tells it', async () => {
    const workspace = await stopped();
    writeFileSync(
      workspace.configPath,
      readFileSync(workspace.configPath, 'utf8').replace('quietTime: 0ms', 'quietTime: 0ms, scanEvery: 1s'),
    );
    const watching = startIn(workspace, 'watch');
    let said = '';
    watching.child.stderr?.on('data', (text: string) => {
      said += text;
    });
    await until('it watches', () => said.includes('watching'), watching);
    expect(await workspace.tool('status')).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/NEWLOANS_1\.csv.*awaitingApproval/),
    });
    const approved = await workspace.tool('approve', name);
    expect(approved).toMatchObject({ status: 0, stderr: expect.stringMatching(/the luottoputki at work looks again/) });
    await until('it is told', () => workspace.toldOf('NEWLOANS_1--').done, watching);
    expect(receiptOf(workspace)).toMatchObject({ state: 'complete', counts: { accepted: 4 } });
    watching.child.kill('SIGTERM');
    expect(await watching.ended).toMatchObject({ status: 143 });
  });
});

describe('withdraw', () => {
  test('takes it back for good: final, nothing is ever sent, nothing is open, and the next run has nothing to do', async () => {
    const workspace = await stopped();
    const withdrawn = await workspace.tool('withdraw', name, '--why', 'the wrong month, for 131052-308T');
    expect(withdrawn).toMatchObject({
      status: 0,
      stderr: expect.stringMatching(/NEWLOANS_1\.csv: withdrawn; nothing of it was sent/),
    });
    const { receipt, done, folder } = workspace.toldOf('NEWLOANS_1--');
    expect(done).toBe(true);
    expect(receipt).toMatchObject({
      state: 'refused',
      final: true,
      counts: { reportsBuilt: 4, invalid: 4, pending: 0, balanced: true },
      batches: [],
      findingsByCode: [{ code: 'TOO_MANY_REPORTS' }, { code: 'WITHDRAWN' }],
    });
    expect(receipt.nextStep).toMatch(
      /^Withdrawn on [\d-]{10} [\d:]{5} \(the wrong month, for \*{6}-\*{4}\)\. Nothing of it was sent.*approve NEWLOANS_1\.csv/,
    );
    expect(readCsv(join(folder, 'errors.csv')).at(-1)).toMatchObject({ code: 'WITHDRAWN', severity: 'warning' });
    expect(workspace.openItems()).toEqual([]);
    expect(workspace.today()).toMatch(/1 export was withdrawn/);
    expect(workspace.today()).not.toContain('To do next');
    expect(await workspace.run()).toMatchObject({ status: 0, stderr: expect.stringMatching(/nothing to do/) });
    nothingSent(workspace);
    expect(await workspace.tool('withdraw', name)).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/it was withdrawn before/),
    });
  });

  test('the same bytes again do not undo it, but say how to; approved after all it goes, once', async () => {
    const workspace = await stopped();
    await workspace.tool('withdraw', name);
    workspace.drop(name, loansText(loans.slice(0, 4)));
    const again = await workspace.run();
    expect(again).toMatchObject({
      status: 3,
      stderr: expect.stringMatching(
        /refused, the same bytes.*was withdrawn; to send it after all, `npx luottoputki approve NEWLOANS_1\.csv`/,
      ),
    });
    nothingSent(workspace);
    expect(await workspace.tool('approve', name)).toMatchObject({
      status: 0,
      stderr: expect.stringMatching(/approved; .* reads it again/),
    });
    expect(await workspace.run()).toMatchObject({ status: 0 });
    expect(workspace.told().find(({ folder }) => !folder.includes('--again'))?.receipt).toMatchObject({
      state: 'complete',
      counts: { accepted: 4 },
      findingsByCode: [{ code: 'APPROVED' }],
    });
    nothingTwice(workspace.sandbox);
    expect(await workspace.tool('withdraw', name)).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/cannot be withdrawn any more/),
    });
  });

  test('of an export whose batches are only planned forgets them; approved again, the same batches go', async () => {
    const workspace = await openWorkspace({
      mappings: { 'new-loans': shippedMapping('new-loans') },
      exports: { [name]: loansText(loans.slice(0, 4)) },
    });
    await workspace.closeRegister();
    expect(await workspace.run('--wait', '1s')).toMatchObject({ status: 4 });
    const planned = receiptOf(workspace).batches;
    expect(planned).toEqual([expect.objectContaining({ status: 'planned' })]);
    expect(await workspace.tool('withdraw', name)).toMatchObject({ status: 0 });
    expect(receiptOf(workspace)).toMatchObject({ state: 'refused', final: true, batches: [] });
    await workspace.reopenRegister();
    expect(await workspace.run()).toMatchObject({ status: 0 });
    nothingSent(workspace);
    expect(await workspace.tool('approve', name)).toMatchObject({ status: 0 });
    expect(await workspace.run()).toMatchObject({ status: 0 });
    expect(receiptOf(workspace).batches.map(({ reference }) => reference)).toEqual(
      planned.map(({ reference }) => reference),
    );
  });

  test('of an export that another luottoputki may send just now changes nothing: status 2', async () => {
    const workspace = await openWorkspace({
      mappings: { 'new-loans': shippedMapping('new-loans') },
      exports: { [name]: loansText(loans.slice(0, 4)) },
    });
    await workspace.closeRegister();
    const running = startIn(workspace, 'run');
    await until('it is told', () => workspace.told().length > 0, running);
    const beside = await workspace.tool('withdraw', name);
    expect(beside).toMatchObject({ status: 2, stderr: expect.stringMatching(/another luottoputki is at work/) });
    running.child.kill('SIGKILL');
    await running.ended;
    expect(await workspace.tool('withdraw', name)).toMatchObject({ status: 0 });
  });

  test('of an export that is being sent changes nothing: status 2, beside the run and after it', async () => {
    const faults: Fault[] = [{ kind: 'status', status: 500, api: 'GetBatchStatus', times: 0 }];
    const workspace = await openWorkspace({
      mappings: { 'new-loans': shippedMapping('new-loans') },
      exports: { [name]: loansText(loans.slice(0, 4)) },
      sandbox: { faults },
    });
    const running = startIn(workspace, 'run');
    await until('it is sent', () => postsOf(workspace.sandbox).length > 0, running);
    const beside = await workspace.tool('withdraw', name);
    expect(beside).toMatchObject({ status: 2, stderr: expect.stringMatching(/cannot be withdrawn any more/) });
    running.child.kill('SIGKILL');
    await running.ended;
    expect(await workspace.tool('withdraw', name)).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/cannot be withdrawn any more; its state is \w+/),
    });
    workspace.sandbox.setFaults([]);
    expect(await workspace.run()).toMatchObject({ status: 0 });
    nothingTwice(workspace.sandbox);
  });
});

describe('the other exports of the night', () => {
  test('are not held up; only what belongs to a loan of the stopped one waits, and goes once that is accepted', async () => {
    const workspace = await openWorkspace({
      mappings: { ...atMost3, repayments: shippedMapping('repayments') },
      exports: { 'NEWLOANS_0.csv': loansText(loans.slice(4, 6)), [name]: loansText(loans.slice(0, 4)) },
    });
    workspace.drop('REPAYMENTS_1.csv', paymentsText(loans.slice(3, 6)));
    expect(await workspace.run()).toMatchObject({ status: 3 });
    expect(receiptOf(workspace, 'NEWLOANS_0')).toMatchObject({ state: 'complete' });
    const payments = receiptOf(workspace, 'REPAYMENTS_1');
    expect(payments).toMatchObject({ state: 'waiting', counts: { accepted: 2, pending: 1, held: 0 } });
    await workspace.tool('approve', name);
    expect(await workspace.run()).toMatchObject({ status: 0 });
    expect(receiptOf(workspace, 'REPAYMENTS_1')).toMatchObject({ state: 'complete', counts: { accepted: 3 } });
    toldIsHeld(workspace);
  });

  test('what belongs to a withdrawn loan is held, and goes when the loan comes another way', async () => {
    const workspace = await openWorkspace({
      mappings: { ...atMost3, repayments: shippedMapping('repayments') },
      exports: { [name]: loansText(loans.slice(0, 4)) },
    });
    workspace.drop('REPAYMENTS_1.csv', paymentsText(loans.slice(0, 2)));
    expect(await workspace.run()).toMatchObject({ status: 3 });
    await workspace.tool('withdraw', name);
    expect(await workspace.run()).toMatchObject({ status: 1 });
    expect(receiptOf(workspace, 'REPAYMENTS_1').counts).toMatchObject({ held: 2 });
    workspace.drop('NEWLOANS_2.csv', loansText(loans.slice(0, 2)));
    expect(await workspace.run()).toMatchObject({ status: 0 });
    expect(receiptOf(workspace, 'REPAYMENTS_1').counts).toMatchObject({ accepted: 2 });
  });
});

describe('corrections', () => {
  const faulty = (count: number, bad: number) =>
    loansText(loans.slice(0, count), (cells, at) => (at < bad ? { ...cells, SOPIMUSPVM: '2026-01-02' } : cells));
  const fixed = (workspace: Workspace, stem: string) => {
    const text = readFileSync(join(workspace.toldOf(stem).folder, 'restricted', 'to-fix.csv'), 'latin1');
    return Buffer.from(text.replaceAll('2026-01-02', '02.01.2026'), 'latin1');
  };

  test('are held against no median, and do not count in one', async () => {
    const workspace = await openWorkspace({ mappings: { 'new-loans': limited('rowsOffMedian: 10%, reportsOver: 9') } });
    for (const at of [0, 1, 2]) workspace.drop(`NEWLOANS_${at}.csv`, loansText(loans.slice(10 + at * 6, 16 + at * 6)));
    workspace.drop('NEWLOANS_9.csv', faulty(6, 1));
    expect(await workspace.run()).toMatchObject({ status: 1 });
    workspace.drop('fixed.csv', fixed(workspace, 'NEWLOANS_9--'));
    workspace.drop('NEWLOANS_8.csv', loansText(loans.slice(28, 34)));
    expect(await workspace.run()).toMatchObject({ status: 0 });
  });

  test('too many reports of one stop it; withdrawn it corrects nothing: its rows are to be fixed, and can come again', async () => {
    const workspace = await stopped(faulty(6, 5));
    await workspace.tool('approve', name);
    expect(await workspace.run()).toMatchObject({ status: 1 });
    workspace.drop('fixed.csv', fixed(workspace, 'NEWLOANS_1--'));
    expect(await workspace.run()).toMatchObject({ status: 3 });
    expect(receiptOf(workspace, 'fixed')).toMatchObject({ state: 'awaitingApproval', counts: { pending: 5 } });
    const before = workspace.openItems();
    expect(before.map(({ export: exported }) => exported)).toEqual(Array(6).fill('fixed.csv'));
    await workspace.tool('withdraw', 'fixed.csv');
    expect(workspace.openItems()).toHaveLength(5);
    for (const item of workspace.openItems()) expect(item).toMatchObject({ export: name, state: 'invalid' });
    const half = fixed(workspace, 'NEWLOANS_1--').toString('latin1').split('\r\n').slice(0, 4);
    workspace.drop('half.csv', Buffer.from(`${half.join('\r\n')}\r\n`, 'latin1'));
    expect(await workspace.run()).toMatchObject({ status: 0 });
    expect(receiptOf(workspace, 'half').counts).toMatchObject({ accepted: 3, rowsSkipped: 0 });
    await workspace.tool('approve', 'fixed.csv');
    expect(await workspace.run()).toMatchObject({ status: 0 });
    expect(receiptOf(workspace, 'fixed')).toMatchObject({ counts: { accepted: 2, rowsSkipped: 3 } });
    expect(receiptOf(workspace, 'NEWLOANS_1').state).toBe('complete');
    nothingTwice(workspace.sandbox);
  });

  test('of an export that was withdrawn is not taken', async () => {
    const workspace = await openWorkspace({
      mappings: { 'new-loans': limited('reportsOver: 9') },
      exports: { [name]: faulty(2, 1) },
    });
    await workspace.closeRegister();
    expect(await workspace.run('--wait', '1s')).toMatchObject({ status: 4 });
    const correction = fixed(workspace, 'NEWLOANS_1--');
    expect(await workspace.tool('withdraw', name)).toMatchObject({ status: 0 });
    await workspace.reopenRegister();
    workspace.drop('fixed.csv', correction);
    expect(await workspace.run()).toMatchObject({
      status: 3,
      stderr: expect.stringMatching(/fixed\.csv: left in the inbox.*was withdrawn/),
    });
    nothingSent(workspace);
  });
});

describe('killed', () => {
  test.each([
    ['while it is mapped', 'file.renamed', ['run']],
    ['once it is stopped', 'mapping.ended', ['run']],
  ] as const)('%s: the next run stops it all the same', async (_, step, verb) => {
    const workspace = await openWorkspace({ mappings: atMost3, exports: { [name]: loansText(loans.slice(0, 4)) } });
    expect(await dyingRun(workspace, step, 1, verb)).toBe(true);
    expect(await workspace.run()).toMatchObject({ status: 3 });
    nothingSent(workspace);
    expect(receiptOf(workspace)).toMatchObject({ state: 'awaitingApproval', counts: { pending: 4 } });
  });

  test.each(['file.written', 'page.written'] as const)(
    'while approve or withdraw writes the outbox (%s): what was decided holds, and is told by the next run',
    async (step) => {
      const workspace = await stopped();
      expect(await dyingRun(workspace, step, 1, ['approve', name])).toBe(true);
      expect(await workspace.run()).toMatchObject({ status: 0 });
      expect(receiptOf(workspace)).toMatchObject({ state: 'complete', final: true });
      const other = await stopped();
      expect(await dyingRun(other, step, 1, ['withdraw', name])).toBe(true);
      expect((await other.run()).status).toBe(0);
      expect(other.toldOf('NEWLOANS_1--')).toMatchObject({ done: true, receipt: { state: 'refused', final: true } });
      nothingSent(other);
    },
  );

  test.each(['plan.committed', 'post.answered'] as const)(
    'after approval (%s): nothing of it goes twice',
    async (step) => {
      const workspace = await stopped();
      await workspace.tool('approve', name);
      expect(await dyingRun(workspace, step)).toBe(true);
      expect(await workspace.run()).toMatchObject({ status: 0 });
      nothingTwice(workspace.sandbox);
      toldIsHeld(workspace);
    },
  );
});
