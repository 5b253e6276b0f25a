import { type Field, itemOf, pathsOf } from '../../contract/field-table.ts';
import { didYouMean } from '../../lib/suggest.ts';
import type { Predicate } from '../language/predicate.ts';
import type { EachField, FieldSpec, Fields, PartField, Source } from '../language/source.ts';
import { addFinding, hasErred } from './add-finding.ts';
import { columnOf, compileValue, type Make } from './compile-value.ts';
import { Fault } from './fault.ts';
import type { Moment } from './moment.ts';
import { compileLeftOver, numbered, tellGap } from './numbered-columns.ts';
import { compilePredicate, type Test } from './predicates.ts';
import type { Scope } from './scope.ts';
import type { Trace } from './trace.ts';

/** Fills an object of the report; false when nothing was put into it. */
export type Fill = (moment: Moment, target: Record<string, unknown>) => boolean;

type Path = readonly PropertyKey[];

/** Field specs by key, dotted keys unfolded. */
type Branch = { children: Map<string, Branch>; spec?: FieldSpec; path: Path };

/**
 * Compiles the lines of `fields` into one function that fills an object.
 * @param path where the lines stand in the mapping file
 */
export function compileFields(fields: Fields, owner: Field, scope: Scope, path: Path): Fill {
  const root: Branch = { children: new Map(), path };
  for (const [key, spec] of Object.entries(fields)) graft(root, key.split('.'), spec, [...path, key], scope);
  return compileObject(root, owner, owner.required, scope);
}

function graft(branch: Branch, parts: readonly string[], spec: FieldSpec, path: Path, scope: Scope): void {
  const [head = '', ...rest] = parts;
  const child: Branch = branch.children.get(head) ?? { children: new Map(), path };
  branch.children.set(head, child);
  if (rest.length > 0) graft(child, rest, spec, path, scope);
  else if (child.spec || (child.children.size > 0 && !isPart(spec)))
    scope.tell(path, 'FIELD_TWICE', `${String(path.at(-1))} is mapped twice`);
  else {
    child.spec = spec;
    child.path = path;
    if (isPart(spec))
      for (const [key, inner] of Object.entries(spec.fields))
        graft(child, key.split('.'), inner, [...path, 'fields', key], scope);
  }
}

const isEach = (spec: FieldSpec): spec is EachField => 'each' in spec;
const isPart = (spec: FieldSpec): spec is PartField => 'fields' in spec && !('each' in spec);

type Member = {
  key: string;
  field: Field;
  column: string | null;
  make: Make;
  fill: Fill | undefined;
  refs: Set<string>;
  /** Of these, the fields that decide whether this one is there at all. */
  own: Set<string>;
  at: Path;
};

function compileObject(branch: Branch, owner: Field, required: boolean, scope: Scope): Fill {
  const members: Member[] = [];
  for (const [key, child] of branch.children) {
    const field = owner.children.get(key);
    if (!field) {
      const options = [...owner.children.keys(), ...(owner.path === '' ? pathsOf(owner) : [])];
      scope.tell(
        child.path.slice(0, -1),
        'UNKNOWN_FIELD',
        `${owner.path ? `${owner.path}.` : ''}${key} is not a field of ${scope.mapping.api}${didYouMean(key, options)}`,
        { key: String(child.path.at(-1)) },
      );
      continue;
    }
    const member = compileMember(key, child, field, scope);
    members.push(scope.trace ? traced(member, child, scope.trace) : member);
  }
  tellMissing(branch, owner, scope);
  const fill = fillAll(inOrder(members, owner, scope), required);
  return scope.trace ? scope.trace.object(fill) : fill;
}

function traced(member: Member, { path: rule, spec }: Branch, trace: Trace): Member {
  const { key, field, make, fill } = member;
  const told = {
    key,
    path: field.path,
    rule,
    personal: field.format === 'personalIdentityCode',
    hasParts: fill !== undefined || (spec !== undefined && isEach(spec)),
  };
  return {
    ...member,
    make: fill ? make : trace.member(told, make),
    fill: fill && trace.member(told, fill),
  };
}

function compileMember(key: string, branch: Branch, field: Field, scope: Scope): Member {
  const { spec } = branch;
  const member = {
    key,
    field,
    column: spec ? columnOf(spec) : null,
    refs: spec ? fieldRefs(spec) : refsBelow(branch),
    fill: undefined as Fill | undefined,
    own: new Set([...fieldRefs(spec && 'when' in spec ? spec.when : undefined)].flatMap(withParents)),
    at: branch.path,
  };
  if (spec && isEach(spec)) {
    if (field.kind !== 'list')
      scope.tell(branch.path, 'FIELD_KIND', `${field.path} is not a list: each belongs to lists`);
    return { ...member, make: compileEach(spec, field, scope, branch.path) };
  }
  if (branch.children.size > 0 || (spec && isPart(spec))) {
    if (field.kind === 'list')
      scope.tell(branch.path, 'FIELD_KIND', `${field.path} is a list: say each: rows or each: columns`);
    else if (field.kind !== 'object') scope.tell(branch.path, 'FIELD_KIND', `${field.path} has no parts`);
    const fill = compileObject(branch, field, field.required, scope);
    const when =
      spec && isPart(spec) && spec.when ? compilePredicate(spec.when, scope, [...branch.path, 'when']) : undefined;
    return {
      ...member,
      refs: new Set([...member.refs, ...refsBelow(branch)]),
      make: () => undefined,
      fill: when ? (moment, target) => when(moment) && fill(moment, target) : fill,
    };
  }
  const source = spec as Source;
  // A list of plain values may be written whole, or have the one value that a source gives.
  if (field.item && !('const' in source)) {
    const make = compileValue(source, field.item, scope, branch.path);
    return { ...member, make: (moment) => listOf(make(moment)) };
  }
  if (!('const' in source) && (field.kind === 'object' || field.kind === 'list')) {
    scope.tell(
      branch.path,
      'FIELD_KIND',
      field.kind === 'list'
        ? `${field.path} is a list: say each: rows or each: columns`
        : `${field.path} has parts: ${[...field.children.keys()].join(', ')}`,
    );
    return { ...member, make: () => undefined };
  }
  return { ...member, make: compileValue(source, field, scope, branch.path) };
}

const listOf = (value: unknown) => (value === undefined ? undefined : [value]);

function fillAll(members: readonly Member[], required: boolean): Fill {
  return (moment, target) => {
    let any = false;
    let missing: Member | undefined;
    let more: Member[] | undefined;
    for (const member of members) {
      const before = moment.findings.length;
      if (member.fill) {
        const part: Record<string, unknown> = {};
        target[member.key] = part;
        if (member.fill(moment, part)) any = true;
        else delete target[member.key];
        continue;
      }
      const value = member.make(moment);
      if (value !== undefined) {
        target[member.key] = value;
        any = true;
      } else if (hasErred(moment, before)) any = true;
      else if (member.field.required) {
        if (missing) more = [...(more ?? []), member];
        else missing = member;
      }
    }
    if (missing && (any || required)) for (const member of [missing, ...(more ?? [])]) tellEmpty(moment, member);
    return any;
  };
}

function tellEmpty(moment: Moment, { field, column }: Member): void {
  addFinding(
    moment,
    new Fault('VALUE_MISSING', `a value: the register needs ${field.path}`),
    column,
    column === null ? null : '',
    false,
  );
}

function compileEach(spec: EachField, field: Field, scope: Scope, path: Path): Make {
  const when = spec.when ? compilePredicate(spec.when, scope, [...path, 'when']) : undefined;
  const items = spec.each === 'rows' ? eachRow(spec, field, scope, path) : eachColumn(spec, field, scope, path);
  return (moment) => {
    if (when && !when(moment)) return undefined;
    const before = moment.findings.length;
    const list = items(moment);
    if (list.length > 0) return list;
    return hasErred(moment, before) ? list : undefined;
  };
}

function eachRow(spec: EachField, field: Field, scope: Scope, path: Path): (moment: Moment) => unknown[] {
  if (spec.numbered !== undefined || spec.presentWhen !== undefined)
    scope.tell(path, 'EACH', 'numbered and presentWhen go with each: columns; use where with each: rows', {
      key: spec.numbered === undefined ? 'presentWhen' : 'numbered',
    });
  const where = spec.where ? compilePredicate(spec.where, scope, [...path, 'where']) : undefined;
  const fill = compileFields(spec.fields, itemOf(field), scope, [...path, 'fields']);
  return (moment) => {
    const list: unknown[] = [];
    const { row: first } = moment;
    for (const row of moment.rows) {
      moment.row = row;
      if (where && !where(moment)) continue;
      const item: Record<string, unknown> = {};
      if (fill(moment, item)) list.push(field.item ? item['value'] : item);
    }
    moment.row = first;
    return list;
  };
}

function eachColumn(spec: EachField, field: Field, scope: Scope, path: Path): (moment: Moment) => unknown[] {
  const [, from, to] = /^(\d{1,3})\.\.(\d{1,3})$/.exec(spec.numbered ?? '') ?? [];
  if (from === undefined || to === undefined || Number(to) < Number(from) || spec.presentWhen === undefined) {
    scope.tell(
      spec.numbered === undefined || spec.presentWhen === undefined ? path : [...path, 'numbered'],
      'EACH',
      'each: columns needs numbered: 1..4 (the smaller number first) and presentWhen: "COLUMN{n}"',
    );
    return () => [];
  }
  const slots = Array.from({ length: Number(to) - Number(from) + 1 }, (_, i) =>
    compileSlot(spec, Number(from) + i, field, scope, path),
  );
  return (moment) => {
    const list: unknown[] = [];
    let absent: number | undefined;
    let gap: { absent: number; there: number } | undefined;
    for (const { n, present, fill, leftOver } of slots) {
      if (!present(moment)) {
        absent ??= n;
        leftOver(moment);
        continue;
      }
      if (absent !== undefined) gap ??= { absent, there: n };
      const item: Record<string, unknown> = {};
      if (fill(moment, item)) list.push(field.item ? item['value'] : item);
    }
    if (gap) tellGap(spec, gap, moment);
    return list;
  };
}

type Slot = { n: number; present: Test; fill: Fill; leftOver(moment: Moment): void };

function compileSlot(spec: EachField, n: number, field: Field, scope: Scope, path: Path): Slot {
  const presentWhen = numbered(spec.presentWhen, n) as string | Predicate;
  const condition: Predicate = typeof presentWhen === 'string' ? { column: presentWhen, filled: true } : presentWhen;
  return {
    n,
    present: compilePredicate(condition, scope, [...path, 'presentWhen']),
    fill: compileFields(numbered(spec.fields, n) as Fields, itemOf(field), scope, [...path, 'fields']),
    leftOver: compileLeftOver(spec, n, scope),
  };
}

function tellMissing(branch: Branch, owner: Field, scope: Scope): void {
  const missing = [...owner.children].filter(([key]) => !branch.children.has(key)).map(([, field]) => field);
  for (const field of missing)
    if (field.required)
      scope.tell(branch.path, 'FIELD_MISSING', `${field.path} is not mapped, and the register needs it`);
  const expected = missing.filter((field) => field.expected && !field.required).map((field) => field.path);
  if (expected.length > 0)
    scope.tell(
      branch.path,
      'FIELD_EXPECTED',
      `not mapped, though lenders’ clients are seen to send it always: ${expected.join(', ')}`,
      { severity: 'warning' },
    );
}

/** Puts members in an order in which conditions on fields find those fields built. */
function inOrder(members: readonly Member[], owner: Field, scope: Scope): Member[] {
  const prefix = owner.path && !owner.path.includes('[]') ? `${owner.path}.` : '';
  const ordered: Member[] = [];
  const waiting = [...members];
  for (const { key, own, at } of members)
    if (own.has(prefix + key))
      scope.tell(at, 'CONDITION', `${prefix}${key} is there only if it is there itself: its condition looks at itself`);
  while (waiting.length > 0) {
    const next = waiting.findIndex(
      (member) => !waiting.some((other) => other !== member && refersTo(member, prefix + other.key)),
    );
    const [member] = waiting.splice(Math.max(0, next), 1);
    if (member) ordered.push(member);
    if (next >= 0 || !member) continue;
    const names = [member, ...waiting].map(({ key }) => prefix + key);
    scope.tell(member.at, 'CONDITION', `conditions on fields go round in a circle: ${names.join(', ')}`);
    return [...ordered, member, ...waiting];
  }
  return ordered;
}

/** A field and the parts it stands in. */
const withParents = (path: string) => path.split('.').map((_, i, parts) => parts.slice(0, i + 1).join('.'));

const refersTo = (member: Member, path: string) =>
  [...member.refs].some((ref) => ref === path || ref.startsWith(`${path}.`));

function refsBelow(branch: Branch): Set<string> {
  const refs = new Set(branch.spec ? fieldRefs(branch.spec) : []);
  for (const child of branch.children.values()) for (const ref of refsBelow(child)) refs.add(ref);
  return refs;
}

/** Every `field:` named by the conditions of a spec. */
function fieldRefs(spec: unknown, refs = new Set<string>()): Set<string> {
  if (Array.isArray(spec)) for (const item of spec) fieldRefs(item, refs);
  else if (typeof spec === 'object' && spec !== null)
    for (const [key, value] of Object.entries(spec)) {
      if (key === 'field' && typeof value === 'string') refs.add(value);
      else fieldRefs(value, refs);
    }
  return refs;
}
