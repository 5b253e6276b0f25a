import type { Json, Schema } from './plain-schemas.ts';

/** Shorter than this, a schema costs no more than a reference to it. */
const shortest = 100;

/**
 * Writes each schema of a key once: where several are the same they become references to a definition named for the key.
 * Means the same, at a fraction of the size.
 */
export function shareSchemas(schema: Schema): Schema {
  const times = new Map<string, number>();
  eachKey(schema, (_, member) => {
    const text = JSON.stringify(member);
    times.set(text, (times.get(text) ?? 0) + 1);
  });
  const names = new Map<string, string>();
  const shared: Schema = {};
  const share = (node: Json): Json => {
    if (Array.isArray(node)) return node.map(share);
    if (!isSchema(node)) return node;
    return Object.fromEntries(
      Object.entries(node).map(([word, value]) => [
        word,
        word === 'properties' && isSchema(value)
          ? Object.fromEntries(Object.entries(value).map(([key, member]) => [key, shareKey(key, member)]))
          : share(value),
      ]),
    );
  };
  const shareKey = (key: string, member: Json): Json => {
    const text = JSON.stringify(member);
    if (text.length < shortest || (times.get(text) ?? 0) < 2) return share(member);
    const known = names.get(text);
    if (known !== undefined) return { $ref: `#/definitions/${known}` };
    let name = key;
    for (let n = 2; Object.hasOwn(shared, name); n++) name = `${key}.${n}`;
    names.set(text, name);
    shared[name] = {};
    shared[name] = share(member);
    return { $ref: `#/definitions/${name}` };
  };
  const { definitions = {}, ...rest } = schema;
  const own = share(definitions);
  return { ...(share(rest) as Schema), definitions: { ...(own as Schema), ...shared } };
}

const isSchema = (node: Json): node is Schema => typeof node === 'object' && node !== null && !Array.isArray(node);

function eachKey(node: Json, visit: (key: string, member: Json) => void): void {
  if (Array.isArray(node)) for (const item of node) eachKey(item, visit);
  else if (isSchema(node))
    for (const [word, value] of Object.entries(node)) {
      if (word === 'properties' && isSchema(value))
        for (const [key, member] of Object.entries(value)) visit(key, member);
      eachKey(value, visit);
    }
}
