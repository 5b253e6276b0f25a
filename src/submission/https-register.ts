import diagnostics from 'node:diagnostics_channel';
import { Agent, buildConnector, type Dispatcher } from 'undici';
import { readAnswer } from '../contract/answer.ts';
import { refusesCertificate } from './no-answer.ts';
import type { Observation } from './outcome.ts';
import type { Asked, AskedLoan, Register } from './register.ts';

/** Where the register is and who we are to it. */
export type RegisterAddress = Keys & {
  url: string;
  /** PEM of the only authority trusted for this address; the system's own when left out. */
  ca?: string;
  /**
   * Gives the certificate of extracts (register-contract.md section 1) when one is asked for; without it none can be.
   * @throws UsageError when it cannot be used
   */
  dataUse?(): Keys;
  inFlight: number;
};

/** A certificate and its key: PEM texts, or a PKCS#12 file. */
type Keys = { cert?: string; key?: string; pfx?: Buffer; passphrase?: string };

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

/**
 * The register over mutual TLS, by agents of our own: no retries, no redirects, no proxy, HTTP/1.1 without pipelining.
 *
 * HTTP/1.1 tells answers apart by their order alone: one answer too many on a kept connection would be taken for the next
 * request's. A POST therefore has a connection of its own (which also leaves no race with a server that closes a kept one).
 * Questions are asked on kept connections only while the answers name the batch they are about.
 */
export function openHttpsRegister(address: RegisterAddress, patience: Partial<Patience> = {}): Register {
  listen();
  const kept = openLine(address, patience, 1);
  const fresh = openLine(address, patience, 0);
  let extracts: Line | undefined;
  let named = false;
  const ask = async (line: Line, question: string): Promise<Asked> => {
    const heard = await line.hear('GetBatchStatus', question);
    return heard.kind === 'failed' ? heard : { ...heard, answer: readAnswer(heard.text) };
  };
  return {
    async post(api, reference, body) {
      begun.delete(reference);
      let seen: Observation;
      let response: Dispatcher.ResponseData;
      try {
        response = await fresh.request(api, body, { BatchReference: reference });
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
      const onKept = named;
      const asked = await ask(onKept ? kept : fresh, question);
      if (asked.kind === 'failed' || asked.answer.batchStatus === null) return asked;
      named = asked.answer.batchReference !== null;
      return onKept && !named ? await ask(fresh, question) : asked;
    },
    getLoan: (question) => fresh.hear('GetLoan', question),
    async getExtract(question) {
      extracts ??= openExtracts(address, patience);
      return await extracts.hear('GetCreditRegisterExtract', question);
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([kept, fresh, extracts].map((line) => line?.agent.close()));
    },
  };
}

type Line = ReturnType<typeof openLine>;

function openExtracts(address: RegisterAddress, patience: Partial<Patience>): Line {
  if (!address.dataUse) throw new Error('an extract cannot be asked for without the data-use certificate');
  const { cert: _, key: __, pfx: ___, passphrase: ____, ...place } = address;
  return openLine({ ...place, ...address.dataUse() }, patience, 0);
}

/** A way to the register; `pipelining` 0 gives each request a connection of its own. */
function openLine(
  { url, inFlight, dataUse: _, ...credentials }: RegisterAddress,
  patience: Partial<Patience>,
  pipelining: 0 | 1,
) {
  const timeouts = { ...usualPatience, ...patience };
  const connect = buildConnector({
    ...credentials,
    allowH2: false,
    minVersion: 'TLSv1.2',
    rejectUnauthorized: true,
    timeout: timeouts.connect,
  });
  // With TLS 1.3 a certificate is refused after the handshake; undici then tells only that the other side closed.
  let refusal: string | undefined;
  const agent = new Agent({
    connections: inFlight,
    pipelining,
    allowH2: false,
    headersTimeout: timeouts.headers,
    bodyTimeout: timeouts.body,
    maxResponseSize: largestAnswer,
    connect: (options, told) =>
      connect(options, (...made) => {
        made[1]?.prependListener('error', ({ code = '' }: NodeJS.ErrnoException) => {
          if (refusesCertificate(code)) refusal = code;
        });
        told(...made);
      }),
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
    agent,
    request,
    /** Asks, and hears the whole answer. */
    async hear(path: string, question: string): Promise<AskedLoan> {
      try {
        const { statusCode: status, headers, body } = await request(path, question);
        refusal = undefined;
        return { kind: 'answered', status, text: await body.text(), retryAfter: headerText(headers['retry-after']) };
      } catch (error) {
        return { kind: 'failed', code: refusal ?? errorCode(error) };
      }
    },
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
