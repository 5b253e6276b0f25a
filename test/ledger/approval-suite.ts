import { describe, expect, type TestAPI } from 'vitest';
import type { StagedFinding } from '../../src/ledger/ledger.ts';
import { all, block, type Driver, invalidReport, newExport, report, stagedFinding, start } from './builders.ts';

const why = stagedFinding('TOO_MANY_REPORTS', {
  stage: 'check',
  severity: 'warning',
  line: null,
  lastLine: null,
  value: '3',
  message: 'It makes 3 reports.',
});
const note = (code: string): StagedFinding => ({ ...why, code, stage: 'send', value: null, message: `${code} today` });

/** What every keeper promises of exports that are stopped, let go, taken back or given up. */
export function approvalSuite(
  name: string,
  holds: (title: string, work: (night: Driver) => Promise<void>) => ReturnType<TestAPI>,
): void {
  const awaiting = async (night: Driver, more = {}) => {
    const id = await night.take(newExport('AddLoans', more));
    await night.ledger.addReports(id, block([report('1'), report('2'), invalidReport('3')]));
    await night.ledger.awaitApproval(id, [why]);
    return id;
  };
  const codes = async ({ ledger }: Driver, id: number) => (await all(ledger.findings(id))).map(({ code }) => code);

  describe(`${name}: approval`, () => {
    holds('an export that awaits approval is neither planned nor mapped again, and tells why', async (night) => {
      const { ledger } = night;
      const id = await awaiting(night);
      expect(await night.exported(id)).toMatchObject({ stage: 'awaitingApproval', approved: false });
      expect(await ledger.unmapped()).toEqual([]);
      expect(await ledger.toPlan(3)).toEqual([]);
      expect(await ledger.counts(id)).toMatchObject({ reportsBuilt: 3, invalid: 1, pending: 2 });
      expect((await all(ledger.openReports())).map(({ state, code }) => [state, code])).toEqual([
        ['awaitingApproval', null],
        ['awaitingApproval', null],
        ['invalid', null],
        ['awaitingApproval', 'TOO_MANY_REPORTS'],
      ]);
      expect((await all(ledger.openReports())).at(-1)).toMatchObject({ message: 'It makes 3 reports.', line: null });
      expect(await ledger.settledReports()).toEqual({ settled: 0, all: 0 });
    });

    holds('later reports on its loans wait, others are free', async (night) => {
      await awaiting(night);
      const later = await night.mapped('Repayments', [
        report('a', { loan: 'Other:1' }),
        report('b', { loan: 'Other:9' }),
      ]);
      expect(await night.gates(later)).toEqual(['a wait', 'b free']);
    });

    holds('approved it is planned as it was mapped; a second approval changes nothing', async (night) => {
      const { ledger } = night;
      const id = await awaiting(night);
      expect(await ledger.approve(id, note('APPROVED'))).toBe('approved');
      expect(await night.exported(id)).toMatchObject({ stage: 'mapped', approved: true, rowsRead: 3 });
      expect(await night.gates(id)).toEqual(['1 free', '2 free']);
      expect(await ledger.approve(id, note('APPROVED'))).toBe('notStopped');
      expect(await codes(night, id)).toEqual(['TOO_MANY_REPORTS', 'APPROVED']);
      await night.pass(id);
      expect(await ledger.counts(id)).toMatchObject({ accepted: 2, pending: 0 });
    });

    holds('an export that is not stopped cannot be approved', async (night) => {
      const { ledger } = night;
      const taken = await night.take(newExport('AddLoans'));
      const mapped = await night.mapped('AddLoans', [report('8')]);
      const refused = await night.take(newExport('AddLoans'));
      await ledger.refuseExport(refused, []);
      for (const id of [taken, mapped, refused, 99]) {
        const before = await ledger.exports();
        expect(await ledger.approve(id, note('APPROVED'))).toBe('notStopped');
        expect(await ledger.exports()).toEqual(before);
      }
    });

    holds('withdrawn nothing of it is open; a second withdrawal changes nothing', async (night) => {
      const { ledger } = night;
      const id = await awaiting(night);
      expect(await ledger.withdraw(id, note('WITHDRAWN'), 'awaitingApproval')).toBe(true);
      expect(await ledger.withdraw(id, note('WITHDRAWN'), 'unsent')).toBe(false);
      expect(await night.exported(id)).toMatchObject({ stage: 'withdrawn', rowsRead: 3 });
      expect(await ledger.counts(id)).toMatchObject({ reportsBuilt: 3, invalid: 3, pending: 0 });
      expect(await ledger.rowsInReports(id)).toBe(3);
      expect(await codes(night, id)).toEqual(['TOO_MANY_REPORTS', 'WITHDRAWN']);
      expect(await all(ledger.openReports())).toEqual([]);
      expect(await ledger.toPlan(3)).toEqual([]);
      expect(await ledger.unmapped()).toEqual([]);
      const later = await night.mapped('Repayments', [report('a', { loan: 'Other:1' })]);
      expect(await night.gates(later)).toEqual(['a held']);
    });

    holds('the same bytes after a withdrawal are told apart, with what became of the first', async (night) => {
      const taken = newExport('AddLoans');
      const id = await night.take(taken);
      await night.ledger.withdraw(id, note('WITHDRAWN'), 'unsent');
      expect(await night.ledger.takeExport({ ...taken, identity: 'other' })).toMatchObject({
        kind: 'again',
        first: { stage: 'withdrawn' },
      });
      expect((await night.exported(id)).stage).toBe('withdrawn');
    });

    holds('approved after all, it is mapped anew, and not stopped again', async (night) => {
      const { ledger } = night;
      const id = await awaiting(night);
      await ledger.withdraw(id, note('WITHDRAWN'), 'awaitingApproval');
      expect(await ledger.approve(id, note('APPROVED'))).toBe('mappedAnew');
      expect(await ledger.unmapped()).toMatchObject([{ id, approved: true, rowsRead: 0 }]);
      expect(await ledger.counts(id)).toMatchObject({ reportsBuilt: 0 });
      await ledger.beginMapping(id);
      expect(await codes(night, id)).toEqual(['APPROVED']);
    });

    holds('batches that were only planned are forgotten, and planned alike when it goes after all', async (night) => {
      const { ledger } = night;
      const id = await night.mapped('AddLoans', [report('1'), report('2'), report('3')]);
      const planned = await night.plan(id, 2);
      await ledger.beginPost(planned[0]?.id ?? 0, start);
      const unsent = {
        state: 'planned',
        outcome: 'unsent',
        httpStatus: null,
        correlationId: null,
        nextAt: start,
      } as const;
      await ledger.endPost(planned[0]?.id ?? 0, unsent, start);
      expect((await ledger.unsent()).map((each) => each.id)).toEqual([id]);
      expect(await ledger.withdraw(id, note('WITHDRAWN'), 'awaitingApproval')).toBe(false);
      expect(await ledger.withdraw(id, note('WITHDRAWN'), 'unsent')).toBe(true);
      expect(await ledger.unsent()).toEqual([]);
      expect(await ledger.batches(id)).toEqual([]);
      expect(await ledger.openBatches(9)).toEqual([]);
      await ledger.approve(id, note('APPROVED'));
      await ledger.addReports(id, block([report('1'), report('2'), report('3')]));
      await ledger.finishMapping(id);
      expect((await night.plan(id, 2)).map(({ reference }) => reference)).toEqual(
        planned.map(({ reference }) => reference),
      );
      expect(await night.exported(id)).toMatchObject({ wave: 2 });
    });

    holds('nothing that may have left is taken back', async (night) => {
      const { ledger } = night;
      const post = { httpStatus: null, correlationId: null, nextAt: start };
      for (const [state, outcome] of [
        ['sending', null],
        ['sent', 'sent'],
        ['unknown', 'unknown'],
        ['planned', 'stop'],
      ] as const) {
        const id = await night.mapped('AddLoans', [report(state), report(`${state}2`)]);
        const [batch] = await night.plan(id, 1);
        await ledger.beginPost(batch?.id ?? 0, start);
        if (outcome) await ledger.endPost(batch?.id ?? 0, { ...post, state, outcome }, start);
        expect(await ledger.withdraw(id, note('WITHDRAWN'), 'unsent')).toBe(false);
        expect(await ledger.batches(id)).toHaveLength(2);
        expect((await ledger.unsent()).map((each) => each.id)).not.toContain(id);
      }
    });

    holds('nor what the register knew before it was sent, nor what a correction has taken up', async (night) => {
      const { ledger } = night;
      const known = await night.mapped('AddLoans', [report('1')]);
      const [batch] = await night.plan(known);
      const told = { registerStatus: 'Processed', reported: null, correlationId: null, notFound: 'same' } as const;
      await ledger.noteAnswer(batch?.id ?? 0, { ...told, state: 'sent', nextAt: start });
      expect(await ledger.withdraw(known, note('WITHDRAWN'), 'unsent')).toBe(false);
      const faulty = await night.mapped('AddLoans', [invalidReport('2')]);
      const { sha256 } = await night.exported(faulty);
      const correction = await night.take(newExport('AddLoans', { correctionOf: sha256 }));
      expect(await ledger.withdraw(faulty, note('WITHDRAWN'), 'unsent')).toBe(false);
      expect(await ledger.withdraw(correction, note('WITHDRAWN'), 'unsent')).toBe(true);
      expect(await ledger.withdraw(faulty, note('WITHDRAWN'), 'unsent')).toBe(true);
    });

    holds('a correction that was withdrawn corrects nothing', async (night) => {
      const { ledger } = night;
      const faulty = await night.mapped('AddLoans', [invalidReport('1')]);
      const { sha256 } = await night.exported(faulty);
      const correction = await night.take(newExport('AddLoans', { correctionOf: sha256 }));
      await ledger.addReports(correction, block([report('1', { fixesLine: 2 })]));
      await ledger.awaitApproval(correction, [why]);
      expect(await ledger.linesDone(sha256)).toEqual(new Set([2]));
      await ledger.withdraw(correction, note('WITHDRAWN'), 'awaitingApproval');
      expect(await ledger.linesDone(sha256)).toEqual(new Set());
      expect(await all(ledger.openReports())).toMatchObject([{ exportId: faulty, state: 'invalid' }]);
    });

    holds('recent rows are of the last exports of the mapping that were let through', async (night) => {
      const { ledger } = night;
      const sized = async (rows: number, more = {}) => {
        const id = await night.take(newExport('AddLoans', more));
        await ledger.addReports(id, block([], { rowsRead: rows }));
        return id;
      };
      for (const rows of [5, 0, 7]) await ledger.finishMapping(await sized(rows));
      await ledger.refuseExport(await sized(100), []);
      await ledger.awaitApproval(await sized(200), []);
      await ledger.giveUp(await sized(300), []);
      await ledger.withdraw(await sized(400), note('WITHDRAWN'), 'unsent');
      await ledger.finishMapping(await sized(500, { correctionOf: 'f'.repeat(64) }));
      await night.mapped('Repayments', [report('1')]);
      await sized(600);
      expect(await ledger.recentRows('AddLoans', 10)).toEqual([7, 0, 5]);
      expect(await ledger.recentRows('AddLoans', 2)).toEqual([7, 0]);
      expect(await ledger.recentRows('TerminateLoans', 10)).toEqual([]);
    });
  });

  describe(`${name}: exports that cannot be mapped`, () => {
    holds('every start is counted until one comes to an end, and forgets what was staged', async (night) => {
      const { ledger } = night;
      const id = await night.take(newExport('AddLoans'));
      expect(await ledger.beginMapping(id)).toBe(1);
      await ledger.addReports(id, block([report('1')], { findings: [stagedFinding('DATE_FORMAT')] }));
      expect(await ledger.beginMapping(id)).toBe(2);
      expect(await ledger.counts(id)).toMatchObject({ reportsBuilt: 0 });
      expect(await codes(night, id)).toEqual([]);
      await ledger.forgiveStart(id);
      expect(await ledger.beginMapping(id)).toBe(2);
      expect(await ledger.beginMapping(await night.take(newExport('AddLoans')))).toBe(1);
    });

    holds('one that was given up is told, and tried anew when it is approved, from the first start', async (night) => {
      const { ledger } = night;
      const id = await night.take(newExport('AddLoans'));
      await ledger.beginMapping(id);
      await ledger.giveUp(id, [stagedFinding('GAVE_UP', { stage: 'read', line: null, lastLine: null })]);
      expect((await night.exported(id)).stage).toBe('givenUp');
      expect(await ledger.unmapped()).toEqual([]);
      expect(await all(ledger.openReports())).toMatchObject([{ state: 'refused', code: 'GAVE_UP' }]);
      expect(await ledger.withdraw(id, note('WITHDRAWN'), 'unsent')).toBe(false);
      expect(await ledger.approve(id, note('APPROVED'))).toBe('mappedAnew');
      expect(await ledger.unmapped()).toMatchObject([{ id, approved: false }]);
      expect(await ledger.beginMapping(id)).toBe(1);
    });
  });
}
