import type { Field } from '../../contract/field-table.ts';
import type { Row } from '../../reading/rows.ts';
import { type AggregateField, aggregateForms, type PickedField } from '../language/aggregate-specs.ts';
import { addFinding } from './add-finding.ts';
import { compileOrder } from './compile-order.ts';
import { compileText, mismatch, say, type TextConverter } from './compile-text.ts';
import { constFault } from './const-value.ts';
import { addExactly } from './exact-sum.ts';
import { Fault } from './fault.ts';
import type { Moment } from './moment.ts';
import { compilePredicate, type Test } from './predicates.ts';
import type { Scope } from './scope.ts';

type Path = readonly PropertyKey[];
type Make = (moment: Moment) => unknown;
type Value = string | number | boolean;

/** A filled cell of one of the rows. */
type Cell = { row: Row; text: string; value: Value };

/** True for a field whose value is taken over all rows of a report. */
export const isAggregate = (spec: object): spec is AggregateField => formOf(spec) !== undefined;

const formOf = (spec: object) => aggregateForms.find((form) => form in spec);

/** The column an aggregate looks at; null when it counts rows. */
export function columnOfAggregate(spec: AggregateField): string | null {
  if ('sum' in spec) return spec.sum;
  if ('min' in spec) return spec.min;
  if ('max' in spec) return spec.max;
  if ('first' in spec) return spec.first;
  if ('last' in spec) return spec.last;
  return spec.count === 'rows' ? null : spec.count;
}

/** Compiles a value that is taken over all rows of a report. */
export function compileAggregate(spec: AggregateField, field: Field, scope: Scope, path: Path): Make {
  if (!scope.mapping.records)
    scope.tell(
      path,
      'AGGREGATE',
      `${field.path}: ${formOf(spec)} is taken over the rows of one report, so records: { groupBy: … } must say which these are; a single cell is from: ${columnOfAggregate(spec) ?? 'COLUMN'}`,
    );
  return scope.onEveryRow(() =>
    'count' in spec ? compileCount(spec, field, scope, path) : compileCells(spec, field, scope, path),
  );
}

function compileCount(spec: Extract<AggregateField, { count: string }>, field: Field, scope: Scope, path: Path): Make {
  if (field.kind !== 'integer' && field.kind !== 'decimal')
    mismatch(scope, [...path, 'count'], field, `count is ${say('integer')}`);
  const read = spec.count === 'rows' ? () => 'row' : scope.cell(spec.count, path, spec.emptyAs);
  const over = compileRows(spec, scope, path);
  return (moment) => {
    let count = 0;
    over(moment, () => {
      if (read(moment) !== '') count++;
    });
    return count;
  };
}

type CellSpec = Exclude<AggregateField, { count: string }>;

function compileCells(spec: CellSpec, field: Field, scope: Scope, path: Path): Make {
  const column = columnOfAggregate(spec) ?? '';
  const read = scope.cell(column, path, spec.emptyAs);
  const personal = scope.isPersonal(column);
  const text = compileText(spec, field, scope, path);
  const over = compileRows(spec, scope, path);
  const fallback = spec.default;
  if (fallback !== undefined) {
    const fault = constFault(field, fallback);
    if (fault) scope.tell([...path, 'default'], 'CONST', `${field.path}: ${fault}`);
  }
  const reduce = compileReduce(spec, field, text, scope, path);
  return (moment) => {
    const cells: Cell[] = [];
    let faulty = false;
    over(moment, () => {
      const cell = read(moment);
      if (cell === '') return;
      const value = text.convert(cell, moment);
      if (value instanceof Fault) {
        faulty = true;
        addFinding(moment, value, column, cell, personal || text.personal);
      } else cells.push({ row: moment.row, text: cell, value });
    });
    if (faulty) return undefined;
    if (cells.length === 0) return fallback;
    const value = reduce(cells, moment);
    if (!(value instanceof Fault)) return value;
    addFinding(moment, value, column, null, false);
    return undefined;
  };
}

type Reduce = (cells: readonly Cell[], moment: Moment) => Value | Fault | undefined;

function compileReduce(spec: CellSpec, field: Field, { kind }: TextConverter, scope: Scope, path: Path): Reduce {
  const form = formOf(spec);
  if ('first' in spec || 'last' in spec) return compilePick(spec, scope, path);
  if (form === 'sum') {
    if (!['integer', 'decimal', 'any'].includes(kind))
      scope.tell(path, 'AGGREGATE', `${field.path}: only numbers add up; say as: with a decimal or integer format`);
    return (cells) => addExactly(cells.map(({ value }) => Number(value)));
  }
  if (!['integer', 'decimal', 'date', 'dateTime', 'any'].includes(kind))
    scope.tell(
      path,
      'AGGREGATE',
      `${field.path}: ${form} compares numbers, days and times; say as: with such a format`,
    );
  const better = form === 'min' ? (a: Value, b: Value) => a < b : (a: Value, b: Value) => a > b;
  return (cells) => cells.map(({ value }) => value).reduce((best, value) => (better(value, best) ? value : best));
}

function compilePick(spec: PickedField, scope: Scope, path: Path): Reduce {
  const latest = 'last' in spec;
  if (spec.by === undefined) return (cells) => cells.at(latest ? -1 : 0)?.value;
  const order = compileOrder(spec.by, scope, path);
  return (cells, moment) => {
    const at = order(
      cells.map(({ row }) => row),
      latest,
      (one, other) => cells[one]?.text === cells[other]?.text,
      moment,
    );
    return at === undefined ? undefined : cells[at]?.value;
  };
}

function compileRows(spec: AggregateField, scope: Scope, path: Path): (moment: Moment, look: () => void) => void {
  const where: Test | undefined = spec.where && compilePredicate(spec.where, scope, [...path, 'where']);
  return (moment, look) => {
    const { row: first } = moment;
    for (const row of moment.rows) {
      moment.row = row;
      if (!where || where(moment)) look();
    }
    moment.row = first;
  };
}
