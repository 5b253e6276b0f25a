import { basename } from 'node:path';
import { z } from 'zod';
import { type Contract, fromKept, ownContract, toKeep } from '../contract/contract.ts';
import type { PersonSeries } from '../lib/identity-code.ts';
import { inOrder, type Problem, withoutDoubles } from '../lib/problem.ts';
import { sha256 } from '../lib/sha256.ts';
import { didYouMean } from '../lib/suggest.ts';
import { checkShape, parseYaml, type YamlFile } from '../lib/yaml-file.ts';
import { tellContradictions } from './advice/contradictions.ts';
import { tellNever } from './advice/never-produced.ts';
import { tellUnquoted } from './advice/unquoted.ts';
import { compileMapping } from './compile/compile-mapping.ts';
import type { Tell } from './compile/scope.ts';
import { bundle, type PartHash, unbundle } from './files/bundle.ts';
import type { MappingFile } from './files/mapping-file.ts';
import type { Changes } from './files/overlay.ts';
import { Parts, type ReadPart } from './files/parts.ts';
import { readFunctions } from './files/read-functions.ts';
import { readLists } from './files/read-lists.ts';
import { withParent } from './files/with-parent.ts';
import { type AggregateField, aggregateSpecs } from './language/aggregate-specs.ts';
import { role } from './language/key.ts';
import { Predicate } from './language/predicate.ts';
import {
  ConstField,
  FieldLine,
  type FieldSpec,
  type Fields,
  FirstOfField,
  FromField,
  fieldForms,
  fieldNever,
  fieldWhen,
  MetaField,
} from './language/source.ts';
import { Mapping } from './mapping.ts';

/** A mapping that was read and understood. */
export type LoadedMapping = {
  file: string;
  /** What is kept of it: its text, with those of its parts; `loadKept` reads it. */
  text: string;
  /** Of `text`. */
  sha256: string;
  /** Every file of a mapping that is more than one, itself first; none otherwise. */
  parts: PartHash[];
  /** What an overlay makes of its parent; null when the mapping extends none. */
  changes: Changes | null;
  /** All of it, its parent's lines and its own. */
  mapping: Mapping;
  /** Columns an export must have. */
  needed: string[];
  yaml: YamlFile;
};

/** What was found in a mapping file; `loaded` only when it can be used. */
export type ReadMapping = {
  loaded?: LoadedMapping;
  /** All of them, warnings too. */
  problems: Problem[];
  /** The file it extends, from the folder of the mapping. */
  parent: string | null;
  /** It takes no files and extends nothing: it is there to be extended, or it is not finished. */
  isBase: boolean;
  /** It says of itself that it is not finished. */
  isDraft: boolean;
};

type Path = readonly PropertyKey[];

/**
 * Reads one mapping with the files it names, and compiles it once, to find everything that is wrong with it.
 * @param readPart gives the other files; left out, there are none
 * @param contract what the register takes; our own when left out
 */
export function loadMapping(
  text: string,
  file: string,
  series: PersonSeries,
  readPart: ReadPart = () => ({ why: 'cannot be read from here' }),
  contract: Contract = ownContract,
): ReadMapping {
  const own = parseYaml(text, file);
  if (own.value === undefined || own.value === null)
    return { problems: own.problems, parent: null, isBase: false, isDraft: false };
  const parts = new Parts(readPart);
  const { yaml, changes, parent } = withParent(own, parts);
  const read = yaml ? readWhole(text, yaml, changes, series, parts, contract) : { problems: own.problems };
  return { ...read, parent, isBase: isBase(own), isDraft: isDraft((yaml ?? own).value) };
}

function readWhole(
  text: string,
  yaml: MappingFile,
  changes: Changes | null,
  series: PersonSeries,
  parts: Parts,
  contract: Contract,
): Pick<ReadMapping, 'loaded' | 'problems'> {
  const { file } = yaml;
  const shaped = checkShape(yaml, Mapping);
  tellUnquoted(yaml);
  if (!shaped) {
    // The fields are looked at all the same: all problems are told in one go.
    const { fields } = (yaml.value ?? {}) as { fields?: unknown };
    const readable = z.record(z.string(), FieldLine).safeParse(fields);
    if (readable.success) readFields(yaml, readable.data, ['fields']);
    return { problems: inOrder(withoutDoubles(yaml.problems), file) };
  }
  const mapping: Mapping = {
    ...shaped,
    contract,
    ...readLists(yaml, shaped.codes, parts),
    ...readFunctions(yaml, shaped.functions, parts),
    fields: readFields(yaml, shaped.fields, ['fields']),
    whenGone: shaped.whenGone && {
      ...shaped.whenGone,
      fields: readFields(yaml, shaped.whenGone.fields, ['whenGone', 'fields']),
    },
  };
  tellContradictions(mapping, yaml);
  if ((mapping.activeFrom ?? '') > (mapping.activeUntil ?? '9'))
    yaml.problems.push(
      yaml.problem(['activeUntil'], 'ACTIVE_DAYS', `the mapping ends on ${mapping.activeUntil}, before it begins`),
    );
  const unread = yaml.problems.length > 0;
  const tell: Tell = (path, code, message, options) => {
    // A line that could not be read is told already; that its field is missing follows from it.
    if (unread && (code === 'FIELD_MISSING' || code === 'FIELD_EXPECTED')) return;
    yaml.problems.push(yaml.problem(path, code, message, options));
  };
  const { columns } = compileMapping(mapping, mapping.contract.fields[mapping.api], series, tell);
  if (!unread) tellNever(mapping, mapping.contract.fields[mapping.api], tell);
  const problems = inOrder(withoutDoubles(withoutConsequences(yaml.problems, unread)), file);
  if (problems.some(({ severity }) => severity === 'error')) return { problems };
  const kept = toKeep(contract, mapping.api);
  const all = kept === null ? parts.all : [...parts.all, { name: contractPart, text: kept }];
  const whole = bundle(text, all);
  const files = all.length === 0 ? [] : [{ name: basename(file), text }, ...all];
  const hashes = files.map((part) => ({ name: part.name, sha256: sha256(part.text) }));
  return {
    loaded: { file, text: whole, sha256: sha256(whole), parts: hashes, changes, mapping, needed: columns, yaml },
    problems,
  };
}

const isBase = ({ value }: YamlFile) =>
  typeof value === 'object' && value !== null && !('takes' in value) && !('extends' in value);

const isDraft = (value: unknown) => z.object({ draft: z.literal(true) }).safeParse(value).success;

/** What a mapping is kept with when more is known than our own contract says; no file can have this name. */
const contractPart = 'contract:';

/**
 * Reads a mapping back from the text that was kept of it, with no file at hand.
 * @param now the contract of today: what it says of fields is set aside for what it said then
 */
export function loadKept(
  text: string,
  file: string,
  series: PersonSeries,
  now = ownContract,
): { loaded?: LoadedMapping } {
  const { mapping, parts } = unbundle(text);
  const contract = fromKept(parts.find(({ name }) => name === contractPart)?.text ?? null, now);
  return loadMapping(
    mapping,
    file,
    series,
    (name) => parts.find((part) => part.name === name) ?? { why: 'was not kept' },
    contract,
  );
}

function readFields(yaml: YamlFile, raw: Record<string, Record<string, unknown>>, path: Path): Fields {
  const fields: Fields = {};
  for (const [key, spec] of Object.entries(raw)) {
    const read = readField(yaml, spec, [...path, key]);
    if (read) fields[key] = read;
  }
  return fields;
}

const nestedFields = z
  .record(z.string(), FieldLine)
  .describe('the parts, each with its own source')
  .meta(role('fields'));

/** A list, item by item. */
export const EachShape = z.strictObject({
  each: z
    .enum(['rows', 'columns'])
    .describe('one item of the list for each row of the report, or for numbered columns'),
  numbered: z.string().optional().describe('the numbers put in place of {n}, such as 1..4'),
  presentWhen: z
    .union([z.string(), Predicate])
    .optional()
    .describe('the column, such as "HETU{n}", that is filled when there is an item; or a condition'),
  where: Predicate.optional().describe('the rows that make an item; others make none'),
  when: fieldWhen,
  fields: nestedFields,
});
/** A nested part of the report. */
export const PartShape = z.strictObject({
  when: fieldWhen,
  fields: nestedFields,
});
/** A value chosen by conditions. */
export const CaseShape = z.strictObject({
  case: z
    .array(
      z
        .looseObject({ when: Predicate.describe('the condition under which this line gives the value') })
        .meta(role('source')),
    )
    .min(1)
    .describe('conditions in order, each with a source: the first that holds gives the value'),
  else: z
    .union([z.enum(['unmapped', 'omitted']), z.record(z.string(), z.unknown()).meta(role('source'))], {
      error: 'a case needs its else: unmapped (a finding), omitted, or a source',
    })
    .describe('when none holds: unmapped is a finding, omitted leaves the field out, or a source'),
  never: fieldNever,
  when: fieldWhen,
});

function readField(yaml: YamlFile, spec: Record<string, unknown>, path: Path): FieldSpec | undefined {
  const forms = fieldForms.filter((form) => form in spec && !(form === 'fields' && 'each' in spec));
  const [form] = forms;
  if (form === undefined || forms.length > 1) {
    const [odd = ''] = Object.keys(spec);
    const why =
      forms.length > 1
        ? `${forms.join(' and ')} at once; say one of them`
        : `no source; say one of ${fieldForms.join(', ')}${didYouMean(odd, fieldForms)}`;
    yaml.problems.push(yaml.problem(path, 'FIELD_SOURCE', `${path.slice(1).join('.')}: ${why}`, { key: odd }));
    return undefined;
  }
  switch (form) {
    case 'from':
      return checkShape(yaml, FromField, spec, path);
    case 'firstOf':
      return checkShape(yaml, FirstOfField, spec, path);
    case 'const':
      return checkShape(yaml, ConstField, spec, path);
    case 'meta':
      return checkShape(yaml, MetaField, spec, path);
    case 'sum':
    case 'min':
    case 'max':
    case 'first':
    case 'last':
    case 'count':
      return checkShape<AggregateField>(yaml, aggregateSpecs[form], spec, path);
    case 'case':
      return readCase(yaml, spec, path);
    case 'each': {
      const each = checkShape(yaml, EachShape, spec, path);
      return each && ({ ...each, fields: readFields(yaml, each.fields, [...path, 'fields']) } as FieldSpec);
    }
    case 'fields': {
      const part = checkShape(yaml, PartShape, spec, path);
      return part && ({ ...part, fields: readFields(yaml, part.fields, [...path, 'fields']) } as FieldSpec);
    }
  }
}

function readCase(yaml: YamlFile, spec: Record<string, unknown>, path: Path): FieldSpec | undefined {
  const shaped = checkShape(yaml, CaseShape, spec, path);
  if (!shaped) return undefined;
  const branches = shaped.case.map(({ when, ...source }, i) => {
    const read = readField(yaml, source, [...path, 'case', i]);
    return read && { when, ...read };
  });
  const otherwise = typeof shaped.else === 'string' ? shaped.else : readField(yaml, shaped.else, [...path, 'else']);
  return { ...shaped, case: branches, else: otherwise } as FieldSpec;
}

/** A line that is not understood may be the very one that builds a field: that nothing builds it is not sure then. */
function withoutConsequences(problems: readonly Problem[], unread: boolean): Problem[] {
  const unsure = unread || problems.some(({ code }) => code === 'UNKNOWN_FIELD');
  return problems.filter(({ code }) => !(unsure && code === 'FIELD_NEVER_BUILT'));
}
