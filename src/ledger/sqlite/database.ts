import { existsSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite';
import { UsageError } from '../../lib/problem.ts';
import { schema, schemaVersion, upgrades } from './schema.ts';

export type SqlRow = Record<string, SQLOutputValue>;

/** One SQLite file, its statements prepared once. */
export class Database implements Disposable {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  readonly #path: string;
  /** The error of the disk that ended all work on the file. */
  #lost: unknown;

  /**
   * Opens the file, making it when it is not there; durable on every commit (WAL, synchronous=FULL). One that was not closed
   * properly is looked through first.
   * @throws UsageError when the file is damaged or of another version
   */
  constructor(path: string, options: { readOnly?: boolean } = {}) {
    this.#path = path;
    const closed = !existsSync(`${path}-wal`);
    try {
      this.#db = new DatabaseSync(path, { readOnly: options.readOnly ?? false, timeout: 5000 });
      this.#db.exec(
        'PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; PRAGMA cache_size=-4000;',
      );
      if (!options.readOnly && !closed) this.#lookThrough();
      if (!options.readOnly) this.#prepareToWrite();
      else if (this.#version() in upgrades)
        throw new UsageError('the ledger was written by an earlier luottoputki', {
          hint: 'the next `luottoputki run` brings it up to date',
        });
    } catch (error) {
      throw damaged(error, path);
    }
  }

  #lookThrough(): void {
    const { quick_check: found } = this.one('PRAGMA quick_check(1)') ?? {};
    if (found !== 'ok') throw damaged(Object.assign(new Error(String(found)), { errcode: corrupt[0] }), this.#path);
  }

  #prepareToWrite(): void {
    this.#db.exec(
      'PRAGMA page_size=8192; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA wal_autocheckpoint=2000;',
    );
    const { synchronous } = this.one('PRAGMA synchronous') ?? {};
    if (synchronous !== 2) throw new Error('SQLite does not run with synchronous=FULL');
    const version = this.#version();
    if (version === 0) this.transaction(() => this.#db.exec(`${schema} PRAGMA user_version=${schemaVersion}`));
    else this.#upgrade(version);
  }

  #version(): number {
    return Number(this.one('PRAGMA user_version')?.['user_version']);
  }

  #upgrade(found: number): void {
    let version = found;
    for (let step = upgrades[version]; step !== undefined; step = upgrades[version]) {
      this.transaction(() => this.#db.exec(`${step}; PRAGMA user_version=${version + 1}`));
      version++;
    }
    if (version !== schemaVersion)
      throw new UsageError(`the ledger has version ${version}, this luottoputki knows ${schemaVersion}`, {
        hint: 'run the version of luottoputki that wrote the ledger, or a newer one',
      });
  }

  #statement(sql: string): StatementSync {
    if (this.#lost !== undefined) throw this.#lost;
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  /** Runs a change. */
  run(sql: string, ...values: SQLInputValue[]): { changes: number; id: number } {
    try {
      const { changes, lastInsertRowid } = this.#statement(sql).run(...values);
      return { changes: Number(changes), id: Number(lastInsertRowid) };
    } catch (error) {
      throw this.#failed(error);
    }
  }

  one(sql: string, ...values: SQLInputValue[]): SqlRow | undefined {
    try {
      return this.#statement(sql).get(...values);
    } catch (error) {
      throw this.#failed(error);
    }
  }

  all(sql: string, ...values: SQLInputValue[]): SqlRow[] {
    try {
      return this.#statement(sql).all(...values);
    } catch (error) {
      throw this.#failed(error);
    }
  }

  /** Rows one by one, for lists that do not fit in memory; nothing may be written meanwhile. */
  iterate(sql: string, ...values: SQLInputValue[]): Iterable<SqlRow> {
    return this.#db.prepare(sql).iterate(...values);
  }

  /** Runs `work` as one transaction; a throw takes all of it back. */
  transaction<T>(work: () => T): T {
    if (this.#lost !== undefined) throw this.#lost;
    try {
      this.#db.exec('BEGIN IMMEDIATE');
      const result = work();
      this.#db.exec('COMMIT');
      return result;
    } catch (error) {
      const failure = this.#failed(error);
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
      throw failure;
    }
  }

  /**
   * After an error of the disk nothing more is written or believed: what the system took before may be gone, and a second
   * try may get a wrong yes. The next process reads back what is there.
   */
  #failed(error: unknown): unknown {
    const failure = damaged(error, this.#path);
    if (primaryCode(error) === ioError || failure !== error) this.#lost ??= failure;
    return failure;
  }

  [Symbol.dispose](): void {
    this.#statements.clear();
    if (this.#db.isOpen) this.#db.close();
  }
}

const ioError = 10;
/** SQLITE_CORRUPT and SQLITE_NOTADB. */
const corrupt: readonly (number | undefined)[] = [11, 26];

const primaryCode = (error: unknown) => {
  const { errcode } = error as { errcode?: number };
  return errcode === undefined ? undefined : errcode & 0xff;
};

function damaged(error: unknown, path: string): unknown {
  if (!corrupt.includes(primaryCode(error))) return error;
  return new UsageError(`the ledger ${path} is damaged`, {
    hint: 'put back the last good copy of the state folder and run again: luottoputki asks the register about every batch before it sends one',
    cause: error,
  });
}
