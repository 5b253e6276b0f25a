import {
  type AnySchema,
  camelKey,
  deepest,
  isSchema,
  partsOf,
  type Resolve,
  type Voice,
  voicesOf,
} from './register-schema.ts';

/** Where in a message the schema of one report stands, and how the message's keys are written. */
export type ReportPlace =
  | { kind: 'found'; report: AnySchema; list: string | null; keyCase: 'camelCase' | 'PascalCase'; mixed: boolean }
  | { kind: 'none'; keys: string[] };

/**
 * Finds the schema of one report: the items of the list of a message, or the schema itself when it is of one report.
 * @param list the key the list should have
 */
export function findReport(message: AnySchema, list: string, resolve: Resolve): ReportPlace {
  const keys = new Map<string, AnySchema[]>();
  for (const { schema } of voicesOf({ schema: message, certain: true }, resolve))
    for (const [key, part] of Object.entries(isSchema(schema['properties']) ? schema['properties'] : {}))
      if (isSchema(part)) keys.set(key, [...(keys.get(key) ?? []), part]);
  if ([...keys.keys()].some((key) => camelKey(key) === 'loanNumber'))
    return { kind: 'found', report: message, list: null, ...caseOf(message, resolve) };
  const lists = [...keys].flatMap(([key, parts]) => {
    const items = parts.flatMap((part) => partsOf(voicesOf({ schema: part, certain: true }, resolve)).items);
    return items[0] ? [{ key, items: items[0].schema }] : [];
  });
  const found =
    lists.find(({ key }) => key.toLowerCase() === list.toLowerCase()) ?? (lists.length === 1 ? lists[0] : undefined);
  if (!found) return { kind: 'none', keys: [...keys.keys()] };
  return { kind: 'found', report: found.items, list: found.key, ...caseOf(found.items, resolve) };
}

/** How the keys of a report are written, all the way down. */
function caseOf(schema: AnySchema, resolve: Resolve): { keyCase: 'camelCase' | 'PascalCase'; mixed: boolean } {
  const keys = keysIn([{ schema, certain: true }], resolve, 0);
  const capital = keys.filter((key) => /^[A-Z]/.test(key)).length;
  return {
    keyCase: capital * 2 > keys.length ? 'PascalCase' : 'camelCase',
    mixed: capital > 0 && capital < keys.length,
  };
}

function keysIn(said: readonly Voice[], resolve: Resolve, depth: number): string[] {
  if (depth > deepest) return [];
  const voices = said.flatMap((voice) => voicesOf(voice, resolve));
  const own = voices.flatMap(({ schema }) => (isSchema(schema['properties']) ? Object.keys(schema['properties']) : []));
  const { parts, items } = partsOf(voices);
  const inner = [...parts.values(), ...(items.length > 0 ? [items] : [])];
  return [...own, ...inner.flatMap((part) => keysIn(part, resolve, depth + 1))];
}
