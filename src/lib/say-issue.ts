import type { z } from 'zod';
import { didYouMean } from './suggest.ts';

const kinds: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'keys and values',
  record: 'keys and values',
  tuple: 'a list',
};

/** The library's own words begin so; all others were written for the people who read them. */
const libraryWords = /^(Invalid|Too |Unrecognized)/;

/**
 * Says what is wrong with a value, in words for people who write YAML and no code.
 * @param given the value
 * @param source how a plain scalar stands in the file
 */
export function sayIssue(issue: z.core.$ZodIssue, given: unknown, source: string | undefined): string {
  if (!libraryWords.test(issue.message)) return issue.message;
  if (given === undefined) return 'is missing';
  switch (issue.code) {
    case 'invalid_value': {
      const values = issue.values.map(String);
      return `expected one of ${values.join(', ')}${didYouMean(String(given), values)}`;
    }
    case 'invalid_type':
      return sayType(issue.expected, given, source);
    case 'invalid_union':
      return sayUnion(issue, given, source);
    case 'too_small':
      return issue.origin === 'array' ? `expected at least ${count(issue.minimum)}` : saySmall(issue);
    case 'too_big':
      if (issue.origin === 'array') return `expected no more than ${count(issue.maximum)}`;
      if (issue.origin === 'string')
        return issue.exact && issue.maximum === 1
          ? 'expected one character'
          : `expected at most ${issue.maximum} characters`;
      return `expected ${issue.maximum} at most`;
    case 'invalid_format':
      return issue.format === 'date' ? 'expected a day such as 2026-05-04' : 'is not written as it must be';
    default:
      return 'is not as it must be';
  }
}

function sayType(expected: string, given: unknown, source: string | undefined): string {
  const found = source ?? String(given);
  const scalar = typeof given !== 'object';
  if (expected === 'string' && scalar) return `expected text: write "${found}", in quotes`;
  if (expected === 'array' && scalar) return `expected a list such as [${found}]`;
  if (expected === 'tuple' || expected === 'array') return 'expected a list';
  if (expected === 'string') return 'expected text; a text that begins with { or [ stands in quotes';
  const got = Array.isArray(given) ? ', found a list' : given === null ? ', found nothing' : '';
  return `expected ${kinds[expected] ?? expected}${got}`;
}

function sayUnion(
  issue: Extract<z.core.$ZodIssue, { code: 'invalid_union' }>,
  given: unknown,
  source: string | undefined,
): string {
  const { options } = issue as { options?: unknown };
  if (Array.isArray(options)) return `expected one of ${options.join(', ')}${didYouMean(String(given), options)}`;
  // The form that was meant is the one that fits further down than its beginning.
  const meant = issue.errors.find(([first]) => first && (first.path.length > 0 || first.code !== 'invalid_type'));
  const [first] = meant ?? [];
  if (first) {
    let inner = given;
    for (const part of first.path) inner = (inner as Record<PropertyKey, unknown> | null | undefined)?.[part];
    const where = first.path.filter((part) => typeof part === 'string').join('.');
    if (first.code === 'unrecognized_keys') return `unknown key ${first.keys.join(', ')}`;
    return `${where === '' ? '' : `${where}: `}${sayIssue(first, inner, first.path.length === 0 ? source : undefined)}`;
  }
  const types = issue.errors.flatMap(([only]) => (only?.code === 'invalid_type' ? [kinds[only.expected]] : []));
  return `expected ${[...new Set(types)].join(', ').replace(/, ([^,]*)$/, ' or $1')}`;
}

function saySmall(issue: Extract<z.core.$ZodIssue, { code: 'too_small' }>): string {
  if (issue.origin !== 'string') return `expected ${issue.minimum} or more`;
  return issue.exact ? `expected ${issue.minimum} character${issue.minimum === 1 ? '' : 's'}` : 'is empty';
}

const words = ['nothing', 'one entry', 'two entries'];
const count = (n: number | bigint) => words[Number(n)] ?? `${n} entries`;
