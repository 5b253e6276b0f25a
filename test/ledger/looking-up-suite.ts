import { describe, expect } from 'vitest';
import type { BatchRecord } from '../../src/ledger/ledger.ts';
import { block, type Driver, deferred, invalidReport, newExport, report, stagedFinding } from './builders.ts';

/** What every keeper promises of looking up reports. */
export function lookingUpSuite(
  name: string,
  holds: (title: string, work: (night: Driver) => Promise<void>) => void,
): void {
  describe(`${name}: looking up`, () => {
    holds('every report on a loan is found, with what became of it, in the order of the register', async (night) => {
      const { ledger } = night;
      const loans = await night.mapped('AddLoans', [report('new', { loan: 'Other:1' }), report('other')]);
      await night.pass(loans);
      const payments = await night.mapped('Repayments', [
        report('p1', { loan: 'Other:1', line: 2 }),
        report('p2', { loan: 'Other:1', line: 3, dueDay: '2026-05-22' }),
      ]);
      await night.pass(payments);
      const [batch] = await night.plan(payments);
      await night.send(batch as BatchRecord);
      await night.reject(batch as BatchRecord, ['p2'], 'D02');
      const found = await ledger.reportsOfLoan('Other:1');
      expect(found.map(({ api, reference, state }) => [api, reference, state])).toEqual([
        ['AddLoans', 'new', 'accepted'],
        ['Repayments', 'p1', 'accepted'],
        ['Repayments', 'p2', 'rejected'],
      ]);
      expect(found[2]).toMatchObject({
        exportId: payments,
        line: 3,
        lines: [3],
        loan: 'Other:1',
        dueDay: '2026-05-22',
        batchReference: batch?.reference,
        findings: [{ code: 'D02', stage: 'register', batchReference: batch?.reference }],
      });
      expect(found[0]).toMatchObject({ findings: [], verdictAt: night.now });
      expect(await ledger.reportsOfLoan('Other:9')).toEqual([]);
    });

    holds('what was accepted about a loan is given as it was sent; what was not, is not', async (night) => {
      const { ledger } = night;
      const first = await night.mapped('AddLoans', [report('new', { loan: 'Other:1', text: '{"a":1}' })]);
      await night.pass(first);
      const payments = await night.mapped('Repayments', [
        report('p1', { loan: 'Other:1' }),
        invalidReport('p2', { loan: 'Other:1' }),
      ]);
      expect(await ledger.acceptedTexts('Other:1')).toEqual([{ exportId: first, api: 'AddLoans', text: '{"a":1}' }]);
      const [batch] = await night.plan(payments);
      await night.settle(batch as BatchRecord, { exceptions: [] });
      expect(await ledger.acceptedTexts('Other:1')).toMatchObject([{ api: 'AddLoans' }, { api: 'Repayments' }]);
    });

    holds('loans of which something was accepted are given by name, a page at a time', async (night) => {
      const { ledger } = night;
      const anyTime = { environment: 'sandbox', since: null, until: null };
      const loans = ['Other:3', 'Other:1', 'Other:2'].map((loan) => report(loan, { loan }));
      await night.pass(await night.mapped('AddLoans', loans));
      const answered = night.now;
      await night.mapped('Repayments', [report('p', { loan: 'Other:9' })]);
      expect(await ledger.acceptedLoans(anyTime, '', 2)).toEqual(['Other:1', 'Other:2']);
      expect(await ledger.acceptedLoans(anyTime, 'Other:2', 2)).toEqual(['Other:3']);
      expect(await ledger.acceptedLoans({ ...anyTime, environment: 'test' }, '', 9)).toEqual([]);
      expect(await ledger.acceptedLoans({ ...anyTime, since: answered }, '', 9)).toHaveLength(3);
      expect(await ledger.acceptedLoans({ ...anyTime, since: answered + 1 }, '', 9)).toEqual([]);
      expect(await ledger.acceptedLoans({ ...anyTime, until: answered + 1 }, '', 9)).toHaveLength(3);
      expect(await ledger.acceptedLoans({ ...anyTime, until: 1 }, '', 9)).toEqual([]);
    });

    holds('a report is found by the line of any of its rows, while it waits for a date too', async (night) => {
      const { ledger } = night;
      const id = await night.take(newExport('AddLoans'));
      const reports = [report('a', { line: 2, lastLine: 15, lines: [2, 15] }), report('b', { line: 5 })];
      const findings = [stagedFinding('COLUMN', { report: 0, severity: 'warning' })];
      await ledger.addReports(id, block(reports, { findings }));
      await ledger.finishMapping(id);
      const [batch] = await night.plan(id);
      const later = (await ledger.batchReports(batch?.id ?? 0)).filter(({ reference }) => reference === 'b');
      await night.settle(batch as BatchRecord, {
        exceptions: later.map((each) => deferred(each.id, night.now + 1)),
      });
      expect(await ledger.reportAtLine(id, 15)).toMatchObject({ reference: 'a', lines: [2, 15], state: 'accepted' });
      expect(await ledger.reportAtLine(id, 15)).toMatchObject({ findings: [{ code: 'COLUMN' }] });
      expect(await ledger.reportAtLine(id, 5)).toMatchObject({ state: 'deferred', resendAt: night.now + 1 });
      for (const line of [1, 3, 51]) expect(await ledger.reportAtLine(id, line)).toBeUndefined();
      expect(await ledger.reportAtLine(id + 1, 5)).toBeUndefined();
    });
  });
}
