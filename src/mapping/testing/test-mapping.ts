import { dayInFinland } from '../../lib/calendar.ts';
import type { Problem } from '../../lib/problem.ts';
import { didYouMean } from '../../lib/suggest.ts';
import type { PlaceOptions } from '../../lib/yaml-file.ts';
import type { Refusal } from '../../reading/rows.ts';
import { columnsOf } from '../compile/compile-mapping.ts';
import type { Finding } from '../finding.ts';
import type { LoadedMapping } from '../load-mapping.ts';
import type { MappingTest } from '../mapping.ts';
import { compareFindings } from './compare-findings.ts';
import { compareReports } from './compare-reports.ts';
import { mapTestRows, type TestOutcome } from './test-rows.ts';

type Path = readonly PropertyKey[];

/** A test and what its rows became. */
export type TestRun = { test: MappingTest; outcome: TestOutcome };

/** What the tests of a mapping came to: the names of those that failed; `runs` are those whose rows could be read. */
export type Tested = { passed: number; failed: string[]; problems: Problem[]; runs: TestRun[] };

/** Runs the tests written in a mapping, with the code that maps real exports; each failure points at its place in the file. */
export async function testMapping(loaded: LoadedMapping, now: Date): Promise<Tested> {
  const { tests } = loaded.mapping;
  const problems: Problem[] = [];
  const runs: TestRun[] = [];
  if (tests.length === 0)
    problems.push(
      loaded.yaml.problem(
        ['mapping'],
        'NO_TESTS',
        'the mapping has no tests: nothing shows that it does what it says',
        { severity: 'warning' },
      ),
    );
  const failed: string[] = [];
  for (const [i, test] of tests.entries()) {
    const before = problems.length;
    const outcome = await runTest(loaded, test, i, now, (message, path, options) =>
      problems.push(loaded.yaml.problem(path, 'TEST_FAILED', `test "${test.name}": ${message}`, options)),
    );
    if (outcome) runs.push({ test, outcome });
    if (problems.length > before) failed.push(test.name);
  }
  for (const name of Object.keys(loaded.mapping.functions))
    if (!runs.some(({ outcome }) => outcome.called.has(name)))
      problems.push(
        loaded.yaml.problem(
          ['functions'],
          'FUNCTION_UNTESTED',
          `no test of the mapping calls the function ${name}: nothing shows what it does`,
          { key: name },
        ),
      );
  return { passed: tests.length - failed.length, failed, problems, runs };
}

type Say = (message: string, path: Path, options?: PlaceOptions) => void;

async function runTest(
  { mapping, yaml }: LoadedMapping,
  test: MappingTest,
  i: number,
  now: Date,
  say: Say,
): Promise<TestOutcome | undefined> {
  const at: Path = ['tests', i];
  const base = test.like === undefined ? i : mapping.tests.findIndex(({ name }) => name === test.like);
  const { given, today } = mapping.tests[base] ?? {};
  if (given === undefined) {
    say(sayLike(test, mapping.tests), [...at, 'like']);
    return undefined;
  }
  const rows: Path = ['tests', base, 'given'];
  const mapped = await mapTestRows(
    given.endsWith('\n') ? given : `${given}\n`,
    mapping,
    test.today ?? today ?? dayInFinland(now),
    test.with ?? {},
    (column, hint) => say(`no column ${column}${hint}`, [...at, 'with'], { key: column }),
  );
  const outcome = 'refused' in mapped ? (expectedRefusal(test, mapped.refused) ?? mapped) : mapped;
  // A line of the rows is pointed at in the file; of a test that varies the rows of another, the place is only told.
  const sayAtRow = (message: string, row: number) => {
    if (base === i) say(message, rows, { row });
    else say(`${message} (its row is on line ${yaml.problem(rows, '', '', { row }).line})`, at, { key: 'name' });
  };
  if ('refused' in outcome) {
    const { code, line, expected } = outcome.refused;
    sayAtRow(`the rows cannot be read: ${code} on line ${line} of them, expected ${expected}`, line);
    return undefined;
  }
  const differences = compareFindings(test, outcome.findings, mapping);
  for (const difference of differences)
    if (difference.kind === 'unexpected') sayAtRow(difference.message, difference.line);
    else
      say(difference.message, [
        ...at,
        'expectFindings',
        difference.at,
        ...(difference.key === undefined ? [] : [difference.key]),
      ]);
  // A report that an unexpected finding stops is missing for that reason alone.
  const stopped = differences.some(({ kind }) => kind === 'unexpected');
  if (test.expect && !(stopped && test.expect.length !== outcome.reports.length))
    compareReports(
      test.expect,
      outcome.reports,
      mapping.contract.fields[mapping.api],
      { columns: columnsOf(mapping.fields), personal: new Set(mapping.csv.columns.personal) },
      (message, path, key) => say(message, [...at, 'expect', ...path], key === undefined ? {} : { key }),
    );
  return outcome;
}

/** A file that shall be refused whole: its refusal is the one finding. */
function expectedRefusal({ expectFindings = [] }: MappingTest, refusal: Refusal): TestOutcome | undefined {
  const { code, line, column, expected } = refusal;
  if (!expectFindings.some((finding) => finding.code === code)) return undefined;
  const place = { line, lastLine: line, column, value: null };
  const finding: Finding = { code, severity: 'error', stage: 'read', ...place, expected, message: null };
  return { names: [], findings: [finding], built: [], reports: [], skipped: {}, called: new Set() };
}

function sayLike({ name, like = '' }: MappingTest, tests: readonly MappingTest[]): string {
  if (like === name) return 'like names the test itself; name another one';
  if (tests.some((test) => test.name === like))
    return `like: "${like}" has no rows of its own; name the test it is like`;
  const names = tests.filter(({ given }) => given !== undefined).map((test) => test.name);
  return `no test with given rows is named "${like}"${didYouMean(like, names)}`;
}
