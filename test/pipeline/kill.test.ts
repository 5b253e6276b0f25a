import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sampleExports } from '../../src/demo/sample-exports.ts';
import { nothingTwice, toldIsHeld } from './exactly-once.ts';
import { openWorkspace, startIn } from './open-workspace.ts';
import { postsOf, shippedMappings, today, until, type Workspace } from './workspace.ts';

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
  ['the first export is in the archive', ({ state }) => countOf(join(state, 'archive')) > 0],
  ['the first export has left the inbox', ({ inbox }) => countOf(inbox) < 5],
  ['the inbox is empty', ({ inbox }) => countOf(inbox) === 0],
  ['the first folder is in the outbox', ({ outbox }) => countOf(outbox) > 0],
  ['the first receipt is written', ({ outbox }) => countOf(outbox, (path) => path.endsWith('receipt.json')) > 0],
  ['the first batch comes in', ({ sandbox }) => postsOf(sandbox).length > 0],
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

  test('while an export is copied: the half of it does not stay in the archive, which the retention could not find', async () => {
    const large = Buffer.alloc(16 * 1024 * 1024);
    large.set([0xff, 0xfe]); // another encoding than the mapping says: refused as soon as it is read
    const workspace = await openWorkspace({ mappings: shippedMappings(), exports: { 'NEWLOANS_1.csv': large } });
    const archive = join(workspace.state, 'archive');
    const running = startIn(workspace, 'run');
    await until('the copy has begun', () => countOf(archive, (name) => name.endsWith('.tmp')) > 0, running);
    running.child.kill('SIGKILL');
    await running.ended;
    expect(workspace.inboxNames()).toEqual(['NEWLOANS_1.csv']);
    expect(await workspace.run()).toMatchObject({ status: 3 });
    expect(readdirSync(archive)).toEqual([workspace.toldOf('NEWLOANS_1--').receipt.file.sha256]);
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
