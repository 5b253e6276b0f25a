import { describe, expect, test } from 'vitest';
import { playOut, type Scenario } from './expected.ts';
import type { Told } from './play.ts';

/** Seconds from the first POST to the last. */
function took({ register }: Told): number {
  const at = register.happenings.filter(({ kind }) => kind === 'posted').map((posted) => posted.at);
  return (Math.max(...at) - Math.min(...at)) / 1000;
}

describe('the loan stock', () => {
  test.each<Scenario>([
    {
      title: 'goes at a pace of its own: three batches at one a minute',
      limits: { stock: { mappings: ['AddLoans'], batchesPerMinute: 1, maxReportsPerBatch: 2 } },
      expected: { also: (told) => expect(took(told)).toBeGreaterThanOrEqual(120) },
    },
    {
      title: 'of other mappings slows nothing down',
      limits: { stock: { mappings: ['loan-stock'], batchesPerMinute: 1, maxReportsPerBatch: 2 } },
      expected: { also: (told) => expect(took(told)).toBeLessThan(60) },
    },
  ])('$title', playOut);
});
