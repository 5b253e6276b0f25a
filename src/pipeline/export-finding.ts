import type { StagedFinding } from '../ledger/ledger.ts';

/** A finding about an export as a whole: it belongs to no report, and to no row unless told. */
export function exportFinding(
  finding: Pick<StagedFinding, 'code' | 'severity' | 'stage'> & Partial<StagedFinding>,
): StagedFinding {
  return {
    report: null,
    registerCode: null,
    line: null,
    lastLine: null,
    column: null,
    value: null,
    expected: null,
    message: null,
    ...finding,
  };
}
