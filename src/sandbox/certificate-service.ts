import 'reflect-metadata';
import { randomBytes, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import * as x509 from '@peculiar/x509';
import { certificateNamespace, readCertificateRequest } from '../lib/certificate-messages.ts';
import { envelope, escapeXml } from '../lib/soap.ts';
import { type CertificateKind, issueClient, sandboxKeys } from './keys.ts';
import { readBody } from './read-body.ts';
import { signerOf } from './renewal-signer.ts';

/** Retrieval data as the Tax Administration sends it: for one certificate, usable once. */
export type Transfer = { id: string; password: string; kind: CertificateKind };

export type CertificateServiceOptions = {
  /** The sandbox's own: its authority issues the certificates. */
  stateFolder: string;
  owner: { idCode: string };
  transfers: readonly Transfer[];
  port?: number;
  /** How long a certificate takes to be made, in ms; 30 s when absent. */
  wait?: number;
};

export type CertificateService = AsyncDisposable & { url: string };

type Answer = { status: 'OK'; members: Record<string, string> } | { status: 'FAIL'; code: string; message: string };
const ok = (members: Record<string, string>): Answer => ({ status: 'OK', members });
/** The codes are the sandbox's own: what the real ones mean is not known. */
const fail = (code: string, message: string): Answer => ({ status: 'FAIL', code, message });

/**
 * Starts a stand-in for the Tax Administration's certificate service, at an address of its own, as the real one has; no client
 * certificate is asked for. What it holds is forgotten when it ends.
 */
export async function startCertificateService(options: CertificateServiceOptions): Promise<CertificateService> {
  const { stateFolder, owner, port: wantedPort = 0 } = options;
  const folder = join(stateFolder, 'keys');
  const { server: own, ca } = await sandboxKeys(folder, owner, new Date());
  const desk = new Desk(options, folder, new X509Certificate(ca.pem));
  const server = createServer({ ...own, minVersion: 'TLSv1.2' }, async (request, response) => {
    const { text = '' } = await readBody(request);
    const { operation, answer } = await desk.answer(text);
    response.writeHead(200, { 'content-type': 'text/xml; charset=utf-8' });
    response.end(envelope(say(operation, answer)));
  });
  server.listen(wantedPort, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `https://localhost:${port}/2017/10/CertificateServices`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      const closed = once(server, 'close');
      server.close();
      await closed;
    },
  };
}

/** Who decides: what was ordered, what is ready. */
class Desk {
  readonly #options: CertificateServiceOptions;
  readonly #folder: string;
  readonly #ca: X509Certificate;
  readonly #used = new Set<string>();
  readonly #made = new Map<string, { readyAt: number; certificate: string }>();

  constructor(options: CertificateServiceOptions, folder: string, ca: X509Certificate) {
    this.#options = options;
    this.#folder = folder;
    this.#ca = ca;
  }

  async answer(text: string): Promise<{ operation: string; answer: Answer }> {
    let read: ReturnType<typeof readCertificateRequest>;
    try {
      read = readCertificateRequest(text);
    } catch {
      read = undefined;
    }
    if (!read) return { operation: 'Unknown', answer: fail('PKI900', 'The message is no request of this service.') };
    const { operation, texts } = read;
    const of = (name: string) => texts.get(name) ?? '';
    const answer = async () => {
      if (of('Environment') !== 'TEST') return fail('PKI901', 'Environment: expected TEST.');
      if (of('CustomerId') !== this.#options.owner.idCode) return fail('PKI902', 'CustomerId is not known.');
      if (operation === 'GetCertificate') return this.#fetch(of('RetrievalId'));
      if (operation === 'SignNewCertificate')
        return await this.#signNew(of('TransferId'), of('TransferPassword'), of('CertificateRequest'));
      return await this.#renew(read.element.toString());
    };
    return { operation, answer: await answer() };
  }

  async #signNew(id: string, password: string, request: string): Promise<Answer> {
    const transfer = this.#options.transfers.find((each) => each.id === id && each.password === password);
    if (!transfer) return fail('PKI903', 'TransferId and TransferPassword do not belong together.');
    if (this.#used.has(id)) return fail('PKI904', 'The TransferPassword has been used.');
    const answer = await this.#issue(transfer.kind, request);
    if (answer.status === 'OK') this.#used.add(id);
    return answer;
  }

  async #renew(document: string): Promise<Answer> {
    const signer = signerOf(document, this.#ca, new Date());
    if (typeof signer === 'string') return fail('PKI905', signer);
    const { certificate, request } = signer;
    return await this.#issue(/^OU=dataUse$/m.test(certificate.subject) ? 'dataUse' : 'reporting', request, certificate);
  }

  /** A renewal needs a key of its own. */
  async #issue(kind: CertificateKind, request: string, old?: X509Certificate): Promise<Answer> {
    const csr = await readRequest(request);
    const { idCode } = this.#options.owner;
    if (!csr) return fail('PKI906', 'CertificateRequest is no PKCS#10 request with a right signature.');
    if (csr.subjectName.getField('CN')[0] !== idCode)
      return fail('PKI907', 'CertificateRequest: CN is not the CustomerId.');
    const der = Buffer.from(csr.publicKey.rawData);
    if (old?.publicKey.export({ type: 'spki', format: 'der' }).equals(der))
      return fail('PKI908', 'CertificateRequest has the key of the certificate that is renewed.');
    const pem = await issueClient(this.#folder, kind, idCode, csr.publicKey, new Date());
    const retrievalId = randomBytes(12).toString('hex');
    const certificate = new X509Certificate(pem).raw.toString('base64');
    this.#made.set(retrievalId, { readyAt: Date.now() + (this.#options.wait ?? 30_000), certificate });
    return ok({ RetrievalId: retrievalId });
  }

  #fetch(retrievalId: string): Answer {
    const made = this.#made.get(retrievalId);
    if (!made) return fail('PKI909', 'RetrievalId is not known.');
    if (Date.now() < made.readyAt) return fail('PKI910', 'The certificate is not ready yet.');
    return ok({ Certificate: made.certificate });
  }
}

async function readRequest(base64: string): Promise<x509.Pkcs10CertificateRequest | undefined> {
  try {
    const request = new x509.Pkcs10CertificateRequest(Buffer.from(base64, 'base64'));
    return (await request.verify()) ? request : undefined;
  } catch {
    return undefined;
  }
}

function say(operation: string, answer: Answer): string {
  const members = answer.status === 'OK' ? Object.entries(answer.members) : [];
  const errors =
    answer.status === 'OK'
      ? ''
      : `<ErrorInfo><ErrorCode>${answer.code}</ErrorCode><ErrorMessage>${escapeXml(answer.message)}</ErrorMessage></ErrorInfo>`;
  const inner = members.map(([name, text]) => `<${name}>${escapeXml(text)}</${name}>`).join('');
  return `<cer:${operation}Response xmlns:cer="${certificateNamespace}">${inner}<Result><Status>${answer.status}</Status>${errors}</Result></cer:${operation}Response>`;
}
