import { type Mutant, mutant } from './mutant.ts';

const batches = 'src/ledger/sqlite/batches.ts';
const planning = 'src/ledger/sqlite/planning.ts';
const exports = 'src/ledger/sqlite/exports.ts';
const take = 'src/pipeline/take-exports.ts';
const durable = 'src/lib/durable-write.ts';
const write = 'src/reports/write-export.ts';

/** Ways of breaking what is kept: the inbox and the archive, the ledger, the outbox. */
export const keepingMutants: readonly Mutant[] = [
  mutant(
    'a restart plans anew what was being sent',
    batches,
    `SET state = 'unknown', next_at = ? WHERE state = 'sending'`,
    `SET state = 'planned', next_at = ? WHERE state = 'sending'`,
  ),
  mutant(
    'a restart forgets what was being sent',
    batches,
    `SET state = 'unknown', next_at = ? WHERE state = 'sending'`,
    `SET state = 'unknown', next_at = ? WHERE state = 'sending' AND attempts > 1`,
  ),
  {
    name: 'contradictions are never asked about again',
    edits: [
      {
        file: batches,
        from: `SET state = 'sent', next_at = ? WHERE state = 'inconsistent'`,
        to: `SET state = 'sent', next_at = ? WHERE state = 'inconsistent' AND 0`,
      },
      {
        file: planning,
        from: `WHERE state = 'inconsistent' AND next_at <= ?`,
        to: `WHERE state = 'inconsistent' AND next_at <= ? AND 0`,
      },
    ],
  },
  mutant(
    'denials are still counted after a new POST',
    batches,
    `sent_at = ?, not_found = 0 WHERE`,
    `sent_at = ?, not_found = not_found WHERE`,
  ),
  mutant(
    'the time of the last POST is not kept',
    batches,
    `attempts = attempts + 1, sent_at = ?,`,
    `attempts = attempts + 1, sent_at = coalesce(sent_at, ?),`,
  ),
  mutant('what was held is never released', batches, `AND state = 'planned')\``, `AND state = 'planned' AND 0)\``),
  mutant(
    'deferred reports never go again',
    planning,
    `WHERE state = 'deferred' AND resend_at <= ?`,
    `WHERE state = 'deferred' AND resend_at <= ? AND 0`,
  ),
  mutant('no order on a loan', planning, `  ) THEN 'wait'`, `  ) THEN 'free'`),
  mutant(
    'no order between APIs',
    exports,
    `      taken.round * 10 + apiOrder(mapping.api),`,
    `      taken.round * 10 + Math.min(1, apiOrder(mapping.api)),`,
  ),
  mutant(
    'nights have no order',
    exports,
    `      taken.round * 10 + apiOrder(mapping.api),`,
    `      10 + apiOrder(mapping.api),`,
  ),
  mutant('nothing is held', planning, `  ) THEN 'held'`, `  ) THEN 'free'`),
  {
    name: 'two reports of a loan in one batch',
    edits: [
      {
        file: planning,
        from: `WHERE o.loan = r.loan AND o.id <> r.id AND (`,
        to: `WHERE o.loan = r.loan AND o.export_id <> r.export_id AND (`,
      },
    ],
  },
  {
    name: 'the same bytes are taken for another export',
    edits: [
      { file: exports, from: `    if (known)`, to: `    if (known && known['identity'] === taken.identity)` },
      { file: 'src/ledger/sqlite/schema.ts', from: `sha256 TEXT NOT NULL UNIQUE`, to: `sha256 TEXT NOT NULL` },
      {
        file: 'src/submission/batch-reference.ts',
        from: `const parts = [environment,`,
        to: `const parts = [Date.now(), environment,`,
      },
    ],
  },
  mutant(
    'an interrupted take is taken for a second drop',
    exports,
    `      return known['identity'] === taken.identity ? { kind: 'already' } : recordAgain(`,
    `      return recordAgain(`,
  ),
  mutant(
    'the inbox is emptied before the ledger knows of it',
    take,
    `  const taken = await ledger.takeExport({`,
    `  removeFromInbox(file.path);
  const taken = await ledger.takeExport({`,
  ),
  mutant(
    'the inbox is emptied before the archive has it',
    'src/intake/take-export.ts',
    `    held.publish();`,
    `    rmSync(file.path);
    held.publish();`,
  ),
  mutant(
    'the copy in the archive is not kept',
    'src/intake/take-export.ts',
    `export function removeFromInbox(inbox: string, file: InboxFile): void {`,
    `export function removeFromInbox(inbox: string, file: InboxFile): void {
  process.getBuiltinModule('node:fs').rmSync(join(inbox, '..', 'state', 'archive'), { recursive: true });`,
  ),
  mutant(
    'the time of taking is not kept',
    take,
    `  const takenAt = again ? clock.now() : spooled.takenAt;`,
    `  const takenAt = clock.now();`,
  ),
  mutant(
    'interrupted mapping is not begun anew',
    exports,
    `    forgetStaged(db, exportId);
    db.run('UPDATE export SET starts`,
    `    db.run('UPDATE export SET starts`,
  ),
  mutant(
    'rows of a correction go again although they are done',
    'src/pipeline/correction.ts',
    `      if (done.has(line)) return 'ALREADY-CORRECTED';`,
    `      if (done.has(-line)) return 'ALREADY-CORRECTED';`,
  ),
  mutant(
    'DONE comes first',
    write,
    `  takeBackDone(folder);
  await writeErrors`,
    `  if (receipt.final) durableWrite(join(folder, 'DONE'), '', 0o644);
  await writeErrors`,
  ),
  mutant(
    'files of the outbox are written in place',
    durable,
    `    this.#temp = join(dirname(path),`,
    `    this.#temp = path || join(dirname(path),`,
  ),
  mutant(
    'the outbox knows the time of writing',
    write,
    `  reached('receipt.written');`,
    `  const nextStep = String(process.hrtime.bigint());
  durableWrite(join(folder, 'receipt.json'), JSON.stringify({ ...receipt, nextStep }), 0o644);
  reached('receipt.written');`,
  ),
  mutant(
    'batches of a later generation are not in the chain',
    planning,
    `  addEvent(db, exportId, 'planned',`,
    `  if (batch.generation === 0) addEvent(db, exportId, 'planned',`,
  ),
  mutant(
    'earlier receipts are not kept',
    write,
    `  const earlier = final ? revisions.slice(0, -1) : revisions;`,
    `  const earlier = revisions.slice(0, final ? 0 : 0);`,
  ),
  mutant(
    'accepted.csv is left out when a receipt is not final',
    write,
    `  await writeAccepted(ledger, exported, folder);`,
    `  if (receipt.counts.rejected === 0) await writeAccepted(ledger, exported, folder);`,
  ),
];
