import { describe, test } from 'vitest';
import { answer, hangs, says } from './acts.ts';
import { playOut, type Scenario } from './expected.ts';
import { rejects } from './held-batches.ts';

const page = '<!doctype html><h1>Virhe</h1>';

describe.concurrent('one half of the register is down', () => {
  test.each<Scenario>([
    {
      title: 'the status service, for an hour: batches go, their verdicts come later',
      script: { ask: (it) => (it.now() < Date.parse('2026-05-20T11:00:00Z') ? answer(503) : undefined) },
      expected: { atLeast: 3600 },
    },
    {
      title: 'the status service, all night: everything is with the register, nothing is guessed',
      script: { ask: () => answer(500, page) },
      hours: 3,
      reports: 2,
      expected: { end: 'timeUp', states: { 1: 'withRegister', 2: 'withRegister' }, appliedToo: [1, 2] },
    },
    {
      title: 'the status service hangs after its first answer, all night',
      script: { ask: (it) => (it.nth === 1 ? undefined : hangs()) },
      patience: { headers: 600 },
      hours: 0.1,
      reports: 2,
      expected: { end: 'timeUp', states: { 1: 'withRegister', 2: 'withRegister' }, appliedToo: [1, 2] },
    },
    {
      title: 'the intake, for three hours: every batch goes again after two and is refused once more',
      script: { post: (it) => (it.now() < Date.parse('2026-05-20T13:00:00Z') ? answer(503) : undefined) },
      reports: 4,
      expected: { posts: 6, atLeast: 4 * 3600 },
    },
    {
      title: 'the intake, all night: each batch is tried every two hours at most',
      script: { post: () => answer(500) },
      reports: 2,
      expected: { end: 'timeUp', states: { 1: 'unknown', 2: 'unknown' }, posts: 3 },
    },
  ])('$title', playOut);
});

describe.concurrent('a ledger that was lost', () => {
  test.each<Scenario>([
    {
      title: 'everything had been taken: the verdicts are taken over, nothing is posted',
      runs: 2,
      ledgerLost: true,
      script: { judge: rejects(['r3']) },
      expected: { end: ['idle', 'idle'], states: { 3: 'rejected' }, posts: 3, alarm: /batch.known/ },
    },
    {
      title: 'some had been taken: only the others are posted',
      runs: 2,
      hours: 0.5,
      ledgerLost: true,
      script: { post: { 2: [answer(500)] } },
      expected: { end: ['timeUp', 'idle'], posts: 4 },
    },
    {
      title: 'one is still being processed: it is waited for',
      runs: 2,
      hours: 1,
      ledgerLost: true,
      script: { ask: { 2: (it) => (it.n > 1 && it.n < 20 ? says({ batchStatus: 'Processed' }) : undefined) } },
      expected: { end: ['timeUp', 'idle'], posts: 3 },
    },
  ])('$title', playOut);
});
