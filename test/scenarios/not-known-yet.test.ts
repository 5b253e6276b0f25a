import { describe, test } from 'vitest';
import { resets, takes } from './acts.ts';
import { playOut, type Scenario } from './expected.ts';
import { acceptsAll, type Judge, rejects } from './held-batches.ts';

const states = (numbers: number[], state = 'rejected') => Object.fromEntries(numbers.map((number) => [number, state]));

/** Rejects with E20 as often as told, then accepts. */
function notKnownYet(times: number): Judge {
  let told = 0;
  return (reports) =>
    reports.includes('r3') && told++ < times ? rejects(['r3'], 'E20')(reports) : acceptsAll(reports);
}
const e20And =
  (...more: string[]): Judge =>
  (reports) =>
    reports.includes('r3')
      ? {
          status: 'FinishedPartialSuccess',
          errors: ['E20', ...more].map((errorCode) => ({ reportReference: 'r3', errorCode })),
        }
      : acceptsAll(reports);

describe.concurrent('a person the register does not know yet (E20)', () => {
  test.each<Scenario>([
    {
      title: 'is waited for',
      script: { judge: rejects(['r3'], 'E20') },
      expected: { states: states([3], 'deferred') },
    },
    {
      title: 'is not sent again within six days',
      runs: 2,
      hoursBetween: 6 * 24,
      script: { judge: rejects(['r3'], 'E20') },
      expected: { end: ['idle', 'idle'], states: states([3], 'deferred') },
    },
    {
      title: 'is sent again after a week, and accepted',
      runs: 2,
      hoursBetween: 8 * 24,
      script: { judge: notKnownYet(1) },
      expected: { end: ['idle', 'idle'], posts: 4 },
    },
    {
      title: 'is rejected the second time, and not sent a third time',
      runs: 3,
      hoursBetween: 8 * 24,
      script: { judge: notKnownYet(2) },
      expected: { end: ['idle', 'idle', 'idle'], states: states([3]), posts: 4 },
    },
    {
      title: 'and another error beside it: rejected at once',
      runs: 2,
      hoursBetween: 8 * 24,
      script: { judge: e20And('D02') },
      expected: { end: ['idle', 'idle'], states: states([3]) },
    },
    {
      title: 'told twice is told once',
      script: { judge: e20And('E20') },
      expected: { states: states([3], 'deferred') },
    },
    {
      title: 'all of a batch',
      runs: 2,
      hoursBetween: 8 * 24,
      script: { judge: everyoneOnce() },
      expected: { end: ['idle', 'idle'], posts: 4 },
    },
    {
      title: 'whose second try is lost on the way: asked about, taken over',
      runs: 2,
      hoursBetween: 8 * 24,
      script: {
        judge: notKnownYet(1),
        post: (it) => (it.nth === 4 ? takes(resets()) : undefined),
      },
      expected: { end: ['idle', 'idle'], posts: 4 },
    },
  ])('$title', playOut);
});

/** Rejects r3 and r4 with E20 when they first come. */
function everyoneOnce(): Judge {
  let told = false;
  return (reports) => {
    if (told || !reports.includes('r3')) return acceptsAll(reports);
    told = true;
    return rejects(['r3', 'r4'], 'E20')(reports);
  };
}
