/** What a spreadsheet program did to a cell that nobody meant to change, in the words of a finding code. */
export type Damage = 'SPREADSHEET_ZEROS' | 'SPREADSHEET_EXPONENT' | 'SPREADSHEET_DATE' | 'SPREADSHEET_DECIMAL';

/**
 * Compares a cell of a correction with the same cell of its export.
 * @returns the damage; `changed` when somebody seems to have meant it; undefined when both say the same. Pure
 */
export function damageTo(before: string, after: string): Damage | 'changed' | undefined {
  const [was, is] = [before.trim(), after.trim()];
  if (was === is) return undefined;
  if (/^0+\d+$/.test(was) && /^\d+$/.test(is) && was.replace(/^0+/, '') === is.replace(/^0+/, ''))
    return 'SPREADSHEET_ZEROS';
  if (lostDigits(was, is)) return 'SPREADSHEET_EXPONENT';
  if (sameDay(was, is) || becameDay(was, is)) return 'SPREADSHEET_DATE';
  return compareNumbers(was, is);
}

/** `1,23E+09` for a long number, or zeros for the digits after the fifteenth. */
function lostDigits(was: string, is: string): boolean {
  if (!/^[+-]?\d[\d \u00A0\u202F]*$/.test(was)) return false;
  if (/^[+-]?\d([.,]\d+)?E[+-]?\d+$/i.test(is)) return true;
  const [all, kept] = [was.replace(/\D/g, ''), is.replace(/\D/g, '')];
  return (
    all.length > 15 && kept.length === all.length && /^0+$/.test(kept.slice(15)) && kept.startsWith(all.slice(0, 14))
  );
}

const dayForm = /^(\d{1,4})([-./])(\d{1,2})\2(\d{1,4})$/;

/** The numbers of a day, smallest first, the year by its last two digits: what is left of it however it is turned. */
function dayNumbers(text: string): string | undefined {
  const [, first, , second, third] = dayForm.exec(text) ?? [];
  if (first === undefined || second === undefined || third === undefined) return undefined;
  return [first, second, third]
    .map((part) => Number(part) % 100)
    .toSorted((a, b) => a - b)
    .join(' ');
}

/** The same day written another way: turned round, without its zeros, with two digits of its year. */
function sameDay(was: string, is: string): boolean {
  const numbers = dayNumbers(was);
  return numbers !== undefined && numbers === dayNumbers(is.replace(/ \d{1,2}[:.]\d{2}([:.]\d{2})?$/, ''));
}

/** A text such as `1-2` or `3/4` that was taken for a day. */
function becameDay(was: string, is: string): boolean {
  const [, a, b] = /^(\d{1,2})[-./](\d{1,2})$/.exec(was) ?? [];
  if (a === undefined || b === undefined) return false;
  return dayForm.test(is) || /^\d{1,2}\.?[-. ]?\p{L}{3,}/u.test(is);
}

/** The same number is no change; its digits under another decimal mark, or without the mark, are damage. */
function compareNumbers(was: string, is: string): 'SPREADSHEET_DECIMAL' | 'changed' | undefined {
  const [old, now] = [numberOf(was), numberOf(is)];
  if (!old || !now) return 'changed';
  const sameMark = old.mark === now.mark || old.mark === '' || now.mark === '';
  const sameDigits = old.whole === now.whole && shortest(old.decimals) === shortest(now.decimals);
  if (sameDigits) return sameMark ? undefined : 'SPREADSHEET_DECIMAL';
  const lostMark = old.mark !== '' && now.mark === '' && now.whole === withoutZeros(old.whole + old.decimals);
  return lostMark ? 'SPREADSHEET_DECIMAL' : 'changed';
}

type Written = { whole: string; decimals: string; mark: string };

/** A number taken apart at its `,` or `.`: the spaces between its digits, and zeros before them, say nothing. */
function numberOf(text: string): Written | undefined {
  const [, sign = '', whole = '', mark = '', decimals = ''] =
    /^([+-]?)(\d[\d \u00A0\u202F]*)(?:([.,])(\d+))?$/.exec(text) ?? [];
  if (whole === '') return undefined;
  return { whole: withoutZeros((sign === '-' ? '-' : '') + whole.replace(/\D/g, '')), decimals, mark };
}

const withoutZeros = (digits: string) => digits.replace(/^(-?)0+(?=\d)/, '$1');
const shortest = (decimals: string) => decimals.replace(/0+$/, '');
