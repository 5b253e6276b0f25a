import type { KeyObject } from 'node:crypto';
import { SignedXml } from 'xml-crypto';

const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const enveloped = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature';

/**
 * Signs a renewal with the key of the certificate that is being renewed: an enveloped signature (XML-DSig, RSA with SHA-256)
 * over the request as a document of its own, before it is put into its envelope. Inferred: the service signs its own answers
 * so (register-contract.md section 7).
 * @param certificate the old certificate as PEM; it goes along
 */
export function signRenewal(request: string, key: KeyObject, certificate: string): string {
  const signed = new SignedXml({
    privateKey: key.export({ type: 'pkcs8', format: 'pem' }),
    publicCert: certificate,
    canonicalizationAlgorithm: exclusive,
    signatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  });
  signed.addReference({
    xpath: '/*',
    isEmptyUri: true,
    transforms: [enveloped, exclusive],
    digestAlgorithm: 'http://www.w3.org/2001/04/xmlenc#sha256',
  });
  signed.computeSignature(request, { prefix: 'ds' });
  return signed.getSignedXml();
}
