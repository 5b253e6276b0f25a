import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sampleExports } from '../../src/demo/sample-exports.ts';
import { nothingTwice, toldIsHeld } from './exactly-once.ts';
import { openWorkspace, postsOf, shippedMappings, startIn, today, until, type Workspace } from './workspace.ts';

const samples = Object.fromEntries(sampleExports(today).map(({ name, bytes }) => [name, bytes]));
const sampleNight = () => openWorkspace({ mappings: shippedMappings(), exports: samples, maxReportsPerBatch: 25 });

/** What the outbox and the register agree on, without what differs from run to run (times, and what is derived of them). */
function truthOf(workspace: Workspace) {
  const { applied, loans, repayments } = workspace.sandbox.snapshot();
  return {
    receipts: workspace.told().map(({ folder, receipt: { state, final, counts, findingsByCode, file }, done }) => ({
      folder: basename(folder),
      state,
      final,
      done,
      counts,
      file,
      findings: findingsByCode,
    })),
    applied: applied.map(({ api, reportReference, loan }) => `${api} ${reportReference} ${loan}`).toSorted(),
    loans: loans
      .map((loan) => `${loan.record.loanNumber.number} ${loan.status} ${digest(JSON.stringify(loan))}`)
      .toSorted(),
    repayments,
  };
}

const digest = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 8);

const countOf = (folder: string, wanted: (path: string) => boolean = () => true) =>
  existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(wanted).length : 0;
const verdictsOf = ({ sandbox }: Workspace) => sandbox.snapshot().batches.filter(({ verdict }) => verdict).length;

/** Moments of a run, by what can be seen of it from outside. */
const moments: [when: string, come: (workspace: Workspace) => boolean][] = [
  ['the ledger is made', ({ state }) => existsSync(join(state, 'ledger.sqlite'))],
  ['the first export is in the archive', ({ state }) => countOf(join(state, 'archive')) > 0],
  ['the first export has left the inbox', ({ inbox }) => countOf(inbox) < 5],
  ['the inbox is empty', ({ inbox }) => countOf(inbox) === 0],
  ['the first folder is in the outbox', ({ outbox }) => countOf(outbox) > 0],
  ['the first receipt is written', ({ outbox }) => countOf(outbox, (path) => path.endsWith('receipt.json')) > 0],
  ['the register was asked for the first time', ({ sandbox }) => sandbox.snapshot().requests.length > 0],
  ['the first batch comes in', ({ sandbox }) => postsOf(sandbox).length > 0],
  ['the third batch is taken', ({ sandbox }) => postsOf(sandbox).filter((it) => it.httpStatus).length > 2],
  ['the first verdict is there', (workspace) => verdictsOf(workspace) > 0],
  ['changes come in', ({ sandbox }) => postsOf(sandbox).some(({ path }) => path === '/UpdateLoans')],
  ['the last batch comes in', ({ sandbox }) => postsOf(sandbox).some(({ path }) => path === '/TerminateLoans')],
  ['today’s page is written', ({ outbox }) => existsSync(join(outbox, 'today.html'))],
];

describe('killed at any moment, the next run ends as if nothing had happened', () => {
  const undisturbed = async () => {
    const workspace = await sampleNight();
    const { status } = await workspace.run();
    nothingTwice(workspace.sandbox);
    return { status, truth: truthOf(workspace) };
  };
  let reference: ReturnType<typeof undisturbed> | undefined;

  test.each(moments)('when %s', async (when, come) => {
    reference ??= undisturbed();
    const { status, truth } = await reference;
    const workspace = await sampleNight();
    const running = startIn(workspace, 'run');
    await until(when, () => come(workspace), running);
    running.child.kill('SIGKILL');
    expect((await running.ended).stderr).not.toContain('fault of luottoputki');
    const next = await workspace.run();
    expect(next.stderr).not.toContain('fault of luottoputki');
    expect(next.status).toBe(status);
    expect(truthOf(workspace)).toEqual(truth);
    nothingTwice(workspace.sandbox);
    toldIsHeld(workspace);
  });

  test('killed again and again', async () => {
    reference ??= undisturbed();
    const { status, truth } = await reference;
    const workspace = await sampleNight();
    for (const [when, come] of moments.filter((_, at) => at % 3 === 2)) {
      const running = startIn(workspace, 'run');
      await until(when, () => come(workspace), running);
      running.child.kill('SIGKILL');
      await running.ended;
    }
    expect((await workspace.run()).status).toBe(status);
    expect(truthOf(workspace)).toEqual(truth);
    nothingTwice(workspace.sandbox);
    toldIsHeld(workspace);
  });
});
