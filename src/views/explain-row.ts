import { compileMapping } from '../mapping/compile/compile-mapping.ts';
import { type RulePath, Trace } from '../mapping/compile/trace.ts';
import { isTrailer } from '../mapping/compile/trailer.ts';
import type { Finding } from '../mapping/finding.ts';
import type { Refusal, Row } from '../reading/rows.ts';
import { type FileToMap, type MappedReport, mapFile } from './map-file.ts';
import { reportView, shownCell, type Use } from './report-view.ts';

/** A cell of the row, with all that was made of it. `readers` are the parts of the mapping that read the column at all. */
export type ExplainedCell = {
  column: string;
  text: string;
  uses: Use[];
  findings: Finding[];
  readers: readonly RulePath[];
};

/** What a mapping makes of one row. */
export type ExplainedRow = {
  fate: 'report' | 'skipped' | 'invalid' | 'header' | 'trailer' | 'refused' | 'none';
  /** First and last line of the row. */
  line: number;
  lastLine: number;
  cells: ExplainedCell[];
  /** Fields of its report that come from no cell. */
  constants: Use[];
  /** Findings of the row, or of its report, that point at no cell of it. */
  findings: Finding[];
  report: { reference: string | null; loan: string | null; wouldBeSent: boolean; lines: number[] } | null;
  /** The id of the skip rule that took it. */
  skippedBy: string | null;
  refusal: Refusal | null;
  /** Columns that no part of the mapping reads. */
  unread: string[];
};

/** Maps a whole file with the code of `run`, and tells what becomes of the row that has a line. */
export async function explainRow(job: FileToMap & { line: number }, clear: boolean): Promise<ExplainedRow> {
  const { line } = job;
  const trace = new Trace();
  const found: Found = { findings: [] };
  for await (const event of mapFile({ ...job, trace })) {
    if (event.kind === 'startOver') Object.assign(found, { report: undefined, findings: [] });
    else if (event.kind === 'refused') found.refusal = event.refusal;
    else if (event.kind === 'row') found.row = event.row;
    else if (event.kind === 'rows') found.findings.push(...event.findings.filter((finding) => covers(finding, line)));
    else if (event.built.rows.some((row) => covers(row, line))) found.report = event;
  }
  return explained(job, trace, found, clear);
}

type Found = {
  row?: Row | undefined;
  refusal?: Refusal | undefined;
  report?: MappedReport | undefined;
  findings: Finding[];
};

const covers = ({ line, lastLine }: { line: number; lastLine: number }, wanted: number) =>
  line <= wanted && wanted <= lastLine;

function explained(
  { mapping, series, line }: FileToMap & { line: number },
  trace: Trace,
  { row, refusal, report, findings }: Found,
  clear: boolean,
): ExplainedRow {
  const { names, used, readers } = trace;
  const view = report && reportView(report.built, report.fields, trace, clear);
  const isOwn = (each: Finding) => row !== undefined && covers(row, each.line);
  const cells = names.map((column): ExplainedCell => {
    const seen = view?.cells.find((cell) => cell.column === column && cell.line === row?.line);
    return {
      column,
      text: row ? shownCell(row, column, trace, clear) : '',
      uses: seen?.uses ?? [],
      findings: [...(seen?.findings ?? []), ...findings.filter((each) => isOwn(each) && each.column === column)],
      readers: readers.get(column) ?? [],
    };
  });
  const skippedBy = row && skipRuleOf(row, { mapping, series, names });
  const isLast = row !== undefined && isTrailer(row, mapping.csv);
  const fate = isLast && !refusal ? 'trailer' : fateOf({ row, refusal, report, findings }, skippedBy, line);
  return {
    fate,
    line: row?.line ?? line,
    lastLine: row?.lastLine ?? line,
    cells: fate === 'header' || fate === 'trailer' || !row ? [] : cells,
    constants: view?.constants ?? [],
    findings: [
      ...(view?.findings ?? []),
      ...findings.filter(({ column }) => column === null || !names.includes(column)),
    ],
    report: report
      ? {
          reference: report.built.reference,
          loan: report.built.loan,
          wouldBeSent: report.built.report !== null,
          lines: report.built.rows.map((each) => each.line),
        }
      : null,
    skippedBy: fate === 'skipped' ? (skippedBy ?? null) : null,
    refusal: refusal ?? null,
    unread: names.filter((name) => !used.has(name) && !name.startsWith('__fix_')),
  };
}

function fateOf(
  { row, refusal, report, findings }: Found,
  skippedBy: string | undefined,
  line: number,
): ExplainedRow['fate'] {
  if (line === 1 || (row && covers(row, 1))) return 'header';
  if (report) return 'report';
  if (refusal) return 'refused';
  if (!row) return 'none';
  if (findings.some(({ severity }) => severity === 'error')) return 'invalid';
  return skippedBy === undefined ? 'none' : 'skipped';
}

function skipRuleOf(
  row: Row,
  { mapping, series, names }: Pick<FileToMap, 'mapping' | 'series'> & { names: readonly string[] },
): string | undefined {
  if (row.cells.length !== names.length) return undefined;
  return compileMapping(mapping, mapping.contract.fields[mapping.api], series, () => {}, names).skippedBy(row);
}
