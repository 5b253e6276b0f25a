import { aggregateForms } from '../language/aggregate-specs.ts';
import type { Predicate } from '../language/predicate.ts';
import type { CaseField, EachField, FieldSpec, PartField } from '../language/source.ts';
import { sayCondition } from './say-condition.ts';
import { sayRest, sayYaml } from './say-yaml.ts';

/** Where one field comes from, for people: the columns it is made of, and the rule. */
export type SaidSource = { columns: string[]; rule: string };

/** Says where a field comes from. A source there are no words for is told as YAML, with no columns. */
export function saySource(spec: FieldSpec): SaidSource {
  const { columns, words, told } = sayForm(spec);
  const handled = [...words, ...sayHandling(spec)];
  const rest = sayRest(spec, [...told, ...handling]);
  return { columns: [...new Set(columns)], rule: [...handled, ...rest].join('; ') };
}

type Form = { columns: string[]; words: string[]; told: string[] };

function sayForm(spec: FieldSpec): Form {
  if ('from' in spec) return { columns: [spec.from], words: [], told: ['from'] };
  if ('firstOf' in spec)
    return { columns: spec.firstOf, words: ['the first of the columns that is not empty'], told: ['firstOf'] };
  if ('const' in spec) return { columns: [], words: [`always ${sayYaml(spec.const)}`], told: ['const'] };
  if ('meta' in spec) return { columns: [], words: [meta[spec.meta]], told: ['meta'] };
  if ('case' in spec) return sayCase(spec);
  if ('each' in spec) return sayEach(spec);
  const aggregate = sayAggregate(spec);
  if (aggregate) return aggregate;
  if ('fields' in spec) return { columns: [], words: ['made of the parts below'], told: ['fields'] };
  return { columns: [], words: [], told: [] };
}

const aggregates = {
  sum: 'the sum over the rows of the report',
  min: 'the smallest of the rows of the report',
  max: 'the largest of the rows of the report',
  first: 'the first that is filled, of the rows of the report',
  last: 'the last that is filled, of the rows of the report',
  count: 'how many are filled, of the rows of the report',
};

function sayAggregate(spec: FieldSpec & Partial<Record<string, unknown>>): Form | undefined {
  const form = aggregateForms.find((key) => key in spec);
  if (!form) return undefined;
  const column = String(spec[form]);
  if (form === 'count' && column === 'rows')
    return { columns: [], words: ['how many rows the report has'], told: [form] };
  const order = spec['by'];
  const by = order === undefined ? [] : [`in the order of ${typeof order === 'string' ? order : sayYaml(order)}`];
  return { columns: [column], words: [aggregates[form], ...by], told: [form, 'by'] };
}

const meta = {
  takenAt: 'when the export was taken, in UTC',
  fileName: 'the name of the export',
  line: 'the line of the row in the export',
  loanNumber: 'the number of the loan',
};

function sayCase(spec: CaseField): Form {
  const columns: string[] = [];
  const words = spec.case.map(({ when, ...source }) => {
    const said = saySource(source as FieldSpec);
    columns.push(...columnsIn(when), ...said.columns);
    return `when ${sayCondition(when)}: ${sayBranch(said)}`;
  });
  if (spec.else === 'unmapped') words.push('otherwise: a finding');
  else if (spec.else === 'omitted') words.push('otherwise: left out');
  else {
    const said = saySource(spec.else);
    columns.push(...said.columns);
    words.push(`otherwise: ${sayBranch(said)}`);
  }
  return { columns, words, told: ['case', 'else'] };
}

const sayBranch = ({ columns, rule }: SaidSource) =>
  [columns.join(', '), rule.replace(/^always /, '')].filter((part) => part !== '').join(', ');

function sayEach(spec: EachField): Form {
  if (spec.each === 'rows') {
    return { columns: [], words: ['one item for each row of the report'], told: ['each', 'fields'] };
  }
  const present = spec.presentWhen;
  const holds = typeof present === 'string' ? `${present} is filled` : present ? sayCondition(present) : '';
  return {
    columns: [],
    words: [`one item for each n of ${spec.numbered ?? ''}${holds === '' ? '' : ` for which ${holds}`}`],
    told: ['each', 'numbered', 'presentWhen', 'fields'],
  };
}

const handling = ['call', 'as', 'codes', 'default', 'prefix', 'suffix', 'shape', 'emptyAs', 'where', 'never', 'when'];

function sayHandling(spec: FieldSpec & Partial<Record<string, unknown>>): string[] {
  const { call, as, codes, default: without, prefix, suffix, shape, emptyAs, where, never, when } = spec;
  const words: string[] = [];
  if (where !== undefined) words.push(`of those where ${sayCondition(where as Predicate)}`);
  if (emptyAs !== undefined) words.push(`empty when it is ${sayYaml(emptyAs)}`);
  if (call !== undefined) words.push(`through the function ${String(call)}`);
  if (shape !== undefined) words.push(`must have the form ${String(shape)}`);
  if (as !== undefined) words.push(`read as ${String(as)}`);
  if (codes !== undefined) words.push(`by the code list ${String(codes)}`);
  if (prefix !== undefined) words.push(`with ${sayYaml(String(prefix))} before it`);
  if (suffix !== undefined) words.push(`with ${sayYaml(String(suffix))} after it`);
  if (without !== undefined) words.push(`${sayYaml(without)} when the cell is empty`);
  if (Array.isArray(never)) words.push(`never ${never.join(', ')}`);
  if (when !== undefined) words.push(`only when ${sayCondition(when as Predicate)}`);
  return words;
}

function columnsIn(condition: Predicate): string[] {
  const below = [...(condition.all ?? []), ...(condition.any ?? []), ...(condition.not ? [condition.not] : [])];
  return [...(condition.column === undefined ? [] : [condition.column]), ...below.flatMap(columnsIn)];
}

/** The parts of a field that has parts; a list’s are those of one item. */
export const partsOf = (spec: FieldSpec): (EachField | PartField)['fields'] | undefined =>
  'fields' in spec ? spec.fields : undefined;
