import { describe, expect, type TestAPI } from 'vitest';
import type { Decided } from '../../src/ledger/decisions.ts';
import type { StagedFinding } from '../../src/ledger/ledger.ts';
import { all, type Driver, deferred, invalidReport, report, stagedFinding, start } from './builders.ts';

const note: StagedFinding = stagedFinding('RETRIED', { stage: 'send', severity: 'warning', message: 'Sent again.' });
const at = (line: number) => ({ line, lastLine: line });

/** What every keeper promises of reports that are to be sent again unchanged. */
export function retrySuite(
  name: string,
  holds: (title: string, work: (night: Driver) => Promise<void>) => ReturnType<TestAPI>,
): void {
  const lines = (exportId: number, ...which: number[]) => ({ kind: 'lines', exportId, lines: which }) as const;
  const why = (decided: Decided) =>
    decided.kind === 'nothing' ? decided.because.map((each) => each.why) : decided.kind;
  /** Payments on lines 2 accepted, 3 rejected, 4 invalid. */
  const judged = async (night: Driver) => {
    const id = await night.mapped('Repayments', [report('1', at(2)), report('2', at(3)), invalidReport('3', at(4))]);
    const [batch] = await night.plan(id);
    if (!batch) throw new Error('nothing was planned');
    await night.send(batch);
    await night.reject(batch, ['2']);
    return { id, batch };
  };

  describe(`${name}: retry`, () => {
    holds('a rejected report goes again as it was, in a batch of a new generation', async (night) => {
      const { ledger } = night;
      const { id, batch } = await judged(night);
      const { texts } = await ledger.batchBody(batch.id);
      expect(await ledger.retry(lines(id, 3), note)).toMatchObject({
        kind: 'done',
        reports: [{ exportId: id, line: 3 }],
      });
      expect(await ledger.counts(id)).toMatchObject({ rejected: 0, pending: 1, accepted: 1, invalid: 1 });
      expect(await ledger.toRetell()).toEqual(new Set([id]));
      expect((await ledger.toPlan(3)).map(({ exportId }) => exportId)).toEqual([id]);
      const [again] = await night.plan(id);
      expect(again).toMatchObject({ generation: 1, count: 1 });
      expect(again?.reference).not.toBe(batch.reference);
      expect((await ledger.batchBody(again?.id ?? 0)).texts).toEqual(texts.slice(1));
      if (again) await night.send(again);
      if (again) await night.settle(again);
      expect(await ledger.counts(id)).toMatchObject({ accepted: 2, rejected: 0, pending: 0 });
      expect((await all(ledger.findings(id))).map(({ code }) => code)).toEqual(['RETRIED']);
    });

    holds('rejected again, the new reason counts, and the old one stays as history', async (night) => {
      const { ledger } = night;
      const { id } = await judged(night);
      await ledger.retry(lines(id, 3), note);
      const [again] = await night.plan(id);
      if (again) await night.send(again);
      if (again) await night.reject(again, ['2'], 'D40');
      expect((await all(ledger.toFix(id)))[0]?.findings.map(({ code }) => code)).toEqual(['D40']);
      expect((await all(ledger.findings(id))).map(({ code, severity }) => `${code} ${severity}`).toSorted()).toEqual([
        'D02 warning',
        'D40 error',
        'RETRIED warning',
      ]);
      expect((await ledger.retry(lines(id, 3), note)).kind).toBe('done');
    });

    holds('only what the register rejected: all lines that are named, or nothing', async (night) => {
      const { ledger } = night;
      const { id } = await judged(night);
      expect(why(await ledger.retry(lines(id, 2, 3, 4, 9), note))).toEqual(['accepted', 'invalid', 'noReport']);
      expect(await ledger.counts(id)).toMatchObject({ rejected: 1 });
      expect(await ledger.retry({ kind: 'all', exportId: id }, note)).toMatchObject({ reports: [{ line: 3 }] });
      expect(why(await ledger.retry(lines(id, 3), note))).toEqual(['open']);
      expect(why(await ledger.retry({ kind: 'all', exportId: id }, note))).toEqual(['invalid']);
    });

    holds('not what waits for a date, nor what is held', async (night) => {
      const { ledger } = night;
      const loans = await night.mapped('AddLoans', [report('1', at(2))]);
      const [batch] = await night.plan(loans);
      if (!batch) throw new Error('nothing was planned');
      await night.send(batch);
      const [only] = await ledger.batchReports(batch.id);
      await night.settle(batch, { exceptions: [deferred(only?.id ?? 0, start + 7)] });
      const payments = await night.mapped('Repayments', [report('a', { loan: 'Other:1' })]);
      await night.plan(payments);
      expect(why(await ledger.retry(lines(loans, 2), note))).toEqual(['open']);
      expect(why(await ledger.retry(lines(payments, 2), note))).toEqual(['held']);
    });

    holds('not what a correction has answered: accepted, on its way, or failed in its turn', async (night) => {
      const { ledger } = night;
      const { id } = await judged(night);
      const { sha256 } = await night.exported(id);
      const failed = await night.mapped('Repayments', [invalidReport('2', { fixesLine: 3 })], { correctionOf: sha256 });
      expect(why(await ledger.retry(lines(id, 3), note))).toEqual(['superseded']);
      const later = await night.mapped('Repayments', [report('2', { fixesLine: 3 })], { correctionOf: sha256 });
      expect(why(await ledger.retry(lines(id, 3), note))).toEqual(['underWay']);
      await night.pass(later);
      expect(why(await ledger.retry(lines(id, 3), note))).toEqual(['corrected']);
      expect(why(await ledger.retry(lines(failed, 2), note))).toEqual(['corrected']);
    });

    holds(
      'a rejected correction is what goes again, not what it corrects; accepted, it corrects that',
      async (night) => {
        const { ledger } = night;
        const { id } = await judged(night);
        const { sha256 } = await night.exported(id);
        const correction = await night.mapped('Repayments', [report('2', { fixesLine: 3 })], { correctionOf: sha256 });
        const [batch] = await night.plan(correction);
        if (batch) await night.send(batch);
        if (batch) await night.reject(batch, ['2']);
        expect(why(await ledger.retry(lines(id, 3), note))).toEqual(['superseded']);
        expect((await ledger.retry(lines(correction, 2), note)).kind).toBe('done');
        await night.pass(correction);
        expect(await ledger.counts(id)).toMatchObject({ corrected: 1 });
      },
    );

    holds('not what came again in a later export: it would be doubled', async (night) => {
      const { ledger } = night;
      const { id } = await judged(night);
      const later = await night.mapped('Repayments', [report('2', at(7))], { round: 2 });
      expect(why(await ledger.retry(lines(id, 3), note))).toEqual(['replaced']);
      await night.pass(later);
      expect(why(await ledger.retry({ kind: 'loan', loans: ['Other:2'] }, note))).toContain('replaced');
    });

    holds('not what was resolved, before that is taken back', async (night) => {
      const { ledger } = night;
      const { id } = await judged(night);
      await ledger.resolve(lines(id, 3), { ...note, code: 'RESOLVED' }, false);
      expect(why(await ledger.retry(lines(id, 3), note))).toEqual(['resolved']);
      await ledger.takeBackResolution(lines(id, 3));
      expect((await ledger.retry(lines(id, 3), note)).kind).toBe('done');
    });

    holds('it is never in flight together with a later report on its loan, nor is that with it', async (night) => {
      const { ledger } = night;
      const { id } = await judged(night);
      const later = await night.mapped('Repayments', [report('x', { loan: 'Other:2' })], { round: 2 });
      const [flying] = await night.plan(later);
      if (!flying) throw new Error('nothing was planned');
      await ledger.retry(lines(id, 3), note);
      for (const step of ['planned', 'sent'] as const) {
        expect(await night.gates(id)).toEqual(['2 wait']);
        if (step === 'planned') await night.send(flying);
      }
      await night.settle(flying);
      const after = await night.mapped('Repayments', [report('y', { loan: 'Other:2' })], { round: 3 });
      expect(await night.gates(id)).toEqual(['2 free']);
      expect(await night.gates(after)).toEqual(['y wait']);
      await night.plan(id);
      expect(await night.gates(after)).toEqual(['y wait']);
    });

    holds('a loan that goes again lets what it holds wait, and go once it is accepted', async (night) => {
      const { ledger } = night;
      const loans = await night.mapped('AddLoans', [report('1', at(2)), report('2', at(3))]);
      const [batch] = await night.plan(loans);
      if (!batch) throw new Error('nothing was planned');
      await night.send(batch);
      await night.reject(batch, ['1']);
      const payments = await night.mapped('Repayments', [report('a', { loan: 'Other:1' })]);
      await night.plan(payments);
      expect(await ledger.counts(payments)).toMatchObject({ held: 1 });
      await ledger.retry(lines(loans, 2), note);
      await night.pass(loans);
      expect(await night.gates(payments)).toEqual(['a free']);
    });
  });
}
