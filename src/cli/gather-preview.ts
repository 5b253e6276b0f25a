import type { LoadedConfig } from '../config/load-config.ts';
import { serialise } from '../contract/message.ts';
import { addCounts } from '../lib/add-counts.ts';
import type { Trace } from '../mapping/compile/trace.ts';
import type { Finding } from '../mapping/finding.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { seriesOf } from '../pipeline/house.ts';
import type { Refusal } from '../reading/rows.ts';
import type { Foreteller, Verdict } from '../views/foretell.ts';
import { contextOf, type MappedReport, mapFile } from '../views/map-file.ts';
import { type ReportView, reportView } from '../views/report-view.ts';
import type { FoundFile } from './choose-mapping.ts';

/** A report that is shown; `view` only where people read it, `verdict` only when the sandbox was asked (null: it would not be sent). */
type Shown = {
  line: number;
  lastLine: number;
  reportReference: string | null;
  report: unknown;
  findings: readonly Finding[];
  verdict?: Verdict | null;
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
  /** The sandbox's verdicts by their state. */
  verdicts: Partial<Record<Verdict['state'], number>>;
  refused?: Refusal;
};

/** What is shown of a preview. */
export type Choice = { rows?: number; findings?: boolean; json?: boolean; clear?: boolean };

export type PreviewJob = {
  file: FoundFile;
  config: LoadedConfig;
  mapping: Mapping;
  trace: Trace;
  choice: Choice;
  /** Opens a register that foretells verdicts; anew when the file must be read anew. Undefined: nobody asked for them. */
  foreteller: (() => Foreteller) | undefined;
};

/** Reports that are judged together. */
const together = 200;

/** Maps a file, has its reports judged if wanted, and keeps of them what is shown. */
export async function gatherPreview(
  job: PreviewJob,
): Promise<{ told: Preview; seeded: Foreteller['seeded'] | undefined }> {
  const { file, mapping, config, choice, trace } = job;
  const context = contextOf(new Date(), file.name);
  const options = { path: file.path, mapping, series: seriesOf(config), context, ...(!choice.json && { trace }) };
  let gathering = new Gathering(job);
  try {
    for await (const event of mapFile(options)) {
      if (event.kind === 'startOver') {
        gathering[Symbol.dispose]();
        gathering = new Gathering(job);
      } else if (event.kind === 'refused') gathering.told.refused = event.refusal;
      else if (event.kind === 'rows') gathering.addRows(event);
      else if (event.kind === 'report') await gathering.add(event);
    }
    await gathering.judge();
    return { told: gathering.told, seeded: gathering.seeded };
  } finally {
    gathering[Symbol.dispose]();
  }
}

class Gathering implements Disposable {
  readonly told: Preview = {
    shown: [],
    left: 0,
    findings: [],
    skipped: {},
    counts: { rowsRead: 0, rowsSkipped: 0, rowsInvalid: 0, reportsBuilt: 0, invalid: 0 },
    verdicts: {},
  };
  readonly #job: PreviewJob;
  readonly #foreteller: Foreteller | undefined;
  readonly #choose: ReturnType<typeof chooser>;
  #waiting: MappedReport[] = [];

  constructor(job: PreviewJob) {
    this.#job = job;
    this.#foreteller = job.foreteller?.();
    this.#choose = chooser(job.choice);
  }

  get seeded(): Foreteller['seeded'] | undefined {
    return this.#foreteller?.seeded;
  }

  addRows(rows: { rowsRead: number; rowsInvalid: number; skipped: Record<string, number>; findings: Finding[] }): void {
    const { counts, findings } = this.told;
    counts.rowsRead += rows.rowsRead;
    counts.rowsInvalid += rows.rowsInvalid;
    counts.rowsSkipped += Object.values(rows.skipped).reduce((sum, count) => sum + count, 0);
    this.told.skipped = addCounts(this.told.skipped, rows.skipped);
    findings.push(...rows.findings);
  }

  async add(event: MappedReport): Promise<void> {
    this.told.counts.reportsBuilt++;
    if (!event.built.report) this.told.counts.invalid++;
    if (!this.#foreteller) return this.#show(event, undefined);
    this.#waiting.push(event);
    if (this.#waiting.length === together) await this.judge();
  }

  /** Has those judged that still wait for it. */
  async judge(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    const sent = waiting.filter(({ built }) => built.report !== null);
    const reports = sent.map(({ built }) => ({
      reference: built.reference ?? '',
      loan: built.loan,
      text: serialise(built.report, this.#job.config.register.keyCase),
    }));
    const verdicts = (await this.#foreteller?.judge(reports)) ?? [];
    const given = new Map(sent.map((each, at) => [each, verdicts[at] ?? null]));
    for (const each of waiting) this.#show(each, given.get(each) ?? null);
  }

  #show({ built, fields }: MappedReport, verdict: Verdict | null | undefined): void {
    const { told } = this;
    const { config, choice, trace } = this.#job;
    if (verdict) told.verdicts[verdict.state] = (told.verdicts[verdict.state] ?? 0) + 1;
    const isOdd = built.findings.length > 0 || (verdict && verdict.state !== 'accepted');
    const chosen = this.#choose(isOdd === true);
    if (chosen === 'left') told.left++;
    if (chosen !== 'shown') return;
    told.shown.push({
      line: built.rows[0]?.line ?? 0,
      lastLine: built.rows.at(-1)?.lastLine ?? 0,
      reportReference: built.reference,
      report: built.report && (JSON.parse(serialise(built.report, config.register.keyCase)) as unknown),
      findings: built.findings,
      ...(verdict !== undefined && { verdict }),
      ...(!choice.json && { view: reportView(built, fields, trace, choice.clear === true) }),
    });
  }

  [Symbol.dispose](): void {
    this.#foreteller?.[Symbol.dispose]();
  }
}

const firstReports = 5;
const mostOdd = 20;

/** Which reports are shown: to people the first few and those with findings, to programs all of them, unless they say how many. */
function chooser({ rows, findings = false, json = false }: Choice) {
  const room = rows ?? (json ? Number.POSITIVE_INFINITY : findings ? mostOdd : firstReports);
  let [seen, odd] = [0, 0];
  return (isOdd: boolean): 'shown' | 'left' | 'unwanted' => {
    if (findings && !isOdd) return 'unwanted';
    if (seen++ < room) return 'shown';
    return rows === undefined && !findings && isOdd && odd++ < mostOdd ? 'shown' : 'left';
  };
}
