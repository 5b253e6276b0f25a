import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { LoadedConfig } from '../config/load-config.ts';
import { serialise } from '../contract/message.ts';
import { openSqliteLedger } from '../ledger/sqlite-ledger.ts';
import { addCounts } from '../lib/add-counts.ts';
import { visible } from '../lib/shown-name.ts';
import type { BuiltReport } from '../mapping/compile-mapping.ts';
import type { Finding } from '../mapping/finding.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { Trace } from '../mapping/trace.ts';
import { seriesOf } from '../pipeline/house.ts';
import { lookBack, unusual } from '../pipeline/unusual.ts';
import type { Refusal } from '../reading/rows.ts';
import { contextOf, mapFile } from '../views/map-file.ts';
import { type ReportView, reportView } from '../views/report-view.ts';
import { chooseMapping, theFile } from './choose-mapping.ts';
import { usableConfig } from './open-house.ts';
import { sayPreview } from './say-preview.ts';
import { sayRefusal } from './say-refusal.ts';

export type PreviewOptions = {
  config: string;
  rows?: number;
  findings?: boolean;
  json?: boolean;
  clear?: boolean;
  mapping?: string;
};

/** A report that is shown; `view` only where people read it. */
export type Shown = {
  line: number;
  lastLine: number;
  reportReference: string | null;
  report: unknown;
  findings: readonly Finding[];
  view?: ReportView;
};

/** Everything a preview came to. */
export type Preview = {
  shown: Shown[];
  /** Reports that would have been shown, had there been room. */
  left: number;
  /** Findings about rows that belong to no report, and about the export. */
  findings: Finding[];
  skipped: Record<string, number>;
  counts: { rowsRead: number; rowsSkipped: number; rowsInvalid: number; reportsBuilt: number; invalid: number };
  refused?: Refusal;
};

/** `luottoputki preview FILE`: the reports that would be sent, and the findings; the same code as `run` up to the socket. */
export async function preview(path: string, options: PreviewOptions): Promise<number> {
  const config = usableConfig(options.config);
  const found = theFile(path);
  const chosen = await chooseMapping(found.name, config, options.mapping);
  if ('status' in chosen) return chosen.status;
  const { mapping } = chosen;
  const file = visible(path);
  const trace = new Trace();
  const told = await gather(found, config, mapping, trace, options);
  const { counts, shown, findings } = told;
  if (told.refused) {
    const json = { file, mapping: mapping.mapping, refused: told.refused };
    process.stdout.write(options.json ? `${JSON.stringify(json)}\n` : sayRefusal(file, told.refused));
    return 3;
  }
  const odd = await whatIsUnusual(config, mapping, counts);
  findings.push(...odd);
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ file, mapping: mapping.mapping, api: mapping.api, counts, reports: shown, findings }, null, 2)}\n`
      : sayPreview(file, mapping, told, trace, process.stdout.columns ?? 100),
  );
  if (odd.length > 0) return 3;
  return counts.invalid + counts.rowsInvalid > 0 ? 1 : 0;
}

async function gather(
  { path, name }: ReturnType<typeof theFile>,
  config: LoadedConfig,
  mapping: Mapping,
  trace: Trace,
  options: PreviewOptions,
): Promise<Preview> {
  const { json = false, clear = false } = options;
  const context = contextOf(new Date(), name);
  const job = { path, mapping, series: seriesOf(config), context, ...(!json && { trace }) };
  let told = nothing();
  let choice = chooser(options);
  for await (const event of mapFile(job)) {
    if (event.kind === 'startOver') [told, choice] = [nothing(), chooser(options)];
    else if (event.kind === 'refused') told.refused = event.refusal;
    else if (event.kind === 'rows') {
      told.counts.rowsRead += event.rowsRead;
      told.counts.rowsInvalid += event.rowsInvalid;
      told.counts.rowsSkipped += Object.values(event.skipped).reduce((sum, count) => sum + count, 0);
      told.skipped = addCounts(told.skipped, event.skipped);
      told.findings.push(...event.findings);
    } else {
      const { built, fields } = event;
      told.counts.reportsBuilt++;
      if (!built.report) told.counts.invalid++;
      const wanted = choice(built);
      if (wanted === 'left') told.left++;
      if (wanted !== 'shown') continue;
      const view = json ? undefined : reportView(built, fields, trace, clear);
      told.shown.push({ ...tell(built, config), ...(view && { view }) });
    }
  }
  return told;
}

const nothing = (): Preview => ({
  shown: [],
  left: 0,
  findings: [],
  skipped: {},
  counts: { rowsRead: 0, rowsSkipped: 0, rowsInvalid: 0, reportsBuilt: 0, invalid: 0 },
});

function tell(built: BuiltReport, { register }: LoadedConfig): Shown {
  return {
    line: built.rows[0]?.line ?? 0,
    lastLine: built.rows.at(-1)?.lastLine ?? 0,
    reportReference: built.reference,
    report: built.report && (JSON.parse(serialise(built.report, register.keyCase)) as unknown),
    findings: built.findings,
  };
}

const firstReports = 5;
const mostWithFindings = 20;

/** Which reports are shown: to people the first few and those with findings, to programs all of them, unless they say how many. */
function chooser({ rows, findings = false, json = false }: PreviewOptions) {
  let [seen, withFindings] = [0, 0];
  return ({ findings: own }: BuiltReport): 'shown' | 'left' | 'unwanted' => {
    if (findings && own.length === 0) return 'unwanted';
    if (seen++ < (rows ?? (json ? Number.POSITIVE_INFINITY : findings ? mostWithFindings : firstReports)))
      return 'shown';
    return rows === undefined && !findings && own.length > 0 && withFindings++ < mostWithFindings ? 'shown' : 'left';
  };
}

/** What would make the export await approval, held against the last exports of its mapping. */
async function whatIsUnusual(
  { folders }: LoadedConfig,
  { approveWhen, api, mapping }: Mapping,
  { rowsRead, reportsBuilt }: Preview['counts'],
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
