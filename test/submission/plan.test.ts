import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Candidate, PlannedBatch } from '../../src/ledger/ledger.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite-ledger.ts';
import { bodyOf, makeBatch, planStep } from '../../src/submission/plan.ts';
import { Driver, report } from '../ledger/builders.ts';
import { tempFolder } from '../lib/temp-folder.ts';
import { batchFrame, candidate, planning } from './builders.ts';

const wide = { maxReportsPerBatch: 500, maxBytesPerBatch: 1_000_000 };
const plan = (found: readonly Candidate[], limits = wide, ends = true) =>
  planStep(planning(), found, ends, batchFrame, limits);
const idsOf = ({ batches }: { batches: readonly PlannedBatch[] }) => batches.map(({ reportIds }) => [...reportIds]);

const overhead = Buffer.byteLength(batchFrame.head + batchFrame.tail);
const gate = fc.constantFrom('free', 'free', 'free', 'wait', 'held');
const candidateOf = (gates: fc.Arbitrary<string>) =>
  fc.record({
    reference: fc.integer({ min: 1, max: 12 }).map((n) => `ref-${n}`),
    generation: fc.constantFrom(0, 0, 0, 1),
    gate: gates as fc.Arbitrary<Candidate['gate']>,
    text: fc.string({ unit: 'grapheme', maxLength: 60 }).map((text) => JSON.stringify({ text })),
  });
const candidatesOf = (gates: fc.Arbitrary<string>) =>
  fc.array(candidateOf(gates), { maxLength: 60 }).map((all) => all.map((each, i) => ({ ...each, id: i + 1 })));
const limitsOf = fc.record({
  maxReportsPerBatch: fc.integer({ min: 1, max: 12 }),
  maxBytesPerBatch: fc.integer({ min: overhead, max: overhead + 400 }),
});

describe('cutting reports into batches', () => {
  test('batches rejoin to the reports that may go, in file order', () => {
    fc.assert(
      fc.property(candidatesOf(gate), limitsOf, (found, limits) => {
        const free = found.filter((each) => each.gate === 'free');
        const step = plan(found, limits);
        expect(idsOf(step).flat()).toEqual(free.map(({ id }) => id));
        expect(step.held).toEqual(found.filter((each) => each.gate === 'held').map(({ id }) => id));
        const bodies = step.batches.flatMap(({ reportIds }) => reportIds.map((id) => found[id - 1]?.text));
        expect(bodies).toEqual(free.map(({ text }) => text));
      }),
    );
  });

  test('no batch is over a limit, unless a single report is larger than the limit itself', () => {
    fc.assert(
      fc.property(candidatesOf(gate), limitsOf, (found, limits) => {
        for (const { reportIds, bytes } of plan(found, limits).batches) {
          expect(reportIds.length).toBeGreaterThan(0);
          expect(reportIds.length).toBeLessThanOrEqual(limits.maxReportsPerBatch);
          if (reportIds.length > 1) expect(bytes).toBeLessThanOrEqual(limits.maxBytesPerBatch);
        }
      }),
    );
  });

  test('no reference stands twice in a batch, and no batch mixes generations', () => {
    fc.assert(
      fc.property(candidatesOf(gate), limitsOf, (found, limits) => {
        for (const batch of plan(found, limits).batches) {
          const reports = batch.reportIds.map((id) => found[id - 1]);
          expect(new Set(reports.map((each) => each?.reference)).size).toBe(reports.length);
          expect(new Set(reports.map((each) => each?.generation))).toEqual(new Set([batch.generation]));
        }
      }),
    );
  });

  test('a batch is no smaller than it must be: the first report of the next would not have fitted', () => {
    fc.assert(
      fc.property(candidatesOf(fc.constant('free')), limitsOf, (found, limits) => {
        const { batches } = plan(found, limits);
        for (const [i, batch] of batches.slice(0, -1).entries()) {
          const next = found[(batches[i + 1]?.reportIds[0] ?? 0) - 1] as Candidate;
          const within = batch.reportIds.map((id) => found[id - 1] as Candidate);
          const fits =
            within.length < limits.maxReportsPerBatch &&
            batch.bytes + 2 + Buffer.byteLength(next.text) <= limits.maxBytesPerBatch &&
            within.every((each) => each.reference !== next.reference && each.generation === next.generation);
          expect(fits).toBe(false);
        }
      }),
    );
  });

  test('the cut does not depend on how many candidates are looked at together', () => {
    fc.assert(
      fc.property(
        candidatesOf(fc.constant('free')),
        limitsOf,
        fc.integer({ min: 1, max: 30 }),
        (found, limits, more) => {
          const window = limits.maxReportsPerBatch + more;
          const batches: PlannedBatch[] = [];
          for (let upTo: number | null = 0; upTo !== null; ) {
            const after: number = upTo;
            const seen = found.filter(({ id }) => id > after).slice(0, window);
            const step = planStep(
              planning({ batches: batches.length }),
              seen,
              seen.length < window,
              batchFrame,
              limits,
            );
            batches.push(...step.batches);
            expect(step.lookedUpTo === null || step.lookedUpTo > after).toBe(true);
            upTo = step.lookedUpTo;
          }
          expect(batches).toEqual(plan(found, limits).batches);
        },
      ),
    );
  });

  test('a wave that ends is told by looking up to nothing', () => {
    expect(plan([candidate(1)]).lookedUpTo).toBeNull();
    expect(plan([]).lookedUpTo).toBeNull();
    expect(plan([candidate(7, { gate: 'wait' })], wide, false)).toMatchObject({ lookedUpTo: 7, batches: [], held: [] });
  });

  test('held reports behind an unfinished batch are left for the next look with it', () => {
    const found = [candidate(1), candidate(2, { gate: 'held' }), candidate(3), candidate(4, { gate: 'held' })];
    const step = plan(found, { ...wide, maxReportsPerBatch: 1 }, false);
    expect(step).toMatchObject({ held: [2], lookedUpTo: 2 });
    expect(idsOf(step)).toEqual([[1]]);
  });

  test('batches are numbered on from those of the export', () => {
    const step = planStep(planning({ batches: 5 }), [candidate(1), candidate(2)], true, batchFrame, {
      ...wide,
      maxReportsPerBatch: 1,
    });
    expect(step.batches.map(({ number }) => number)).toEqual([6, 7]);
  });
});

describe('the bytes of a batch', () => {
  const source = { environment: 'e', ownerIdCode: 'o', api: 'AddLoans', fileSha256: 'f', mappingSha256: 'm' } as const;

  test('a body is the frame around the reports, and its hash and size are those of the bytes', () => {
    const batch = makeBatch([candidate(1, { text: '{"a":"ä"}' }), candidate(2)], 1, source, batchFrame);
    const body = bodyOf(batchFrame, ['{"a":"ä"}', '{"reportReference":"ref-2"}']);
    expect(JSON.parse(body.toString())).toMatchObject({ loans: [{ a: 'ä' }, { reportReference: 'ref-2' }] });
    expect(batch.bodySha256).toBe(createHash('sha256').update(body).digest('hex'));
    expect(batch.bytes).toBe(body.length);
    expect(batch.head + batch.tail).toBe(batchFrame.head + batchFrame.tail);
  });

  test('a later batch has the same reference whether or not an earlier one was split before it was planned', async () => {
    const references = async (split: boolean) => {
      await using ledger = await openSqliteLedger(tempFolder());
      const night = new Driver(ledger);
      const id = await night.mapped(
        'AddLoans',
        ['1', '2', '3'].map((reference) => report(reference)),
        {
          sha256: 'c'.repeat(64),
        },
      );
      const some = await ledger.candidates(id, 2);
      const [first] = await night.commit(id, some, some.at(-1)?.id ?? 0);
      if (!first) throw new Error('nothing was planned');
      await night.send(first);
      const { reports, head, tail } = await night.contents(first.id);
      const halves = reports.map((each) =>
        makeBatch([{ ...each, generation: 1 }], first.number, source, { head, tail }),
      );
      await night.settle(first, split ? { state: 'failed', parts: halves } : {});
      const [next] = await ledger.toPlan(3);
      if (!next) throw new Error('nothing to plan');
      const step = planStep(next, await ledger.candidates(id, 10), true, batchFrame, wide);
      return step.batches.map(({ reference }) => reference);
    };
    expect(await references(true)).toEqual(await references(false));
  });
});
