import { daysUntil } from '../config/certificate-ends.ts';
import { businessIdsOf, certificateFault, sandboxKindOf } from '../config/certificate-fault.ts';
import type { LoadedConfig } from '../config/load-config.ts';
import { type CertificateKind, certificateKinds, readCertificate } from '../config/read-certificate.ts';
import { dayInFinland } from '../lib/calendar.ts';
import { UsageError } from '../lib/problem.ts';
import { usableConfig } from './open-house.ts';

/** What is known of a certificate; null where it says nothing, or cannot be read. */
type Shown = {
  kind: CertificateKind;
  file: string;
  subject: string | null;
  issuer: string | null;
  /** Business IDs that it names as its owner. */
  owners: string[] | null;
  environment: 'sandbox' | null;
  validFrom: string | null;
  validTo: string | null;
  daysLeft: number | null;
  fingerprint: string | null;
  /** Why it cannot be used now, with what to do. */
  problem: string | null;
};

/** `luottoputki certificate show`: the certificates of the config; status 2 when one cannot be used. */
export async function certificateShow(options: { config: string; json?: boolean }): Promise<number> {
  const config = usableConfig(options.config);
  const certificates = certificateKinds.flatMap((kind) => look(config, kind, new Date()) ?? []);
  process.stdout.write(
    options.json ? `${JSON.stringify({ certificates }, null, 2)}\n` : `${say(certificates).join('\n')}\n`,
  );
  return certificates.some(({ problem }) => problem !== null) ? 2 : 0;
}

function look(config: LoadedConfig, kind: CertificateKind, now: Date): Shown | undefined {
  const { register, owner } = config;
  const settings = register.certificates[kind];
  if (!settings) return undefined;
  const file = settings.pfx ?? settings.cert ?? '';
  try {
    const { certificate } = readCertificate(config, kind);
    const use = { kind, owner, environment: register.environment, ownAddress: register.url === undefined };
    const fault = register.environment === 'sandbox' ? undefined : certificateFault(certificate, use, now);
    const { subject, issuer, validFromDate, validToDate, fingerprint256 } = certificate;
    return {
      kind,
      file,
      subject: oneLine(subject),
      issuer: oneLine(issuer),
      owners: businessIdsOf(certificate),
      environment: sandboxKindOf(certificate) === undefined ? null : 'sandbox',
      validFrom: validFromDate.toISOString(),
      validTo: validToDate.toISOString(),
      daysLeft: daysUntil(validToDate, now.getTime()),
      fingerprint: fingerprint256,
      problem: fault ? `${fault.message}; ${fault.hint}` : null,
    };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const unknown = { subject: null, issuer: null, owners: null, environment: null, validFrom: null, validTo: null };
    return { kind, file, ...unknown, daysLeft: null, fingerprint: null, problem: `${error.message}; ${error.hint}` };
  }
}

const oneLine = (name: string | undefined) => (name ? name.split('\n').join(', ') : null);

function say(certificates: readonly Shown[]): string[] {
  if (certificates.length === 0)
    return [
      'The config names no certificate. The sandbox makes its own; for a real one: luottoputki certificate request',
    ];
  return certificates.flatMap((it) => {
    const lines = [`${it.kind}: ${it.file}`];
    if (it.problem !== null) lines.push(`  problem      ${it.problem}`);
    if (it.validTo === null || it.validFrom === null) return lines;
    const left = it.daysLeft === null || it.daysLeft < 0 ? 'over' : `${it.daysLeft} days left`;
    return [
      ...lines,
      `  subject      ${it.subject ?? 'none'}`,
      `  issuer       ${it.issuer ?? 'none'}`,
      `  owner        ${it.owners?.join(', ') || 'it names no Business ID'}`,
      `  environment  ${it.environment ?? 'not told by the certificate'}`,
      `  valid        ${dayInFinland(new Date(it.validFrom))} to ${dayInFinland(new Date(it.validTo))} (${left})`,
      `  fingerprint  SHA-256 ${it.fingerprint}`,
    ];
  });
}
