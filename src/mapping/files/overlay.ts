import type { YamlFile } from '../../lib/yaml-file.ts';
import { type MappingFile, mappingFile, type Path, type Place } from './mapping-file.ts';

/** What an overlay makes of its parent, in words such as `takes`, `fields.currencyCode`, `check AMOUNT`. */
export type Changes = { parent: string; replaces: string[]; adds: string[] };

/** What an overlay may say anew although its parent says it; lists it may only add to. */
const replaceable = ['mapping', 'takes', 'activeFrom', 'activeUntil', 'draft', 'expect'];
const byName = ['formats', 'codes', 'functions'];

type Members = Record<string, unknown>;
type Here = { value: unknown; place: Place };

/**
 * Lays a mapping over its one parent: the result is a mapping like any other, whose every line knows its file.
 * @param parentName the parent's name among the parts
 */
export function overlay(
  child: YamlFile,
  parent: YamlFile,
  parentName: string,
): { yaml: MappingFile; changes: Changes } {
  const changes: Changes = { parent: parentName, replaces: [], adds: [] };
  const flattener = new Flattener(changes, (path, code, message) =>
    child.problems.push(child.problem(path, code, message)),
  );
  const flat = flattener.lay(
    { value: child.value, place: { yaml: child, part: '', path: [] } },
    { value: parent.value, place: { yaml: parent, part: parentName, path: [] } },
  );
  return { yaml: mappingFile(child, flat, flattener.places), changes };
}

/** One line about an overlay, for `check`. */
export function sayOverlay(file: string, { parent, replaces, adds }: Changes): string {
  const told = [
    ...(replaces.length > 0 ? [`replaces ${replaces.join(', ')}`] : []),
    ...(adds.length > 0 ? [`adds ${adds.join(', ')}`] : []),
  ];
  return `${file} extends ${parent}: ${told.join('; ') || 'changes nothing'}`;
}

class Flattener {
  readonly places = new Map<object, Map<string, Place>>();
  readonly #changes: Changes;
  readonly #tell: (path: Path, code: string, message: string) => void;

  constructor(changes: Changes, tell: (path: Path, code: string, message: string) => void) {
    this.#changes = changes;
    this.#tell = tell;
  }

  lay(child: Here, parent: Here): unknown {
    if (!isRecord(child.value) || !isRecord(parent.value)) return child.value;
    if (parent.value['extends'] !== undefined)
      this.#tell(['extends'], 'EXTENDS_CHAIN', 'the parent extends another file: only one parent is allowed');
    const flat = this.#copy(parent);
    for (const key of Object.keys(child.value)) {
      if (key === 'extends') continue;
      const over = this.#member(child, key);
      const base = key in parent.value ? this.#member(parent, key) : undefined;
      this.#put(flat, key, base ? this.#layKey(key, over, base) : this.#added(key, over));
    }
    return flat;
  }

  #layKey(key: string, over: Here, base: Here): Here {
    if (key === 'fields') return this.#layFields(over, base);
    if (key === 'csv') return this.#layRecord(over, base, 'csv.', ['columns']);
    if (byName.includes(key)) return this.#layRecord(over, base, `${key}.`);
    if (key === 'checks' || key === 'skip') return this.#append(key, over, base);
    if (key === 'tests') return this.#layTests(over, base);
    if (key === 'api') {
      if (over.value !== base.value)
        this.#tell(['api'], 'EXTENDS_API', `the parent is a mapping of ${base.value}: an overlay cannot change that`);
    } else if (replaceable.includes(key)) this.#changes.replaces.push(key);
    else this.#tell([key], 'EXTENDS_KEY', `${key} is said by the parent: an overlay cannot change it`);
    return over;
  }

  #added(key: string, over: Here): Here {
    const { value } = over;
    const { adds } = this.#changes;
    if (Array.isArray(value)) for (const item of value) adds.push(sayItem(key, item));
    else if ((key === 'fields' || byName.includes(key)) && isRecord(value))
      adds.push(...Object.keys(value).map((name) => `${key}.${name}`));
    else adds.push(key);
    return over;
  }

  /** Each member of the overlay in the place of the parent's; the others stay. */
  #layRecord(over: Here, base: Here, prefix: string, deeper: readonly string[] = []): Here {
    if (!isRecord(over.value) || !isRecord(base.value)) return over;
    const laid = this.#copy(base);
    for (const key of Object.keys(over.value)) {
      const known = key in base.value;
      if (known && deeper.includes(key))
        this.#put(laid, key, this.#layRecord(this.#member(over, key), this.#member(base, key), `${prefix}${key}.`));
      else {
        this.#changes[known ? 'replaces' : 'adds'].push(prefix + key);
        this.#put(laid, key, this.#member(over, key));
      }
    }
    return { value: laid, place: over.place };
  }

  #layFields(over: Here, base: Here, prefix = ''): Here {
    if (!isRecord(over.value) || !isRecord(base.value)) return over;
    const laid = this.#copy(base);
    for (const key of Object.keys(over.value)) this.#putField(laid, key, this.#member(over, key), prefix);
    return { value: laid, place: over.place };
  }

  /** Puts a line by its path, however parent and overlay cut the path into parts. */
  #putField(fields: Members, key: string, over: Here, prefix: string): void {
    const path = `fields.${prefix}${key}`;
    const outer = Object.keys(fields).find((name) => key.startsWith(`${name}.`) && isPart(fields[name]));
    if (!Object.hasOwn(fields, key) && outer !== undefined) {
      const part = this.#copy(this.#known(fields, outer));
      const inner = this.#copy(this.#known(part, 'fields'));
      this.#putField(inner, key.slice(outer.length + 1), over, `${prefix}${outer}.`);
      this.#put(part, 'fields', { value: inner, place: this.#known(part, 'fields').place });
      this.#put(fields, outer, { value: part, place: this.#known(fields, outer).place });
      return;
    }
    const under = Object.keys(fields).filter((name) => name.startsWith(`${key}.`));
    if (under.length > 0) this.#gather(fields, key, under, over.place);
    const base = Object.hasOwn(fields, key) ? this.#known(fields, key) : undefined;
    if (base && isPart(base.value) && isPart(over.value)) {
      const part = this.#copy(base);
      for (const name of Object.keys(over.value)) {
        const said = this.#member(over, name);
        if (name === 'fields')
          this.#put(part, name, this.#layFields(said, this.#known(part, 'fields'), `${prefix}${key}.`));
        else {
          this.#changes.replaces.push(`${path} ${name}`);
          this.#put(part, name, said);
        }
      }
      this.#put(fields, key, { value: part, place: over.place });
      return;
    }
    this.#changes[base ? 'replaces' : 'adds'].push(path);
    this.#put(fields, key, over);
  }

  /** Brings lines such as `loanNumber.type` and `loanNumber.number` into one part `loanNumber`. */
  #gather(fields: Members, key: string, under: readonly string[], place: Place): void {
    const inner = this.#container({});
    for (const name of under) {
      this.#put(inner, name.slice(key.length + 1), this.#known(fields, name));
      delete fields[name];
    }
    const part = this.#container({});
    this.#put(part, 'fields', { value: inner, place });
    this.#put(fields, key, { value: part, place });
  }

  /** The parent's rules all stay, those of the overlay come after them. */
  #append(key: 'checks' | 'skip', over: Here, base: Here): Here {
    if (!Array.isArray(over.value) || !Array.isArray(base.value)) return over;
    const known = new Set(base.value.map((rule) => (isRecord(rule) ? rule['id'] : undefined)));
    over.value.forEach((rule, i) => {
      const id = isRecord(rule) ? rule['id'] : undefined;
      if (id !== undefined && known.has(id))
        this.#tell(
          [key, i, 'id'],
          'EXTENDS_RULE',
          `the parent has a ${nounOf[key]} ${id}: an overlay may add rules, not change or delete one`,
        );
      this.#changes.adds.push(sayItem(key, rule));
    });
    return this.#joined([...items(base), ...items(over)], over.place);
  }

  /** A test of the overlay takes the place of the parent's of the same name. */
  #layTests(over: Here, base: Here): Here {
    if (!Array.isArray(over.value) || !Array.isArray(base.value)) return over;
    const nameOf = ({ value }: Here) => (isRecord(value) ? value['name'] : undefined);
    const laid = items(base);
    for (const said of items(over)) {
      const at = laid.findIndex((known) => nameOf(known) !== undefined && nameOf(known) === nameOf(said));
      this.#changes[at < 0 ? 'adds' : 'replaces'].push(sayItem('tests', said.value));
      if (at < 0) laid.push(said);
      else laid[at] = said;
    }
    return this.#joined(laid, over.place);
  }

  #joined(members: readonly Here[], place: Place): Here {
    const list = this.#container(members.map(({ value }) => value));
    for (const [i, member] of members.entries()) this.places.get(list)?.set(String(i), member.place);
    return { value: list, place };
  }

  #container<T extends object>(value: T): T {
    this.places.set(value, new Map());
    return value;
  }

  /** A copy of an object that may be changed; its members keep their places. */
  #copy(from: Here): Members {
    const copy: Members = this.#container({});
    if (isRecord(from.value)) for (const key of Object.keys(from.value)) this.#put(copy, key, this.#member(from, key));
    return copy;
  }

  /** A key may be anything a YAML file can say: it is defined, never assigned. */
  #put(target: Members, key: string, { value, place }: Here): void {
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
    this.places.get(target)?.set(key, place);
  }

  #member({ value, place }: Here, key: string): Here {
    const known = isRecord(value) ? this.places.get(value)?.get(key) : undefined;
    return {
      value: (value as Members)[key],
      place: known ?? { ...place, path: [...place.path, key] },
    };
  }

  /** A member of an object that was put together here. */
  #known(members: Members, key: string): Here {
    const place = this.places.get(members)?.get(key);
    if (!place) throw new Error('an object that was not put together here');
    return { value: members[key], place };
  }
}

const nounOf = { checks: 'check', skip: 'skip rule', tests: 'test' };

function sayItem(key: string, item: unknown): string {
  if (!isRecord(item) || !(key in nounOf)) return key;
  const noun = nounOf[key as keyof typeof nounOf];
  return key === 'tests' ? `test "${item['name']}"` : `${noun} ${item['id']}`;
}

function items({ value, place }: Here): Here[] {
  return (value as unknown[]).map((item, i) => ({ value: item, place: { ...place, path: [...place.path, i] } }));
}

const isRecord = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isPart = (spec: unknown): spec is Members => isRecord(spec) && isRecord(spec['fields']) && !('each' in spec);
