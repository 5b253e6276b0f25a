import { sha256 } from '../../lib/sha256.ts';
import { type ChainEvent, type EventKind, linkHash } from '../evidence.ts';
import type { Night } from '../ledger.ts';
import type { Database } from './database.ts';

/** Adds a link to the chain, in the transaction of what it tells. */
export function addEvent(db: Database, exportId: number, kind: EventKind, what: object): void {
  const last = db.one('SELECT n, hash FROM event ORDER BY n DESC LIMIT 1');
  const event = {
    n: Number(last?.['n'] ?? 0) + 1,
    kind,
    exportSha256: String(db.one('SELECT sha256 FROM export WHERE id = ?', exportId)?.['sha256']),
    detail: JSON.stringify(what),
  };
  const hash = linkHash(String(last?.['hash'] ?? ''), event);
  db.run('INSERT INTO event VALUES (?, ?, ?, ?, ?)', event.n, kind, event.exportSha256, event.detail, hash);
}

const page = 1000;

/** The whole chain, from its first link on. */
export function* events(db: Database): Generator<ChainEvent> {
  for (let after = 0; ; ) {
    const rows = db.all('SELECT * FROM event WHERE n > ? ORDER BY n LIMIT ?', after, page);
    for (const row of rows)
      yield {
        n: Number(row['n']),
        kind: row['kind'] as EventKind,
        exportSha256: String(row['export_sha256']),
        detail: String(row['detail']),
        hash: String(row['hash']),
      };
    after = Number(rows.at(-1)?.['n']);
    if (rows.length < page) return;
  }
}

/** Exports up to this id were taken before there was a chain. */
export function chainFrom(db: Database): number {
  return Number(db.one(`SELECT value FROM meta WHERE key = 'chainFrom'`)?.['value'] ?? 0);
}

export function keepReceipt(
  db: Database,
  exportId: number,
  receipt: string,
  files: Readonly<Record<string, string>>,
): void {
  db.transaction(() => {
    const last = db.one('SELECT n, receipt, files FROM revision WHERE export_id = ? ORDER BY n DESC LIMIT 1', exportId);
    const told = JSON.stringify(files);
    if (last?.['receipt'] === receipt && last['files'] === told) return;
    const same = last?.['receipt'] === receipt;
    const n = Number(last?.['n'] ?? 0) + (same ? 0 : 1);
    if (same) db.run('UPDATE revision SET files = ? WHERE export_id = ? AND n = ?', told, exportId, n);
    else db.run('INSERT INTO revision VALUES (?, ?, ?, ?)', exportId, n, receipt, told);
    addEvent(db, exportId, 'receipt', { revision: n, sha256: sha256(receipt), files });
  });
}

export function* finalReceipts(db: Database): Generator<{ exportId: number; receipt: string }> {
  const rows = db.iterate(
    `SELECT export_id, json_remove(receipt, '$.batches') AS receipt FROM revision v
     WHERE n = (SELECT max(n) FROM revision WHERE export_id = v.export_id) ORDER BY export_id`,
  );
  for (const row of rows) yield { exportId: Number(row['export_id']), receipt: String(row['receipt']) };
}

/** From the last final receipt of each export, never from its reports: thirty nights may have a million of them. */
export function nights(db: Database, since: string, except: readonly number[]): Night[] {
  const told = (path: string) => `sum(json_extract(v.receipt, '$.${path}'))`;
  return db
    .all(
      `SELECT x.day, ${told('counts.accepted')} AS accepted, ${told('deadlines.met')} AS met, ${told('deadlines.late')} AS late,
         ${told('counts.rejected')} + ${told('counts.invalid')} + ${told('counts.rowsInvalid')} AS failed
       FROM export x JOIN revision v ON v.export_id = x.id
       WHERE x.day >= ? AND v.n = (SELECT max(n) FROM revision WHERE export_id = x.id)
         AND x.id NOT IN (SELECT value FROM json_each(?)) GROUP BY x.day ORDER BY x.day`,
      since,
      JSON.stringify(except),
    )
    .map(({ day, accepted, failed, met, late }) => ({
      day: String(day),
      accepted: Number(accepted),
      failed: Number(failed),
      met: Number(met),
      late: Number(late),
    }));
}

export function receiptRevisions(db: Database, exportId: number): string[] {
  return db
    .all('SELECT receipt FROM revision WHERE export_id = ? ORDER BY n', exportId)
    .map(({ receipt }) => String(receipt));
}
