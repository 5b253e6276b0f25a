import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import {
  type CertificateFiles,
  certificateFiles,
  isInterrupted,
  putInPlace,
} from '../certificates/certificate-files.ts';
import { ServiceUnreachable } from '../certificates/certificate-service.ts';
import {
  fetchOrdered,
  type Ordering,
  orderNew,
  orderRenewal,
  prepareRequest,
} from '../certificates/order-certificate.ts';
import { daysUntil } from '../config/certificate-ends.ts';
import { type LoadedConfig, loadConfig } from '../config/load-config.ts';
import { type CertificateKind, readCertificate, readNamed } from '../config/read-certificate.ts';
import { dayInFinland } from '../lib/calendar.ts';
import { systemClock } from '../lib/clock.ts';
import { sayProblem, UsageError } from '../lib/problem.ts';

export type CertificateOptions = { config: string; kind: CertificateKind };
export type FetchOptions = CertificateOptions & { transferId?: string; transferPasswordFile?: string };

/** Renewal is possible in the last days of a certificate only (official: N-CERT, register-contract.md section 7). */
const renewableDays = 60;

/** `luottoputki certificate request`: a key and a request for a certificate; the key never leaves this computer. */
export async function certificateRequest(options: CertificateOptions): Promise<number> {
  process.umask(0o077);
  const config = orderingConfig(options.config);
  const { kind } = options;
  const files = certificateFiles(config, kind);
  const made = await prepareRequest({ config, kind, files });
  process.stdout.write(`${made ? 'made' : 'there already'}: ${shown(files.newKey)} (the key; rights 0600, never hand it to anybody)
${made ? 'made' : 'there already'}: ${shown(files.request)} (the request, PKCS#10: subject C=FI, CN=${config.owner.idCode})

What to do next:
  1. Wait for the retrieval data that the Tax Administration sends to your technical contact (valid for 14 days).
  2. Either upload the request in the Tax Administration’s web service, and put the certificate you get beside the key;
     or let luottoputki fetch it: luottoputki certificate fetch --kind ${kind} --transfer-id ID --transfer-password-file FILE
More: docs/certificates.md
`);
  return 0;
}

/** `luottoputki certificate fetch`: has the request signed, fetches the certificate, puts it in place. Inferred, see docs/certificates.md. */
export async function certificateFetch(options: FetchOptions): Promise<number> {
  return await ordering(options, async (it) => {
    if (existsSync(it.files.order)) return;
    const { transferId, transferPasswordFile } = options;
    if (transferId === undefined || transferPasswordFile === undefined)
      throw new UsageError('no order is under way, and no retrieval data is given', {
        hint: 'say --transfer-id ID --transfer-password-file FILE, with the data the Tax Administration sent',
      });
    const password = readNamed(resolve(transferPasswordFile), '--transfer-password-file').toString().trim();
    await orderNew(it, transferId, password);
  });
}

/** `luottoputki certificate renew`: the same, with the certificate of now as proof. Inferred, see docs/certificates.md. */
export async function certificateRenew(options: CertificateOptions): Promise<number> {
  return await ordering(options, async (it) => {
    if (existsSync(it.files.order)) return;
    const { keys, certificate } = readCertificate(it.config, options.kind);
    const left = daysUntil(certificate.validToDate, it.clock.now());
    if (it.clock.now() >= certificate.validToDate.getTime())
      throw new UsageError(
        `the ${options.kind} certificate expired on ${dayInFinland(certificate.validToDate)}: it cannot be renewed`,
        {
          hint: 'order a new one: `luottoputki certificate request`, with new retrieval data from the Tax Administration',
        },
      );
    if (left > renewableDays)
      throw new UsageError(
        `the ${options.kind} certificate is valid for ${left} days more: it is too early to renew it`,
        {
          hint: `renewal is possible in the last ${renewableDays} days`,
        },
      );
    if ('pfx' in keys)
      throw new UsageError('only PEM files are renewed, and this certificate is a PKCS#12 file', {
        hint: 'take certificate and key out of it (openssl pkcs12 -in FILE -out both.pem), and name cert and key in the config',
      });
    await orderRenewal(it, keys);
  });
}

async function ordering(options: CertificateOptions, order: (it: Ordering) => Promise<void>): Promise<number> {
  process.umask(0o077);
  const config = orderingConfig(options.config);
  const { kind } = options;
  const files = certificateFiles(config, kind);
  if (isInterrupted(files)) return tellInPlace(config, kind, files, putInPlace(files));
  const service = config.register.certificateService;
  if (!service)
    throw new UsageError('register.certificateService is not set', {
      hint: 'add register: { certificateService: { url: "https://…", customerName: "…" } } with the address that came with the retrieval data (docs/certificates.md)',
    });
  const { url, ca, customerName, wait } = service;
  const address = {
    url,
    ...(ca === undefined
      ? {}
      : { ca: readNamed(resolve(config.root, ca), 'register.certificateService.ca').toString() }),
  };
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  const it: Ordering = { config, kind, files, service: address, customerName, wait, clock: systemClock, say };
  try {
    await order(it);
    return tellInPlace(config, kind, files, await fetchOrdered(it));
  } catch (error) {
    if (!(error instanceof ServiceUnreachable)) throw error;
    say(`${error.message}\n  the key and the request are kept; try again later with the same command`);
    return 4;
  }
}

function tellInPlace(
  config: LoadedConfig,
  kind: CertificateKind,
  files: CertificateFiles,
  kept: readonly string[],
): number {
  const lines = [`the ${kind} certificate is in place: ${shown(files.cert)}, ${shown(files.key)}`];
  if (kept.length > 0) lines.push(`the one before is kept: ${kept.map(shown).join(', ')}`);
  const path = (to: string) => relative(config.root, to);
  lines.push(
    files.inConfig
      ? 'a `watch` at work takes it into use by itself'
      : `name it in the config: register: { certificates: { ${kind}: { cert: ${path(files.cert)}, key: ${path(files.key)} } } }`,
  );
  process.stdout.write(`${lines.join('\n')}\n`);
  return 0;
}

/** A config in which the certificate may still be missing, since it is to be ordered. */
function orderingConfig(path: string): LoadedConfig {
  const { config, problems } = loadConfig(path, { withoutCertificate: true });
  for (const problem of problems) process.stderr.write(`${sayProblem(problem)}\n`);
  if (config) return config;
  throw new UsageError(`the config ${path} cannot be used`, { hint: 'correct the problems above' });
}

const shown = (path: string) => relative(process.cwd(), path);
