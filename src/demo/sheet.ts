import { stringify } from 'csv-stringify/sync';

/** The cells of a row by column; the columns that are not named are empty. */
export type Cells = Partial<Record<string, string>>;

/** A file in the making, and what was made wrong in it on purpose. */
export class Sheet {
  readonly #columns: readonly string[];
  readonly #rows: string[][];
  readonly faults: string[] = [];

  constructor(columns: readonly string[]) {
    this.#columns = columns;
    this.#rows = [[...columns]];
  }

  /**
   * Adds a row.
   * @param fault what is wrong with it, in words that follow its line
   * @param torn a column whose quotes were forgotten, so that its delimiter tears the row
   */
  add(cells: Cells, fault?: string, torn?: string): void {
    const row = this.#columns.flatMap((column) => {
      const cell = cells[column] ?? '';
      return column === torn ? cell.split(';') : [cell];
    });
    this.#rows.push(row);
    if (fault !== undefined) this.faults.push(`Line ${this.#rows.length}: ${fault}`);
  }

  /** The file: windows-1252 (its letters here are those of latin1), quotes only where needed. */
  bytes(): Uint8Array {
    return Buffer.from(stringify(this.#rows, { delimiter: ';', record_delimiter: '\r\n' }), 'latin1');
  }
}
