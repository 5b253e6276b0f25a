import { escapeXml, readEnvelope, type SoapBody } from './soap.ts';

/**
 * The words of the Tax Administration's certificate service, as clients written for its other registers speak them
 * (register-contract.md section 7). That the Positive Credit Register's certificates come the same way is **inferred**.
 */
export const certificateNamespace = 'http://certificates.vero.fi/2017/10/certificateservices';

export type CertificateOperation = 'SignNewCertificate' | 'GetCertificate' | 'RenewCertificate';

/** The SOAPAction header of an operation. */
export const soapAction = (operation: CertificateOperation) =>
  `"${operation.charAt(0).toLowerCase()}${operation.slice(1)}"`;

/** A request of an operation as XML; its members in the order they are given. */
export function certificateRequest(operation: CertificateOperation, members: Readonly<Record<string, string>>): string {
  const inner = Object.entries(members).map(([name, text]) => `<${name}>${escapeXml(text)}</${name}>`);
  return `<cer:${operation}Request xmlns:cer="${certificateNamespace}">${inner.join('')}</cer:${operation}Request>`;
}

/** What the service answered: its members by name, or the errors it gave (`PKI…` codes). */
export type CertificateReply =
  | { kind: 'ok'; members: ReadonlyMap<string, string> }
  | { kind: 'fail'; code: string; message: string };

/**
 * Reads an answer of the service. The signature within it is not looked at: TLS tells who answers, and what counts in a
 * certificate (whose key, whose name) is checked in the certificate itself.
 * @throws Error when it is no answer to the operation
 */
export function readCertificateReply(operation: CertificateOperation, text: string): CertificateReply {
  const { name, namespace, texts } = readEnvelope(text);
  if (name !== `${operation}Response` || namespace !== certificateNamespace)
    throw new Error(`it is no ${operation}Response`);
  const status = texts.get('Result.Status');
  if (status === 'OK') return { kind: 'ok', members: texts };
  if (status !== 'FAIL') throw new Error('it has no Result with Status OK or FAIL');
  const code = texts.get('Result.ErrorInfo.ErrorCode') ?? texts.get('Result.ErrorCode') ?? 'no code';
  const message = texts.get('Result.ErrorInfo.ErrorMessage') ?? texts.get('Result.ErrorMessage') ?? '';
  return { kind: 'fail', code, message };
}

/** Reads a request, for whoever stands in for the service; undefined when it is none. */
export function readCertificateRequest(text: string): (SoapBody & { operation: CertificateOperation }) | undefined {
  const body = readEnvelope(text);
  const operation = (['SignNewCertificate', 'GetCertificate', 'RenewCertificate'] as const).find(
    (each) => body.name === `${each}Request`,
  );
  return operation && body.namespace === certificateNamespace ? { ...body, operation } : undefined;
}
