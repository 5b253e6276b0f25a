import { join } from 'node:path';
import type { ExportRecord, StagedBlock, StagedFinding } from '../ledger/ledger.ts';
import { utcSeconds } from '../lib/calendar.ts';
import { reached } from '../lib/step.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { endMapping } from './brake.ts';
import { exportFinding } from './export-finding.ts';
import { beginMapping, forgiveTheMachine } from './give-up.ts';
import { addGone } from './gone-loans.ts';
import { type House, seriesOf } from './house.ts';
import { type MapJob, mapRows } from './map-rows.ts';
import { mappingOf } from './mapping-of.ts';
import { NamedLoans } from './named-loans.ts';
import { dialectOf, readCorrected } from './read-corrected.ts';

/** The members around the reports of a message: environment, owner, list key. */
const frameBytes = 300;

/** Reads, maps and checks one export from the archive into the ledger; begins anew when it was interrupted before. */
export async function mapIntoLedger(house: House, exported: ExportRecord): Promise<void> {
  const { ledger, log, progress } = house;
  const mapping = await mappingOf(house, exported.mapping.sha256);
  if (!(await beginMapping(house, exported))) return;
  reached('mapping.begun');
  // The correction is asked about only now: what was staged before an interruption must not count as corrected.
  const job = await jobOf(house, exported, mapping);
  const events = mapRows(job);
  let tally = noTally;
  try {
    for await (const event of events) {
      if (event.kind === 'startOver') {
        await ledger.restartMapping(exported.id);
        tally = noTally;
        continue;
      }
      if (event.kind === 'refused') {
        const { code, line, column, expected } = event.refusal;
        await ledger.restartMapping(exported.id); // what was read before the fault is as doubtful as the rest
        return await refuse(house, exported, { ...fileFinding(code, expected), line, lastLine: line, column });
      }
      await ledger.addReports(exported.id, event.block);
      reached('block.staged');
      tally = counted(tally, event.block);
      progress.step(`reading ${exported.name}`, tally.rows, 0);
    }
  } catch (error) {
    await forgiveTheMachine(ledger, exported, error);
    throw error;
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
  const gone = await addGone(house, exported, job, tally.rowsInvalid);
  await endMapping(house, exported, mapping, { ...tally, ...gone, reports: tally.reports + gone.gone });
  reached('mapping.ended');
  log.info('export.mapped', {
    export: exported.sha256.slice(0, 8),
    mapping: exported.mapping.name,
    count: tally.reports + gone.gone,
  });
}

const nothing: StagedBlock = { rowsRead: 0, rowsInvalid: 0, skipped: {}, reports: [], findings: [] };

type Tally = { rows: number; reports: number; stopped: number; rowsInvalid: number };
const noTally: Tally = { rows: 0, reports: 0, stopped: 0, rowsInvalid: 0 };

const counted = (tally: Tally, { rowsRead, rowsInvalid, reports }: StagedBlock): Tally => ({
  rows: tally.rows + rowsRead,
  reports: tally.reports + reports.length,
  stopped: tally.stopped + reports.filter(({ text }) => text === null).length,
  rowsInvalid: tally.rowsInvalid + rowsInvalid,
});

async function jobOf(house: House, exported: ExportRecord, mapping: Mapping): Promise<MapJob> {
  const { config } = house;
  const { state } = config.folders;
  const sha256 = exported.correctionOf;
  return {
    mapping: { ...mapping, csv: { ...mapping.csv, ...dialectOf(state, exported, mapping) } },
    series: seriesOf(config),
    context: { takenAt: utcSeconds(new Date(exported.takenAt)), today: exported.day, fileName: exported.name },
    keyCase: config.register.keyCase,
    mostBytes: config.submission.maxBytesPerBatch - frameBytes,
    isStock: config.submission.stock?.mappings.includes(mapping.mapping) ?? false,
    path: join(state, 'archive', exported.sha256),
    scratch: join(state, `scattered-${exported.sha256.slice(0, 16)}.sqlite`),
    correction: sha256 === null ? null : await readCorrected(house, sha256),
    // A correction has some rows of its export only.
    named: mapping.whenGone && sha256 === null ? new NamedLoans() : null,
  };
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

function refusedBy({ refuseFileWhen }: Mapping, tally: Tally): string | undefined {
  const { rejectedOver, rejectedRowsOver } = refuseFileWhen ?? {};
  const bad = tally.stopped + tally.rowsInvalid;
  const all = tally.reports + tally.rowsInvalid;
  if (rejectedOver !== undefined && bad * 100 > Number(rejectedOver.slice(0, -1)) * all)
    return `at most ${rejectedOver} invalid; ${bad} of ${all} are`;
  if (rejectedRowsOver !== undefined && bad > rejectedRowsOver)
    return `at most ${rejectedRowsOver} invalid; ${bad} are`;
  return undefined;
}

const fileFinding = (code: string, expected: string) =>
  exportFinding({ code, severity: 'error', stage: 'read', expected });
