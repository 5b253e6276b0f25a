import type { Decided, Hindered, Target } from '../decisions.ts';
import type { StagedFinding } from '../ledger.ts';
import { type Chosen, chosenReports, family, reportAt } from './choosing.ts';
import type { Database } from './database.ts';
import { addEvent } from './evidence.ts';
import { addFinding } from './exports.ts';

/** Receipts of these exports are written again, also when they are final. */
function retell(db: Database, exportIds: Iterable<number>): void {
  for (const id of exportIds) db.run('INSERT INTO retold VALUES (?) ON CONFLICT DO NOTHING', id);
}

export function toRetell(db: Database): Set<number> {
  return new Set(db.all('SELECT export_id FROM retold').map(({ export_id }) => Number(export_id)));
}

export function retold(db: Database, exportId: number): void {
  db.run('DELETE FROM retold WHERE export_id = ?', exportId);
}

/** Tells the chain what was decided, by export. */
export function addDecision(
  db: Database,
  kind: 'resolved' | 'resolutionTakenBack' | 'retried',
  changed: readonly { exportId: number; line: number | null }[],
  said: string | null,
): void {
  const ids = new Set(changed.map(({ exportId }) => exportId));
  for (const id of ids)
    addEvent(db, id, kind, { lines: changed.filter(({ exportId }) => exportId === id).map(({ line }) => line), said });
  retell(db, ids);
}

/** The changes of one decision, noted as they are made. */
class Changes {
  readonly db: Database;
  readonly note: StagedFinding;
  readonly reports: { exportId: number; line: number }[] = [];
  readonly rows: { exportId: number; line: number | null }[] = [];
  readonly held: { exportId: number; line: number }[] = [];

  constructor(db: Database, note: StagedFinding) {
    this.db = db;
    this.note = note;
  }

  addNote(
    code: string,
    at: { exportId: number; id: number | null; line: number | null; lastLine: number | null },
  ): void {
    addFinding(this.db, at.exportId, at.id, null, { ...this.note, code, line: at.line, lastLine: at.lastLine });
  }

  end(heldForEver: number, released: number): Decided {
    const { reports, rows, held } = this;
    addDecision(this.db, 'resolved', [...reports, ...rows, ...held], this.note.message);
    return { kind: 'done', reports, rows, held, heldForEver, released };
  }
}

/** Marks failed reports and rows as resolved, all of them or none. */
export function resolve(db: Database, target: Target, note: StagedFinding, withHeld: boolean): Decided {
  return db.transaction(() => {
    const chosen = chosenReports(db, target);
    const lone = loneRows(db, target, chosen, false);
    const because = [...hindered(chosen, target, withHeld), ...missing(db, target, lone)];
    if (because.length > 0) return { kind: 'nothing', because };
    const changes = new Changes(db, note);
    let released = 0;
    for (const report of chosen) {
      if (report.hindrance !== undefined) continue;
      if (note.code === entered && report.addsLoan) released += enterLoan(changes, report);
      else if (!report.resolved) resolveFamily(changes, report.root, 'RESOLVED');
    }
    for (const row of lone) {
      if (row.resolved) continue;
      changes.addNote('RESOLVED', { ...row, id: null });
      changes.rows.push(row);
    }
    const direct = chosen.filter(({ hindrance }) => hindrance === 'held');
    const left = new Map([...(withHeld ? direct : []), ...heldForEver(db, chosen)].map((held) => [held.id, held]));
    if (withHeld) for (const held of left.values()) giveUpHeld(changes, held);
    if (changes.reports.length + changes.rows.length + changes.held.length === 0)
      return { kind: 'nothing', because: before(chosen, lone) };
    return changes.end(withHeld ? 0 : left.size, released);
  });
}

function resolveFamily(changes: Changes, root: number, code: string): void {
  for (const member of family(changes.db, root)) {
    if (member.resolved) continue;
    changes.addNote(code, member);
    changes.reports.push(member);
  }
}

const entered = 'RESOLVED_ENTERED';

/** The loan stands at the register, though no report of it was accepted: what it holds may go. @returns how much that is */
function enterLoan(changes: Changes, { id, root, loan }: Chosen): number {
  const { db } = changes;
  if (hasNote(db, id, entered)) return 0;
  for (const member of family(db, root))
    db.run(`DELETE FROM finding WHERE report_id = ? AND stage = 'send' AND code = 'RESOLVED'`, member.id);
  resolveFamily(changes, root, entered);
  return db.run(`UPDATE report SET state = 'waiting' WHERE state = 'held' AND loan = ?`, loan).changes;
}

/** What is held becomes invalid: stopped by a finding, for good unless that is taken back. */
function giveUpHeld(changes: Changes, held: { id: number; exportId: number; line: number; lastLine: number }): void {
  changes.db.run(`UPDATE report SET state = 'invalid' WHERE id = ? AND state = 'held'`, held.id);
  changes.db.run('UPDATE export SET sendable = sendable - 1 WHERE id = ?', held.exportId);
  changes.addNote('RESOLVED_HELD', held);
  changes.held.push(held);
}

/** Takes a resolution back: what failed is to be fixed again, what was held waits for its loan again. */
export function takeBack(db: Database, target: Target): Decided {
  return db.transaction(() => {
    const chosen = chosenReports(db, target);
    const lone = loneRows(db, target, chosen, true);
    const named = chosen.filter((report) => report.resolved);
    const because = target.kind === 'lines' ? notResolved(db, target, chosen, lone) : [];
    if (because.length > 0) return { kind: 'nothing', because };
    const [reports, held] = [new Map<number, Chosen>(), new Map<number, Chosen>()];
    for (const report of named.flatMap((each) => [each, ...heldWith(db, each)]))
      (isGivenUp(db, report.id) ? held : reports).set(report.id, report);
    const members = [...reports.values()].flatMap(({ root }) => family(db, root).filter((each) => each.resolved));
    const open = [...new Map(members.map((each) => [each.id, each])).values()];
    for (const { id } of [...open, ...held.values()])
      db.run(
        `DELETE FROM finding WHERE report_id = ? AND stage = 'send' AND code IN ('RESOLVED', '${entered}', 'RESOLVED_HELD')`,
        id,
      );
    for (const { id, exportId } of held.values()) {
      db.run(`UPDATE report SET state = 'waiting' WHERE id = ? AND state = 'invalid'`, id);
      db.run('UPDATE export SET sendable = sendable + 1 WHERE id = ?', exportId);
    }
    const rows = lone.filter((row) => row.resolved);
    for (const { exportId, line } of rows)
      db.run(
        `DELETE FROM finding WHERE export_id = ? AND report_id IS NULL AND stage = 'send' AND code = 'RESOLVED' AND line IS ?`,
        exportId,
        line,
      );
    if (open.length + rows.length + held.size === 0) return { kind: 'nothing', because: [] };
    const done = { reports: open, rows, held: [...held.values()] };
    addDecision(db, 'resolutionTakenBack', [...done.reports, ...done.rows, ...done.held], null);
    return { kind: 'done', ...done, heldForEver: 0, released: 0 };
  });
}

const hasNote = (db: Database, id: number, code: string) =>
  db.one(`SELECT 1 FROM finding WHERE report_id = ? AND stage = 'send' AND code = ?`, id, code) !== undefined;
const isGivenUp = (db: Database, id: number) => hasNote(db, id, 'RESOLVED_HELD');

/** What was given up because of a loan comes back with it. */
function heldWith(db: Database, { addsLoan, loan }: Chosen): Chosen[] {
  if (!addsLoan || loan === null) return [];
  return chosenReports(db, { kind: 'loan', loans: [loan] }).filter(({ id }) => isGivenUp(db, id));
}

/** What is held by loans that were given up: no other report of the loan can be accepted any more. */
function heldForEver(db: Database, chosen: readonly Chosen[]): Chosen[] {
  const loans = new Set(chosen.flatMap(({ addsLoan, loan }) => (addsLoan && loan !== null ? [loan] : [])));
  return [...loans].flatMap((loan) => {
    const onIt = chosenReports(db, { kind: 'loan', loans: [loan] });
    const mayCome = onIt.some(
      (report) => report.addsLoan && !(report.resolved && (report.fate === 'invalid' || report.fate === 'rejected')),
    );
    return mayCome ? [] : onIt.filter(({ state }) => state === 'held');
  });
}

/** Of an export, or of a loan, only what has failed is meant; a line is named on purpose. */
function hindered(chosen: readonly Chosen[], target: Target, withHeld: boolean): Hindered[] {
  if (target.kind !== 'lines') return [];
  return chosen.flatMap(({ exportId, line, hindrance }) =>
    hindrance === undefined || (withHeld && hindrance === 'held') ? [] : [{ exportId, line, why: hindrance }],
  );
}

const before = (chosen: readonly Chosen[], lone: readonly LoneRow[]): Hindered[] =>
  [...chosen.filter((report) => report.hindrance === undefined && report.resolved), ...lone].map(
    ({ exportId, line }) => ({ exportId, line, why: 'resolved' }),
  );

type LoneRow = { exportId: number; line: number | null; lastLine: number | null; resolved: boolean };

/** Rows that belong to no report; of an export that was refused whole, the export. */
function loneRows(db: Database, target: Target, chosen: readonly Chosen[], back: boolean): LoneRow[] {
  if (target.kind === 'loan') return [];
  const { exportId } = target;
  const stage = db.one('SELECT stage FROM export WHERE id = ?', exportId)?.['stage'];
  const isResolved = (line: number | null) =>
    db.one(
      `SELECT 1 FROM finding WHERE export_id = ? AND report_id IS NULL AND stage = 'send' AND code = 'RESOLVED' AND line IS ?`,
      exportId,
      line,
    ) !== undefined;
  if (stage === 'refused' || stage === 'givenUp')
    return target.kind === 'all' ? [{ exportId, line: null, lastLine: null, resolved: isResolved(null) }] : [];
  if (stage !== 'mapped') return [];
  const rows = db
    .all(
      `SELECT line, max(last_line) AS last_line FROM finding
       WHERE export_id = ? AND report_id IS NULL AND batch_id IS NULL AND line IS NOT NULL AND severity = 'error' GROUP BY line`,
      exportId,
    )
    .map((row) => ({ exportId, line: Number(row['line']), lastLine: Number(row['last_line'] ?? row['line']) }))
    .map((row) => ({ ...row, resolved: isResolved(row.line) }));
  if (target.kind === 'all') return back ? rows.filter((row) => row.resolved) : rows;
  const inReports = new Set(chosen.map(({ line }) => line));
  return rows.filter(({ line }) => target.lines.includes(line) && !inReports.has(line));
}

/** Lines that were named, and are neither in a report nor a row of their own that failed. */
function missing(db: Database, target: Target, lone: readonly LoneRow[]): Hindered[] {
  if (target.kind !== 'lines') return [];
  const { exportId, lines } = target;
  return lines
    .filter((line) => !lone.some((row) => row.line === line) && !reportAt(db, exportId, line))
    .map((line) => ({ exportId, line, why: 'noReport' }));
}

function notResolved(
  db: Database,
  target: Target & { kind: 'lines' },
  chosen: readonly Chosen[],
  lone: readonly LoneRow[],
): Hindered[] {
  const { exportId } = target;
  const open = [...chosen, ...lone].filter((each) => !each.resolved);
  return [...missing(db, target, lone), ...open.map(({ line }) => ({ exportId, line, why: 'notResolved' as const }))];
}
