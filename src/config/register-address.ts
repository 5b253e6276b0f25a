import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createSecureContext } from 'node:tls';
import { registerAddress } from '../contract/environments.ts';
import { UsageError } from '../lib/problem.ts';
import type { Certificate } from './config.ts';
import type { LoadedConfig } from './load-config.ts';

/** What is needed to speak to the register outside the sandbox. */
export type Credentials = {
  url: string;
  ca?: string;
  cert?: string;
  key?: string;
  pfx?: Buffer;
  passphrase?: string;
  validTo: Date | null;
};

/**
 * Reads the certificate and its key, and sees that they belong together and are valid today.
 * @throws UsageError naming the file, without anything of its content
 */
export function readCredentials(config: LoadedConfig, kind: 'reporting' | 'dataUse', now: Date): Credentials {
  const { register, root } = config;
  const certificate = register.certificates[kind];
  if (register.environment === 'sandbox' || !certificate)
    throw new UsageError(`register.certificates.${kind} is not set`, { hint: `add it to ${config.file}` });
  const read = (path: string) => readNamed(resolve(root, path), `register.certificates.${kind}`);
  const passphrase = readSecret(certificate, root);
  const keys =
    certificate.pfx !== undefined
      ? { pfx: read(certificate.pfx) }
      : { cert: read(certificate.cert ?? '').toString(), key: read(certificate.key ?? '').toString() };
  try {
    createSecureContext({ ...keys, ...(passphrase === undefined ? {} : { passphrase }) });
  } catch (error) {
    throw new UsageError(`register.certificates.${kind}: ${whyUnusable(error)}`, {
      hint: 'check that certificate, key and passphrase belong together',
      cause: error,
    });
  }
  const validTo = 'cert' in keys ? checkValidity(keys.cert, kind, now) : null;
  return {
    url: register.url ?? registerAddress[register.environment],
    ...(register.ca === undefined ? {} : { ca: readNamed(resolve(root, register.ca), 'register.ca').toString() }),
    ...keys,
    ...(passphrase === undefined ? {} : { passphrase }),
    validTo,
  };
}

function checkValidity(pem: string, kind: string, now: Date): Date {
  const { validFromDate, validToDate } = new X509Certificate(pem);
  if (now < validFromDate)
    throw new UsageError(`the ${kind} certificate is not valid before ${validFromDate.toISOString()}`, {
      hint: 'use the certificate that is valid today; nothing was sent',
    });
  if (now > validToDate)
    throw new UsageError(`the ${kind} certificate expired on ${validToDate.toISOString().slice(0, 10)}`, {
      hint: 'order a new one from the Tax Administration’s certificate service; nothing was sent',
    });
  return validToDate;
}

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

function readNamed(path: string, what: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new UsageError(`${what}: ${path} cannot be read (${(cause as NodeJS.ErrnoException).code})`, {
      hint: 'correct the path in the config; it is relative to the config file',
      cause,
    });
  }
}

function whyUnusable(error: unknown): string {
  const { code = '' } = error as { code?: string };
  if (code === 'ERR_OSSL_X509_KEY_VALUES_MISMATCH') return 'the key does not belong to the certificate';
  if (/BAD_DECRYPT|MAC_VERIFY|INTERRUPTED|BAD_PASSWORD|PASSWORD/.test(code))
    return 'the passphrase is wrong or missing';
  return `certificate or key cannot be used (${code || 'not a PEM or PKCS#12 file'})`;
}
