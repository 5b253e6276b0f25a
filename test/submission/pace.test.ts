import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backOff, waitForToken } from '../../src/submission/pace.ts';

const minute = 60_000;

test('a sender that obeys never has more POSTs in any sliding minute than allowed', () => {
  const gaps = fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 200 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), gaps, (perMinute, pauses) => {
      const posts: number[] = [];
      let now = 1_000_000;
      for (const gap of pauses) {
        now += gap;
        const recent = () => posts.filter((at) => at > now - minute);
        now += waitForToken({ pausedUntil: 0, recentPosts: recent() }, perMinute, now);
        expect(waitForToken({ pausedUntil: 0, recentPosts: recent() }, perMinute, now)).toBe(0);
        posts.push(now);
        expect(posts.filter((at) => at > now - minute).length).toBeLessThanOrEqual(perMinute);
      }
    }),
  );
});

test('a sender is not held up longer than the rate demands', () => {
  const posts = [1000, 2000, 3000];
  const pace = { pausedUntil: 0, recentPosts: posts };
  expect(waitForToken(pace, 4, 3000)).toBe(0);
  expect(waitForToken(pace, 3, 3000)).toBe(1000 + minute - 3000);
  expect(waitForToken(pace, 2, 3000)).toBe(2000 + minute - 3000);
  expect(waitForToken(pace, 3, 1000 + minute)).toBe(0);
  expect(waitForToken({ pausedUntil: 0, recentPosts: [] }, 1, 3000)).toBe(0);
});

test('a pause holds up every POST until it is over', () => {
  expect(waitForToken({ pausedUntil: 9000, recentPosts: [] }, 60, 3000)).toBe(6000);
  expect(waitForToken({ pausedUntil: 9000, recentPosts: [] }, 60, 9000)).toBe(0);
  expect(waitForToken({ pausedUntil: 9000, recentPosts: [3000] }, 1, 3000)).toBe(minute);
  expect(waitForToken({ pausedUntil: 90_000, recentPosts: [3000] }, 1, 3000)).toBe(87_000);
});

test('a clock that was set back stops sending for a minute at most', () => {
  expect(waitForToken({ pausedUntil: 0, recentPosts: [10 * minute] }, 1, 0)).toBe(minute);
});

test('waits after tries that led nowhere double from 2 s to 15 min, spread over their upper half', () => {
  const longest = [1, 2, 3, 4, 9, 10, 100, 5000].map((tries) => backOff(tries, 1));
  expect(longest).toEqual([2000, 4000, 8000, 16_000, 512_000, 900_000, 900_000, 900_000]);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (tries, random) => {
      const ms = backOff(tries, random);
      expect(ms).toBeGreaterThanOrEqual(backOff(tries, 1) / 2);
      expect(ms).toBeLessThanOrEqual(backOff(tries, 1));
    }),
  );
});
