import type { Api, BatchApi } from '../../contract/apis.ts';
import type { AcceptedWindow, FindingRecord, LoanReport } from '../ledger.ts';
import type { Database, SqlRow } from './database.ts';
import { openState, toFinding } from './telling.ts';
import { textOf } from './texts.ts';

const select = `SELECT r.*, x.stage AS export_stage, m.api FROM told r
  JOIN export x ON x.id = r.export_id JOIN mapping m ON m.sha256 = x.mapping_sha256`;

/** Every report on a loan, as they came. */
export function reportsOfLoan(db: Database, loan: string): LoanReport[] {
  return db.all(`${select} WHERE r.loan = ? ORDER BY x.position, r.id`, loan).map((row) => toLoanReport(db, row));
}

/** The report of an export that has a row on a line. */
export function reportAtLine(db: Database, exportId: number, line: number): LoanReport | undefined {
  const row = db.one(
    `${select} WHERE r.export_id = ? AND (r.line = ? OR instr(',' || r.lines || ',', ',' || ? || ',') > 0) LIMIT 1`,
    exportId,
    line,
    String(line), // as text: a bound number would be joined as `5.0`
  );
  return row && toLoanReport(db, row);
}

function toLoanReport(db: Database, row: SqlRow): LoanReport {
  const line = Number(row['line']);
  const text = (key: string) => (row[key] === null ? null : String(row[key]));
  const number = (key: string) => (row[key] === null ? null : Number(row[key]));
  const id = Number(row['id']);
  return {
    id,
    exportId: Number(row['export_id']),
    api: row['api'] as Api,
    line,
    lines: row['lines'] === null ? [line] : String(row['lines']).split(',').map(Number),
    gone: row['gone'] === 1,
    reference: text('reference'),
    loan: text('loan'),
    state: row['fate'] === 'accepted' ? 'accepted' : openState(row),
    dueDay: text('due_day'),
    resendAt: number('resend_at'),
    batchReference: text('batch_reference'),
    verdictAt: number('verdict_at') ?? answeredAt(db, id),
    findings: findingsOf(db, id),
  };
}

/** When a question was answered; null for any report, and for a question that was not. */
function answeredAt(db: Database, id: number): number | null {
  const row = db.one('SELECT answered_at FROM answer WHERE report_id = ?', id);
  return row ? Number(row['answered_at']) : null;
}

function findingsOf(db: Database, reportId: number): FindingRecord[] {
  return db
    .all(
      `SELECT f.*, r.reference, r.due_day, b.reference AS batch_reference FROM finding f
       JOIN report r ON r.id = f.report_id LEFT JOIN batch b ON b.id = f.batch_id WHERE f.report_id = ? ORDER BY f.id`,
      reportId,
    )
    .map(toFinding);
}

/** What the register has accepted about a loan, in its order: the texts as they were sent. */
export function acceptedTexts(db: Database, loan: string): { exportId: number; api: BatchApi; text: string }[] {
  return db.all(`${select} WHERE r.loan = ? AND r.fate = 'accepted' ORDER BY x.position, r.id`, loan).map((row) => ({
    exportId: Number(row['export_id']),
    api: row['api'] as BatchApi,
    text: textOf(db, Number(row['id'])),
  }));
}

/** The next loans by name; a batch was under way from its last POST to its verdict. */
export function acceptedLoans(
  db: Database,
  { environment, since, until }: AcceptedWindow,
  after: string,
  limit: number,
): string[] {
  const rows = db.all(
    `SELECT r.loan FROM report r JOIN batch b ON b.id = r.batch_id JOIN export x ON x.id = r.export_id
     WHERE r.loan > ? AND r.state = 'planned' AND b.state = 'settled' AND x.environment = ?
       AND b.verdict_at >= ? AND b.sent_at < ?
     GROUP BY r.loan ORDER BY r.loan LIMIT ?`,
    after,
    environment,
    since ?? 0,
    until ?? Number.MAX_SAFE_INTEGER,
    limit,
  );
  return rows.map((row) => String(row['loan']));
}
