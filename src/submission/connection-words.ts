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
