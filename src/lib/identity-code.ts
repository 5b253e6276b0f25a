import { isValidIBAN } from 'ibantools';
import stdnumPackage from 'stdnum';

const { hetu, ytunnus } = stdnumPackage.stdnum['FI'] ?? {};
if (!hetu || !ytunnus) throw new Error('the stdnum package has no Finnish validators');

/** Who may appear: artificial persons only (900–999) outside production, none of them in production. */
export type PersonSeries = 'artificial' | 'real';

const form = /^\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]$/;

/**
 * Checks a Finnish personal identity code: form, calendar day, century sign, check character (register-contract.md section 9).
 * The century sign tells persons apart and is never changed; nothing is trimmed or put in capitals.
 * @returns what is wrong, or null when the code is right
 */
export function identityCodeFault(code: string, series: PersonSeries): 'form' | 'artificial' | 'notArtificial' | null {
  if (!form.test(code) || !hetu?.validate(code).isValid) return 'form';
  const artificial = code[7] === '9'; // individual numbers 900–999
  if (series === 'real') return artificial ? 'artificial' : null;
  return artificial ? null : 'notArtificial';
}

/** True for a Finnish Business ID `NNNNNNN-C` with the right check digit. */
export function isBusinessId(value: string): boolean {
  return /^\d{7}-\d$/.test(value) && ytunnus?.validate(value).isValid === true;
}

/** True for an IBAN in electronic form (no spaces, capitals) with the right check digits. */
export function isIban(value: string): boolean {
  return isValidIBAN(value);
}

const checkCharacters = '0123456789ABCDEFHJKLMNPRSTUVWXY';

/** The last character of an identity code with these digits: the day of birth and the individual number, nine in all. */
export function checkCharacter(digits: string): string {
  return checkCharacters[Number(digits) % checkCharacters.length] ?? '';
}

/** The identity code of the `n`th person who does not exist, for examples: another for each `n` below 90 000. */
export function artificialIdentityCode(n: number): string {
  const born = new Date(Date.UTC(1950, 0, 1 + Math.floor(n / 90) * 11)).toISOString();
  const day = born.slice(2, 10).split('-').reverse().join('');
  const individual = 900 + (n % 90);
  return `${day}-${individual}${checkCharacter(`${day}${individual}`)}`;
}

/** The `n`th Finnish IBAN that nobody has, for examples: no bank has its first digits. */
export function artificialIban(n: number): string {
  for (let account = n * 10; ; account++) {
    const bban = `900000${String(account).padStart(8, '0')}`;
    const check = 98n - (BigInt(`${bban}151800`) % 97n);
    const iban = `FI${String(check).padStart(2, '0')}${bban}`;
    if (isIban(iban)) return iban;
  }
}
