import { expect, test, vi } from 'vitest';
import { type Act, answer, answerText, bytes, closes, type Exchange, resets, says, takes } from './acts.ts';
import { acceptsAll, failsWith, type Judge, rejects } from './held-batches.ts';
import { play } from './play.ts';
import type { Script } from './scripted-register.ts';

vi.setConfig({ testTimeout: 120_000 });

const hour = 3_600_000;
const reports = 24;
const guilty = ['r5', 'r6', 'r17'];

/** Numbers from 0 to 1 that follow from a seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const lostAnswers: Act[] = [
  resets(),
  closes(),
  resets(20),
  bytes('HTTP/1.1 2', 'resets'),
  bytes('HELO\r\n\r\n', 'closes'),
  answer(500),
  answer(502, '<h1>Bad Gateway</h1>'),
  answer(503, '', { 'retry-after': '60' }),
  answer(504),
  answer(429, '', { 'retry-after': '20' }),
  answer(200, '{}'),
];
const lostEffects: Act[] = [
  ...lostAnswers.filter(({ reads }) => reads === undefined).map(takes),
  takes(bytes(answerText(202, '{}', { 'content-length': '90' }), 'resets')),
  takes(answer(409)),
];
const stops = [answer(403), answer(404), answer(301, '', { location: '/' })];
const noVerdicts: Act[] = [
  resets(),
  closes(),
  answer(500),
  answer(503, '', { 'retry-after': '30' }),
  answer(200, '<p>FinishedSuccess</p>'),
  answer(200, '[]'),
  answer(429),
  says({ batchStatus: 'Processed' }),
  says({ batchStatus: 'Whatever' }),
  says({ batchStatus: 'FinishedSuccess', batchReference: 'AddLoans-AAAAAAAAAAAAAAAA' }),
  says({ batchStatus: 'FinishedSuccess', reportCount: 99 }),
  answer(404),
];

/** A register that has a bad night, and a good day from `end` on. It shows every batch an hour after it took it. */
function badNight(seed: number, judge: Judge): Script {
  const random = randomFrom(seed);
  const pick = (acts: readonly Act[]) => acts[Math.floor(random() * acts.length)];
  const good = (it: Exchange) => it.now() > Date.parse('2026-05-20T10:00:00Z') + 20 * hour;
  const takenAt = new Map<string, number>();
  return {
    judge,
    processing: 2,
    welcome: () => (random() < 0.03 ? 'reset' : 'serve'),
    post(it) {
      if (!takenAt.has(it.reference)) takenAt.set(it.reference, it.now());
      const drawn = random();
      if (good(it) || drawn < 0.4) return undefined;
      if (drawn < 0.65) return pick(lostAnswers);
      return drawn < 0.97 ? pick(lostEffects) : pick(stops);
    },
    ask(it) {
      if (good(it) || random() < 0.5) return undefined;
      const act = pick(noVerdicts);
      const known = it.register.held.has(it.reference);
      // Before the first POST these would be a verdict on a batch that nobody sent.
      if (!known) return act === noVerdicts[0] ? act : pick(noVerdicts.slice(0, 7));
      const hidden = act === noVerdicts.at(-1);
      return hidden && it.now() - (takenAt.get(it.reference) ?? 0) > hour ? undefined : act;
    },
  };
}

const judges: Record<string, Judge> = {
  'everybody is sound': acceptsAll,
  'some are rejected': rejects(guilty),
  'some take their batch with them': failsWith(guilty, 'unnamed'),
};

test.concurrent.each(
  Object.entries(judges).flatMap(([name, judge]) => [1, 2].map((seed) => [name, seed, judge] as const)),
)(
  'a bad night in which %s (seed %i) ends well: each report takes effect once, or is rejected',
  async (_, seed, judge) => {
    const { register, states, ends } = await play({
      reports,
      limits: { maxReportsPerBatch: 4 },
      script: badNight(seed, judge),
      hours: 5,
      runs: 12,
    });
    const names = Array.from({ length: reports }, (__, i) => `r${i + 1}`);
    const rejected = judge === acceptsAll ? [] : guilty;
    expect(states).toEqual(
      Object.fromEntries(names.map((name) => [name, rejected.includes(name) ? 'rejected' : 'accepted'])),
    );
    expect([...register.applied.values()].every((times) => times === 1)).toBe(true);
    expect([...register.applied.keys()].sort()).toEqual(names.filter((name) => !rejected.includes(name)).sort());
    expect(ends.at(-1)?.kind).toBe('idle');
  },
);
