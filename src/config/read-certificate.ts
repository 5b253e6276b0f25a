import { X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { createSecureContext } from 'node:tls';
import { UsageError } from '../lib/problem.ts';
import type { Certificate } from './config.ts';
import type { LoadedConfig } from './load-config.ts';

export type CertificateKind = 'reporting' | 'dataUse';
export const certificateKinds: readonly CertificateKind[] = ['reporting', 'dataUse'];

/** A certificate with its key, as TLS wants them, and what it says of itself. */
export type ReadCertificate = {
  keys: { cert: string; key: string } | { pfx: Buffer };
  passphrase: string | undefined;
  certificate: X509Certificate;
};

/**
 * Reads a certificate of the config and its key, and sees that they belong together. Whether it may be used is another question.
 * @throws UsageError naming the file or the setting, without anything of its content
 */
export function readCertificate({ register, root, file }: LoadedConfig, kind: CertificateKind): ReadCertificate {
  const settings = register.certificates[kind];
  const name = `register.certificates.${kind}`;
  if (!settings) throw new UsageError(`${name} is not set`, { hint: `add it to ${file}` });
  const passphrase = readSecret(settings, root);
  const read = (path: string) => readNamed(resolve(root, path), name);
  const keys =
    settings.pfx !== undefined
      ? { pfx: read(settings.pfx) }
      : { cert: read(settings.cert ?? '').toString(), key: read(settings.key ?? '').toString() };
  const secret = passphrase === undefined ? {} : { passphrase };
  try {
    // Node has no other reader of PKCS#12: the context gives the certificate out again (DER).
    const { context } = createSecureContext({ ...keys, ...secret });
    const der = (context as { getCertificate(): Buffer | null }).getCertificate();
    if (der === null) throw new Error('there is no certificate in it');
    return { keys, passphrase, certificate: new X509Certificate(der) };
  } catch (error) {
    const { why, hint } = whyUnusable(error, keys, passphrase !== undefined);
    throw new UsageError(`${name}: ${why}`, { hint: `${hint}; nothing was sent`, cause: error });
  }
}

/** Files with a secret in them that everybody on this computer may read. */
export function filesOpenToAll({ register, root }: Pick<LoadedConfig, 'register' | 'root'>): string[] {
  return certificateKinds.flatMap((kind) => {
    const { key, pfx, passphrase } = register.certificates[kind] ?? {};
    const secret = passphrase && 'file' in passphrase ? passphrase.file : undefined;
    return [key, pfx, secret].filter((path) => path !== undefined && isOpenToAll(resolve(root, path)));
  }) as string[];
}

/** Says so, with what to do. */
export const sayOpenToAll = (path: string) =>
  `everybody on this computer may read ${path}, which holds a secret; take that right away (chmod o-r)`;

/** Systems without such rights show them to nobody, or to all: on Windows nothing is said. */
const isOpenToAll = (path: string) =>
  process.platform !== 'win32' && ((statSync(path, { throwIfNoEntry: false })?.mode ?? 0) & 0o004) !== 0;

/** Reads a file that the config names. */
export function readNamed(path: string, what: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new UsageError(`${what}: ${path} cannot be read (${(cause as NodeJS.ErrnoException).code})`, {
      hint: 'correct the path in the config; it is relative to the config file',
      cause,
    });
  }
}

/** The passphrase of a certificate's key; undefined when the config names none. */
export const passphraseOf = ({ register, root }: LoadedConfig, kind: CertificateKind): string | undefined =>
  readSecret(register.certificates[kind] ?? {}, root);

function readSecret({ passphrase }: Certificate, root: string): string | undefined {
  if (passphrase === undefined) return undefined;
  if ('file' in passphrase)
    return readNamed(resolve(root, passphrase.file), 'passphrase.file')
      .toString()
      .replace(/\r?\n$/, '');
  const value = process.env[passphrase.env];
  if (value === undefined)
    throw new UsageError(`the environment variable ${passphrase.env} (passphrase of the certificate) is not set`, {
      hint: 'set it, or use passphrase: { file: PATH }',
    });
  return value;
}

/** OpenSSL gives codes for PEM files, and bare texts for PKCS#12. */
function whyUnusable(error: unknown, keys: ReadCertificate['keys'], hasPassphrase: boolean) {
  const { code = '', message } = error as { code?: string; message: string };
  const isEncrypted = 'pfx' in keys || keys.key.includes('ENCRYPTED');
  if (code === 'ERR_OSSL_X509_KEY_VALUES_MISMATCH')
    return {
      why: 'the key does not belong to the certificate',
      hint: 'use the key that the certificate was requested with',
    };
  if (/BAD_DECRYPT|INTERRUPTED|PASSWORD/.test(code) || message === 'mac verify failure')
    return hasPassphrase || !isEncrypted
      ? { why: 'the passphrase is wrong', hint: 'correct the passphrase, or the file or variable it comes from' }
      : {
          why: 'the key is protected by a passphrase, and none is given',
          hint: 'add passphrase: { file: PATH } or passphrase: { env: NAME } to it',
        };
  if (/Unsupported PKCS12/.test(message))
    return {
      why: 'the PKCS#12 file is encrypted in an old way that is not supported',
      hint: 'export it anew with AES-256 (openssl pkcs12 -legacy -in OLD -out both.pem, then openssl pkcs12 -export -in both.pem -out NEW)',
    };
  if (/load private key|no certificate/.test(message))
    return {
      why: 'the file has no private key, or no certificate',
      hint: 'put the certificate and its own key into it',
    };
  const what = 'pfx' in keys ? 'PKCS#12' : 'PEM';
  return {
    why: `certificate or key cannot be read (${code || `not a ${what} file`})`,
    hint: `expected ${what}: ${'pfx' in keys ? 'pfx: …p12' : 'cert and key'}`,
  };
}
