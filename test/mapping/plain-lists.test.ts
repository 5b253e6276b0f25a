import { expect, test } from 'vitest';
import { artificialIdentityCode } from '../../src/lib/identity-code.ts';
import { errorsOf, load, mapText, type Spec } from './builders.ts';

const person = artificialIdentityCode(1);
/** Questions for extracts: their purpose is a list of plain values. */
const extracts = (purpose: Spec, more: Spec = {}): Spec => ({
  mapping: 'm',
  api: 'GetCreditRegisterExtract',
  takes: '*.csv',
  fields: {
    idCodeType: { const: 'PersonalIdentityCode' },
    idCode: { from: 'HETU', as: 'personalIdentityCode' },
    creditRegisterExtractPurpose: purpose,
  },
  ...more,
});
const built = async (spec: Spec, cell: string) => {
  const { reports, findings } = await mapText(spec, `HETU;X\n${person};${cell}\n`);
  return reports[0]?.['creditRegisterExtractPurpose'] ?? findings.map(({ code }) => code);
};
const wrong = (purpose: Spec) => errorsOf(load(extracts(purpose)).problems).map(({ code }) => code);

test('a list of plain values has the value of a cell, or is written whole', async () => {
  expect(await built(extracts({ from: 'X' }), 'NewLoan')).toEqual(['NewLoan']);
  const codes = { codes: { purpose: { u: 'NewLoan' } } };
  expect(await built(extracts({ from: 'X', codes: 'purpose' }, codes), 'u')).toEqual(['NewLoan']);
  expect(await built(extracts({ const: ['NewLoan', 'ChangesToTerms'] }), '')).toEqual(['NewLoan', 'ChangesToTerms']);
  const items = { each: 'columns', numbered: '1..2', presentWhen: 'P{n}', fields: { value: { from: 'P{n}' } } };
  const { reports } = await mapText(extracts(items), `HETU;P1;P2\n${person};NewLoan;ChangesToTerms\n`);
  expect(reports[0]).toMatchObject({ creditRegisterExtractPurpose: ['NewLoan', 'ChangesToTerms'] });
});

test('a value that is none of the register’s is a finding, an empty cell one that is missing', async () => {
  expect(await built(extracts({ from: 'X' }), 'Curiosity')).toEqual(['VALUE_NOT_ALLOWED']);
  expect(await built(extracts({ from: 'X' }), '')).toEqual(['VALUE_MISSING']);
});

test('an old purpose is asked for all the same, with a warning', async () => {
  const spec = extracts({ from: 'X' });
  const { reports, findings } = await mapText(spec, `HETU;X\n${person};NewConsumerCredit\n`);
  expect(reports[0]).toMatchObject({ creditRegisterExtractPurpose: ['NewConsumerCredit'] });
  expect(findings).toMatchObject([{ code: 'EXTRACT_PURPOSE_OLD', severity: 'warning', column: 'X' }]);
});

test.each<[string, Spec, string]>([
  ['a value in place of the list', { const: 'NewLoan' }, 'CONST'],
  ['a list with another value in it', { const: ['Curiosity'] }, 'CONST'],
  ['items with parts', { each: 'rows', fields: { a: { from: 'X' } } }, 'UNKNOWN_FIELD'],
])('%s is an error of the mapping', (_, purpose, code) => {
  expect(wrong(purpose)).toContain(code);
});
