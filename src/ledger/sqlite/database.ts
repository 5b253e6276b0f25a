import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite';
import { UsageError } from '../../lib/problem.ts';
import { schema, schemaVersion } from './schema.ts';

export type SqlRow = Record<string, SQLOutputValue>;

/** One SQLite file, its statements prepared once. */
export class Database implements Disposable {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  /**
   * Opens the file, making it when it is not there; durable on every commit (WAL, synchronous=FULL).
   * @throws UsageError when the file is damaged or of another version
   */
  constructor(path: string, options: { readOnly?: boolean } = {}) {
    try {
      this.#db = new DatabaseSync(path, { readOnly: options.readOnly ?? false, timeout: 5000 });
      this.#db.exec(
        'PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; PRAGMA cache_size=-4000;',
      );
      if (!options.readOnly) this.#prepareToWrite();
    } catch (error) {
      throw damaged(error, path);
    }
  }

  #prepareToWrite(): void {
    this.#db.exec(
      'PRAGMA page_size=8192; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA wal_autocheckpoint=2000;',
    );
    const { synchronous } = this.one('PRAGMA synchronous') ?? {};
    if (synchronous !== 2) throw new Error('SQLite does not run with synchronous=FULL');
    const version = this.one('PRAGMA user_version')?.['user_version'];
    if (version === 0) this.transaction(() => this.#db.exec(`${schema} PRAGMA user_version=${schemaVersion}`));
    else if (version !== schemaVersion)
      throw new UsageError(`the ledger has version ${version}, this luottoputki knows ${schemaVersion}`, {
        hint: 'run the version of luottoputki that wrote the ledger, or a newer one',
      });
  }

  #statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  /** Runs a change. */
  run(sql: string, ...values: SQLInputValue[]): { changes: number; id: number } {
    const { changes, lastInsertRowid } = this.#statement(sql).run(...values);
    return { changes: Number(changes), id: Number(lastInsertRowid) };
  }

  one(sql: string, ...values: SQLInputValue[]): SqlRow | undefined {
    return this.#statement(sql).get(...values);
  }

  all(sql: string, ...values: SQLInputValue[]): SqlRow[] {
    return this.#statement(sql).all(...values);
  }

  /** Rows one by one, for lists that do not fit in memory; nothing may be written meanwhile. */
  iterate(sql: string, ...values: SQLInputValue[]): Iterable<SqlRow> {
    return this.#db.prepare(sql).iterate(...values);
  }

  /** Runs `work` as one transaction; a throw takes all of it back. */
  transaction<T>(work: () => T): T {
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.#db.exec('COMMIT');
      return result;
    } catch (error) {
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
      throw error;
    }
  }

  [Symbol.dispose](): void {
    this.#statements.clear();
    if (this.#db.isOpen) this.#db.close();
  }
}

function damaged(error: unknown, path: string): unknown {
  const code = (error as { errcode?: number }).errcode;
  if (code !== 11 && code !== 26) return error;
  return new UsageError(`the ledger ${path} is damaged`, {
    hint: 'nothing was sent; put back the last good copy of the state folder, luottoputki asks the register about every batch before it sends one',
    cause: error,
  });
}
