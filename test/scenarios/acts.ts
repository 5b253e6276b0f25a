import type { TLSSocket } from 'node:tls';
import type { HeldBatches } from './held-batches.ts';

/** A request as far as it was read, and what can be done about it. */
export type Exchange = {
  path: string;
  reference: string;
  /** Where the batch stands in the plan, from 1; 0 for parts of a split batch. */
  batch: number;
  /** How many times this reference was posted, or asked about, this time included. */
  n: number;
  /** How many POSTs, or questions, there were of any batch. */
  nth: number;
  body: string;
  /** How long the whole body is, in bytes. */
  length: number;
  /** What the clock shows, ms since 1970. */
  now(): number;
  socket: TLSSocket;
  /** What the register did so far. */
  register: HeldBatches;
  /** Ends the connection by a reset (RST). */
  reset(): void;
  /** The register takes the batch: it has its effect. */
  take(): void;
  /** What a register answers with which nothing is wrong; a POST is taken. */
  asUsualText(): string;
  asUsual(): Kept;
};

/** Whether more is read from the connection. */
export type Kept = 'kept' | 'over';

/** What the register does about one request. */
export type Act = {
  /** How much of the body is read first; all of it when absent. */
  reads?: number;
  run(it: Exchange): Kept | Promise<Kept>;
};

const reasons: Record<number, string> = { 200: 'OK', 202: 'Accepted', 400: 'Bad Request', 503: 'Service Unavailable' };

/** The bytes of an answer as any server writes it. */
export function answerText(status: number, body: unknown, headers: Record<string, string> = {}): string {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const lines = Object.entries({
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(text)),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${reasons[status] ?? 'Some Reason'}\r\n${lines.join('')}\r\n${text}`;
}

/** An answer with a status and a body; the register does nothing else. */
export const answer = (status: number, body: unknown = '', headers: Record<string, string> = {}): Act => ({
  run({ socket }) {
    socket.write(answerText(status, body, headers));
    return 'kept';
  },
});

/** An answer that depends on the request. */
export const answerFrom = (make: (it: Exchange) => string): Act => ({
  run(it) {
    it.socket.write(make(it));
    return 'kept';
  },
});

/** Bytes as they are given; then the connection stays, is closed, or is reset. */
export const bytes = (text: string, then: 'stays' | 'closes' | 'resets' = 'stays'): Act => ({
  async run({ socket, reset }) {
    if (text !== '') await new Promise<void>((resolve) => socket.write(text, () => resolve()));
    if (then === 'stays') return 'kept';
    if (then === 'closes') socket.end();
    else reset();
    return 'over';
  },
});

/** One act after the other. */
export const first = (act: Act, then: Act): Act => ({
  async run(it) {
    await act.run(it);
    return await then.run(it);
  },
});

/** Bytes one by one, each a record of its own. */
export const drips = (text: string, ms = 0): Act => ({
  async run({ socket }) {
    socket.setNoDelay(true);
    for (const byte of Buffer.from(text)) {
      if (socket.destroyed) return 'over';
      await new Promise<void>((resolve) => socket.write(Buffer.of(byte), () => resolve()));
      await new Promise((resolve) => (ms > 0 ? setTimeout(resolve, ms) : setImmediate(resolve)));
    }
    return 'kept';
  },
});

/** The connection is reset, after so much of the body was read; all of it when not told. */
export const resets = (reads?: number): Act => ({
  ...(reads === undefined ? {} : { reads }),
  run({ reset }) {
    reset();
    return 'over';
  },
});

/** The connection is closed politely and without an answer, after so much of the body was read. */
export const closes = (reads?: number): Act => ({
  ...(reads === undefined ? {} : { reads }),
  run({ socket }) {
    socket.end();
    return 'over';
  },
});

/** No answer, as long as the client waits; after so much of the body was read. */
export const hangs = (reads?: number): Act => ({
  ...(reads === undefined ? {} : { reads }),
  run: () => 'over',
});

/** The batch is taken, then something happens to the answer. */
export const takes = (then: Act): Act => ({
  run(it) {
    it.take();
    return then.run(it);
  },
});

/** An answer as usual, but a little late, so that others overtake it. */
export const slowly = (ms: number): Act => ({
  async run(it) {
    await new Promise((resolve) => setTimeout(resolve, ms));
    return it.asUsual();
  },
});

/** The verdict of GetBatchStatus, as an object to be changed. */
export const says = (body: unknown): Act => answer(200, body);
