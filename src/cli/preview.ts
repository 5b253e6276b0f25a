import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import type { LoadedConfig } from '../config/load-config.ts';
import { explainCode } from '../contract/finding-codes.ts';
import { serialise } from '../contract/message.ts';
import { findFile } from '../intake/find-file.ts';
import { openSqliteLedger } from '../ledger/sqlite-ledger.ts';
import { dayInFinland, utcSeconds } from '../lib/calendar.ts';
import { sayProblem, UsageError } from '../lib/problem.ts';
import { visible } from '../lib/shown-name.ts';
import type { Finding } from '../mapping/finding.ts';
import type { LoadedMapping } from '../mapping/load-mapping.ts';
import { mapExport } from '../mapping/map-export.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { isActive, takesName, whyIdle } from '../mapping/mappings-for.ts';
import { seriesOf } from '../pipeline/house.ts';
import { lookBack, unusual } from '../pipeline/unusual.ts';
import { readExport } from '../reading/read-export.ts';
import { RefusedExport } from '../reading/rows.ts';
import { loadMappings } from './load-mappings.ts';
import { usableConfig } from './open-house.ts';

export type PreviewOptions = { config: string; rows?: number; json?: boolean; mapping?: string };
type Shown = {
  line: number;
  lastLine: number;
  reportReference: string | null;
  report: unknown;
  findings: readonly Finding[];
};

/** `luottoputki preview FILE`: the reports that would be sent, and the findings; the same code as `run` up to the socket. */
export async function preview(path: string, options: PreviewOptions): Promise<number> {
  const config = usableConfig(options.config);
  const found = findFile(path);
  const file = visible(path);
  if (!found)
    throw new UsageError(`there is no file ${file}`, {
      hint: 'say the path of an export, for example inbox/NEWLOANS_20260103.csv',
    });
  const now = new Date();
  const { mappings, problems, inDrafts } = await loadMappings(config, now);
  const errors = problems.filter(({ severity }) => severity === 'error');
  for (const problem of errors) process.stderr.write(`${sayProblem(problem)}\n`);
  if (errors.length > 0) return 2;
  const chosen = choose(found.name, mappings, options.mapping, dayInFinland(now));
  if (!chosen) {
    for (const problem of inDrafts) process.stderr.write(`${sayProblem(problem)}\n`);
    return 3;
  }
  const { mapping } = chosen;
  const shown: Shown[] = [];
  const findings: Finding[] = [];
  const counts = { rowsRead: 0, rowsSkipped: 0, rowsInvalid: 0, reportsBuilt: 0, invalid: 0 };
  const read = () => readExport(createReadStream(found.path, { highWaterMark: 256 * 1024 }), mapping.csv);
  const startOver = () => {
    shown.length = 0;
    findings.length = 0;
    Object.assign(counts, { rowsRead: 0, rowsSkipped: 0, rowsInvalid: 0, reportsBuilt: 0, invalid: 0 });
  };
  const context = { takenAt: utcSeconds(now), today: dayInFinland(now), fileName: found.name };
  try {
    for await (const block of mapExport({ mapping, series: seriesOf(config), context, read, startOver, scratch: '' })) {
      counts.rowsRead += block.rowsRead;
      counts.rowsInvalid += block.rowsInvalid;
      counts.rowsSkipped += Object.values(block.skipped).reduce((sum, count) => sum + count, 0);
      findings.push(...block.findings);
      for (const built of block.reports) {
        counts.reportsBuilt++;
        if (!built.report) counts.invalid++;
        if (options.rows !== undefined && shown.length >= options.rows) continue;
        const report = built.report && (JSON.parse(serialise(built.report, config.register.keyCase)) as unknown);
        shown.push({
          line: built.rows[0]?.line ?? 0,
          lastLine: built.rows.at(-1)?.lastLine ?? 0,
          reportReference: built.reference,
          report,
          findings: built.findings,
        });
      }
    }
  } catch (error) {
    if (!(error instanceof RefusedExport)) throw error;
    const { code, line, column, expected } = error.refusal;
    process.stdout.write(
      options.json
        ? `${JSON.stringify({ file, mapping: mapping.mapping, refused: error.refusal })}\n`
        : `${file}:${line} ${code}${column === null ? '' : ` ${column}`} the export would be refused whole: expected ${expected}. ${explainCode(code, null).text}\n`,
    );
    return 3;
  }
  if (mapping.whenGone) findings.push(goneNotShown);
  const odd = await whatIsUnusual(config, mapping, counts);
  findings.push(...odd);
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ file, mapping: mapping.mapping, api: mapping.api, counts, reports: shown, findings }, null, 2)}\n`
      : sayPreview(file, chosen, shown, findings, counts),
  );
  if (odd.length > 0) return 3;
  return counts.invalid + counts.rowsInvalid > 0 ? 1 : 0;
}

/** Which loans are gone is known from what earlier exports reported, when an export is run. */
const goneNotShown: Finding = {
  code: 'GONE_NOT_CERTAIN',
  severity: 'warning',
  stage: 'check',
  line: 1,
  lastLine: 1,
  column: null,
  value: null,
  expected: 'reports on loans that are gone (whenGone) only when the export is run',
  message: 'Which loans of earlier exports are gone from this one is not looked at here: their reports are not shown.',
};

/** What would make the export await approval, held against the last exports of its mapping. */
async function whatIsUnusual(
  { folders }: LoadedConfig,
  { approveWhen, api, mapping }: Mapping,
  { rowsRead, reportsBuilt }: { rowsRead: number; reportsBuilt: number },
): Promise<Finding[]> {
  let recent: number[] = [];
  if (approveWhen?.rowsOffMedian !== undefined && existsSync(join(folders.state, 'ledger.sqlite'))) {
    await using ledger = await openSqliteLedger(folders.state, { readOnly: true });
    recent = await ledger.recentRows(mapping, lookBack);
  }
  return unusual(approveWhen, api, { rows: rowsRead, reports: reportsBuilt }, recent).map((found) => ({
    ...found,
    message: `It would await approval. ${found.message}`,
    severity: 'warning',
    stage: 'check',
    line: 1,
    lastLine: 1,
    column: null,
  }));
}

function choose(
  name: string,
  mappings: readonly LoadedMapping[],
  wanted: string | undefined,
  day: string,
): LoadedMapping | undefined {
  const fitting = mappings.filter(({ mapping }) =>
    wanted === undefined ? takesName(mapping, name) : mapping.mapping === wanted,
  );
  // One that takes nothing today can be tried out all the same, when no other would take the file.
  const active = fitting.filter(({ mapping }) => isActive(mapping, day));
  const candidates = active.length > 0 ? active : fitting;
  const [only] = candidates;
  if (only && candidates.length === 1) {
    if (!isActive(only.mapping, day)) process.stderr.write(`${name}: not taken today: ${whyIdle(only.mapping)}\n`);
    return only;
  }
  const takes = mappings
    .map(({ mapping }) => `${mapping.mapping} takes ${[mapping.takes].flat().join(', ')}`)
    .join('; ');
  process.stderr.write(
    `${name}: ${only ? 'more than one mapping takes it' : 'no mapping takes it'}; say --mapping NAME (${takes})\n`,
  );
  return undefined;
}

function sayPreview(
  file: string,
  { mapping }: LoadedMapping,
  shown: readonly Shown[],
  findings: readonly Finding[],
  counts: Record<string, number>,
): string {
  const lines: string[] = [];
  for (const finding of findings) lines.push(sayFinding(file, finding));
  for (const { line, lastLine, report, findings: own } of shown) {
    lines.push(
      `\nline ${line}${lastLine === line ? '' : `–${lastLine}`}: ${report ? 'would be sent' : 'would not be sent'}`,
    );
    lines.push(...own.map((finding) => sayFinding(file, finding)));
    if (report) lines.push(JSON.stringify(report, null, 2));
  }
  const left = (counts['reportsBuilt'] ?? 0) - shown.length;
  if (left > 0) lines.push(`\n… and ${left} more reports (--rows N shows more)`);
  const { rowsRead, rowsSkipped, rowsInvalid, reportsBuilt = 0, invalid = 0 } = counts;
  lines.push(
    `\n${mapping.mapping} (${mapping.api}): ${rowsRead} rows, ${rowsSkipped} skipped, ${rowsInvalid} invalid; ${reportsBuilt} reports, ${reportsBuilt - invalid} would be sent, ${invalid} would not`,
  );
  return `${lines.join('\n')}\n`;
}

function sayFinding(file: string, { code, line, column, value, expected, severity, message }: Finding): string {
  const cell = column === null ? '' : ` ${column}${value === null || value === '' ? '' : ` "${value}"`}`;
  return `${file}:${line} ${severity} ${code}${cell}: expected ${expected}. ${message ?? explainCode(code, null).text}`;
}
