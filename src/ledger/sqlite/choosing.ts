import type { Hindrance, Target } from '../decisions.ts';
import type { Database, SqlRow } from './database.ts';
import { resolved } from './telling.ts';

/** A report that was named, with what is known of it and of the reports that stand for the same rows. */
export type Chosen = {
  id: number;
  exportId: number;
  line: number;
  lastLine: number;
  /** The report it goes back to, over corrections of corrections. */
  root: number;
  loan: string | null;
  addsLoan: boolean;
  state: string;
  fate: string;
  resolved: boolean;
  /** What stands in the way whatever is to be decided about a failed report; undefined for one that has simply failed. */
  hindrance: Hindrance | undefined;
};

const select = `SELECT r.*, x.stage, x.position % 10 AS api, ${resolved} AS resolved FROM told r JOIN export x ON x.id = r.export_id`;

/** The reports a person names, in the order of exports and lines. */
export function chosenReports(db: Database, target: Target): Chosen[] {
  return rowsOf(db, target).map((row) => toChosen(db, row));
}

function rowsOf(db: Database, target: Target): SqlRow[] {
  if (target.kind === 'loan')
    return target.loans.flatMap((loan) => db.all(`${select} WHERE r.loan = ? ORDER BY r.export_id, r.id`, loan));
  if (target.kind === 'all')
    return db.all(
      `${select} WHERE r.export_id = ? AND r.state IN ('invalid', 'rejected', 'held') ORDER BY r.id`,
      target.exportId,
    );
  const found = target.lines.map((line) => reportAt(db, target.exportId, line));
  return [...new Map(found.flatMap((row) => (row ? [[row['id'], row] as const] : []))).values()];
}

/** The report that has a row on a line. */
export function reportAt(db: Database, exportId: number, line: number): SqlRow | undefined {
  return db.one(
    `${select} WHERE r.export_id = ? AND (r.line = ? OR instr(',' || r.lines || ',', ',' || ? || ',') > 0) LIMIT 1`,
    exportId,
    line,
    String(line),
  );
}

function toChosen(db: Database, row: SqlRow): Chosen {
  const chosen = {
    id: Number(row['id']),
    exportId: Number(row['export_id']),
    line: Number(row['line']),
    lastLine: Number(row['last_line']),
    root: Number(row['fixes'] ?? row['id']),
    loan: row['loan'] === null ? null : String(row['loan']),
    addsLoan: row['api'] === 0,
    state: String(row['state']),
    fate: String(row['fate']),
    resolved: row['resolved'] === 1,
  };
  return { ...chosen, hindrance: row['stage'] === 'mapped' ? hindranceOf(db, chosen) : 'notOver' };
}

function hindranceOf(db: Database, { id, root, state, fate }: Omit<Chosen, 'hindrance'>): Hindrance | undefined {
  if (fate === 'accepted') return 'accepted';
  if (state === 'held') return 'held';
  if (state !== 'invalid' && state !== 'rejected') return 'open';
  const others = family(db, root).filter((other) => other.id !== id);
  if (others.some((other) => other.fate === 'accepted')) return 'corrected';
  return others.some((other) => !failed(other.fate)) ? 'underWay' : undefined;
}

const failed = (fate: string) => fate === 'invalid' || fate === 'rejected';

/** A report and all corrections of it, in the order in which they came. */
export function family(
  db: Database,
  root: number,
): { id: number; exportId: number; line: number; lastLine: number; fate: string; resolved: boolean }[] {
  return db
    .all(`SELECT r.*, ${resolved} AS resolved FROM told r WHERE r.id = ?1 OR r.fixes = ?1 ORDER BY r.id`, root)
    .map((row) => ({
      id: Number(row['id']),
      exportId: Number(row['export_id']),
      line: Number(row['line']),
      lastLine: Number(row['last_line']),
      fate: String(row['fate']),
      resolved: row['resolved'] === 1,
    }));
}
