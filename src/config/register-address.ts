import { resolve } from 'node:path';
import { registerAddress } from '../contract/environments.ts';
import { UsageError } from '../lib/problem.ts';
import { certificateFault } from './certificate-fault.ts';
import type { LoadedConfig } from './load-config.ts';
import { type CertificateKind, readCertificate, readNamed } from './read-certificate.ts';

/** What is needed to speak to the register outside the sandbox. */
export type Credentials = {
  url: string;
  ca?: string;
  cert?: string;
  key?: string;
  pfx?: Buffer;
  passphrase?: string;
  validTo: Date;
};

/**
 * Reads the certificate and its key, and sees that they belong together and may be used today.
 * @throws UsageError naming the file or the setting, without anything of its content
 */
export function readCredentials(config: LoadedConfig, kind: CertificateKind, now: Date): Credentials {
  const { register, root, owner } = config;
  if (register.environment === 'sandbox')
    throw new UsageError(`register.certificates.${kind} is not set`, { hint: `add it to ${config.file}` });
  const { keys, passphrase, certificate } = readCertificate(config, kind);
  const use = { kind, owner, environment: register.environment, ownAddress: register.url === undefined };
  const fault = certificateFault(certificate, use, now);
  if (fault) throw new UsageError(fault.message, { hint: fault.hint });
  return {
    url: register.url ?? registerAddress[register.environment],
    ...(register.ca === undefined ? {} : { ca: readNamed(resolve(root, register.ca), 'register.ca').toString() }),
    ...keys,
    ...(passphrase === undefined ? {} : { passphrase }),
    validTo: certificate.validToDate,
  };
}
