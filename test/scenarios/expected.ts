import { expect, vi } from 'vitest';
import { type Night, play, type Told } from './play.ts';

// A night of thousands of questions takes its time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

/** What should have come of a night; what is not told is as in a night with nothing wrong. */
export type Expected = {
  /** `idle` when absent. */
  end?: Told['ends'][number]['kind'] | Told['ends'][number]['kind'][];
  /** Why it was halted, or could not reach the register. */
  why?: RegExp;
  /** States of reports that are not accepted in the end, by number. */
  states?: Record<number, string>;
  /** Reports that took effect although the ledger does not say accepted, or the other way round. */
  appliedToo?: number[];
  notApplied?: number[];
  /** POSTs of batches whose head came in; one for each batch when absent. */
  posts?: number | 'any';
  /** What the POSTs of a batch came to, one after the other, by the batch's place in the plan. */
  outcomes?: Record<number, string[]>;
  /** An alarm that must be in the log. */
  alarm?: RegExp;
  /** How long the night took at least, or at most, in s. */
  atLeast?: number;
  atMost?: number;
  /** Anything else. */
  also?(told: Told): void;
};

/** One line of a table of scenarios. */
export type Scenario = Night & { title: string; expected?: Expected };

/** Plays a scenario and compares. */
export async function playOut(scenario: Scenario): Promise<void> {
  const told = await play(scenario);
  compare(told, scenario.reports ?? 6, scenario.expected ?? {});
}

function compare(told: Told, reports: number, expected: Expected): void {
  const { register } = told;
  const names = Array.from({ length: reports }, (_, i) => `r${i + 1}`);
  const states = Object.fromEntries(names.map((name, i) => [name, expected.states?.[i + 1] ?? 'accepted']));
  const ends = [expected.end ?? 'idle'].flat();
  expect({ ends: told.ends.map(({ kind }) => kind), states: told.states }).toEqual({ ends, states });
  if (expected.why) expect(told.ends.at(-1)).toMatchObject({ why: expect.stringMatching(expected.why) });
  const applied = names.filter((name, i) => {
    if (expected.notApplied?.includes(i + 1)) return false;
    return states[name] === 'accepted' || expected.appliedToo?.includes(i + 1);
  });
  const byName = (map: Iterable<[string, number]>) => Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)));
  expect(byName(register.applied), 'what took effect').toEqual(byName(applied.map((name) => [name, 1])));
  if (expected.posts !== 'any') expect(register.countOf('posted'), 'POSTs').toBe(expected.posts ?? told.planned.length);
  for (const [place, outcomes] of Object.entries(expected.outcomes ?? {})) {
    const batch = told.planned[Number(place) - 1];
    const posts = told.events.filter((it) => it.batch === batch && it.attempts !== undefined);
    expect(
      posts.map(({ event }) => event.slice('batch.'.length)),
      `what the POSTs of batch ${place} came to`,
    ).toEqual(outcomes);
  }
  if (expected.alarm) expect(told.alarms.join('\n')).toMatch(expected.alarm);
  if (expected.atLeast !== undefined) expect(told.took / 1000).toBeGreaterThanOrEqual(expected.atLeast);
  if (expected.atMost !== undefined) expect(told.took / 1000).toBeLessThanOrEqual(expected.atMost);
  expected.also?.(told);
}
