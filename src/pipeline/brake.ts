import type { ExportRecord, StagedFinding } from '../ledger/ledger.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { exportFinding } from './export-finding.ts';
import type { House } from './house.ts';
import { lookBack, tooManyGone, type Unusual, unusual } from './unusual.ts';

/**
 * Ends mapping: the export may be planned, or it is so unusual that it awaits approval, and nothing of it is planned before.
 * Rows of a correction are compared with nothing; too many of its reports stop it all the same.
 */
export async function endMapping(
  house: Pick<House, 'ledger' | 'log' | 'progress'>,
  exported: ExportRecord,
  { approveWhen, api, whenGone }: Mapping,
  found: { rows: number; reports: number; gone: number; before: number },
): Promise<void> {
  const { ledger, log, progress } = house;
  const recent = exported.correctionOf === null ? await ledger.recentRows(exported.mapping.name, lookBack) : null;
  const odd = exported.approved
    ? []
    : [...unusual(approveWhen, api, found, recent), ...(whenGone ? tooManyGone(whenGone.goneAtMost, found) : [])];
  if (odd.length === 0) return ledger.finishMapping(exported.id);
  await ledger.awaitApproval(exported.id, odd.map(asFinding));
  for (const { code, message } of odd) {
    log.warn('export.stopped', { export: exported.sha256.slice(0, 8), mapping: exported.mapping.name, code });
    progress.say(`${exported.name}: awaits approval, nothing of it is sent: ${code}. ${message}`);
  }
}

const asFinding = (odd: Unusual): StagedFinding => exportFinding({ severity: 'warning', stage: 'check', ...odd });
