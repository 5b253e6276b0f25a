import { DatabaseSync } from 'node:sqlite';
import { removeFile } from '../lib/durable-write.ts';
import type { Row } from '../reading/rows.ts';

/**
 * Brings rows of one report together when they lie apart in the file: kept on disk, not in memory, and given back
 * group by group in the order in which the groups begin.
 */
export class ScatteredRows implements Disposable {
  readonly #db: DatabaseSync;
  readonly #path: string;

  /** @param path a file of the pipeline's own that may be overwritten and is private to it; '' for a temporary one */
  constructor(path: string) {
    this.#path = path;
    this.#db = new DatabaseSync(path);
    this.#db.exec(`PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA temp_store=FILE;
      DROP TABLE IF EXISTS line; DROP TABLE IF EXISTS grp;
      CREATE TABLE grp (no INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE) STRICT;
      CREATE TABLE line (no INTEGER NOT NULL, line INTEGER NOT NULL, last INTEGER NOT NULL, cells TEXT NOT NULL, PRIMARY KEY (no, line)) STRICT, WITHOUT ROWID;`);
  }

  /** Keeps a block of rows with their group keys. */
  add(rows: readonly { key: string; row: Row }[]): void {
    const group = this.#db.prepare(
      'INSERT INTO grp (key) VALUES (?) ON CONFLICT (key) DO UPDATE SET key = key RETURNING no',
    );
    const line = this.#db.prepare('INSERT INTO line VALUES (?, ?, ?, ?)');
    this.#db.exec('BEGIN');
    for (const { key, row } of rows) {
      const { no } = group.get(key) as { no: number };
      line.run(no, row.line, row.lastLine, JSON.stringify(row.cells));
    }
    this.#db.exec('COMMIT');
  }

  /** All groups, each with its rows in file order. */
  *groups(): Generator<Row[]> {
    let rows: Row[] = [];
    let current = -1;
    for (const found of this.#db.prepare('SELECT no, line, last, cells FROM line ORDER BY no, line').iterate()) {
      const { no, line, last, cells } = found as { no: number; line: number; last: number; cells: string };
      if (no !== current && rows.length > 0) {
        yield rows;
        rows = [];
      }
      current = no;
      rows.push({ line, lastLine: last, cells: JSON.parse(cells) as string[] });
    }
    if (rows.length > 0) yield rows;
  }

  [Symbol.dispose](): void {
    this.#db.close();
    if (this.#path !== '') removeFile(this.#path);
  }
}
