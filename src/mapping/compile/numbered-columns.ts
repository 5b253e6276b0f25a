import type { EachField } from '../language/source.ts';
import { addFinding } from './add-finding.ts';
import { Fault } from './fault.ts';
import type { Moment } from './moment.ts';
import type { Scope } from './scope.ts';

/** Puts a number in the place of `{n}` wherever a column is named. */
export function numbered(value: unknown, n: number): unknown {
  if (typeof value === 'string') return value.replaceAll('{n}', String(n));
  if (Array.isArray(value)) return value.map((item) => numbered(item, n));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, key === 'const' ? member : numbered(member, n)]),
  );
}

/** Warns of the first filled cell that belongs to an item the mapping takes for absent: it would be lost without a word. */
export function compileLeftOver(spec: EachField, n: number, scope: Scope): (moment: Moment) => void {
  const looked = new Set([...columnsIn(spec.presentWhen, 'column')].map(({ column }) => column));
  const cells = [...columnsIn(spec.fields)]
    .filter(({ column }) => column.includes('{n}') && !looked.has(column))
    .map(({ column, emptyAs }) => {
      const name = String(numbered(column, n));
      return { name, read: scope.cell(name, [], emptyAs) };
    });
  return (moment) => {
    for (const { name, read } of cells) {
      const text = read(moment);
      if (text === '') continue;
      const fault = new Fault('ABSENT_ITEM_FILLED', `an empty cell: presentWhen says that there is no item ${n}`);
      // The column may be personal through its format alone, so nothing of the cell is shown.
      return addFinding(moment, fault, name, text, true, 'warning');
    }
  };
}

/** Warns of an item that is absent while a later one is there: something may be missing, or may have slipped. */
export function tellGap(spec: EachField, { absent, there }: { absent: number; there: number }, moment: Moment): void {
  const column = typeof spec.presentWhen === 'string' ? String(numbered(spec.presentWhen, absent)) : null;
  const fault = new Fault('COLUMNS_GAP', `items without a gap: item ${absent} is absent, item ${there} is there`);
  addFinding(moment, fault, column, '', false, 'warning');
}

const columnKeys = new Set(['from', 'firstOf', 'column', 'sum', 'min', 'max', 'first', 'last', 'count', 'by']);

/** Every column that a piece of the mapping names, with what counts as empty there. */
function* columnsIn(
  spec: unknown,
  key = '',
  emptyAs?: readonly string[],
): Generator<{ column: string; emptyAs: readonly string[] | undefined }> {
  if (typeof spec === 'string') {
    if (columnKeys.has(key)) yield { column: spec, emptyAs };
  } else if (Array.isArray(spec)) for (const item of spec) yield* columnsIn(item, key, emptyAs);
  else if (typeof spec === 'object' && spec !== null) {
    const own = 'emptyAs' in spec && Array.isArray(spec.emptyAs) ? spec.emptyAs.map(String) : emptyAs;
    for (const [inner, value] of Object.entries(spec)) if (inner !== 'const') yield* columnsIn(value, inner, own);
  }
}
