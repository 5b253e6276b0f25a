import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Fault } from '../../src/sandbox/faults.ts';
import { artificialPerson } from '../sandbox/persons.ts';
import { nothingTwice, toldIsHeld } from './exactly-once.ts';
import { openWorkspace, startIn } from './open-workspace.ts';
import { loansText, paymentsText, postsOf, shippedMapping, soundLoans, until, type Workspace } from './workspace.ts';

/** Six loans and a payment on each, two to a batch. */
function smallNight(faults: Fault[] = [], sandbox: { processing?: number } = {}) {
  const loans = soundLoans(6);
  return openWorkspace({
    mappings: { 'new-loans': shippedMapping('new-loans'), repayments: shippedMapping('repayments') },
    exports: { 'NEWLOANS_1.csv': loansText(loans), 'REPAYMENTS_1.csv': paymentsText(loans) },
    maxReportsPerBatch: 2,
    sandbox: { ...sandbox, faults },
  });
}

function everythingAccepted(workspace: Workspace): void {
  expect(workspace.told().map(({ receipt }) => [receipt.state, receipt.counts.accepted])).toEqual([
    ['complete', 6],
    ['complete', 6],
  ]);
  expect(workspace.sandbox.snapshot()).toMatchObject({ loans: { length: 6 }, repayments: 6 });
  nothingTwice(workspace.sandbox);
  toldIsHeld(workspace);
}

describe('asked to stop', () => {
  test.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const)('by %s it ends with %d and keeps its state', async (signal, status) => {
    const workspace = await smallNight([], { processing: 60_000 });
    const running = startIn(workspace, 'run');
    await until('the first batch is taken', () => postsOf(workspace.sandbox).some((it) => it.httpStatus), running);
    running.child.kill(signal);
    const ended = await running.ended;
    expect(ended).toMatchObject({ status, stderr: expect.stringContaining('state is kept') });
    expect(ended.stderr).not.toContain('fault of luottoputki');
    for (const { receipt } of workspace.told())
      expect(receipt).toMatchObject({ final: false, counts: { balanced: true } });
    await workspace.closeRegister();
  });

  test('the next run goes on where the stopped one was', async () => {
    const workspace = await smallNight([{ kind: 'slow', ms: 300, api: 'AddLoans' }]);
    const running = startIn(workspace, 'run');
    await until('the first batch comes in', () => postsOf(workspace.sandbox).length > 0, running);
    running.child.kill('SIGTERM');
    expect((await running.ended).status).toBe(143);
    const posted = postsOf(workspace.sandbox).length;
    expect(await workspace.run()).toMatchObject({ status: 0 });
    expect(postsOf(workspace.sandbox).length).toBeGreaterThan(posted);
    everythingAccepted(workspace);
  });
});

describe('when the register misbehaves', () => {
  test('the answer to a batch it took is lost: asked, not sent again', async () => {
    const workspace = await smallNight([
      { kind: 'cutAfter', api: 'AddLoans', times: 2 },
      { kind: 'cutAfter', api: 'Repayments' },
    ]);
    expect(await workspace.run()).toMatchObject({ status: 0 });
    everythingAccepted(workspace);
    const references = postsOf(workspace.sandbox).map(({ batchReference }) => batchReference);
    expect(new Set(references).size).toBe(references.length);
  });

  test('a batch is lost before it is read: sent again under the same reference, once it was denied often and long enough', async () => {
    const workspace = await smallNight([{ kind: 'cutBefore', api: 'AddLoans' }]);
    expect(await workspace.run()).toMatchObject({ status: 0 });
    everythingAccepted(workspace);
    expect(postsOf(workspace.sandbox)).toHaveLength(7);
    const twice = workspace.toldOf('NEWLOANS').receipt.batches.filter(({ attempts }) => attempts === 2);
    expect(twice).toHaveLength(1);
    const { requests } = workspace.sandbox.snapshot();
    const ours = requests.filter(({ batchReference }) => batchReference === twice[0]?.reference);
    const again = ours.findIndex(({ path, bodySha256 }) => path === '/AddLoans' && bodySha256 !== null);
    const lost = requests.find(({ path, bodySha256 }) => path === '/AddLoans' && bodySha256 === null);
    expect(ours.slice(0, again).filter(({ httpStatus }) => httpStatus === 404).length).toBeGreaterThanOrEqual(3);
    expect(Date.parse(ours[again]?.at ?? '') - Date.parse(lost?.at ?? '')).toBeGreaterThanOrEqual(200);
  });

  test('until it may be sent again, a lost batch is an unknown outcome: status 5', async () => {
    const workspace = await openWorkspace({
      mappings: { 'new-loans': shippedMapping('new-loans') },
      exports: { 'NEWLOANS_1.csv': loansText(soundLoans(4)) },
      maxReportsPerBatch: 2,
      resendUnknown: '{ after: 1h, notFoundAnswers: 3 }',
      sandbox: { faults: [{ kind: 'cutBefore', api: 'AddLoans' }] },
    });
    expect(await workspace.run('--wait', '4s')).toMatchObject({ status: 5 });
    expect(workspace.toldOf('NEWLOANS')).toMatchObject({
      done: false,
      receipt: { state: 'outcomeUnknown', final: false, counts: { unknown: 2, accepted: 2, balanced: true } },
    });
    expect(postsOf(workspace.sandbox)).toHaveLength(2);
  });

  test.each([503, 429])(
    '%d with Retry-After: nothing is posted before it is over, everything is accepted in the end',
    async (status) => {
      const workspace = await smallNight([{ kind: 'status', status, retryAfter: '1', api: 'AddLoans' }]);
      expect(await workspace.run()).toMatchObject({ status: 0 });
      everythingAccepted(workspace);
      const { requests } = workspace.sandbox.snapshot();
      const refusedAt = requests.findIndex(({ httpStatus }) => httpStatus === status);
      const told = Date.parse(requests[refusedAt]?.at ?? '');
      // Requests that were under way already may still come in; after them there is a second of silence.
      const later = requests.slice(refusedAt + 1).filter(({ at }) => Date.parse(at) - told > 200);
      expect(Date.parse(later[0]?.at ?? '') - told).toBeGreaterThanOrEqual(950);
    },
  );

  test('a stuck batch holds back only its own loans', async () => {
    const workspace = await smallNight([{ kind: 'stuck', api: 'AddLoans' }]);
    expect(await workspace.run('--wait', '3s')).toMatchObject({ status: 4 });
    expect(workspace.toldOf('NEWLOANS').receipt).toMatchObject({
      counts: { accepted: 4, pending: 2 },
      state: 'withRegister',
    });
    expect(workspace.toldOf('REPAYMENTS').receipt).toMatchObject({ counts: { accepted: 4, pending: 2 } });
    expect(workspace.sandbox.snapshot()).toMatchObject({ repayments: 4 });
    nothingTwice(workspace.sandbox);
  });

  test('a batch without a verdict for too long is told in today.html and in the log', async () => {
    const workspace = await openWorkspace({
      mappings: { 'new-loans': shippedMapping('new-loans') },
      exports: { 'NEWLOANS_1.csv': loansText(soundLoans(2)) },
      sandbox: { faults: [{ kind: 'stuck', api: 'AddLoans' }] },
      config: (text) => text.replace('every: 40ms', 'every: 40ms, alarmAfter: 500ms'),
    });
    expect(await workspace.run('--wait', '2s')).toMatchObject({ status: 4 });
    const [batch] = workspace.toldOf('NEWLOANS').receipt.batches;
    expect(workspace.today()).toContain(`A batch has had no verdict for over 500 ms; the oldest, ${batch?.reference}`);
    expect(readFileSync(join(workspace.state, 'luottoputki.log'), 'utf8')).toContain('batch.overdue');
  });

  test('a batch that is refused whole for one report is split until only that one is left', async () => {
    const [guilty, ...loans] = soundLoans(8);
    if (!guilty) throw new Error('there are no loans');
    const workspace = await openWorkspace({
      mappings: { 'new-loans': shippedMapping('new-loans') },
      exports: {
        'NEWLOANS_1.csv': loansText([guilty, ...loans], (cells, at) =>
          at === 3 ? { ...cells, HETU: artificialPerson(9100, 997) } : cells,
        ),
      },
      maxReportsPerBatch: 8,
      sandbox: { faults: [{ kind: 'allOrNothing', times: 0 }] },
    });
    expect(await workspace.run()).toMatchObject({ status: 1 });
    expect(workspace.toldOf('NEWLOANS').receipt.counts).toMatchObject({ accepted: 7, rejected: 1, balanced: true });
    expect(workspace.sandbox.snapshot().loans).toHaveLength(7);
    nothingTwice(workspace.sandbox);
    toldIsHeld(workspace);
  });

  test('a page instead of an answer is no answer: asked, and nothing is lost', async () => {
    const workspace = await smallNight([
      { kind: 'junk', api: 'AddLoans', applied: true },
      { kind: 'junk', api: 'GetBatchStatus', times: 2, after: 1 },
    ]);
    expect(await workspace.run()).toMatchObject({ status: 0 });
    everythingAccepted(workspace);
  });
});

describe('when the ledger is lost, and the exports are dropped again', () => {
  const dropAgain = (workspace: Workspace) => {
    const loans = soundLoans(6);
    workspace.drop('NEWLOANS_1.csv', loansText(loans));
    workspace.drop('REPAYMENTS_1.csv', paymentsText(loans));
  };

  test('the archive is still there: the register is asked, its verdicts are taken over, nothing is posted', async () => {
    const workspace = await smallNight();
    await workspace.run();
    const posted = postsOf(workspace.sandbox).length;
    for (const name of readdirSync(workspace.state)) if (name.startsWith('ledger')) rmSync(join(workspace.state, name));
    dropAgain(workspace);
    expect(await workspace.run()).toMatchObject({ status: 0 });
    expect(postsOf(workspace.sandbox)).toHaveLength(posted);
    everythingAccepted(workspace);
  });

  test('the archive is lost too: nothing takes effect twice', async () => {
    const workspace = await smallNight();
    await workspace.run();
    const before = workspace.sandbox.snapshot();
    rmSync(workspace.state, { recursive: true });
    dropAgain(workspace);
    const { stderr } = await workspace.run('--wait', '5s');
    expect(stderr).not.toContain('fault of luottoputki');
    const after = workspace.sandbox.snapshot();
    expect(after.applied).toEqual(before.applied);
    expect(after.repayments).toBe(before.repayments);
  });
});
