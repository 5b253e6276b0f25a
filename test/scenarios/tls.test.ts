import 'reflect-metadata';
import { KeyObject } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import { describe, test } from 'vitest';
import { type Expected, playOut, type Scenario } from './expected.ts';
import { makeKeys } from './play.ts';

const year = 365 * 86_400_000;
const all = (state: string) => ({ 1: state, 2: state, 3: state, 4: state, 5: state, 6: state });
const other = await makeKeys();
const past = await makeKeys(new Date(Date.now() - 5 * year));
const future = await makeKeys(new Date(Date.now() + 5 * year));
const byItself = await selfSigned('localhost');
const elsewhere = await selfSigned('register.example');

const serverOf = ({ server: { cert, key } }: typeof other) => ({ cert, key });

/** We end the connection ourselves: nothing was sent, and it is said why. */
const notTrusted = (title: string, night: Partial<Scenario>, why: RegExp): Scenario => ({
  title,
  giveUp: true,
  ...night,
  expected: { end: 'unreachable', posts: 0, states: all('waiting'), why },
});

describe.concurrent('a register that is not the one it should be', () => {
  test.each<Scenario>([
    notTrusted(
      'has a certificate of an authority we do not trust',
      { script: { tls: serverOf(other) } },
      /VERIFY|CERT|ISSUER/,
    ),
    notTrusted(
      'has a certificate for another name',
      { script: { tls: elsewhere }, client: { ca: elsewhere.cert } },
      /ERR_TLS_CERT_ALTNAME_INVALID/,
    ),
    notTrusted(
      'has a certificate that has expired',
      { script: { tls: serverOf(past) }, client: { ca: past.ca.pem } },
      /CERT_HAS_EXPIRED/,
    ),
    notTrusted(
      'has a certificate that is not valid yet',
      { script: { tls: serverOf(future) }, client: { ca: future.ca.pem } },
      /CERT_NOT_YET_VALID/,
    ),
    notTrusted('signs its certificate itself', { script: { tls: byItself } }, /SELF_SIGNED/),
    notTrusted(
      'speaks no TLS that is safe',
      { script: { tls: { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } } },
      /PROTOCOL|SSL/,
    ),
  ])('$title: nothing is posted', playOut);

  test.each<Scenario>([
    { title: 'TLS 1.2 only is enough', script: { tls: { maxVersion: 'TLSv1.2' } } },
    { title: 'TLS 1.3 only is enough', script: { tls: { minVersion: 'TLSv1.3' } } },
  ])('$title', playOut);
});

/** A client without a certificate is told so in the handshake (TLS 1.2), or after it (1.3). */
const nobody = { cert: '', key: '' };

const refusedAfter: Expected = { end: 'timeUp', posts: 0, states: all('unknown') };

describe.concurrent('a register that refuses our certificate', () => {
  test.each<Scenario>([
    {
      title: 'in the handshake (TLS 1.2): nothing is posted',
      script: { tls: { maxVersion: 'TLSv1.2' } },
      client: nobody,
      giveUp: true,
      expected: {
        end: 'unreachable',
        posts: 0,
        states: all('waiting'),
        why: /ALERT|HANDSHAKE|UND_ERR_SOCKET|ECONNRESET/,
      },
    },
    {
      title: 'after the handshake (TLS 1.3): all stops at once, and nothing is posted',
      script: { tls: { minVersion: 'TLSv1.3' } },
      client: nobody,
      hours: 0.2,
      expected: { end: 'halted', posts: 0, states: all('waiting'), why: /none was shown/ },
    },
    {
      title: 'and says so in the handshake: all stops at once, and nothing is posted',
      script: { welcome: () => 'refusesCertificate' },
      expected: { end: 'halted', posts: 0, states: all('waiting'), why: /refuses the certificate/ },
    },
    {
      title: 'because it does not know its authority',
      client: { cert: other.reporting.cert, key: other.reporting.key },
      hours: 0.2,
      expected: refusedAfter,
    },
  ])('$title', playOut);
});

/** A certificate that nobody but itself stands for. */
async function selfSigned(name: string): Promise<{ cert: string; key: string }> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: [{ CN: [name] }],
    notAfter: new Date(Date.now() + year),
    signingAlgorithm: algorithm,
    keys,
    extensions: [new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: name }])],
  });
  const key = KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' });
  return { cert: certificate.toString('pem'), key: key.toString() };
}
