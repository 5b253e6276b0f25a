import { type BatchApi, batchApis } from '../../contract/apis.ts';
import type { Owner } from '../../contract/shapes.ts';
import type { Candidate, Gate, Instant, PlannedBatch, Planning, PlanStep } from '../ledger.ts';
import type { Database } from './database.ts';
import { addEvent } from './evidence.ts';
import { textOf } from './texts.ts';

const open = `('planned', 'sending', 'unknown', 'sent', 'inconsistent')`;

/**
 * A report waits while an earlier report on its loan has no verdict, or while one was put into a batch of the same wave
 * (so that the cut does not depend on how fast the register answers). It is held while its loan was not accepted, also when
 * the loan goes again on a date; not once a person has said that the loan was entered by hand. One that goes a second time waits for every report that is under way on its loan, also a
 * later one: two are never in flight together. The first line is for speed: most loans have one report.
 * AddLoans is the API with position 0 in its night (`position % 10 = 0`).
 */
const gate = `
CASE
  WHEN r.loan IS NULL OR NOT EXISTS (SELECT 1 FROM report o WHERE o.loan = r.loan AND o.id <> r.id) THEN 'free'
  WHEN EXISTS (
    SELECT 1 FROM report o JOIN export ox ON ox.id = o.export_id LEFT JOIN batch ob ON ob.id = o.batch_id
    WHERE o.loan = r.loan AND o.id <> r.id AND (
      ((o.state IN ('ready', 'waiting') OR (o.state = 'planned' AND ob.state IN ${open})
          OR (o.state = 'deferred' AND (ox.position % 10 <> 0 OR x.position % 10 = 0)))
        AND (ox.position, ox.id, o.id) < (x.position, x.id, r.id))
      OR (r.generation > 0 AND o.state = 'planned' AND ob.state IN ${open})
      OR (o.export_id = r.export_id AND o.wave = x.wave AND o.id < r.id))
  ) THEN 'wait'
  WHEN x.position % 10 <> 0 AND EXISTS (
    SELECT 1 FROM report o JOIN export ox ON ox.id = o.export_id
    WHERE o.loan = r.loan AND ox.position % 10 = 0 AND o.state IN ('rejected', 'invalid', 'deferred')
  ) AND NOT EXISTS (
    SELECT 1 FROM told o JOIN export ox ON ox.id = o.export_id
    WHERE o.loan = r.loan AND ox.position % 10 = 0 AND o.fate = 'accepted'
  ) AND NOT EXISTS (
    SELECT 1 FROM report o JOIN finding n ON n.report_id = o.id
    WHERE o.loan = r.loan AND n.stage = 'send' AND n.code = 'RESOLVED_ENTERED'
  ) THEN 'held'
  ELSE 'free'
END`;

/** In the first wave every report is looked at once, in file order; later waves look at those that could not go. */
const looksAt = (wave: number) => (wave === 1 ? 'ready' : 'waiting');

/**
 * A later wave of an export waits for its own earlier batches too: what goes into it then depends on verdicts, not on how
 * fast they came, and a lost ledger leads to the same batches again. Questions are never in a batch.
 */
export function exportsToPlan(db: Database, patience: number, behind: readonly string[]): Planning[] {
  const rows = db.all(
    `WITH late AS (SELECT sha256 FROM mapping WHERE name IN (SELECT value FROM json_each(?)))
     SELECT x.id, x.mapping_sha256 IN late AS behind, x.sha256, x.mapping_sha256, x.environment, x.owner, x.wave, x.looked_up_to, x.position, m.api,
       (SELECT coalesce(max(b.number), 0) FROM batch b WHERE b.export_id = x.id) AS batches
     FROM export x JOIN mapping m ON m.sha256 = x.mapping_sha256
     WHERE x.stage = 'mapped' AND x.position % 10 < ${batchApis.length} AND ((x.wave = 1 AND x.looked_up_to < x.last_sendable)
         OR EXISTS (SELECT 1 FROM report r WHERE r.export_id = x.id AND r.state = 'waiting'))
       AND NOT EXISTS (
         SELECT 1 FROM batch b JOIN export e ON e.id = b.export_id
         WHERE b.state IN ('planned', 'sending', 'unknown', 'sent') AND b.asked < ?
           AND (((e.position, e.id) < (x.position, x.id) AND e.mapping_sha256 NOT IN late) OR (e.id = x.id AND x.wave > 1)))
     ORDER BY behind, x.position, x.id`,
    JSON.stringify(behind),
    patience,
  );
  return rows.map((row) => ({
    exportId: Number(row['id']),
    behind: row['behind'] === 1,
    api: row['api'] as BatchApi,
    fileSha256: String(row['sha256']),
    mappingSha256: String(row['mapping_sha256']),
    environment: String(row['environment']),
    owner: JSON.parse(String(row['owner'])) as Owner,
    wave: Number(row['wave']),
    begun: Number(row['looked_up_to']) > 0,
    batches: Number(row['batches']),
  }));
}

export function candidates(db: Database, exportId: number, limit: number): Candidate[] {
  const { wave } = db.one('SELECT wave FROM export WHERE id = ?', exportId) as { wave: number };
  const rows = db.all(
    `SELECT r.id, r.reference, r.generation, ${gate} AS gate
     FROM report r JOIN export x ON x.id = r.export_id
     WHERE r.export_id = ? AND r.state = '${looksAt(wave)}' AND r.id > x.looked_up_to ORDER BY r.id LIMIT ?`,
    exportId,
    limit,
  );
  return rows.map((row) => ({
    id: Number(row['id']),
    reference: String(row['reference']),
    generation: Number(row['generation']),
    gate: row['gate'] as Gate,
    text: textOf(db, Number(row['id'])),
  }));
}

export function commitPlan(db: Database, step: PlanStep, now: Instant): void {
  db.transaction(() => {
    for (const batch of step.batches) insertBatch(db, step.exportId, step.api, step.wave, batch, now);
    for (const id of step.held)
      db.run(`UPDATE report SET state = 'held' WHERE id = ? AND state IN ('ready', 'waiting')`, id);
    // What was looked at and is still `ready` could not go.
    db.run(
      `UPDATE report SET state = 'waiting' WHERE export_id = ?1 AND state = 'ready'
         AND id > (SELECT looked_up_to FROM export WHERE id = ?1) AND id <= ?2`,
      step.exportId,
      step.lookedUpTo ?? Number.MAX_SAFE_INTEGER,
    );
    if (step.lookedUpTo === null)
      db.run('UPDATE export SET wave = wave + 1, looked_up_to = 0 WHERE id = ?', step.exportId);
    else db.run('UPDATE export SET looked_up_to = ? WHERE id = ?', step.lookedUpTo, step.exportId);
  });
}

export function insertBatch(
  db: Database,
  exportId: number,
  api: BatchApi,
  wave: number,
  batch: PlannedBatch,
  now: Instant,
): void {
  const { id } = db.run(
    `INSERT INTO batch (export_id, api, number, generation, reference, count, first_report, last_report, head, tail, body_sha256, bytes, state, planned_at, next_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'planned', ?, ?)`,
    exportId,
    api,
    batch.number,
    batch.generation,
    batch.reference,
    batch.reportIds.length,
    batch.reportIds[0] ?? 0,
    batch.reportIds.at(-1) ?? 0,
    batch.head,
    batch.tail,
    batch.bodySha256,
    batch.bytes,
    now,
    now,
  );
  const { reference, bodySha256, reportIds } = batch;
  addEvent(db, exportId, 'planned', { reference, bodySha256, count: reportIds.length });
  for (const [first, last] of runs(batch.reportIds))
    db.run(
      `UPDATE report SET state = 'planned', batch_id = ?, wave = ?, generation = ? WHERE id BETWEEN ? AND ?`,
      id,
      wave,
      batch.generation,
      first,
      last,
    );
}

/** Stretches of ids without a gap, so that the reports of a batch are usually marked by one statement. */
function runs(ids: readonly number[]): [number, number][] {
  const found: [number, number][] = [];
  for (const id of ids) {
    const last = found.at(-1);
    if (last && last[1] === id - 1) last[1] = id;
    else found.push([id, id]);
  }
  return found;
}

/** Reports whose date has come wait for the next wave, like others that could not go before. */
export function releaseDeferred(db: Database, now: Instant): number {
  db.run(`UPDATE batch SET state = 'sent' WHERE state = 'inconsistent' AND next_at <= ?`, now);
  const { changes } = db.run(
    `UPDATE report SET state = 'waiting', generation = generation + 1, resend_at = NULL, batch_id = NULL WHERE state = 'deferred' AND resend_at <= ?`,
    now,
  );
  return changes;
}
