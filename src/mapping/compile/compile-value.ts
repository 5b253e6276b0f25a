import type { Field } from '../../contract/field-table.ts';
import type { CaseField, Handling, Source } from '../language/source.ts';
import { addFinding } from './add-finding.ts';
import { columnOfAggregate, compileAggregate, isAggregate } from './compile-aggregate.ts';
import { compileCall } from './compile-call.ts';
import { compileText, mismatch, say } from './compile-text.ts';
import { constFault } from './const-value.ts';
import { Fault } from './fault.ts';
import type { Moment } from './moment.ts';
import { compilePredicate, type Test } from './predicates.ts';
import type { Scope } from './scope.ts';

/** Makes one value of a report from the rows at hand; undefined when there is none. Adds findings for what is wrong. */
export type Make = (moment: Moment) => unknown;

type Path = readonly PropertyKey[];

/** Compiles where one value comes from, for the field it goes to. */
export function compileValue(spec: Source, field: Field, scope: Scope, path: Path): Make {
  const make = compileSource(spec, field, scope, path);
  return spec.when ? guarded(compilePredicate(spec.when, scope, [...path, 'when']), make) : make;
}

/** The column a finding about a field should point at, when the field has just one. */
export function columnOf(spec: object): string | null {
  if ('from' in spec) return String(spec.from);
  if ('firstOf' in spec && Array.isArray(spec.firstOf)) return String(spec.firstOf[0]);
  return isAggregate(spec) ? columnOfAggregate(spec) : null;
}

const guarded =
  (test: Test, make: Make): Make =>
  (moment) =>
    test(moment) ? make(moment) : undefined;

function compileSource(spec: Source, field: Field, scope: Scope, path: Path): Make {
  if ('const' in spec) {
    const fault = constFault(field, spec.const);
    if (fault) scope.tell([...path, 'const'], 'CONST', `${field.path}: ${fault}`);
    const value = spec.const;
    return typeof value === 'object' ? () => structuredClone(value) : () => value;
  }
  if ('meta' in spec) return compileMeta(spec, field, scope, path);
  if ('case' in spec) return compileCase(spec, field, scope, path);
  if (isAggregate(spec)) return compileAggregate(spec, field, scope, path);
  const columns = 'from' in spec ? [spec.from] : spec.firstOf;
  return compileCells(columns, spec as Handling, field, scope, path);
}

function compileMeta(spec: Extract<Source, { meta: string }>, field: Field, scope: Scope, path: Path): Make {
  const { meta, prefix = '', suffix = '' } = spec;
  const kind =
    meta === 'takenAt' && prefix + suffix === ''
      ? 'dateTime'
      : meta === 'line' && prefix + suffix === ''
        ? 'integer'
        : 'text';
  if (field.kind !== kind && field.kind !== 'text')
    mismatch(scope, [...path, 'meta'], field, `meta: ${meta} is ${say(kind)}`);
  if (meta === 'loanNumber') {
    if (path[0] !== 'whenGone')
      scope.tell([...path, 'meta'], 'META', `${field.path}: meta: loanNumber is for whenGone; here say from: COLUMN`);
    return ({ loanNumber }) => prefix + loanNumber + suffix;
  }
  if (meta === 'line')
    return field.kind === 'integer' ? ({ row }) => row.line : ({ row }) => prefix + row.line + suffix;
  return meta === 'takenAt' ? ({ takenAt }) => prefix + takenAt + suffix : ({ fileName }) => prefix + fileName + suffix;
}

function compileCase(spec: CaseField, field: Field, scope: Scope, path: Path): Make {
  const branches = spec.case.map((branch, i) => {
    const { when, ...source } = branch;
    const at = [...path, 'case', i];
    return {
      test: compilePredicate(when, scope, [...at, 'when']),
      make: compileSource(source as Source, field, scope, at),
    };
  });
  const otherwise = compileElse(spec, field, scope, path);
  return (moment) => {
    for (const { test, make } of branches) if (test(moment)) return make(moment);
    return otherwise(moment);
  };
}

function compileElse(spec: CaseField, field: Field, scope: Scope, path: Path): Make {
  if (spec.else === 'omitted') return () => undefined;
  if (spec.else !== 'unmapped') return compileValue(spec.else, field, scope, [...path, 'else']);
  const column = spec.case.map((branch) => branch.when.column).find((name) => name !== undefined) ?? null;
  const read = column === null ? () => '' : scope.cell(column, [...path, 'else']);
  const personal = column !== null && scope.isPersonal(column);
  return (moment) => {
    addFinding(
      moment,
      new Fault('CASE_UNMAPPED', 'a value that one of the cases names'),
      column,
      read(moment),
      personal,
    );
    return undefined;
  };
}

function compileCells(columns: readonly string[], spec: Handling, field: Field, scope: Scope, path: Path): Make {
  const cells = columns.map((column) => ({
    column,
    read: scope.cell(column, path, spec.emptyAs),
    personal: scope.isPersonal(column),
  }));
  const { convert: convertText, personal } = compileText(spec, field, scope, path);
  const convert = spec.call === undefined ? convertText : compileCall(spec.call, convertText, scope, path);
  const fallback = spec.default;
  if (fallback !== undefined) {
    const fault = constFault(field, fallback);
    if (fault) scope.tell([...path, 'default'], 'CONST', `${field.path}: ${fault}`);
  }
  const finish = (moment: Moment, text: string, cell: (typeof cells)[number]) => {
    const value = convert(text, moment);
    if (!(value instanceof Fault)) return value;
    addFinding(moment, value, cell.column, text, personal || cell.personal);
    return undefined;
  };
  const [only] = cells;
  if (only && cells.length === 1)
    return (moment) => {
      const text = only.read(moment);
      return text === '' ? fallback : finish(moment, text, only);
    };
  return (moment) => {
    for (const cell of cells) {
      const text = cell.read(moment);
      if (text !== '') return finish(moment, text, cell);
    }
    return fallback;
  };
}
