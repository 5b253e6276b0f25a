import { Fault } from '../mapping/compile/fault.ts';
import { formatConverter } from '../mapping/compile/formats.ts';
import type { Format } from '../mapping/language/format.ts';

/** How the numbers of a column are written. */
export type DecimalGuess = {
  format: Extract<Format, { type: 'decimal' }>;
  /** Cells that are no number in this form, in percent of the filled ones. */
  misfits: number;
  /** The mark is taken from the file's other numbers: these alone could be thousands or decimals. */
  unclear: boolean;
  /** Whether any cell has decimals. */
  hasMark: boolean;
  largest: number;
};

/** How amounts are taken to be written in a column that shows none. */
export const plainMoney: DecimalGuess['format'] = {
  type: 'decimal',
  decimal: ',',
  group: [],
  scale: 2,
  sign: 'leading',
};

const separators = [' ', '\u00a0', '\u202f', "'", '’', '.', ','];
const enough = 0.8;

/**
 * Guesses how a column writes its numbers; null when it does not hold numbers.
 * @param mark the decimal mark of the file's clear numbers
 */
export function guessDecimals(values: readonly string[], mark: string | undefined): DecimalGuess | null {
  const numbers = values.flatMap(unsigned);
  if (values.length === 0 || numbers.length < values.length * enough) return null;
  const own = markOf(numbers);
  const used = own ?? mark ?? ',';
  const group = separators.filter((sign) => sign !== used && numbers.some((value) => value.includes(sign)));
  const scale = numbers.reduce((most, value) => Math.max(most, decimalsOf(value, used)), 0);
  if (scale > 6) return null;
  const format: DecimalGuess['format'] = { type: 'decimal', decimal: used, group, scale, sign: signOf(values) };
  const { convert } = formatConverter(format);
  let fit = 0;
  let largest = 0;
  for (const value of values) {
    const number = convert(value);
    if (number instanceof Fault) continue;
    fit++;
    largest = Math.max(largest, Math.abs(Number(number)));
  }
  if (fit < values.length * enough) return null;
  const hasMark = numbers.some((value) => value.includes(used));
  return { format, misfits: Math.ceil((1 - fit / values.length) * 100), unclear: own === undefined, hasMark, largest };
}

/** A number without its sign, wherever that stands; nothing when the text is no number. */
export function unsigned(text: string): string[] {
  const digits = text.replace(/^\((.*)\)$|^-(.*)$|^(.*)-$/s, '$1$2$3').trim();
  return /^\d[\d .,'’\u00a0\u202f]*$/.test(digits) ? [digits] : [];
}

function signOf(values: readonly string[]): DecimalGuess['format']['sign'] {
  if (values.some((value) => /\d-$/.test(value))) return 'trailing';
  return values.some((value) => /^\(.*\d.*\)$/.test(value)) ? 'brackets' : 'leading';
}

/** The decimal mark a column's numbers show by themselves. */
export function markOf(numbers: readonly string[]): string | undefined {
  const votes = { '.': 0, ',': 0 };
  for (const number of numbers) {
    const dot = number.lastIndexOf('.');
    const comma = number.lastIndexOf(',');
    if (dot >= 0 && comma >= 0) votes[dot > comma ? '.' : ',']++;
    else if (dot >= 0 && isMark(number, '.', dot)) votes['.']++;
    else if (comma >= 0 && isMark(number, ',', comma)) votes[',']++;
  }
  if (votes['.'] === votes[',']) return undefined;
  return votes['.'] > votes[','] ? '.' : ',';
}

/** Three digits after a sign can be a group; anything else is decimals. Twice the same sign is groups. */
function isMark(number: string, sign: string, at: number): boolean {
  if (number.indexOf(sign) !== at) return false;
  const after = number.length - at - 1;
  return after !== 3 || at > 4 || number.startsWith(`0${sign}`);
}

const decimalsOf = (number: string, mark: string) => {
  const at = number.lastIndexOf(mark);
  return at < 0 ? 0 : number.length - at - 1;
};
