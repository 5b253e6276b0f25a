import { createPrivateKey, X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { z } from 'zod';
import { certificateFault } from '../config/certificate-fault.ts';
import type { LoadedConfig } from '../config/load-config.ts';
import { type CertificateKind, passphraseOf, readNamed } from '../config/read-certificate.ts';
import { type CertificateOperation, certificateRequest } from '../lib/certificate-messages.ts';
import type { Clock } from '../lib/clock.ts';
import { UsageError } from '../lib/problem.ts';
import { type CertificateFiles, putInPlace, writePrivate } from './certificate-files.ts';
import { callService, memberOf, type ServiceAddress, ServiceUnreachable } from './certificate-service.ts';
import { derOf, makeRequest, pemOf } from './make-request.ts';
import { signRenewal } from './sign-renewal.ts';

/** What an order needs: whose it is, where the service is, and where the files are. */
export type Ordering = {
  config: LoadedConfig;
  kind: CertificateKind;
  files: CertificateFiles;
  service: ServiceAddress;
  customerName: string;
  /** How long the service takes, in ms. */
  wait: number;
  clock: Clock;
  say(line: string): void;
};

/** What is kept of an order the service has taken: by it the certificate is fetched, also by a later run. */
const Order = z.strictObject({ retrievalId: z.string().min(1), at: z.int() });

const tries = 4;

/**
 * Makes a key and a request, unless those of an earlier call are there. A key is never overwritten.
 * @returns whether they were made now
 */
export async function prepareRequest({ config, kind, files }: Pick<Ordering, 'config' | 'kind' | 'files'>) {
  if (existsSync(files.newKey) && existsSync(files.request)) return false;
  if (existsSync(files.newKey))
    throw new UsageError(`${files.newKey} is there, but no request for it`, {
      hint: 'a key is never overwritten: remove it if nobody needs it',
    });
  const { key, request } = await makeRequest(config.owner.idCode, passphraseOf(config, kind));
  writePrivate(files.newKey, key);
  writePrivate(files.request, request);
  return true;
}

/** Sends the request with the retrieval data that the Tax Administration gave (SignNewCertificate), unless it was sent before. */
export async function orderNew(ordering: Ordering, transferId: string, password: string): Promise<void> {
  const { files } = ordering;
  if (existsSync(files.order)) return;
  await prepareRequest(ordering);
  await order(ordering, 'SignNewCertificate', (members) =>
    certificateRequest('SignNewCertificate', {
      ...members,
      TransferId: transferId,
      TransferPassword: password,
      CertificateRequest: derOf(readFileSync(files.request, 'utf8')),
    }),
  );
}

/** Sends a request signed with the key of the certificate that is to be renewed (RenewCertificate), unless it was sent before. */
export async function orderRenewal(ordering: Ordering, old: { cert: string; key: string }): Promise<void> {
  const { files, config, kind } = ordering;
  if (existsSync(files.order)) return;
  const passphrase = passphraseOf(config, kind);
  const key = createPrivateKey({ key: old.key, ...(passphrase === undefined ? {} : { passphrase }) });
  if (key.asymmetricKeyType !== 'rsa')
    throw new UsageError(`the key of the ${kind} certificate is no RSA key; renewal signs with RSA`, {
      hint: 'order a new certificate: `luottoputki certificate request`',
    });
  await prepareRequest(ordering);
  await order(ordering, 'RenewCertificate', (members) => {
    const CertificateRequest = derOf(readFileSync(files.request, 'utf8'));
    return signRenewal(certificateRequest('RenewCertificate', { ...members, CertificateRequest }), key, old.cert);
  });
}

async function order(
  ordering: Ordering,
  operation: CertificateOperation,
  request: (members: Record<string, string>) => string,
): Promise<void> {
  const { service, files, clock, say } = ordering;
  say(`asking the certificate service for a certificate (${operation})`);
  const reply = await callService(service, operation, request(customerOf(ordering)));
  const retrievalId = memberOf(reply, 'RetrievalId');
  writePrivate(files.order, `${JSON.stringify({ retrievalId, at: clock.now() } satisfies z.infer<typeof Order>)}\n`);
}

/** Fetches the certificate of an order (GetCertificate), checks it, and puts it in place. @returns the old files that were kept */
export async function fetchOrdered(ordering: Ordering): Promise<string[]> {
  const { files, service, clock, wait, say } = ordering;
  const { retrievalId, at } = Order.parse(JSON.parse(readFileSync(files.order, 'utf8')));
  for (let n = 1; ; n++) {
    const pause = n === 1 ? at + wait - clock.now() : wait;
    if (pause > 0) say(`waiting ${Math.ceil(pause / 1000)} s for the certificate`);
    if (pause > 0) await clock.sleep(pause);
    const request = certificateRequest('GetCertificate', { ...customerOf(ordering), RetrievalId: retrievalId });
    const reply = await callService(service, 'GetCertificate', request);
    if (reply.kind === 'ok') {
      writePrivate(files.newCert, checked(ordering, pemOf(memberOf(reply, 'Certificate'))));
      return putInPlace(files);
    }
    if (n === tries) throw new ServiceUnreachable(`there is no certificate yet: ${reply.code} ${reply.message}`.trim());
  }
}

/** A certificate that is not for our key, or could not be used, never takes the place of another. */
function checked({ config, kind, files, clock }: Ordering, pem: string): string {
  const certificate = new X509Certificate(pem);
  const passphrase = passphraseOf(config, kind);
  const key = createPrivateKey({
    key: readNamed(files.newKey, basename(files.newKey)).toString(),
    ...(passphrase === undefined ? {} : { passphrase }),
  });
  const { owner, register } = config;
  const use = { kind, owner, environment: register.environment, ownAddress: register.url === undefined };
  const fault = certificate.checkPrivateKey(key)
    ? certificateFault(certificate, use, new Date(clock.now()))
    : { message: 'the certificate that came is not for our key', hint: '' };
  if (!fault) return pem;
  throw new UsageError(`the certificate that came cannot be used: ${fault.message}`, {
    hint: 'nothing was changed; tell the Tax Administration’s support',
  });
}

function customerOf({ config, customerName }: Ordering): Record<string, string> {
  const Environment = config.register.environment === 'production' ? 'PRODUCTION' : 'TEST';
  return { Environment, CustomerId: config.owner.idCode, CustomerName: customerName };
}
