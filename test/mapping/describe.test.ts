import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { examples } from '../../docs/generate/examples.ts';
import { partReader } from '../../src/cli/part-reader.ts';
import { packageRoot } from '../../src/cli/tool.ts';
import type { Predicate } from '../../src/mapping/language/predicate.ts';
import type { Requirement } from '../../src/mapping/language/requirement.ts';
import type { FieldSpec } from '../../src/mapping/language/source.ts';
import { type LoadedMapping, loadMapping } from '../../src/mapping/load-mapping.ts';
import { describeMapping } from '../../src/mapping/words/describe-mapping.ts';
import { sayCondition } from '../../src/mapping/words/say-condition.ts';
import { sayRequirement } from '../../src/mapping/words/say-requirement.ts';
import { saySource } from '../../src/mapping/words/say-source.ts';
import { mappingPage } from '../../src/reports/pages/mapping-page.ts';
import { loadedMappings } from '../demo/map-sample.ts';
import { usable } from './builders.ts';

const folder = join(packageRoot, 'docs', 'examples');
const shown: LoadedMapping[] = [
  ...loadedMappings,
  ...examples.flatMap(({ name }) => {
    const { loaded } = loadMapping(readFileSync(join(folder, name), 'utf8'), name, 'artificial', partReader(folder));
    return loaded ? [loaded] : [];
  }),
];

describe.each(shown.map((loaded) => [loaded.file, loaded] as const))('the page of %s', (_, loaded) => {
  const described = describeMapping(loaded);
  const page = mappingPage([described], 'luottoputki 1');
  const words = JSON.stringify({ ...described, functions: [] });

  it('names every column, skip rule, check, code list and test, and the hash', () => {
    const { mapping } = loaded;
    const ofFields = described.fields.flatMap(({ columns }) => columns);
    for (const column of loaded.needed) {
      const numbered = column.replace(/\d+$/, '{n}');
      expect(ofFields.includes(column) || ofFields.includes(numbered) || words.includes(column), column).toBe(true);
    }
    const names = [...mapping.skip, ...mapping.checks].map(({ id }) => id);
    for (const name of [...names, ...Object.keys(mapping.codes)]) expect(page).toContain(name);
    expect(described.tests).toEqual(mapping.tests.map(({ name }) => name));
    expect(words).toContain(loaded.parts[0]?.sha256 ?? loaded.sha256);
  });

  it('gives every line a rule or a column, and every field its meaning', () => {
    expect(described.fields.filter(({ columns, rule }) => columns.length === 0 && rule === '')).toEqual([]);
    expect(described.fields.filter(({ meaning, evidence }) => meaning === '' || evidence === '')).toEqual([]);
    expect(words).not.toMatch(/undefined|\[object/);
  });

  it('shows no cell of a test: nobody is named on it', () => {
    expect(page).not.toMatch(/\d{6}[-+A-FU-Y]\d{3}[0-9A-Z]/);
  });
});

it('a function, a trailer, the days of a version and a draft are told', () => {
  const [old, draft] = ['endings-of-old-core', 'endings-of-new-core'].map((name) => {
    const loaded = shown.find(({ mapping }) => mapping.mapping === name);
    if (!loaded) throw new Error(`no example ${name}`);
    return loaded;
  });
  if (!old || !draft) throw new Error('no examples');
  const described = describeMapping(old);
  expect(described.reading).toContainEqual({ label: 'Takes exports', words: 'from 2026-01-01 to 2026-12-31' });
  expect(described.reading).toContainEqual({
    label: 'The last record',
    words: 'begins with "#END"; its cell 2 is the number of rows; its cell 3 is the sum of BALANCE, read as money',
  });
  expect(described.others).toEqual([]);
  const page = mappingPage([described], 'luottoputki 1');
  expect(page).toContain('Function withoutBranch');
  expect(page).toContain('export default function withoutBranch');
  expect(describeMapping(draft).reading).toContainEqual({ label: 'Takes exports', words: 'none: it is a draft' });
});

it('fields that no line gives are told, those of a part given whole are not', () => {
  const described = describeMapping(
    usable({
      mapping: 'm',
      api: 'Repayments',
      takes: '*.csv',
      fields: {
        reportReference: { from: 'REF' },
        loanNumber: { const: { type: 'Other', number: '1' } },
        'lumpSumLoanRepayment.balance': { from: 'S', as: 'decimal' },
      },
    }),
  );
  const unmapped = described.unmapped.map(({ path }) => path);
  expect(unmapped).toContain('lumpSumLoanRepayment.paymentDate');
  expect(unmapped).toContain('runningAccountLoanRepayment');
  expect(unmapped.filter((path) => path.startsWith('loanNumber') || path.endsWith('.balance'))).toEqual([]);
});

const anySpec = (spec: object) => spec as FieldSpec & Predicate & Requirement;

describe('in words', () => {
  const conditions: [Predicate, string][] = [
    [{ column: 'A', is: 'Y' }, 'A is Y'],
    [{ column: 'A', is: '01' }, 'A is "01"'],
    [{ column: 'A', in: ['1', '2'] }, 'A is one of "1", "2"'],
    [{ field: 'loanType', filled: true }, 'loanType is filled'],
    [{ column: 'S', as: 'money', atLeast: 1, atMost: 5 }, 'S is at least 1, S is at most 5, read as money'],
    [
      {
        all: [
          { column: 'A', empty: true },
          {
            any: [
              { column: 'B', is: 'x' },
              { column: 'C', is: 'y' },
            ],
          },
        ],
      },
      'A is empty and (B is x or C is y)',
    ],
    [{ not: { column: 'A', matches: 'x+' } }, 'not (A has the form x+)'],
  ];
  it.each(conditions)('%j', (condition, words) => {
    expect(sayCondition(condition)).toBe(words);
  });

  const demands: [Requirement, string][] = [
    [{ atLeast: ['borrowersCount', { count: 'borrowers' }] }, 'borrowersCount is at least the number of borrowers'],
    [{ any: [{ filled: 'a' }, { not: { equals: ['b', { const: 'EUR' }] } }] }, 'a is filled or not (b equals EUR)'],
  ];
  it.each(demands)('%j', (demand, words) => {
    expect(sayRequirement(demand)).toBe(words);
  });

  const sources: [FieldSpec, string][] = [
    [{ from: 'A', shape: '[0-9]+', prefix: 'x-' }, 'must have the form [0-9]+; with x- before it'],
    [
      { firstOf: ['A', 'B'], codes: 'c', default: 'NewReport' },
      'the first of the columns that is not empty; by the code list c; NewReport when the cell is empty',
    ],
    [
      { sum: 'A', as: 'money', where: { column: 'B', is: 'x' } },
      'the sum over the rows of the report; of those where B is x; read as money',
    ],
    [{ last: 'A', by: 'T' }, 'the last that is filled, of the rows of the report; in the order of T'],
    [{ from: 'A', call: 'f', shape: '[0-9]' }, 'through the function f; must have the form [0-9]'],
    [{ count: 'rows' }, 'how many rows the report has'],
    [
      anySpec({ case: [{ when: { column: 'A', is: 'x' }, const: 'Leasing' }], else: 'unmapped' }),
      'when A is x: Leasing; otherwise: a finding',
    ],
    [
      { each: 'columns', numbered: '1..2', presentWhen: 'A{n}', fields: {} },
      'one item for each n of 1..2 for which A{n} is filled',
    ],
    [
      { meta: 'takenAt', when: { field: 'loanType', is: 'Leasing' } },
      'when the export was taken, in UTC; only when loanType is Leasing',
    ],
  ];
  it.each(sources)('%j', (source, words) => {
    expect(saySource(source).rule).toBe(words);
  });

  it('what there are no words for yet is told as YAML, not passed over', () => {
    expect(saySource(anySpec({ conjure: 'X', by: { moon: 'full' } })).rule).toBe('conjure: X; by: { moon: full }');
    expect(saySource(anySpec({ from: 'A', as: 'money', twist: 2 }))).toEqual({
      columns: ['A'],
      rule: 'read as money; twist: 2',
    });
    expect(sayCondition(anySpec({ column: 'A', resembles: 'B' }))).toBe('resembles: B');
    expect(sayRequirement(anySpec({ near: ['a', 'b'] }))).toBe('near: [ a, b ]');
    const [some] = loadedMappings;
    if (!some) throw new Error('no mapping');
    const { others } = describeMapping({ ...some, mapping: { ...some.mapping, ...{ ritual: { at: 'dawn' } } } });
    expect(others).toEqual([{ key: 'ritual', yaml: '{ at: dawn }' }]);
  });
});
