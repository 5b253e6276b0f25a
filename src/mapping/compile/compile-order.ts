import type { Row } from '../../reading/rows.ts';
import type { By } from '../language/aggregate-specs.ts';
import { addFinding } from './add-finding.ts';
import { Fault } from './fault.ts';
import type { Moment } from './moment.ts';
import type { Scope } from './scope.ts';

type Path = readonly PropertyKey[];

/** What a cell is compared by; cells of different forms do not compare. */
type Key = { form: string; key: string | number };

/**
 * Finds the first or the last of some rows by a column.
 * @param same whether it makes no difference which of two rows is taken
 * @returns its place among the rows; undefined when their order is not certain, which is told as a finding
 */
export type Order = (
  rows: readonly Row[],
  latest: boolean,
  same: (one: number, other: number) => boolean,
  moment: Moment,
) => number | undefined;

/** Compiles `by`. Rows whose order cannot be told for certain make a finding: which one counts is never guessed. */
export function compileOrder(by: By, scope: Scope, path: Path): Order {
  const column = typeof by === 'string' ? by : by.column;
  const read = scope.cell(column, [...path, 'by']);
  const { keyOf, personal } =
    typeof by === 'string' ? { keyOf: plainKey, personal: false } : converted(by, scope, path);
  const hide = personal || scope.isPersonal(column);
  return (rows, latest, same, moment) => {
    const { row: first } = moment;
    const keys: Key[] = [];
    const tell = (row: Row, fault: Fault) => {
      moment.row = row;
      addFinding(moment, fault, column, read(moment), hide);
      moment.row = first;
    };
    for (const row of rows) {
      moment.row = row;
      const text = read(moment);
      moment.row = first;
      const key = text === '' ? new Fault('ORDER_EMPTY', `a value: ${column} puts the rows in order`) : keyOf(text);
      if (key instanceof Fault) tell(row, key);
      else if (keys[0] && key.form !== keys[0].form)
        tell(row, new Fault('ORDER_FORM', `the form of the cell on line ${rows[0]?.line}: ${keys[0].form}`));
      else keys.push(key);
    }
    if (keys.length < rows.length) return undefined;
    return best(keys, latest, same, (one, other) => {
      const row = rows[other];
      if (row)
        tell(
          row,
          new Fault('ORDER_TIE', `another value than on line ${rows[one]?.line}: which row counts is not certain`),
        );
    });
  };
}

function best(
  keys: readonly Key[],
  latest: boolean,
  same: (one: number, other: number) => boolean,
  tie: (one: number, other: number) => void,
): number | undefined {
  let found = 0;
  for (let at = 1; at < keys.length; at++) {
    const [a, b] = [keys[at]?.key ?? '', keys[found]?.key ?? ''];
    if (latest ? a > b : a < b) found = at;
  }
  const tied = keys.findIndex(({ key }, at) => at !== found && key === keys[found]?.key && !same(found, at));
  if (tied < 0) return found;
  tie(found, tied);
  return undefined;
}

function converted(
  by: Exclude<By, string>,
  scope: Scope,
  path: Path,
): { keyOf(text: string): Key | Fault; personal: boolean } {
  const at = [...path, 'by', 'as'];
  const converter = scope.converter(by.as, at);
  if (!converter) return { keyOf: plainKey, personal: false };
  if (converter.kind === 'boolean')
    scope.tell(at, 'AGGREGATE', 'true and false have no order; by needs a day, a time or a number');
  return {
    personal: converter.personal,
    keyOf(text) {
      const value = converter.convert(text);
      return value instanceof Fault ? value : { form: by.as, key: typeof value === 'boolean' ? String(value) : value };
    },
  };
}

const written = /^(\d{4}-\d\d-\d\d|\d\d:\d\d(:\d\d)?|\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?)$/;

/** Texts whose order is plain without a format: whole numbers, and days and times written largest part first. */
function plainKey(text: string): Key | Fault {
  if (/^\d{1,30}$/.test(text)) {
    const digits = text.replace(/^0+/, '');
    return { form: 'a whole number', key: `${String(digits.length).padStart(2, '0')}${digits}` };
  }
  if (written.test(text)) return { form: text.replace(/\d/g, '9'), key: text };
  return new Fault(
    'ORDER_FORM',
    'a whole number, or a time such as 2026-01-31, 23:59 or 2026-01-31 23:59; for any other way of writing the mapping says by: { column, as }',
  );
}
