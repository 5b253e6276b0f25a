import 'reflect-metadata';
import { KeyObject } from 'node:crypto';
import * as x509 from '@peculiar/x509';

const algorithm = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  publicExponent: new Uint8Array([1, 0, 1]),
  modulusLength: 3072,
};

/**
 * Makes a key and a PKCS#10 request for a certificate: RSA 3072, subject `C=FI, CN=<customer id>`. Inferred from clients of the
 * Tax Administration's certificate service for its other registers (register-contract.md section 7).
 * @param passphrase encrypts the key; it stands in clear when left out
 * @returns both as PEM
 */
export async function makeRequest(customerId: string, passphrase?: string): Promise<{ key: string; request: string }> {
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const request = await x509.Pkcs10CertificateRequestGenerator.create({
    name: [{ C: ['FI'] }, { CN: [customerId] }],
    keys,
    signingAlgorithm: algorithm,
  });
  const form = { type: 'pkcs8', format: 'pem' } as const;
  const secret = passphrase === undefined ? {} : { cipher: 'aes-256-cbc', passphrase };
  const key = KeyObject.from(keys.privateKey).export({ ...form, ...secret });
  return { key: key.toString(), request: `${request.toString('pem')}\n` };
}

/** The DER bytes of a PEM file, in base64, as the service takes and gives them. */
export const derOf = (pem: string): string => pem.replace(/-----[^-]+-----/g, '').replace(/\s/g, '');

/** The PEM of a certificate whose DER bytes came in base64. */
export const pemOf = (base64: string): string =>
  `-----BEGIN CERTIFICATE-----\n${base64.replace(/\s/g, '').replace(/.{64}(?=.)/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
