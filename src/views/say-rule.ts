import type { Mapping } from '../mapping/mapping.ts';
import type { RulePath } from '../mapping/trace.ts';

/** A part of a mapping in words: `from SOPIMUSPVM, as day`. Of a part with fields, without them. */
export function sayRule(mapping: Mapping, rule: RulePath): string {
  let part: unknown = mapping;
  for (const key of rule) part = (part as Record<PropertyKey, unknown> | undefined)?.[key];
  return say(part);
}

function say(value: unknown): string {
  if (Array.isArray(value)) return value.map(say).join(', ');
  if (typeof value !== 'object' || value === null) return value === '' ? '""' : String(value);
  if ('column' in value || 'field' in value || 'all' in value || 'any' in value || 'not' in value)
    return sayCondition(value as Record<string, unknown>);
  const { when, fields: _, ...rest } = value as Record<string, unknown>;
  const words = Object.entries(rest).map(([key, member]) => `${key} ${say(member)}`);
  return `${when === undefined ? '' : `when ${say(when)}: `}${words.join(', ')}`;
}

function sayCondition({ column, field, as, all, any, not, ...asked }: Record<string, unknown>): string {
  const subject = `${String(column ?? field ?? '')}${as === undefined ? '' : ` as ${String(as)}`}`;
  const words = Object.entries(asked).map(([key, value]) =>
    key === 'empty' || key === 'filled' ? `${subject} is ${key}` : `${subject} ${spaced(key)} ${say(value)}`,
  );
  const several = (list: unknown, joint: string) =>
    Array.isArray(list) ? [`(${list.map((each) => say(each)).join(joint)})`] : [];
  const parts = [...words, ...several(all, ' and '), ...several(any, ' or ')];
  return [...parts, ...(not === undefined ? [] : [`not (${say(not)})`])].join(' and ');
}

const spaced = (key: string) => key.replace(/([A-Z])/g, ' $1').toLowerCase();
