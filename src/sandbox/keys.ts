import 'reflect-metadata';
import { createPrivateKey, KeyObject, type webcrypto, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as x509 from '@peculiar/x509';
import { durableFolder, durableWrite } from '../lib/durable-write.ts';

/** What a client certificate may be used for; the register has two kinds (register-contract.md section 7). */
export type CertificateKind = 'reporting' | 'dataUse';

/** A client's certificate and key: where they are, and as PEM text. */
type ClientKeys = { certPath: string; keyPath: string; cert: string; key: string };

/** All keys of a sandbox. */
export type SandboxKeys = {
  ca: { path: string; pem: string };
  server: { cert: string; key: string };
  reporting: ClientKeys;
  dataUse: ClientKeys;
};

type Wanted = {
  name: x509.JsonName;
  years: number;
  extensions: x509.Extension[];
  /** Absent when the certificate signs itself. */
  issuer?: ClientKeys;
};

const day = 86_400_000;
const renewedBefore = 30 * day;
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const organisation = 'luottoputki sandbox';
const { digitalSignature, keyCertSign, cRLSign } = x509.KeyUsageFlags;

/**
 * Makes the sandbox's certificate authority, its server certificate and a client certificate of each kind, on first
 * use; later calls reuse what is there and renew what ends within 30 days or belongs to another owner.
 * @param folder where the PEM files stand, rights 0600
 * @param owner whom the client certificates belong to: their CN; their OU is the kind
 * @param now decides what is due; TLS itself always goes by the computer's clock
 */
export async function sandboxKeys(folder: string, owner: { idCode: string }, now: Date): Promise<SandboxKeys> {
  durableFolder(folder);
  const ca = await keep(folder, 'ca', now, {
    name: [{ O: [organisation] }, { CN: ['luottoputki sandbox CA'] }],
    years: 10,
    extensions: [new x509.BasicConstraintsExtension(true, 0, true), usage(keyCertSign | cRLSign)],
  });
  const server = await keep(folder, 'server', now, {
    name: [{ O: [organisation] }, { CN: ['localhost'] }],
    years: 2,
    issuer: ca,
    extensions: [
      usage(digitalSignature),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([
        { type: 'dns', value: 'localhost' },
        { type: 'ip', value: '127.0.0.1' },
        { type: 'ip', value: '::1' },
      ]),
    ],
  });
  const client = (kind: CertificateKind) => keep(folder, kind, now, clientOf(kind, owner.idCode, ca));
  return {
    ca: { path: ca.certPath, pem: ca.cert },
    server: { cert: server.cert, key: server.key },
    reporting: await client('reporting'),
    dataUse: await client('dataUse'),
  };
}

const clientOf = (kind: CertificateKind, idCode: string, issuer: ClientKeys): Wanted => ({
  name: [{ C: ['FI'] }, { O: [organisation] }, { OU: [kind] }, { CN: [idCode] }],
  years: 2,
  issuer,
  extensions: [usage(digitalSignature), new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.clientAuth])],
});

/**
 * Has the sandbox's authority issue a client certificate for a key of somebody else's.
 * @param folder where `sandboxKeys` has made the authority
 * @returns the certificate as PEM
 */
export async function issueClient(
  folder: string,
  kind: CertificateKind,
  idCode: string,
  key: x509.PublicKey,
  now: Date,
): Promise<string> {
  const certPath = join(folder, 'ca.pem');
  const keyPath = join(folder, 'ca-key.pem');
  const ca = { certPath, keyPath, cert: textOf(certPath), key: textOf(keyPath) };
  return await sign(clientOf(kind, idCode, ca), await key.export(), undefined, now);
}

const usage = (flags: x509.KeyUsageFlags) => new x509.KeyUsagesExtension(flags, true);

async function keep(folder: string, name: string, now: Date, wanted: Wanted): Promise<ClientKeys> {
  const certPath = join(folder, `${name}.pem`);
  const keyPath = join(folder, `${name}-key.pem`);
  const kept = { certPath, keyPath, cert: textOf(certPath), key: textOf(keyPath) };
  if (isGood(kept, wanted, now)) return kept;
  const made = await make(wanted, now);
  durableWrite(keyPath, made.key);
  durableWrite(certPath, made.cert);
  return { certPath, keyPath, ...made };
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

/** Whether a pair belongs together, to its issuer and to its owner, and lasts long enough. */
function isGood(pair: ClientKeys, wanted: Wanted, now: Date): boolean {
  if (pair.cert === '' || pair.key === '') return false;
  const certificate = new X509Certificate(pair.cert);
  const issuer = wanted.issuer ? new X509Certificate(wanted.issuer.cert) : certificate;
  return (
    certificate.checkPrivateKey(createPrivateKey(pair.key)) &&
    certificate.checkIssued(issuer) &&
    certificate.verify(issuer.publicKey) &&
    new x509.X509Certificate(pair.cert).subject === new x509.Name(wanted.name).toString() &&
    certificate.validFromDate <= now &&
    certificate.validToDate.getTime() - now.getTime() >= renewedBefore
  );
}

async function make(wanted: Wanted, now: Date): Promise<{ cert: string; key: string }> {
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const cert = await sign(wanted, keys.publicKey, keys.privateKey, now);
  return { cert, key: KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' }).toString() };
}

/** Signs a certificate with its issuer's key, or, when it has none, with its own. */
async function sign(
  wanted: Wanted,
  publicKey: webcrypto.CryptoKey,
  ownKey: webcrypto.CryptoKey | undefined,
  now: Date,
): Promise<string> {
  const issuer = wanted.issuer && new x509.X509Certificate(wanted.issuer.cert);
  const signing = wanted.issuer ? await signingKey(wanted.issuer.key) : ownKey;
  if (!signing) throw new Error('there is no key to sign with');
  const certificate = await x509.X509CertificateGenerator.create({
    subject: wanted.name,
    issuer: issuer ? issuer.subjectName : wanted.name,
    notBefore: new Date(now.getTime() - day),
    notAfter: new Date(now.getTime() + wanted.years * 365 * day),
    signingAlgorithm: algorithm,
    publicKey,
    signingKey: signing,
    extensions: [
      ...wanted.extensions,
      await x509.SubjectKeyIdentifierExtension.create(publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(issuer ? issuer.publicKey : publicKey),
    ],
  });
  return `${certificate.toString('pem')}\n`;
}

function signingKey(pem: string): Promise<webcrypto.CryptoKey> {
  const der = createPrivateKey(pem).export({ type: 'pkcs8', format: 'der' });
  return crypto.subtle.importKey('pkcs8', new Uint8Array(der), algorithm, false, ['sign']);
}
