import { describe, expect, type TestAPI } from 'vitest';
import { linkHash } from '../../src/ledger/evidence.ts';
import type { StagedFinding } from '../../src/ledger/ledger.ts';
import { all, type Driver, invalidReport, newExport, report, stagedFinding } from './builders.ts';

const note: StagedFinding = stagedFinding('RESOLVED', { stage: 'send', severity: 'warning', message: 'Said today.' });

/** What every keeper promises of the chain of events, and of receipts. */
export function evidenceSuite(
  name: string,
  holds: (title: string, work: (night: Driver) => Promise<void>) => ReturnType<TestAPI>,
): void {
  const kinds = async ({ ledger }: Driver) => (await all(ledger.events())).map(({ kind }) => kind);

  describe(`${name}: evidence`, () => {
    holds('nights are told from the last final receipt of each export, by day', async (night) => {
      const { ledger } = night;
      const told = (accepted: number, rejected: number, late = 0) =>
        JSON.stringify({
          counts: { accepted, rejected, invalid: 1, rowsInvalid: 0 },
          deadlines: { met: accepted - late, late },
        });
      const first = await night.take(newExport('AddLoans', { day: '2026-05-19' }));
      const second = await night.take(newExport('Repayments', { day: '2026-05-19' }));
      const open = await night.take(newExport('AddLoans', { day: '2026-05-20' }));
      await ledger.keepReceipt(first, told(3, 2), {});
      await ledger.keepReceipt(first, told(4, 1), {});
      await ledger.keepReceipt(second, told(10, 0, 7), {});
      await ledger.keepReceipt(open, told(1, 1), {});
      const day = { day: '2026-05-19', accepted: 14, failed: 3, met: 7, late: 7 };
      expect(await ledger.nights('2026-05-19', [open])).toEqual([day]);
      expect(await ledger.nights('2026-05-19', [])).toEqual([
        day,
        { day: '2026-05-20', accepted: 1, failed: 2, met: 1, late: 0 },
      ]);
      expect(await ledger.nights('2026-05-21', [])).toEqual([]);
    });

    holds('the last final receipt of each export is read back without its batches', async (night) => {
      const { ledger } = night;
      const [first, second] = [await night.take(newExport('AddLoans')), await night.take(newExport('Repayments'))];
      await night.take(newExport('TerminateLoans'));
      const told = (state: string) => JSON.stringify({ state, batches: [{ reference: 'L1' }], nextStep: 'Nothing.' });
      await ledger.keepReceipt(first, told('needsFixing'), {});
      await ledger.keepReceipt(second, told('complete'), {});
      await ledger.keepReceipt(first, told('complete'), {});
      const kept = JSON.stringify({ state: 'complete', nextStep: 'Nothing.' });
      expect(await all(ledger.finalReceipts())).toEqual([
        { exportId: first, receipt: kept },
        { exportId: second, receipt: kept },
      ]);
    });

    holds('each step of an export is a link, hashed over the one before', async (night) => {
      const { ledger } = night;
      const id = await night.mapped('AddLoans', [
        report('1'),
        report('2', { line: 3 }),
        invalidReport('3', { line: 4 }),
      ]);
      const [batch] = await night.plan(id);
      if (batch) await night.send(batch);
      if (batch) await night.reject(batch, ['2']);
      await ledger.resolve({ kind: 'lines', exportId: id, lines: [4] }, note, false);
      await ledger.takeBackResolution({ kind: 'lines', exportId: id, lines: [4] });
      await ledger.retry({ kind: 'lines', exportId: id, lines: [3] }, note);
      expect(await kinds(night)).toEqual([
        'taken',
        'mapped',
        'planned',
        'verdict',
        'resolved',
        'resolutionTakenBack',
        'retried',
      ]);
      const chain = await all(ledger.events());
      const { sha256 } = await night.exported(id);
      let before = '';
      for (const [at, link] of chain.entries()) {
        expect(link).toMatchObject({ n: at + 1, exportSha256: sha256, hash: linkHash(before, link) });
        before = link.hash;
      }
      expect(JSON.parse(chain[2]?.detail ?? '')).toEqual({
        reference: batch?.reference,
        bodySha256: batch?.bodySha256,
        count: 2,
      });
      expect(JSON.parse(chain[4]?.detail ?? '')).toEqual({ lines: [4], said: 'Said today.' });
    });

    holds('so is what a person says of an export, and nothing that was refused or came again', async (night) => {
      const { ledger } = night;
      const taken = newExport('AddLoans');
      const id = await night.take(taken);
      await ledger.awaitApproval(id, []);
      await ledger.withdraw(id, note, 'unsent');
      await ledger.withdraw(id, note, 'unsent');
      await ledger.approve(id, note);
      await ledger.takeExport(taken);
      await ledger.refuseExport(id, []);
      await ledger.resolve({ kind: 'lines', exportId: id, lines: [9] }, note, false);
      expect(await kinds(night)).toEqual(['taken', 'awaitingApproval', 'withdrawn', 'approved', 'refused']);
    });

    holds(
      'a receipt is a revision when it is another one than before; what it rests on may change without',
      async (night) => {
        const { ledger } = night;
        const id = await night.mapped('AddLoans', [report('1')]);
        const files = { 'accepted.csv': 'a' };
        for (const text of ['one', 'one', 'two', 'one']) await ledger.keepReceipt(id, text, files);
        await ledger.keepReceipt(id, 'one', { 'accepted.csv': 'b' });
        expect(await ledger.receiptRevisions(id)).toEqual(['one', 'two', 'one']);
        const told = (await all(ledger.events())).filter(({ kind }) => kind === 'receipt');
        expect(told.map(({ detail }) => JSON.parse(detail).revision)).toEqual([1, 2, 3, 3]);
        expect(await ledger.receiptRevisions(99)).toEqual([]);
      },
    );

    holds('a step that is taken back whole leaves no link', async (night) => {
      const id = await night.mapped('AddLoans', [report('1')]);
      const [batch] = await night.plan(id);
      const before = await kinds(night);
      await expect(night.settle(batch ?? ({} as never), { state: 'failed' })).rejects.toThrow(/without a word/);
      expect(await kinds(night)).toEqual(before);
    });
  });
}
