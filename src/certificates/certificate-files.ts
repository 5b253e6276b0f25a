import { createPrivateKey, X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { LoadedConfig } from '../config/load-config.ts';
import type { CertificateKind } from '../config/read-certificate.ts';
import { durableFolder, durableWrite, removeFile } from '../lib/durable-write.ts';

/** Where a certificate and its key stand, and, beside them, those that are on order. */
export type CertificateFiles = {
  cert: string;
  key: string;
  /** The key made for the order, the request that was signed with it, and what the service said of it. */
  newKey: string;
  request: string;
  order: string;
  /** The certificate that came of it; it stays until it is in place. */
  newCert: string;
  /** True when the config names these files, so that nothing has to be changed in it. */
  inConfig: boolean;
};

/** The files of a kind; beside the config, in `certificates/`, when the config names no PEM files. */
export function certificateFiles({ register, root }: LoadedConfig, kind: CertificateKind): CertificateFiles {
  const { cert, key } = register.certificates[kind] ?? {};
  const at = resolve(root, cert ?? join('certificates', `${kind}.pem`));
  const stem = stemOf(at);
  return {
    cert: at,
    key: key === undefined ? `${stem}-key.pem` : resolve(root, key),
    newKey: `${stem}.new-key.pem`,
    request: `${stem}.new-request.pem`,
    order: `${stem}.new-order.json`,
    newCert: `${stem}.new.pem`,
    inConfig: cert !== undefined && key !== undefined,
  };
}

const stemOf = (path: string) => join(dirname(path), basename(path).replace(/\.(pem|crt|cer)$/, ''));

/** Writes a file of an order, private to its user, in a folder that is made when it is not there. */
export function writePrivate(path: string, text: string): void {
  durableFolder(dirname(path));
  durableWrite(path, text, 0o600);
}

/**
 * Puts the new certificate and key in the place of those before, which are kept beside them under the day they end. Killed
 * at any point, the next call finishes it: the new ones are removed last.
 * @returns the files that were kept
 */
export function putInPlace(files: CertificateFiles): string[] {
  const { cert, key, newKey, newCert, request, order } = files;
  const kept = existsSync(cert) && existsSync(key) ? keepOld(files) : [];
  durableWrite(key, readFileSync(newKey), 0o600);
  durableWrite(cert, readFileSync(newCert), 0o600);
  for (const done of [newCert, newKey, request, order]) removeFile(done);
  return kept;
}

/** True when a certificate has come and was not put in place, because that was interrupted. */
export const isInterrupted = ({ newCert, newKey }: CertificateFiles): boolean =>
  existsSync(newCert) && existsSync(newKey);

function keepOld({ cert, key, newCert }: CertificateFiles): string[] {
  const old = readFileSync(cert);
  // An earlier call may have put the new ones in place already, wholly or half: then the old ones were kept by it.
  if (old.equals(readFileSync(newCert)) || !isPair(old, readFileSync(key))) return [];
  const day = new X509Certificate(old).validToDate.toISOString().slice(0, 10);
  const keptCert = `${stemOf(cert)}.until-${day}.pem`;
  const keptKey = `${stemOf(cert)}.until-${day}-key.pem`;
  durableWrite(keptKey, readFileSync(key), 0o600);
  durableWrite(keptCert, old, 0o600);
  return [keptCert, keptKey];
}

/** An encrypted key cannot be looked into here; that it stands beside the certificate is enough. */
function isPair(cert: Buffer, key: Buffer): boolean {
  if (key.includes('ENCRYPTED')) return true;
  return new X509Certificate(cert).checkPrivateKey(createPrivateKey(key));
}
