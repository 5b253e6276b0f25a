import { identityCodeFault, isBusinessId, isIban } from '../lib/identity-code.ts';
import { trim } from '../mapping/compile/scope.ts';
import { type DateGuess, guessDates } from './guess-dates.ts';
import { type DecimalGuess, guessDecimals } from './guess-decimals.ts';
import { guessYesNo, type YesNoGuess } from './guess-yes-no.ts';

/** What the cells of one column look like. A column can be several things at once: 0 and 1 are numbers, codes and yes/no. */
export type Column = {
  name: string;
  at: number;
  /** Filled cells, trimmed, in file order. */
  values: string[];
  rows: number;
  /** Distinct values with how often each is there; null when there are more than can be codes. */
  distinct: Map<string, number> | null;
  unique: boolean;
  date: DateGuess | null;
  decimal: DecimalGuess | null;
  /** Whole numbers without leading zeros, and the largest of them. */
  integer: { largest: number } | null;
  yesNo: YesNoGuess | null;
  /** Shares of the filled cells, 0 to 1. */
  identityCodes: number;
  businessIds: number;
  ibans: number;
  currencies: boolean;
};

/** More distinct values than this are no code list. */
const mostCodes = 30;

/** Words that stand for nothing, wherever they are seen. */
const emptyWords = new Set(['NULL', 'null', '(null)', 'N/A', 'n/a', '#N/A', '\\N', 'None', 'NaN']);
/** Signs that stand for nothing only in a column whose other cells are numbers, days or codes. */
const emptySigns = new Set(['-', '--', '.', '?', 'NA', '00000000', '0000-00-00', '00.00.0000']);

/** The words for nothing that are seen in a file. */
export function emptyWordsOf(rows: readonly { cells: readonly string[] }[], width: number): string[] {
  const seen = new Set<string>();
  for (let at = 0; at < width; at++) {
    const signs = new Set<string>();
    let typed = 0;
    let others = 0;
    for (const { cells } of rows) {
      const text = trim(cells[at] ?? '');
      if (emptyWords.has(text)) seen.add(text);
      else if (emptySigns.has(text)) signs.add(text);
      else if (text !== '') {
        others++;
        if (/\d/.test(text) || text.length <= 3) typed++;
      }
    }
    if (typed >= others * 0.95) for (const sign of signs) seen.add(sign);
  }
  return [...seen];
}

/**
 * Looks at one column.
 * @param mark the decimal mark of the file's clear numbers, for those that could be read either way
 */
export function profileColumn(
  name: string,
  at: number,
  rows: readonly { cells: readonly string[] }[],
  empty: ReadonlySet<string>,
  mark: string | undefined,
): Column {
  const values = rows.map(({ cells }) => trim(cells[at] ?? '')).filter((text) => text !== '' && !empty.has(text));
  const distinct = new Map<string, number>();
  for (const value of values) distinct.set(value, (distinct.get(value) ?? 0) + 1);
  const share = (test: (text: string) => boolean) =>
    values.length === 0 ? 0 : values.filter(test).length / values.length;
  const date = guessDates(values);
  const decimal = date ? null : guessDecimals(values, mark);
  const whole = values.length > 0 && values.every((value) => /^(0|[1-9]\d{0,14})$/.test(value));
  return {
    name,
    at,
    values,
    rows: rows.length,
    distinct: distinct.size <= mostCodes ? distinct : null,
    unique: distinct.size === rows.length,
    date,
    decimal,
    integer: whole ? { largest: values.reduce((most, value) => Math.max(most, Number(value)), 0) } : null,
    yesNo: guessYesNo([...distinct.keys()]),
    identityCodes: share((value) => identityCodeFault(value, 'artificial') !== 'form'),
    businessIds: share(isBusinessId),
    ibans: share((value) => isIban(value.replaceAll(' ', ''))),
    currencies: values.length > 0 && [...distinct.keys()].every((value) => currencies.has(value)),
  };
}

const currencies = new Set(
  'EUR SEK NOK DKK ISK GBP USD CHF PLN CZK HUF RON BGN JPY CAD AUD NZD CNY RUB UAH TRY HKD SGD'.split(' '),
);
