import { expect, test } from 'vitest';
import type { Clock } from '../../src/lib/clock.ts';
import { type AskingOptions, AskingStopped, LoanAsker } from '../../src/reconcile/ask-loans.ts';
import type { AskedLoan } from '../../src/submission/register.ts';

const number = { type: 'Other', number: '1' };
const fine: AskedLoan = { kind: 'answered', status: 200, text: 'x', retryAfter: null };

/** A clock on which only waiting takes time. */
function patientClock(): Clock {
  let now = 0;
  return {
    now: () => now,
    sleep: async (ms) => {
      now += ms;
    },
  };
}

function asker(answers: AskedLoan[], more: Partial<AskingOptions> = {}) {
  const clock = patientClock();
  const asked: number[] = [];
  const options: AskingOptions = {
    ask: async () => {
      asked.push(clock.now());
      return answers[Math.min(asked.length, answers.length) - 1] ?? fine;
    },
    perMinute: 1000,
    inFlight: 1,
    breaks: [],
    clock,
    random: () => 0,
    signal: new AbortController().signal,
    ...more,
  };
  return { asker: new LoanAsker(options), asked };
}

test('no sliding minute holds more questions than allowed', async () => {
  const { asker: loans, asked } = asker([fine], { perMinute: 3 });
  for (let i = 0; i < 10; i++) await loans.ask(number);
  for (const [i, at] of asked.entries()) if (i >= 3) expect(at - (asked[i - 3] ?? 0)).toBeGreaterThanOrEqual(60_000);
  expect(asked).toHaveLength(10);
});

test('a pause the register asks for is kept, and a question without an answer is asked again', async () => {
  const { asker: loans, asked } = asker([
    { kind: 'answered', status: 503, text: '', retryAfter: '90' },
    { kind: 'failed', code: 'ECONNRESET' },
    fine,
  ]);
  expect(await loans.ask(number)).toMatchObject({ status: 200 });
  expect(asked).toHaveLength(3);
  expect(asked[1]).toBeGreaterThanOrEqual(90_000);
  expect(asked[2]).toBeGreaterThan(asked[1] ?? 0);
});

test('nothing is asked in a service break', async () => {
  const { asker: loans, asked } = asker([fine], { breaks: [{ from: 0, to: 7_200_000 }] });
  await loans.ask(number);
  expect(asked).toEqual([7_200_000]);
});

test.each<[string, AskedLoan, RegExp, number]>([
  ['a register that never answers', { kind: 'failed', code: 'ECONNREFUSED' }, /does not answer \(ECONNREFUSED\)/, 5],
  [
    'a register that refuses the certificate',
    { kind: 'answered', status: 403, text: '', retryAfter: null },
    /HTTP 403/,
    1,
  ],
  [
    'an address with nothing behind it',
    { kind: 'answered', status: 404, text: '<html>', retryAfter: null },
    /HTTP 404/,
    1,
  ],
])('%s ends the asking', async (_, answer, why, questions) => {
  const { asker: loans, asked } = asker([answer]);
  const ended = loans.ask(number);
  await expect(ended).rejects.toThrow(AskingStopped);
  await expect(ended).rejects.toThrow(why);
  expect(asked).toHaveLength(questions);
});

test('told to stop, it asks no more', async () => {
  const { asker: loans, asked } = asker([fine], { signal: AbortSignal.abort() });
  await expect(loans.ask(number)).rejects.toMatchObject({ interrupted: true });
  expect(asked).toEqual([]);
});
