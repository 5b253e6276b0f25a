import { expect, it } from 'vitest';
import { z } from 'zod';
import { findField } from '../../src/contract/field-table.ts';
import { reportShapes } from '../../src/contract/shapes.ts';
import { bodyOf, contractWith, loanFields } from '../contract/body-of.ts';

const draft7 = 'http://json-schema.org/draft-07/schema#';
const draft2020 = 'https://json-schema.org/draft/2020-12/schema';

/** The message of new loans as a register might prescribe it, in several files, with what each test changes. */
const folder = ({
  loan = {},
  draft = draft7,
  message = {},
  common = {},
}: {
  [part: string]: object | string;
} = {}) => ({
  'AddLoans.schema.json': {
    $schema: draft,
    title: 'New loans',
    type: 'object',
    required: ['targetEnvironment', 'owner', 'loans'],
    properties: {
      targetEnvironment: { enum: ['Test', 'Production'] },
      owner: { $ref: 'common.json#/definitions/identity' },
      loans: { type: 'array', minItems: 1, items: { $ref: '#/definitions/loan' } },
    },
    definitions: {
      loan: {
        type: 'object',
        additionalProperties: false,
        required: ['reportReference', 'loanNumber', 'loanType', 'borrowers'],
        properties: {
          reportReference: { type: 'string', maxLength: 20 },
          loanNumber: {
            type: 'object',
            required: ['type', 'number'],
            properties: { type: { enum: ['Iban', 'Other'] }, number: { type: 'string' } },
          },
          loanType: { enum: ['LumpSumLoan', 'CreditFacility'] },
          borrowers: { type: 'array', items: { $ref: 'common.json#/definitions/identity' } },
          lumpSumLoan: {
            oneOf: [
              { type: 'null' },
              { type: 'object', properties: { balance: { type: 'number', multipleOf: 0.01, minimum: 0 } } },
            ],
          },
          collateralTypes: { type: 'array', items: { enum: ['Apartment', 'Guarantee'] } },
          ...(loan as object),
        },
      },
    },
    ...(message as object),
  },
  'common.json': {
    $schema: draft,
    definitions: {
      identity: {
        type: 'object',
        required: ['idCodeType', 'idCode'],
        properties: { idCodeType: { type: 'string' }, idCode: { type: 'string' } },
      },
    },
    ...(common as object),
  },
});

const map = (
  fields: object,
  csv: string,
  schemas: Record<string, object> = folder(),
  keyCase: 'camelCase' | 'PascalCase' = 'camelCase',
) => {
  const { contract } = contractWith({ schemas, keyCase });
  const codes = { kinds: { A: 'Apartment', G: 'Guarantee' } };
  return bodyOf(contract, { api: 'AddLoans', fields: { ...loanFields, ...fields }, codes }, csv, keyCase);
};

it('the schemas decide what a mapping may target: their keys, kinds, values, and what is required', () => {
  const { contract } = contractWith({ schemas: folder() });
  const at = (path: string) => findField(contract.fields.AddLoans, path);
  expect(at('loanType')).toMatchObject({ values: ['LumpSumLoan', 'CreditFacility'], required: true });
  expect(at('lumpSumLoan.balance')).toMatchObject({ kind: 'decimal', required: false });
  expect(at('borrowers.idCode')).toMatchObject({ kind: 'text', required: true, format: 'personalIdentityCode' });
  expect(at('collateralTypes')?.item).toMatchObject({ values: ['Apartment', 'Guarantee'] });
  expect(at('contractDate')).toBeUndefined();
  // The other APIs have no file, and stay ours.
  expect(findField(contract.fields.UpdateLoans, 'contractDate')).toMatchObject({ kind: 'date' });
});

it('a report is checked against their schema, and what is wrong points at the column', async () => {
  const fields = {
    reportReference: { from: 'NO', prefix: 'a-very-long-prefix-' },
    lumpSumLoan: { fields: { balance: { from: 'SALDO', as: 'decimal' } } },
    collateralTypes: {
      each: 'columns',
      numbered: '1..1',
      presentWhen: 'V{n}',
      fields: { value: { from: 'V{n}', codes: 'kinds' } },
    },
  };
  const { findings, reports, sandbox } = await map(fields, 'NO;SALDO;V1\n1;0.3;A\n2;0.305;\n3;-1;\n123456;1;\n');
  expect(reports).toHaveLength(1);
  expect(reports[0]).toMatchObject({ lumpSumLoan: { balance: 0.3 }, collateralTypes: ['Apartment'] });
  expect(sandbox).toBe('read');
  expect(findings).toEqual([
    { code: 'REGISTER_SCHEMA', column: 'SALDO', expected: 'must be multiple of 0.01' },
    { code: 'REGISTER_SCHEMA', column: 'SALDO', expected: 'must be >= 0' },
    { code: 'REGISTER_SCHEMA', column: 'NO', expected: 'must NOT have more than 20 characters' },
  ]);
});

it('what only the schema knows stops a report: a key that is needed in one of two cases', async () => {
  const message = {
    definitions: {
      loan: {
        type: 'object',
        required: ['reportReference'],
        properties: {
          reportReference: { type: 'string' },
          loanNumber: { type: 'object', properties: { type: { type: 'string' }, number: { type: 'string' } } },
          loanType: { type: 'string' },
          note: { type: 'string' },
        },
        if: { properties: { loanType: { const: 'CreditFacility' } } },
        // biome-ignore lint/suspicious/noThenProperty: a word of JSON schema
        then: { required: ['note'] },
      },
    },
  };
  const fields = {
    borrowers: undefined,
    lumpSumLoan: undefined,
    loanType: { from: 'LAJI' },
    note: { from: 'MUISTIO' },
  };
  const { findings, reports } = await map(fields, 'NO;LAJI;MUISTIO\n1;CreditFacility;\n2;LumpSumLoan;\n', {
    ...folder({ message }),
  }).catch((error: Error) => ({ findings: [error.message], reports: [] }));
  expect(findings).toEqual([
    { code: 'REGISTER_SCHEMA', column: 'MUISTIO', expected: 'a value: the register’s schema demands it' },
  ]);
  expect(reports).toHaveLength(1);
});

it.each([
  [
    'draft 4',
    {
      draft: 'http://json-schema.org/draft-04/schema#',
      loan: { fee: { type: 'number', minimum: 0, exclusiveMinimum: true } },
    },
  ],
  [
    'draft 6',
    { draft: 'http://json-schema.org/draft-06/schema#', loan: { fee: { type: 'number', exclusiveMinimum: 0 } } },
  ],
  [
    'draft 2019-09',
    { draft: 'https://json-schema.org/draft/2019-09/schema', loan: { fee: { type: 'number', exclusiveMinimum: 0 } } },
  ],
  ['draft 2020-12', { draft: draft2020, loan: { fee: { type: 'number', exclusiveMinimum: 0 } } }],
])('%s is read, and references between files are followed', async (_, parts) => {
  const { findings, reports } = await map({ fee: { from: 'F', as: 'decimal' } }, 'NO;F\n1;0\n2;5\n', folder(parts));
  expect(findings).toEqual([{ code: 'REGISTER_SCHEMA', column: 'F', expected: 'must be > 0' }]);
  expect(reports).toMatchObject([{ fee: 5 }]);
});

it('addresses that files give themselves are followed too', async () => {
  const base = 'https://register.example/schemas/';
  const schemas = folder({
    message: { $id: `${base}new-loans.json` },
    common: { $id: `${base}common.json` },
  });
  const { reports } = await map({}, 'NO\n1\n', {
    'AddLoans.json': schemas['AddLoans.schema.json'],
    'parts/shared.json': schemas['common.json'],
  });
  expect(reports).toHaveLength(1);
});

/** The same schema with its keys in PascalCase. */
function inPascal(value: unknown, isMap = false): unknown {
  if (Array.isArray(value)) return value.map((each) => inPascal(each));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => {
      if (key === 'required' && Array.isArray(member))
        return [key, member.map((name: string) => name.charAt(0).toUpperCase() + name.slice(1))];
      return [isMap ? key.charAt(0).toUpperCase() + key.slice(1) : key, inPascal(member, key === 'properties')];
    }),
  );
}

it('keys in PascalCase are the same keys: the mapping stays, the body is written as the schemas say', async () => {
  const schemas = inPascal(folder()) as Record<string, object>;
  const { findings, body, sandbox } = await map({}, 'NO\n1\n', schemas, 'PascalCase');
  expect(findings).toEqual([]);
  expect(body).toContain('"LoanNumber":{"Type":"Other","Number":"1"}');
  expect(sandbox).toBe('read');
  expect(() => contractWith({ schemas, keyCase: 'camelCase' })).toThrow(
    'SCHEMA_SHAPE keys are written in PascalCase: say register: { keyCase: PascalCase } in the config',
  );
});

it.each([
  [
    'two files for one API',
    { ...folder(), 'AddLoans-v2.json': folder()['AddLoans.schema.json'] },
    'could each be the schema of AddLoans',
  ],
  ['a file that is no schema', { ...folder(), 'x.json': [] }, 'x.json:1:1 SCHEMA_FILE is no JSON schema'],
  [
    'a reference to nowhere',
    { 'AddLoans.json': folder()['AddLoans.schema.json'] },
    'refers to common.json, which is not in the folder',
  ],
  [
    'a reference to a place that is not there',
    folder({ loan: { x: { $ref: '#/definitions/nothing' } } }),
    "AddLoans.schema.json:1:1 SCHEMA_FILE cannot be used: can't resolve",
  ],
  [
    'a message without a list',
    { 'AddLoans.json': { type: 'object', properties: { loanz: { type: 'string' } } } },
    'there is no list of reports: expected the key loans, found loanz',
  ],
])('%s is told, with its file', (_, schemas, words) => {
  expect(() => contractWith({ schemas })).toThrow(words);
});

it('a file is known by its title when no name tells, and Repayments is not DelayedRepayments', () => {
  const events = (list: string, key: string) => ({
    type: 'object',
    properties: {
      [list]: { type: 'array', items: { type: 'object', properties: { loanNumber: {}, [key]: { type: 'string' } } } },
    },
  });
  const { contract, warnings } = contractWith({
    schemas: {
      'a.json': { title: 'DelayedRepayments request', ...events('delayedRepayments', 'x') },
      'b.json': { title: 'Repayments request', ...events('repayments', 'y') },
    },
  });
  expect(findField(contract.fields.DelayedRepayments, 'x')).toBeDefined();
  expect(findField(contract.fields.Repayments, 'y')).toBeDefined();
  expect(warnings.filter((warning) => warning.startsWith('SCHEMA_MISSING'))).toHaveLength(3);
});

it('our own contract, written as JSON schemas, differs from itself in nothing', () => {
  const schemas = Object.fromEntries(
    (['AddLoans', 'Repayments'] as const).map((api) => [`${api}.json`, z.toJSONSchema(reportShapes[api])]),
  );
  const { contract, advice } = contractWith({ schemas });
  expect(advice).toEqual([]);
  expect(findField(contract.fields.AddLoans, 'borrowers.idCode')).toMatchObject({ format: 'personalIdentityCode' });
});

it('where theirs and ours differ is advice, one line a kind of difference', () => {
  const { advice } = contractWith({ schemas: folder() });
  expect(advice[0]).toBe('AddLoans: only the register’s schema has collateralTypes');
  expect(advice[1]).toMatch(/^AddLoans: only our contract has currencyCode, isPeerToPeerLoanBroker, .*contractDate/);
  expect(advice).toContain('AddLoans: loanNumber.type: the register’s schema does not have Bban');
  expect(advice).toContain('AddLoans: loanType: the register’s schema also has CreditFacility');
});
