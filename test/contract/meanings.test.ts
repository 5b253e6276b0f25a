import { describe, expect, it } from 'vitest';
import { batchApis } from '../../src/contract/apis.ts';
import { type Field, fieldTables } from '../../src/contract/field-table.ts';
import { evidenceOf, meaningOf, meaningOfValue } from '../../src/contract/meanings.ts';

const all = (field: Field): Field[] => [...field.children.values()].flatMap((child) => [child, ...all(child)]);
const ofApi = (api: (typeof batchApis)[number]) => all(fieldTables[api]);

describe.each(batchApis)('%s', (api) => {
  it('has words for every field, and says how sure it is', () => {
    const silent = ofApi(api).filter((field) => !meaningOf(field) || !evidenceOf(field));
    expect(silent.map(({ path }) => path)).toEqual([]);
  });

  it('has words for every value of a list', () => {
    const values = ofApi(api).flatMap((field) => field.values ?? []);
    expect(values.filter((value) => !meaningOfValue(value))).toEqual([]);
  });
});

it('says nothing of a field it does not know', () => {
  const field: Field = { path: 'nonsense', kind: 'text', required: false, expected: false, children: new Map() };
  expect([meaningOf(field), evidenceOf(field), meaningOfValue('Nonsense')]).toEqual([undefined, undefined, undefined]);
});
