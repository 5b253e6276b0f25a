import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type AnySchema, isSchema, type Resolve } from '../contract/register-schema.ts';

/** One file of the register's JSON schemas; its references are written out as addresses of files. */
export type SchemaFile = {
  /** Path from the folder, for people. */
  name: string;
  /** Its address: what references in other files lead to. */
  url: string;
  schema: AnySchema;
  /** `$schema`: the draft it is written in. */
  draft: string;
  /** What it calls itself: its own address, and its title. */
  names: string[];
};

/** What stands in a folder of schemas; `faults` are files that are none, and references that lead nowhere. */
export type SchemaFolder = { files: SchemaFile[]; resolve: Resolve; faults: { name: string; message: string }[] };

/**
 * Reads every JSON file of a folder. References go by the addresses files give themselves, or by their paths, or, when
 * that leads nowhere, by the mere name of the file.
 * @throws NodeJS.ErrnoException when the folder cannot be read
 */
export function readSchemaFolder(folder: string): SchemaFolder {
  const faults: SchemaFolder['faults'] = [];
  const raw = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .flatMap((path) => {
      const name = path.replaceAll('\\', '/');
      const parsed = parseSchema(readFileSync(join(folder, path), 'utf8'));
      if (!parsed) faults.push({ name, message: 'is no JSON schema: an object is expected' });
      return parsed ? [{ name, url: pathToFileURL(join(folder, path)).href, parsed }] : [];
    });
  const ids = raw.flatMap(({ parsed, url }) => (idOf(parsed) ? [[withoutHash(idOf(parsed) ?? ''), url] as const] : []));
  const byName = Map.groupBy(raw, ({ name }) => name.split('/').at(-1) ?? '');
  const known = new Map<string, string>([...raw.map(({ url }) => [url, url] as const), ...ids]);
  const files = raw.map(({ name, url, parsed }): SchemaFile => {
    const find = (address: string) => {
      const bases = [idOf(parsed), url].filter((base) => base !== undefined);
      const found = bases.map((base) => known.get(withoutHash(joined(address, base)))).find((it) => it !== undefined);
      const named = byName.get(address.split('/').at(-1) ?? '') ?? [];
      if (found === undefined && named.length !== 1)
        faults.push({ name, message: `refers to ${address}, which is not in the folder` });
      return found ?? named[0]?.url ?? url;
    };
    const schema = rewritten(parsed, (ref) => {
      const [address = '', place = ''] = ref.split('#', 2);
      return `${address === '' ? url : find(address)}#${place}`;
    });
    return {
      name,
      url,
      schema: { ...schema, $id: url },
      draft: String(parsed['$schema'] ?? ''),
      names: namesOf(parsed),
    };
  });
  const byUrl = new Map(files.map((file) => [file.url, file.schema]));
  return { files, faults, resolve: (ref) => at(byUrl, ref) };
}

function parseSchema(text: string): AnySchema | undefined {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return isSchema(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const withoutHash = (address: string) => address.replace(/#.*$/, '');
const textOr = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
const idOf = (schema: AnySchema) => textOr(schema['$id']) ?? textOr(schema['id']);
const namesOf = (schema: AnySchema) => [schema['title'], idOf(schema)].flatMap((name) => textOr(name) ?? []);

/** An address seen from another; itself when there is no such thing. */
function joined(address: string, base: string): string {
  return URL.parse(address, base)?.href ?? address;
}

const maps = new Set(['properties', 'patternProperties', 'definitions', '$defs', 'dependentSchemas']);
const values = new Set(['enum', 'const', 'examples', 'default']);

/**
 * The same schema with its references written out, and in the words of later drafts: draft 4 writes limits that are left
 * out themselves with true, and calls a schema's address id.
 */
function rewritten(schema: AnySchema, refer: (ref: string) => string): AnySchema {
  const inner = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(inner);
    return isSchema(value) ? rewritten(value, refer) : value;
  };
  const members = Object.entries(schema).flatMap(([word, value]): [string, unknown][] => {
    if (word === '$schema' || ((word === '$id' || word === 'id') && typeof value === 'string')) return [];
    if (word === '$ref' && typeof value === 'string') return [[word, refer(value)]];
    if (word === 'exclusiveMinimum' && typeof value === 'boolean') return value ? [[word, schema['minimum']]] : [];
    if (word === 'exclusiveMaximum' && typeof value === 'boolean') return value ? [[word, schema['maximum']]] : [];
    if (values.has(word)) return [[word, value]];
    // Here keys are names, whatever words they are.
    if (maps.has(word) && isSchema(value))
      return [[word, Object.fromEntries(Object.entries(value).map(([name, each]) => [name, inner(each)]))]];
    return [[word, inner(value)]];
  });
  return Object.fromEntries(members);
}

/** What a reference leads to: a place in a file, by its path there or by its anchor. */
function at(files: ReadonlyMap<string, AnySchema>, ref: string): AnySchema | undefined {
  const [url = '', place = ''] = ref.split('#', 2);
  let found: unknown = files.get(url);
  if (place !== '' && !place.startsWith('/')) return anchored(found, place);
  for (const part of place.split('/').slice(1))
    found = (found as AnySchema | undefined)?.[decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~')];
  return isSchema(found) ? found : undefined;
}

function anchored(value: unknown, anchor: string): AnySchema | undefined {
  if (Array.isArray(value)) return value.map((each) => anchored(each, anchor)).find((it) => it !== undefined);
  if (!isSchema(value)) return undefined;
  if (value['$anchor'] === anchor) return value;
  return Object.values(value)
    .map((each) => anchored(each, anchor))
    .find((it) => it !== undefined);
}

/** The path of a file of the folder as people see it. */
export const shownFile = (folder: string, name: string) => relative(process.cwd(), join(folder, name)) || name;
