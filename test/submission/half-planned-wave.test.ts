import { join } from 'node:path';
import pLimit from 'p-limit';
import { expect, test } from 'vitest';
import { openSqliteLedger } from '../../src/ledger/sqlite-ledger.ts';
import { systemClock } from '../../src/lib/clock.ts';
import type { Register } from '../../src/submission/register.ts';
import { submit } from '../../src/submission/submit.ts';
import { Driver, owner, report } from '../ledger/builders.ts';
import { tempFolder } from '../lib/temp-folder.ts';

/** A register that takes every batch and finds nothing wrong with it. */
function kindRegister(): Register {
  const taken = new Set<string>();
  const answer = (batchStatus: string | null, batchReference: string | null) => ({
    readable: true,
    batchStatus,
    batchReference,
    reportCount: batchStatus === null ? null : 1,
    correlationId: null,
    errors: [],
    references: [],
  });
  return {
    async post(_api, reference) {
      taken.add(reference);
      return { seen: { kind: 'answered', status: 202, retryAfter: null }, text: '{}' };
    },
    async ask(question) {
      const reference = [...taken].find((known) => question.includes(known)) ?? null;
      const status = reference === null ? 404 : 200;
      const told = answer(reference === null ? null : 'FinishedSuccess', reference);
      return { kind: 'answered', status, retryAfter: null, answer: told };
    },
    async getLoan() {
      return { kind: 'failed', code: 'nobody asks' };
    },
    async getExtract() {
      return { kind: 'failed', code: 'nobody asks' };
    },
    async [Symbol.asyncDispose]() {},
  };
}

test('a run that was killed in the middle of planning a wave leaves nothing lying that may go after it', async () => {
  await using ledger = await openSqliteLedger(join(tempFolder(), 'state'));
  const night = new Driver(ledger);
  night.now = systemClock.now();
  const id = await night.mapped(
    'Repayments',
    Array.from({ length: 7 }, (_, i) => report(`p${i + 1}`, { loan: 'Other:1' })),
  );
  const [first] = await night.plan(id);
  if (!first) throw new Error('nothing could go');
  await night.send(first);
  await night.settle(first);
  // The second wave: the second payment is put into a batch, two more have been looked at, and the run is killed.
  const looked = await ledger.candidates(id, 3);
  await night.commit(id, looked, looked.at(-1)?.id ?? 0);

  const end = await submit({
    ledger,
    register: kindRegister(),
    environment: 'sandbox',
    owner,
    keyCase: 'camelCase',
    limits: {
      maxReportsPerBatch: 1,
      maxBytesPerBatch: 100_000,
      batchesPerMinute: 1000,
      inFlight: 2,
      statusInquiry: { first: 1, every: 1, alarmAfter: 60_000 },
      resendUnknown: { after: 60_000, notFoundAnswers: 3 },
    },
    slots: pLimit(2),
    breaks: [],
    clock: systemClock,
    log: { info() {}, warn() {}, error() {} },
    signal: new AbortController().signal,
    until: systemClock.now() + 20_000,
    giveUp: true,
    random: () => 0.5,
    columnsOf: async () => () => null,
    onStep() {},
  });
  expect(end).toEqual({ kind: 'idle' });
  expect(await ledger.counts(id)).toMatchObject({ accepted: 7, pending: 0 });
});
