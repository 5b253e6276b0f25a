import type { RulePath } from '../mapping/compile/trace.ts';
import type { Predicate } from '../mapping/language/predicate.ts';
import type { FieldSpec } from '../mapping/language/source.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { sayCondition } from '../mapping/words/say-condition.ts';
import { saySource } from '../mapping/words/say-source.ts';
import { sayYaml } from '../mapping/words/say-yaml.ts';

/** A part of a mapping in words: `from SOPIMUSPVM; read as day`. */
export function sayRule(mapping: Mapping, rule: RulePath): string {
  let part: unknown = mapping;
  for (const key of rule) part = (part as Record<PropertyKey, unknown> | undefined)?.[key];
  if (part === undefined) return '';
  if (rule[0] === 'fields') {
    const said = saySource(part as FieldSpec);
    const from = said.columns.length > 0 ? [`from ${said.columns.join(', ')}`] : [];
    return [...from, ...(said.rule === '' ? [] : [said.rule])].join('; ');
  }
  if (rule[0] === 'skip' && rule.length === 2) {
    const { when, why } = part as { when: Predicate; why: string };
    return `skips rows where ${sayCondition(when)}: ${why}`;
  }
  return rule[0] === 'records' ? 'tells which rows make one report' : sayYaml(part);
}
