import 'reflect-metadata';
import { KeyObject, type webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

const day = 86_400_000;
const curve = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const rsa = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  publicExponent: new Uint8Array([1, 0, 1]),
  modulusLength: 2048,
};
const { clientAuth } = x509.ExtendedKeyUsage;

export type Wanted = {
  subject?: x509.JsonName;
  /** Days from now; from yesterday to 400 days from now when left out. */
  from?: number;
  to?: number;
  /** Null for a certificate that names no purpose. */
  purposes?: string[] | null;
  issuer?: { cert: string; key: SigningKey };
  /** An RSA key instead of one on a curve. */
  rsa?: boolean;
};
type SigningKey = webcrypto.CryptoKey;

/** A certificate and its key, as PEM; `signingKey` to issue others with it. */
export type Made = { cert: string; key: string; encryptedKey(passphrase: string): string; signingKey: SigningKey };

/** The subject of the owner that tests have. */
export const subjectOf = (idCode: string): x509.JsonName => [
  { C: ['FI'] },
  { O: ['Esimerkkirahoitus'] },
  { CN: [idCode] },
];

/**
 * Makes a certificate of any kind, sound or not, for tests. (The PKCS#12 files in `fixtures/` hold one for 1572860-0 that is
 * valid for a hundred years; their passphrase is `lupa`. They were made with `openssl pkcs12 -export`:
 * good.p12 with AES-256, legacy.p12 with `-legacy`, no-key.p12 with `-nokeys`.)
 */
export async function makeCertificate(wanted: Wanted = {}): Promise<Made> {
  const { subject = subjectOf('1572860-0'), from = -1, to = 400, purposes = [clientAuth], issuer } = wanted;
  const keys = await crypto.subtle.generateKey(wanted.rsa ? rsa : curve, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.create({
    subject,
    issuer: issuer ? new x509.X509Certificate(issuer.cert).subjectName : subject,
    notBefore: new Date(Date.now() + from * day),
    notAfter: new Date(Date.now() + to * day),
    signingAlgorithm: issuer || !wanted.rsa ? curve : rsa,
    publicKey: keys.publicKey,
    signingKey: issuer ? issuer.key : keys.privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      ...(purposes === null ? [] : [new x509.ExtendedKeyUsageExtension(purposes)]),
    ],
  });
  const key = KeyObject.from(keys.privateKey);
  return {
    cert: `${certificate.toString('pem')}\n`,
    key: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    encryptedKey: (passphrase) =>
      key.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase }).toString(),
    signingKey: keys.privateKey,
  };
}
