import { createReadStream } from 'node:fs';
import { type DayReckoning, dueDay } from '../contract/due-day.ts';
import { type KeyCase, serialise } from '../contract/message.ts';
import { namesOf } from '../contract/report-keys.ts';
import type { StagedBlock, StagedFinding, StagedReport } from '../ledger/ledger.ts';
import { addCounts } from '../lib/add-counts.ts';
import { addBankingDays, addDays } from '../lib/banking-days.ts';
import type { PersonSeries } from '../lib/identity-code.ts';
import type { BuiltReport, MapContext } from '../mapping/compile/compile-mapping.ts';
import type { Finding } from '../mapping/finding.ts';
import { type MappedBlock, mapExportTo } from '../mapping/map-export.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { readExport } from '../reading/read-export.ts';
import { type Refusal, RefusedExport, type Row } from '../reading/rows.ts';
import { type Corrected, type Correction, noCorrection, openCorrection } from './correction.ts';
import type { NamedLoans } from './named-loans.ts';

/** Everything mapping needs to know. */
export type MapJob = {
  mapping: Mapping;
  series: PersonSeries;
  context: MapContext;
  keyCase: KeyCase;
  /** The most bytes a report may have. */
  mostBytes: number;
  /** The loan stock has no due day of its own: its loans were granted long ago. */
  isStock: boolean;
  /** The export in the archive. */
  path: string;
  /** A private file for rows that lie apart. */
  scratch: string;
  /** What is known of the rows that a correction corrects; null for any other export. */
  correction: Corrected | null;
  /** Takes note of the loans the rows name; null when nobody asks. */
  named: NamedLoans | null;
};

/** What mapping brings, in file order. After `startOver` everything brought before must be forgotten; `refused` is the end. */
export type MapEvent =
  | { kind: 'block'; block: StagedBlock }
  | { kind: 'startOver' }
  | { kind: 'refused'; refusal: Refusal };

/** Small enough that what a block makes dies young: larger reads are no faster, and keep more memory. */
const readSize = 64 * 1024;
/** Reports in one transaction of the ledger. */
const chunk = 500;
const days: DayReckoning = { addDays, addBankingDays };

/** Reads, maps and checks the rows of an export; touches nothing but its file. */
export async function* mapRows(job: MapJob): AsyncGenerator<MapEvent> {
  const { mapping } = job;
  const correction =
    job.correction === null ? noCorrection : openCorrection(job.correction, mapping.csv.columns.personal);
  let startOver = false;
  let gathered: MappedBlock<Kept> | undefined;
  const blocks = mapExportTo(
    {
      mapping,
      series: job.series,
      context: job.context,
      read: () => readExport(createReadStream(job.path, { highWaterMark: readSize }), mapping.csv),
      startOver() {
        job.named?.forget();
        startOver = true;
      },
      leaveOut: correction.leaveOut,
      faultsOf: correction.faultsOf,
      ...(job.named ? { skipped: (loan: string | null) => job.named?.add(loan) } : {}),
      scratch: job.scratch,
    },
    (built) => {
      job.named?.add(built.loan);
      return keep(built, mapping, job, correction);
    },
  );
  try {
    for await (const block of blocks) {
      if (startOver) {
        yield { kind: 'startOver' };
        gathered = undefined;
        startOver = false;
      }
      gathered = gathered ? joined(gathered, block) : block;
      if (gathered.reports.length < chunk) continue;
      yield { kind: 'block', block: stage(gathered) };
      gathered = undefined;
    }
    if (gathered) yield { kind: 'block', block: stage(gathered) };
  } catch (error) {
    if (!(error instanceof RefusedExport)) throw error;
    yield { kind: 'refused', refusal: error.refusal };
  }
}

/** A report as the ledger keeps it, with its findings. */
type Kept = { report: StagedReport; findings: readonly Finding[] };

/** What the ledger keeps of a report. It is written out here, once: what is sent is this text. */
function keep(
  { rows, report, partial, reference, loan, findings }: BuiltReport,
  mapping: Mapping,
  { keyCase, mostBytes, isStock }: MapJob,
  correction: Correction,
): Kept {
  const written = report === null ? null : serialise(report, keyCase);
  const text = written !== null && Buffer.byteLength(written) > mostBytes ? null : written;
  return {
    report: {
      line: rows[0]?.line ?? 0,
      lastLine: rows.at(-1)?.lastLine ?? 0,
      lines: rows.length > 1 ? rows.map(({ line }) => line) : null,
      ...namesOf(mapping.api, { reference, loan }, rows[0]?.line ?? 0),
      text,
      dueDay: isStock ? null : dueDay(mapping.api, partial, days),
      fixesLine: rows[0] ? correction.lineOf(rows[0]) : null,
    },
    findings: text === written ? findings : [...findings, tooLarge(rows, mostBytes)],
  };
}

function tooLarge(rows: readonly Row[], mostBytes: number): Finding {
  return {
    code: 'REPORT_TOO_LARGE',
    severity: 'error',
    stage: 'check',
    line: rows[0]?.line ?? 0,
    lastLine: rows.at(-1)?.lastLine ?? 0,
    column: null,
    value: null,
    expected: `at most ${mostBytes} bytes (submission.maxBytesPerBatch)`,
    message: null,
  };
}

function joined(a: MappedBlock<Kept>, b: MappedBlock<Kept>): MappedBlock<Kept> {
  const skipped = addCounts(a.skipped, b.skipped);
  a.reports.push(...b.reports);
  a.findings.push(...b.findings);
  return { ...a, rowsRead: a.rowsRead + b.rowsRead, rowsInvalid: a.rowsInvalid + b.rowsInvalid, skipped };
}

/** Stages reports that have no row; nor has what is wrong with them a line. */
export function keepGone(built: readonly BuiltReport[], job: MapJob): StagedBlock {
  const reports = built.map((each) => keep(each, job.mapping, job, noCorrection));
  const { findings, ...block } = stage({ rowsRead: 0, rowsInvalid: 0, skipped: {}, findings: [], reports });
  return {
    ...block,
    reports: block.reports.map((report) => ({ ...report, gone: true })),
    findings: findings.map((finding) => ({ ...finding, line: null, lastLine: null })),
  };
}

function stage({ rowsRead, rowsInvalid, skipped, reports, findings }: MappedBlock<Kept>): StagedBlock {
  return {
    rowsRead,
    rowsInvalid,
    skipped,
    reports: reports.map(({ report }) => report),
    findings: [
      ...findings.map((finding) => staged(finding, null)),
      ...reports.flatMap((kept, at) => kept.findings.map((finding) => staged(finding, at))),
    ],
  };
}

function staged(finding: Finding, report: number | null): StagedFinding {
  return { ...finding, report, registerCode: null };
}
