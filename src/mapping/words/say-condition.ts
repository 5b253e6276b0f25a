import type { Predicate } from '../language/predicate.ts';
import { sayRest, sayYaml } from './say-yaml.ts';

const operators: Partial<Record<keyof Predicate, (value: unknown) => string>> = {
  is: (value) => `is ${sayYaml(value)}`,
  isNot: (value) => `is not ${sayYaml(value)}`,
  in: (values) => `is one of ${list(values)}`,
  notIn: (values) => `is none of ${list(values)}`,
  empty: () => 'is empty',
  filled: () => 'is filled',
  matches: (pattern) => `has the form ${String(pattern)}`,
  before: (day) => `is before ${String(day)}`,
  after: (day) => `is after ${String(day)}`,
  lessThan: (number) => `is less than ${String(number)}`,
  moreThan: (number) => `is more than ${String(number)}`,
  atLeast: (number) => `is at least ${String(number)}`,
  atMost: (number) => `is at most ${String(number)}`,
};

/** A condition in words: `ASIAKASLAJI is "Y"`; what there are no words for is told as YAML. */
export function sayCondition(condition: Predicate, inside = false): string {
  const subject = condition.column ?? condition.field ?? '';
  const parts = Object.entries(condition).flatMap(([key, value]) => {
    const say = operators[key as keyof Predicate];
    return say && value !== undefined ? [`${subject} ${say(value)}`] : [];
  });
  if (condition.as !== undefined) parts.push(`read as ${condition.as}`);
  if (condition.all) parts.push(condition.all.map((each) => sayCondition(each, true)).join(' and '));
  if (condition.any) parts.push(condition.any.map((each) => sayCondition(each, true)).join(' or '));
  if (condition.not) parts.push(`not (${sayCondition(condition.not)})`);
  parts.push(...sayRest(condition, ['column', 'field', 'as', 'all', 'any', 'not', ...Object.keys(operators)]));
  const words = parts.join(condition.as === undefined ? ' and ' : ', ');
  return inside && (parts.length > 1 || condition.any || condition.all) ? `(${words})` : words;
}

const list = (values: unknown) => (Array.isArray(values) ? values : [values]).map(sayYaml).join(', ');
