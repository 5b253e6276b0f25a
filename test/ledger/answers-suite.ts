import { describe, expect, type TestAPI } from 'vitest';
import type { Answering, StagedReport } from '../../src/ledger/ledger.ts';
import { all, type Driver, report, stagedFinding, start } from './builders.ts';

const question = (reference: string, line: number): StagedReport =>
  report(reference, { line, lastLine: line, loan: null, text: `{"loanNumber":"${reference}"}` });

const answer = (text: string): Answering => ({ status: 200, text, at: start, refused: null });
const { report: _, ...finding } = stagedFinding('QUESTION_REFUSED', { stage: 'register', registerCode: 'X1' });
const refusal: Answering = { status: 400, text: 'no', at: start + 1, refused: [finding] };
const note = stagedFinding('RETRIED', { stage: 'send', severity: 'warning' });

/** What every keeper promises of questions and their answers. */
export function answersSuite(
  name: string,
  holds: (title: string, work: (night: Driver) => Promise<void>) => ReturnType<TestAPI>,
): void {
  const open = async ({ ledger }: Driver, limit = 10) =>
    (await ledger.openQuestions(['GetLoan'], limit)).map(({ line }) => line);
  /** Questions on lines 2, 3, 4. */
  const asked = async (night: Driver) => {
    const id = await night.mapped('GetLoan', [question('1', 2), question('2', 3), question('3', 4)]);
    const [first, second, third] = await night.ledger.openQuestions(['GetLoan'], 3);
    if (!first || !second || !third) throw new Error('too few questions');
    return { id, first, second, third };
  };

  describe(`${name}: questions`, () => {
    holds('are asked in the order of their rows, never planned, and hold up no report on a loan', async (night) => {
      const { ledger } = night;
      await night.mapped('AddLoans', [report('1')]);
      await asked(night);
      const next = await night.mapped('Repayments', [report('p', { loan: 'Other:1' })], { round: 2 });
      expect(await open(night)).toEqual([2, 3, 4]);
      expect(await open(night, 2)).toEqual([2, 3]);
      expect(await ledger.openQuestions(['GetCreditRegisterExtract'], 10)).toEqual([]);
      expect((await ledger.toPlan(3)).map(({ api }) => api)).toEqual(['AddLoans', 'Repayments']);
      expect(await night.gates(next)).toEqual(['p wait']);
      expect(await ledger.settledReports()).toEqual({ settled: 0, all: 2 });
    });

    holds('are over with their answer, and a refused one with its findings', async (night) => {
      const { ledger } = night;
      const { id, first, second } = await asked(night);
      await ledger.keepAnswer(first.id, answer('{"loan":"ä"}'));
      await ledger.keepAnswer(second.id, refusal);
      expect(await open(night)).toEqual([4]);
      expect(await ledger.counts(id)).toMatchObject({ reportsBuilt: 3, accepted: 1, rejected: 1, pending: 1 });
      expect(await all(ledger.answers(id))).toMatchObject([
        { line: 2, question: first.text, accepted: true, status: 200, answer: '{"loan":"ä"}', answeredAt: start },
        { line: 3, question: second.text, accepted: false, status: 400, answer: 'no' },
      ]);
      expect(await all(ledger.accepted(id))).toEqual([
        { line: 2, lastLine: 2, reference: '1', batchReference: null, acceptedAt: start },
      ]);
      expect((await all(ledger.toFix(id))).map(({ line }) => line)).toEqual([3]);
      expect((await all(ledger.openReports())).map(({ line, state }) => [line, state])).toEqual([
        [3, 'rejected'],
        [4, 'waiting'],
      ]);
      expect(await ledger.reportAtLine(id, 2)).toMatchObject({ state: 'accepted', verdictAt: start });
      expect(await ledger.recentAnswers(start + 30_000)).toEqual([start, start + 1]);
      expect(await ledger.recentAnswers(start + 60_000)).toEqual([start + 1]);
      await expect(ledger.keepAnswer(first.id, answer('another'))).rejects.toThrow(/not open/);
    });

    holds('that were refused may be asked again; the new answer takes the place of the old one', async (night) => {
      const { ledger } = night;
      const { id, second } = await asked(night);
      await ledger.keepAnswer(second.id, refusal);
      await ledger.retry({ kind: 'lines', exportId: id, lines: [3] }, note);
      expect(await open(night)).toEqual([2, 3, 4]);
      expect(await all(ledger.answers(id))).toEqual([]);
      await ledger.keepAnswer(second.id, answer('{}'));
      expect(await all(ledger.answers(id))).toMatchObject([{ line: 3, accepted: true, status: 200, answer: '{}' }]);
    });

    holds('of which one was answered cannot be taken back any more', async (night) => {
      const { ledger } = night;
      const { id, first } = await asked(night);
      expect((await ledger.unsent()).map((exported) => exported.id)).toEqual([id]);
      await ledger.keepAnswer(first.id, answer('{}'));
      expect(await ledger.unsent()).toEqual([]);
      expect(await ledger.withdraw(id, { ...note, code: 'WITHDRAWN' }, 'unsent')).toBe(false);
    });
  });
}
