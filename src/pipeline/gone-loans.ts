import type { ExportRecord, StagedBlock } from '../ledger/ledger.ts';
import { type CompiledMapping, compileMapping } from '../mapping/compile/compile-mapping.ts';
import { exportFinding } from './export-finding.ts';
import type { House } from './house.ts';
import { keepGone, type MapJob } from './map-rows.ts';

/** How many loans earlier exports had reported, and how many of them this one names no more. */
export type Gone = { gone: number; before: number };

/** Reports in one transaction of the ledger. */
const chunk = 500;
const nothing: StagedBlock = { rowsRead: 0, rowsInvalid: 0, skipped: {}, reports: [], findings: [] };

/**
 * Reports the loans that earlier exports of the mapping had, and that this one names no more. An export some rows of which could
 * not be read may name any loan: of such a one nothing is taken for gone.
 */
export async function addGone(
  { ledger }: Pick<House, 'ledger'>,
  exported: ExportRecord,
  job: MapJob,
  rowsInvalid: number,
): Promise<Gone> {
  const { named, mapping, series } = job;
  const found = { gone: 0, before: 0 };
  if (!named) return found;
  const certain = named.whole && rowsInvalid === 0;
  const compiled = compileMapping(mapping, mapping.contract.fields[mapping.api], series, () => {});
  let loans: string[] = [];
  // The ledger is not written to while it is being read.
  for await (const loan of ledger.loansStanding(exported.id)) {
    found.before++;
    if (certain && !named.has(loan)) loans.push(loan);
  }
  if (!certain && found.before > 0) await ledger.addReports(exported.id, { ...nothing, findings: [notCertain] });
  found.gone = loans.length;
  for (; loans.length > 0; loans = loans.slice(chunk))
    await ledger.addReports(exported.id, blockOf(loans.slice(0, chunk), compiled, job));
  return found;
}

const blockOf = (loans: readonly string[], compiled: CompiledMapping, job: MapJob) =>
  keepGone(
    loans.map((loan) => compiled.buildGone(loan, job.context)),
    job,
  );

const notCertain = exportFinding({
  code: 'GONE_NOT_CERTAIN',
  severity: 'warning',
  stage: 'check',
  expected: 'every row readable, so that a loan that is not named is gone',
});
