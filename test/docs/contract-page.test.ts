import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { findField } from '../../src/contract/field-table.ts';
import { contractWith } from '../contract/body-of.ts';

it('the overlay of the page on the contract can be used as it stands', () => {
  const overlay = parse(readFileSync('docs/contract/overlay.yaml', 'utf8')) as object;
  const { contract, warnings } = contractWith({ overlay });
  expect(warnings).toEqual([]);
  expect(findField(contract.fields.UpdateLoans, 'guarantors.idCode')?.source).toContain('API description 2.1');
  expect(contract.codes.get('D55')?.text.en).toBe('The monthly instalment of the lease is zero.');
});
