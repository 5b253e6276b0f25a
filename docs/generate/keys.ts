import { isMap, isNode, isPair, isScalar, isSeq, type Node, type Pair } from 'yaml';
import { fieldForms } from '../../src/mapping/language/source.ts';
import { type Json, plainSchemas, type Schema } from '../../src/mapping/schema/plain-schemas.ts';

/** One key of the language, in the section of the page that tells of it. */
export type Key = { section: string; key: string; schema: Schema; required: boolean };

/** A part of a file: a line with what is below it, or an item of a list. */
export type Entry = Pair | Node;

/** Where a file uses a key, and the part of the file that shows it. */
export type Use = { section: string; key: string; shown: Entry };

/** Where a walk is: the section, the part of a file that began it, and the part just entered. */
type At = { name: string; began?: Entry | undefined; entry?: Entry | undefined };

const plain = plainSchemas();

/** Every key of the language, in the order of its definition. */
export function allKeys(): Key[] {
  return [...new Walk().all().values()];
}

/** Every use of a key in a mapping file. */
export function usesIn(contents: Node): Use[] {
  const walk = new Walk();
  walk.all();
  return walk.file(contents);
}

class Walk {
  readonly #keys = new Map<string, Key>();
  readonly #uses: Use[] = [];
  /** A shape that stands in several places is told in the first. */
  readonly #sections = new Map<string, string>();

  all(): Map<string, Key> {
    this.#shape(plain.mapping, { name: 'mapping' });
    for (const [form, schema] of plain.forms) this.#shape(schema, { name: `field ${form}` });
    for (const [name, schema] of plain.definitions) this.#shape(schema, { name });
    return this.#keys;
  }

  file(contents: Node): Use[] {
    this.#shape(plain.mapping, { name: 'mapping' }, contents);
    return this.#uses;
  }

  #shape(schema: Schema, at: At, node?: Node): void {
    if (typeof schema.$ref === 'string') {
      const name = schema.$ref.replace('#/definitions/', '');
      const began = name === at.name ? at.began : at.entry;
      if (node) this.#shape(plain.definitions.get(name) ?? {}, { name, began, entry: at.entry }, node);
    } else if (schema.role === 'fields') {
      for (const pair of node ? pairsOf(node) : []) if (isNode(pair.value)) this.#form(pair, pair.value);
    } else if (schema.role === 'source') {
      if (node && at.entry) this.#form(at.began ?? at.entry, node);
    } else this.#parts(schema, at, node);
  }

  #parts(schema: Schema, at: At, node: Node | undefined): void {
    for (const part of list(schema.allOf)) this.#shape(part, at, node);
    for (const part of [...list(schema.anyOf), ...list(schema.oneOf)])
      if (!node || fits(part, node)) this.#shape(part, { ...at, name: variant(part, at.name) }, node);
    this.#items(schema.items, at, node);
    const members = schema.additionalProperties;
    if (isSchema(members))
      for (const pair of node ? pairsOf(node) : [undefined])
        this.#shape(members, { name: at.name, began: pair, entry: pair }, isNode(pair?.value) ? pair.value : undefined);
    if (isSchema(schema.properties)) this.#members(schema, schema.properties, at, node);
  }

  #items(items: Json | undefined, at: At, node: Node | undefined): void {
    if (!node) {
      for (const schema of isSchema(items) ? [items] : list(items)) this.#shape(schema, at);
      return;
    }
    if (!isSeq(node)) return;
    for (const [i, item] of node.items.entries()) {
      const schema = isSchema(items) ? items : list(items)[i];
      if (!schema || !isNode(item)) continue;
      this.#shape(schema, { name: at.name, began: at.began === at.entry ? item : at.began, entry: item }, item);
    }
  }

  #members(schema: Schema, members: Schema, at: At, node: Node | undefined): void {
    const told = JSON.stringify(members);
    const section = this.#sections.get(told) ?? at.name;
    this.#sections.set(told, section);
    for (const [key, member] of Object.entries(members)) {
      if (!isSchema(member)) continue;
      const pair = node && pairsOf(node).find((one) => isScalar(one.key) && String(one.key.value) === key);
      const below = at.name === 'mapping' ? key : `${at.name}.${key}`;
      if (!node) {
        const required = Array.isArray(schema.required) && schema.required.includes(key);
        if (!this.#keys.has(`${section} ${key}`))
          this.#keys.set(`${section} ${key}`, { section, key, schema: member, required });
        this.#shape(member, { name: below });
      } else if (pair && isNode(pair.value)) {
        this.#uses.push({ section, key, shown: (section === 'mapping' ? undefined : at.began) ?? pair });
        this.#shape(member, { name: below, began: pair, entry: pair }, pair.value);
      }
    }
  }

  /** A field’s source: its form is told by its key. */
  #form(shown: Entry, node: Node): void {
    const keys = pairsOf(node).map(({ key }) => String(isScalar(key) ? key.value : key));
    const form = keys.includes('each') ? 'each' : fieldForms.find((one) => keys.includes(one));
    if (form) this.#shape(plain.forms.get(form) ?? {}, { name: `field ${form}`, began: shown, entry: shown }, node);
  }
}

/** Whether a schema is of the kind of a part of a file: enough to tell alternatives apart. */
function fits(schema: Schema, node: Node): boolean {
  if (typeof schema.$ref === 'string') return true;
  if (schema.type === 'array') return isSeq(node);
  if (schema.type !== 'object') return isScalar(node);
  if (!isMap(node)) return false;
  if (!isSchema(schema.properties)) return true;
  const members = schema.properties;
  return pairsOf(node).every(({ key, value }) => {
    const member = members[String(isScalar(key) ? key.value : key)];
    if (!isSchema(member)) return false;
    return member.const === undefined || (isScalar(value) && value.value === member.const);
  });
}

/** Alternatives that a `type` tells apart are sections of their own. */
function variant(schema: Schema, name: string): string {
  const type = isSchema(schema.properties) ? schema.properties.type : undefined;
  return isSchema(type) && typeof type.const === 'string' ? `${name} ${type.const}` : name;
}

const pairsOf = (node: Node): Pair[] => (isMap(node) ? node.items.filter((item) => isPair(item)) : []);
const list = (json: Json | undefined): Schema[] => (Array.isArray(json) ? json.filter(isSchema) : []);

/** True for a schema, false for a list or a plain value. */
export function isSchema(json: Json | undefined): json is Schema {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}
