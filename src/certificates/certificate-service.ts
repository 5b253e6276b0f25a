import { Agent } from 'undici';
import {
  type CertificateOperation,
  type CertificateReply,
  readCertificateReply,
  soapAction,
} from '../lib/certificate-messages.ts';
import { UsageError } from '../lib/problem.ts';
import { envelope } from '../lib/soap.ts';

/** Where the certificate service is; no client certificate is shown to it. */
export type ServiceAddress = { url: string; ca?: string };

const patience = 60_000;
const largestAnswer = 1024 * 1024;

/** The service cannot be reached, or answers nothing sensible: try again later. */
export class ServiceUnreachable extends Error {
  override readonly name = 'ServiceUnreachable';
}

/**
 * Calls an operation once; nothing is tried again by itself, since a transfer password serves once.
 * @param request the request element as XML
 * @throws ServiceUnreachable when there is no answer that can be understood
 */
export async function callService(
  { url, ca }: ServiceAddress,
  operation: CertificateOperation,
  request: string,
): Promise<CertificateReply> {
  const agent = new Agent({
    allowH2: false,
    maxResponseSize: largestAnswer,
    connect: { ...(ca === undefined ? {} : { ca }), minVersion: 'TLSv1.2' },
  });
  const { origin, pathname, search } = new URL(url);
  try {
    const { statusCode, body } = await agent.request({
      origin,
      path: `${pathname}${search}`,
      method: 'POST',
      headers: { 'content-type': 'text/xml; charset=utf-8', soapaction: soapAction(operation) },
      body: envelope(request),
      signal: AbortSignal.timeout(patience),
    });
    const text = await body.text();
    if (statusCode !== 200) throw new Error(`it answers with HTTP ${statusCode}`);
    return readCertificateReply(operation, text);
  } catch (cause) {
    const { code, message } = cause as { code?: string; message: string };
    throw new ServiceUnreachable(`the certificate service does not answer as it should: ${code ?? message}`, { cause });
  } finally {
    await agent.close();
  }
}

/** The member of an answer that must be there. */
export function memberOf(reply: CertificateReply, name: string): string {
  if (reply.kind === 'fail')
    throw new UsageError(`the certificate service refused: ${reply.code}${reply.message ? ` ${reply.message}` : ''}`, {
      hint: 'check the transfer data and the customer id; a transfer password serves once: if it is used up, order new retrieval data from the Tax Administration',
    });
  const text = reply.members.get(name);
  if (text === undefined || text === '') throw new ServiceUnreachable(`the certificate service gave no ${name}`);
  return text;
}
