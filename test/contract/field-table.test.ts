import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { batchApis } from '../../src/contract/apis.ts';
import { fieldsOfSchema, fieldTables, findField, pathsOf } from '../../src/contract/field-table.ts';
import { Owner, reportShapes } from '../../src/contract/shapes.ts';

describe('the table of fields', () => {
  test.each(batchApis)('%s has the fields of its shape, and no others', (api) => {
    const shape = reportShapes[api] as z.ZodObject;
    expect([...fieldTables[api].children.keys()].toSorted()).toEqual(Object.keys(shape.shape).toSorted());
    for (const [key, field] of fieldTables[api].children)
      expect([key, field.required]).toEqual([key, !(shape.shape[key] as z.ZodType).safeParse(undefined).success]);
  });

  test('a field tells its kind, whether it is needed, and what it may hold', () => {
    const at = (path: string) => findField(fieldTables.AddLoans, path);
    expect(at('reportReference')).toMatchObject({ kind: 'text', required: true, path: 'reportReference' });
    expect(at('loanNumber.type')).toMatchObject({ kind: 'text', required: true, values: ['Iban', 'Bban', 'Other'] });
    expect(at('contractDate')).toMatchObject({ kind: 'date', required: false, expected: true });
    expect(at('contractDate')?.pattern).toBeUndefined();
    expect(at('currencyCode')).toMatchObject({ format: 'currencyCode', pattern: /^[A-Z]{3}$/ });
    expect(at('oneTimeServiceFees')).toMatchObject({ kind: 'decimal' });
    expect(at('borrowersCount')).toMatchObject({ kind: 'integer', minimum: 1 });
    expect(at('isLoanWithCollateral')).toMatchObject({ kind: 'boolean' });
    expect(at('lumpSumLoan')).toMatchObject({ kind: 'object', required: false });
    expect(at('borrowers')).toMatchObject({ kind: 'list', required: true, minItems: 1 });
    expect(findField(fieldTables.Repayments, 'reportCreationTimeUtc')).toMatchObject({ kind: 'dateTime' });
  });

  test('lists are entered through their items', () => {
    const code = findField(fieldTables.AddLoans, 'borrowers.idCode');
    expect(code).toMatchObject({ path: 'borrowers[].idCode', required: true, format: 'personalIdentityCode' });
    const day = findField(fieldTables.AddLoans, 'lumpSumLoan.defermentPeriods.startDate');
    expect(day).toMatchObject({ path: 'lumpSumLoan.defermentPeriods[].startDate', kind: 'date', required: true });
  });

  test('what is no field is not found, whatever a prototype may have', () => {
    for (const path of [
      '',
      'x',
      'loanNumber.x',
      'loanNumber.type.x',
      '__proto__',
      'constructor',
      'toString',
      'loanNumber..type',
    ])
      expect(findField(fieldTables.AddLoans, path)).toBeUndefined();
  });

  test('paths are written as in a mapping', () => {
    expect(pathsOf(fieldTables.TerminateLoans)).toEqual([
      'reportReference',
      'reportType',
      'loanNumber.type',
      'loanNumber.number',
      'termination.isTerminated',
      'termination.endDate',
      'termination.isTransferredToAnotherLender',
    ]);
    expect(pathsOf(fieldTables.AddLoans)).toContain('borrowers');
    for (const api of batchApis)
      for (const path of pathsOf(fieldTables[api])) expect(findField(fieldTables[api], path)?.path).toBe(path);
  });

  test('only UpdateLoans and what follows have a report type; only AddLoans has a currency', () => {
    const having = (key: string) => batchApis.filter((api) => fieldTables[api].children.has(key));
    expect(having('reportType')).toEqual(['UpdateLoans', 'Repayments', 'DelayedRepayments', 'TerminateLoans']);
    expect(having('currencyCode')).toEqual(['AddLoans']);
    for (const api of batchApis)
      expect([...fieldTables[api].children.values()].filter(({ required }) => required).length).toBeGreaterThan(1);
  });

  test('every field says where it is known from', () => {
    const leaves = batchApis.flatMap((api) =>
      pathsOf(fieldTables[api]).map((path) => findField(fieldTables[api], path)),
    );
    for (const field of leaves)
      expect(field).toMatchObject({ source: expect.any(String), confidence: expect.any(String) });
  });

  test('a schema of the register’s own can be read the same way', () => {
    const schema = {
      type: 'object',
      required: ['a'],
      properties: {
        a: { type: 'array', items: { type: 'object', properties: { b: { type: 'number' } }, required: ['b'] } },
        c: { type: 'string', pattern: '^x$' },
      },
    };
    const root = fieldsOfSchema(schema);
    expect(findField(root, 'a.b')).toMatchObject({ path: 'a[].b', kind: 'decimal', required: true });
    expect(root.children.get('c')).toMatchObject({ kind: 'text', required: false, pattern: /^x$/ });
  });
});

test('a country code goes with a foreign business ID and nothing else', () => {
  const owner = (idCodeType: string, countryCode?: string) =>
    Owner.safeParse({ idCodeType, idCode: '1', countryCode }).success;
  expect(owner('BusinessId')).toBe(true);
  expect(owner('BusinessId', 'SE')).toBe(false);
  expect(owner('ForeignBusinessId')).toBe(false);
  expect(owner('ForeignBusinessId', 'SE')).toBe(true);
  expect(owner('ForeignBusinessId', 'se')).toBe(false);
});
