import diagnostics from 'node:diagnostics_channel';
import { Agent, type Dispatcher } from 'undici';
import { readAnswer } from '../contract/answer.ts';
import type { Observation } from './outcome.ts';
import type { Register } from './register.ts';

/** Where the register is and who we are to it. */
export type RegisterAddress = {
  url: string;
  /** PEM of the only authority trusted for this address; the system's own when left out. */
  ca?: string;
  cert?: string;
  key?: string;
  pfx?: Buffer;
  passphrase?: string;
  inFlight: number;
};

const largestAnswer = 16 * 1024 * 1024;
/**
 * How long we wait, in ms: for a connection, for the head of an answer, between two pieces of its body, and for the whole
 * of it: an answer that drips would otherwise hold up everything, since what is under way is waited for.
 */
export type Patience = { connect: number; headers: number; body: number; whole: number };
const usualPatience: Patience = { connect: 10_000, headers: 120_000, body: 60_000, whole: 300_000 };

/** References of requests of which undici has begun to write the headers. */
const begun = new Set<string>();
let listening = false;

/** Positive evidence of what left the process: no error code tells it (see docs/decisions/0001-exactly-once.md). */
function listen(): void {
  if (listening) return;
  listening = true;
  diagnostics.subscribe('undici:client:sendHeaders', (message) => {
    const { headers } = message as { headers: string };
    const reference = /^batchreference: (.*)\r$/im.exec(headers)?.[1];
    if (reference !== undefined) begun.add(reference);
  });
}

/** The register over mutual TLS, by an agent of our own: no retries, no redirects, no proxy, HTTP/1.1 without keep-alive. */
export function openHttpsRegister(address: RegisterAddress, patience: Partial<Patience> = {}): Register {
  listen();
  const timeouts = { ...usualPatience, ...patience };
  const { url, inFlight, ...credentials } = address;
  const agent = new Agent({
    connections: inFlight,
    // Each request on a connection of its own: an answer too many on a kept one would be taken for the next request's.
    pipelining: 0,
    allowH2: false,
    headersTimeout: timeouts.headers,
    bodyTimeout: timeouts.body,
    maxResponseSize: largestAnswer,
    connect: { ...credentials, minVersion: 'TLSv1.2', rejectUnauthorized: true, timeout: timeouts.connect },
  });
  const base = new URL(url);
  const request = (path: string, body: Uint8Array | string, headers: Record<string, string> = {}) =>
    agent.request({
      origin: base.origin,
      path: `${base.pathname.replace(/\/$/, '')}/${path}`,
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', accept: 'application/json', ...headers },
      body,
      signal: AbortSignal.timeout(timeouts.whole),
    });
  return {
    async post(api, reference, body) {
      begun.delete(reference);
      let seen: Observation;
      let response: Dispatcher.ResponseData;
      try {
        response = await request(api, body, { BatchReference: reference });
        seen = {
          kind: 'answered',
          status: response.statusCode,
          retryAfter: headerText(response.headers['retry-after']),
        };
      } catch (error) {
        return { seen: { kind: 'failed', headersSent: begun.has(reference), code: errorCode(error) }, text: '' };
      } finally {
        begun.delete(reference);
      }
      return { seen, text: await bodyText(response) };
    },
    async ask(question) {
      try {
        const response = await request('GetBatchStatus', question);
        const text = await response.body.text();
        return {
          kind: 'answered',
          status: response.statusCode,
          answer: readAnswer(text),
          retryAfter: headerText(response.headers['retry-after']),
        };
      } catch (error) {
        return { kind: 'failed', code: errorCode(error) };
      }
    },
    async getLoan(question) {
      try {
        const response = await request('GetLoan', question);
        const text = await response.body.text();
        return {
          kind: 'answered',
          status: response.statusCode,
          text,
          retryAfter: headerText(response.headers['retry-after']),
        };
      } catch (error) {
        return { kind: 'failed', code: errorCode(error) };
      }
    },
    [Symbol.asyncDispose]: () => agent.close(),
  };
}

/** The status line has decided already; a body that breaks off adds nothing and takes nothing away. */
async function bodyText(response: Dispatcher.ResponseData): Promise<string> {
  try {
    return await response.body.text();
  } catch {
    return '';
  }
}

/** A header that came several times is a list (RFC 9110, section 5.3). */
const headerText = (value: string | string[] | undefined) =>
  Array.isArray(value) ? value.join(', ') : (value ?? null);

/** The code only: messages of network errors may carry addresses and more. */
function errorCode(error: unknown): string {
  const { code, name, cause } = error as { code?: unknown; name?: unknown; cause?: { code?: unknown } };
  if (typeof code === 'string') return code;
  if (typeof cause?.code === 'string') return cause.code;
  return typeof name === 'string' ? name : 'unknown error';
}
