import { z } from 'zod';
import { type Condition, holds, sayCondition } from './condition.ts';
import type { ApiKnowledge } from './contract-overlay.ts';
import type { ReportSchema } from './field-table.ts';
import type { ReportJudge, RuleHit } from './rules.ts';

/**
 * Compiles what an overlay says of the reports of one API: limits, forms, values, and keys that are needed at times.
 * No value of a report gets into a hit.
 */
export function judgeOf({ schema, needed }: Pick<ApiKnowledge, 'schema' | 'needed'>): ReportJudge {
  const shape = shapeOf(schema);
  const demands = needed.map(({ path, when }) => ({ path, when, parts: path.split('.') }));
  return (report) => {
    const { error } = shape.safeParse(report);
    const hits = error ? error.issues.map(hitOf) : [];
    for (const { path, when, parts } of demands)
      if (holds(when, report) && isMissing(report, parts)) hits.push(neededHit(path, when));
    return hits;
  };
}

/** The zod shape of a report: what a JSON schema of the kind that field tables are read from says. */
export const shapeOf = (schema: ReportSchema): z.ZodType<Record<string, unknown>> =>
  z.fromJSONSchema(schema as z.core.JSONSchema.JSONSchema) as z.ZodType<Record<string, unknown>>;

const neededHit = (path: string, when: Condition): RuleHit => ({
  code: 'CONTRACT_NEEDED',
  path: path.replaceAll('[]', ''),
  expected: `a value: the contract overlay needs it when ${sayCondition(when)}`,
  severity: 'error',
});

/** Whether a key is absent: of a list, in any of its items. */
function isMissing(value: unknown, [part = '', ...rest]: readonly string[]): boolean {
  const member = (value as Record<string, unknown> | undefined)?.[part.replace('[]', '')];
  if (part.endsWith('[]')) return Array.isArray(member) && member.some((item) => isMissing(item, rest));
  return rest.length === 0 || member === undefined ? member === undefined : isMissing(member, rest);
}

function hitOf(issue: z.core.$ZodIssue): RuleHit {
  const path = issue.path.filter((part) => typeof part !== 'number').join('.');
  return { code: 'CONTRACT_OVERLAY', path, expected: expectedBy(issue), severity: 'error' };
}

function expectedBy(issue: z.core.$ZodIssue): string {
  const unit = (origin: string) => ({ string: ' characters', array: ' items' })[origin] ?? '';
  switch (issue.code) {
    case 'too_small':
      return `at least ${issue.minimum}${unit(issue.origin)}`;
    case 'too_big':
      return `at most ${issue.maximum}${unit(issue.origin)}`;
    case 'invalid_value':
      return `one of ${issue.values.join(', ')}`;
    case 'invalid_type':
      return `a value: ${issue.expected}`;
    case 'invalid_format':
      return issue.format === 'regex' ? `the form ${issue.pattern}` : `a ${issue.format}`;
    case 'unrecognized_keys':
      return `no key ${issue.keys.join(', ')}`;
    default:
      return 'what the contract overlay says';
  }
}
