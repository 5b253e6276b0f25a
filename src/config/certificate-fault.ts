import type { X509Certificate } from 'node:crypto';
import type { Environment } from '../contract/environments.ts';
import type { Owner } from '../contract/shapes.ts';
import { isBusinessId } from '../lib/identity-code.ts';
import type { CertificateKind } from './read-certificate.ts';

/** What a certificate is to be used for. */
export type CertificateUse = {
  kind: CertificateKind;
  owner: Owner;
  environment: Environment;
  /** Whether it goes to the register's own address, and not to a stand-in's (`register.url`). */
  ownAddress: boolean;
};

/** What keeps a certificate from being used; `hint` says what to do. */
export type CertificateFault = { message: string; hint: string };

/**
 * Judges whether a certificate may be used now, by what can be known of it: its time, its purpose, whose it is, and, of
 * certificates of the sandbox, which kind. What a real certificate says of its kind and environment is not known
 * (register-contract.md section 7), so nothing is concluded from it. Pure.
 */
export function certificateFault(
  certificate: X509Certificate,
  { kind, owner, environment, ownAddress }: CertificateUse,
  now: Date,
): CertificateFault | undefined {
  const { validFromDate, validToDate } = certificate;
  if (now < validFromDate)
    return {
      message: `the ${kind} certificate is not valid before ${validFromDate.toISOString()}`,
      hint: 'use the certificate that is valid today, and look at the computer’s clock; nothing was sent',
    };
  if (now > validToDate)
    return {
      message: `the ${kind} certificate expired on ${validToDate.toISOString().slice(0, 10)}`,
      hint: 'order a new one from the Tax Administration’s certificate service (docs/certificates.md); nothing was sent',
    };
  if (!mayIdentifyClient(certificate))
    return {
      message: `the ${kind} certificate is not made for client authentication`,
      hint: 'use the certificate that the Tax Administration gave for the register’s interfaces; nothing was sent',
    };
  const named = businessIdsOf(certificate);
  if (owner.idCodeType === 'BusinessId' && named.length > 0 && !named.includes(owner.idCode))
    return {
      message: `the ${kind} certificate belongs to ${named.join(', ')}, and owner.idCode is ${owner.idCode}`,
      hint: 'use the owner’s own certificate, or correct owner in the config; nothing was sent',
    };
  const sandboxKind = sandboxKindOf(certificate);
  if (sandboxKind !== undefined && sandboxKind !== kind)
    return {
      message: `register.certificates.${kind} is a certificate for ${sandboxKind}`,
      hint: 'exchange the two, or use the right one; nothing was sent',
    };
  if (sandboxKind !== undefined && (environment === 'production' || ownAddress))
    return {
      message: `the ${kind} certificate is one of the sandbox, and the environment is ${environment}`,
      hint: 'use the certificate that the Tax Administration gave for this environment; nothing was sent',
    };
  return undefined;
}

const clientAuthentication = '1.3.6.1.5.5.7.3.2';
const anyPurpose = '2.5.29.37.0';

/** A certificate that names no purpose may be used for all (RFC 5280, section 4.2.1.12). */
function mayIdentifyClient({ keyUsage }: X509Certificate): boolean {
  const purposes = keyUsage as string[] | undefined;
  return purposes === undefined || purposes.includes(clientAuthentication) || purposes.includes(anyPurpose);
}

/** The Business IDs that a certificate names as its subject: `1572860-0`, also as `FI15728600` or `NTRFI-15728600`; often none. */
export function businessIdsOf({ subject }: X509Certificate): string[] {
  const named = (subject ?? '').split('\n').flatMap((line) => {
    const [, value = ''] = /^(?:CN|serialNumber|organizationIdentifier|2\.5\.4\.97)=(.*)$/.exec(line) ?? [];
    const [, number, check] = /(?<!\d)(\d{7})-?(\d)(?!\d)/.exec(value) ?? [];
    return number === undefined ? [] : [`${number}-${check}`];
  });
  return [...new Set(named)].filter(isBusinessId);
}

/** The kind a certificate of the sandbox is for; undefined when it is not one of the sandbox's. */
export function sandboxKindOf({ issuer, subject }: X509Certificate): CertificateKind | undefined {
  if (!/^O=luottoputki sandbox$/m.test(issuer ?? '')) return undefined;
  const unit = /^OU=(.*)$/m.exec(subject ?? '')?.[1];
  return unit === 'reporting' || unit === 'dataUse' ? unit : undefined;
}
