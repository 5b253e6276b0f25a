import { describe, test } from 'vitest';
import { playOut, type Scenario } from './expected.ts';

describe.concurrent('a register with which nothing is wrong', () => {
  test.each<Scenario>([
    { title: 'takes every batch once' },
    { title: 'takes batches one by one', limits: { inFlight: 1 } },
  ])('$title', playOut);
});
