import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { tooManyGone } from '../../src/pipeline/unusual.ts';
import { dyingRun } from './dying-run.ts';
import { openWorkspace } from './open-workspace.ts';
import { loansText, readCsv, shippedMapping, soundLoans, type Workspace } from './workspace.ts';

// Each test starts the tool several times.
vi.setConfig({ testTimeout: 120_000 });
const loans = soundLoans(8);
const numbers = loans.map(({ number }) => number);
const mapping = (more = '') => `
mapping: delays
api: DelayedRepayments
takes: "DELAYS_*.csv"
formats:
  money: { type: decimal, decimal: ",", scale: 2 }
  day: { type: date, format: dd.MM.yyyy }
skip:
  - { id: COMPANY, when: { column: LAJI, is: "Y" }, why: "not reported" }
fields:
  reportReference: { from: LAINANRO, prefix: "del-" }
  reportType: { const: NewReport }
  loanNumber.type: { const: Other }
  loanNumber.number: { from: LAINANRO, shape: "[0-9]{10}" }
  isDelay: { const: true }
  delayedAmounts:
    each: columns
    numbered: 1..1
    presentWhen: "ERA{n}"
    fields: { delayedInstalment: { const: 100 }, originalDueDate: { from: "ERA{n}", as: day } }
  isForeclosed: { const: false }
snapshot: full
whenGone:
  fields:
    reportReference: { meta: loanNumber, prefix: "gone-" }
    reportType: { const: NewReport }
    isDelay: { const: false }
    isForeclosed: { const: false }
${more}
`;
const header = 'LAINANRO;LAJI;ERA1\n';
const row = (number: string | undefined, { kind = 'H', day = '15.02.2025' } = {}) => `${number};${kind};${day}\n`;
const snapshot = (some: readonly string[]) => header + some.map((number) => row(number)).join('');
const old = loansText(loans, (cells) => ({ ...cells, SOPIMUSPVM: '02.01.2025' }));

/** A workspace whose register has the loans, and delays on the first so many of them. */
async function delayed(count: number, more = ''): Promise<Workspace> {
  const workspace = await openWorkspace({
    mappings: { 'new-loans': shippedMapping('new-loans'), delays: mapping(more) },
    exports: { 'NEWLOANS_1.csv': old, 'DELAYS_1.csv': snapshot(numbers.slice(0, count)) },
  });
  expect(await workspace.run()).toMatchObject({ status: 0 });
  return workspace;
}
async function next(workspace: Workspace, name: string, text: string): Promise<number | null> {
  workspace.drop(name, text);
  return (await workspace.run()).status;
}
/** The references of an export's accepted reports, each with its line. */
const accepted = (workspace: Workspace, stem: string) =>
  readCsv(join(workspace.toldOf(stem).folder, 'accepted.csv')).map(
    ({ line, reportReference }) => `${line}:${reportReference}`,
  );
const countsOf = (workspace: Workspace, stem: string) => workspace.toldOf(stem).receipt.counts;

describe('a loan that is in a full snapshot no more', () => {
  test('is reported once with what whenGone says, and has no row', async () => {
    const workspace = await delayed(4);
    expect(await next(workspace, 'DELAYS_2.csv', snapshot(numbers.slice(0, 3)))).toBe(0);
    expect(accepted(workspace, 'DELAYS_2')).toEqual([
      ...numbers.slice(0, 3).map((number, i) => `${i + 2}:del-${number}`),
      `:gone-${numbers[3]}`,
    ]);
    expect(countsOf(workspace, 'DELAYS_2')).toMatchObject({
      rowsRead: 3,
      reportsBuilt: 4,
      accepted: 4,
      balanced: true,
    });
    expect(await next(workspace, 'DELAYS_3.csv', snapshot(numbers.slice(0, 2)))).toBe(0);
    expect(accepted(workspace, 'DELAYS_3')).toEqual([
      `2:del-${numbers[0]}`,
      `3:del-${numbers[1]}`,
      `:gone-${numbers[2]}`,
    ]);
  });

  test('is not gone when a rule skips its row, or its row is wrong; and comes back when it is late again', async () => {
    const workspace = await delayed(3);
    const text = header + row(numbers[0], { kind: 'Y' }) + row(numbers[1], { day: '31.02.2025' });
    expect(await next(workspace, 'DELAYS_2.csv', text)).toBe(1);
    expect(accepted(workspace, 'DELAYS_2')).toEqual([`:gone-${numbers[2]}`]);
    expect(await next(workspace, 'DELAYS_3.csv', snapshot(numbers.slice(1, 3)))).toBe(0);
    // The loan whose row was wrong stands as it was reported before.
    expect(accepted(workspace, 'DELAYS_3')).toEqual([
      `2:del-${numbers[1]}`,
      `3:del-${numbers[2]}`,
      `:gone-${numbers[0]}`,
    ]);
    expect(await next(workspace, 'DELAYS_4.csv', snapshot(numbers.slice(1, 2)).replace('H', 'H '))).toBe(0);
    expect(accepted(workspace, 'DELAYS_4')).toEqual([`2:del-${numbers[1]}`, `:gone-${numbers[2]}`]);
  });

  test.each([
    ['a row is torn', `${row(numbers[0])}${numbers[1]};H\n`],
    ['a loan cannot be read', `${row(numbers[0])}${row('x12')}`],
    ['the loan of a skipped row cannot be read', `${row(numbers[0])}${row('x12', { kind: 'Y' })}`],
  ])('is not taken for gone when %s, and that is said', async (_, rows) => {
    const workspace = await delayed(3);
    await next(workspace, 'DELAYS_2.csv', header + rows);
    expect(accepted(workspace, 'DELAYS_2')).toEqual([`2:del-${numbers[0]}`]);
    const { findingsByCode } = workspace.toldOf('DELAYS_2').receipt;
    expect(findingsByCode).toContainEqual(expect.objectContaining({ code: 'GONE_NOT_CERTAIN', count: 1 }));
    // The next snapshot that can be read whole makes up for it.
    await next(workspace, 'DELAYS_3.csv', snapshot(numbers.slice(0, 2)));
    expect(accepted(workspace, 'DELAYS_3').at(-1)).toBe(`:gone-${numbers[2]}`);
  });

  test('is not taken for gone by an export that is refused, and a correction reports none', async () => {
    const workspace = await delayed(3, 'refuseFileWhen: { rejectedOver: 40% }');
    const bad = { day: '31.02.2025' };
    expect(await next(workspace, 'DELAYS_2.csv', header + row(numbers[0], bad))).toBe(3);
    expect(countsOf(workspace, 'DELAYS_2')).toMatchObject({ reportsBuilt: 1, accepted: 0 });
    expect(
      await next(
        workspace,
        'DELAYS_3.csv',
        header + row(numbers[0], bad) + snapshot(numbers.slice(1, 3)).slice(header.length),
      ),
    ).toBe(1);
    const fixed = join(workspace.toldOf('DELAYS_3').folder, 'restricted', 'to-fix.csv');
    expect(await next(workspace, 'fixed.csv', readFileSync(fixed, 'utf8').replace('31.02.2025', '15.02.2025'))).toBe(0);
    expect(accepted(workspace, 'fixed')).toEqual([`2:del-${numbers[0]}`]);
  });

  test('awaits approval with its export when too many are gone, and goes once that is approved', async () => {
    const workspace = await delayed(8);
    expect(await next(workspace, 'DELAYS_2.csv', snapshot(numbers.slice(0, 4)))).toBe(3);
    expect(workspace.toldOf('DELAYS_2').receipt).toMatchObject({
      state: 'awaitingApproval',
      nextStep: expect.stringContaining('4 of the 8 loans reported before are gone from it; more than 3 need approval'),
      counts: { reportsBuilt: 8, pending: 8, balanced: true },
    });
    await workspace.tool('approve', 'DELAYS_2.csv');
    expect((await workspace.run()).status).toBe(0);
    expect(accepted(workspace, 'DELAYS_2')).toHaveLength(8);
  });

  test('is reported with the same bytes when mapping was killed in between', async () => {
    const workspace = await delayed(3);
    workspace.drop('DELAYS_2.csv', snapshot(numbers.slice(0, 2)));
    expect(await dyingRun(workspace, 'mapping.ended')).toBe(true);
    workspace.drop('DELAYS_3.csv', snapshot(numbers.slice(0, 1)));
    expect(await dyingRun(workspace, 'block.staged')).toBe(true);
    expect((await workspace.run()).status).toBe(0);
    expect(accepted(workspace, 'DELAYS_2').at(-1)).toBe(`:gone-${numbers[2]}`);
    expect(accepted(workspace, 'DELAYS_3')).toEqual([`2:del-${numbers[0]}`, `:gone-${numbers[1]}`]);
  });

  test('whose report is wrong is told with a step of its own, is in no to-fix.csv, and is tried again', async () => {
    const workspace = await delayed(2, 'checks: [{ id: NEVER, require: { filled: delayedAmounts } }]');
    expect(await next(workspace, 'DELAYS_2.csv', snapshot(numbers.slice(0, 1)))).toBe(1);
    const { receipt, folder } = workspace.toldOf('DELAYS_2');
    expect(receipt).toMatchObject({ state: 'needsFixing', counts: { invalid: 1, balanced: true } });
    expect(receipt.nextStep).toContain('1 delay on loans that are gone');
    expect(receipt.nextStep).not.toContain('to-fix.csv');
    expect(() => readFileSync(join(folder, 'restricted', 'to-fix.csv'))).toThrow(/ENOENT/);
    expect(readFileSync(join(folder, 'summary.html'), 'utf8')).not.toContain('href="restricted');
    expect(readCsv(join(folder, 'errors.csv'))).toMatchObject([
      { code: 'NEVER', line: '', reportReference: `gone-${numbers[1]}` },
    ]);
    expect(workspace.openItems()).toMatchObject([{ line: '', nextStep: expect.stringContaining('whenGone') }]);
    workspace.putMapping('delays', mapping());
    expect(await next(workspace, 'DELAYS_3.csv', snapshot(numbers.slice(0, 1)).replace('H', ' H'))).toBe(0);
    expect(accepted(workspace, 'DELAYS_3').at(-1)).toBe(`:gone-${numbers[1]}`);
  });

  test('is not shown by preview, which says so', async () => {
    const workspace = await delayed(2);
    workspace.drop('DELAYS_2.csv', snapshot(numbers.slice(0, 1)));
    const { stdout } = await workspace.tool('preview', join(workspace.inbox, 'DELAYS_2.csv'));
    expect(stdout).toMatch(/GONE_NOT_CERTAIN.*is not looked at here/);
  });
});

test('three loans may always be gone; of many, the share', () => {
  const codes = (share: string, gone: number, before: number) =>
    tooManyGone(share, { gone, before }).map(({ code, expected }) => `${code} ${expected}`);
  expect(codes('20%', 3, 3)).toEqual([]);
  expect(codes('20%', 4, 4)).toEqual(['TOO_MANY_GONE at most 3 of 4 loans gone (whenGone.goneAtMost 20%)']);
  expect(codes('20%', 20, 100)).toEqual([]);
  expect(codes('20%', 21, 100)).toHaveLength(1);
  expect(codes('0%', 3, 100)).toEqual([]);
});
