import { batchApis } from '../../contract/apis.ts';
import type {
  AcceptedReport,
  Counts,
  FindingCount,
  FindingRecord,
  Instant,
  OpenReport,
  ReportToFix,
  StagedFinding,
  VerdictTimes,
} from '../ledger.ts';
import type { Database, SqlRow } from './database.ts';

const page = 2000;
const text = (row: SqlRow, key: string) => (row[key] === null ? null : String(row[key]));
const number = (row: SqlRow, key: string) => (row[key] === null ? null : Number(row[key]));

/** A failed report whose rows came back and were accepted. */
const corrected = `r.state IN ('invalid', 'rejected') AND EXISTS (SELECT 1 FROM told f WHERE f.fixes = coalesce(r.fixes, r.id) AND f.fate = 'accepted')`;

/** A report that somebody has said shall not be sent any more; a correction of it that is accepted undoes that. */
export const resolved = `EXISTS (SELECT 1 FROM finding n WHERE n.report_id = r.id AND n.stage = 'send' AND n.code IN ('RESOLVED', 'RESOLVED_ENTERED', 'RESOLVED_HELD'))`;

/** A report that failed, and of which something is still to be done. */
const toBeFixed = `r.state IN ('invalid', 'rejected') AND NOT (${corrected}) AND NOT ${resolved}`;

/** A row of no report, or an export refused whole, of which somebody has said the same. */
const rowResolved = `EXISTS (SELECT 1 FROM finding n WHERE n.export_id = f.export_id AND n.report_id IS NULL AND n.stage = 'send' AND n.code = 'RESOLVED'
  AND (n.line IS NULL OR n.line = f.line))`;

export function counts(db: Database, exportId: number): Counts {
  const rows = db.all(
    `SELECT r.state, b.state AS batch_state, count(*) AS n
     FROM report r LEFT JOIN batch b ON b.id = r.batch_id WHERE r.export_id = ? GROUP BY r.state, b.state`,
    exportId,
  );
  const sum = (wanted: (state: string, batch: string) => boolean) =>
    rows
      .filter((row) => wanted(String(row['state']), String(row['batch_state'])))
      .reduce((total, row) => total + Number(row['n']), 0);
  const lost = (batch: string) => batch === 'unknown' || batch === 'inconsistent';
  const pendingBy = {
    toPlan: sum((state) => state === 'ready' || state === 'waiting'),
    toSend: sum((state, batch) => state === 'planned' && (batch === 'planned' || batch === 'sending')),
    withRegister: sum((state, batch) => state === 'planned' && batch === 'sent'),
    toResend: sum((state) => state === 'deferred'),
  };
  return {
    // Counted on its own: the sums of a receipt are a check, not a definition.
    reportsBuilt: Number(db.one('SELECT count(*) AS n FROM report WHERE export_id = ?', exportId)?.['n']),
    invalid: sum((state) => state === 'invalid'),
    // Without a batch it is a question with its answer.
    accepted: sum((state, batch) => state === 'planned' && (batch === 'settled' || batch === 'null')),
    rejected: sum((state) => state === 'rejected'),
    pending: pendingBy.toPlan + pendingBy.toSend + pendingBy.withRegister + pendingBy.toResend,
    unknown: sum((state, batch) => state === 'planned' && lost(batch)),
    held: sum((state) => state === 'held'),
    corrected: Number(
      db.one(`SELECT count(*) AS n FROM report r WHERE r.export_id = ? AND ${corrected}`, exportId)?.['n'],
    ),
    withoutRow: Number(
      db.one(`SELECT count(*) AS n FROM report r WHERE r.export_id = ? AND r.gone = 1 AND ${toBeFixed}`, exportId)?.[
        'n'
      ],
    ),
    resolved: Number(
      db.one(
        `SELECT count(*) AS n FROM report r WHERE r.export_id = ? AND r.state IN ('invalid', 'rejected') AND NOT (${corrected}) AND ${resolved}`,
        exportId,
      )?.['n'],
    ),
    rowsResolved: Number(
      db.one(
        `SELECT count(DISTINCT line) AS n FROM finding WHERE export_id = ? AND report_id IS NULL AND line IS NOT NULL AND stage = 'send' AND code = 'RESOLVED'`,
        exportId,
      )?.['n'],
    ),
    pendingBy,
  };
}

/** From batches, exports and the index of held reports only: cheap enough to be asked all the time. */
export function settledReports(db: Database): { settled: number; all: number } {
  const row = db.one(
    `SELECT (SELECT coalesce(sum(decided), 0) FROM batch) AS settled, coalesce(sum(sendable), 0) AS sendable,
       (SELECT count(*) FROM report WHERE state = 'held') AS held FROM export WHERE stage = 'mapped' AND position % 10 < ${batchApis.length}`,
  );
  return { settled: Number(row?.['settled']), all: Number(row?.['sendable']) - Number(row?.['held']) };
}

/** Rows of an export that are part of a report. */
export function rowsInReports(db: Database, exportId: number): number {
  return Number(
    db.one(
      `SELECT coalesce(sum(CASE WHEN lines IS NULL THEN 1 ELSE length(lines) - length(replace(lines, ',', '')) + 1 END), 0) AS n FROM report WHERE export_id = ? AND gone = 0`,
      exportId,
    )?.['n'],
  );
}

/** The register's findings fall away once their report is accepted after all. */
const live = `f.export_id = ? AND (f.stage <> 'register' OR f.report_id IS NULL OR r.state IN ('rejected', 'deferred', 'held'))`;

export function* findings(db: Database, exportId: number): Generator<FindingRecord> {
  let [line, id] = [-1, 0];
  for (;;) {
    const rows = db.all(
      `SELECT f.*, r.reference, r.due_day, b.reference AS batch_reference FROM finding f
       LEFT JOIN report r ON r.id = f.report_id LEFT JOIN batch b ON b.id = f.batch_id
       WHERE ${live} AND (coalesce(f.line, 0), f.id) > (?, ?) ORDER BY coalesce(f.line, 0), f.id LIMIT ${page}`,
      exportId,
      line,
      id,
    );
    for (const row of rows) yield toFinding(row);
    const last = rows.at(-1);
    if (!last || rows.length < page) return;
    [line, id] = [Number(last['line'] ?? 0), Number(last['id'])];
  }
}

/** A finding, from a row with the references of its report and its batch. */
export function toFinding(row: SqlRow): FindingRecord {
  return {
    id: Number(row['id']),
    code: String(row['code']),
    severity: row['severity'] as 'error' | 'warning',
    stage: row['stage'] as StagedFinding['stage'],
    registerCode: text(row, 'register_code'),
    line: number(row, 'line'),
    lastLine: number(row, 'last_line'),
    column: text(row, 'column_name'),
    value: text(row, 'value'),
    expected: text(row, 'expected'),
    message: text(row, 'message'),
    reportReference: text(row, 'reference'),
    batchReference: text(row, 'batch_reference'),
    dueDay: text(row, 'due_day'),
  };
}

export function findingCounts(db: Database, exportId: number): FindingCount[] {
  const groups = db.all(
    `SELECT f.code, f.register_code, f.severity, count(*) AS n FROM finding f LEFT JOIN report r ON r.id = f.report_id
     WHERE ${live} GROUP BY f.code, f.register_code, f.severity ORDER BY f.severity, n DESC, f.code`,
    exportId,
  );
  return groups.map((row) => {
    const first = db.all(
      `SELECT DISTINCT f.line FROM finding f LEFT JOIN report r ON r.id = f.report_id
       WHERE ${live} AND f.code = ? AND f.register_code IS ? AND f.severity = ? AND f.line IS NOT NULL ORDER BY f.line LIMIT 5`,
      exportId,
      String(row['code']),
      text(row, 'register_code'),
      String(row['severity']),
    );
    return {
      code: String(row['code']),
      registerCode: text(row, 'register_code'),
      severity: row['severity'] as 'error' | 'warning',
      count: Number(row['n']),
      firstLines: first.map(({ line }) => Number(line)),
    };
  });
}

export function* accepted(db: Database, exportId: number): Generator<AcceptedReport> {
  for (let after = 0; ; ) {
    const rows = db.all(
      `SELECT r.id, r.line, r.last_line, r.gone, r.reference, coalesce(b.verdict_at, (SELECT answered_at FROM answer WHERE report_id = r.id)) AS at, b.reference AS batch_reference
       FROM report r LEFT JOIN batch b ON b.id = r.batch_id
       WHERE r.export_id = ? AND r.state = 'planned' AND (b.state = 'settled' OR r.batch_id IS NULL) AND r.id > ? ORDER BY r.id LIMIT ${page}`,
      exportId,
      after,
    );
    for (const row of rows)
      yield {
        line: row['gone'] === 1 ? null : Number(row['line']),
        lastLine: row['gone'] === 1 ? null : Number(row['last_line']),
        reference: text(row, 'reference'),
        batchReference: text(row, 'batch_reference'),
        acceptedAt: Number(row['at']),
      };
    after = Number(rows.at(-1)?.['id']);
    if (rows.length < page) return;
  }
}

export function* toFix(db: Database, exportId: number, withResolved = false): Generator<ReportToFix> {
  const wanted = withResolved ? `r.state IN ('invalid', 'rejected') AND NOT (${corrected})` : toBeFixed;
  for (let after = 0; ; ) {
    const rows = db.all(
      `SELECT r.id, r.line, r.lines, r.reference, r.due_day FROM report r
       WHERE r.export_id = ? AND r.gone = 0 AND ${wanted} AND r.id > ? ORDER BY r.id LIMIT ${page}`,
      exportId,
      after,
    );
    for (const row of rows) {
      const found = db.all(
        `SELECT code, register_code, column_name, value, message FROM finding WHERE report_id = ? AND severity = 'error' ORDER BY id`,
        Number(row['id']),
      );
      const line = Number(row['line']);
      yield {
        line,
        lines: row['lines'] === null ? [line] : String(row['lines']).split(',').map(Number),
        reference: text(row, 'reference'),
        findings: found.map((finding) => ({
          code: String(finding['code']),
          registerCode: text(finding, 'register_code'),
          column: text(finding, 'column_name'),
          value: text(finding, 'value'),
          message: text(finding, 'message'),
        })),
        dueDay: text(row, 'due_day'),
      };
    }
    after = Number(rows.at(-1)?.['id']);
    if (rows.length < page) return;
  }
}

/** Reports that may be open, found over indexes of their own: the many that are accepted are not looked at. `CROSS JOIN` keeps SQLite to this order. */
const maybeOpen = `
  SELECT o.id FROM export ox CROSS JOIN report o ON o.export_id = ox.id
    WHERE ox.stage IN ('mapped', 'awaitingApproval') AND o.state IN ('invalid', 'rejected', 'held', 'waiting', 'deferred')
  UNION ALL SELECT o.id FROM export ox CROSS JOIN report o ON o.export_id = ox.id AND o.id > ox.looked_up_to
    WHERE ox.stage IN ('mapped', 'awaitingApproval') AND ox.wave = 1 AND ox.looked_up_to < ox.last_sendable AND o.state = 'ready'
  UNION ALL SELECT o.id FROM batch ob CROSS JOIN report o ON o.id BETWEEN ob.first_report AND ob.last_report AND +o.batch_id = ob.id
    WHERE ob.state IN ('planned', 'sending', 'unknown', 'sent', 'inconsistent')`;

export function* openReports(db: Database): Generator<OpenReport> {
  const rows = db.iterate(
    `SELECT r.*, x.stage AS export_stage, f.code, f.register_code, f.column_name
     FROM told r JOIN export x ON x.id = r.export_id JOIN mapping m ON m.sha256 = x.mapping_sha256
     LEFT JOIN finding f ON f.id = (SELECT id FROM finding WHERE report_id = r.id ORDER BY severity, id DESC LIMIT 1)
     WHERE r.id IN (${maybeOpen}) AND r.fate <> 'accepted' AND x.stage IN ('mapped', 'awaitingApproval') AND NOT ${resolved}
       AND NOT EXISTS (SELECT 1 FROM report f WHERE f.fixes = coalesce(r.fixes, r.id) AND f.id > r.id) AND NOT EXISTS (
       SELECT 1 FROM told a JOIN export ax ON ax.id = a.export_id JOIN mapping am ON am.sha256 = ax.mapping_sha256
       WHERE r.state IN ('invalid', 'rejected') AND a.loan = r.loan AND a.reference = r.reference AND a.fate = 'accepted' AND a.id > r.id AND am.api = m.api)
     ORDER BY r.due_day IS NULL, r.due_day, r.id`,
  );
  for (const row of rows)
    yield {
      exportId: Number(row['export_id']),
      line: row['gone'] === 1 ? null : Number(row['line']),
      lastLine: row['gone'] === 1 ? null : Number(row['last_line']),
      gone: row['gone'] === 1,
      reference: text(row, 'reference'),
      state: openState(row),
      dueDay: text(row, 'due_day'),
      resendAt: number(row, 'resend_at'),
      code: text(row, 'code'),
      registerCode: text(row, 'register_code'),
      column: text(row, 'column_name'),
      message: null,
    };
  yield* openRows(db);
}

/** What has become of a report that is not accepted, from a row of `told` with the stage of its export. */
export function openState(row: SqlRow): OpenReport['state'] {
  const state = String(row['state']);
  if (state === 'ready' || state === 'waiting')
    return row['export_stage'] === 'awaitingApproval' ? 'awaitingApproval' : 'waiting';
  if (state !== 'planned') return state as OpenReport['state'];
  const unknown = ['unknown', 'inconsistent'].includes(String(row['batch_state']));
  return unknown ? 'unknown' : row['batch_state'] !== 'sent' ? 'waiting' : 'withRegister';
}

/** Rows that belong to no report, exports that were refused whole, and what makes one await approval. */
function openRows(db: Database): OpenReport[] {
  return db
    .all(
      `SELECT f.*, x.stage AS export_stage FROM finding f JOIN export x ON x.id = f.export_id
       WHERE f.report_id IS NULL AND x.stage NOT IN ('taken', 'withdrawn')
         AND (f.severity = 'error' OR (x.stage = 'awaitingApproval' AND f.stage = 'check'))
         AND NOT ${rowResolved} ORDER BY f.export_id, f.line, f.id`,
    )
    .map((row) => ({
      exportId: Number(row['export_id']),
      line: number(row, 'line'),
      lastLine: number(row, 'last_line'),
      gone: false,
      reference: null,
      state: openRowState(row),
      dueDay: null,
      resendAt: null,
      code: text(row, 'code'),
      registerCode: null,
      column: text(row, 'column_name'),
      message: row['severity'] === 'warning' ? text(row, 'message') : null,
    }));
}

function openRowState(row: SqlRow): OpenReport['state'] {
  if (row['export_stage'] === 'refused' || row['export_stage'] === 'givenUp') return 'refused';
  return row['severity'] === 'warning' ? 'awaitingApproval' : 'invalid';
}

export function deadlines(
  db: Database,
  exportId: number,
): { met: number; late: number; open: { dueDay: string; count: number }[] } {
  const days = db
    .all(
      `SELECT r.due_day, count(*) FILTER (WHERE fate = 'accepted' AND due_day >= verdict_day) AS met,
         count(*) FILTER (WHERE fate = 'accepted' AND due_day < verdict_day) AS late,
         count(*) FILTER (WHERE fate <> 'accepted' AND x.stage <> 'withdrawn'
           AND (r.state NOT IN ('invalid', 'rejected') OR (${toBeFixed}))) AS open
       FROM told r JOIN export x ON x.id = r.export_id
       WHERE r.export_id = ? AND r.due_day IS NOT NULL GROUP BY r.due_day ORDER BY r.due_day`,
      exportId,
    )
    .map((row) => ({
      dueDay: String(row['due_day']),
      met: Number(row['met']),
      late: Number(row['late']),
      count: Number(row['open']),
    }));
  return {
    met: days.reduce((sum, { met }) => sum + met, 0),
    late: days.reduce((sum, { late }) => sum + late, 0),
    open: days.filter(({ count }) => count > 0).map(({ dueDay, count }) => ({ dueDay, count })),
  };
}

/** Of an even number of batches the median is between the two in the middle. */
export function verdictTimes(db: Database, since: string): VerdictTimes[] {
  return db
    .all(
      `SELECT day, n AS batches, max(took) AS slowest, avg(took) FILTER (WHERE place IN ((n + 1) / 2, n / 2 + 1)) AS median
       FROM (SELECT x.day, b.verdict_at - b.sent_at AS took, count(*) OVER (PARTITION BY x.day) AS n,
           row_number() OVER (PARTITION BY x.day ORDER BY b.verdict_at - b.sent_at) AS place
         FROM export x JOIN batch b ON b.export_id = x.id
         WHERE x.day >= ? AND b.state IN ('settled', 'failed') AND b.sent_at IS NOT NULL)
       GROUP BY day ORDER BY day`,
      since,
    )
    .map((row) => ({
      day: String(row['day']),
      batches: Number(row['batches']),
      median: Number(row['median']),
      slowest: Number(row['slowest']),
    }));
}

export function resolutions(db: Database, exportId: number): { message: string; count: number }[] {
  return db
    .all(
      `SELECT message, count(*) AS n FROM finding WHERE export_id = ? AND stage = 'send' AND code IN ('RESOLVED', 'RESOLVED_ENTERED', 'RESOLVED_HELD')
       GROUP BY message ORDER BY min(id)`,
      exportId,
    )
    .map((row) => ({ message: String(row['message']), count: Number(row['n']) }));
}

export function nextResend(db: Database, exportId: number): Instant | null {
  const row = db.one(`SELECT min(resend_at) AS at FROM report WHERE export_id = ? AND state = 'deferred'`, exportId);
  return row ? number(row, 'at') : null;
}
