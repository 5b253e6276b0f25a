import { Fault } from '../mapping/compile/fault.ts';
import { formatConverter } from '../mapping/compile/formats.ts';
import type { Format } from '../mapping/language/format.ts';

/** How the days of a column are written. */
export type DateGuess = {
  format: Extract<Format, { type: 'date' }>;
  /** Cells that are no day in this form, in percent of the filled ones. */
  misfits: number;
  /** Another form that fits as well: no day above the twelfth tells them apart. */
  or: string | undefined;
  hasTime: boolean;
};

const days = [
  'dd.MM.yyyy',
  'd.M.yyyy',
  'yyyy-MM-dd',
  'yyyy/MM/dd',
  'yyyy.MM.dd',
  'dd/MM/yyyy',
  'd/M/yyyy',
  'MM/dd/yyyy',
  'M/d/yyyy',
  'dd-MM-yyyy',
  'MM-dd-yyyy',
  'yyyyMMdd',
  'ddMMyyyy',
  'dd.MM.yy',
  'd.M.yy',
  'dd/MM/yy',
  'dd-MM-yy',
];
const times = ['', ' HH:mm:ss', ' HH:mm', 'THH:mm:ss', 'THH:mm', ' H:mm:ss', ' H:mm', 'THH:mm:ss.000', ' HH:mm:ss.000'];
const turned: Record<string, string> = {
  'dd/MM/yyyy': 'MM/dd/yyyy',
  'd/M/yyyy': 'M/d/yyyy',
  'dd-MM-yyyy': 'MM-dd-yyyy',
};
/** A day outside these years is a number that happens to look like a day, or stands for "never". */
const years = { from: 1900, to: 2100 };
/** Days that stand for "never". */
export const never: ReadonlySet<string> = new Set([
  '99991231',
  '9999-12-31',
  '31.12.9999',
  '31/12/9999',
  '12/31/9999',
  '31129999',
]);
const enough = 0.8;

/** Guesses how a column writes its days; null when it does not hold days. */
export function guessDates(all: readonly string[]): DateGuess | null {
  const values = all.filter((value) => !never.has(value));
  const [first] = values;
  if (first === undefined || !/\d{4}|\d[./-]\d\d?[./-]\d\d/.test(first) || first.length > 30) return null;
  for (const time of times)
    for (const day of days) {
      const pattern = day + time;
      const share = fits(values, pattern, day === 'yyyyMMdd' || day === 'ddMMyyyy');
      if (share < enough) continue;
      const other = turned[day];
      const turnedShare = other === undefined ? 0 : fits(values, other + time, false);
      const found = turnedShare > share && other !== undefined ? other + time : pattern;
      return {
        format: dayFormat(found),
        misfits: Math.ceil((1 - Math.max(share, turnedShare)) * 100),
        or: turnedShare === share ? other : undefined,
        hasTime: time !== '',
      };
    }
  return null;
}

/** Years of two digits are those of 1970 to 2069: loans run forward. */
const dayFormat = (format: string): DateGuess['format'] =>
  format.includes('yyyy') ? { type: 'date', format } : { type: 'date', format, pivot: 1970 };

function fits(values: readonly string[], format: string, digitsOnly: boolean): number {
  const { convert } = formatConverter(dayFormat(format));
  let fit = 0;
  for (const [i, value] of values.entries()) {
    const day = convert(value);
    if (!(day instanceof Fault) && inYears(Number(String(day).slice(0, 4)))) fit++;
    else if (digitsOnly) return 0;
    if (i === 50 && fit < 40) return 0;
  }
  return fit / values.length;
}

const inYears = (year: number) => year >= years.from && year <= years.to;
