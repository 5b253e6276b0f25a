import { describe, expect, test } from 'vitest';
import { type Act, resets, says, takes } from './acts.ts';
import { playOut, type Scenario } from './expected.ts';
import { acceptsAll, failsWith, rejects } from './held-batches.ts';

const d02 = (reportReference?: string) => ({ errorCode: 'D02', ...(reportReference ? { reportReference } : {}) });

/** The second batch's first verdict contradicts itself; with the next run the register has come to its senses. */
const contradicts = (title: string, act: Act): Scenario => ({
  title,
  script: { processing: 0, ask: { 2: [undefined, act] } },
  expected: {
    states: { 3: 'unknown', 4: 'unknown' },
    appliedToo: [3, 4],
    alarm: /batch.inconsistent/,
    also: ({ findings }) => expect(findings).toContainEqual({ code: 'VERDICT_CONTRADICTS', reference: null }),
  },
});
const settledLater = (scenario: Scenario): Scenario => ({
  ...scenario,
  title: `${scenario.title}: asked again in the next run`,
  runs: 2,
  expected: {
    end: ['idle', 'idle'],
    alarm: /batch.inconsistent/,
    also: ({ findings }) => expect(findings).toEqual([]),
  },
});

const contradictions = [
  contradicts('counts too few reports', says({ batchStatus: 'FinishedSuccess', reportCount: 1 })),
  contradicts('counts too many reports', says({ batchStatus: 'FinishedSuccess', reportCount: 3 })),
  contradicts('counts none', says({ batchStatus: 'FinishedSuccess', reportCount: 0 })),
  contradicts(
    'counts less than nothing',
    says({ batchStatus: 'FinishedPartialSuccess', reportCount: -1, errors: [d02('r3')] }),
  ),
  contradicts(
    'a failed batch, counted wrongly',
    says({ batchStatus: 'FinishedFailed', reportCount: 1, errors: [d02('r3'), d02('r4')] }),
  ),
  contradicts('success, with an error', says({ batchStatus: 'FinishedSuccess', reportCount: 2, errors: [d02('r3')] })),
  contradicts('success, with an error that names nobody', says({ batchStatus: 'FinishedSuccess', errors: [d02()] })),
  contradicts('accepted in part, naming nobody', says({ batchStatus: 'FinishedPartialSuccess', reportCount: 2 })),
  contradicts(
    'accepted in part, with an error that names nobody',
    says({ batchStatus: 'FinishedPartialSuccess', errors: [d02()] }),
  ),
  contradicts(
    'accepted in part, naming one of ours and nobody',
    says({ batchStatus: 'FinishedPartialSuccess', errors: [d02('r3'), d02()] }),
  ),
  contradicts(
    'accepted in part, naming a stranger',
    says({ batchStatus: 'FinishedPartialSuccess', errors: [d02('r1')] }),
  ),
  contradicts(
    'accepted in part, naming one of ours and a stranger',
    says({ batchStatus: 'FinishedPartialSuccess', errors: [d02('r3'), d02('nobody')] }),
  ),
  contradicts(
    'accepted in part, naming one of ours in other letters',
    says({ batchStatus: 'FinishedPartialSuccess', errors: [d02('R3')] }),
  ),
  contradicts('failed, naming a stranger', says({ batchStatus: 'FinishedFailed', errors: [d02('r1'), d02('r2')] })),
];

describe.concurrent('a verdict that contradicts itself or what was sent is never taken for success', () => {
  test.each<Scenario>(contradictions)('$title', playOut);
  test.each<Scenario>(contradictions.filter((_, at) => at % 4 === 0).map(settledLater))('$title', playOut);
});

const sixteen: Partial<Scenario> = { reports: 16, limits: { maxReportsPerBatch: 16 } };
const states = (numbers: number[], state = 'rejected') => Object.fromEntries(numbers.map((number) => [number, state]));
const everyone = Array.from({ length: 16 }, (_, i) => i + 1);
const names = (numbers: number[]) => numbers.map((number) => `r${number}`);

describe.concurrent('a batch that failed as a whole', () => {
  test.each<Scenario>([
    {
      ...sixteen,
      title: 'with the guilty one named: the other fifteen go on in one batch',
      script: { judge: failsWith(['r7'], 'named') },
      expected: { states: states([7]), posts: 2 },
    },
    {
      ...sixteen,
      title: 'with nobody named: at most 2·log2(16) batches more, and only the guilty one is rejected',
      script: { judge: failsWith(['r7'], 'unnamed') },
      expected: { states: states([7]), posts: 1 + 8, alarm: /batch.split/ },
    },
    {
      ...sixteen,
      title: 'with nobody named, two guilty far apart',
      script: { judge: failsWith(['r1', 'r16'], 'unnamed') },
      expected: { states: states([1, 16]), posts: 1 + 2 + 4 * 3 },
    },
    {
      ...sixteen,
      title: 'with everyone named: all are rejected, none goes again',
      script: { judge: rejects(names(everyone)) },
      expected: { states: states(everyone), posts: 1 },
    },
    {
      ...sixteen,
      title: 'with nobody named, all guilty: every report is tried alone, and no more than that',
      reports: 8,
      script: { judge: failsWith(names(everyone), 'unnamed') },
      expected: { states: states([1, 2, 3, 4, 5, 6, 7, 8]), posts: 15 },
    },
    {
      ...sixteen,
      title: 'with nobody named, and answers lost on the way down',
      script: {
        judge: failsWith(['r7'], 'unnamed'),
        post: (it) => (it.nth % 2 === 0 ? takes(resets()) : undefined),
      },
      expected: { states: states([7]), posts: 9 },
    },
    {
      ...sixteen,
      title: 'for one number that is known already, in each of five batches',
      reports: 10,
      limits: { maxReportsPerBatch: 2 },
      script: { judge: failsWith(['r1', 'r3', 'r5', 'r7', 'r9'], 'unnamed') },
      expected: { states: states([1, 3, 5, 7, 9]), posts: 15 },
    },
    {
      title: 'of one report, with an error that names nobody',
      limits: { maxReportsPerBatch: 1 },
      script: {
        judge: (reports) =>
          reports.includes('r3') ? { status: 'FinishedFailed', errors: [d02()] } : acceptsAll(reports),
      },
      expected: {
        states: states([3]),
        also: ({ findings }) => expect(findings).toEqual([{ code: 'D02', reference: 'r3' }]),
      },
    },
    {
      title: 'of one report, without a reason',
      limits: { maxReportsPerBatch: 1 },
      script: { judge: failsWith(['r3'], 'unnamed') },
      expected: {
        states: states([3]),
        also: ({ findings }) => expect(findings).toEqual([{ code: 'NO_REASON', reference: 'r3' }]),
      },
    },
  ])('$title', playOut);
});

describe.concurrent('a verdict that is given', () => {
  test.each<Scenario>([
    {
      title: 'is not asked for again: what the register says later changes nothing',
      runs: 2,
      script: {
        processing: 0,
        judge: rejects(['r3']),
        ask: { 2: (it) => (it.n > 2 ? says({ batchStatus: 'FinishedSuccess', reportCount: 2 }) : undefined) },
      },
      expected: {
        end: ['idle', 'idle'],
        states: states([3]),
        also: ({ register, planned }) => expect(register.countOf('asked', planned[1])).toBe(2),
      },
    },
    {
      title: 'after a contradiction may be another one: the sound one counts',
      runs: 2,
      script: {
        processing: 0,
        judge: rejects(['r3']),
        ask: { 2: [undefined, says({ batchStatus: 'FinishedSuccess', reportCount: 1 })] },
      },
      expected: { end: ['idle', 'idle'], states: states([3]) },
    },
    {
      title: 'that a batch of one run failed is not forgotten by the next',
      runs: 2,
      script: { judge: failsWith(['r3'], 'unnamed') },
      expected: { end: ['idle', 'idle'], states: states([3]), posts: 5 },
    },
    {
      title: 'in part, for every batch of many',
      reports: 40,
      limits: { maxReportsPerBatch: 4 },
      script: { judge: rejects(names([1, 5, 9, 13, 17, 21, 25, 29, 33, 37])) },
      expected: { states: states([1, 5, 9, 13, 17, 21, 25, 29, 33, 37]) },
    },
  ])('$title', playOut);
});
