import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { batchApis } from '../contract/apis.ts';
import { Loan } from './loan.ts';

const version = 1;

const tables = `
  CREATE TABLE loans (number TEXT PRIMARY KEY, loan TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE payments (id INTEGER PRIMARY KEY, loan TEXT NOT NULL, day TEXT, report TEXT NOT NULL);
  CREATE INDEX payments_of_loan ON payments (loan, day);
  CREATE TABLE sought_persons (id_code TEXT PRIMARY KEY, since INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE batches (
    id INTEGER PRIMARY KEY, reference TEXT NOT NULL UNIQUE, api TEXT NOT NULL, correlationId TEXT NOT NULL,
    options TEXT NOT NULL, dueAt INTEGER, reports TEXT, verdict TEXT
  );
  CREATE INDEX open_batches ON batches (dueAt) WHERE verdict IS NULL;
  CREATE TABLE applied (
    id INTEGER PRIMARY KEY, batchReference TEXT NOT NULL, api TEXT NOT NULL, reportReference TEXT NOT NULL, loan TEXT NOT NULL
  );
  PRAGMA user_version = ${version};
`;

/** A column that holds JSON. */
const json = z.string().transform((text): unknown => JSON.parse(text));

/** How one batch is to be judged. */
const BatchOptions = z.strictObject({ lacksCountryCode: z.boolean(), allOrNothing: z.boolean() });

const api = z.enum(batchApis);
const OpenBatch = z.object({
  reference: z.string(),
  api,
  options: json.pipe(BatchOptions),
  reports: json.pipe(z.array(z.unknown())),
});
const BatchFate = z.object({
  api,
  reference: z.string(),
  correlationId: z.string(),
  verdict: json.pipe(z.record(z.string(), z.unknown())).nullable(),
});
const Applied = z.object({ batchReference: z.string(), api, reportReference: z.string(), loan: z.string() });

/** A batch waiting for its verdict. */
export type OpenBatch = z.infer<typeof OpenBatch>;
/** What became of a batch; the verdict is null while it is being processed. */
export type BatchFate = z.infer<typeof BatchFate>;
/** A report that took effect. */
export type Applied = z.infer<typeof Applied>;
/** A batch as it is taken. `dueAt` null means never. */
type TakenBatch = OpenBatch & { correlationId: string; dueAt: number | null };

/** The register's memory, in one SQLite file. Everything that is written is durable when the transaction ends. */
export class RegisterStore {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, ReturnType<DatabaseSync['prepare']>>();

  constructor(path: string) {
    closeSync(openSync(path, 'a', 0o600));
    this.#db = new DatabaseSync(path, { timeout: 5000 });
    this.#db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
    this.transaction(() => {
      const { user_version: found } = this.#db.prepare('PRAGMA user_version').get() ?? {};
      if (found === 0) this.#db.exec(tables);
      else if (found !== version)
        throw new Error(
          `${path} was made by another version of the sandbox: remove the file to begin with an empty register`,
        );
    });
  }

  /** Does all of it or nothing. */
  transaction<T>(work: () => T): T {
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.#db.exec('COMMIT');
      return result;
    } catch (error) {
      this.#db.exec('ROLLBACK');
      throw error;
    }
  }

  /** Within a transaction: does the work, then takes it back when it says so. */
  attempt(work: () => 'keep' | 'undo'): void {
    this.#db.exec('SAVEPOINT attempt');
    if (work() === 'undo') this.#db.exec('ROLLBACK TO attempt');
    this.#db.exec('RELEASE attempt');
  }

  addBatch(batch: TakenBatch): void {
    this.#prepared(
      'INSERT INTO batches (reference, api, correlationId, options, dueAt, reports) VALUES (?, ?, ?, ?, ?, ?)',
    ).run(
      batch.reference,
      batch.api,
      batch.correlationId,
      JSON.stringify(batch.options),
      batch.dueAt,
      JSON.stringify(batch.reports),
    );
  }

  /** The batch that arrived first of those that are due. */
  nextDue(at: number): OpenBatch | undefined {
    const row = this.#prepared('SELECT * FROM batches WHERE verdict IS NULL AND dueAt <= ? ORDER BY id LIMIT 1').get(
      at,
    );
    return row && OpenBatch.parse(row);
  }

  /** Writes a verdict and forgets the reports: the register has no use for them any more. */
  closeBatch(reference: string, verdict: object): void {
    this.#prepared('UPDATE batches SET verdict = ?, reports = NULL WHERE reference = ?').run(
      JSON.stringify(verdict),
      reference,
    );
  }

  batch(reference: string): BatchFate | undefined {
    const row = this.#prepared('SELECT api, reference, correlationId, verdict FROM batches WHERE reference = ?').get(
      reference,
    );
    return row && BatchFate.parse(row);
  }

  batches(): BatchFate[] {
    const rows = this.#prepared('SELECT api, reference, correlationId, verdict FROM batches ORDER BY id').all();
    return rows.map((row) => BatchFate.parse(row));
  }

  loan(number: string): Loan | undefined {
    const row = this.#prepared('SELECT loan FROM loans WHERE number = ?').get(number);
    return row && Loan.parse(JSON.parse(String(row.loan)));
  }

  loans(): Loan[] {
    const rows = this.#prepared('SELECT loan FROM loans').all();
    return rows.map((row) => Loan.parse(JSON.parse(String(row.loan))));
  }

  /** Loans a person owes. */
  loansOf(idCode: string): Loan[] {
    const rows = this.#prepared(
      `SELECT loan FROM loans WHERE EXISTS (
         SELECT 1 FROM json_each(loan, '$.record.borrowers') WHERE json_extract(value, '$.idCode') = ?) ORDER BY number`,
    ).all(idCode);
    return rows.map((row) => Loan.parse(JSON.parse(String(row.loan))));
  }

  putLoan(loan: Loan): void {
    const text = JSON.stringify(loan);
    this.#prepared('INSERT INTO loans VALUES (?, ?) ON CONFLICT DO UPDATE SET loan = excluded.loan').run(
      loan.record.loanNumber.number,
      text,
    );
  }

  addPayment(loan: string, day: string | null, report: object): void {
    this.#prepared('INSERT INTO payments (loan, day, report) VALUES (?, ?, ?)').run(loan, day, JSON.stringify(report));
  }

  /** The latest payment of a loan on a day. */
  paymentOn(loan: string, day: string | null): number | undefined {
    const row = this.#prepared('SELECT max(id) AS id FROM payments WHERE loan = ? AND day IS ?').get(loan, day);
    return row && row.id !== null ? Number(row.id) : undefined;
  }

  /** The payment of a loan with the latest day; undefined when it has none. */
  lastPayment(loan: string): unknown {
    const row = this.#prepared('SELECT report FROM payments WHERE loan = ? ORDER BY day DESC, id DESC LIMIT 1').get(
      loan,
    );
    return row && JSON.parse(String(row.report));
  }

  removePayment(id: number): void {
    this.#prepared('DELETE FROM payments WHERE id = ?').run(id);
  }

  paymentsCount(): number {
    return Number(this.#prepared('SELECT count(*) AS count FROM payments').get()?.count);
  }

  /** When a person was first sought; remembers `at` when that is now. */
  soughtSince(idCode: string, at: number): number {
    this.#prepared('INSERT INTO sought_persons VALUES (?, ?) ON CONFLICT DO NOTHING').run(idCode, at);
    return Number(this.#prepared('SELECT since FROM sought_persons WHERE id_code = ?').get(idCode)?.since);
  }

  addApplied(entry: Applied): void {
    this.#prepared('INSERT INTO applied (batchReference, api, reportReference, loan) VALUES (?, ?, ?, ?)').run(
      entry.batchReference,
      entry.api,
      entry.reportReference,
      entry.loan,
    );
  }

  applied(): Applied[] {
    const rows = this.#prepared('SELECT batchReference, api, reportReference, loan FROM applied ORDER BY id').all();
    return rows.map((row) => Applied.parse(row));
  }

  close(): void {
    this.#db.close();
  }

  #prepared(sql: string): ReturnType<DatabaseSync['prepare']> {
    const statement = this.#statements.get(sql) ?? this.#db.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}
