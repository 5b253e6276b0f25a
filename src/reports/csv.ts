import { stringify } from 'csv-stringify/sync';
import type { DurableFile } from '../lib/durable-write.ts';

type Cell = string | number | null;

/** Writes a CSV that a spreadsheet opens as it should: byte order mark, `;`, and no cell that would be run as a formula. */
export class PeopleCsv {
  readonly #file: DurableFile;
  #rows: Cell[][] = [];

  constructor(file: DurableFile, columns: readonly string[]) {
    this.#file = file;
    file.write('\uFEFF');
    this.#rows.push([...columns]);
  }

  add(row: Cell[]): void {
    this.#rows.push(row);
    if (this.#rows.length >= 1000) this.flush();
  }

  flush(): void {
    if (this.#rows.length === 0) return;
    this.#file.write(stringify(this.#rows, { delimiter: ';', record_delimiter: '\r\n', escape_formulas: true }));
    this.#rows = [];
  }
}
