import { describe, expect, test } from 'vitest';
import { batchApis } from '../../src/contract/apis.ts';
import type { Ledger, StagedReport } from '../../src/ledger/ledger.ts';
import { makeBatch } from '../../src/submission/plan.ts';
import { tempFolder } from '../lib/temp-folder.ts';
import { answersSuite } from './answers-suite.ts';
import { approvalSuite } from './approval-suite.ts';
import {
  all,
  block,
  Driver,
  deferred,
  invalidReport,
  newExport,
  owner,
  rejected,
  report,
  stagedFinding,
  start,
  today,
} from './builders.ts';
import { evidenceSuite } from './evidence-suite.ts';
import { lookingUpSuite } from './looking-up-suite.ts';
import { resolveSuite } from './resolve-suite.ts';
import { retrySuite } from './retry-suite.ts';

const loan = (name: string, more: Partial<StagedReport> = {}): Partial<StagedReport> => ({ loan: name, ...more });
const day = 86_400_000;

/**
 * What every keeper of the `Ledger` interface promises.
 * @param open opens the ledger of a state folder, the same one again when it was opened there before
 */
export function keeperSuite(name: string, open: (folder: string) => Promise<Ledger>): void {
  async function withLedger(work: (night: Driver) => Promise<void>): Promise<void> {
    await using ledger = await open(tempFolder());
    await work(new Driver(ledger));
  }
  const holds = (title: string, work: (night: Driver) => Promise<void>) => test(title, () => withLedger(work));

  describe(`${name}: intake`, () => {
    holds('an export is recorded with everything that was known when it was taken', async ({ ledger }) => {
      const taken = newExport('Repayments', { name: 'maksut.csv', size: 12, round: 3, correctionOf: 'f'.repeat(64) });
      expect(await ledger.takeExport(taken)).toEqual({ kind: 'taken' });
      const { identity: _, mapping, ...rest } = taken;
      const { text, ...mappingKept } = mapping;
      const counted = {
        stage: 'taken',
        approved: false,
        rowsRead: 0,
        rowsSkipped: 0,
        rowsInvalid: 0,
        skipped: {},
        wave: 1,
      };
      expect(await ledger.exports()).toEqual([{ id: expect.any(Number), ...rest, mapping: mappingKept, ...counted }]);
      expect(await ledger.mappingText(mapping.sha256)).toBe(text);
      expect(await ledger.mappingText('unheard of')).toBeUndefined();
    });

    holds('a take that was interrupted before the inbox was cleared is already recorded', async ({ ledger }) => {
      const taken = newExport('AddLoans');
      await ledger.takeExport(taken);
      expect(await ledger.takeExport(taken)).toEqual({ kind: 'already' });
      expect(await ledger.exports()).toHaveLength(1);
      expect(await ledger.exportsAgain()).toEqual([]);
    });

    holds('the same bytes dropped again are counted, and each drop once', async ({ ledger }) => {
      const taken = newExport('AddLoans');
      await ledger.takeExport(taken);
      const second = { ...taken, name: 'copy.csv', identity: 'second', takenAt: start + 1 };
      const third = { ...taken, identity: 'third' };
      const [first] = await ledger.exports();
      expect(await ledger.takeExport(second)).toEqual({ kind: 'again', first, n: 1 });
      expect(await ledger.takeExport(second)).toEqual({ kind: 'already' });
      expect(await ledger.takeExport(third)).toEqual({ kind: 'again', first, n: 2 });
      expect(await ledger.exports()).toEqual([first]);
      const kept = { id: expect.any(Number), exportId: first?.id, takenAt: start, day: today };
      expect(await ledger.exportsAgain()).toEqual([
        { ...kept, n: 1, name: 'copy.csv', takenAt: start + 1 },
        { ...kept, n: 2, name: taken.name },
      ]);
    });

    holds('again is counted for each export on its own', async ({ ledger }) => {
      const [a, b] = [newExport('AddLoans'), newExport('AddLoans')];
      for (const taken of [a, b]) await ledger.takeExport(taken);
      await ledger.takeExport({ ...a, identity: 'x' });
      expect(await ledger.takeExport({ ...b, identity: 'y' })).toMatchObject({ n: 1, first: { sha256: b.sha256 } });
    });

    holds('the same name with other bytes is a new export', async ({ ledger }) => {
      await ledger.takeExport(newExport('AddLoans', { name: 'one.csv' }));
      expect(await ledger.takeExport(newExport('AddLoans', { name: 'one.csv' }))).toEqual({ kind: 'taken' });
      expect(await ledger.exports()).toHaveLength(2);
    });

    holds('a night goes on until something of it is mapped, over any number of kills', async (night) => {
      expect(await night.ledger.nextRound()).toBe(1);
      await night.take(newExport('AddLoans'));
      expect(await night.ledger.nextRound()).toBe(1);
      await night.mapped('Repayments', [report('1')]);
      expect(await night.ledger.nextRound()).toBe(2);
    });

    holds('what could not be sent goes before the reports of the next night, whatever their APIs', async (night) => {
      const { ledger } = night;
      await night.mapped('AddLoans', [invalidReport('1', { loan: 'Other:1' })]);
      const delays = await night.mapped('DelayedRepayments', [report('d', { loan: 'Other:1' })]);
      await night.plan(delays);
      const round = await ledger.nextRound();
      const loans = await night.mapped('AddLoans', [report('2', { loan: 'Other:1' })], { round });
      const payments = await night.mapped('Repayments', [report('p', { loan: 'Other:1' })], { round });
      await night.pass(loans);
      expect(await night.gates(delays)).toEqual(['d free']);
      expect(await night.gates(payments)).toEqual(['p wait']);
    });

    holds('exports of a night are mapped in the register’s order, and night after night', async (night) => {
      for (const round of [2, 1])
        for (const api of batchApis.toReversed()) await night.take(newExport(api, { round, name: `${round} ${api}` }));
      const inOrder = [1, 2].flatMap((round) => batchApis.map((api) => `${round} ${api}`));
      expect((await night.ledger.unmapped()).map((each) => each.name)).toEqual(inOrder);
      expect((await night.ledger.exports()).map((each) => each.name)).toEqual(inOrder);
    });

    holds('of two exports for one API the one taken first comes first', async (night) => {
      await night.take(newExport('AddLoans', { name: 'b' }));
      await night.take(newExport('AddLoans', { name: 'a' }));
      expect((await night.ledger.unmapped()).map((each) => each.name)).toEqual(['b', 'a']);
    });

    holds('an export that was mapped or refused is not mapped again', async (night) => {
      await night.mapped('AddLoans', [report('1')]);
      await night.ledger.refuseExport(await night.take(newExport('AddLoans')), []);
      expect(await night.ledger.unmapped()).toEqual([]);
      expect((await night.ledger.exports()).map(({ stage }) => stage)).toEqual(['mapped', 'refused']);
    });
  });

  describe(`${name}: mapping`, () => {
    holds('rows are counted block by block', async (night) => {
      const { ledger } = night;
      const id = await night.take(newExport('AddLoans'));
      await ledger.addReports(id, block([report('1')], { rowsRead: 4, rowsInvalid: 1, skipped: { A: 1, B: 1 } }));
      await ledger.addReports(id, block([], { rowsRead: 5, rowsInvalid: 2, skipped: { B: 3 } }));
      expect(await night.exported(id)).toMatchObject({
        rowsRead: 9,
        rowsInvalid: 3,
        rowsSkipped: 5,
        skipped: { A: 1, B: 4 },
      });
    });

    holds('mapping that starts over forgets everything it had staged', async (night) => {
      const { ledger } = night;
      const other = await night.take(newExport('AddLoans'));
      const id = await night.take(newExport('AddLoans'));
      const staged = block([report('1'), invalidReport('2')], {
        rowsRead: 5,
        rowsInvalid: 1,
        skipped: { A: 2 },
        findings: [stagedFinding('DATE_FORMAT', { report: 1 }), stagedFinding('ROW_WIDTH')],
      });
      await ledger.addReports(other, staged);
      await ledger.addReports(id, staged);
      await ledger.restartMapping(id);
      expect(await night.exported(id)).toMatchObject({ rowsRead: 0, rowsInvalid: 0, rowsSkipped: 0, skipped: {} });
      expect((await ledger.counts(id)).reportsBuilt).toBe(0);
      expect(await all(ledger.findings(id))).toEqual([]);
      expect((await ledger.counts(other)).reportsBuilt).toBe(2);
      expect(await all(ledger.findings(other))).toHaveLength(2);
      await ledger.addReports(id, block([report('3')]));
      await ledger.finishMapping(id);
      expect(await night.gates(id)).toEqual(['3 free']);
      expect(await night.exported(id)).toMatchObject({ rowsRead: 1, rowsSkipped: 0 });
    });

    holds('a refused export sends nothing, and tells why', async (night) => {
      const { ledger } = night;
      const id = await night.take(newExport('AddLoans'));
      await ledger.addReports(id, block([report('1'), report('2')]));
      await ledger.refuseExport(id, [stagedFinding('QUOTE_STRAY', { stage: 'read', line: 9 })]);
      expect(await ledger.toPlan(3)).toEqual([]);
      expect(await ledger.counts(id)).toMatchObject({ reportsBuilt: 2, invalid: 2, pending: 0 });
      expect(await all(ledger.findings(id))).toMatchObject([{ code: 'QUOTE_STRAY', line: 9, stage: 'read' }]);
      expect(await all(ledger.openReports())).toMatchObject([{ state: 'refused', code: 'QUOTE_STRAY', line: 9 }]);
    });

    holds('rows of a report are counted by their lines', async (night) => {
      const id = await night.mapped('AddLoans', [
        report('1'),
        report('2', { line: 3, lastLine: 9, lines: [3, 5, 9] }),
        invalidReport('3', { line: 4, lastLine: 4 }),
      ]);
      expect(await night.ledger.rowsInReports(id)).toBe(5);
    });
  });

  describe(`${name}: which exports are planned`, () => {
    const names = async ({ ledger }: Driver, patience = 3) => (await ledger.toPlan(patience)).map(({ api }) => api);

    holds('exports are planned in the register’s order, the earlier night first', async (night) => {
      const late = await night.mapped('AddLoans', [report('9')], { round: 2 });
      for (const api of batchApis.toReversed()) await night.mapped(api, [report(api)]);
      expect(await names(night)).toEqual([...batchApis, 'AddLoans']);
      expect((await night.ledger.toPlan(3)).at(-1)?.exportId).toBe(late);
    });

    holds('what goes behind all others is planned last, and holds up nothing but its own loans', async (night) => {
      const behind = ['AddLoans'];
      const stock = await night.mapped('AddLoans', [report('old'), report('shared')]);
      const next = await night.mapped('Repayments', [report('p1'), report('p2', { loan: 'Other:shared' })], {
        round: 2,
      });
      const planned = async () => (await night.ledger.toPlan(3, behind)).map((each) => [each.exportId, each.behind]);
      expect(await planned()).toEqual([
        [next, false],
        [stock, true],
      ]);
      const [batch] = await night.plan(stock);
      expect(await planned(), 'later nights do not wait for its batches').toEqual([[next, false]]);
      expect(await night.gates(next)).toEqual(['p1 free', 'p2 wait']);
      await night.commit(next, (await night.ledger.candidates(next, 1)).slice(0, 1), null);
      const due = await night.ledger.dueBatches(night.now, 9, behind);
      expect(due.due.map(({ exportId }) => exportId)).toEqual([next, stock]);
      expect([[...due.behind], due.planned, due.plannedBehind]).toEqual([[batch?.id], 1, 1]);
      expect(await night.ledger.dueBatches(night.now, 9)).toMatchObject({ planned: 2, plannedBehind: 0 });
    });

    holds('what is told of a planning is what its batches are made of', async (night) => {
      const id = await night.mapped('Repayments', [report('1'), report('2')]);
      const { sha256, mapping } = await night.exported(id);
      const told = {
        exportId: id,
        behind: false,
        api: 'Repayments',
        fileSha256: sha256,
        mappingSha256: mapping.sha256,
        environment: 'sandbox',
        owner,
      };
      expect(await night.ledger.toPlan(3)).toEqual([{ ...told, wave: 1, begun: false, batches: 0 }]);
      const [first] = await night.ledger.candidates(id, 1);
      await night.commit(id, first ? [first] : [], null);
      expect(await night.ledger.toPlan(3), 'a later wave waits for the verdicts of the one before').toEqual([]);
      expect(await night.ledger.toPlan(0)).toEqual([{ ...told, wave: 2, begun: false, batches: 1 }]);
    });

    holds('an export that is still being mapped is not planned', async (night) => {
      const id = await night.take(newExport('AddLoans'));
      await night.ledger.addReports(id, block([report('1')]));
      expect(await names(night)).toEqual([]);
    });

    holds('an export with nothing ready is not planned', async (night) => {
      await night.mapped('AddLoans', [invalidReport('1')]);
      const done = await night.mapped('UpdateLoans', [report('2')]);
      await night.pass(done);
      expect(await names(night)).toEqual([]);
    });

    for (const [state, title] of [
      ['planned', 'is planned'],
      ['sending', 'is on its way'],
      ['unknown', 'is unknown'],
      ['sent', 'is with the register'],
    ] as const)
      holds(`an export waits while a batch of an earlier one ${title}`, async (night) => {
        const [batch] = await night.plan(await night.mapped('AddLoans', [report('1')]));
        await night.mapped('UpdateLoans', [report('2')]);
        const { ledger, now } = night;
        const end = { outcome: state, httpStatus: null, correlationId: null, nextAt: now };
        if (batch && state !== 'planned') await ledger.beginPost(batch.id, now);
        if (batch && (state === 'unknown' || state === 'sent')) await ledger.endPost(batch.id, { ...end, state }, now);
        expect(await night.batch(1)).toMatchObject({ state });
        expect(await names(night)).toEqual([]);
      });

    holds('a predecessor that was asked about often enough holds nobody up any more', async (night) => {
      const [batch] = await night.plan(await night.mapped('AddLoans', [report('1')]));
      await night.mapped('UpdateLoans', [report('2')]);
      if (!batch) throw new Error('nothing was planned');
      await night.send(batch);
      for (const asked of [1, 2, 3]) {
        expect(await names(night, 3)).toEqual([]);
        await night.ledger.noteAnswer(batch.id, processing(night.now));
        expect((await night.batch(batch.exportId)).asked).toBe(asked);
      }
      expect(await names(night, 3)).toEqual(['UpdateLoans']);
      expect(await names(night, 4)).toEqual([]);
    });

    holds('an export does not wait for those after it, nor for batches that have ended', async (night) => {
      const adds = await night.mapped('AddLoans', [report('1')]);
      const endings = await night.mapped('TerminateLoans', [report('3')]);
      await night.plan(endings);
      expect(await names(night)).toEqual(['AddLoans']);
      await night.pass(adds);
      await night.mapped('Repayments', [report('2')]);
      expect(await names(night)).toEqual(['Repayments']);
    });
  });

  describe(`${name}: the gate`, () => {
    holds(
      'candidates come in file order with the text they are sent as, and not more than asked for',
      async (night) => {
        const id = await night.mapped('AddLoans', [report('b'), invalidReport('x'), report('a'), report('c')]);
        expect(await night.ledger.candidates(id, 2)).toEqual([
          { id: expect.any(Number), reference: 'b', generation: 0, gate: 'free', text: '{"reportReference":"b"}' },
          { id: expect.any(Number), reference: 'a', generation: 0, gate: 'free', text: '{"reportReference":"a"}' },
        ]);
        expect(await night.gates(id)).toEqual(['b free', 'a free', 'c free']);
      },
    );

    holds('of two reports on one loan in one export the second waits', async (night) => {
      const id = await night.mapped('Repayments', [
        report('1', loan('L')),
        report('2', loan('M')),
        report('3', loan('L')),
      ]);
      expect(await night.gates(id)).toEqual(['1 free', '2 free', '3 wait']);
    });

    for (const state of ['ready', 'planned'] as const)
      holds(`a report waits while one on its loan in an earlier export is ${state}`, async (night) => {
        const adds = await night.mapped('AddLoans', [report('add', loan('L'))]);
        const changes = await night.mapped('UpdateLoans', [report('change', loan('L')), report('other', loan('M'))]);
        if (state === 'planned') await night.plan(adds);
        expect(await night.gates(changes)).toEqual(['change wait', 'other free']);
      });

    holds(
      'a loan that goes again on a date holds its dependants until then; any other report makes them wait',
      async (night) => {
        const goesAgain = async (id: number) => {
          const [batch] = await night.plan(id);
          if (!batch) throw new Error('nothing was planned');
          const reports = await night.ledger.batchReports(batch.id);
          await night.settle(batch, { exceptions: reports.map((each) => deferred(each.id, start + 7 * day)) });
        };
        await goesAgain(await night.mapped('AddLoans', [report('add', loan('L'))]));
        await goesAgain(await night.mapped('UpdateLoans', [report('change', loan('M'))]));
        const payments = await night.mapped('Repayments', [report('held', loan('L')), report('waits', loan('M'))]);
        expect(await night.gates(payments)).toEqual(['held held', 'waits wait']);
      },
    );

    holds('a report of an earlier night comes first, whatever its API', async (night) => {
      const tonight = await night.mapped('AddLoans', [report('new', loan('L'))], { round: 12 });
      const before = await night.mapped('TerminateLoans', [report('end', loan('L'))], { round: 11 });
      expect(await night.gates(before)).toEqual(['end free']);
      expect(await night.gates(tonight)).toEqual(['new wait']);
    });

    holds('a report does not wait for a later one, nor for one that can never be sent', async (night) => {
      await night.mapped('UpdateLoans', [report('later', loan('L'))]);
      await night.mapped('AddLoans', [invalidReport('broken', loan('M'))], { round: 1 });
      const adds = await night.mapped('AddLoans', [report('add', loan('L'))]);
      expect(await night.gates(adds)).toEqual(['add free']);
    });

    holds('the second report on a loan waits for the next wave even when the first has its verdict', async (night) => {
      const id = await night.mapped('Repayments', [report('1', loan('L')), report('2', loan('L'))]);
      const [first] = await night.ledger.candidates(id, 1);
      if (!first) throw new Error('no candidate');
      const [batch] = await night.commit(id, [first], first.id);
      if (!batch) throw new Error('nothing was planned');
      await night.send(batch);
      await night.settle(batch);
      expect(await night.gates(id)).toEqual(['2 wait']);
      await night.commit(id, [], null);
      expect(await night.gates(id)).toEqual(['2 free']);
      expect((await night.exported(id)).wave).toBe(2);
    });

    holds('what was looked at in a wave is not looked at again before the next', async (night) => {
      const id = await night.mapped('Repayments', [report('1'), report('2', loan('Other:1')), report('3')]);
      const found = await night.ledger.candidates(id, 2);
      await night.commit(id, found, found.at(-1)?.id ?? 0);
      expect(await night.gates(id)).toEqual(['3 free']);
      await night.plan(id);
      expect(await night.gates(id)).toEqual(['2 wait']);
    });

    holds('reports whose loan was rejected or invalid are held; other loans are not', async (night) => {
      const adds = await night.mapped('AddLoans', [
        report('a', loan('L')),
        invalidReport('b', loan('M')),
        report('c', loan('N')),
      ]);
      const changes = await night.mapped('UpdateLoans', [
        report('1', loan('L')),
        report('2', loan('M')),
        report('3', loan('N')),
        report('4', loan('older')),
      ]);
      const [batch] = await night.plan(adds);
      if (!batch) throw new Error('nothing was planned');
      await night.send(batch);
      await night.reject(batch, ['a']);
      expect(await night.gates(changes)).toEqual(['1 held', '2 held', '3 free', '4 free']);
      await night.plan(changes);
      expect(await night.ledger.counts(changes)).toMatchObject({ held: 2, pending: 2 });
    });

    holds(
      'only a rejected new loan holds: a rejected change does not, and a new loan is never held itself',
      async (night) => {
        const changes = await night.mapped('UpdateLoans', [report('a', loan('L'))], { round: 12 });
        const [batch] = await night.plan(changes);
        if (!batch) throw new Error('nothing was planned');
        await night.send(batch);
        await night.reject(batch, ['a']);
        expect(await night.gates(await night.mapped('Repayments', [report('b', loan('L'))], { round: 12 }))).toEqual([
          'b free',
        ]);
        await night.mapped('AddLoans', [invalidReport('c', loan('M'))], { round: 12 });
        const again = await night.mapped('AddLoans', [report('d', loan('M'))], { round: 12 });
        expect(await night.gates(again)).toEqual(['d free']);
      },
    );

    holds('a loan that was accepted before holds nobody, whatever is rejected later', async (night) => {
      await night.pass(await night.mapped('AddLoans', [report('a', loan('L'))]));
      await night.mapped('AddLoans', [invalidReport('b', loan('L'))], { round: 2 });
      const changes = await night.mapped('UpdateLoans', [report('c', loan('L'))], { round: 2 });
      expect(await night.gates(changes)).toEqual(['c free']);
    });

    holds('held reports leave by themselves once their loan is accepted', async (night) => {
      await night.mapped('AddLoans', [invalidReport('a', loan('L')), invalidReport('x', loan('M'))]);
      const changes = await night.mapped('UpdateLoans', [report('b', loan('L')), report('y', loan('M'))]);
      const endings = await night.mapped('TerminateLoans', [report('c', loan('L'))]);
      for (const id of [changes, endings]) await night.plan(id);
      expect(await night.ledger.toPlan(3)).toEqual([]);
      await night.pass(await night.mapped('AddLoans', [report('a', loan('L'))], { round: 2 }));
      expect(await night.gates(changes)).toEqual(['b free']);
      expect(await night.gates(endings)).toEqual(['c wait']);
      expect(await night.ledger.counts(changes)).toMatchObject({ held: 1, pending: 1 });
    });

    holds('the acceptance of a change releases nothing', async (night) => {
      await night.mapped('AddLoans', [invalidReport('a', loan('L'))]);
      const payments = await night.mapped('Repayments', [report('p', loan('L'))]);
      await night.plan(payments);
      const free = await night.mapped('UpdateLoans', [report('c', loan('M'))]);
      await night.pass(free);
      expect(await night.ledger.counts(payments)).toMatchObject({ held: 1 });
    });
  });

  describe(`${name}: batches`, () => {
    async function sentBatch(night: Driver, ...references: string[]) {
      const id = await night.mapped(
        'AddLoans',
        references.map((reference, i) => report(reference, { line: i + 2, lastLine: i + 2 })),
      );
      const [batch] = await night.plan(id);
      if (!batch) throw new Error('nothing was planned');
      await night.send(batch);
      return batch;
    }

    holds('a planned batch has its bytes, its reports in order, and waits to be sent', async (night) => {
      const id = await night.mapped('AddLoans', [
        report('1', { line: 2, lastLine: 3, lines: [2, 3] }),
        report('2', { line: 4, lastLine: 4 }),
      ]);
      const [batch] = await night.plan(id);
      expect(batch).toEqual({
        id: expect.any(Number),
        exportId: id,
        api: 'AddLoans',
        number: 1,
        generation: 0,
        reference: expect.stringMatching(/^AddLoans-/),
        count: 2,
        state: 'planned',
        registerStatus: null,
        reported: null,
        attempts: 0,
        asked: 0,
        notFound: 0,
        plannedAt: start,
        sentAt: null,
        verdictAt: null,
        correlationId: null,
        nextAt: start,
        bodySha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        fileSha256: (await night.exported(id)).sha256,
        mappingSha256: (await night.exported(id)).mapping.sha256,
      });
      const body = await night.ledger.batchBody(batch?.id ?? 0);
      expect(body.head.startsWith('{"targetEnvironment":"Test"')).toBe(true);
      expect(body.tail).toBe(']}');
      expect(body.texts).toEqual(['{"reportReference":"1"}', '{"reportReference":"2"}']);
      expect(await night.ledger.batchReports(batch?.id ?? 0)).toEqual([
        { id: expect.any(Number), reference: '1', line: 2, lastLine: 3, deferrals: 0 },
        { id: expect.any(Number), reference: '2', line: 4, lastLine: 4, deferrals: 0 },
      ]);
    });

    holds('a plan is committed whole or not at all', async (night) => {
      const id = await night.mapped('AddLoans', [report('1'), report('2')]);
      const found = await night.ledger.candidates(id, 10);
      const source = {
        environment: 'e',
        ownerIdCode: 'o',
        api: 'AddLoans',
        fileSha256: 'f',
        mappingSha256: 'm',
      } as const;
      const one = makeBatch(found.slice(0, 1), 1, source, { head: '', tail: '' });
      const same = { ...makeBatch(found.slice(1), 2, source, { head: '', tail: '' }), reference: one.reference };
      const step = {
        exportId: id,
        api: 'AddLoans',
        wave: 1,
        batches: [one, same],
        held: [],
        lookedUpTo: null,
      } as const;
      await expect(night.ledger.commitPlan(step, start)).rejects.toThrow();
      expect(await night.ledger.batches(id)).toEqual([]);
      expect(await night.gates(id)).toEqual(['1 free', '2 free']);
      expect((await night.exported(id)).wave).toBe(1);
    });

    holds('a POST may begin only for a batch that is planned or unknown', async (night) => {
      const { ledger, now } = night;
      const [batch] = await night.plan(await night.mapped('AddLoans', [report('1')]));
      if (!batch) throw new Error('nothing was planned');
      await ledger.beginPost(batch.id, now);
      await expect(ledger.beginPost(batch.id, now)).rejects.toThrow(/cannot be sent/);
      await night.ledger.recover(now);
      await ledger.beginPost(batch.id, now);
      const end = { outcome: 'x', httpStatus: null, correlationId: 'c-1', nextAt: now + 5 };
      await ledger.endPost(batch.id, { ...end, state: 'sent' }, now);
      await expect(ledger.beginPost(batch.id, now)).rejects.toThrow(/cannot be sent/);
      expect(await night.batch(batch.exportId)).toMatchObject({
        state: 'sent',
        attempts: 2,
        correlationId: 'c-1',
        nextAt: now + 5,
      });
      await night.settle(batch);
      await expect(ledger.beginPost(batch.id, now)).rejects.toThrow(/cannot be sent/);
      expect(await ledger.recentPosts(now)).toHaveLength(2);
    });

    holds('after a crash the batches on their way are unknown, the others as they were', async (night) => {
      const id = await night.mapped(
        'AddLoans',
        ['1', '2', '3', '4'].map((reference) => report(reference)),
      );
      const [a, b, c] = await night.plan(id, 1);
      if (!a || !b || !c) throw new Error('too few batches');
      await night.send(a);
      await night.ledger.beginPost(b.id, start);
      await night.ledger.beginPost(c.id, start);
      expect(await night.ledger.recover(start + 50)).toBe(2);
      const states = (await night.ledger.batches(id)).map(({ state, nextAt }) => `${state} ${nextAt - start}`);
      expect(states).toEqual(['sent 0', 'unknown 50', 'unknown 50', 'planned 0']);
      expect(await night.ledger.counts(id)).toMatchObject({ unknown: 2, pending: 2 });
      expect(await night.ledger.recover(start)).toBe(0);
    });

    holds('open batches come soonest first: unknown, then sent, then planned', async (night) => {
      const id = await night.mapped(
        'AddLoans',
        ['1', '2', '3', '4', '5', '6'].map((reference) => report(reference)),
      );
      const [a, b, c, d, e] = await night.plan(id, 1);
      if (!a || !b || !c || !d || !e) throw new Error('too few batches');
      const end = { outcome: 'x', httpStatus: null, correlationId: null };
      for (const [batch, state, nextAt] of [
        [b, 'sent', start + 9],
        [c, 'sent', start + 1],
        [d, 'unknown', start + 99],
        [e, 'unknown', start + 98],
      ] as const) {
        await night.ledger.beginPost(batch.id, start);
        await night.ledger.endPost(batch.id, { ...end, state, nextAt }, start);
      }
      const f = await night.batch(id, -1);
      expect((await night.ledger.openBatches(10)).map((open) => open.id)).toEqual(
        [e, d, c, b, a, f].map((batch) => batch.id),
      );
      expect((await night.ledger.openBatches(2)).map((open) => open.id)).toEqual([e.id, d.id]);
      await night.settle(c);
      expect(await night.ledger.openBatches(10)).toHaveLength(5);
    });

    holds('answers are counted: how often asked, how often never heard of', async (night) => {
      const batch = await sentBatch(night, '1');
      const note = async (notFound: 'counts' | 'resets' | 'same') => {
        await night.ledger.noteAnswer(batch.id, { ...processing(start + 7), state: 'unknown', notFound });
        const { asked, notFound: times } = await night.batch(batch.exportId);
        return [asked, times];
      };
      expect(await note('counts')).toEqual([1, 1]);
      expect(await note('counts')).toEqual([2, 2]);
      expect(await note('same')).toEqual([3, 2]);
      expect(await note('resets')).toEqual([4, 0]);
      await note('counts');
      await night.ledger.beginPost(batch.id, start + 60);
      expect(await night.batch(batch.exportId)).toMatchObject({ notFound: 0, sentAt: start + 60 });
      await night.ledger.endPost(
        batch.id,
        { state: 'sent', outcome: 'sent', httpStatus: 202, correlationId: null, nextAt: 0 },
        start,
      );
      expect(await night.batch(batch.exportId)).toMatchObject({ asked: 0 });
    });

    holds('what GetBatchStatus told is kept; a correlation id is not lost to an answer without one', async (night) => {
      const batch = await sentBatch(night, '1');
      await night.ledger.noteAnswer(batch.id, { ...processing(start + 7), correlationId: 'c-7' });
      await night.ledger.noteAnswer(batch.id, processing(start + 9));
      expect(await night.batch(batch.exportId)).toMatchObject({
        state: 'sent',
        registerStatus: 'Processed',
        correlationId: 'c-7',
        nextAt: start + 9,
        notFound: 0,
      });
    });

    holds('a verdict accepts all but the exceptions', async (night) => {
      const batch = await sentBatch(night, '1', '2', '3');
      night.now = start + 500;
      await night.reject(batch, ['2']);
      const { ledger } = night;
      expect(await ledger.counts(batch.exportId)).toMatchObject({ accepted: 2, rejected: 1, pending: 0, unknown: 0 });
      const { reference } = batch;
      expect(await all(ledger.accepted(batch.exportId))).toEqual([
        { line: 2, lastLine: 2, reference: '1', batchReference: reference, acceptedAt: start + 500 },
        { line: 4, lastLine: 4, reference: '3', batchReference: reference, acceptedAt: start + 500 },
      ]);
      expect(await night.batch(batch.exportId)).toMatchObject({
        state: 'settled',
        verdictAt: start + 500,
        registerStatus: 'FinishedPartialSuccess',
        reported: 3,
      });
      expect(await all(ledger.findings(batch.exportId))).toMatchObject([
        { code: 'D02', registerCode: 'D02', stage: 'register', reportReference: '2', batchReference: reference },
      ]);
      expect(await all(ledger.toFix(batch.exportId))).toMatchObject([
        { reference: '2', findings: [{ registerCode: 'D02' }] },
      ]);
    });

    holds('a deferred report goes again on its day, under a new generation, and not before', async (night) => {
      const batch = await sentBatch(night, '1', '2');
      const { ledger } = night;
      const reports = await ledger.batchReports(batch.id);
      await night.settle(batch, { exceptions: [deferred(reports[0]?.id ?? 0, start + 7 * day)] });
      expect(await ledger.nextResend(batch.exportId)).toBe(start + 7 * day);
      expect((await ledger.counts(batch.exportId)).pendingBy.toResend).toBe(1);
      expect(await ledger.releaseDeferred(start + 7 * day - 1)).toBe(0);
      expect(await ledger.toPlan(3)).toEqual([]);
      expect(await ledger.releaseDeferred(start + 7 * day)).toBe(1);
      expect(await ledger.nextResend(batch.exportId)).toBeNull();
      const again = await ledger.candidates(batch.exportId, 10);
      expect(again).toMatchObject([{ reference: '1', generation: 1, gate: 'free' }]);
      const [next] = await night.plan(batch.exportId);
      expect(next).toMatchObject({ generation: 1, count: 1 });
      expect(next?.reference).not.toBe(batch.reference);
      const [resent] = await ledger.batchReports(next?.id ?? 0);
      expect(resent).toMatchObject({ reference: '1', deferrals: 1, id: reports[0]?.id });
    });

    holds('a batch that was refused goes on in parts; its own bytes stay told', async (night) => {
      const batch = await sentBatch(night, '1', '2', '3');
      const { ledger } = night;
      const { reports, head, tail } = await night.contents(batch.id);
      const source = {
        environment: 'e',
        ownerIdCode: 'o',
        api: 'AddLoans',
        fileSha256: 'f',
        mappingSha256: 'm',
      } as const;
      const parts = [reports.slice(0, 1), reports.slice(1, 2)].map((part) =>
        makeBatch(
          part.map((each) => ({ ...each, generation: 1 })),
          batch.number,
          source,
          { head, tail },
        ),
      );
      night.now = start + 5;
      await night.settle(batch, {
        state: 'failed',
        registerStatus: 'FinishedFailed',
        parts,
        exceptions: [rejected(reports[2]?.id ?? 0)],
      });
      const [first, a, b] = await ledger.batches(batch.exportId);
      expect(first).toMatchObject({ state: 'failed', count: 3, bodySha256: batch.bodySha256 });
      expect([a, b]).toMatchObject([
        { state: 'planned', count: 1, generation: 1, number: batch.number, plannedAt: start + 5, nextAt: start + 5 },
        { state: 'planned', count: 1, generation: 1, number: batch.number },
      ]);
      expect(await ledger.counts(batch.exportId)).toMatchObject({ pending: 2, rejected: 1, accepted: 0 });
      if (!a || !b) throw new Error('no parts');
      await night.send(a);
      await night.settle(a);
      expect(await ledger.counts(batch.exportId)).toMatchObject({ accepted: 1, pending: 1 });
      expect(await ledger.batchReports(b.id)).toMatchObject([{ reference: '2' }]);
    });

    holds('a verdict is recorded whole or not at all', async (night) => {
      const batch = await sentBatch(night, '1', '2');
      const { reports, head, tail } = await night.contents(batch.id);
      const source = {
        environment: 'e',
        ownerIdCode: 'o',
        api: 'AddLoans',
        fileSha256: 'f',
        mappingSha256: 'm',
      } as const;
      const part = makeBatch(
        reports.map((each) => ({ ...each, generation: 1 })),
        1,
        source,
        { head, tail },
      );
      const twice = { ...part, reference: batch.reference };
      await expect(night.settle(batch, { state: 'failed', parts: [part, twice] })).rejects.toThrow();
      expect(await night.batch(batch.exportId)).toMatchObject({ state: 'sent', verdictAt: null });
      expect(await night.ledger.batches(batch.exportId)).toHaveLength(1);
      await night.settle(batch);
      expect(await night.ledger.counts(batch.exportId)).toMatchObject({ accepted: 2 });
    });

    holds('a verdict touches no report of another batch', async (night) => {
      const id = await night.mapped(
        'AddLoans',
        ['1', '2', '3'].map((reference) => report(reference)),
      );
      const [a, b] = await night.plan(id, 2);
      if (!a || !b) throw new Error('too few batches');
      const foreign = (await night.ledger.batchReports(b.id)).at(0)?.id ?? 0;
      await night.send(a);
      await night.settle(a, { exceptions: [rejected(foreign)] });
      expect(await night.ledger.counts(id)).toMatchObject({ accepted: 2, rejected: 0, pending: 1 });
    });

    holds('that the register once knew a batch is remembered when it denies it later', async (night) => {
      const batch = await sentBatch(night, '1');
      await night.ledger.noteAnswer(batch.id, processing(start));
      await night.ledger.noteAnswer(batch.id, { ...processing(start), registerStatus: null, notFound: 'counts' });
      expect(await night.batch(batch.exportId)).toMatchObject({ registerStatus: 'Processed', notFound: 1 });
    });

    holds('a batch that failed leaves no report without a word', async (night) => {
      const batch = await sentBatch(night, '1', '2');
      const [first] = await night.ledger.batchReports(batch.id);
      const failed = { state: 'failed', exceptions: [rejected(first?.id ?? 0)] } as const;
      await expect(night.settle(batch, failed)).rejects.toThrow('without a word');
      expect(await night.batch(batch.exportId)).toMatchObject({ state: 'sent' });
    });

    holds(
      'the batch with the latest verdict is told, as long as the register can be expected to know it',
      async (night) => {
        expect(await night.ledger.batchKnownLately(start)).toBeUndefined();
        const first = await sentBatch(night, '1');
        await night.settle(first);
        night.now = start + 60_000;
        const second = await sentBatch(night, '2');
        expect(await night.ledger.batchKnownLately(night.now)).toBe(first.reference);
        await night.settle(second);
        expect(await night.ledger.batchKnownLately(night.now)).toBe(second.reference);
        expect(await night.ledger.batchKnownLately(night.now + 8 * 86_400_000)).toBeUndefined();
      },
    );

    holds('a batch whose answer contradicts itself is asked about again when it is time', async (night) => {
      const batch = await sentBatch(night, '1', '2');
      await night.ledger.noteAnswer(batch.id, { ...processing(start + 1000), state: 'inconsistent' });
      await night.ledger.releaseDeferred(start + 999);
      expect(await night.ledger.openBatches(10)).toEqual([]);
      await night.ledger.releaseDeferred(start + 1000);
      expect(await night.ledger.openBatches(10)).toMatchObject([{ state: 'sent' }]);
    });

    holds('a batch whose answer contradicts itself counts as unknown and is left alone', async (night) => {
      const batch = await sentBatch(night, '1', '2');
      await night.ledger.noteAnswer(batch.id, { ...processing(start), state: 'inconsistent', reported: 1 });
      expect(await night.ledger.counts(batch.exportId)).toMatchObject({ unknown: 2, pending: 0 });
      expect(await night.ledger.openBatches(10)).toEqual([]);
      expect(await all(night.ledger.openReports())).toMatchObject([{ state: 'unknown' }, { state: 'unknown' }]);
    });

    holds('posts of the last minute and the pause are told, across all batches', async (night) => {
      const { ledger } = night;
      const id = await night.mapped(
        'AddLoans',
        ['1', '2', '3'].map((reference) => report(reference)),
      );
      const batches = await night.plan(id, 1);
      for (const [i, batch] of batches.entries()) await ledger.beginPost(batch.id, start + i * 30_000);
      expect(await ledger.recentPosts(start + 60_000)).toEqual([start + 30_000, start + 60_000]);
      expect(await ledger.pausedUntil()).toBe(0);
      await ledger.pause(start + 70_000);
      expect(await ledger.recentPosts(start + 90_000)).toEqual([start + 60_000]);
      expect(await ledger.pausedUntil()).toBe(start + 70_000);
    });

    holds('a longer pause is never cut short by a shorter one that is told later', async ({ ledger }) => {
      await ledger.pause(start + 3_600_000);
      await ledger.pause(start + 2_000);
      expect(await ledger.pausedUntil()).toBe(start + 3_600_000);
    });
  });

  describe(`${name}: telling`, () => {
    holds('the counts of reports in every state add up', async (night) => {
      const { ledger } = night;
      await night.mapped('AddLoans', [invalidReport('L', loan('L'))], { round: 1 });
      const id = await night.mapped('UpdateLoans', [
        invalidReport('i'),
        report('acc'),
        report('rej'),
        report('def'),
        report('unk'),
        report('sen'),
        report('pla'),
        report('held', loan('L')),
      ]);
      const found = await ledger.candidates(id, 100);
      const pick = (...references: string[]) => found.filter(({ reference }) => references.includes(reference));
      const [settled] = await night.commit(id, pick('acc', 'rej', 'def', 'held'), 0);
      const [unknown] = await night.commit(id, pick('unk'), 0);
      const [sent] = await night.commit(id, pick('sen'), 0);
      await night.commit(id, pick('pla'), found.at(-1)?.id ?? 0);
      await ledger.addReports(id, block([report('rea')]));
      if (!settled || !unknown || !sent) throw new Error('too few batches');
      for (const batch of [settled, sent]) await night.send(batch);
      await ledger.beginPost(unknown.id, start);
      await ledger.recover(start);
      const reports = await ledger.batchReports(settled.id);
      const at = (reference: string) => reports.find((each) => each.reference === reference)?.id ?? 0;
      await night.settle(settled, { exceptions: [rejected(at('rej')), deferred(at('def'), start + day)] });
      const counts = await ledger.counts(id);
      expect(counts).toEqual({
        reportsBuilt: 9,
        invalid: 1,
        accepted: 1,
        rejected: 1,
        pending: 4,
        unknown: 1,
        held: 1,
        corrected: 0,
        withoutRow: 0,
        resolved: 0,
        rowsResolved: 0,
        pendingBy: { toPlan: 1, toSend: 1, withRegister: 1, toResend: 1 },
      });
      expect(await all(ledger.openReports())).toHaveLength(9);
    });

    holds('findings come in the order of their lines, those of the whole file first', async (night) => {
      const id = await night.take(newExport('AddLoans'));
      const lines = [9, 2, null, 5, 2];
      await night.ledger.addReports(
        id,
        block([], { findings: lines.map((line, i) => stagedFinding(`C${i}`, { line, lastLine: line })) }),
      );
      expect((await all(night.ledger.findings(id))).map(({ code }) => code)).toEqual(['C2', 'C1', 'C4', 'C3', 'C0']);
    });

    holds('more findings than are read at once are all told, each once', async (night) => {
      const id = await night.take(newExport('AddLoans'));
      const many = 4001;
      const staged = Array.from({ length: many }, (_, i) =>
        stagedFinding('C', { line: 2 + (i % 3), lastLine: 2, value: String(i) }),
      );
      await night.ledger.addReports(id, block([], { findings: staged }));
      const values = (await all(night.ledger.findings(id))).map(({ value }) => value);
      expect(values).toHaveLength(many);
      expect(new Set(values).size).toBe(many);
    });

    holds('more reports than are read at once are all told, each once', async (night) => {
      const many = 4001;
      const id = await night.mapped('AddLoans', [
        ...Array.from({ length: many }, (_, i) => report(`a${i}`)),
        ...Array.from({ length: many }, (_, i) => invalidReport(`b${i}`)),
      ]);
      await night.pass(id);
      while ((await night.ledger.toPlan(3)).length > 0) await night.pass(id);
      const accepted = (await all(night.ledger.accepted(id))).map(({ reference }) => reference);
      const toFix = (await all(night.ledger.toFix(id))).map(({ reference }) => reference);
      expect(accepted).toEqual(Array.from({ length: many }, (_, i) => `a${i}`));
      expect(toFix).toEqual(Array.from({ length: many }, (_, i) => `b${i}`));
    });

    holds('findings of the register fall away when their report is accepted after all', async (night) => {
      const { ledger } = night;
      const id = await night.mapped('AddLoans', [report('1'), report('2')]);
      const [batch] = await night.plan(id);
      if (!batch) throw new Error('nothing was planned');
      await night.send(batch);
      const reports = await ledger.batchReports(batch.id);
      await night.settle(batch, { exceptions: reports.map((each) => deferred(each.id, start + day)) });
      expect(await ledger.findingCounts(id)).toMatchObject([{ code: 'E20', count: 2, severity: 'warning' }]);
      await ledger.releaseDeferred(start + day);
      const [again] = await night.plan(id);
      if (!again) throw new Error('nothing was planned again');
      await night.send(again);
      await night.reject(again, ['2'], 'E21');
      expect((await all(ledger.findings(id))).map((each) => `${each.code} ${each.reportReference}`)).toEqual([
        'E20 2',
        'E21 2',
      ]);
      expect((await ledger.findingCounts(id)).map(({ code, count }) => `${code} ${count}`).toSorted()).toEqual([
        'E20 1',
        'E21 1',
      ]);
    });

    holds('our own warnings stay told when the report is accepted', async (night) => {
      const id = await night.take(newExport('AddLoans'));
      const warning = stagedFinding('HOUSE', { report: 0, severity: 'warning', stage: 'check' });
      await night.ledger.addReports(id, block([report('1')], { findings: [warning] }));
      await night.ledger.finishMapping(id);
      await night.pass(id);
      expect(await all(night.ledger.findings(id))).toMatchObject([{ code: 'HOUSE', reportReference: '1' }]);
    });

    holds('findings are counted by code, errors first, with their first lines, each line once', async (night) => {
      const id = await night.take(newExport('AddLoans'));
      const error = (code: string, line: number) => stagedFinding(code, { line });
      const findings = [
        ...[9, 8, 7, 6, 5, 4, 4].map((line) => error('A', line)),
        error('B', 3),
        stagedFinding('W', { severity: 'warning', line: 1 }),
      ];
      await night.ledger.addReports(id, block([], { findings }));
      expect(await night.ledger.findingCounts(id)).toEqual([
        { code: 'A', registerCode: null, severity: 'error', count: 7, firstLines: [4, 5, 6, 7, 8] },
        { code: 'B', registerCode: null, severity: 'error', count: 1, firstLines: [3] },
        { code: 'W', registerCode: null, severity: 'warning', count: 1, firstLines: [1] },
      ]);
    });

    holds('the first lines of a code are those of its own severity', async (night) => {
      const id = await night.take(newExport('AddLoans'));
      const findings = [stagedFinding('C', { line: 2, severity: 'warning' }), stagedFinding('C', { line: 5 })];
      await night.ledger.addReports(id, block([], { findings }));
      expect(await night.ledger.findingCounts(id)).toMatchObject([
        { severity: 'error', firstLines: [5] },
        { severity: 'warning', firstLines: [2] },
      ]);
    });

    holds('reports to fix come with all their lines and their errors, not their warnings', async (night) => {
      const id = await night.take(newExport('AddLoans'));
      const findings = [
        stagedFinding('E', { report: 0, column: 'PVM', message: 'says the mapping' }),
        stagedFinding('W', { report: 0, severity: 'warning' }),
      ];
      await night.ledger.addReports(
        id,
        block([invalidReport('1', { line: 4, lastLine: 9, lines: [4, 9], dueDay: '2026-05-22' }), report('2')], {
          findings,
        }),
      );
      await night.ledger.finishMapping(id);
      expect(await all(night.ledger.toFix(id))).toEqual([
        {
          line: 4,
          lines: [4, 9],
          reference: '1',
          findings: [{ code: 'E', registerCode: null, column: 'PVM', value: null, message: 'says the mapping' }],
          dueDay: '2026-05-22',
        },
      ]);
    });

    holds(
      'open reports come soonest deadline first, those without one last, then rows that are in no report',
      async (night) => {
        const { ledger } = night;
        await night.mapped('AddLoans', [
          report('later', { dueDay: '2026-05-25' }),
          report('none'),
          report('soon', { dueDay: '2026-05-21' }),
          report('later too', { dueDay: '2026-05-25' }),
        ]);
        const broken = await night.take(newExport('AddLoans'));
        const findings = [
          stagedFinding('ROW_WIDTH', { line: 7 }),
          stagedFinding('COLUMN_UNKNOWN', { severity: 'warning' }),
        ];
        await ledger.addReports(broken, block([report('soonest', { dueDay: '2026-05-19' })], { findings }));
        await ledger.finishMapping(broken);
        expect(
          (await all(ledger.openReports())).map(({ reference, code, state }) => `${reference ?? code} ${state}`),
        ).toEqual([
          'soonest waiting',
          'soon waiting',
          'later waiting',
          'later too waiting',
          'none waiting',
          'ROW_WIDTH invalid',
        ]);
      },
    );

    holds('an open report tells its state and its gravest, newest finding', async (night) => {
      const id = await night.take(newExport('AddLoans'));
      const findings = [
        stagedFinding('FIRST', { report: 0, column: 'A' }),
        stagedFinding('SECOND', { report: 0, column: 'B' }),
        stagedFinding('WARNS', { report: 0, severity: 'warning' }),
      ];
      await night.ledger.addReports(id, block([invalidReport('1', { line: 3, lastLine: 4 })], { findings }));
      await night.ledger.finishMapping(id);
      expect(await all(night.ledger.openReports())).toEqual([
        {
          exportId: id,
          line: 3,
          lastLine: 4,
          gone: false,
          reference: '1',
          state: 'invalid',
          dueDay: null,
          resendAt: null,
          code: 'SECOND',
          registerCode: null,
          column: 'B',
          message: null,
        },
      ]);
    });

    holds(
      'a report that was corrected and accepted is open no more; another API or loan does not count',
      async (night) => {
        const wrong = await night.mapped('AddLoans', [invalidReport('1', loan('L')), invalidReport('2', loan('M'))]);
        await night.pass(await night.mapped('UpdateLoans', [report('2', loan('O'))], { round: 1 }));
        await night.pass(await night.mapped('AddLoans', [report('1', loan('L'))], { round: 2 }));
        expect((await all(night.ledger.openReports())).map(({ reference }) => reference)).toEqual(['2']);
        expect(await all(night.ledger.toFix(wrong))).toHaveLength(2);
      },
    );

    holds('a correction is tied to the row it corrects, over any number of tries', async (night) => {
      const { ledger } = night;
      const wrong = await night.mapped('AddLoans', [
        invalidReport('1', { line: 2, lastLine: 5, lines: [2, 5] }),
        invalidReport('2', { line: 3, lastLine: 3 }),
        report('3', { line: 4, lastLine: 4 }),
      ]);
      const { sha256 } = await night.exported(wrong);
      expect(await ledger.linesDone(sha256)).toEqual(new Set([4]));
      const tryAgain = async (correctionOf: string, fixed: StagedReport) => {
        const id = await night.mapped('AddLoans', [fixed], { correctionOf, round: 2 });
        return { id, sha256: (await night.exported(id)).sha256 };
      };
      const first = await tryAgain(sha256, invalidReport('other name', { line: 2, fixesLine: 2 }));
      expect(await ledger.linesDone(sha256)).toEqual(new Set([4]));
      const second = await tryAgain(first.sha256, report('other name', { line: 2, fixesLine: 2 }));
      expect(await ledger.linesDone(sha256)).toEqual(new Set([2, 4, 5]));
      expect((await ledger.counts(wrong)).corrected).toBe(0);
      await night.pass(second.id);
      expect((await ledger.counts(wrong)).corrected).toBe(1);
      expect((await ledger.counts(first.id)).corrected).toBe(1);
      expect((await all(ledger.openReports())).map(({ reference }) => reference)).toEqual(['2', '3']);
    });

    holds('a correction may name any row of the report it corrects', async (night) => {
      const wrong = await night.mapped('AddLoans', [invalidReport('1', { line: 2, lastLine: 5, lines: [2, 5] })]);
      const { sha256 } = await night.exported(wrong);
      await night.mapped('AddLoans', [report('1', { fixesLine: 5 })], { correctionOf: sha256, round: 2 });
      expect(await night.ledger.linesDone(sha256)).toEqual(new Set([2, 5]));
    });

    holds('deadlines count what was accepted in time and what was late, and name the next', async (night) => {
      const due = (reference: string, dueDay: string) => report(reference, { dueDay });
      const id = await night.mapped('AddLoans', [
        due('in time', today),
        due('late', '2026-05-19'),
        report('no day'),
        due('open', '2026-05-27'),
        due('sooner', '2026-05-26'),
      ]);
      const [batch] = await night.plan(id);
      if (!batch) throw new Error('nothing was planned');
      await night.send(batch);
      await night.reject(batch, ['open', 'sooner']);
      expect(await night.ledger.deadlines(id)).toEqual({
        met: 1,
        late: 1,
        open: [
          { dueDay: '2026-05-26', count: 1 },
          { dueDay: '2026-05-27', count: 1 },
        ],
      });
      await night.ledger.resolve({ kind: 'all', exportId: id }, stagedFinding('RESOLVED', { stage: 'send' }), false);
      expect(await night.ledger.deadlines(id)).toMatchObject({ met: 1, late: 1, open: [] });
    });

    holds('verdict times are told by day: how many batches, their median, the slowest', async (night) => {
      const id = await night.mapped(
        'AddLoans',
        ['1', '2', '3', '4', '5'].map((reference) => report(reference)),
        { day: '2026-05-19' },
      );
      const batches = await night.plan(id, 1);
      for (const [at, batch] of batches.entries()) {
        night.now = start;
        await night.send(batch);
        night.now = start + ([4000, 1000, 9000, 2000][at] ?? 0);
        if (at < 4) await night.settle(batch);
      }
      expect(await night.ledger.verdictTimes('2026-05-19')).toEqual([
        { day: '2026-05-19', batches: 4, median: 3000, slowest: 9000 },
      ]);
      expect(await night.ledger.verdictTimes('2026-05-20')).toEqual([]);
    });

    holds('progress counts reports with a verdict among all that are to be sent', async (night) => {
      const id = await night.mapped(
        'AddLoans',
        ['1', '2', '3'].map((reference) => report(reference)),
      );
      expect(await night.ledger.settledReports()).toEqual({ settled: 0, all: 3 });
      const [a] = await night.plan(id, 2);
      if (!a) throw new Error('nothing was planned');
      await night.send(a);
      await night.settle(a);
      expect(await night.ledger.settledReports()).toEqual({ settled: 2, all: 3 });
    });

    holds('small facts are remembered, the newest word counts', async ({ ledger }) => {
      expect(await ledger.recall('k')).toBeUndefined();
      await ledger.remember('k', '1');
      await ledger.remember('k', '2');
      expect(await ledger.recall('k')).toBe('2');
    });
  });

  approvalSuite(name, holds);
  lookingUpSuite(name, holds);
  resolveSuite(name, holds);
  retrySuite(name, holds);
  answersSuite(name, holds);
  evidenceSuite(name, holds);

  describe(`${name}: closing and opening`, () => {
    test('everything survives closing and opening again', async () => {
      const folder = tempFolder();
      async function tell(ledger: Ledger) {
        const exports = await ledger.exports();
        const each = exports.map(async ({ id, mapping }) => ({
          counts: await ledger.counts(id),
          rows: await ledger.rowsInReports(id),
          text: await ledger.mappingText(mapping.sha256),
          batches: await ledger.batches(id),
          bodies: await Promise.all((await ledger.batches(id)).map((batch) => ledger.batchBody(batch.id))),
          batchReports: await Promise.all((await ledger.batches(id)).map((batch) => ledger.batchReports(batch.id))),
          candidates: await ledger.candidates(id, 100),
          findings: await all(ledger.findings(id)),
          findingCounts: await ledger.findingCounts(id),
          accepted: await all(ledger.accepted(id)),
          toFix: await all(ledger.toFix(id)),
          deadlines: await ledger.deadlines(id),
          nextResend: await ledger.nextResend(id),
        }));
        return {
          exports,
          each: await Promise.all(each),
          again: await ledger.exportsAgain(),
          unmapped: await ledger.unmapped(),
          toPlan: await ledger.toPlan(3),
          open: await ledger.openBatches(100),
          reports: await all(ledger.openReports()),
          posts: await ledger.recentPosts(start),
          pausedUntil: await ledger.pausedUntil(),
          progress: await ledger.settledReports(),
          round: await ledger.nextRound(),
          fact: await ledger.recall('fact'),
        };
      }
      let before: Awaited<ReturnType<typeof tell>>;
      {
        await using ledger = await open(folder);
        const night = new Driver(ledger);
        const adds = await night.mapped('AddLoans', [
          report('1'),
          report('2'),
          report('3'),
          report('4'),
          invalidReport('5'),
        ]);
        const [a, b] = await night.plan(adds, 3);
        if (!a || !b) throw new Error('too few batches');
        await night.send(a);
        const reports = await ledger.batchReports(a.id);
        await night.settle(a, {
          exceptions: [rejected(reports[0]?.id ?? 0), deferred(reports[1]?.id ?? 0, start + day)],
        });
        await ledger.beginPost(b.id, start);
        await night.mapped('UpdateLoans', [report('6', loan('Other:5')), report('7')]);
        const taken = newExport('Repayments');
        await ledger.takeExport(taken);
        await ledger.takeExport({ ...taken, identity: 'again' });
        await ledger.pause(start + 5);
        await ledger.remember('fact', 'kept');
        before = await tell(ledger);
      }
      await using reopened = await open(folder);
      expect(await tell(reopened)).toEqual(before);
      expect(before.open).toMatchObject([{ state: 'sending' }]);
      expect(await reopened.recover(start)).toBe(1);
    });

    test('two folders are two ledgers', async () => {
      await using one = await open(tempFolder());
      await using other = await open(tempFolder());
      await one.takeExport(newExport('AddLoans'));
      expect(await other.exports()).toEqual([]);
    });
  });
}

const processing = (nextAt: number) =>
  ({
    state: 'sent',
    registerStatus: 'Processed',
    reported: null,
    correlationId: null,
    notFound: 'resets',
    nextAt,
  }) as const;
