import { fieldTables, findField } from '../contract/field-table.ts';
import type { Column } from './column-profile.ts';
import type { Draft, DraftCodes } from './draft.ts';
import type { DraftLine } from './draft-lines.ts';
import { codesOf } from './guess-codes.ts';
import { never } from './guess-dates.ts';
import { plainMoney } from './guess-decimals.ts';

/** Where a field's line stands: the key it is written under, and the whole path from the report. */
export type Target = { key: string; path: string };

/** A field at the top of the report, or within a part. */
export const target = (path: string, key = path.split('.').at(-1) ?? path): Target => ({ key, path });

/** A day, read from the column of a role. */
export function dateLine(draft: Draft, role: string, { key }: Target, from?: string): DraftLine[] {
  const column = draft.column(role);
  if (!column) return [];
  const format = column.date?.format ?? commonDate(draft);
  const nothing = [...never].filter((day) => column.values.includes(day));
  const notes = [
    ...(column.date?.or === undefined
      ? []
      : [`${column.date.format.format} or ${column.date.or}: no day above 12 tells`]),
    ...misfits(column.date?.misfits),
    ...(nothing.length > 0 ? [`${nothing.join(', ')} is taken for nothing`] : []),
  ];
  if (column.date?.or !== undefined) draft.supposed.push(`${column.name} is written ${column.date.format.format}`);
  const empties = nothing.length > 0 ? `, emptyAs: ${JSON.stringify(['', ...draft.look.emptyWords, ...nothing])}` : '';
  const source = `from: ${from ?? draft.from(column)}, as: ${draft.format(format, column.date?.hasTime ? 'dayOfTime' : 'day')}${empties}`;
  return [{ kind: 'source', key, source, note: draft.why(role, notes) }];
}

/** How most columns of the file write their days, for one that is always empty. */
function commonDate(draft: Draft): NonNullable<Column['date']>['format'] {
  const dated = draft.look.joined.find(({ date }) => date !== null);
  return dated?.date?.format ?? { type: 'date', format: 'dd.MM.yyyy' };
}

/** An amount or a percentage, read from the column of a role. */
export function decimalLine(
  draft: Draft,
  role: string,
  { key }: Target,
  { base = 'money', from }: { base?: 'money' | 'percent'; from?: string } = {},
): DraftLine[] {
  const column = draft.column(role);
  if (!column) return [];
  const guess = column.decimal ?? commonDecimal(draft);
  const least = base === 'money' ? 2 : 4;
  const scale = Math.max(least, guess?.format.scale ?? least);
  const notes = [
    ...(guess?.unclear && column.decimal?.hasMark ? [`"${guess.format.decimal}" taken for the decimal mark`] : []),
    ...misfits(column.decimal?.misfits),
  ];
  const format = guess?.format ?? { ...plainMoney, scale };
  // The groups of all columns of the kind together: one format, and it reads them all.
  const name = draft.format({ ...format, group: groupsOf(draft, format.decimal), scale }, base);
  return [
    { kind: 'source', key, source: `from: ${from ?? draft.from(column)}, as: ${name}`, note: draft.why(role, notes) },
  ];
}

function commonDecimal(draft: Draft) {
  return draft.look.joined.find(({ decimal }) => decimal?.hasMark)?.decimal ?? undefined;
}

function groupsOf(draft: Draft, mark: string): string[] {
  const groups = new Set<string>();
  for (const { decimal } of draft.look.joined)
    if (decimal?.format.decimal === mark) for (const sign of [decimal.format.group].flat()) groups.add(sign);
  return [...groups].filter((sign) => sign !== mark);
}

/** A whole number, read from the column of a role. */
export function integerLine(draft: Draft, role: string, { key }: Target): DraftLine[] {
  const column = draft.column(role);
  if (!column) return [];
  return [{ kind: 'source', key, source: `from: ${draft.from(column)}, as: integer`, note: draft.why(role) }];
}

/** Plain text, read from the column of a role. */
export function textLine(draft: Draft, role: string, { key }: Target, more = ''): DraftLine[] {
  const column = draft.column(role);
  if (!column) return [];
  return [{ kind: 'source', key, source: `from: ${draft.from(column)}${more}`, note: draft.why(role) }];
}

/** Yes or no: by the usual words, or by a code list with true and false. */
export function yesNoLine(draft: Draft, role: string, { key, path }: Target, list: string): DraftLine[] {
  const column = draft.column(role);
  if (!column) return [];
  const gaps = column.values.length < column.rows;
  const byDefault = gaps ? ', default: false' : '';
  const notes = gaps ? ['an empty cell taken for no'] : [];
  if (column.yesNo || column.values.length === 0) {
    const guess = column.yesNo?.format ?? draft.look.joined.find(({ yesNo }) => yesNo)?.yesNo?.format;
    const format = guess ?? { type: 'boolean' as const, true: ['K'], false: ['E'] };
    if (column.yesNo?.half) notes.push(`only ${[...(column.distinct?.keys() ?? [])].join('')} is seen`);
    const source = `from: ${draft.from(column)}, as: ${draft.format(format, 'yesNo')}${byDefault}`;
    return [{ kind: 'source', key, source, note: draft.why(role, notes) }];
  }
  const codes = (codesOf(column) ?? []).map(({ code, guess }) => {
    const value = guess(role);
    return { code, value: typeof value === 'boolean' ? value : undefined, why: 'by its word' };
  });
  return listLine(
    draft,
    role,
    key,
    { column: column.name, path, entries: codes, values: ['true', 'false'] },
    list,
    byDefault,
  );
}

/** A field with the register's own values, by a code list. `guessed` knows more than the words of the codes tell. */
export function codesLine(
  draft: Draft,
  role: string,
  { key, path }: Target,
  list: string,
  {
    guessed = () => undefined,
    more = '',
  }: { guessed?: (code: string) => { value: string; why: string } | undefined; more?: string } = {},
): DraftLine[] {
  const column = draft.column(role);
  if (!column) return [];
  const entries = (codesOf(column) ?? []).map(({ code, guess }) => {
    const value = guess(role);
    if (typeof value === 'string') return { code, value, why: 'by its word' };
    return { code, ...(guessed(code) ?? { value: undefined, why: '' }) };
  });
  const values = findField(fieldTables[draft.api], path)?.values ?? [];
  return listLine(draft, role, key, { column: column.name, path, entries, values }, list, more);
}

function listLine(draft: Draft, role: string, key: string, list: DraftCodes, base: string, more: string): DraftLine[] {
  const column = draft.column(role);
  if (!column) return [];
  if (list.entries.length === 0) {
    draft.left.push(`${list.path}: ${column.name} has no values to make a code list of`);
    return [{ kind: 'remark', text: `${key}: TODO, perhaps from ${column.name}, which is always empty here` }];
  }
  const source = `from: ${draft.from(column)}, codes: ${draft.codeList(list, base)}${more}`;
  return [{ kind: 'source', key, source, note: draft.why(role) }];
}

const misfits = (percent = 0) => (percent > 0 ? [`about ${percent} % of its cells are written otherwise`] : []);
