import type { FieldKind } from '../../contract/field-table.ts';
import { identityCodeFault, isBusinessId, isIban, type PersonSeries } from '../../lib/identity-code.ts';
import type { Format } from '../language/format.ts';
import { dateConverter, dateTimeConverter, isoInstant } from './date-formats.ts';
import { Fault } from './fault.ts';
import { literally } from './literally.ts';
import { exampleOf, type Sign, unsigned } from './sign.ts';

/** Turns the text of a cell (trimmed, not empty) into a value, or says why it cannot. */
export type Converter = {
  kind: FieldKind;
  personal: boolean;
  convert(text: string): string | number | boolean | Fault;
};

/** Amounts of more digits cannot pass through a JSON number unchanged. */
export const longestNumber = 15;
/** Decimals of the finest amount. */
export const mostDecimals = 6;

/** The names `as:` knows without a format of the mapping's own. */
export const builtInFormats = [
  'text',
  'integer',
  'decimal',
  'date',
  'dateTime',
  'boolean',
  'personalIdentityCode',
  'businessId',
  'iban',
] as const;

/** Builds the converter of a built-in `as`. */
export function builtInConverter(name: (typeof builtInFormats)[number], series: PersonSeries): Converter {
  switch (name) {
    case 'text':
      return { kind: 'text', personal: false, convert: normalise };
    case 'integer':
      return formatConverter({ type: 'integer', group: [], sign: 'leading' });
    case 'decimal':
      return formatConverter({ type: 'decimal', decimal: '.', group: [], sign: 'leading' });
    case 'date':
      return formatConverter({ type: 'date', format: 'yyyy-MM-dd' });
    case 'dateTime':
      return { kind: 'dateTime', personal: false, convert: isoInstant };
    case 'boolean':
      return formatConverter({ type: 'boolean', true: ['true'], false: ['false'] });
    case 'personalIdentityCode':
      return { kind: 'text', personal: true, convert: (text) => identityCode(text, series) };
    case 'businessId':
      return {
        kind: 'text',
        personal: false,
        convert: (text) =>
          isBusinessId(text)
            ? text
            : new Fault('BUSINESS_ID', 'a Finnish Business ID such as 1234567-1 with the right check digit'),
      };
    case 'iban':
      return {
        kind: 'text',
        personal: true,
        convert(text) {
          const iban = text.replaceAll(' ', '').toUpperCase();
          return isIban(iban) ? iban : new Fault('IBAN', 'an IBAN with the right check digits');
        },
      };
  }
}

/**
 * Builds the converter of a format of the mapping's own.
 * @throws RangeError when the format contradicts itself; the message is for the mapping's author
 */
export function formatConverter(format: Format): Converter {
  switch (format.type) {
    case 'decimal':
      return decimalConverter(format.decimal, [format.group].flat(), format.scale, format.sign);
    case 'integer':
      return integerConverter([format.group].flat(), format.sign);
    case 'date':
      return dateConverter(format.format, format.pivot);
    case 'dateTime':
      return dateTimeConverter(format.format, format.zone, format.pivot);
    case 'boolean':
      return booleanConverter(format.true, format.false);
  }
}

/** Checks an identity code against the series the environment allows. */
function identityCode(text: string, series: PersonSeries): string | Fault {
  switch (identityCodeFault(text, series)) {
    case null:
      return text;
    case 'form':
      return new Fault('IDENTITY_CODE', 'a personal identity code such as ddmmyyCnnnK with the right check character');
    case 'artificial':
      return new Fault(
        'IDENTITY_CODE_ARTIFICIAL',
        'a real person: individual numbers 900–999 are artificial and refused in production',
      );
    case 'notArtificial':
      return new Fault(
        'IDENTITY_CODE_NOT_ARTIFICIAL',
        'an artificial person (individual number 900–999): real persons are refused outside production',
      );
  }
}

const normalise = (text: string) => (/^[\x20-\x7e]*$/.test(text) ? text : text.normalize('NFC'));

function digitsPattern(group: readonly string[]): string {
  if (group.length === 0) return '\\d+';
  const separator = `[${group.map(literally).join('')}]`;
  return `(?:\\d+|\\d{1,3}(?:${separator}\\d{3})+)`;
}

function decimalConverter(mark: string, group: readonly string[], scale: number | undefined, sign: Sign): Converter {
  if (group.includes(mark)) throw new RangeError(`"${mark}" cannot part both decimals and groups`);
  const form = new RegExp(`^(-?)(${digitsPattern(group)})(?:${literally(mark)}(\\d+))?$`);
  const most = scale ?? mostDecimals;
  const example = exampleOf(`1234${most > 0 ? mark + '5'.padEnd(Math.min(most, 2), '0') : ''}`, sign);
  const quick = quickDecimal(
    mark.charCodeAt(0),
    group.map((separator) => separator.charCodeAt(0)),
    most,
  );
  const convert = unsigned(sign, (text) => {
    const found = quick(text);
    if (found !== undefined) return found;
    const match = form.exec(text);
    if (!match) return new Fault('DECIMAL_FORMAT', `a number such as ${example}`);
    const [, minus = '', whole = '', decimals = ''] = match;
    if (decimals.length > most) return new Fault('DECIMALS_TOO_MANY', `at most ${most} decimals; nothing is rounded`);
    const digits = group.length === 0 ? whole : whole.replace(/\D/g, '');
    if (digits.replace(/^0+/, '').length + decimals.length > longestNumber)
      return new Fault('NUMBER_TOO_LONG', `at most ${longestNumber} digits`);
    return Number(`${minus}${digits}.${decimals || '0'}`) + 0;
  });
  return { kind: 'decimal', personal: false, convert };
}

/**
 * The common case without a regular expression: digits in groups or not, and decimals, 15 digits at most. A whole number
 * below 2^53 divided by a power of ten is the double nearest to the decimal, the same that `Number` would read.
 * @returns undefined for everything else, which the careful way judges
 */
function quickDecimal(mark: number, groups: readonly number[], most: number): (text: string) => number | undefined {
  return (text) => {
    const negative = text.charCodeAt(0) === 45;
    let mantissa = 0;
    let digits = 0;
    let run = 0;
    let grouped = false;
    let at = negative ? 1 : 0;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code >= 48 && code <= 57) {
        mantissa = mantissa * 10 + code - 48;
        run++;
        digits++;
      } else if (code === mark) break;
      else if (groups.includes(code) && (grouped ? run === 3 : run >= 1 && run <= 3)) {
        grouped = true;
        run = 0;
      } else return undefined;
    }
    if (run === 0 || (grouped && run !== 3)) return undefined;
    const decimals = text.length - at - 1;
    if (decimals === 0 || decimals > most || digits + decimals > longestNumber) return undefined;
    for (at++; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code < 48 || code > 57) return undefined;
      mantissa = mantissa * 10 + code - 48;
    }
    const value = decimals > 0 ? mantissa / 10 ** decimals : mantissa;
    return negative ? 0 - value : value;
  };
}

function integerConverter(group: readonly string[], sign: Sign): Converter {
  const form = new RegExp(`^-?${digitsPattern(group)}$`);
  const example = exampleOf('12', sign);
  const convert = unsigned(sign, (text) => {
    if (!form.test(text)) return new Fault('INTEGER_FORMAT', `a whole number such as ${example}`);
    const digits = group.length === 0 ? text : text.replace(/[^\d-]/g, '');
    if (digits.replace('-', '').length > longestNumber)
      return new Fault('NUMBER_TOO_LONG', `at most ${longestNumber} digits`);
    return Number(digits) + 0;
  });
  return { kind: 'integer', personal: false, convert };
}

function booleanConverter(yes: readonly string[], no: readonly string[]): Converter {
  const both = yes.find((word) => no.includes(word));
  if (both !== undefined) throw new RangeError(`"${both}" cannot be both true and false`);
  const values = new Map<string, boolean>([
    ...yes.map((word) => [word, true] as const),
    ...no.map((word) => [word, false] as const),
  ]);
  return {
    kind: 'boolean',
    personal: false,
    convert: (text) => values.get(text) ?? new Fault('BOOLEAN_FORMAT', `one of ${[...values.keys()].join(', ')}`),
  };
}
