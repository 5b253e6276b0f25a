import type { Field } from '../../contract/field-table.ts';
import { didYouMean } from '../../lib/suggest.ts';
import type { Handling } from '../language/source.ts';
import { compileCodeList } from './compile-code-list.ts';
import { constFault, textFault } from './const-value.ts';
import { Fault } from './fault.ts';
import type { Converter } from './formats.ts';
import type { Moment } from './moment.ts';
import { compilePattern } from './predicates.ts';
import type { Scope } from './scope.ts';

type Path = readonly PropertyKey[];
type Value = string | number | boolean;

/** How the text of a cell is handled. */
type TextSpec = Pick<Handling, 'as' | 'codes' | 'prefix' | 'shape' | 'suffix'>;

/** Turns the text of a filled cell into a value of this kind, or says why it cannot. */
export type TextConverter = {
  convert(text: string, moment: Moment): Value | Fault;
  kind: Converter['kind'] | 'any';
  personal: boolean;
};

/** The steps from the text of a filled cell to the value: shape, then codes or format, then prefix and suffix, then what the field allows. */
export function compileText(spec: TextSpec, field: Field, scope: Scope, path: Path): TextConverter {
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
  return { convert, kind, personal };
}

type Step = { step(text: string, moment: Moment): Value | Fault; kind: Converter['kind'] | 'any'; personal: boolean };

function compileStep(spec: TextSpec, field: Field, scope: Scope, path: Path): Step {
  if (spec.codes !== undefined) {
    if (spec.as !== undefined) scope.tell([...path, 'as'], 'CODES_OR_AS', `${field.path}: say codes or as, not both`);
    return compileCodes(spec.codes, field, scope, path);
  }
  // An identity code, of a person, a business or an account, is checked whatever the mapping says of it: a wrong one is wrong data about a person.
  const name = spec.as ?? (field.format === undefined || field.format === 'currencyCode' ? 'text' : field.format);
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
    const what = value === 'TODO' ? `the code ${JSON.stringify(code)} is left to fill, ${fault}` : fault;
    if (fault) scope.tell(['codes', name, code], 'CODE_VALUE', `${field.path}: ${what}`);
  }
  const values = new Map(Object.entries(list));
  const expected = `one of ${[...values.keys()].join(', ')}`;
  return { step: (text) => values.get(text) ?? new Fault('CODE_UNKNOWN', expected), kind: 'any', personal: false };
}

function fits(kind: Step['kind'], field: Field): boolean {
  if (kind === 'any' || kind === field.kind) return true;
  return kind === 'integer' && field.kind === 'decimal';
}

/** A kind of value in words. */
export const say = (kind: string) =>
  ({ decimal: 'a decimal', integer: 'a whole number', boolean: 'true or false', date: 'a day', dateTime: 'a time' })[
    kind
  ] ?? kind;

/** Tells that a field takes another kind of value than its line makes. */
export function mismatch(scope: Scope, path: Path, field: Field, why: string): void {
  const known = Object.entries(scope.mapping.formats).find(([, format]) => format.type === field.kind)?.[0];
  scope.tell(
    path,
    'FIELD_KIND',
    `${field.path} is ${say(field.kind)}, but ${why} (for example as: ${known ?? field.kind})`,
  );
}
