import { camelKey } from './register-schema.ts';
import type { RuleHit } from './rules.ts';

/** What a validator of JSON schemas says of one place; the part of it that tells no value. */
type SchemaError = { instancePath: string; keyword: string; params: Record<string, unknown>; message?: string };

/** Words of schemas that only gather what others say. */
const gathering = new Set(['allOf', 'anyOf', 'oneOf', 'if', 'not']);
const mostHits = 20;

/** That a value might also be absent says nothing of what is wrong with it. */
const wantsNothing = ({ keyword, params }: SchemaError) => keyword === 'type' && params['type'] === 'null';

/** What the register's schema has against a report: one hit a place, the first that says something of it. */
export function schemaHits(errors: readonly SchemaError[]): RuleHit[] {
  const telling = errors.filter((error) => !gathering.has(error.keyword) && !wantsNothing(error));
  const hits = new Map<string, RuleHit>();
  for (const error of telling.length > 0 ? telling : errors) {
    const path = pathOf(error);
    if (!hits.has(path))
      hits.set(path, { code: 'REGISTER_SCHEMA', path, expected: expectedBy(error), severity: 'error' });
  }
  return [...hits.values()].slice(0, mostHits);
}

/** Where it is, as our paths are written: keys in camelCase, without the numbers of list items. */
function pathOf({ instancePath, params }: SchemaError): string {
  const named = params['missingProperty'] ?? params['additionalProperty'] ?? params['unevaluatedProperty'];
  const keys = instancePath.split('/').slice(1);
  return [...keys, ...(typeof named === 'string' ? [named] : [])]
    .filter((key) => !/^\d+$/.test(key))
    .map(camelKey)
    .join('.');
}

function expectedBy({ keyword, params, message = '' }: SchemaError): string {
  if (keyword === 'enum' && Array.isArray(params['allowedValues']))
    return `one of ${params['allowedValues'].join(', ')}`;
  if (keyword === 'required') return 'a value: the register’s schema demands it';
  if (keyword === 'additionalProperties' || keyword === 'unevaluatedProperties') return 'no such key';
  return message;
}
