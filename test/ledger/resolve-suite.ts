import { describe, expect, type TestAPI } from 'vitest';
import type { Decided } from '../../src/ledger/decisions.ts';
import type { Ledger, StagedFinding } from '../../src/ledger/ledger.ts';
import { all, block, type Driver, invalidReport, newExport, report, stagedFinding } from './builders.ts';

const note: StagedFinding = stagedFinding('RESOLVED', {
  stage: 'send',
  severity: 'warning',
  line: null,
  lastLine: null,
  message: 'Resolved today.',
});
const at = (line: number) => ({ line, lastLine: line });

/** What every keeper promises of rows of which a person says that they are dealt with. */
export function resolveSuite(
  name: string,
  holds: (title: string, work: (night: Driver) => Promise<void>) => ReturnType<TestAPI>,
): void {
  const lines = (exportId: number, ...which: number[]) => ({ kind: 'lines', exportId, lines: which }) as const;
  const open = async ({ ledger }: Driver) =>
    (await all(ledger.openReports())).map(({ exportId, line }) => `${exportId}:${line}`);
  const toFix = async (ledger: Ledger, id: number) => (await all(ledger.toFix(id))).map(({ line }) => line);
  const why = (decided: Decided) =>
    decided.kind === 'nothing' ? decided.because.map((each) => each.why) : decided.kind;
  /** Lines 2 accepted, 3 invalid, 4 rejected, 5 a row of no report. */
  const mixed = async (night: Driver) => {
    const id = await night.take(newExport('AddLoans'));
    const torn = stagedFinding('ROW_WIDTH', { ...at(5), stage: 'read' });
    await night.ledger.addReports(
      id,
      block([report('1', at(2)), invalidReport('2', at(3)), report('3', at(4))], {
        rowsRead: 4,
        rowsInvalid: 1,
        findings: [torn],
      }),
    );
    await night.ledger.finishMapping(id);
    const [batch] = await night.plan(id);
    if (batch) {
      await night.send(batch);
      await night.reject(batch, ['3']);
    }
    return id;
  };
  /** A loan on line 2 that failed, and two payments held by it. */
  const holding = async (night: Driver) => {
    const loans = await night.mapped('AddLoans', [invalidReport('1', at(2))]);
    const payments = await night.mapped('Repayments', [
      report('a', { loan: 'Other:1', ...at(2) }),
      report('b', { loan: 'Other:1', ...at(3) }),
    ]);
    await night.plan(payments);
    await night.plan(payments);
    expect(await night.ledger.counts(payments)).toMatchObject({ held: 2 });
    return { loans, payments };
  };

  describe(`${name}: resolve`, () => {
    holds('what was resolved is open no more, and is counted where it was', async (night) => {
      const { ledger } = night;
      const id = await mixed(night);
      expect(await open(night)).toEqual([`${id}:3`, `${id}:4`, `${id}:5`]);
      const before = await ledger.counts(id);
      const done = await ledger.resolve(lines(id, 3, 5), note, false);
      expect(done).toMatchObject({
        kind: 'done',
        reports: [{ line: 3 }],
        rows: [{ line: 5 }],
        held: [],
        heldForEver: 0,
      });
      expect(await ledger.counts(id)).toEqual({ ...before, resolved: 1, rowsResolved: 1 });
      expect(await open(night)).toEqual([`${id}:4`]);
      expect(await toFix(ledger, id)).toEqual([4]);
      expect((await all(ledger.toFix(id, true))).map(({ line }) => line)).toEqual([3, 4]);
      expect(await ledger.resolutions(id)).toEqual([{ message: 'Resolved today.', count: 2 }]);
      expect(await ledger.toRetell()).toEqual(new Set([id]));
      await ledger.retold(id);
      expect(await ledger.toRetell()).toEqual(new Set());
    });

    holds('all of an export: everything that failed, and nothing else', async (night) => {
      const { ledger } = night;
      const id = await mixed(night);
      await ledger.resolve({ kind: 'all', exportId: id }, note, false);
      expect(await ledger.counts(id)).toMatchObject({
        accepted: 1,
        invalid: 1,
        rejected: 1,
        resolved: 2,
        rowsResolved: 1,
      });
      expect(await open(night)).toEqual([]);
      expect(why(await ledger.resolve({ kind: 'all', exportId: id }, note, false))).toEqual(Array(3).fill('resolved'));
    });

    holds('all that is named or nothing: each line that cannot be resolved is told', async (night) => {
      const { ledger } = night;
      const id = await mixed(night);
      const waiting = await night.mapped('UpdateLoans', [report('9', at(2))]);
      expect(why(await ledger.resolve(lines(id, 2, 3, 7), note, false))).toEqual(['accepted', 'noReport']);
      expect(why(await ledger.resolve(lines(waiting, 2), note, false))).toEqual(['open']);
      expect(await ledger.counts(id)).toMatchObject({ resolved: 0 });
      expect(await ledger.toRetell()).toEqual(new Set());
    });

    holds('taken back it is open again; what was not resolved cannot be taken back', async (night) => {
      const { ledger } = night;
      const id = await mixed(night);
      const before = [await ledger.counts(id), await open(night), await all(ledger.findings(id))];
      expect(why(await ledger.takeBackResolution(lines(id, 3)))).toEqual(['notResolved']);
      expect(why(await ledger.takeBackResolution({ kind: 'all', exportId: id }))).toEqual([]);
      await ledger.resolve({ kind: 'all', exportId: id }, note, false);
      expect(await ledger.takeBackResolution({ kind: 'all', exportId: id })).toMatchObject({
        kind: 'done',
        reports: [{ line: 3 }, { line: 4 }],
        rows: [{ line: 5 }],
      });
      expect([await ledger.counts(id), await open(night), await all(ledger.findings(id))]).toEqual(before);
    });

    holds('by the number of its loan, wherever it failed', async (night) => {
      const { ledger } = night;
      const id = await mixed(night);
      expect(await ledger.resolve({ kind: 'loan', loans: ['Iban:3', 'Other:3'] }, note, false)).toMatchObject({
        kind: 'done',
        reports: [{ exportId: id, line: 4 }],
      });
      expect(why(await ledger.resolve({ kind: 'loan', loans: ['Other:77'] }, note, false))).toEqual([]);
    });

    holds('with all corrections that failed; one that has no verdict yet, or was accepted, hinders', async (night) => {
      const { ledger } = night;
      const id = await mixed(night);
      const { sha256 } = await night.exported(id);
      const failed = await night.mapped('AddLoans', [invalidReport('2', { fixesLine: 3 })], { correctionOf: sha256 });
      expect(await open(night)).toEqual([`${id}:4`, `${failed}:2`, `${id}:5`]);
      expect(await ledger.resolve(lines(id, 3), note, false)).toMatchObject({
        reports: [{ exportId: id }, { exportId: failed }],
      });
      expect(await open(night)).toEqual([`${id}:4`, `${id}:5`]);
      expect(await ledger.linesDone(sha256)).toEqual(new Set([2]));
      const later = await night.mapped('AddLoans', [report('2', { fixesLine: 3 })], { correctionOf: sha256 });
      await ledger.takeBackResolution(lines(failed, 2));
      expect(why(await ledger.resolve(lines(id, 3), note, false))).toEqual(['underWay']);
      await ledger.resolve(lines(id, 4), note, false);
      await night.pass(later);
      expect(why(await ledger.resolve(lines(id, 3), note, false))).toEqual(['corrected']);
    });

    holds('a correction that is accepted after all undoes it', async (night) => {
      const { ledger } = night;
      const id = await mixed(night);
      const { sha256 } = await night.exported(id);
      await ledger.resolve(lines(id, 3), note, false);
      const later = await night.mapped('AddLoans', [report('2', { fixesLine: 3 })], { correctionOf: sha256 });
      await night.pass(later);
      expect(await ledger.counts(id)).toMatchObject({ corrected: 1, resolved: 0 });
    });

    holds('what a resolved loan holds can never go: told, and resolved only when that is meant', async (night) => {
      const { ledger } = night;
      const { loans, payments } = await holding(night);
      expect(why(await ledger.resolve(lines(payments, 2), note, false))).toEqual(['held']);
      expect(await ledger.resolve(lines(loans, 2), note, false)).toMatchObject({ held: [], heldForEver: 2 });
      expect(await ledger.counts(payments)).toMatchObject({ held: 2 });
      expect(await ledger.resolve(lines(loans, 2), note, true)).toMatchObject({
        reports: [],
        held: [{ line: 2 }, { line: 3 }],
        heldForEver: 0,
      });
      expect(await ledger.counts(payments)).toMatchObject({ reportsBuilt: 2, held: 0, invalid: 2, resolved: 2 });
      expect(await open(night)).toEqual([]);
      expect(await toFix(ledger, payments)).toEqual([]);
      expect(await ledger.toRetell()).toEqual(new Set([loans, payments]));
    });

    holds('what a loan holds may go once it was entered by hand, also when it was resolved before', async (night) => {
      const { ledger } = night;
      const { loans, payments } = await holding(night);
      const entered = { ...note, code: 'RESOLVED_ENTERED', message: 'Entered today.' };
      await ledger.resolve(lines(loans, 2), note, false);
      expect(await ledger.resolve(lines(loans, 2), entered, false)).toMatchObject({
        reports: [{ exportId: loans }],
        heldForEver: 0,
        released: 2,
      });
      expect(await ledger.resolutions(loans)).toEqual([{ message: 'Entered today.', count: 1 }]);
      expect(await open(night)).toEqual([`${payments}:2`, `${payments}:3`]);
      await night.pass(payments);
      await night.pass(payments);
      expect(await ledger.counts(payments)).toMatchObject({ accepted: 2 });
      const later = await night.mapped('Repayments', [report('c', { loan: 'Other:1' })]);
      expect(await night.gates(later)).toEqual(['c free']);
      expect(why(await ledger.resolve(lines(loans, 2), entered, false))).toEqual(['resolved']);
    });

    holds('a loan that was not entered after all holds what has not gone', async (night) => {
      const { ledger } = night;
      const { loans, payments } = await holding(night);
      await ledger.resolve(lines(loans, 2), { ...note, code: 'RESOLVED_ENTERED' }, false);
      await ledger.takeBackResolution(lines(loans, 2));
      await night.plan(payments);
      await night.plan(payments);
      expect(await ledger.counts(payments)).toMatchObject({ held: 2 });
      expect(await open(night)).toEqual([`${loans}:2`, `${payments}:2`, `${payments}:3`]);
    });

    holds('a payment given up stays behind when its loan comes after all', async (night) => {
      const { ledger } = night;
      const { payments } = await holding(night);
      await ledger.resolve(lines(payments, 2), note, true);
      await night.pass(await night.mapped('AddLoans', [report('1')]));
      expect(await night.gates(payments)).toEqual(['b free']);
    });

    holds('a loan that may still come holds on: nothing is said of its payments', async (night) => {
      const { ledger } = night;
      const { loans } = await holding(night);
      await night.mapped('AddLoans', [report('1')]);
      expect(await ledger.resolve(lines(loans, 2), note, true)).toMatchObject({ held: [], heldForEver: 0 });
    });

    holds('taken back, what was held waits for its loan again, and goes with it', async (night) => {
      const { ledger } = night;
      const { loans, payments } = await holding(night);
      await ledger.resolve(lines(loans, 2), note, true);
      expect(await ledger.takeBackResolution(lines(loans, 2))).toMatchObject({ held: [{ line: 2 }, { line: 3 }] });
      expect(await ledger.counts(payments)).toMatchObject({ invalid: 0, pending: 2 });
      await night.pass(await night.mapped('AddLoans', [report('1')]));
      await night.pass(payments);
      await night.pass(payments);
      expect(await ledger.counts(payments)).toMatchObject({ accepted: 2 });
    });

    holds(
      'an export that was refused whole is resolved whole, and open again when that is taken back',
      async (night) => {
        const { ledger } = night;
        const id = await night.take(newExport('AddLoans'));
        await ledger.refuseExport(id, [stagedFinding('COLUMN_MISSING', at(1)), stagedFinding('DATE_FORMAT', at(3))]);
        expect(await open(night)).toHaveLength(2);
        expect(why(await ledger.resolve(lines(id, 3), note, false))).toEqual(['noReport']);
        await ledger.resolve({ kind: 'all', exportId: id }, note, false);
        expect(await open(night)).toEqual([]);
        await ledger.takeBackResolution({ kind: 'all', exportId: id });
        expect(await open(night)).toHaveLength(2);
      },
    );

    holds('an export that was given up and resolved is mapped anew as if nothing had been said', async (night) => {
      const { ledger } = night;
      const id = await night.take(newExport('AddLoans'));
      await ledger.giveUp(id, [stagedFinding('GAVE_UP', { line: null, lastLine: null })]);
      await ledger.resolve({ kind: 'all', exportId: id }, note, false);
      await ledger.approve(id, { ...note, code: 'APPROVED' });
      await ledger.addReports(id, block([invalidReport('1', at(2))]));
      await ledger.finishMapping(id);
      expect(await open(night)).toContain(`${id}:2`);
    });
  });
}
