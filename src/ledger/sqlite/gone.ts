import type { Database } from './database.ts';

/**
 * A report that failed changes nothing at the register. One on a loan that was gone is not made again unless it was never sent:
 * what the register refuses once it would refuse every night.
 */
export function* loansStanding(db: Database, exportId: number): Generator<string> {
  const rows = db.iterate(
    `WITH this AS (SELECT x.id, m.name FROM export x JOIN mapping m ON m.sha256 = x.mapping_sha256 WHERE x.id = ?),
       others AS (SELECT x.id, x.stage, x.correction_of FROM export x JOIN mapping m ON m.sha256 = x.mapping_sha256
         WHERE m.name = (SELECT name FROM this) AND x.id <> (SELECT id FROM this))
     SELECT r.loan FROM report r JOIN others o ON o.id = r.export_id
     WHERE o.stage = 'mapped' AND o.id < (SELECT id FROM this) AND r.loan IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM others l WHERE l.id > (SELECT id FROM this)
         AND l.stage IN ('mapped', 'awaitingApproval') AND l.correction_of IS NULL)
     GROUP BY r.loan
     HAVING max(CASE WHEN r.gone = 0 AND r.state NOT IN ('invalid', 'rejected') THEN r.id END)
       > coalesce(max(CASE WHEN r.gone = 1 AND r.state <> 'invalid' THEN r.id END), 0)
     ORDER BY r.loan`,
    exportId,
  );
  for (const row of rows) yield String(row['loan']);
}
