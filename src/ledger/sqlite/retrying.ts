import type { Decided, Hindered, Hindrance, Target } from '../decisions.ts';
import type { StagedFinding } from '../ledger.ts';
import { type Chosen, chosenReports, family, reportAt } from './choosing.ts';
import type { Database } from './database.ts';
import { addFinding } from './exports.ts';
import { addDecision } from './resolving.ts';

/**
 * Reports the register rejected wait for the next wave again, as they are, under a new generation: what is resent on a date
 * does the same. All lines that are named, or nothing.
 */
export function retry(db: Database, target: Target, note: StagedFinding): Decided {
  return db.transaction(() => {
    const chosen = chosenReports(db, target).map((report) => ({ report, why: hindranceOf(db, report) }));
    const missing = target.kind === 'lines' ? target.lines.filter((line) => !reportAt(db, target.exportId, line)) : [];
    const because: Hindered[] = [
      ...chosen.flatMap(({ report, why }) => (why ? [{ exportId: report.exportId, line: report.line, why }] : [])),
      ...missing.map((line) => ({
        exportId: 'exportId' in target ? target.exportId : 0,
        line,
        why: 'noReport' as const,
      })),
    ];
    const free = chosen.flatMap(({ report, why }) => (why ? [] : [report]));
    if (free.length === 0 || (target.kind === 'lines' && because.length > 0)) return { kind: 'nothing', because };
    for (const report of free) sendAgain(db, report, note);
    addDecision(db, 'retried', free, note.message);
    return { kind: 'done', reports: free, rows: [], held: [], heldForEver: 0, released: 0 };
  });
}

function sendAgain(db: Database, { id, exportId, line, lastLine }: Chosen, note: StagedFinding): void {
  db.run(
    `UPDATE report SET state = 'waiting', generation = generation + 1, resend_at = NULL, batch_id = NULL WHERE id = ? AND state = 'rejected'`,
    id,
  );
  // Should it be rejected again, the new reasons count; the old ones are history.
  db.run(`UPDATE finding SET severity = 'warning' WHERE report_id = ? AND stage = 'register'`, id);
  addFinding(db, exportId, id, null, { ...note, line, lastLine });
}

function hindranceOf(db: Database, report: Chosen): Hindrance | undefined {
  if (report.hindrance !== undefined) return report.hindrance;
  if (report.resolved) return 'resolved';
  if (report.state === 'invalid') return 'invalid';
  if (family(db, report.root).at(-1)?.id !== report.id) return 'superseded';
  return isReplaced(db, report.id) ? 'replaced' : undefined;
}

/** The same report came again in a later export, and was accepted or is on its way: sent once more, it would double that one. */
function isReplaced(db: Database, id: number): boolean {
  const other = db.one(
    `SELECT 1 FROM report r JOIN export x ON x.id = r.export_id JOIN told o ON o.loan = r.loan JOIN export ox ON ox.id = o.export_id
     WHERE r.id = ? AND o.id > r.id AND o.reference = r.reference AND o.fate NOT IN ('invalid', 'rejected')
       AND ox.position % 10 = x.position % 10 LIMIT 1`,
    id,
  );
  return other !== undefined;
}
