const identityCode = /\b\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]\b/gi;
const iban = /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,4})?\b/gi;
const longest = 60;

/** Takes personal identity codes and IBANs out of a text for people; a second guard, never the first. */
export function maskText(text: string): string {
  const masked = maskIdentityCodes(text).replace(iban, (found) => `${found.slice(0, 2)}**…`);
  return masked.length > longest * 5 ? `${masked.slice(0, longest * 5)}…` : masked;
}

/** Takes personal identity codes out of a reference; account numbers stay, since references may be made of them. */
export function maskIdentityCodes(text: string): string {
  return text.replace(identityCode, '******-****');
}

/** A cell for an error report: nothing but its length when the column is personal, else the text without identity codes. */
export function maskCell(text: string, personal: boolean): string {
  if (personal) return text === '' ? '' : `(${text.length} characters, hidden)`;
  const masked = maskText(text);
  return masked.length > longest ? `${masked.slice(0, longest)}…` : masked;
}
