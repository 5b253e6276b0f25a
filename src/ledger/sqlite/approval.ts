import type { Approval, ExportRecord, StagedFinding } from '../ledger.ts';
import type { Database } from './database.ts';
import { addEvent } from './evidence.ts';
import { addFinding, allExports, forgetStaged } from './exports.ts';
import { forgetTexts } from './texts.ts';

export function recentRows(db: Database, mapping: string, limit: number): number[] {
  return db
    .all(
      `SELECT x.rows_read FROM export x JOIN mapping m ON m.sha256 = x.mapping_sha256
       WHERE m.name = ? AND x.stage = 'mapped' AND x.correction_of IS NULL ORDER BY x.id DESC LIMIT ?`,
      mapping,
      limit,
    )
    .map((row) => Number(row['rows_read']));
}

/**
 * Whether anything of an export may have reached the register: in a batch of its own, as a question, or in a correction of it. An attempt
 * that provably never left (the connection was refused) is none.
 */
const somethingWent = `(
  EXISTS (SELECT 1 FROM batch b WHERE b.export_id = x.id AND (b.state <> 'planned'
    OR EXISTS (SELECT 1 FROM attempt a WHERE a.batch_id = b.id AND a.outcome IS NOT 'unsent')))
  OR EXISTS (SELECT 1 FROM answer a JOIN report r ON r.id = a.report_id WHERE r.export_id = x.id)
  OR EXISTS (SELECT 1 FROM export c WHERE c.correction_of = x.sha256 AND c.stage IN ('taken', 'mapped', 'awaitingApproval')))`;

export function unsent(db: Database): ExportRecord[] {
  const ids = db.all(
    `SELECT x.id FROM export x WHERE NOT ${somethingWent} AND (x.stage IN ('taken', 'awaitingApproval')
       OR (x.stage = 'mapped' AND EXISTS (SELECT 1 FROM report r WHERE r.export_id = x.id)))`,
  );
  const found = new Set(ids.map(({ id }) => Number(id)));
  return allExports(db).filter(({ id }) => found.has(id));
}

export function approve(db: Database, exportId: number, note: StagedFinding): Approval {
  return db.transaction(() => {
    const stage = stageOf(db, exportId);
    if (stage === 'awaitingApproval') {
      addFinding(db, exportId, null, null, note);
      db.run(`UPDATE export SET stage = 'mapped', approved = 1 WHERE id = ?`, exportId);
      addEvent(db, exportId, 'approved', { said: note.message });
      return 'approved';
    }
    if (stage !== 'withdrawn' && stage !== 'givenUp') return 'notStopped';
    forgetStaged(db, exportId);
    db.run(`DELETE FROM finding WHERE export_id = ? AND code = 'WITHDRAWN'`, exportId);
    addFinding(db, exportId, null, null, note);
    // One that could never be mapped has not been looked at by anybody: it may still be stopped for approval.
    const approved = stage === 'withdrawn' ? 1 : 0;
    db.run(
      `UPDATE export SET stage = 'taken', approved = ?, starts = 0, wave = 1, looked_up_to = 0 WHERE id = ?`,
      approved,
      exportId,
    );
    addEvent(db, exportId, 'approved', { said: note.message });
    return 'mappedAnew';
  });
}

export function withdraw(
  db: Database,
  exportId: number,
  note: StagedFinding,
  from: 'awaitingApproval' | 'unsent',
): boolean {
  return db.transaction(() => {
    const stage = stageOf(db, exportId);
    const open = stage === 'awaitingApproval' || (from === 'unsent' && (stage === 'taken' || stage === 'mapped'));
    if (!open || db.one(`SELECT 1 FROM export x WHERE x.id = ? AND ${somethingWent}`, exportId)) return false;
    if (stage === 'taken') forgetStaged(db, exportId);
    // A correction that was taken back corrects nothing.
    db.run(`UPDATE report SET state = 'invalid', batch_id = NULL, fixes = NULL WHERE export_id = ?`, exportId);
    db.run('DELETE FROM attempt WHERE batch_id IN (SELECT id FROM batch WHERE export_id = ?)', exportId);
    db.run('DELETE FROM batch WHERE export_id = ?', exportId);
    forgetTexts(db, exportId);
    addFinding(db, exportId, null, null, note);
    db.run(`UPDATE export SET stage = 'withdrawn', approved = 0 WHERE id = ?`, exportId);
    addEvent(db, exportId, 'withdrawn', { said: note.message });
    return true;
  });
}

const stageOf = (db: Database, exportId: number) =>
  db.one('SELECT stage FROM export WHERE id = ?', exportId)?.['stage'];
