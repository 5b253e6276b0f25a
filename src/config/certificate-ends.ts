import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { LoadedConfig } from './load-config.ts';

/** How long a certificate of the config is valid. */
export type CertificateEnd = { kind: 'reporting' | 'dataUse'; validTo: Date; daysLeft: number };

/** The ends of the certificates that are PEM files and can be read; a PKCS#12 file does not tell its end without its key. */
export function certificateEnds(config: Pick<LoadedConfig, 'register' | 'root'>, now: number): CertificateEnd[] {
  return (['reporting', 'dataUse'] as const).flatMap((kind) => {
    const path = config.register.certificates[kind]?.cert;
    if (path === undefined || !existsSync(resolve(config.root, path))) return [];
    const { validToDate: validTo } = new X509Certificate(readFileSync(resolve(config.root, path)));
    return [{ kind, validTo, daysLeft: Math.floor((validTo.getTime() - now) / 86_400_000) }];
  });
}
