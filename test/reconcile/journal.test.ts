import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Found, Journal } from '../../src/reconcile/journal.ts';
import { tempFolder } from '../lib/temp-folder.ts';

const found = (loan: string): Found => ({
  loan,
  outcome: 'unclear',
  ifDelaysTold: false,
  differences: [],
  proposals: [],
});

test('a journal goes on where its last whole line ends, and knows all that was found', async () => {
  const path = join(tempFolder(), 'reconcile', 'a.jsonl');
  const first = await Journal.open(path, { id: 'a', startedAt: 1 }, false);
  first.tally.done = 2;
  first.tally.last = 'Other:2';
  first.note([found('Other:1')]);
  const whole = readFileSync(path, 'utf8');
  appendFileSync(path, '{"tally":{"done":3');
  const second = await Journal.open(path, { id: 'b', startedAt: 2 }, false);
  expect([second.id, second.tally.done, second.tally.last]).toEqual(['a', 2, 'Other:2']);
  expect(readFileSync(path, 'utf8')).toBe(whole);
  second.note([found('Other:3')]);
  expect((await Array.fromAsync(second.found())).map(({ loan }) => loan)).toEqual(['Other:1', 'Other:3']);
  const anew = await Journal.open(path, { id: 'c', startedAt: 3 }, true);
  expect([anew.id, anew.tally.done]).toEqual(['c', 0]);
});
