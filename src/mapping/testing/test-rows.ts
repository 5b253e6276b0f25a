import type { Report } from '../../contract/shapes.ts';
import { didYouMean } from '../../lib/suggest.ts';
import { parseBlock } from '../../reading/parse-block.ts';
import { type Refusal, RefusedExport, type Row } from '../../reading/rows.ts';
import type { BuiltReport } from '../compile/compile-mapping.ts';
import { trim } from '../compile/scope.ts';
import { isTrailer } from '../compile/trailer.ts';
import type { Finding } from '../finding.ts';
import { mapExport } from '../map-export.ts';
import type { Mapping } from '../mapping.ts';

/** What the rows of a test became. */
export type TestOutcome = {
  names: string[];
  findings: Finding[];
  /** Everything that was built, also what an error stops. */
  built: BuiltReport[];
  reports: Report[];
  /** Rows taken out, by the id of the skip rule. */
  skipped: Record<string, number>;
  /** Functions of the mapping that were called. */
  called: Set<string>;
};

/**
 * Maps rows given as text; the way `run` takes, from the header on. Persons are artificial ones here, wherever the mapping
 * will run.
 * @param cells what to put into every row, by column
 * @param unknown told of a column of `cells` that the rows do not have
 */
export async function mapTestRows(
  text: string,
  mapping: Mapping,
  today: string,
  cells: Readonly<Record<string, string>>,
  unknown: (column: string, hint: string) => void,
): Promise<TestOutcome | { refused: Refusal }> {
  const outcome: TestOutcome = { names: [], findings: [], built: [], reports: [], skipped: {}, called: new Set() };
  try {
    const { rows } = parseBlock(text, mapping.csv.delimiter, 1);
    const [header, ...others] = rows;
    outcome.names = header?.cells.map(trim) ?? [];
    // Examples need not be closed by a trailer; one that is there must agree.
    const closed = others.at(-1);
    const trailer = closed !== undefined && isTrailer(closed, mapping.csv);
    vary(outcome.names, trailer ? others.slice(0, -1) : others, cells, unknown);
    const { trailer: _, ...open } = mapping.csv;
    const tested = trailer ? mapping : { ...mapping, csv: open };
    const read = async function* () {
      yield { rows, text };
    };
    const startOver = () => {
      Object.assign(outcome, { findings: [], built: [], reports: [], skipped: {} });
    };
    const context = { takenAt: `${today}T00:00:00Z`, today, fileName: 'test.csv', called: outcome.called };
    for await (const block of mapExport({
      mapping: tested,
      series: 'artificial',
      context,
      read,
      startOver,
      scratch: '',
    })) {
      outcome.findings.push(...block.findings, ...block.reports.flatMap(({ findings }) => findings));
      outcome.built.push(...block.reports);
      outcome.reports.push(...block.reports.flatMap(({ report }) => (report ? [report] : [])));
      for (const [id, count] of Object.entries(block.skipped)) outcome.skipped[id] = (outcome.skipped[id] ?? 0) + count;
    }
  } catch (error) {
    if (error instanceof RefusedExport) return { refused: error.refusal };
    throw error;
  }
  return outcome;
}

/** Puts the cells of `with` into every row. */
function vary(
  names: readonly string[],
  rows: readonly Row[],
  cells: Readonly<Record<string, string>>,
  unknown: (column: string, hint: string) => void,
): void {
  for (const [column, text] of Object.entries(cells)) {
    const at = names.indexOf(column);
    if (at < 0) unknown(column, didYouMean(column, names));
    else for (const row of rows) row.cells[at] = text;
  }
}
