import { describe, expect, it } from 'vitest';
import { apis } from '../../src/contract/apis.ts';
import { tellRivals } from '../../src/mapping/advice/tell-rivals.ts';
import { testMapping } from '../../src/mapping/testing/test-mapping.ts';
import { loadedMappings, loadShipped, shippedMappings } from './map-sample.ts';

describe.each(shippedMappings)('%s', (name) => {
  it('loads without a problem, a warning included', () => {
    expect(loadShipped(name).problems).toEqual([]);
  });

  it('passes its own tests, of which there are at least four', async () => {
    const { loaded } = loadShipped(name);
    if (!loaded) throw new Error(`${name} cannot be used`);
    const { passed, problems } = await testMapping(loaded, new Date('2026-05-04T09:00:00Z'));
    expect(problems).toEqual([]);
    expect(passed).toBe(loaded.mapping.tests.length);
    expect(passed).toBeGreaterThanOrEqual(4);
  });
});

it('there is one mapping for each API, and no file name is taken twice', () => {
  expect(loadedMappings.map(({ mapping }) => mapping.api).sort()).toEqual([...apis].sort());
  expect(tellRivals(loadedMappings)).toEqual([]);
});

it('a change carries every field of a new loan but the currency, read in the same way', () => {
  const { fields: ofNew, codes, formats } = mappingOf('AddLoans');
  const { fields: ofChanges, codes: codesOfChanges, formats: formatsOfChanges } = mappingOf('UpdateLoans');
  const { currencyCode, reportReference: _, ...added } = ofNew;
  const { reportType, reportReference: __, ...changed } = ofChanges;
  expect(currencyCode).toBeDefined();
  expect(reportType).toBeDefined();
  expect(changed).toEqual(added);
  expect(codesOfChanges).toMatchObject(codes);
  expect(formatsOfChanges).toEqual(formats);
});

function mappingOf(api: string) {
  const found = loadedMappings.find(({ mapping }) => mapping.api === api);
  if (!found) throw new Error(`no mapping for ${api}`);
  return found.mapping;
}
