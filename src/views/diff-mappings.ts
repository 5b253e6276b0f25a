import { addCounts } from '../lib/add-counts.ts';
import { Trace } from '../mapping/compile/trace.ts';
import type { Refusal } from '../reading/rows.ts';
import type { FileToMap, MappedReport } from './map-file.ts';
import { pairedReports, type SideName } from './paired-reports.ts';
import { type FieldDifference, reportDifference } from './report-difference.ts';

/** How many times something is found, and where first. */
type Found = { count: number; firstLines: number[] };

/** What two mappings make of one file. */
export type MappingDifference = {
  reports: {
    same: number;
    changed: number;
    onlyOld: number;
    onlyNew: number;
    /** Of all these: sent with the old mapping and not with the new one, and the other way round. */
    noLongerSent: number;
    newlySent: number;
  };
  /** First lines of reports that only one of them makes, or that only one of them sends. */
  firstLines: Record<'onlyOld' | 'onlyNew' | 'noLongerSent' | 'newlySent', number[]>;
  /** Fields whose values differ, list items taken together. */
  fields: Record<string, { count: number; examples: ({ line: number } & FieldDifference)[] }>;
  /** Findings that only the new mapping makes, and that only the old one made, by code. */
  findings: { gained: Record<string, Found>; lost: Record<string, Found> };
  skipped: Record<SideName, Record<string, number>>;
  rowsInvalid: Record<SideName, number>;
  refused: Record<SideName, Refusal | null>;
};

const mostLines = 5;
const mostExamples = 3;

/** Compares what two mappings make of one file, with the code of `run`. */
export async function diffMappings(old: FileToMap, current: FileToMap, clear: boolean): Promise<MappingDifference> {
  const jobs = { old: { ...old, trace: new Trace() }, new: { ...current, trace: new Trace() } };
  let tally = new Tally(clear);
  for await (const event of pairedReports(jobs)) {
    if (event.kind === 'startOver') tally = new Tally(clear);
    else if (event.kind === 'pair') tally.addPair(event.line, event.old, event.new);
    else if (event.event.kind === 'refused') tally.told.refused[event.side] = event.event.refusal;
    else {
      const { skipped, rowsInvalid, findings } = event.event;
      tally.told.skipped[event.side] = addCounts(tally.told.skipped[event.side], skipped);
      tally.told.rowsInvalid[event.side] += rowsInvalid;
      for (const { code, line } of findings) tally.addRowFinding(event.side, code, line);
    }
  }
  return tally.done();
}

/** Whether the new mapping does anything differently. */
export function isSame({ reports, findings, skipped, rowsInvalid, refused }: MappingDifference): boolean {
  const { changed, onlyOld, onlyNew, noLongerSent, newlySent } = reports;
  const counts = changed + onlyOld + onlyNew + noLongerSent + newlySent;
  const gone = [findings.gained, findings.lost].flatMap((each) => Object.keys(each));
  return (
    counts + gone.length === 0 &&
    rowsInvalid.old === rowsInvalid.new &&
    sorted(skipped.old) === sorted(skipped.new) &&
    JSON.stringify(refused.old) === JSON.stringify(refused.new)
  );
}

const sorted = (counts: Record<string, number>) => JSON.stringify(Object.entries(counts).toSorted());

class Tally {
  readonly told: MappingDifference = {
    reports: { same: 0, changed: 0, onlyOld: 0, onlyNew: 0, noLongerSent: 0, newlySent: 0 },
    firstLines: { onlyOld: [], onlyNew: [], noLongerSent: [], newlySent: [] },
    fields: {},
    findings: { gained: {}, lost: {} },
    skipped: { old: {}, new: {} },
    rowsInvalid: { old: 0, new: 0 },
    refused: { old: null, new: null },
  };
  readonly #clear: boolean;
  /** Findings about rows that belong to no report, by code: the two readings meet them at different times. */
  readonly #rowFindings: Record<SideName, Map<string, Found>> = { old: new Map(), new: new Map() };

  constructor(clear: boolean) {
    this.#clear = clear;
  }

  addPair(line: number, old: MappedReport | undefined, current: MappedReport | undefined): void {
    const isSent = (side: MappedReport | undefined) => side !== undefined && side.built.report !== null;
    if (isSent(old) && !isSent(current)) this.#note('noLongerSent', line);
    if (isSent(current) && !isSent(old)) this.#note('newlySent', line);
    this.#compareFindings(old, current);
    if (!old || !current) {
      this.#note(old ? 'onlyOld' : 'onlyNew', line);
      return;
    }
    const differences = reportDifference(old, current, this.#clear);
    const rows = ({ built }: MappedReport) => built.rows.map((row) => row.line).join();
    const isEqual = differences.length === 0 && isSent(old) === isSent(current) && rows(old) === rows(current);
    this.told.reports[isEqual ? 'same' : 'changed']++;
    for (const difference of differences) this.#addField(line, difference);
  }

  addRowFinding(side: SideName, code: string, line: number): void {
    const found = this.#rowFindings[side].get(code) ?? { count: 0, firstLines: [] };
    this.#rowFindings[side].set(code, found);
    add(found, line);
  }

  done(): MappingDifference {
    for (const [one, other, into] of [
      ['new', 'old', this.told.findings.gained],
      ['old', 'new', this.told.findings.lost],
    ] as const)
      for (const [code, { count, firstLines }] of this.#rowFindings[one]) {
        const more = count - (this.#rowFindings[other].get(code)?.count ?? 0);
        for (let at = 0; at < more; at++) addTo(into, code, firstLines[at]);
      }
    return this.told;
  }

  #note(what: keyof MappingDifference['firstLines'], line: number): void {
    this.told.reports[what]++;
    if (this.told.firstLines[what].length < mostLines) this.told.firstLines[what].push(line);
  }

  #compareFindings(old: MappedReport | undefined, current: MappedReport | undefined): void {
    const { gained, lost } = this.told.findings;
    const [before, after] = [old, current].map((side) => side?.built.findings ?? []);
    const key = ({ code, line, column }: { code: string; line: number; column: string | null }) =>
      `${code} ${line} ${column}`;
    const [known, now] = [before, after].map((findings) => new Set(findings?.map(key)));
    for (const each of after ?? []) if (!known?.has(key(each))) addTo(gained, each.code, each.line);
    for (const each of before ?? []) if (!now?.has(key(each))) addTo(lost, each.code, each.line);
  }

  #addField(line: number, difference: FieldDifference): void {
    const name = difference.field.replaceAll(/\[\d+\]/g, '[]');
    const known = this.told.fields[name] ?? { count: 0, examples: [] };
    this.told.fields[name] = known;
    known.count++;
    if (known.examples.length < mostExamples) known.examples.push({ line, ...difference });
  }
}

function addTo(into: Record<string, Found>, code: string, line: number | undefined): void {
  const found = into[code] ?? { count: 0, firstLines: [] };
  into[code] = found;
  if (line === undefined) found.count++;
  else add(found, line);
}

function add(found: Found, line: number): void {
  found.count++;
  if (found.firstLines.length < mostLines) found.firstLines.push(line);
}
