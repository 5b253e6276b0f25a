import { pathsOf } from '../../contract/field-table.ts';
import type { Operand, Requirement } from '../language/requirement.ts';
import { readPath, type Scope } from './scope.ts';

type Report = Record<string, unknown>;

/** A compiled demand: false when it is not met; undefined when it does not apply, since a value it compares is absent. */
export type Demand = (report: Report) => boolean | undefined;

const comparisons: Record<string, (a: string | number, b: string | number) => boolean> = {
  atLeast: (a, b) => a >= b,
  atMost: (a, b) => a <= b,
  moreThan: (a, b) => a > b,
  lessThan: (a, b) => a < b,
  equals: (a, b) => a === b,
  differs: (a, b) => a !== b,
  before: (a, b) => a < b,
  after: (a, b) => a > b,
  notBefore: (a, b) => a >= b,
  notAfter: (a, b) => a <= b,
};

/** Compiles what a house check demands; says it in words too, for the finding. */
export function compileRequirement(
  spec: Requirement,
  scope: Scope,
  path: readonly PropertyKey[],
): { demand: Demand; expected: string; fields: string[] } {
  const demands: Demand[] = [];
  const words: string[] = [];
  const fields: string[] = [];
  const take = (part: { demand: Demand; expected: string; fields: string[] }) => {
    fields.push(...part.fields);
    return part;
  };
  for (const [name, compare] of Object.entries(comparisons)) {
    const pair = spec[name as keyof typeof comparisons & keyof Requirement] as [Operand, Operand] | undefined;
    if (!pair) continue;
    const [left, right] = pair.map((operand, i) => compileOperand(operand, scope, [...path, name, i]));
    if (!left || !right) continue;
    for (const side of [left, right]) if (side.field !== undefined) fields.push(side.field);
    words.push(`${left.words} ${sayOperator(name)} ${right.words}`);
    demands.push((report) => {
      const a = left.read(report);
      const b = right.read(report);
      return comparable(a) && comparable(b) ? compare(a, b) : undefined;
    });
  }
  for (const key of ['filled', 'empty'] as const) {
    const field = spec[key];
    if (field === undefined) continue;
    const read = fieldReader(field, scope, [...path, key]);
    fields.push(field);
    words.push(`${field} ${key}`);
    demands.push((report) => (read(report) !== undefined) === (key === 'filled'));
  }
  for (const key of ['all', 'any'] as const) {
    const parts = spec[key]?.map((part, i) => take(compileRequirement(part, scope, [...path, key, i])));
    if (!parts) continue;
    words.push(parts.map((part) => part.expected).join(key === 'all' ? ' and ' : ' or '));
    demands.push((report) => {
      const answers = parts.map((part) => part.demand(report)).filter((answer) => answer !== undefined);
      if (answers.length === 0) return undefined;
      return key === 'all' ? answers.every(Boolean) : answers.some(Boolean);
    });
  }
  if (spec.not) {
    const part = take(compileRequirement(spec.not, scope, [...path, 'not']));
    words.push(`not (${part.expected})`);
    demands.push((report) => {
      const answer = part.demand(report);
      return answer === undefined ? undefined : !answer;
    });
  }
  if (demands.length === 0)
    scope.tell(
      path,
      'CHECK',
      `a check demands nothing; say one of ${[...Object.keys(comparisons), 'filled', 'empty', 'all', 'any', 'not'].join(', ')}`,
    );
  return {
    expected: words.join(' and '),
    fields,
    demand(report) {
      const answers = demands.map((demand) => demand(report)).filter((answer) => answer !== undefined);
      return answers.length === 0 ? undefined : answers.every(Boolean);
    },
  };
}

const comparable = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number';
const sayOperator = (name: string) => name.replace(/([A-Z])/g, ' $1').toLowerCase();

function compileOperand(
  operand: Operand,
  scope: Scope,
  path: readonly PropertyKey[],
): { read: (report: Report) => unknown; words: string; field?: string } {
  if (typeof operand === 'number') return { read: () => operand, words: String(operand) };
  if (typeof operand === 'string') {
    const read = fieldReader(operand, scope, path);
    return { read: (report) => plain(read(report)), words: operand, field: operand };
  }
  if ('const' in operand) return { read: () => plain(operand.const), words: String(operand.const) };
  const read = fieldReader(operand.count, scope, [...path, 'count']);
  return {
    read(report) {
      const list = read(report);
      return Array.isArray(list) ? list.length : 0;
    },
    words: `the number of ${operand.count}`,
    field: operand.count,
  };
}

/** Booleans compare as words, so that `equals: [isDelay, { const: true }]` works. */
const plain = (value: unknown) => (typeof value === 'boolean' ? String(value) : value);

function fieldReader(field: string, scope: Scope, path: readonly PropertyKey[]): (report: Report) => unknown {
  if (!field.includes('[]')) scope.field(field, path);
  else
    scope.tell(
      path,
      'UNKNOWN_FIELD',
      `${field}: checks reach fields outside lists; known: ${pathsOf(scope.root).join(', ')}`,
    );
  const parts = field.split('.');
  return (report) => readPath(report, parts);
}
