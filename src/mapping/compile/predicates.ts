import { RE2JS } from 're2js';
import type { Predicate } from '../language/predicate.ts';
import { Fault } from './fault.ts';
import type { Converter } from './formats.ts';
import type { Moment } from './moment.ts';

/** A compiled condition. */
export type Test = (moment: Moment) => boolean;

/** What compiling a condition needs from the mapping around it. */
export type PredicateScope = {
  /** Reads a trimmed cell, '' when it is empty by the mapping's word. */
  cell(column: string, path: readonly PropertyKey[]): (moment: Moment) => string;
  /** Reads a field of the report built so far. */
  field(path: string, at: readonly PropertyKey[]): (moment: Moment) => unknown;
  converter(name: string, at: readonly PropertyKey[]): Converter | undefined;
  problem(path: readonly PropertyKey[], code: string, message: string, key?: string): void;
};

const operators = [
  'is',
  'isNot',
  'in',
  'notIn',
  'empty',
  'filled',
  'matches',
  'before',
  'after',
  'lessThan',
  'moreThan',
  'atLeast',
  'atMost',
] as const;

/**
 * Compiles a condition. A cell that is empty satisfies `empty`, `isNot` and `notIn` only; a cell that cannot be read in
 * the format of `as` satisfies nothing: its finding comes from the field that maps it.
 */
export function compilePredicate(spec: Predicate, scope: PredicateScope, path: readonly PropertyKey[]): Test {
  const tests: Test[] = [];
  const nested = (key: 'all' | 'any') =>
    (spec[key] ?? []).map((each, i) => compilePredicate(each, scope, [...path, key, i]));
  if (spec.all) {
    const all = nested('all');
    tests.push((moment) => all.every((test) => test(moment)));
  }
  if (spec.any) {
    const any = nested('any');
    tests.push((moment) => any.some((test) => test(moment)));
  }
  if (spec.not) {
    const not = compilePredicate(spec.not, scope, [...path, 'not']);
    tests.push((moment) => !not(moment));
  }
  const used = operators.filter((key) => spec[key] !== undefined);
  const sources = [spec.column, spec.field].filter((source) => source !== undefined).length;
  if (sources > 1) scope.problem(path, 'CONDITION', 'say column or field, not both');
  if (sources === 0 && (used.length > 0 || tests.length === 0))
    scope.problem(path, 'CONDITION', 'say what is looked at: column or field (or all, any, not)');
  if (sources === 1 && used.length === 0)
    scope.problem(path, 'CONDITION', `say what is asked: ${operators.join(', ')}`);
  if (sources === 1 && used.length > 0) tests.push(...compare(spec, scope, path));
  const [only] = tests;
  if (tests.length === 1 && only) return only;
  return (moment) => tests.every((test) => test(moment));
}

function compare(spec: Predicate, scope: PredicateScope, path: readonly PropertyKey[]): Test[] {
  const read = reader(spec, scope, path);
  const tests: Test[] = [];
  const text = (value: unknown) => (value === undefined ? '' : String(value));
  const add = (test: (value: unknown) => boolean) => tests.push((moment) => test(read(moment)));
  const ordered = (test: (value: string | number) => boolean) =>
    add((value) => (typeof value === 'number' || typeof value === 'string') && value !== '' && test(value));
  if (spec.is !== undefined) {
    const wanted = String(spec.is);
    add((value) => text(value) === wanted);
  }
  if (spec.isNot !== undefined) {
    const unwanted = String(spec.isNot);
    add((value) => text(value) !== unwanted);
  }
  if (spec.in) {
    const wanted = new Set(spec.in.map(String));
    add((value) => wanted.has(text(value)));
  }
  if (spec.notIn) {
    const unwanted = new Set(spec.notIn.map(String));
    add((value) => !unwanted.has(text(value)));
  }
  if (spec.empty) add((value) => text(value) === '');
  if (spec.filled) add((value) => text(value) !== '');
  if (spec.matches !== undefined) {
    const pattern = compilePattern(spec.matches, (message) => scope.problem([...path, 'matches'], 'PATTERN', message));
    if (pattern) add((value) => pattern(text(value)));
  }
  const { before, after, lessThan, moreThan, atLeast, atMost } = spec;
  if (before !== undefined) ordered((value) => typeof value === 'string' && value < before);
  if (after !== undefined) ordered((value) => typeof value === 'string' && value > after);
  if (lessThan !== undefined) ordered((value) => typeof value === 'number' && value < lessThan);
  if (moreThan !== undefined) ordered((value) => typeof value === 'number' && value > moreThan);
  if (atLeast !== undefined) ordered((value) => typeof value === 'number' && value >= atLeast);
  if (atMost !== undefined) ordered((value) => typeof value === 'number' && value <= atMost);
  const numeric = [lessThan, moreThan, atLeast, atMost].some((bound) => bound !== undefined);
  const dated = before !== undefined || after !== undefined;
  if (spec.column !== undefined && spec.as === undefined && (numeric || dated))
    scope.problem(
      path,
      'CONDITION',
      `say how column ${spec.column} is written: as: ${numeric ? 'decimal' : 'date'} or a format of this mapping`,
    );
  return tests;
}

function reader(spec: Predicate, scope: PredicateScope, path: readonly PropertyKey[]): (moment: Moment) => unknown {
  if (spec.field !== undefined) return scope.field(spec.field, [...path, 'field']);
  const cell = scope.cell(spec.column ?? '', [...path, 'column']);
  const converter = spec.as === undefined ? undefined : scope.converter(spec.as, [...path, 'as']);
  if (!converter) return cell;
  return (moment) => {
    const text = cell(moment);
    const value = text === '' ? undefined : converter.convert(text);
    return value instanceof Fault ? undefined : value;
  };
}

/** A pattern of the user's, anchored, on an engine that never backtracks: no file can make it hang. */
export function compilePattern(
  source: string,
  problem: (message: string) => void,
): ((text: string) => boolean) | undefined {
  try {
    const pattern = RE2JS.compile(source);
    return (text) => pattern.testExact(text);
  } catch {
    problem(`"${source}" is not a pattern that can be used here (no look-around, no backreferences)`);
    return undefined;
  }
}
