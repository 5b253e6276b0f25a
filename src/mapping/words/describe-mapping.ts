import { type Field, findField } from '../../contract/field-table.ts';
import { evidenceOf, meaningOf, meaningOfValue } from '../../contract/meanings.ts';
import { sayDays } from '../files/code-list.ts';
import { type Changes, sayOverlay } from '../files/overlay.ts';
import type { Format } from '../language/format.ts';
import type { Fields } from '../language/source.ts';
import type { LoadedMapping } from '../load-mapping.ts';
import type { Mapping } from '../mapping.ts';
import { sayCondition } from './say-condition.ts';
import { sayRequirement } from './say-requirement.ts';
import { partsOf, saySource } from './say-source.ts';
import { sayRest, sayYaml } from './say-yaml.ts';

/** A field of the report: from which columns and by which rule, and what the register means by it. */
type DescribedField = { path: string; columns: string[]; rule: string; meaning: string; evidence: string };

/** A mapping in words, for those who answer for it; nothing in it comes from an export. */
export type DescribedMapping = {
  name: string;
  api: string;
  file: string;
  files: { name: string; sha256: string }[];
  /** How the export is written and what is done with it as a whole: a label, and words. */
  reading: { label: string; words: string }[];
  fields: DescribedField[];
  /** Fields of the register that no line of the mapping gives. */
  unmapped: { path: string; meaning: string; evidence: string }[];
  formats: { name: string; words: string }[];
  lists: {
    name: string;
    file: string | null;
    codes: { code: string; value: string; meaning: string; days: string }[];
    more: number;
  }[];
  /** Functions cells go through: what stands in their files. */
  functions: { name: string; file: string; text: string }[];
  skips: { id: string; when: string; why: string }[];
  checks: { id: string; severity: string; demand: string; say: string }[];
  tests: string[];
  /** Keys of the mapping there are no words for: as YAML. */
  others: { key: string; yaml: string }[];
};

/** Longer lists are shown up to here; the rest stands in their file, whose hash is told. */
const mostCodes = 500;

/** Puts a mapping into words. */
export function describeMapping({ mapping, file, sha256, parts, changes }: LoadedMapping): DescribedMapping {
  const root = mapping.contract.fields[mapping.api];
  const fields = describeFields(mapping.fields, root, '');
  return {
    name: mapping.mapping,
    api: mapping.api,
    file,
    files: parts.length > 0 ? parts : [{ name: file, sha256 }],
    reading: describeReading(mapping, changes),
    fields,
    unmapped: unmappedOf(root, fields),
    formats: Object.entries(mapping.formats).map(([name, format]) => ({ name, words: sayFormat(format) })),
    lists: describeLists(mapping),
    functions: Object.entries(mapping.functions).map(([name, from]) => ({
      name,
      file: from,
      text: mapping.functionTexts[name] ?? '',
    })),
    skips: mapping.skip.map(({ id, when, why }) => ({ id, when: sayCondition(when), why })),
    checks: mapping.checks.map(({ id, severity, require, when, say }) => ({
      id,
      severity,
      demand: sayRequirement(require) + (when ? `, when ${sayCondition(when)}` : ''),
      say: typeof say === 'string' ? say : (say?.en ?? say?.fi ?? say?.sv ?? ''),
    })),
    tests: mapping.tests.map(({ name }) => name),
    others: othersOf(mapping),
  };
}

const told = new Set(
  'mapping api takes csv formats codes lists records skip fields checks refuseFileWhen approveWhen expect tests draft activeFrom activeUntil functions functionTexts contract'.split(
    ' ',
  ),
);

function othersOf(mapping: Mapping): DescribedMapping['others'] {
  return Object.entries(mapping)
    .filter(
      ([key, value]) =>
        !told.has(key) && value !== undefined && !['[]', '{}', 'null', 'false'].includes(sayYaml(value)),
    )
    .map(([key, value]) => ({ key, yaml: sayYaml(value) }));
}

function describeFields(fields: Fields, root: Field, prefix: string): DescribedField[] {
  return Object.entries(fields).flatMap(([key, spec]) => {
    const path = prefix + key;
    const field = findField(root, path.replaceAll('[]', ''));
    const below = partsOf(spec);
    const inner = below ? describeFields(below, root, `${path}${'each' in spec ? '[]' : ''}.`) : [];
    return [{ path, ...saySource(spec), ...wordsOf(field) }, ...inner];
  });
}

const wordsOf = (field: Field | undefined) => ({
  meaning: (field && meaningOf(field)) ?? '',
  evidence: (field && evidenceOf(field)) ?? '',
});

function unmappedOf(root: Field, described: readonly DescribedField[]): DescribedMapping['unmapped'] {
  const mapped = described.map(({ path }) => path);
  // A constant gives a part whole, with what is inside of it.
  const whole = described.filter(({ rule }) => rule.startsWith('always {') || rule.startsWith('always ['));
  const isGiven = (path: string) =>
    mapped.some((one) => one === path || one.startsWith(`${path}.`) || one.startsWith(`${path}[]`)) ||
    whole.some((one) => path.startsWith(one.path));
  const missing = (field: Field): Field[] =>
    [...field.children.values()].flatMap((child) => (isGiven(child.path) ? missing(child) : [child]));
  return missing(root).map((field) => ({ path: field.path, ...wordsOf(field) }));
}

function describeReading(mapping: Mapping, changes: Changes | null): DescribedMapping['reading'] {
  const { csv, records, refuseFileWhen, approveWhen, expect } = mapping;
  const { columns, encoding, delimiter, emptyAs } = csv;
  const lines: [string, string | undefined][] = [
    ['Files', [mapping.takes].flat().join(', ')],
    ['Takes exports', sayDaysOf(mapping)],
    ['Extends', changes === null ? undefined : sayOverlay(mapping.mapping, changes)],
    ['Must have come', expect && `by ${expect.by}, ${expect.on === 'everyDay' ? 'every day' : 'on banking days'}`],
    ['Written as', `CSV, ${encoding}, cells parted by ${sayYaml(delimiter)}`],
    ['Empty cells', sayYaml(emptyAs)],
    ['Personal data', columns.personal.join(', ') || undefined],
    ['Shown beside findings', columns.carry.join(', ') || undefined],
    ['A column missing', columns.missing === 'refuseFile' ? 'the export is refused' : columns.missing],
    [
      'A column unknown',
      { warn: 'a warning', ignore: 'ignored', refuseFile: 'the export is refused' }[columns.unknown],
    ],
    ['The last record', csv.trailer && sayTrailer(csv.trailer)],
    ['Also', sayRest(csv, ['encoding', 'delimiter', 'emptyAs', 'columns', 'trailer']).join('; ') || undefined],
    ['Rows of one report', records ? sayRecords(records) : 'each row is a report'],
    ['The export is refused', refuseFileWhen && sayLimits(refuseFileWhen)],
    ['The export awaits approval', approveWhen && sayLimits(approveWhen)],
  ];
  return lines.flatMap(([label, words]) => (words === undefined ? [] : [{ label, words }]));
}

function sayDaysOf({ draft, activeFrom, activeUntil }: Mapping): string | undefined {
  if (draft) return 'none: it is a draft';
  const days = sayDays({ ...(activeFrom && { from: activeFrom }), ...(activeUntil && { to: activeUntil }) });
  return days === 'always' ? undefined : days;
}

function sayTrailer({ startsWith, rowCount, sum, ...rest }: NonNullable<Mapping['csv']['trailer']>): string {
  return [
    `begins with ${sayYaml(startsWith)}`,
    rowCount !== undefined && `its cell ${rowCount} is the number of rows`,
    sum && `its cell ${sum.cell} is the sum of ${sum.of}, read as ${sum.as}`,
    ...sayRest(rest, []),
  ]
    .filter((words) => typeof words === 'string')
    .join('; ');
}

const limits: Record<string, string> = {
  rejectedOver: 'of its reports have errors',
  rejectedRowsOver: 'of its rows have errors',
  rowsOffMedian: 'away from the rows of earlier exports',
  reportsOver: 'reports are made of it',
};

/** `when more than 20% of its reports have errors`. */
function sayLimits(spec: Record<string, string | number | undefined>): string {
  const words = Object.entries(spec).flatMap(([key, value]) =>
    limits[key] && value !== undefined ? [`more than ${value} ${limits[key]}`] : [],
  );
  return `when ${[...words, ...sayRest(spec, Object.keys(limits))].join(', or ')}`;
}

function sayRecords(records: NonNullable<Mapping['records']>): string {
  const free = records.mayDiffer.length > 0 ? `; ${records.mayDiffer.join(', ')} may differ` : '';
  const rest = sayRest(records, ['groupBy', 'mayDiffer']).map((words) => `; ${words}`);
  return `those with the same ${[records.groupBy].flat().join(', ')}${free}${rest.join('')}`;
}

function describeLists({ codes, lists }: Mapping): DescribedMapping['lists'] {
  const inFile = Object.entries(codes).map(([name, list]) => {
    const entries = Object.entries(list).map(([code, value]) => ({ code, value: String(value), days: '' }));
    return { name, file: null, all: entries };
  });
  const beside = Object.entries(lists).map(([name, list]) => ({
    name,
    file: list.file,
    all: list.codes.map((entry) => ({ code: entry.code, value: entry.value, days: sayDays(entry) })),
  }));
  return [...inFile, ...beside].map(({ name, file, all }) => ({
    name,
    file,
    codes: all.slice(0, mostCodes).map((entry) => ({ ...entry, meaning: meaningOfValue(entry.value) ?? '' })),
    more: Math.max(0, all.length - mostCodes),
  }));
}

function sayFormat(format: Format): string {
  const { type, ...how } = format;
  const kinds: Record<Format['type'], string> = {
    decimal: 'a number',
    date: 'a day',
    dateTime: 'a time',
    boolean: 'yes or no',
    integer: 'a whole number',
  };
  return [kinds[type] ?? type, ...sayRest(how, [])].join('; ');
}
