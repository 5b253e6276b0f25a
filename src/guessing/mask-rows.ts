import {
  artificialIban,
  artificialIdentityCode,
  identityCodeFault,
  isBusinessId,
  isIban,
} from '../lib/identity-code.ts';
import { Fault } from '../mapping/compile/fault.ts';
import { formatConverter } from '../mapping/compile/formats.ts';
import { trim } from '../mapping/compile/scope.ts';
import type { Column } from './column-profile.ts';
import { type DateGuess, never } from './guess-dates.ts';

/** How the cells of a column are masked; `keep` is for codes and counts, which tell nothing of anybody. */
export type Masking = { column: Column; as: 'keep' | 'key' | 'rate' | 'other' };

/** Replaces what could tell of a person or a loan by made-up cells of the same form; equal cells stay equal. */
export class Masker {
  readonly #empty: ReadonlySet<string>;
  readonly #numbers = new Map<string, string>();
  readonly #texts = new Map<string, string>();
  readonly #persons = new Map<string, string>();
  readonly #ranks = new Map<string, number>();

  constructor(emptyWords: readonly string[]) {
    this.#empty = new Set(emptyWords);
  }

  /** Masks the cells of rows; `columns` say in which order, and how. */
  mask(rows: readonly { cells: readonly string[] }[], columns: readonly Masking[]): string[][] {
    for (const as of ['rate', 'other'] as const) this.#rank(rows, columns, as);
    return rows.map(({ cells }) => columns.map((masking) => this.#cell(trim(cells[masking.column.at] ?? ''), masking)));
  }

  /** Amounts keep their order, so that what is drawn stays below what was granted. */
  #rank(rows: readonly { cells: readonly string[] }[], columns: readonly Masking[], as: Masking['as']): void {
    const amounts = new Set<number>();
    for (const masking of columns)
      if (masking.as === as)
        for (const { cells } of rows) {
          const amount = amountOf(trim(cells[masking.column.at] ?? ''), masking.column);
          if (amount !== undefined) amounts.add(Math.abs(amount));
        }
    [...amounts]
      .toSorted((a, b) => a - b)
      .forEach((amount, at) => {
        this.#ranks.set(`${as} ${amount}`, at + 1);
      });
  }

  #cell(text: string, { column, as }: Masking): string {
    if (text === '' || this.#empty.has(text)) return text;
    if (identityCodeFault(text, 'artificial') !== 'form') return once(this.#persons, text, artificialIdentityCode);
    if (isBusinessId(text)) return '1572860-0';
    if (isIban(text.replaceAll(' ', ''))) return once(this.#numbers, text, artificialIban);
    if (as === 'keep') return text;
    if (as === 'key') return once(this.#numbers, text, (n) => numberLike(text, n));
    if (column.date && never.has(text)) return text;
    if (column.date) return dayLike(text, column.date.format) ?? once(this.#texts, text, placeholder);
    const amount = amountOf(text, column);
    if (amount === undefined) return once(this.#texts, text, placeholder);
    const rank = this.#ranks.get(`${as} ${Math.abs(amount)}`) ?? 1;
    return amount === 0 ? text : amountLike(text, column, as === 'rate' ? rank * 1.25 : rank * 1000);
  }
}

const placeholder = (n: number) => `Text ${n}`;

function once(known: Map<string, string>, text: string, make: (n: number) => string): string {
  const masked = known.get(text) ?? make(known.size + 1);
  known.set(text, masked);
  return masked;
}

function amountOf(text: string, { decimal }: Column): number | undefined {
  if (!decimal) return undefined;
  const amount = formatConverter(decimal.format).convert(text);
  return amount instanceof Fault ? undefined : Number(amount);
}

/** The sum of amounts of a column, written as the column writes them, without groups. */
export function sumOf(texts: readonly string[], column: Column): string {
  const scale = column.decimal?.format.scale ?? 2;
  const units = texts.reduce((sum, text) => sum + Math.round((amountOf(text, column) ?? 0) * 10 ** scale), 0);
  return (units / 10 ** scale).toFixed(scale).replace('.', column.decimal?.format.decimal ?? ',');
}

/** Another amount with as many decimals, the same marks and the same sign. */
function amountLike(text: string, { decimal }: Column, amount: number): string {
  const mark = decimal?.format.decimal ?? ',';
  const at = text.lastIndexOf(mark);
  const scale = at < 0 ? 0 : text.length - at - 1;
  const [whole = '', decimals = ''] = amount.toFixed(scale).split('.');
  const group = [decimal?.format.group ?? []].flat().find((sign) => text.includes(sign)) ?? '';
  const grouped = group === '' ? whole : whole.replace(/\B(?=(\d{3})+$)/g, group);
  const digits = scale > 0 ? `${grouped}${mark}${decimals}` : grouped;
  return text.replace(/\d(?:.*\d)?/s, () => digits);
}

/** Another number of the same form: letters and signs stay, digits become a count. */
function numberLike(text: string, n: number): string {
  const digits = text.replace(/\D/g, '').length;
  const first = /\d/.exec(text)?.[0] === '0' ? '0' : '1';
  const count = `${first}${String(n).padStart(Math.max(0, digits - 1), '0')}`.slice(-Math.max(1, digits));
  let at = 0;
  return text.replace(/\d/g, () => count[at++] ?? '0').replace(/\p{L}/gu, 'X');
}

/** The same month, its fifteenth day. */
function dayLike(text: string, format: DateGuess['format']): string | undefined {
  const day = formatConverter(format).convert(text);
  if (day instanceof Fault) return undefined;
  const [year = '', month = ''] = String(day).split('-');
  const parts: Record<string, string> = {
    yyyy: year,
    yy: year.slice(2),
    MM: month,
    M: String(Number(month)),
    dd: '15',
    d: '15',
    HH: '12',
    H: '12',
    mm: '00',
    ss: '00',
  };
  return format.format.replace(/yyyy|yy|MM|M|dd|d|HH|H|mm|ss/g, (piece) => parts[piece] ?? piece);
}
