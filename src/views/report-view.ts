import { maskCell } from '../lib/mask.ts';
import { visible } from '../lib/shown-name.ts';
import type { BuiltReport } from '../mapping/compile/compile-mapping.ts';
import { type CellRead, conditions, type FieldTrace, type RulePath, type Trace } from '../mapping/compile/trace.ts';
import type { Finding } from '../mapping/finding.ts';
import type { Row } from '../reading/rows.ts';

/** What a cell has to do with a field: it is its value, is part of its value with other cells, or decides about it. */
export type Use = {
  role: 'value' | 'part' | 'decides';
  field: string;
  /** The part of the mapping that made it so. */
  rule: RulePath;
  /** Null when the field is left out, or when its parts are told by themselves. */
  value: string | null;
  /** How many filled cells the value may be made of: more than one where it is taken over rows. */
  cells: number;
};

/** A cell of an export, with what became of it. */
type CellView = { line: number; column: string; text: string; uses: Use[]; findings: Finding[] };

/** A report beside the cells it was made of. Texts are fit to be shown: masked, unless they were asked for in clear. */
export type ReportView = {
  cells: CellView[];
  /** Fields that come from no cell. */
  constants: Use[];
  /** Findings that point at no cell. */
  findings: Finding[];
};

/** Puts the cells a report was made of beside its fields. Pure. */
export function reportView(
  { rows, findings }: BuiltReport,
  fields: readonly FieldTrace[],
  trace: Trace,
  clear: boolean,
): ReportView {
  const cells = new Map<string, CellView>();
  const cellAt = (line: number, column: string): CellView | undefined => {
    const key = `${line} ${column}`;
    const row = rows.find((each) => each.line === line);
    const known = cells.get(key);
    if (known || !row || !trace.names.includes(column)) return known;
    const made = { line, column, text: shownCell(row, column, trace, clear), uses: [], findings: [] };
    cells.set(key, made);
    return made;
  };
  const isFilled = ({ filled }: CellRead) => filled;
  const constants: Use[] = [];
  for (const { field, rule, value, personal, cells: read, deciding, hasParts } of fields) {
    const cellsOf = read.filter(isFilled).length;
    const use = { field, rule, value: shownValue(hasParts ? undefined : value, personal, clear), cells: cellsOf };
    const home = read.find(isFilled) ?? read[0] ?? (hasParts ? undefined : deciding[0]);
    if (home)
      cellAt(home.line, home.column)?.uses.push({ ...use, rule: ruleBehind(home, deciding, rule), role: 'value' });
    else if (!hasParts) constants.push({ ...use, role: 'value' });
    const told = new Set(home && [`${home.line} ${home.column}`]);
    for (const [role, others] of [
      ['part', read.filter(isFilled)],
      ['decides', hasParts ? deciding.filter(isFilled) : deciding],
    ] as const)
      for (const read of others) {
        const { line, column } = read;
        if (told.has(`${line} ${column}`)) continue;
        told.add(`${line} ${column}`);
        cellAt(line, column)?.uses.push({ ...use, rule: ruleOf(read.rule), role });
      }
  }
  const homeless = findings.filter((finding) => {
    const cell = finding.column === null ? undefined : cellAt(finding.line, finding.column);
    cell?.findings.push(finding);
    return cell === undefined;
  });
  return { cells: inFileOrder([...cells.values()], trace), constants, findings: homeless };
}

/** The last condition that was asked is the one that held, when a cell decided and gave no value. */
function ruleBehind(home: CellRead, deciding: readonly CellRead[], rule: RulePath): RulePath {
  const last = deciding.includes(home) ? deciding.at(-1) : home;
  return last ? ruleOf(last.rule) : rule;
}

/** The rule a condition belongs to; any other reading is told by its own. */
export function ruleOf(read: RulePath): RulePath {
  const at = read.findIndex((part, i) => i > 1 && conditions.has(part));
  return at < 0 ? read : read.slice(0, at);
}

const inFileOrder = (cells: readonly CellView[], { names }: Trace) =>
  cells.toSorted((a, b) => a.line - b.line || names.indexOf(a.column) - names.indexOf(b.column));

/** A cell as it may be shown. */
export function shownCell(row: Row, column: string, { names, isPersonal }: Trace, clear: boolean): string {
  const text = row.cells[names.indexOf(column)] ?? '';
  return visible(clear ? text : maskCell(text, isPersonal(column)));
}

function shownValue(value: unknown, personal: boolean, clear: boolean): string | null {
  if (value === undefined) return null;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return visible(clear ? text : maskCell(text, personal));
}
