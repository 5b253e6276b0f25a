import { stringify } from 'yaml';
import { loadMapping } from '../mapping/load-mapping.ts';
import { mapExport } from '../mapping/map-export.ts';
import type { Mapping } from '../mapping/mapping.ts';
import type { Column } from './column-profile.ts';
import type { Draft, DraftCodes } from './draft.ts';
import type { Records } from './guess-records.ts';
import { guessTrailer } from './guess-trailer.ts';
import { Masker, type Masking, sumOf } from './mask-rows.ts';
import { rolesOf } from './other-roles.ts';
import { sideRoles } from './side-roles.ts';

type Rows = Draft['look']['sample']['rows'];
type Outcome = {
  reports: Record<string, unknown>[];
  findings: { code: string; line: number; lastLine: number; column: string | null; severity: string }[];
};

const mostTests = 6;
/** What no test can hold: characters that are no text, line ends among them. */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Cn}\p{Zl}\p{Zp}]/u;
const mostTries = 40;

/**
 * Writes the first tests of a draft: reports of its own sample, masked, with what the draft makes of them. What depends on
 * a code that is still to be filled is left out of `expect`, so that the tests hold whatever it will be.
 * @param write the draft's text, codes that are still to be filled written by `fill`
 * @returns '' when the draft makes no report of any rows
 */
export async function firstTests(
  draft: Draft,
  write: (fill: (list: DraftCodes) => string) => string,
  records: Records | undefined,
  today: string,
): Promise<string> {
  const fills = [(list: DraftCodes) => list.values[0] ?? '', (list: DraftCodes) => list.values.at(-1) ?? ''];
  const drafts = fills.flatMap((fill) => {
    const { loaded } = loadMapping(write(fill), 'draft.yaml', 'artificial');
    return loaded ? [loaded] : [];
  });
  const [first, last] = drafts;
  if (!first || !last) return '';
  const columns = maskings(draft, first.needed);
  const tests: string[] = [];
  const shown = new Set<string>();
  const left = candidates(draft, records).map((rows) => ({ rows, shows: showsOf(draft, rows) }));
  for (let tries = 0; tests.length < mostTests && tries < mostTries && left.length > 0; tries++) {
    const news = left.map(({ shows }) => shows.filter((each) => !shown.has(each)).length);
    const most = Math.max(...news);
    const [best] = left.splice(news.indexOf(most), 1);
    if (!best || most === 0) break;
    const masked = new Masker(draft.look.emptyWords).mask(best.rows, columns);
    if (masked.some((cells) => cells.some((cell) => unprintable.test(cell)))) continue;
    const table = [first.needed, ...masked, ...trailerOf(draft, first.needed, masked)];
    const [a, b] = [await run(first.mapping, table, today), await run(last.mapping, table, today)];
    const reports = a.reports.flatMap((report, i) => common(report, b.reports[i]));
    const errors = a.findings.some(({ code }) => b.findings.some((other) => other.code === code));
    if (errors || reports.length !== 1) continue;
    for (const each of best.shows) shown.add(each);
    tests.push(testText(tests.length, table, draft.look.sample.delimiter.value, today, reports));
  }
  return tests.length === 0
    ? ''
    : `tests: # rows of the sample, masked: persons, numbers, amounts, days and texts are made up\n${tests.join('\n')}`;
}

/** Rows of one report each, those of several rows first. */
function candidates(draft: Draft, records: Records | undefined): Rows[] {
  const { rows } = draft.look.sample;
  if (!records) return rows.slice(0, 400).map((row) => [row]);
  const groups = Map.groupBy(rows, (row) => draft.look.cell(row, records.groupBy));
  const some = [...groups].filter(([key, group]) => key !== '' && group.length <= 6).map(([, group]) => group);
  return some.toSorted((a, b) => Number(b.length > 1) - Number(a.length > 1)).slice(0, 400);
}

/**
 * What a report shows that another may not: each of its codes, and whether it has several rows. Fields depend on the type
 * of the loan: a code of another type is another thing to show.
 */
function showsOf(draft: Draft, rows: Rows): string[] {
  const coded = [...rolesOf[draft.api]].filter(({ kind }) => kind === 'codes' || kind === 'yesNo');
  const codes = coded.flatMap(({ id }) => {
    const column = draft.column(id);
    const code = column && rows[0] ? draft.look.cell(rows[0], column) : '';
    return code === '' ? [] : [`${id} ${code}`];
  });
  const [type] = codes.filter((code) => code.startsWith('loanType '));
  return [...codes.map((code) => `${type} ${code}`), `rows ${rows.length > 1}`];
}

/** How each column is masked that the draft reads: codes and counts are kept, all else is made up. */
function maskings(draft: Draft, names: readonly string[]): Masking[] {
  const kinds = new Map<Column, Masking['as']>();
  for (const role of [...rolesOf[draft.api], ...sideRoles]) {
    const column = draft.column(role.id);
    if (!column) continue;
    if (role.kind === 'yesNo' || role.kind === 'codes' || role.kind === 'currency' || role.kind === 'integer')
      kinds.set(column, 'keep');
    else if (role.kind === 'key') kinds.set(column, 'key');
    else if (role.kind === 'percent') kinds.set(column, 'rate');
  }
  return names.flatMap((name) => {
    const column = draft.look.columns.find((each) => each.name === name);
    return column ? [{ column, as: kinds.get(column) ?? 'other' }] : [];
  });
}

/** The line that closes the file, for the rows of a test. */
function trailerOf(draft: Draft, names: readonly string[], rows: readonly (readonly string[])[]): string[][] {
  const guess = guessTrailer(draft.look);
  if (!guess) return [];
  const { startsWith, rowCount, sum } = guess;
  const cells = Array.from({ length: Math.max(2, rowCount ?? 0, sum?.cell ?? 0) }, () => '');
  cells[0] = startsWith;
  if (rowCount !== undefined) cells[rowCount - 1] = String(rows.length);
  if (sum)
    cells[sum.cell - 1] = sumOf(
      rows.map((row) => row[names.indexOf(sum.of.name)] ?? ''),
      sum.of,
    );
  return [cells];
}

async function run(mapping: Mapping, table: readonly (readonly string[])[], today: string): Promise<Outcome> {
  const outcome: Outcome = { reports: [], findings: [] };
  const rows = table.map((cells, i) => ({ line: i + 1, lastLine: i + 1, cells: [...cells] }));
  const read = async function* () {
    yield { rows, text: '' };
  };
  const context = { takenAt: `${today}T00:00:00Z`, today, fileName: 'test.csv' };
  for await (const block of mapExport({
    mapping,
    series: 'artificial',
    context,
    read,
    startOver: () => {},
    scratch: '',
  }))
    for (const built of block.reports) {
      outcome.reports.push(built.partial);
      outcome.findings.push(...built.findings.filter(({ severity }) => severity === 'error'));
    }
  return outcome;
}

/** What two reports agree in; nothing when they agree in nothing. */
function common(a: unknown, b: unknown): Record<string, unknown>[] {
  const same = agreed(a, b);
  return typeof same === 'object' && same !== null && !Array.isArray(same) ? [{ ...same }] : [];
}

function agreed(a: unknown, b: unknown): unknown {
  if (typeof a !== 'object' || a === null || typeof b !== 'object' || b === null) return a === b ? a : undefined;
  if (Array.isArray(a)) return JSON.stringify(a) === JSON.stringify(b) ? a : undefined;
  const others = new Map(Object.entries(b));
  const members = Object.entries(a).flatMap(([key, value]) => {
    const same = agreed(value, others.get(key));
    return same === undefined ? [] : [[key, same] as const];
  });
  return members.length > 0 ? Object.fromEntries(members) : undefined;
}

function testText(
  n: number,
  table: readonly (readonly string[])[],
  delimiter: string,
  today: string,
  reports: readonly Record<string, unknown>[],
): string {
  const lines = table.map((cells) => cells.map((cell) => csvCell(cell, delimiter)).join(delimiter));
  const indented = (text: string) =>
    text
      .trimEnd()
      .split('\n')
      .map((line) => `      ${line}`)
      .join('\n');
  // A block of YAML cannot begin with a blank.
  const odd = lines.some((line) => /^ /.test(line) || unprintable.test(line.replaceAll('\t', ' ')));
  const given = odd ? ` ${JSON.stringify(`${lines.join('\n')}\n`)}` : ` |\n${indented(lines.join('\n'))}`;
  return [
    `  - name: a report as the sample has it${n === 0 ? '' : `, ${n + 1}`}`,
    `    today: ${today}`,
    `    given:${given}`,
    '    expect:',
    indented(stringify(reports, { lineWidth: 0 })),
    '',
  ].join('\n');
}

const csvCell = (text: string, delimiter: string) =>
  text.includes(delimiter) || /["\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
