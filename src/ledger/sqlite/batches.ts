import type { BatchApi } from '../../contract/apis.ts';
import type {
  BatchRecord,
  BatchReport,
  BatchState,
  DueBatches,
  Instant,
  Ledger,
  ReportVerdict,
  Settlement,
} from '../ledger.ts';
import type { Database, SqlRow } from './database.ts';
import { addEvent } from './evidence.ts';
import { addFinding } from './exports.ts';
import { insertBatch } from './planning.ts';
import { textOf } from './texts.ts';

type EndOfPost = Parameters<Ledger['endPost']>[1];
type Note = Parameters<Ledger['noteAnswer']>[1];

const minute = 60_000;
const selectBatch =
  'SELECT b.*, x.sha256 AS file_sha256, x.mapping_sha256 FROM batch b JOIN export x ON x.id = b.export_id';

export function recover(db: Database, now: Instant): number {
  return db.transaction(() => {
    db.run(`UPDATE batch SET state = 'sent', next_at = ? WHERE state = 'inconsistent'`, now);
    return db.run(`UPDATE batch SET state = 'unknown', next_at = ? WHERE state = 'sending'`, now).changes;
  });
}

const open = `b.state IN ('planned', 'sending', 'unknown', 'sent')`;
const soonest = `CASE b.state WHEN 'unknown' THEN 0 WHEN 'sent' THEN 1 ELSE 2 END, b.next_at, b.id`;

export function openBatches(db: Database, limit: number): BatchRecord[] {
  return db.all(`${selectBatch} WHERE ${open} ORDER BY ${soonest} LIMIT ?`, limit).map(toBatch);
}

export function dueBatches(db: Database, now: Instant, limit: number, behind: readonly string[]): DueBatches {
  const late = JSON.stringify(behind);
  const isLate = 'x.mapping_sha256 IN (SELECT sha256 FROM mapping WHERE name IN (SELECT value FROM json_each(?1)))';
  const due = db.all(
    `SELECT b.*, x.sha256 AS file_sha256, x.mapping_sha256, ${isLate} AS behind
     FROM batch b JOIN export x ON x.id = b.export_id WHERE ${open} AND b.next_at <= ?2
     ORDER BY b.state = 'planned' AND ${isLate}, ${soonest} LIMIT ?3`,
    late,
    now,
    limit,
  );
  const rest = db.one(
    `SELECT count(*) AS open, count(*) FILTER (WHERE b.state = 'planned') AS planned,
       count(*) FILTER (WHERE b.state = 'planned' AND ${isLate}) AS late, min(b.next_at) FILTER (WHERE b.next_at > ?2) AS next_at
     FROM batch b JOIN export x ON x.id = b.export_id WHERE ${open}`,
    late,
    now,
  );
  const nextAt = rest?.['next_at'] ?? null;
  const plannedBehind = Number(rest?.['late']);
  return {
    due: due.map(toBatch),
    behind: new Set(due.filter((row) => row['behind'] === 1).map((row) => Number(row['id']))),
    open: Number(rest?.['open']),
    planned: Number(rest?.['planned']) - plannedBehind,
    plannedBehind,
    nextAt: nextAt === null ? null : Number(nextAt),
  };
}

export function batchesOf(db: Database, exportId: number): BatchRecord[] {
  return db.all(`${selectBatch} WHERE b.export_id = ? ORDER BY b.id`, exportId).map(toBatch);
}

export function batchReports(db: Database, batchId: number): BatchReport[] {
  const { first, last } = rangeOf(db, batchId);
  return db
    .all(
      `SELECT id, reference, line, last_line, deferrals, gone FROM report WHERE id BETWEEN ? AND ? AND batch_id = ? ORDER BY id`,
      first,
      last,
      batchId,
    )
    .map((row) => ({
      id: Number(row['id']),
      reference: String(row['reference']),
      line: row['gone'] === 1 ? null : Number(row['line']),
      lastLine: row['gone'] === 1 ? null : Number(row['last_line']),
      deferrals: Number(row['deferrals']),
    }));
}

export function batchBody(db: Database, batchId: number): { head: string; tail: string; texts: string[] } {
  const { first, last, count, head, tail } = rangeOf(db, batchId);
  if (last - first + 1 === count)
    return { head, tail, texts: Array.from({ length: count }, (_, at) => textOf(db, first + at)) };
  const ids = db.all(
    'SELECT id FROM report WHERE id BETWEEN ? AND ? AND batch_id = ? ORDER BY id',
    first,
    last,
    batchId,
  );
  return { head, tail, texts: ids.map(({ id }) => textOf(db, Number(id))) };
}

/** Reports of a batch lie between two ids: a range of the table is cheaper to go through than an index of its own. */
function rangeOf(db: Database, batchId: number) {
  const batch = db.one('SELECT head, tail, count, first_report, last_report FROM batch WHERE id = ?', batchId);
  if (!batch) throw new Error(`no batch ${batchId}`);
  const { first_report: first, last_report: last, count, head, tail } = batch;
  return { first: Number(first), last: Number(last), count: Number(count), head: String(head), tail: String(tail) };
}

const remembered = 7 * 24 * 60 * minute;

export function batchKnownLately(db: Database, now: Instant): string | undefined {
  const row = db.one(
    `SELECT reference FROM batch WHERE register_status IS NOT NULL AND coalesce(verdict_at, sent_at) > ?
     ORDER BY coalesce(verdict_at, sent_at) DESC LIMIT 1`,
    now - remembered,
  );
  return row && String(row['reference']);
}

export function recentPosts(db: Database, now: Instant): Instant[] {
  return db
    .all('SELECT started_at FROM attempt WHERE started_at > ? ORDER BY started_at', now - minute)
    .map((row) => Number(row['started_at']));
}

export function pausedUntil(db: Database): Instant {
  return Number(db.one(`SELECT value FROM meta WHERE key = 'pausedUntil'`)?.['value'] ?? 0);
}

export function pause(db: Database, until: Instant): void {
  db.run(
    `INSERT INTO meta VALUES ('pausedUntil', ?1) ON CONFLICT (key) DO UPDATE SET value = excluded.value
     WHERE CAST(meta.value AS INTEGER) < CAST(excluded.value AS INTEGER)`,
    String(until),
  );
}

export function beginPost(db: Database, batchId: number, now: Instant): void {
  db.transaction(() => {
    const { changes } = db.run(
      `UPDATE batch SET state = 'sending', attempts = attempts + 1, sent_at = ?, not_found = 0 WHERE id = ? AND state IN ('planned', 'unknown')`,
      now,
      batchId,
    );
    if (changes !== 1) throw new Error(`batch ${batchId} cannot be sent in its present state`);
    db.run('INSERT INTO attempt (batch_id, started_at) VALUES (?, ?)', batchId, now);
  });
}

export function endPost(db: Database, batchId: number, end: EndOfPost, now: Instant): void {
  db.transaction(() => {
    db.run(
      'UPDATE batch SET state = ?, correlation_id = coalesce(?, correlation_id), next_at = ?, asked = 0 WHERE id = ?',
      end.state,
      end.correlationId,
      end.nextAt,
      batchId,
    );
    db.run(
      'UPDATE attempt SET ended_at = ?, outcome = ?, http_status = ? WHERE id = (SELECT max(id) FROM attempt WHERE batch_id = ?)',
      now,
      end.outcome,
      end.httpStatus,
      batchId,
    );
  });
}

export function noteAnswer(db: Database, batchId: number, note: Note): void {
  const notFound = { counts: 'not_found + 1', resets: '0', same: 'not_found' }[note.notFound];
  db.transaction(() => {
    db.run(
      `UPDATE batch SET state = ?, register_status = coalesce(?, register_status), reported = ?, correlation_id = coalesce(?, correlation_id),
         next_at = ?, asked = asked + 1, not_found = ${notFound} WHERE id = ?`,
      note.state,
      note.registerStatus,
      note.reported,
      note.correlationId,
      note.nextAt,
      batchId,
    );
    forgetContradiction(db, batchId);
    if (note.contradiction !== undefined) addContradiction(db, batchId, note.contradiction);
  });
}

/** Findings about a batch as a whole, which belong to no report. */
function forgetContradiction(db: Database, batchId: number): void {
  db.run('DELETE FROM finding WHERE batch_id = ? AND report_id IS NULL', batchId);
}

function addContradiction(db: Database, batchId: number, why: string): void {
  const { export_id } = db.one('SELECT export_id FROM batch WHERE id = ?', batchId) ?? {};
  addFinding(db, Number(export_id), null, batchId, {
    code: 'VERDICT_CONTRADICTS',
    severity: 'error',
    stage: 'register',
    registerCode: null,
    line: null,
    lastLine: null,
    column: null,
    value: null,
    expected: 'a verdict on every report that was sent',
    message: why,
  });
}

export function settle(db: Database, batchId: number, end: Settlement, now: Instant): void {
  db.transaction(() => {
    const goesOn = end.parts.reduce((sum, { reportIds }) => sum + reportIds.length, 0);
    db.run(
      `UPDATE batch SET state = ?, register_status = ?, reported = ?, correlation_id = coalesce(?, correlation_id), verdict_at = ?,
         verdict_day = ?, decided = count - ? WHERE id = ?`,
      end.state,
      end.registerStatus,
      end.reported,
      end.correlationId,
      now,
      end.day,
      goesOn,
      batchId,
    );
    const batch = db.one('SELECT * FROM batch WHERE id = ?', batchId);
    if (!batch) throw new Error(`no batch ${batchId}`);
    forgetContradiction(db, batchId);
    for (const part of end.parts) {
      const { wave } = db.one('SELECT wave FROM report WHERE id = ?', part.reportIds[0] ?? 0) as { wave: number };
      insertBatch(db, Number(batch['export_id']), batch['api'] as BatchApi, wave, part, now);
    }
    for (const exception of end.exceptions) settleReport(db, batch, exception);
    // The reports that are still `planned` in it are accepted by the state of the batch alone.
    if (end.state !== 'settled' && batchReports(db, batchId).length > end.exceptions.length)
      throw new Error(`batch ${batchId} ends without a word on each of its reports`);
    if (end.state === 'settled' && batch['api'] === 'AddLoans') releaseHeld(db, batch);
    addEvent(db, Number(batch['export_id']), 'verdict', {
      reference: batch['reference'],
      state: end.state,
      registerStatus: end.registerStatus,
      reported: end.reported,
      exceptions: end.exceptions.length,
      at: now,
    });
  });
}

function settleReport(db: Database, batch: SqlRow, report: ReportVerdict): void {
  db.run(
    `UPDATE report SET state = ?, resend_at = ?, deferrals = deferrals + ? WHERE id = ? AND batch_id = ?`,
    report.state,
    report.resendAt,
    report.state === 'deferred' ? 1 : 0,
    report.id,
    Number(batch['id']),
  );
  for (const finding of report.findings)
    addFinding(db, Number(batch['export_id']), report.id, Number(batch['id']), finding);
}

/** What was held by a loan that is now accepted may go. */
function releaseHeld(db: Database, batch: SqlRow): void {
  if (!db.one(`SELECT 1 FROM report WHERE state = 'held' LIMIT 1`)) return;
  db.run(
    `UPDATE report SET state = 'waiting' WHERE state = 'held' AND loan IN (
       SELECT loan FROM report WHERE id BETWEEN ? AND ? AND batch_id = ? AND state = 'planned')`,
    Number(batch['first_report']),
    Number(batch['last_report']),
    Number(batch['id']),
  );
}

function toBatch(row: SqlRow): BatchRecord {
  const number = (key: string) => (row[key] === null ? null : Number(row[key]));
  const text = (key: string) => (row[key] === null ? null : String(row[key]));
  return {
    id: Number(row['id']),
    exportId: Number(row['export_id']),
    api: row['api'] as BatchApi,
    number: Number(row['number']),
    generation: Number(row['generation']),
    reference: String(row['reference']),
    count: Number(row['count']),
    state: row['state'] as BatchState,
    registerStatus: text('register_status'),
    reported: number('reported'),
    attempts: Number(row['attempts']),
    asked: Number(row['asked']),
    notFound: Number(row['not_found']),
    plannedAt: Number(row['planned_at']),
    sentAt: number('sent_at'),
    verdictAt: number('verdict_at'),
    correlationId: text('correlation_id'),
    nextAt: Number(row['next_at']),
    bodySha256: String(row['body_sha256']),
    fileSha256: String(row['file_sha256']),
    mappingSha256: String(row['mapping_sha256']),
  };
}
