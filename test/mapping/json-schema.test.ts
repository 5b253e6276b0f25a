import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { packageRoot } from '../../src/cli/tool.ts';
import { fieldForms } from '../../src/mapping/language/source.ts';
import { plainSchemas } from '../../src/mapping/schema/plain-schemas.ts';
import { shippedMappings } from '../demo/map-sample.ts';
import { errorsOf, load, loansByRows, payments, type Spec } from './builders.ts';
import { editorSchema, underlined } from './editor.ts';

describe('the schema for editors', () => {
  it.each(shippedMappings)('underlines nothing in %s, and the file names the schema in its first line', (name) => {
    const text = readFileSync(join(packageRoot, 'mappings', name), 'utf8');
    expect(text.split('\n')[0]).toBe('# yaml-language-server: $schema=../schemas/mapping.schema.json');
    expect(underlined(parse(text))).toEqual([]);
  });

  const right: [string, Spec][] = [
    [
      'a part as one line and as dotted lines',
      payments({
        lumpSumLoanRepayment: { fields: { balance: { from: 'S', as: 'decimal' } } },
        'runningAccountLoanRepayment.balance': { from: 'S', as: 'decimal' },
      }),
    ],
    ['borrowers on rows of their own', loansByRows()],
    [
      'the first filled of two columns, with a code list',
      payments(
        { reportType: { firstOf: ['A', 'B'], codes: 'kinds', default: 'NewReport' } },
        { codes: { kinds: { '1': 'NewReport' } } },
      ),
    ],
    [
      'a case within a case',
      payments({
        loanType: {
          case: [{ when: { column: 'A', is: '1' }, const: 'LumpSumLoan' }],
          else: { case: [{ when: { column: 'A', empty: true }, const: 'Leasing' }], else: 'unmapped' },
        },
      }),
    ],
    [
      'values taken over the rows of a report',
      payments(
        {
          'lumpSumLoanRepayment.amortizationPaid': { sum: 'L', as: 'decimal', where: { column: 'K', is: 'C' } },
          'lumpSumLoanRepayment.balance': { last: 'S', by: { column: 'T', as: 'dateTime' }, as: 'decimal' },
          'lumpSumLoanRepayment.paymentDate': { max: 'D', as: 'date' },
          'lumpSumLoanRepayment.interestPaid': { count: 'rows' },
        },
        { records: { groupBy: 'NO' } },
      ),
    ],
    ['when the export was taken', payments({ reportCreationTimeUtc: { meta: 'takenAt' } })],
    ['the number of a row in a reference', payments({ reportReference: { meta: 'line', prefix: 'r-' } })],
  ];
  it.each(right)('underlines nothing in %s', (_, mapping) => {
    expect(errorsOf(load(mapping).problems)).toEqual([]);
    expect(underlined(mapping)).toEqual([]);
  });

  it('demands nothing that a mapping may have from the one it extends, nor anything of one that is there to be extended', () => {
    const fields = { 'loanNumber.number': { from: 'NO' } };
    expect(underlined({ mapping: 'm', api: 'Repayments', extends: 'base.yaml', fields })).toEqual([]);
    expect(underlined({ mapping: 'm', api: 'Repayments', fields })).toEqual([]);
    expect(underlined({ mapping: 'm', api: 'Repayments', takes: '*.csv', fields })).not.toEqual([]);
  });

  const amount = 'lumpSumLoanRepayment.balance';
  const records = { groupBy: 'NO' };
  const wrong: [string, Spec][] = [
    ['an API nobody knows', payments({}, { api: 'Payments' })],
    ['a key nobody knows', payments({}, { skipp: [] })],
    ['a field the API does not have', payments({ contractDate: { from: 'D', as: 'date' } })],
    ['a part of a field that is not there', payments({ 'lumpSumLoanRepayment.amount': { from: 'S', as: 'decimal' } })],
    ['a field without a source', payments({ [amount]: { frm: 'S', as: 'decimal' } })],
    ['a field with two sources', payments({ [amount]: { from: 'S', const: 1 } })],
    ['a mistyped key of a source', payments({ [amount]: { from: 'S', ass: 'decimal' } })],
    ['an amount without a word on how it is written', payments({ [amount]: { from: 'S' } })],
    ['an amount read as a day', payments({ [amount]: { from: 'S', as: 'date' } })],
    ['an amount with a prefix', payments({ [amount]: { from: 'S', as: 'decimal', prefix: '-' } })],
    ['a sum of days', payments({ 'lumpSumLoanRepayment.paymentDate': { sum: 'D', as: 'date' } }, { records })],
    ['a count for a word', payments({ loanType: { count: 'rows' } }, { records })],
    ['a sum without a word on how amounts are written', payments({ [amount]: { sum: 'S' } }, { records })],
    ['a constant the register does not know', payments({ loanType: { const: 'Lumpsum' } })],
    ['a constant number in quotes', payments({ [amount]: { const: '1' } })],
    ['a default the register does not know', payments({ loanType: { from: 'L', default: 'Loan' } })],
    ['the time of taking as an amount', payments({ [amount]: { meta: 'takenAt' } })],
    [
      'a case without an else',
      payments({ loanType: { case: [{ when: { column: 'A', is: '1' }, const: 'Leasing' }] } }),
    ],
    ['a line of a case without a condition', payments({ loanType: { case: [{ const: 'Leasing' }], else: 'omitted' } })],
    [
      'a case that gives a wrong value',
      payments({ loanType: { case: [{ when: { column: 'A', is: '1' }, const: 'Lease' }], else: 'omitted' } }),
    ],
    [
      'a condition on a field that is not there',
      payments({ loanType: { const: 'Leasing', when: { field: 'loanKind', is: 'x' } } }),
    ],
    [
      'a condition with an operator nobody knows',
      payments({ loanType: { const: 'Leasing', when: { column: 'A', equals: 'x' } } }),
    ],
    ['a check on a field that is not there', payments({}, { checks: [{ id: 'C', require: { filled: 'balance' } }] })],
    [
      'a required field without a line',
      { ...payments({}), fields: { reportReference: { from: 'REF' }, 'loanNumber.type': { const: 'Other' } } },
    ],
    ['a format without its type', payments({}, { formats: { money: { decimal: ',' } } })],
    ['a share that is none', payments({}, { refuseFileWhen: { rejectedOver: 20 } })],
    [
      'a list as one value',
      loansByRows({ fields: { ...(loansByRows().fields as Spec), borrowers: { from: 'HETU' } } }),
    ],
  ];
  it.each(wrong)('underlines %s, which check refuses too', (_, mapping) => {
    expect(errorsOf(load(mapping).problems)).not.toEqual([]);
    expect(underlined(mapping)).not.toEqual([]);
  });

  const later: [string, Spec][] = [
    [
      'a check that counts what is no list',
      loansByRows({ checks: [{ id: 'C', require: { atMost: [{ count: 'loanType' }, 4] } }] }),
    ],
    [
      'a test that expects a field that is not there',
      payments({}, { tests: [{ name: 't', given: 'A', expect: [{ loanKind: 'x' }] }] }),
    ],
  ];
  it.each(later)('underlines %s at once', (_, mapping) => {
    expect(underlined(mapping)).not.toEqual([]);
  });

  it('says what each field means, and each value of a list', () => {
    const words = JSON.stringify(editorSchema);
    expect(words).toContain('The amount drawn by the borrower so far, not the amount repaid.');
    expect(words).toContain('a lease after which the thing may become the lessee’s own');
  });

  it('asks for the API while none is named', () => {
    expect(underlined({})).not.toEqual([]);
    expect(underlined({ ...payments({}), api: undefined })).not.toEqual([]);
  });

  it('knows every form a field may have', () => {
    expect([...plainSchemas().forms.keys()]).toEqual([...fieldForms]);
    for (const form of plainSchemas().forms.values()) expect(form).toMatchObject({ additionalProperties: false });
  });
});
