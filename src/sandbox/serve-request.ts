import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { TLSSocket } from 'node:tls';
import type { Owner } from '../contract/shapes.ts';
import { answerRequest, type Desk } from './answer-request.ts';
import { type FaultPlan, type SandboxApi, sandboxApis } from './faults.ts';
import type { CertificateKind } from './keys.ts';
import { largestBody, readBody } from './read-body.ts';
import { errorAt, type Reply, refused } from './reply.ts';
import type { LoggedRequest } from './snapshot.ts';

/** What every request meets: who answers, what goes wrong, whether the sandbox closes, and the log. */
export type Door = { desk: Desk; plan: FaultPlan; closing: AbortSignal; log(path: string): LoggedRequest };

/** Serves one request, from its first byte to its answer or its fault. */
export async function serveRequest(door: Door, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    await handle(door, request, response);
  } catch (error) {
    // A connection that ends, or a sandbox that closes, in the middle of a request leaves nobody to answer.
    if (request.socket.destroyed || door.closing.aborted) return;
    const text = error instanceof Error ? error.message : String(error);
    write(response, refused(500, errorAt('sandbox', 'SB-BROKEN', text)));
  }
}

async function handle(door: Door, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [path = '/'] = (request.url ?? '/').split('?');
  const logged = door.log(path);
  const api = sandboxApis.find((name) => path === `/${name}`);
  const fault = api && door.plan.draw(api);
  if (fault?.kind === 'cutBefore') return void request.socket.destroy();
  if (fault?.kind === 'slow') await pause(fault.ms, undefined, { signal: door.closing });

  const header = request.headers.batchreference;
  const batchReference = typeof header === 'string' ? header : undefined;
  const { text, sha256, tooLarge } = await readBody(request);
  logged.bodySha256 = sha256;
  logged.batchReference = batchReference ?? (api === 'GetBatchStatus' && text ? askedReference(text) : null);
  door.closing.throwIfAborted();

  const outcome = (): Reply => {
    if (!api) return refused(404, errorAt('path', 'SB-PATH', 'There is no such API.'));
    const refusal = refusedAtDoor(api, door.desk.owner, request);
    if (refusal) return refusal;
    if (tooLarge) return refused(413, errorAt('message', 'SB-TOO-LARGE', `A message may have ${largestBody} bytes.`));
    if (text === undefined) return refused(400, errorAt('message', 'A10', 'The message is not UTF-8.'));
    return answerRequest(door.desk, { api, batchReference, text }, fault);
  };

  switch (fault?.kind) {
    case 'cutAfter':
      outcome();
      return void request.socket.destroy();
    case 'hang':
      if (fault.applied) outcome();
      if (fault.ms === undefined) return;
      await pause(fault.ms, undefined, { signal: door.closing });
      return void request.socket.destroy();
    case 'junk':
      if (fault.applied) outcome();
      logged.httpStatus = 200;
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      return void response.end('<!doctype html><title>Service</title><p>We are improving our services.</p>');
    case 'status': {
      if (fault.applied) outcome();
      logged.httpStatus = fault.status;
      const headers = fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter };
      const error = errorAt('sandbox', 'SB-FAULT', `The sandbox was told to answer ${fault.status}.`);
      return write(response, { ...refused(fault.status, error), headers });
    }
    case 'slow':
    case 'stuck':
    case 'allOrNothing':
    case undefined: {
      const reply = outcome();
      logged.httpStatus = reply.status;
      return write(response, reply);
    }
  }
}

/** What is wrong with a request before its message is looked at. */
function refusedAtDoor(api: SandboxApi, owner: Owner, request: IncomingMessage): Reply | undefined {
  if (request.method !== 'POST')
    return { ...refused(405, errorAt('method', 'SB-METHOD', 'Expected POST.')), headers: { allow: 'POST' } };
  const wanted: CertificateKind = api === 'GetCreditRegisterExtract' ? 'dataUse' : 'reporting';
  const { subject } = (request.socket as TLSSocket).getPeerCertificate();
  if (subject?.OU !== wanted)
    return refused(403, errorAt('certificate', 'SB-CERTIFICATE-KIND', `${api} needs the ${wanted} certificate.`));
  if (subject.CN !== owner.idCode)
    return refused(403, errorAt('certificate', 'SB-CERTIFICATE-OWNER', 'The certificate belongs to another owner.'));
  if (!/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? ''))
    return refused(415, errorAt('contentType', 'SB-CONTENT-TYPE', 'Expected application/json.'));
  return undefined;
}

const askedReference = (text: string) => /"batchReference"\s*:\s*"([^"\\]*)"/i.exec(text)?.[1] ?? null;

function write(response: ServerResponse, { status, body, headers }: Reply): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(body));
}
