import { X509Certificate } from 'node:crypto';
import { SignedXml } from 'xml-crypto';
import { certificateNamespace, readCertificateRequest } from '../lib/certificate-messages.ts';
import { envelope, readEnvelope } from '../lib/soap.ts';

/**
 * Who signed a renewal, and what was signed.
 * @param document the request as a document of its own
 * @returns the reason why the signature counts for nothing, in words, when it does not
 */
export function signerOf(
  document: string,
  ca: X509Certificate,
  now: Date,
): { certificate: X509Certificate; request: string } | string {
  try {
    const { texts, element } = readEnvelope(envelope(document));
    const shown = texts.get('Signature.KeyInfo.X509Data.X509Certificate') ?? '';
    const certificate = new X509Certificate(Buffer.from(shown, 'base64'));
    if (!certificate.checkIssued(ca) || !certificate.verify(ca.publicKey))
      return 'The certificate of the signature is not one of ours.';
    if (now < certificate.validFromDate || now > certificate.validToDate) return 'The certificate has expired.';
    const signature = element.getElementsByTagNameNS('http://www.w3.org/2000/09/xmldsig#', 'Signature')[0];
    const signed = new SignedXml({ publicCert: certificate.toString(), getCertFromKeyInfo: () => null });
    signed.loadSignature(signature?.toString() ?? '');
    if (!signed.checkSignature(document)) return 'The signature is wrong.';
    // Only what was signed counts, not what stands around it.
    const [only = '', more] = signed.getSignedReferences();
    const request = more === undefined ? readCertificateRequest(envelope(only)) : undefined;
    if (request?.operation !== 'RenewCertificate' || request.namespace !== certificateNamespace)
      return 'The signature is not over the request.';
    return { certificate, request: request.texts.get('CertificateRequest') ?? '' };
  } catch {
    return 'The signature cannot be read.';
  }
}
