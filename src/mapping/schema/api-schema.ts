import type { Api } from '../../contract/apis.ts';
import type { Contract } from '../../contract/contract.ts';
import { type Field, itemOf } from '../../contract/field-table.ts';
import {
  completeness,
  describeField,
  expectedOf,
  formatsFor,
  formFits,
  metaFor,
  targets,
  valuesBelow,
  valuesSchema,
  writtenValue,
} from './field-schema.ts';
import type { Json, PlainSchemas, Schema } from './plain-schemas.ts';

/** The schemas of one API: the plain ones, with every place filled that the API or a field decides. */
export class ApiSchema {
  readonly #api: Api;
  readonly #plain: PlainSchemas;
  readonly #root: Field;
  readonly #definitions: Schema = {};

  constructor(api: Api, plain: PlainSchemas, contract: Contract) {
    this.#api = api;
    this.#plain = plain;
    this.#root = contract.fields[api];
  }

  /** The schema of a whole mapping under the name of the API, and beside it all that it refers to. */
  definitions(): Schema {
    const { required = [], ...mapping } = this.#plain.mapping;
    this.#definitions[this.#api] = {
      ...this.#fill(mapping),
      // What a mapping that extends another leaves out comes from there; one that takes no files is there to be extended.
      if: { anyOf: [{ required: ['extends'] }, { not: { required: ['takes'] } }] },
      else: { required, properties: { fields: completeness(this.#root) } },
    };
    return this.#definitions;
  }

  /** Copies a plain schema; what has a role is filled, for the field at hand if there is one. */
  #fill(schema: Schema, field?: Field): Schema {
    return Object.fromEntries(Object.entries(schema).map(([key, node]) => [key, this.#copy(node, field)]));
  }

  #copy(node: Json, field?: Field): Json {
    if (Array.isArray(node)) return node.map((item) => this.#copy(item, field));
    if (typeof node !== 'object' || node === null) return node;
    const { role, ...rest } = node;
    if (typeof role === 'string') {
      const filled = this.#place(role, rest, field);
      return typeof rest.description === 'string' ? { description: rest.description, ...filled } : filled;
    }
    if (typeof node.$ref !== 'string') return this.#fill(node, field);
    const name = node.$ref.replace('#/definitions/', '');
    return this.#define(name, () => this.#fill(this.#plain.definitions.get(name) ?? {}));
  }

  /** Makes a definition once, and refers to it. */
  #define(name: string, make: () => Schema): Schema {
    const full = `${this.#api}.${name}`;
    if (!(full in this.#definitions)) {
      // Its place is taken before it is made: it may refer to itself.
      this.#definitions[full] = {};
      this.#definitions[full] = make();
    }
    return { $ref: `#/definitions/${full}` };
  }

  #place(role: string, plain: Schema, field: Field | undefined): Schema {
    switch (role) {
      case 'fields':
        return this.#fields(field ?? this.#root);
      case 'gone': {
        // The loan number comes from the earlier report, and what each of its lines may say is told by check.
        const { allOf: _, ...fields } = this.#fields(this.#root);
        return fields;
      }
      case 'source':
        return field
          ? { allOf: [this.#source(field), ...(plain.required ? [{ required: plain.required }] : [])] }
          : plain;
      case 'value':
        return field ? writtenValue(field) : plain;
      case 'code':
        return { anyOf: [valuesSchema(valuesBelow(this.#root)), plain] };
      case 'format':
        return formatsFor(field, plain);
      case 'meta':
        return field ? { enum: metaFor(field) } : plain;
      case 'field':
        return this.#define('path', () => ({ enum: [...targets(this.#root).keys()] }));
      case 'list':
        return this.#define('list', () => {
          const lists = [...targets(this.#root)].filter(([, { kind }]) => kind === 'list').map(([path]) => path);
          return lists.length > 0 ? { enum: lists } : { not: {} };
        });
      case 'report':
        return this.#define('report', () => expectedOf(this.#root));
      default:
        return plain;
    }
  }

  #fields(owner: Field): Schema {
    const properties = [...targets(owner.item ? itemOf(owner) : owner)].map(([key, field]) => [
      key,
      { description: describeField(field), ...this.#source(field) },
    ]);
    return { type: 'object', properties: Object.fromEntries(properties), additionalProperties: false };
  }

  /** Where a field may come from. Plain fields of one kind share their schema. */
  #source(field: Field): Schema {
    const own = field.children.size > 0 || field.item || field.values || field.pattern || field.minimum !== undefined;
    const name = own ? field.path.replace(/\[\]$/, '.value').replaceAll('[]', '') : field.kind;
    return this.#define(name, () => ({
      anyOf: [...this.#plain.forms].flatMap(([form, schema]) => this.#form(form, schema, field)),
    }));
  }

  /** One form of a field as a list; empty when the field cannot have it. */
  #form(form: string, plain: Schema, field: Field): Schema[] {
    const keys = plain.properties;
    if (typeof keys !== 'object' || keys === null || Array.isArray(keys)) return [];
    // A list of plain values may also have the one value that a source gives.
    if (field.item && form !== 'const' && !('each' in keys))
      return 'fields' in keys ? [] : this.#form(form, plain, field.item);
    const nested = 'fields' in keys ? ('each' in keys ? 'list' : 'object') : undefined;
    const whole = field.kind === 'list' || field.kind === 'object';
    if (nested ? nested !== field.kind : whole && form !== 'const') return [];
    if ((form === 'meta' && metaFor(field).length === 0) || !formFits(form, field)) return [];
    const fits = Object.entries(keys).filter(
      ([, key]) =>
        field.kind === 'text' || !(typeof key === 'object' && key !== null && 'role' in key && key.role === 'affix'),
    );
    const filled = this.#fill({ ...plain, properties: Object.fromEntries(fits) }, field);
    // A cell is text: another kind of field must say how it is written.
    const ways = ['as', 'codes'].filter((key) => key in keys);
    const says = ways.length > 0 && field.kind !== 'text';
    return [says ? { ...filled, anyOf: ways.map((way) => ({ required: [way] })) } : filled];
  }
}
