import type { Field } from '../contract/field-table.ts';
import { maskCell } from '../lib/mask.ts';
import { didYouMean } from '../lib/suggest.ts';
import { compileCodeList } from './compile-code-list.ts';
import { constFault, textFault } from './const-value.ts';
import { Fault } from './fault.ts';
import type { Converter } from './formats.ts';
import type { CaseField, Handling, Source } from './mapping.ts';
import type { Moment } from './moment.ts';
import { compilePattern, compilePredicate, type Test } from './predicates.ts';
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
  return null;
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
  const { convert, personal } = compileText(spec, field, scope, path);
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

type Value = string | number | boolean;

/** The steps from the text of a filled cell to the value: shape, then codes or format, then prefix and suffix, then what the field allows. */
function compileText(
  spec: Handling,
  field: Field,
  scope: Scope,
  path: Path,
): { convert(text: string, moment: Moment): Value | Fault; personal: boolean } {
  const hasShape = spec.shape;
  const shape =
    hasShape === undefined
      ? undefined
      : compilePattern(hasShape, (message) => scope.tell([...path, 'shape'], 'PATTERN', message));
  const { step, kind, personal } = compileStep(spec, field, scope, path);
  if (!fits(kind, field))
    mismatch(
      scope,
      path,
      field,
      spec.as === undefined ? 'a cell is text: say how the value is written' : `as: ${spec.as} is ${say(kind)}`,
    );
  const affix = spec.prefix !== undefined || spec.suffix !== undefined;
  if (affix && kind !== 'text') scope.tell(path, 'AFFIX', `${field.path}: prefix and suffix go with text only`);
  const { prefix = '', suffix = '' } = spec;
  const restricted =
    field.kind === 'text' && (field.values !== undefined || field.pattern !== undefined) && spec.codes === undefined;
  const convert = (text: string, moment: Moment): Value | Fault => {
    if (shape && !shape(text)) return new Fault('SHAPE', `the form ${hasShape}`);
    const value = step(text, moment);
    if (value instanceof Fault) return value;
    const whole = affix ? prefix + value + suffix : value;
    const fault = restricted ? textFault(field, String(whole)) : undefined;
    return fault === undefined ? whole : new Fault('VALUE_NOT_ALLOWED', fault.replace(/^expected /, ''));
  };
  return { convert, personal };
}

type Step = { step(text: string, moment: Moment): Value | Fault; kind: Converter['kind'] | 'any'; personal: boolean };

function compileStep(spec: Handling, field: Field, scope: Scope, path: Path): Step {
  if (spec.codes !== undefined) {
    if (spec.as !== undefined) scope.tell([...path, 'as'], 'CODES_OR_AS', `${field.path}: say codes or as, not both`);
    return compileCodes(spec.codes, field, scope, path);
  }
  // An identity code is checked whatever the mapping says of it: a wrong one is wrong data about a person.
  const name = spec.as ?? (field.format === 'personalIdentityCode' ? 'personalIdentityCode' : 'text');
  const converter = scope.converter(name, [...path, 'as']);
  if (!converter) return { step: (text) => text, kind: 'any', personal: false };
  return { step: converter.convert, kind: converter.kind, personal: converter.personal };
}

function compileCodes(name: string, field: Field, scope: Scope, path: Path): Step {
  const dated = Object.hasOwn(scope.mapping.lists, name) ? scope.mapping.lists[name] : undefined;
  if (dated) return { step: compileCodeList(dated, field, scope), kind: 'any', personal: false };
  const list = Object.hasOwn(scope.mapping.codes, name) ? scope.mapping.codes[name] : undefined;
  if (!list) {
    const known = [...Object.keys(scope.mapping.codes), ...Object.keys(scope.mapping.lists)];
    scope.tell(
      [...path, 'codes'],
      'UNKNOWN_CODES',
      `no code list ${name}${didYouMean(name, known) || `; known: ${known.join(', ')}`}`,
    );
    return { step: (text) => text, kind: 'any', personal: false };
  }
  for (const [code, value] of Object.entries(list)) {
    const fault = constFault(field, value);
    if (fault) scope.tell(['codes', name, code], 'CODE_VALUE', `${field.path}: ${fault}`);
  }
  const values = new Map(Object.entries(list));
  const expected = `one of ${[...values.keys()].join(', ')}`;
  return { step: (text) => values.get(text) ?? new Fault('CODE_UNKNOWN', expected), kind: 'any', personal: false };
}

function fits(kind: Step['kind'], field: Field): boolean {
  if (kind === 'any' || kind === field.kind) return true;
  return kind === 'integer' && field.kind === 'decimal';
}

const say = (kind: string) =>
  ({ decimal: 'a decimal', integer: 'a whole number', boolean: 'true or false', date: 'a day', dateTime: 'a time' })[
    kind
  ] ?? kind;

function mismatch(scope: Scope, path: Path, field: Field, why: string): void {
  const known = Object.entries(scope.mapping.formats).find(([, format]) => format.type === field.kind)?.[0];
  scope.tell(
    path,
    'FIELD_KIND',
    `${field.path} is ${say(field.kind)}, but ${why} (for example as: ${known ?? field.kind})`,
  );
}

/** Adds a finding about the cell at hand; the value is masked on the way in. */
export function addFinding(
  moment: Moment,
  fault: Fault,
  column: string | null,
  text: string | null,
  personal: boolean,
): void {
  moment.findings.push({
    code: fault.code,
    severity: 'error',
    stage: 'map',
    line: moment.row.line,
    lastLine: moment.row.lastLine,
    column,
    value: text === null || column === null ? null : maskCell(text, personal),
    expected: fault.expected,
    message: null,
  });
}
