import type { LoadedConfig } from '../config/load-config.ts';
import type { ExportRecord, Instant, Ledger } from '../ledger/ledger.ts';

/** How far the upload of the loan stock has come: what the notices of its beginning and its end are written from. */
export type StockUpload = {
  exports: number;
  loans: number;
  accepted: number;
  /** Rejected, invalid or held; rows that could not be read among them. */
  failed: number;
  /** Without a verdict yet. */
  open: number;
  /** The first POST; null before it. */
  begunAt: Instant | null;
  /** The last verdict, once nothing is open. */
  endedAt: Instant | null;
  /** About when the last batch will have been sent, at the pace of the config; null when none is left to send. */
  sentBy: Instant | null;
};

/** Counts the exports of the stock; null when the config names none, or none was taken. */
export async function stockUpload(
  ledger: Ledger,
  exports: readonly ExportRecord[],
  { submission }: Pick<LoadedConfig, 'submission'>,
  now: Instant,
): Promise<StockUpload | null> {
  const { stock } = submission;
  const ofStock = exports.filter(({ mapping }) => stock?.mappings.includes(mapping.name));
  if (!stock || ofStock.length === 0) return null;
  const told: StockUpload = {
    exports: ofStock.length,
    loans: 0,
    accepted: 0,
    failed: 0,
    open: 0,
    begunAt: null,
    endedAt: null,
    sentBy: null,
  };
  let [toSend, lastVerdict] = [0, 0];
  for (const { id, rowsInvalid } of ofStock) {
    const counts = await ledger.counts(id);
    // What was corrected stands in the export that corrects it.
    told.loans += counts.reportsBuilt - counts.corrected;
    told.accepted += counts.accepted;
    told.failed += counts.rejected + counts.invalid + counts.held + rowsInvalid - counts.corrected;
    told.open += counts.pending + counts.unknown;
    toSend += Math.ceil((counts.pendingBy.toPlan + counts.pendingBy.toSend) / stock.maxReportsPerBatch);
    for (const { sentAt, verdictAt } of await ledger.batches(id)) {
      if (sentAt !== null) told.begunAt = Math.min(told.begunAt ?? sentAt, sentAt);
      lastVerdict = Math.max(lastVerdict, verdictAt ?? 0);
    }
  }
  if (told.open === 0 && lastVerdict > 0) told.endedAt = lastVerdict;
  const perMinute = Math.min(stock.batchesPerMinute, submission.batchesPerMinute);
  if (toSend > 0) told.sentBy = now + Math.ceil(toSend / perMinute) * 60_000;
  return told;
}
