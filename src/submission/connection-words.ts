/** What the register has against our certificate, by the TLS alert it sent. */
export function sayRefusedCertificate(code: string): string {
  const why = /UNKNOWN_CA/.test(code)
    ? 'it does not trust the authority that issued it: is it one for this environment?'
    : /EXPIRED/.test(code)
      ? 'it has expired'
      : /REVOKED/.test(code)
        ? 'it has been revoked'
        : /REQUIRED/.test(code)
          ? 'none was shown'
          : 'it cannot be used there';
  return `the register refuses the certificate in the TLS handshake: ${why} (${code})`;
}

/** Says in words why the register could not be spoken to, by the code of the failure. */
export function sayNoConnection(code: string): string {
  if (code === 'ECONNREFUSED') return 'nothing answers at its address (ECONNREFUSED)';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `its address is not known to the network (${code})`;
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return `its certificate is for another address (${code})`;
  if (/CERT|SELF_SIGNED|UNABLE_TO_|ISSUER/.test(code))
    return `its certificate is not trusted; is register.ca right? (${code})`;
  if (/^ERR_SSL|UND_ERR_SOCKET|ECONNRESET/.test(code))
    return `it closed the connection; does it take this certificate? (${code})`;
  return code;
}
