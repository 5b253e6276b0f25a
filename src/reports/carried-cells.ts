import { maskCell } from '../lib/mask.ts';
import type { Dialect } from '../reading/read-export.ts';
import { ArchivedRows } from './archived-rows.ts';

/** Which columns of an export go along with its findings, and how the export is written. */
export type CarriedView = { dialect: Dialect; carry: readonly string[]; personal: readonly string[] };

/** The carried columns of a line, read from the archive in step with the findings, which come in order of line. */
export class CarriedCells implements AsyncDisposable {
  readonly #rows: ArchivedRows | undefined;
  readonly #view: CarriedView;
  #at: readonly number[] | undefined;
  #last: { line: number; cells: string[] } | undefined;

  constructor(path: string, view: CarriedView) {
    this.#rows = view.carry.length > 0 ? new ArchivedRows(path, view.dialect) : undefined;
    this.#view = view;
  }

  async of(line: number | null): Promise<string[]> {
    const { carry, personal } = this.#view;
    if (!this.#rows || line === null) return carry.map(() => '');
    if (this.#last?.line === line) return this.#last.cells;
    if (!this.#at) {
      const header = await this.#rows.at(1);
      this.#at = carry.map((column) => header?.row.cells.findIndex((cell) => cell.trim() === column) ?? -1);
    }
    const found = line === 1 ? undefined : await this.#rows.at(line);
    const cells = this.#at.map((at, i) => maskCell(found?.row.cells[at] ?? '', personal.includes(carry[i] ?? '')));
    this.#last = { line, cells };
    return cells;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#rows?.[Symbol.asyncDispose]();
  }
}
