import { type Field, fieldTables } from '../contract/field-table.ts';
import type { Report } from '../contract/shapes.ts';
import { dayInFinland } from '../lib/calendar.ts';
import type { Problem } from '../lib/problem.ts';
import { didYouMean } from '../lib/suggest.ts';
import { parseBlock } from '../reading/parse-block.ts';
import { RefusedExport, type Row } from '../reading/rows.ts';
import type { Finding } from './finding.ts';
import type { LoadedMapping } from './load-mapping.ts';
import { mapExport } from './map-export.ts';
import type { MappingTest } from './mapping.ts';
import { trim } from './scope.ts';

type Path = readonly PropertyKey[];

/** Runs the tests written in a mapping, with the code that maps real exports; each failure points at its test. */
export async function testMapping(loaded: LoadedMapping, now: Date): Promise<{ passed: number; problems: Problem[] }> {
  const { tests } = loaded.mapping;
  const problems: Problem[] = [];
  const tell = (path: Path, message: string) => problems.push(loaded.yaml.problem(path, 'TEST_FAILED', message));
  if (tests.length === 0)
    problems.push(
      loaded.yaml.problem(
        ['mapping'],
        'NO_TESTS',
        'the mapping has no tests: nothing shows that it does what it says',
        { severity: 'warning' },
      ),
    );
  let passed = 0;
  for (const [i, test] of tests.entries()) {
    const before = problems.length;
    await runTest(loaded, test, i, now, tell);
    if (problems.length === before) passed++;
  }
  return { passed, problems };
}

async function runTest(
  loaded: LoadedMapping,
  test: MappingTest,
  i: number,
  now: Date,
  tell: (path: Path, message: string) => void,
): Promise<void> {
  const at: Path = ['tests', i];
  const say = (message: string, path: Path = at) => tell(path, `test "${test.name}": ${message}`);
  const base =
    test.like === undefined
      ? test
      : loaded.mapping.tests.find((other) => other.name === test.like && other.given !== undefined);
  if (base?.given === undefined) {
    const names = loaded.mapping.tests.filter((other) => other.given !== undefined).map((other) => other.name);
    return say(`no test with given rows is named "${test.like}"${didYouMean(test.like ?? '', names)}`, [...at, 'like']);
  }
  const given = base.given.endsWith('\n') ? base.given : `${base.given}\n`;
  const outcome = await mapText(given, loaded, test.today ?? base.today ?? dayInFinland(now), (header, rows) =>
    vary(header, rows, test.with ?? {}, (column, hint) => say(`no column ${column}${hint}`, [...at, 'with'])),
  );
  if ('refused' in outcome)
    return say(
      `the rows cannot be read: ${outcome.refused.code} on line ${outcome.refused.line}, expected ${outcome.refused.expected}`,
    );
  compareFindings(test, outcome.findings, (message, path = []) => say(message, [...at, ...path]));
  if (test.expect)
    compareReports(test.expect, outcome.reports, fieldTables[loaded.mapping.api], (message, path) =>
      say(message, [...at, 'expect', ...path]),
    );
}

/** Maps rows given as text; the way `run` takes, from the header on. Persons are artificial ones here, wherever the mapping will run. */
async function mapText(
  text: string,
  { mapping }: LoadedMapping,
  today: string,
  change: (header: Row, rows: Row[]) => void,
) {
  const findings: Finding[] = [];
  const reports: Report[] = [];
  try {
    const { rows } = parseBlock(text, mapping.csv.delimiter, 1);
    const [header, ...others] = rows;
    if (header) change(header, others);
    const read = async function* () {
      yield { rows, text };
    };
    const startOver = () => {
      findings.length = 0;
      reports.length = 0;
    };
    const context = { takenAt: `${today}T00:00:00Z`, today, fileName: 'test.csv' };
    for await (const block of mapExport({ mapping, series: 'artificial', context, read, startOver, scratch: '' })) {
      findings.push(...block.findings, ...block.reports.flatMap((built) => built.findings));
      reports.push(...block.reports.flatMap(({ report }) => (report ? [report] : [])));
    }
  } catch (error) {
    if (error instanceof RefusedExport) return { refused: error.refusal };
    throw error;
  }
  return { findings, reports };
}

/** Puts the cells of `with` into every row. */
function vary(
  header: Row,
  rows: readonly Row[],
  cells: Record<string, string>,
  unknown: (column: string, hint: string) => void,
): void {
  const names = header.cells.map(trim);
  for (const [column, text] of Object.entries(cells)) {
    const at = names.indexOf(column);
    if (at < 0) unknown(column, didYouMean(column, names));
    else for (const row of rows) row.cells[at] = text;
  }
}

type Say = (message: string, path?: Path) => void;

/** Errors must be told completely and exactly; a warning needs no mention, but one that is mentioned must be there. */
function compareFindings(test: MappingTest, found: readonly Finding[], say: Say): void {
  const left = [...found];
  for (const [i, expected] of (test.expectFindings ?? []).entries()) {
    const named = Object.entries(expected);
    const at = left.findIndex((finding) => named.every(([key, value]) => finding[key as keyof Finding] === value));
    if (at >= 0) left.splice(at, 1);
    else
      say(
        `expected finding ${named.map(([key, value]) => `${key} ${value}`).join(', ')}; found ${sayFindings(found)}`,
        ['expectFindings', i],
      );
  }
  const errors = left.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) say(`unexpected finding: ${sayFindings(errors)}`);
}

const sayFindings = (findings: readonly Finding[]) =>
  findings.length === 0
    ? 'none'
    : findings
        .map(
          ({ code, line, column, expected }) =>
            `${code} line ${line}${column === null ? '' : ` column ${column}`} (expected ${expected})`,
        )
        .join('; ');

function compareReports(
  expected: readonly Record<string, unknown>[],
  got: readonly Report[],
  root: Field,
  say: (message: string, path: Path) => void,
): void {
  if (expected.length !== got.length) say(`expected ${expected.length} report(s), got ${got.length}`, []);
  expected.forEach((wanted, i) => {
    tellUnknown(wanted, root, [i], say);
    const report = got[i];
    if (report) compare(wanted, report, [i], '', say);
  });
}

/** A field name the contract does not know would never fail: it is an error of the test. */
function tellUnknown(wanted: unknown, field: Field, path: Path, say: (message: string, path: Path) => void): void {
  if (Array.isArray(wanted)) for (const [i, item] of wanted.entries()) tellUnknown(item, field, [...path, i], say);
  else if (typeof wanted === 'object' && wanted !== null)
    for (const [key, value] of Object.entries(wanted)) {
      const child = field.children.get(key);
      if (child) tellUnknown(value, child, [...path, key], say);
      else
        say(`${key} is not a field of ${field.path || 'the report'}${didYouMean(key, field.children.keys())}`, [
          ...path,
          key,
        ]);
    }
}

function compare(
  wanted: unknown,
  got: unknown,
  path: Path,
  name: string,
  say: (message: string, path: Path) => void,
): void {
  if (Array.isArray(wanted)) {
    if (!Array.isArray(got) || got.length !== wanted.length) {
      say(`${name}: expected ${wanted.length} item(s), got ${Array.isArray(got) ? got.length : sayValue(got)}`, path);
      return;
    }
    for (const [i, item] of wanted.entries()) compare(item, got[i], [...path, i], `${name}[${i}]`, say);
  } else if (typeof wanted === 'object' && wanted !== null) {
    const members = typeof got === 'object' && got !== null ? (got as Report) : undefined;
    if (!members) say(`${name}: expected an object, got ${sayValue(got)}`, path);
    else
      for (const [key, value] of Object.entries(wanted))
        compare(value, members[key], [...path, key], name === '' ? key : `${name}.${key}`, say);
  } else if (wanted !== (got === undefined ? null : got))
    say(`${name}: expected ${sayValue(wanted)}, got ${sayValue(got)}`, path);
}

const sayValue = (value: unknown) => (value === undefined || value === null ? 'nothing' : JSON.stringify(value));
