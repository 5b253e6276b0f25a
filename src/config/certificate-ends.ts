import { UsageError } from '../lib/problem.ts';
import type { LoadedConfig } from './load-config.ts';
import { type CertificateKind, certificateKinds, readCertificate } from './read-certificate.ts';
import { readCredentials } from './register-address.ts';

/** How long a certificate of the config is valid. */
export type CertificateEnd = { kind: CertificateKind; validTo: Date; daysLeft: number };

/** Whole days until then; below 0 when it is over. */
export const daysUntil = (end: Date, now: number): number => Math.floor((end.getTime() - now) / 86_400_000);

/** The ends of the certificates of the config that can be read. */
export function certificateEnds(config: LoadedConfig, now: number): CertificateEnd[] {
  return certificateKinds.flatMap((kind) => {
    if (!config.register.certificates[kind]) return [];
    const read = unlessUnusable(() => readCertificate(config, kind));
    if (read instanceof UsageError) return [];
    const { validToDate: validTo } = read.certificate;
    return [{ kind, validTo, daysLeft: daysUntil(validTo, now) }];
  });
}

/** What keeps certificates of the config from being used now, in words; in the sandbox none is used. */
export function unusableCertificates(config: LoadedConfig, now: number): { kind: CertificateKind; why: UsageError }[] {
  if (config.register.environment === 'sandbox') return [];
  return certificateKinds.flatMap((kind) => {
    if (!config.register.certificates[kind]) return [];
    const read = unlessUnusable(() => readCredentials(config, kind, new Date(now)));
    return read instanceof UsageError ? [{ kind, why: read }] : [];
  });
}

function unlessUnusable<T>(read: () => T): T | UsageError {
  try {
    return read();
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
}
