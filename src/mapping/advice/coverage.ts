import type { Problem } from '../../lib/problem.ts';
import { throughFunction } from '../compile/compile-call.ts';
import type { BuiltReport } from '../compile/compile-mapping.ts';
import { newMoment } from '../compile/moment.ts';
import { compilePredicate } from '../compile/predicates.ts';
import { Scope, trim } from '../compile/scope.ts';
import type { CaseField, Source } from '../language/source.ts';
import type { LoadedMapping } from '../load-mapping.ts';
import type { Mapping } from '../mapping.ts';
import type { Tested, TestRun } from '../testing/test-mapping.ts';
import { columnsOfLine, type FieldLine, linesOf, withNumbers } from './field-lines.ts';

/** A report that a test built, and what the test says of it. */
type Looked = {
  built: BuiltReport;
  columns: readonly string[];
  /** Fields the test expects of it. */
  fields: ReadonlySet<string>;
  /** Columns of the findings it has. */
  found: ReadonlySet<string>;
};

/**
 * Warns of what no test of a mapping touches. A field is touched when a test names it in `expect`, or expects a finding of
 * a column it reads; a code and a case when a report that is looked at so has it; a skip rule and a check when a test makes it act.
 * A constant without a condition needs no test. While tests fail nothing is said: their failures come first.
 */
export function untested(loaded: LoadedMapping, { failed, runs }: Tested): Problem[] {
  if (failed.length > 0 || runs.length === 0) return [];
  const { mapping, yaml } = loaded;
  const problems: Problem[] = [];
  const tell = (at: readonly PropertyKey[], message: string, key?: string) =>
    problems.push(
      yaml.problem(at, 'UNTESTED', message, { severity: 'warning', ...(key === undefined ? {} : { key }) }),
    );
  const looked = runs.flatMap(lookedAt);
  const codes = new Map<string, Set<string>>(Object.keys(mapping.codes).map((name) => [name, new Set()]));
  for (const line of linesOf(mapping.fields)) {
    const { path, spec, at } = line;
    const touching = looked.filter((one) => touches(one, line));
    if (touching.length === 0 && !('const' in spec && spec.when === undefined))
      tell(at.slice(0, -1), `no test looks at ${path}: name it in an expect`, String(at.at(-1)));
    for (const source of sourcesOf(spec))
      if ('codes' in source && typeof source.codes === 'string')
        for (const code of codesOf(source, line.numbers, touching, mapping)) codes.get(source.codes)?.add(code);
    if ('case' in spec && touching.length > 0) {
      const taken = branchesTaken(line, spec, touching, loaded);
      const open = spec.case.map((_, i) => i).filter((i) => !taken.has(i));
      if (open.length > 0)
        tell(
          [...at, 'case', open[0] ?? 0],
          `${path}: no test takes ${open.length === 1 ? 'this case' : `this case, nor ${open.length - 1} of those after it`}`,
        );
      if (typeof spec.else !== 'string' && !taken.has(-1)) tell([...at, 'else'], `${path}: no test takes this else`);
    }
  }
  for (const [name, seen] of codes) {
    const open = Object.keys(mapping.codes[name] ?? {}).filter((code) => !seen.has(code));
    if (open.length > 0)
      tell(['codes', name], `no test has code ${open.join(', ')} of ${name} where it looks at the field`, open[0]);
  }
  for (const [i, { id }] of mapping.skip.entries())
    if (!runs.some(({ outcome }) => outcome.skipped[id])) tell(['skip', i], `no test skips a row by ${id}`);
  for (const [i, { id }] of mapping.checks.entries())
    if (!runs.some(({ outcome }) => outcome.findings.some(({ code }) => code === id)))
      tell(['checks', i], `no test makes the check ${id} tell of something`);
  return problems.toSorted((a, b) => a.line - b.line || a.col - b.col);
}

function lookedAt({ test, outcome }: TestRun): Looked[] {
  let sent = 0;
  return outcome.built.map((built) => {
    const expected = built.report ? test.expect?.[sent++] : undefined;
    const columns = built.findings.flatMap(({ column }) => (column === null ? [] : [column]));
    return { built, columns: outcome.names, fields: new Set(namesIn(expected, '')), found: new Set(columns) };
  });
}

/** The dotted names of all fields an expectation names. */
function namesIn(expected: unknown, prefix: string): string[] {
  if (Array.isArray(expected)) return expected.flatMap((item) => namesIn(item, prefix));
  if (typeof expected !== 'object' || expected === null) return [];
  return Object.entries(expected).flatMap(([key, value]) => [prefix + key, ...namesIn(value, `${prefix}${key}.`)]);
}

const touches = ({ fields, found }: Looked, line: FieldLine) =>
  fields.has(line.path) || columnsOfLine(line).some((column) => found.has(column));

/** A source and, of a case, the sources it chooses among. */
function sourcesOf(spec: Source): Source[] {
  if (!('case' in spec)) return [spec];
  const otherwise = typeof spec.else === 'string' ? [] : sourcesOf(spec.else);
  return [...spec.case.map(({ when: _, ...source }) => source as Source), ...otherwise];
}

/** The columns whose cells a source takes as they are. */
function codedColumns(source: Source): string[] {
  if ('firstOf' in source) return source.firstOf;
  return ['from', 'first', 'last'].flatMap((key) => {
    const column = (source as Record<string, unknown>)[key];
    return typeof column === 'string' ? [column] : [];
  });
}

/** What stands in the columns whose codes a line reads. */
function cellsOf(source: Source, numbers: readonly number[], looked: readonly Looked[]): string[] {
  const read = codedColumns(source);
  return looked.flatMap(({ built, columns }) =>
    read
      .flatMap((column) => withNumbers(column, numbers))
      .flatMap((column) => built.rows.map(({ cells }) => trim(cells[columns.indexOf(column)] ?? ''))),
  );
}

/** The codes in those cells, as its function makes them, if it has one. */
function codesOf(source: Source, numbers: readonly number[], looked: readonly Looked[], mapping: Mapping): string[] {
  const cells = cellsOf(source, numbers, looked);
  if (!('call' in source) || source.call === undefined) return cells;
  const { call } = source;
  return cells.flatMap((text) => throughFunction(mapping, call, text) ?? []);
}

/** Which branches of a case the reports took; -1 is its else. */
function branchesTaken(
  line: FieldLine,
  spec: CaseField,
  looked: readonly Looked[],
  { mapping }: LoadedMapping,
): Set<number> {
  const taken = new Set<number>();
  for (const { built, columns } of looked) {
    const index = new Map(columns.map((name, at) => [name, at]));
    const scope = new Scope(mapping, mapping.contract.fields[mapping.api], 'artificial', () => {}, index);
    const numbers = line.numbers.length === 0 ? [''] : line.numbers;
    for (const n of numbers) {
      const tests = spec.case.map(({ when }) => compilePredicate(put(when, n), scope, []));
      for (const row of line.eachRow ? built.rows : built.rows.slice(0, 1)) {
        const moment = Object.assign(newMoment(), { rows: built.rows, row, report: built.partial });
        taken.add(tests.findIndex((test) => test(moment)));
      }
    }
  }
  return taken;
}

/** A condition with a number in the place of `{n}`. */
const put = <T>(when: T, n: number | string): T => JSON.parse(JSON.stringify(when).replaceAll('{n}', String(n))) as T;
