import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { type DayReckoning, dueDay } from '../contract/due-day.ts';
import { type KeyCase, serialise } from '../contract/message.ts';
import type { ExportRecord, StagedBlock, StagedFinding, StagedReport } from '../ledger/ledger.ts';
import { addCounts } from '../lib/add-counts.ts';
import { addBankingDays, addDays } from '../lib/banking-days.ts';
import { utcSeconds } from '../lib/calendar.ts';
import { reached } from '../lib/step.ts';
import type { BuiltReport } from '../mapping/compile-mapping.ts';
import type { Finding } from '../mapping/finding.ts';
import { type MappedBlock, mapExportTo } from '../mapping/map-export.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { readExport } from '../reading/read-export.ts';
import { RefusedExport, type Row } from '../reading/rows.ts';
import { readFixToken } from '../reports/to-fix-csv.ts';
import { endMapping } from './brake.ts';
import { fixKey } from './fix-key.ts';
import { beginMapping, forgiveTheMachine } from './give-up.ts';
import { type House, seriesOf } from './house.ts';
import { mappingOf } from './mapping-of.ts';

const days: DayReckoning = { addDays, addBankingDays };
/** Small enough that what a block makes dies young: larger reads are no faster, and keep more memory. */
const readSize = 64 * 1024;
/** Reports in one transaction of the ledger. */
const chunk = 500;

/** Reads, maps and checks one export from the archive into the ledger; begins anew when it was interrupted before. */
export async function mapIntoLedger(house: House, exported: ExportRecord): Promise<void> {
  const { ledger, log, progress } = house;
  const mapping = await mappingOf(house, exported.mapping.sha256);
  if (!(await beginMapping(house, exported))) return;
  reached('mapping.begun');
  // Asked only now: what was staged before an interruption must not count as corrected.
  const correction = await correctionOf(house, exported);
  let gathered: MappedBlock<Kept> | undefined;
  const forget = async () => {
    gathered = undefined;
    await ledger.restartMapping(exported.id);
  };
  const tally = { rows: 0, reports: 0, stopped: 0, rowsInvalid: 0 };
  try {
    for await (const block of mapped(house, exported, mapping, correction, forget)) {
      gathered = gathered ? joined(gathered, block) : block;
      if (gathered.reports.length >= chunk) {
        await ledger.addReports(exported.id, stage(gathered));
        reached('block.staged');
        gathered = undefined;
      }
      tally.rows += block.rowsRead;
      tally.reports += block.reports.length;
      tally.stopped += block.reports.filter(({ report }) => report.text === null).length;
      tally.rowsInvalid += block.rowsInvalid;
      progress.step(`reading ${exported.name}`, tally.rows, 0);
    }
    if (gathered) await ledger.addReports(exported.id, stage(gathered));
  } catch (error) {
    if (!(error instanceof RefusedExport)) {
      await forgiveTheMachine(ledger, exported, error);
      throw error;
    }
    const { code, line, column, expected } = error.refusal;
    await ledger.restartMapping(exported.id); // what was read before the fault is as doubtful as the rest
    await refuse(house, exported, { ...fileFinding(code, expected), line, lastLine: line, column });
    return;
  } finally {
    progress.stop();
  }
  // Rows of a correction have failed once: how many fail again says nothing about the file.
  const tooMany = exported.correctionOf === null ? refusedBy(mapping, tally) : undefined;
  if (tooMany !== undefined) return refuse(house, exported, fileFinding('REJECTED_SHARE', tooMany));
  if (tally.rows === 0)
    await ledger.addReports(exported.id, {
      ...nothing,
      findings: [{ ...fileFinding('NO_ROWS', 'rows after the header'), severity: 'warning' }],
    });
  await endMapping(house, exported, mapping, tally);
  reached('mapping.ended');
  log.info('export.mapped', {
    export: exported.sha256.slice(0, 8),
    mapping: exported.mapping.name,
    count: tally.reports,
  });
}

const nothing: StagedBlock = { rowsRead: 0, rowsInvalid: 0, skipped: {}, reports: [], findings: [] };

function mapped(
  house: House,
  exported: ExportRecord,
  mapping: Mapping,
  correction: Correction,
  startOver: () => Promise<void>,
): AsyncGenerator<MappedBlock<Kept>> {
  const { keyCase } = house.config.register;
  const mostBytes = house.config.submission.maxBytesPerBatch - frameBytes;
  const { state } = house.config.folders;
  const options = {
    mapping,
    series: seriesOf(house.config),
    context: { takenAt: utcSeconds(new Date(exported.takenAt)), today: exported.day, fileName: exported.name },
    read: () =>
      readExport(createReadStream(join(state, 'archive', exported.sha256), { highWaterMark: readSize }), mapping.csv),
    startOver,
    leaveOut: correction.leaveOut,
    scratch: join(state, `scattered-${exported.sha256.slice(0, 16)}.sqlite`),
  };
  return mapExportTo(options, (built) => keep(built, mapping, keyCase, correction, mostBytes));
}

async function refuse(house: House, exported: ExportRecord, why: StagedFinding): Promise<void> {
  await house.ledger.refuseExport(exported.id, [why]);
  house.log.warn('export.refused', {
    export: exported.sha256.slice(0, 8),
    code: why.code,
    ...(why.line === null ? {} : { line: why.line }),
  });
  const place = why.line === null ? '' : ` line ${why.line}`;
  house.progress.say(
    `${exported.name}:${place} refused, nothing of it is sent: ${why.code}${why.column === null ? '' : ` ${why.column}`}, expected ${why.expected}`,
  );
}

function refusedBy(
  { refuseFileWhen }: Mapping,
  tally: { reports: number; stopped: number; rowsInvalid: number },
): string | undefined {
  const { rejectedOver, rejectedRowsOver } = refuseFileWhen ?? {};
  const bad = tally.stopped + tally.rowsInvalid;
  const all = tally.reports + tally.rowsInvalid;
  if (rejectedOver !== undefined && bad * 100 > Number(rejectedOver.slice(0, -1)) * all)
    return `at most ${rejectedOver} invalid; ${bad} of ${all} are`;
  if (rejectedRowsOver !== undefined && bad > rejectedRowsOver)
    return `at most ${rejectedRowsOver} invalid; ${bad} are`;
  return undefined;
}

/** What is known of the rows of a correction by their tokens; of any other export, nothing. */
type Correction = {
  /** The line of the corrected export a row stands for. */
  lineOf(row: Row): number | null;
  /** Rows whose report was accepted meanwhile, or corrected before, do not go again; nor do copies of a row. */
  leaveOut(row: Row, names: readonly string[]): string | undefined;
};

async function correctionOf({ ledger }: House, exported: ExportRecord): Promise<Correction> {
  if (exported.correctionOf === null) return { lineOf: () => null, leaveOut: () => undefined };
  const key = await fixKey(ledger);
  const done = await ledger.linesDone(exported.correctionOf);
  const seen = new Map<number, number>();
  let at = -1;
  const lineOf = (row: Row) => {
    const token = at < 0 ? undefined : readFixToken(row.cells[at] ?? '', key);
    return token?.ours && exported.correctionOf?.startsWith(token.sha16) ? token.line : null;
  };
  return {
    lineOf,
    leaveOut(row, names) {
      if (at < 0) at = names.indexOf('__fix_token');
      const line = lineOf(row);
      if (line === null) return undefined;
      if (done.has(line)) return 'ALREADY-CORRECTED';
      const first = seen.get(line) ?? row.line;
      seen.set(line, first);
      return first === row.line ? undefined : 'COPIED-ROW';
    },
  };
}

/** A report as the ledger keeps it, with its findings. */
type Kept = { report: StagedReport; findings: readonly Finding[] };

/** What the ledger keeps of a report. It is written out here, once: what is sent is this text. */
function keep(
  { rows, report, partial, reference, loan, findings }: BuiltReport,
  mapping: Mapping,
  keyCase: KeyCase,
  correction: Correction,
  mostBytes: number,
): Kept {
  const written = report === null ? null : serialise(report, keyCase);
  const text = written !== null && Buffer.byteLength(written) > mostBytes ? null : written;
  return {
    report: {
      line: rows[0]?.line ?? 0,
      lastLine: rows.at(-1)?.lastLine ?? 0,
      lines: rows.length > 1 ? rows.map(({ line }) => line) : null,
      reference,
      loan,
      text,
      dueDay: dueDay(mapping.api, partial, days),
      fixesLine: rows[0] ? correction.lineOf(rows[0]) : null,
    },
    findings: text === written ? findings : [...findings, tooLarge(rows, mostBytes)],
  };
}

/** The members around the reports of a message: environment, owner, list key. */
const frameBytes = 300;

function tooLarge(rows: readonly Row[], mostBytes: number): Finding {
  const [line, lastLine] = [rows[0]?.line ?? 0, rows.at(-1)?.lastLine ?? 0];
  const expected = `at most ${mostBytes} bytes (submission.maxBytesPerBatch)`;
  return {
    code: 'REPORT_TOO_LARGE',
    severity: 'error',
    stage: 'check',
    line,
    lastLine,
    column: null,
    value: null,
    expected,
    message: null,
  };
}

function joined(a: MappedBlock<Kept>, b: MappedBlock<Kept>): MappedBlock<Kept> {
  const skipped = addCounts(a.skipped, b.skipped);
  a.reports.push(...b.reports);
  a.findings.push(...b.findings);
  return { ...a, rowsRead: a.rowsRead + b.rowsRead, rowsInvalid: a.rowsInvalid + b.rowsInvalid, skipped };
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

function fileFinding(code: string, expected: string): StagedFinding {
  return {
    report: null,
    code,
    severity: 'error',
    stage: 'read',
    registerCode: null,
    line: null,
    lastLine: null,
    column: null,
    value: null,
    expected,
    message: null,
  };
}
