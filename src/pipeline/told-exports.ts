import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ExportRecord } from '../ledger/ledger.ts';
import { folderOf } from '../reports/folder-name.ts';

/** Whether the receipt of an export that lies in the outbox is final. */
export function isFinal(outbox: string, exported: ExportRecord): boolean {
  return existsSync(join(outbox, folderOf(exported), 'DONE'));
}

/** The export a correction goes back to, over corrections of corrections, by its SHA-256; any other export itself. */
export function rootOf(exported: ExportRecord, exports: readonly ExportRecord[]): string {
  if (exported.correctionOf === null) return exported.sha256;
  const corrected = exports.find(({ sha256 }) => sha256 === exported.correctionOf);
  return corrected ? rootOf(corrected, exports) : exported.sha256;
}

/**
 * Exports of which something moves, as `rootOf` names them: a correction on its way may change what its export, and earlier
 * corrections of it, say is still to be fixed; a person may have decided something. All others are as their receipts tell.
 * @param toRetell ids of exports whose final receipt is no longer true
 */
export function movingRoots(
  outbox: string,
  exports: readonly ExportRecord[],
  toRetell: ReadonlySet<number>,
): ReadonlySet<string> {
  return new Set(
    exports
      .filter((exported) => !isFinal(outbox, exported) || toRetell.has(exported.id))
      .map((exported) => rootOf(exported, exports)),
  );
}
