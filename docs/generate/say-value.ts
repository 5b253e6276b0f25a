import type { Json, Schema } from '../../src/mapping/schema/plain-schemas.ts';
import { isSchema } from './keys.ts';

const roles: Record<string, string> = {
  value: 'a value of the register',
  code: 'a value of the register',
  format: 'the name of a format',
  field: 'a field of the report',
  list: 'a list of the report',
  fields: 'fields',
  source: 'a source',
  report: 'a report',
};
const types: Record<string, string> = { string: 'text', number: 'a number', boolean: 'true or false', null: 'null' };

/** Says in words what value a key takes, and what holds when it is left out. */
export function sayValue(schema: Schema): string {
  const words = say(schema);
  const without = schema.default;
  if (without === undefined || JSON.stringify(without) === '{}' || JSON.stringify(without) === '[]') return words;
  return `${words}; left out: \`${typeof without === 'string' ? without : JSON.stringify(without)}\``;
}

function say(schema: Schema): string {
  if (typeof schema.role === 'string' && roles[schema.role]) return roles[schema.role] ?? '';
  if (typeof schema.$ref === 'string') return schema.$ref.endsWith('condition') ? 'a condition' : 'a demand';
  if (Array.isArray(schema.enum)) return schema.enum.map((value) => `\`${String(value)}\``).join(', ');
  if (schema.const !== undefined) return `\`${String(schema.const)}\``;
  const choices = [...all(schema.allOf), ...all(schema.anyOf), ...all(schema.oneOf)];
  if (choices.length > 0) return [...new Set(choices.map(say))].join(' or ');
  if (Array.isArray(schema.type)) return schema.type.map((type) => types[String(type)] ?? String(type)).join(' or ');
  if (schema.type === 'array') return sayList(schema);
  if (schema.type === 'object') return isSchema(schema.properties) ? 'keys, told below' : sayNamed(schema);
  if (schema.type === 'integer') return `a whole number${sayRange(schema)}`;
  if (schema.minLength === 1 && schema.maxLength === 1) return 'one character';
  const most = typeof schema.maxLength === 'number' ? `, at most ${schema.maxLength} characters` : '';
  if (schema.format === 'date') return 'a day such as `2026-01-31`';
  return `${types[String(schema.type)] ?? 'anything'}${most}`;
}

function sayList({ items }: Schema): string {
  if (Array.isArray(items)) return `${items.length} of: ${isSchema(items[0]) ? say(items[0]) : ''}`;
  return isSchema(items) ? `a list: ${say(items)}` : 'a list';
}

const sayNamed = ({ additionalProperties: members }: Schema) =>
  isSchema(members) && Object.keys(members).length > 0 ? `names, each with ${say(members)}` : 'names and values';

function sayRange({ minimum, maximum }: Schema): string {
  const from = typeof minimum === 'number' && minimum > -1e9 ? minimum : undefined;
  const to = typeof maximum === 'number' && maximum < 1e9 ? maximum : undefined;
  if (from !== undefined && to !== undefined) return `, ${from} to ${to}`;
  return from === undefined ? '' : `, ${from} or more`;
}

const all = (json: Json | undefined): Schema[] => (Array.isArray(json) ? json.filter(isSchema) : []);
