import { type Api, apiOrder } from '../../contract/apis.ts';
import type { Owner } from '../../contract/shapes.ts';
import { addCounts } from '../../lib/add-counts.ts';
import type {
  AgainRecord,
  ExportRecord,
  ExportStage,
  KeptMapping,
  NewExport,
  StagedBlock,
  StagedFinding,
  TakeResult,
} from '../ledger.ts';
import type { Database, SqlRow } from './database.ts';
import { addEvent } from './evidence.ts';
import { forgetTexts, keepTexts } from './texts.ts';

const selectExport = `SELECT x.*, m.name AS mapping_name, m.api, m.file, m.parts FROM export x JOIN mapping m ON m.sha256 = x.mapping_sha256`;

/** Every export ever taken, in the register's order within its night. */
export function allExports(db: Database): ExportRecord[] {
  return db.all(`${selectExport} ORDER BY x.position, x.id`).map(toExport);
}

export function unmappedExports(db: Database): ExportRecord[] {
  return db.all(`${selectExport} WHERE x.stage = 'taken' ORDER BY x.position, x.id`).map(toExport);
}

/**
 * The last night goes on as long as nothing of it was mapped: taking that was interrupted by a kill is taken up again, and
 * the register's order holds over all of the night's exports. What comes later is another night, also when nothing of this
 * one could be sent: its reports go before those of the next. A finding tells that a person has had an export mapped anew.
 */
export function nextRound(db: Database): number {
  const { round } = db.one('SELECT coalesce(max(round), 0) AS round FROM export') as { round: number };
  const begun = db.one(
    `SELECT 1 FROM export x WHERE x.round = ? AND (x.stage <> 'taken' OR x.starts > 0
       OR EXISTS (SELECT 1 FROM finding f WHERE f.export_id = x.id)) LIMIT 1`,
    round,
  );
  return begun ? round + 1 : Math.max(1, round);
}

export function takeExport(db: Database, taken: NewExport): TakeResult {
  return db.transaction(() => {
    const known = db.one(`${selectExport} WHERE x.sha256 = ?`, taken.sha256);
    if (known)
      return known['identity'] === taken.identity ? { kind: 'already' } : recordAgain(db, toExport(known), taken);
    const { mapping } = taken;
    db.run(
      'INSERT INTO mapping VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
      mapping.sha256,
      mapping.name,
      mapping.api,
      mapping.file,
      mapping.text,
      JSON.stringify(mapping.parts),
    );
    db.run(
      `INSERT INTO export (round, position, name, size, sha256, identity, taken_at, day, mapping_sha256, environment, owner, tool, correction_of, stage)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'taken')`,
      taken.round,
      taken.round * 10 + apiOrder(mapping.api),
      taken.name,
      taken.size,
      taken.sha256,
      taken.identity,
      taken.takenAt,
      taken.day,
      mapping.sha256,
      taken.environment,
      JSON.stringify(taken.owner),
      taken.tool,
      taken.correctionOf,
    );
    const { id } = db.one('SELECT max(id) AS id FROM export') as { id: number };
    const { name, size, correctionOf } = taken;
    addEvent(db, id, 'taken', { name, size, mapping: mapping.sha256, correctionOf });
    return { kind: 'taken' };
  });
}

function recordAgain(db: Database, first: ExportRecord, taken: NewExport): TakeResult {
  if (db.one('SELECT 1 FROM again WHERE export_id = ? AND identity = ?', first.id, taken.identity))
    return { kind: 'already' };
  const { n } = db.one('SELECT count(*) + 1 AS n FROM again WHERE export_id = ?', first.id) as { n: number };
  db.run(
    'INSERT INTO again (export_id, n, name, identity, taken_at, day) VALUES (?, ?, ?, ?, ?, ?)',
    first.id,
    n,
    taken.name,
    taken.identity,
    taken.takenAt,
    taken.day,
  );
  return { kind: 'again', first, n };
}

export function exportsAgain(db: Database): AgainRecord[] {
  return db.all('SELECT * FROM again ORDER BY id').map((row) => ({
    id: Number(row['id']),
    exportId: Number(row['export_id']),
    n: Number(row['n']),
    name: String(row['name']),
    takenAt: Number(row['taken_at']),
    day: String(row['day']),
  }));
}

export function restartMapping(db: Database, exportId: number): void {
  db.transaction(() => forgetStaged(db, exportId));
}

export function beginMapping(db: Database, exportId: number): number {
  return db.transaction(() => {
    forgetStaged(db, exportId);
    db.run('UPDATE export SET starts = starts + 1 WHERE id = ?', exportId);
    return Number(db.one('SELECT starts FROM export WHERE id = ?', exportId)?.['starts']);
  });
}

export function forgiveStart(db: Database, exportId: number): void {
  db.run('UPDATE export SET starts = starts - 1 WHERE id = ? AND starts > 0', exportId);
}

/** What people decided about the export stays (stage `send`); what they decided about its rows goes with the rows. */
export function forgetStaged(db: Database, exportId: number): void {
  db.run(
    `DELETE FROM finding WHERE export_id = ? AND (stage <> 'send' OR report_id IS NOT NULL OR code = 'RESOLVED')`,
    exportId,
  );
  forgetTexts(db, exportId);
  db.run('DELETE FROM report WHERE export_id = ?', exportId);
  db.run(
    `UPDATE export SET rows_read = 0, rows_skipped = 0, rows_invalid = 0, skipped = '{}', sendable = 0, last_sendable = 0 WHERE id = ?`,
    exportId,
  );
}

/** Rows of one statement: as many as bring something; more only makes the statement longer. */
const together = 25;
const reportColumns = '(export_id, line, last_line, lines, reference, loan, state, due_day, fixes, gone)';
const insertReports = (rows: number) =>
  `INSERT INTO report ${reportColumns} VALUES ${Array(rows).fill('(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)').join(', ')}`;

export function addReports(db: Database, exportId: number, block: StagedBlock): void {
  db.transaction(() => {
    const { reports } = block;
    const first = Number(db.one('SELECT coalesce(max(id), 0) + 1 AS id FROM report')?.['id']);
    for (let from = 0; from < reports.length; from += together) {
      const some = reports.slice(from, from + together);
      const values = some.flatMap((report) => [
        exportId,
        report.line,
        report.lastLine,
        report.lines === null ? null : report.lines.join(','),
        report.reference,
        report.loan,
        report.text === null ? 'invalid' : 'ready',
        report.dueDay,
        report.fixesLine === null ? null : fixedReport(db, exportId, report.fixesLine),
        report.gone ? 1 : 0,
      ]);
      const { id } = db.run(insertReports(some.length), ...values);
      if (id !== first + from + some.length - 1) throw new Error('reports of a block have ids without a gap');
    }
    keepTexts(
      db,
      exportId,
      first,
      reports.map(({ text }) => text),
    );
    for (const finding of block.findings)
      addFinding(db, exportId, finding.report === null ? null : first + finding.report, null, finding);
    const sendable = reports.filter(({ text }) => text !== null).length;
    const skipped = Object.values(block.skipped).reduce((sum, count) => sum + count, 0);
    db.run(
      `UPDATE export SET rows_read = rows_read + ?, rows_invalid = rows_invalid + ?, rows_skipped = rows_skipped + ?, skipped = ?,
         sendable = sendable + ?, last_sendable = max(last_sendable, ?) WHERE id = ?`,
      block.rowsRead,
      block.rowsInvalid,
      skipped,
      JSON.stringify(addCounts(skippedSoFar(db, exportId), block.skipped)),
      sendable,
      sendable === 0 ? 0 : first + reports.findLastIndex(({ text }) => text !== null),
      exportId,
    );
  });
}

/** The report a correction is about, by a line of the corrected export; of corrected corrections, the first one. */
function fixedReport(db: Database, exportId: number, line: number): number | null {
  const row = db.one(
    `SELECT coalesce(r.fixes, r.id) AS id FROM export x JOIN export c ON c.sha256 = x.correction_of JOIN report r ON r.export_id = c.id
     WHERE x.id = ? AND (r.line = ? OR instr(',' || r.lines || ',', ',' || ? || ',') > 0) LIMIT 1`,
    exportId,
    line,
    String(line), // as text: a bound number would be joined as `5.0`
  );
  return row ? Number(row['id']) : null;
}

export function linesDone(db: Database, sha256: string): Set<number> {
  const rows = db.all(
    `SELECT r.line, r.lines FROM report r JOIN export x ON x.id = r.export_id
     WHERE x.sha256 = ? AND (r.state NOT IN ('invalid', 'rejected')
       OR EXISTS (SELECT 1 FROM report f WHERE f.fixes = coalesce(r.fixes, r.id) AND f.state NOT IN ('invalid', 'rejected')))`,
    sha256,
  );
  return new Set(
    rows.flatMap(({ line, lines }) => (lines === null ? [Number(line)] : String(lines).split(',').map(Number))),
  );
}

const skippedSoFar = (db: Database, exportId: number) =>
  JSON.parse(String(db.one('SELECT skipped FROM export WHERE id = ?', exportId)?.['skipped'] ?? '{}')) as Record<
    string,
    number
  >;

export function addFinding(
  db: Database,
  exportId: number,
  reportId: number | null,
  batchId: number | null,
  finding: Omit<StagedFinding, 'report'>,
): void {
  db.run(
    `INSERT INTO finding (export_id, report_id, batch_id, code, severity, stage, register_code, line, last_line, column_name, value, expected, message)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    exportId,
    reportId,
    batchId,
    finding.code,
    finding.severity,
    finding.stage,
    finding.registerCode,
    finding.line,
    finding.lastLine,
    finding.column,
    finding.value,
    finding.expected,
    finding.message,
  );
}

const rowCounts = (db: Database, exportId: number) => ({
  ...db.one('SELECT rows_read, rows_skipped, rows_invalid, sendable FROM export WHERE id = ?', exportId),
});

export function endMapping(db: Database, exportId: number, stage: ExportStage, why: readonly StagedFinding[]): void {
  db.transaction(() => {
    for (const finding of why) addFinding(db, exportId, null, null, finding);
    if (stage === 'refused') {
      db.run(`UPDATE report SET state = 'invalid' WHERE export_id = ?`, exportId);
      forgetTexts(db, exportId);
    }
    db.run('UPDATE export SET stage = ? WHERE id = ?', stage, exportId);
    if (stage !== 'taken') addEvent(db, exportId, stage, rowCounts(db, exportId));
  });
}

function toExport(row: SqlRow): ExportRecord {
  return {
    id: Number(row['id']),
    name: String(row['name']),
    size: Number(row['size']),
    sha256: String(row['sha256']),
    round: Number(row['round']),
    takenAt: Number(row['taken_at']),
    day: String(row['day']),
    mapping: {
      name: String(row['mapping_name']),
      api: row['api'] as Api,
      sha256: String(row['mapping_sha256']),
      file: String(row['file']),
      parts: JSON.parse(String(row['parts'])) as KeptMapping['parts'],
    },
    environment: String(row['environment']),
    owner: JSON.parse(String(row['owner'])) as Owner,
    tool: String(row['tool']),
    correctionOf: row['correction_of'] === null ? null : String(row['correction_of']),
    stage: row['stage'] as ExportStage,
    approved: row['approved'] === 1,
    rowsRead: Number(row['rows_read']),
    rowsSkipped: Number(row['rows_skipped']),
    rowsInvalid: Number(row['rows_invalid']),
    skipped: JSON.parse(String(row['skipped'])) as Record<string, number>,
    wave: Number(row['wave']),
  };
}
