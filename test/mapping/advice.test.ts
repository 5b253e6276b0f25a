import { describe, expect, test } from 'vitest';
import { neverProduced } from '../../src/mapping/advice/never-produced.ts';
import { updateErases } from '../../src/mapping/advice/update-erases.ts';
import { load, loansByRows, payments, type Spec, usable } from './builders.ts';

const codes = { kinds: { '01': 'LumpSumLoan', '02': 'RunningAccountLoan' } };

function told(fields: Spec, more: Spec = {}): string[] {
  const { loaded, problems } = load(payments(fields, { codes, ...more }));
  return [...problems, ...(loaded ? neverProduced(loaded) : [])]
    .filter(({ code }) => code !== 'FIELD_EXPECTED')
    .map(({ code, severity, message }) => `${severity} ${code} ${message}`);
}

describe('values of the register that are never given', () => {
  test('by a code list are warned of, and named', () => {
    expect(told({ loanType: { from: 'X', codes: 'kinds' } })).toEqual([
      'warning VALUES_NEVER_PRODUCED loanType: the code list never gives Leasing, GuaranteeReceivable; if that is right, say never: [Leasing, GuaranteeReceivable]',
    ]);
  });

  test('by cases are warned of, the sources of their branches and the else counted in', () => {
    const fields = {
      loanType: {
        case: [
          { when: { column: 'X', is: '1' }, const: 'Leasing' },
          { when: { column: 'X', is: '2' }, from: 'Y', codes: 'kinds' },
        ],
        else: 'unmapped',
      },
    };
    expect(told(fields)).toEqual([expect.stringContaining('the cases never give GuaranteeReceivable;')]);
    const whole = { loanType: { ...fields.loanType, else: { const: 'GuaranteeReceivable' } } };
    expect(told(whole)).toEqual([]);
  });

  test('are no trouble when never names them, a default gives them, or the field is a constant or a cell as it is', () => {
    const never = ['Leasing', 'GuaranteeReceivable'];
    expect(told({ loanType: { from: 'X', codes: 'kinds', never } })).toEqual([]);
    expect(told({ loanType: { from: 'X', codes: 'kinds', default: 'Leasing', never: never.slice(1) } })).toEqual([]);
    expect(told({ loanType: { const: 'Leasing' } })).toEqual([]);
    expect(told({ loanType: { from: 'X' } })).toEqual([]);
  });

  test.each<[string, Spec, string]>([
    [
      'a value the register does not know',
      { loanType: { from: 'X', codes: 'kinds', never: ['Leasin'] } },
      'did you mean Leasing?',
    ],
    [
      'a field of any value',
      { 'lumpSumLoanRepayment.balance': { from: 'X', as: 'decimal', never: ['1'] } },
      'may have any value',
    ],
  ])('never may not name %s', (_, fields, message) => {
    expect(told(fields)).toEqual(
      expect.arrayContaining([expect.stringMatching(new RegExp(`^error NEVER .*${message.replace('?', '\\?')}`))]),
    );
  });
});

test('a value that never leaves out and the line gives all the same is warned of', () => {
  const fields = { loanType: { from: 'X', codes: 'kinds', never: ['LumpSumLoan', 'Leasing', 'GuaranteeReceivable'] } };
  expect(told(fields)).toEqual(['warning NEVER loanType: LumpSumLoan is given by this very line']);
});

describe('a mapping of changes', () => {
  const newLoans = usable(loansByRows({ mapping: 'new' }));
  const { lenderMarketingName, ...rest } = loansByRows()['fields'] as Spec;
  const changes = (fields: Spec) => usable(loansByRows({ mapping: 'changes', api: 'UpdateLoans', fields }));

  test('that leaves out what new loans report is warned of: the register would erase it', () => {
    expect(updateErases([newLoans, changes(rest)])).toEqual([
      expect.objectContaining({
        code: 'UPDATE_ERASES',
        severity: 'warning',
        message: expect.stringMatching(/^new loans report lenderMarketingName, changes do not/),
      }),
    ]);
  });

  test('that has all of it, or no new loans beside it, is not', () => {
    expect(updateErases([newLoans, changes({ lenderMarketingName, ...rest })])).toEqual([]);
    expect(updateErases([changes(rest)])).toEqual([]);
    // A constant part reports whatever is in it.
    const { lumpSumLoan: _, ...others } = rest;
    const inParts = { lenderMarketingName, ...others, lumpSumLoan: { fields: { balance: { const: 1 } } } };
    expect(updateErases([newLoans, changes(inParts)])).toEqual([]);
  });

  test('need not have what only one of several mappings of new loans reports', () => {
    const bare = usable(loansByRows({ mapping: 'other', fields: rest }));
    expect(updateErases([newLoans, bare, changes(rest)])).toEqual([]);
  });
});
