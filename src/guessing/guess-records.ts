import type { Column } from './column-profile.ts';
import type { Draft } from './draft.ts';

/** Rows that belong together in one report, and the columns in which they may differ. */
export type Records = { groupBy: Column; mayDiffer: string[]; why: string };

type Rows = Draft['look']['sample']['rows'];

/**
 * Guesses whether several rows make one report: one loan with several borrowers, or one delay with several instalments.
 * The fields come first: a column they read is not one in which rows may differ.
 */
export function guessRecords(draft: Draft): Records | undefined {
  const key = groupKeyOf(draft);
  if (!key) return undefined;
  const groups = groupsBy(draft, key);
  const several = [...groups.values()].filter((rows) => rows.length > 1);
  const why =
    several.length === 0
      ? 'guess: one report for each loan; in this file no loan has two rows'
      : `guess: ${several.length} of ${groups.size} stand on several rows`;
  return { groupBy: key, mayDiffer: differing(draft, several, partsOf(draft)), why };
}

/** The column that tells which rows make one report; undefined when each row is one. */
export function groupKeyOf(draft: Draft): Column | undefined {
  if (draft.api === 'Repayments' || draft.api === 'TerminateLoans') return undefined;
  const number = draft.column('loanNumber');
  const parts = partsOf(draft);
  if (!number || parts.length === 0 || parts.some((column) => draft.look.numbered.has(column))) return undefined;
  const key = keyColumn(draft, number, parts);
  const several = [...groupsBy(draft, key).values()].some((rows) => rows.length > 1);
  return several || draft.api === 'DelayedRepayments' ? key : undefined;
}

/** The columns whose cells make the list of a report: its borrowers, or its late instalments. */
function partsOf(draft: Draft): Column[] {
  const roles = draft.api === 'DelayedRepayments' ? ['delayedInstalment', 'originalDueDate'] : ['idCode'];
  return roles.flatMap((role) => draft.column(role) ?? []);
}

/** The loan number, or a number of the change when a loan changes twice and the loan number would mix the two. */
function keyColumn(draft: Draft, number: Column, parts: readonly Column[]): Column {
  const reference = draft.column('reference');
  if (!reference || draft.api !== 'UpdateLoans' || reference.values.length < reference.rows) return number;
  const byReference = [...groupsBy(draft, reference).values()];
  const one = byReference.every((rows) => new Set(rows.map((row) => draft.look.cell(row, number))).size === 1);
  const mixed = [...groupsBy(draft, number).values()].some((rows) =>
    parts.some((part) => {
      const cells = rows.map((row) => draft.look.cell(row, part));
      return new Set(cells).size < cells.length;
    }),
  );
  return one && (mixed || byReference.some((rows) => rows.length > 1)) ? reference : number;
}

function groupsBy(draft: Draft, column: Column): Map<string, Rows> {
  const rows = draft.look.sample.rows.filter((row) => draft.look.cell(row, column) !== '');
  return Map.groupBy(rows, (row) => draft.look.cell(row, column));
}

/**
 * The columns whose cells differ within a report. A column that fills a field of the whole report must not differ: it is
 * listed only when nothing is read from it.
 */
function differing(draft: Draft, groups: readonly Rows[], parts: readonly Column[]): string[] {
  const names = new Set(
    [...parts, draft.column('borrowerRole')].flatMap((column) => column ?? []).map(({ name }) => name),
  );
  for (const column of draft.look.columns) {
    if (names.has(column.name)) continue;
    const differ = groups.filter((rows) => new Set(rows.map(({ cells }) => (cells[column.at] ?? '').trim())).size > 1);
    if (differ.length === 0) continue;
    if (!draft.used.has(column.name)) names.add(column.name);
    else
      draft.left.push(
        `${column.name} differs between the rows of ${differ.length} reports, and fills a field of the whole report: such reports will be findings`,
      );
  }
  return draft.look.columns.map(({ name }) => name).filter((name) => names.has(name));
}
