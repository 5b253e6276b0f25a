import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type SandboxKeys, sandboxKeys } from '../../src/sandbox/keys.ts';
import { sayRefusedCertificate } from '../../src/submission/connection-words.ts';
import { openHttpsRegister, type RegisterAddress } from '../../src/submission/https-register.ts';
import { refusesCertificate } from '../../src/submission/no-answer.ts';
import { classify } from '../../src/submission/outcome.ts';
import { owner } from '../ledger/builders.ts';
import { tempFolder } from '../lib/temp-folder.ts';

type Received = {
  path: string | undefined;
  reference: string | undefined;
  headers: IncomingMessage['headers'];
  body: string;
};
type Answering = (request: IncomingMessage, response: ServerResponse, received: Received) => void;

let keys: SandboxKeys | undefined;
const someKeys = async () => (keys ??= await sandboxKeys(tempFolder(), owner, new Date()));

/** A register of a few lines that does as it is told, and a client that speaks to it. */
async function registerThat(answer: Answering, more: Partial<RegisterAddress> = {}) {
  const { ca, server: own, reporting } = await someKeys();
  const received: Received[] = [];
  const server = createServer(
    { ...own, ca: ca.pem, requestCert: true, rejectUnauthorized: true },
    async (request, response) => {
      const bytes = Buffer.concat(await Array.fromAsync(request));
      const { url: path, headers } = request;
      const seen = {
        path,
        headers,
        reference: headers['batchreference'] as string | undefined,
        body: bytes.toString(),
      };
      received.push(seen);
      answer(request, response, seen);
    },
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const register = openHttpsRegister({
    url: `https://127.0.0.1:${port}/base/`,
    ca: ca.pem,
    cert: reporting.cert,
    key: reporting.key,
    inFlight: 2,
    ...more,
  });
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await register[Symbol.asyncDispose]();
  });
  return { register, received, port };
}

const body = Buffer.from('{"loans":["ä"]}');

describe('a POST', () => {
  test('carries the exact bytes, once, with the batch reference in its header', async () => {
    const { register, received } = await registerThat((_, response) => response.writeHead(202).end('{"x":1}'));
    const { seen, text } = await register.post('AddLoans', 'AddLoans-ABC', body);
    expect(seen).toEqual({ kind: 'answered', status: 202, retryAfter: null });
    expect(text).toBe('{"x":1}');
    expect(received).toMatchObject([
      {
        path: '/base/AddLoans',
        reference: 'AddLoans-ABC',
        body: body.toString(),
        headers: { 'content-type': 'application/json; charset=utf-8', accept: 'application/json' },
      },
    ]);
  });

  test('tells the status and Retry-After as they came', async () => {
    const { register } = await registerThat((_, response) => response.writeHead(503, { 'retry-after': '120' }).end());
    expect((await register.post('AddLoans', 'r', body)).seen).toEqual({
      kind: 'answered',
      status: 503,
      retryAfter: '120',
    });
  });

  test('follows no redirect and tries nothing again', async () => {
    const { register, received } = await registerThat((_, response) =>
      response.writeHead(307, { location: '/base/UpdateLoans' }).end(),
    );
    expect((await register.post('AddLoans', 'r', body)).seen).toMatchObject({ status: 307 });
    const broken = await registerThat((request) => request.socket.destroy());
    await broken.register.post('AddLoans', 'r', body);
    expect([received.length, broken.received.length]).toEqual([1, 1]);
  });
});

describe('evidence of what left', () => {
  test('a refused connection: nothing was sent', async () => {
    const { register, port } = await registerThat(() => {});
    const closed = await closedPort(port);
    const { ca, reporting } = await someKeys();
    await using nobody = openHttpsRegister({
      url: `https://127.0.0.1:${closed}`,
      ca: ca.pem,
      ...reporting,
      inFlight: 1,
    });
    expect((await nobody.post('AddLoans', 'r', body)).seen).toEqual({
      kind: 'failed',
      headersSent: false,
      code: 'ECONNREFUSED',
    });
    expect(await nobody.ask('{}')).toEqual({ kind: 'failed', code: 'ECONNREFUSED' });
    expect(register).toBeDefined();
  });

  test('a connection cut before the handshake: nothing was sent', async () => {
    const server = createTcpServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const { ca, reporting } = await someKeys();
    await using register = openHttpsRegister({
      url: `https://127.0.0.1:${port}`,
      ca: ca.pem,
      ...reporting,
      inFlight: 1,
    });
    expect((await register.post('AddLoans', 'r', body)).seen).toMatchObject({ kind: 'failed', headersSent: false });
  });

  test('a server whose certificate is not trusted: nothing was sent', async () => {
    const other = await sandboxKeys(tempFolder(), owner, new Date());
    const { register, received } = await registerThat((_, response) => response.writeHead(202).end(), {
      ca: other.ca.pem,
    });
    const { seen } = await register.post('AddLoans', 'r', body);
    expect(seen).toMatchObject({ kind: 'failed', headersSent: false });
    expect(classify(seen).kind).toBe('unsent');
    expect(received).toEqual([]);
  });

  test('a connection cut after the request arrived: it was sent, and the outcome is unknown', async () => {
    const { register, received } = await registerThat((request) => request.socket.destroy());
    const { seen } = await register.post('AddLoans', 'r', body);
    expect(seen).toMatchObject({ kind: 'failed', headersSent: true });
    expect(classify(seen).kind).toBe('unknown');
    expect(received).toHaveLength(1);
  });

  test('an answer that is no HTTP: it was sent', async () => {
    const { register } = await registerThat((request) => request.socket.end('hello\r\n\r\n'));
    expect((await register.post('AddLoans', 'r', body)).seen).toMatchObject({ kind: 'failed', headersSent: true });
  });

  test('a 202 whose body breaks off is a 202', async () => {
    const { register } = await registerThat((request, response) => {
      response.writeHead(202, { 'content-length': '100' });
      response.write('{"corr', () => request.socket.destroy());
    });
    const { seen, text } = await register.post('AddLoans', 'r', body);
    expect(seen).toEqual({ kind: 'answered', status: 202, retryAfter: null });
    expect(text).toBe('');
  });

  test('what is known of one POST is never taken for another of the same reference', async () => {
    const { register, port } = await registerThat((request) => request.socket.destroy());
    await register.post('AddLoans', 'again', body);
    const closed = await closedPort(port);
    const { ca, reporting } = await someKeys();
    await using nobody = openHttpsRegister({
      url: `https://127.0.0.1:${closed}`,
      ca: ca.pem,
      ...reporting,
      inFlight: 1,
    });
    expect((await nobody.post('AddLoans', 'again', body)).seen).toMatchObject({ headersSent: false });
  });

  test('POSTs under way together are told apart', async () => {
    const { register } = await registerThat((request, response, { reference }) => {
      if (reference === 'cut') request.socket.destroy();
      else setTimeout(() => response.writeHead(202).end(), 20);
    });
    const [cut, whole] = await Promise.all([
      register.post('AddLoans', 'cut', body),
      register.post('AddLoans', 'whole', body),
    ]);
    expect(cut.seen).toMatchObject({ kind: 'failed', headersSent: true });
    expect(whole.seen).toMatchObject({ kind: 'answered', status: 202 });
  });
});

describe('a question', () => {
  test('goes to GetBatchStatus without a reference in the header, and its answer is read', async () => {
    const { register, received } = await registerThat((_, response) =>
      response.writeHead(200, { 'retry-after': '5' }).end('{"BatchStatus":"Processed","ReportCount":2}'),
    );
    expect(await register.ask('{"batchReference":"r"}')).toMatchObject({
      kind: 'answered',
      status: 200,
      retryAfter: '5',
      answer: { batchStatus: 'Processed', reportCount: 2 },
    });
    expect(received).toMatchObject([
      { path: '/base/GetBatchStatus', reference: undefined, body: '{"batchReference":"r"}' },
    ]);
  });

  test('whose answer breaks off has no answer', async () => {
    const { register } = await registerThat((request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"batchStatus":"FinishedSuccess"', () => request.socket.destroy());
    });
    expect(await register.ask('{}')).toMatchObject({ kind: 'failed' });
  });
});

/** A port where nobody listens. */
async function closedPort(not: number): Promise<number> {
  const server = createTcpServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port === not ? closedPort(not) : port;
}

/** A fatal TLS alert of this number, as a server sends it before anything is encrypted. */
async function registerThatAlerts(alert: number) {
  const server = createTcpServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.end(Buffer.from([0x15, 3, 3, 0, 2, 2, alert])));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const { reporting, ca } = await someKeys();
  const { cert, key } = reporting;
  const register = openHttpsRegister({ url: `https://127.0.0.1:${port}`, ca: ca.pem, cert, key, inFlight: 1 });
  onTestFinished(async () => {
    server.close();
    await register[Symbol.asyncDispose]();
  });
  return register;
}

test.each([
  [48, /does not trust the authority that issued it/],
  [42, /it cannot be used there/],
  [44, /it has been revoked/],
  [45, /it has expired/],
  [116, /none was shown/],
])('a register that refuses the certificate in the handshake (alert %d) says why', async (alert, words) => {
  const register = await registerThatAlerts(alert);
  const asked = await register.ask('{}');
  if (asked.kind !== 'failed') throw new Error('it was answered');
  expect(refusesCertificate(asked.code)).toBe(true);
  expect(sayRefusedCertificate(asked.code)).toMatch(words);
});

test('an alert about anything else is no word on the certificate', async () => {
  const asked = await (await registerThatAlerts(80)).ask('{}');
  if (asked.kind !== 'failed') throw new Error('it was answered');
  expect(refusesCertificate(asked.code)).toBe(false);
});
