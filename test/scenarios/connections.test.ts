import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { type Act, bytes, closes, hangs, resets, slowly, takes } from './acts.ts';
import { playOut, type Scenario } from './expected.ts';
import { rejects } from './held-batches.ts';
import type { Welcome } from './scripted-register.ts';

const nothingSent = { 1: 'waiting', 2: 'waiting', 3: 'waiting', 4: 'waiting', 5: 'waiting', 6: 'waiting' };

/** Nobody can be spoken to: nothing is posted, everything waits, and it is said why. */
const nobody = (title: string, night: Partial<Scenario>, why: RegExp): Scenario => ({
  title,
  giveUp: true,
  ...night,
  expected: { end: 'unreachable', posts: 0, states: nothingSent, why, ...night.expected },
});

/** The first connections are met so, the later ones served. */
const first = (times: number, welcome: Welcome) => (nth: number) => (nth <= times ? welcome : 'serve');

describe.concurrent('a register that cannot be spoken to', () => {
  test.each<Scenario>([
    nobody('refuses the connection', { listens: () => false }, /ECONNREFUSED/),
    nobody('has a name nobody knows', { client: { url: 'https://register.invalid' } }, /ENOTFOUND|EAI_AGAIN/),
    nobody('resets every connection at once', { script: { welcome: () => 'reset' } }, /ECONNRESET|UND_ERR_SOCKET/),
    nobody('resets in the handshake', { script: { welcome: () => 'resetInHandshake' } }, /ECONNRESET|UND_ERR_SOCKET/),
    nobody('closes in the handshake', { script: { welcome: () => 'closeInHandshake' } }, /ECONNRESET|UND_ERR_SOCKET/),
    nobody('speaks something else', { script: { welcome: () => 'junk' } }, /SSL|EPROTO/),
    nobody(
      'says nothing in the handshake',
      { script: { welcome: () => 'silenceInHandshake' }, patience: { connect: 300 } },
      /UND_ERR_CONNECT_TIMEOUT/,
    ),
  ])('$title: nothing is posted, everything waits', playOut);

  test.each<Scenario>([
    {
      title: 'refuses, and comes up after ten minutes',
      listens: ({ ms }) => ms > 600_000,
      expected: { atLeast: 600, atMost: 1800 },
    },
    {
      title: 'refuses, and comes up for the next run',
      giveUp: true,
      listens: ({ run }) => run > 1,
      runs: 2,
      expected: { end: ['unreachable', 'idle'] },
    },
    { title: 'resets five connections, then serves', script: { welcome: first(5, 'reset') } },
    { title: 'resets five handshakes, then serves', script: { welcome: first(5, 'resetInHandshake') } },
    {
      title: 'says nothing at all on two connections, then serves',
      script: { welcome: first(2, 'silence') },
      patience: { connect: 300 },
    },
    { title: 'resets every other connection', script: { welcome: (nth) => (nth % 2 === 1 ? 'reset' : 'serve') } },
    {
      title: 'gave us up in the night: the tries grow rare',
      listens: () => false,
      hours: 5,
      expected: {
        end: 'unreachable',
        posts: 0,
        states: nothingSent,
        also: ({ events }) =>
          expect(events.filter(({ event }) => event === 'register.unreachable').length).toBeLessThan(150),
      },
    },
    {
      title:
        'goes away after the first batch, for an hour: the batch that was not sent is tried again, none goes twice',
      limits: { inFlight: 1 },
      script: { post: { 1: [takes(bytes('', 'closes'))] } },
      listens: ({ ms, sincePost }) => sincePost === null || ms > 3_600_000,
      expected: { atLeast: 3600, atMost: 7200 },
    },
  ])('$title', playOut);
});

/** The register reads so much, then the connection breaks or it falls silent; what came after is asked about. */
const big: Partial<Scenario> = { padding: 60_000 };
const brokenOnce = (title: string, act: Parameters<typeof takes>[0], more: Partial<Scenario> = {}): Scenario => ({
  title,
  script: { post: { 2: [act] } },
  ...more,
  expected: { posts: 4, outcomes: { 2: ['unknown', 'sent'] }, atLeast: 7200, ...more.expected },
});
const takenOnce = (title: string, act: Parameters<typeof takes>[0], more: Partial<Scenario> = {}): Scenario => ({
  title,
  script: { post: { 2: [takes(act)] } },
  ...more,
  expected: { outcomes: { 2: ['unknown'] }, atMost: 600, ...more.expected },
});

describe.concurrent('a connection that breaks while a batch is sent', () => {
  test.each<Scenario>([
    brokenOnce('reset before the body', resets(0), big),
    brokenOnce('reset after one byte of the body', resets(1), big),
    brokenOnce('reset in the middle of the body', resets(30_000), big),
    brokenOnce('reset before the last byte', resets(119_000), big),
    brokenOnce('closed in the middle of the body', closes(30_000), big),
    brokenOnce('silence before the body', hangs(0), { ...big, patience: { headers: 600 } }),
    brokenOnce('silence in the middle of the body', hangs(30_000), { ...big, patience: { headers: 600 } }),
    brokenOnce('silence after the whole request', hangs(), { patience: { headers: 600 } }),
    brokenOnce('reset after the whole request, before it is taken', resets()),
    brokenOnce('closed after the whole request, before it is taken', closes()),
    takenOnce('reset after it was taken', resets()),
    takenOnce('closed after it was taken', closes()),
    takenOnce('silence after it was taken', hangs(), { patience: { headers: 600 } }),
    takenOnce('reset in the middle of the status line', bytes('HTTP/1.1 2', 'resets')),
    takenOnce('the first batch of all, reset after it was taken', resets(), {
      script: { post: { 1: [takes(resets())] } },
      expected: { outcomes: { 1: ['unknown'] } },
    }),
    {
      title: 'every first POST reset before it is taken, every second after',
      script: { post: (it) => (it.n === 1 ? resets() : takes(resets())) },
      expected: { posts: 6, atLeast: 7200 },
    },
    {
      title: 'a body of which not all is sent when the answer comes already',
      padding: 700_000,
      limits: { maxBytesPerBatch: 2_000_000 },
      script: { post: { 2: [{ ...bytes('HTTP/1.1 413 No\r\ncontent-length: 0\r\n\r\n'), reads: 1000 }] } },
      expected: { posts: 5, outcomes: { 2: ['tooLarge'] } },
    },
  ])('$title', playOut);
});

/** Answers a question as usual, and a second time, a moment later. */
const answeringTwice: Act = {
  run(it) {
    const text = it.asUsualText();
    it.socket.write(text);
    it.socket.write(text);
    return 'kept';
  },
};

const closingAfter: Act = {
  run(it) {
    it.asUsual();
    it.socket.end();
    return 'over';
  },
};

describe.concurrent('a connection whose answer has come', () => {
  test.each<Scenario>([
    {
      title: 'is closed by the register after every answer, without a word',
      script: { post: () => closingAfter, ask: () => closingAfter },
      limits: { inFlight: 1 },
    },
    {
      title: 'is closed by the register just as the next request comes',
      script: { ask: (it) => (it.nth % 3 === 0 ? closes() : undefined) },
      limits: { inFlight: 1 },
    },
    {
      title: 'is answered on twice, before the POST: the second answer is none to the POST',
      script: { ask: { 1: [answeringTwice] } },
      limits: { inFlight: 1 },
      expected: { outcomes: { 1: ['sent'], 2: ['sent'] } },
    },
    {
      title: 'is answered on twice, by a verdict: what was said of one batch is not taken for the next',
      script: {
        processing: 0,
        judge: rejects(['r3', 'r5']),
        ask: { 1: (it) => (it.n > 1 ? answeringTwice : undefined) },
      },
      limits: { inFlight: 1 },
      expected: { states: { 3: 'rejected', 5: 'rejected' } },
    },
    {
      title: 'answers that overtake each other are told apart',
      reports: 20,
      script: { post: (it) => slowly(it.nth % 4 === 0 ? 60 : 5), ask: (it) => slowly(it.nth % 3 === 0 ? 40 : 1) },
    },
  ])('$title', playOut);
});

test('a port on which something listens is not the register’s by that alone', async () => {
  const other = createServer((socket) =>
    socket.on('data', () => socket.write('220 mail ready\r\n')).on('error', () => {}),
  );
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as { port: number };
  await playOut(nobody('', { client: { url: `https://localhost:${port}` } }, /SSL|EPROTO/));
  await new Promise((resolve) => other.close(resolve));
});
