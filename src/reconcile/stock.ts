import type { BuiltReport } from '../mapping/compile/compile-mapping.ts';
import { KeySet } from '../mapping/key-set.ts';
import type { Refusal } from '../reading/rows.ts';
import { type FileToMap, mapFile } from '../views/map-file.ts';
import { expectedLoan } from './expected-loan.ts';
import type { LoanToAsk } from './loans-to-ask.ts';

/** What a first reading of a full stock export tells. */
export type Stock = {
  /** Reports that a second reading brings before it starts over, for rows that lie apart; they do not count. */
  ignored: number;
  /** Loans that can be compared. */
  loans: number;
  /** Reports that have findings, and rows that belong to none. */
  rowsInvalid: number;
  /** Every loan that is named, in whatever state its rows are. */
  named: KeySet;
  /** False when some loan could not be read: then nothing can be called missing in the core system. */
  whole: boolean;
  refused: Refusal | undefined;
};

/** Reads a full stock export once, to count it and to know which loans it names. */
export async function readStock(file: FileToMap): Promise<Stock> {
  const stock: Stock = { ignored: 0, loans: 0, rowsInvalid: 0, named: new KeySet(), whole: true, refused: undefined };
  for await (const event of mapFile(file)) {
    if (event.kind === 'refused') stock.refused = event.refusal;
    else if (event.kind === 'startOver')
      Object.assign(stock, { ignored: stock.ignored + stock.loans, loans: 0, rowsInvalid: 0, whole: true });
    else if (event.kind === 'rows') {
      stock.rowsInvalid += event.rowsInvalid;
      if (event.rowsInvalid > 0) stock.whole = false;
    } else if (event.kind === 'report') {
      const { loan, report } = event.built;
      if (loan === null) stock.whole = false;
      else stock.named.seen(loan);
      if (report === null) stock.rowsInvalid++;
      else stock.loans++;
    }
  }
  return stock;
}

/** The loans of a stock export, in the order of the file. What it does not tell (delays) is not compared. */
export async function* loansOfStock(file: FileToMap, { ignored }: Stock, skip: number): AsyncGenerator<LoanToAsk> {
  let left = ignored + skip;
  for await (const event of mapFile(file)) {
    if (event.kind !== 'report' || event.built.report === null) continue;
    if (left-- > 0) continue;
    yield fromCore(event.built);
  }
}

function fromCore({ loan, report }: BuiltReport): LoanToAsk {
  const expected = expectedLoan([{ api: 'AddLoans', text: JSON.stringify(report) }]);
  return { loan: loan ?? '', from: 'core', expected: expected ? { ...expected, delay: undefined } : null };
}
