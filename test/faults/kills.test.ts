import { expect, test } from 'vitest';
import { type Case, sayCase } from '../../faults/case.ts';
import { planCases } from '../../faults/plan-cases.ts';
import { strike } from '../../faults/strike.ts';
import { steps } from '../../src/lib/step.ts';

test('killed once at every named step, the next run loses nothing and doubles nothing', {
  timeout: 180_000,
}, async () => {
  const cases: Case[] = [];
  const struck = () => cases.flatMap(({ blows }) => blows.flatMap((blow) => (blow.kind === 'step' ? [blow.step] : [])));
  for await (const next of planCases(1)) {
    cases.push(next);
    if (struck().length >= steps.length) break;
  }
  expect(struck().toSorted()).toEqual(steps.toSorted());
  const left = cases.values();
  const work = async () => {
    for (const one of left)
      expect(await strike(one), sayCase(one)).toEqual({ blows: one.blows.length, violations: [] });
  };
  await Promise.all([work(), work()]);
});
