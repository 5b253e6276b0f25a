import type { Field } from '../../contract/field-table.ts';
import { loanOf, referenceOf } from '../../contract/report-keys.ts';
import { applyRules, type RuleHit } from '../../contract/rules.ts';
import type { Report } from '../../contract/shapes.ts';
import type { PersonSeries } from '../../lib/identity-code.ts';
import { maskCell } from '../../lib/mask.ts';
import type { Row } from '../../reading/rows.ts';
import type { Finding } from '../finding.ts';
import type { Fields } from '../language/source.ts';
import type { Check, Mapping } from '../mapping.ts';
import { compileFields } from './compile-fields.ts';
import { compileGone, compileLoanOf } from './compile-gone.ts';
import { columnOf } from './compile-value.ts';
import { newMoment } from './moment.ts';
import { compilePredicate } from './predicates.ts';
import { compileRequirement, type Demand } from './requirements.ts';
import { Scope, type Tell } from './scope.ts';
import type { Trace } from './trace.ts';
import { compileTrailer } from './trailer.ts';

/** What is known when an export is mapped, besides its rows. */
export type MapContext = {
  /** When the export was taken, UTC, as the register writes it; kept with the export so that bodies never change. */
  takenAt: string;
  /** The day in Finland the export was taken. */
  today: string;
  fileName: string;
  /** Receives the names of the functions that are called; the tests of a mapping must call all of them. */
  called?: Set<string>;
};

/** What became of the rows of one report before sending: a report, or the findings that stop it. */
export type BuiltReport = {
  rows: readonly Row[];
  /** Null when an error stops it. */
  report: Report | null;
  /** What could be built of it, also when an error stops it; never sent. */
  partial: Report;
  findings: Finding[];
  reference: string | null;
  loan: string | null;
};

/** A mapping made into functions, for one order of columns. */
export type CompiledMapping = {
  /** Every column an export must have. */
  columns: string[];
  /** The id of the skip rule that takes the row out, if any. */
  skippedBy(row: Row): string | undefined;
  /** What rows of one report have in common; '' when the row has none, null when each row is a report of its own. */
  groupKey: ((row: Row) => string) | null;
  /** True when rows of one report differ where they must not. */
  disagree(rows: readonly Row[]): boolean;
  /** Builds one report from its rows, checks it, and says what is wrong. `known` are findings of reading the rows. */
  build(rows: readonly Row[], context: MapContext, known?: readonly Finding[]): BuiltReport;
  /** Which loan a row is about, although no report is made of it; null when that cannot be read. */
  loanOfRow(row: Row): string | null;
  /** Builds the report on a loan that no row names any more; only with `whenGone`. Its findings have no line. */
  buildGone(loan: string, context: MapContext): BuiltReport;
};

/**
 * Compiles a mapping once; building a report then allocates little more than the report itself.
 * @param tell receives what is wrong with the mapping
 * @param names the export's columns in order; left out when a mapping is only checked
 * @param trace watches it at work
 */
export function compileMapping(
  mapping: Mapping,
  root: Field,
  series: PersonSeries,
  tell: Tell,
  names?: readonly string[],
  trace?: Trace,
): CompiledMapping {
  const index = names && new Map(names.map((name, at) => [name, at]));
  const scope = new Scope(mapping, root, series, tell, index, trace);
  const fill = compileFields(mapping.fields, root, scope, ['fields']);
  const everyRow = scope.columnsOfEveryRow();
  const skips = mapping.skip.map((rule, i) => ({
    id: rule.id,
    test: compilePredicate(rule.when, scope, ['skip', i, 'when']),
  }));
  const columns = columnsOf(mapping.fields);
  const checks = mapping.checks.map((check, i) => compileCheck(check, scope, columns, ['checks', i]));
  const groupKey = mapping.records ? keyOf([mapping.records.groupBy].flat(), scope) : null;
  for (const column of mapping.csv.columns.carry) scope.position(column);
  if (mapping.csv.trailer) compileTrailer(mapping.csv.trailer, scope);
  if (names) trace?.begin(names, scope.columns, (column) => scope.isPersonal(column));
  const differ =
    names && mapping.records ? mustAgree(names, everyRow.union(new Set(mapping.records.mayDiffer)), scope) : [];
  const gone = compileGone(mapping, root, scope);
  const hitsOf = compileRules(mapping);
  const loanOfRow = compileLoanOf(mapping, root, series, index);
  const moment = newMoment();
  // The cell behind a finding about a whole report, when there is just one.
  const cellOf = (rows: readonly Row[], column: string | null) => {
    if (column === null || rows.length !== 1) return null;
    return maskCell(rows[0]?.cells[index?.get(column) ?? -1] ?? '', scope.isPersonal(column));
  };
  return {
    columns: [...scope.columns],
    groupKey,
    skippedBy(row) {
      moment.row = row;
      moment.report = {};
      return skips.find(({ test }) => test(moment))?.id;
    },
    disagree(rows) {
      const findings: Finding[] = [];
      tellDifferences(rows, differ, findings);
      return findings.length > 0;
    },
    build(rows, context, known = []) {
      const [first] = rows;
      if (!first) throw new Error('a report has at least one row');
      const report: Report = {};
      const findings: Finding[] = [...known];
      Object.assign(moment, {
        rows,
        row: first,
        report,
        findings,
        takenAt: context.takenAt,
        today: context.today,
        fileName: context.fileName,
        called: context.called,
      });
      if (rows.length > 1) tellDifferences(rows, differ, findings);
      fill(moment, report);
      if (!hasError(findings)) judge(report, checks, hitsOf, columns, context, rows, findings, cellOf);
      return builtReport(rows, report, findings);
    },
    loanOfRow,
    buildGone(loan, context) {
      const report: Report = {};
      const findings: Finding[] = [];
      const type = loan.slice(0, loan.indexOf(':'));
      const number = loan.slice(type.length + 1);
      const known = { takenAt: context.takenAt, today: context.today, fileName: context.fileName, loanNumber: number };
      gone?.(Object.assign(newMoment(), known, { report, findings }), report);
      report['loanNumber'] = { type, number };
      if (!hasError(findings)) judge(report, checks, hitsOf, new Map(), context, [], findings, () => null);
      return builtReport([], report, findings);
    },
  };
}

function builtReport(rows: readonly Row[], report: Report, findings: Finding[]): BuiltReport {
  return {
    rows,
    report: hasError(findings) ? null : report,
    partial: report,
    findings,
    reference: referenceOf(report),
    loan: loanOf(report),
  };
}

const hasError = (findings: readonly Finding[]) => findings.some(({ severity }) => severity === 'error');

/** Finds what is against a report, by the register's rules and by what is known of the register besides. */
function compileRules({ api, contract }: Mapping): (report: Report, today: string) => RuleHit[] {
  const parts = contract.fields[api].children;
  const knows = (part: string) => parts.has(part);
  const judges = [contract.overlayJudges[api], contract.schemaJudges[api]].filter((judge) => judge !== undefined);
  return (report, today) => {
    const hits = applyRules(api, report, { today, knows });
    for (const judge of judges) hits.push(...judge(report));
    return hits;
  };
}

function judge(
  report: Report,
  checks: readonly CompiledCheck[],
  hitsOf: ReturnType<typeof compileRules>,
  columns: ReadonlyMap<string, string>,
  context: MapContext,
  rows: readonly Row[],
  findings: Finding[],
  cellOf: (rows: readonly Row[], column: string | null) => string | null,
): void {
  const place = { stage: 'check' as const, line: rows[0]?.line ?? 0, lastLine: rows.at(-1)?.lastLine ?? 0 };
  for (const hit of hitsOf(report, context.today)) {
    const column = columns.get(hit.path) ?? columns.get(`${hit.path}.value`) ?? null;
    findings.push({
      ...place,
      code: hit.code,
      severity: hit.severity,
      column,
      value: cellOf(rows, column),
      expected: hit.expected,
      message: null,
    });
  }
  for (const check of checks)
    if (check.applies(report) && check.demand(report) === false)
      findings.push({
        ...place,
        code: check.id,
        severity: check.severity,
        column: check.column,
        value: cellOf(rows, check.column),
        expected: check.expected,
        message: check.say,
      });
}

type CompiledCheck = {
  id: string;
  severity: 'error' | 'warning';
  demand: Demand;
  applies: (report: Report) => boolean;
  expected: string;
  column: string | null;
  say: string | null;
};

function compileCheck(
  check: Check,
  scope: Scope,
  columns: ReadonlyMap<string, string>,
  path: readonly PropertyKey[],
): CompiledCheck {
  const { demand, expected, fields } = compileRequirement(check.require, scope, [...path, 'require']);
  const when = check.when && compilePredicate(check.when, scope, [...path, 'when']);
  const column = fields.map((field) => columns.get(field)).find((name) => name !== undefined) ?? null;
  const say = typeof check.say === 'string' ? check.say : (check.say?.en ?? check.say?.fi ?? check.say?.sv ?? null);
  const moment = newMoment();
  const applies = when ? (report: Report) => when(Object.assign(moment, { report })) : () => true;
  return { id: check.id, severity: check.severity, demand, applies, expected, column, say };
}

function keyOf(groupBy: readonly string[], scope: Scope): (row: Row) => string {
  const cells = groupBy.map((column) => scope.cell(column, ['records', 'groupBy']));
  const moment = newMoment();
  return (row) => {
    moment.row = row;
    if (cells.length === 1) return cells[0]?.(moment) ?? '';
    const parts = cells.map((read) => read(moment));
    return parts.includes('') ? '' : parts.join('\u001f');
  };
}

/** Columns whose cells must be the same on all rows of one report. */
function mustAgree(
  names: readonly string[],
  free: ReadonlySet<string>,
  scope: Scope,
): { name: string; at: number; personal: boolean }[] {
  return names.flatMap((name, at) =>
    free.has(name) || name.startsWith('__fix_') ? [] : [{ name, at, personal: scope.isPersonal(name) }],
  );
}

function tellDifferences(
  rows: readonly Row[],
  columns: readonly { name: string; at: number; personal: boolean }[],
  findings: Finding[],
): void {
  const [first, ...others] = rows;
  for (const row of others)
    for (const { name, at, personal } of columns) {
      const text = row.cells[at] ?? '';
      if (text === first?.cells[at] || text.trim() === first?.cells[at]?.trim()) continue;
      findings.push({
        code: 'ROWS_DIFFER',
        severity: 'error',
        stage: 'map',
        line: row.line,
        lastLine: row.lastLine,
        column: name,
        value: maskCell(text, personal),
        expected: `the same as on line ${first?.line}: rows of one report may differ only in the columns of mayDiffer`,
        message: null,
      });
    }
}

/** Which column a field of the report comes from, where it is just one; list items without their `[]`. */
export function columnsOf(fields: Fields, prefix = ''): Map<string, string> {
  const columns = new Map<string, string>();
  for (const [key, spec] of Object.entries(fields)) {
    const column = columnOf(spec);
    if (column !== null) columns.set(prefix + key, column);
    if ('fields' in spec)
      for (const [path, inner] of columnsOf(spec.fields, `${prefix}${key}.`)) columns.set(path, inner);
  }
  return columns;
}
