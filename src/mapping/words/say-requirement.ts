import type { Requirement } from '../language/requirement.ts';
import { sayRest, sayYaml } from './say-yaml.ts';

const comparisons: Record<string, string> = {
  atLeast: 'is at least',
  atMost: 'is at most',
  moreThan: 'is more than',
  lessThan: 'is less than',
  equals: 'equals',
  differs: 'differs from',
  before: 'is before',
  after: 'is after',
  notBefore: 'is not before',
  notAfter: 'is not after',
};

/** What a check demands, in words: `borrowersCount is at least the number of borrowers`. */
export function sayRequirement(requirement: Requirement, inside = false): string {
  const parts = Object.entries(requirement).flatMap(([key, pair]) => {
    const words = comparisons[key];
    return words && Array.isArray(pair) ? [`${sayOperand(pair[0])} ${words} ${sayOperand(pair[1])}`] : [];
  });
  if (requirement.filled !== undefined) parts.push(`${requirement.filled} is filled`);
  if (requirement.empty !== undefined) parts.push(`${requirement.empty} is empty`);
  if (requirement.all) parts.push(requirement.all.map((each) => sayRequirement(each, true)).join(' and '));
  if (requirement.any) parts.push(requirement.any.map((each) => sayRequirement(each, true)).join(' or '));
  if (requirement.not) parts.push(`not (${sayRequirement(requirement.not)})`);
  parts.push(...sayRest(requirement, [...Object.keys(comparisons), 'filled', 'empty', 'all', 'any', 'not']));
  const words = parts.join(' and ');
  return inside && (parts.length > 1 || requirement.any || requirement.all) ? `(${words})` : words;
}

function sayOperand(operand: unknown): string {
  if (typeof operand !== 'object' || operand === null) return String(operand);
  const [[key, value] = ['', ''], ...more] = Object.entries(operand);
  if (more.length > 0) return sayYaml(operand);
  if (key === 'const') return sayYaml(value);
  return key === 'count' ? `the number of ${String(value)}` : sayYaml(operand);
}
