import { describe, expect, test } from 'vitest';
import { mapRow, mapText, payments, type Spec } from './builders.ts';

const balance = 'lumpSumLoanRepayment.balance';
const balanceOf = ({ report }: { report: Record<string, unknown> | null }) =>
  (report?.['lumpSumLoanRepayment'] as Record<string, unknown> | undefined)?.['balance'];

describe('where a value comes from', () => {
  test('from a cell, without the blanks around it', async () => {
    const { report } = await mapRow({ loanType: { from: 'X' } }, { X: ' \t\u00A0Leasing\u00A0 ' });
    expect(report).toEqual({ reportReference: 'r1', loanNumber: { type: 'Other', number: '1' }, loanType: 'Leasing' });
  });

  test('from a constant, whatever the row', async () => {
    expect((await mapRow({ loanType: { const: 'Leasing' } }, {})).report).toMatchObject({ loanType: 'Leasing' });
  });

  test('from what is known of the export', async () => {
    const fields = {
      reportCreationTimeUtc: { meta: 'takenAt' },
      reportReference: { meta: 'line', prefix: 'p-', suffix: '-s' },
    };
    expect((await mapRow(fields, {})).report).toMatchObject({
      reportCreationTimeUtc: '2026-05-20T01:02:03Z',
      reportReference: 'p-2-s',
    });
    expect((await mapRow({ reportReference: { meta: 'fileName' } }, {})).report).toMatchObject({
      reportReference: 'test.csv',
    });
  });

  test('a default counts only when the cell is empty, never when it is wrong', async () => {
    const fields = { [balance]: { from: 'X', as: 'decimal', default: 7 } };
    expect(balanceOf(await mapRow(fields, { X: '' }))).toBe(7);
    expect(balanceOf(await mapRow(fields, { X: '5' }))).toBe(5);
    const wrong = await mapRow(fields, { X: '5,0' });
    expect([wrong.report, wrong.codes]).toEqual([null, ['DECIMAL_FORMAT']]);
  });

  test('what is empty is the mapping’s to say', async () => {
    const fields = { [balance]: { from: 'X', as: 'decimal' } };
    const empty = { csv: { emptyAs: ['NULL'] } };
    expect((await mapRow(fields, { X: ' NULL ' }, empty)).report).not.toHaveProperty('lumpSumLoanRepayment');
    expect((await mapRow(fields, { X: ' ' }, empty)).codes).toEqual([]);
    expect((await mapRow(fields, { X: 'null' }, empty)).codes).toEqual(['DECIMAL_FORMAT']);
    const own = { [balance]: { from: 'X', as: 'decimal', emptyAs: ['-'] } };
    expect((await mapRow(own, { X: '-' }, empty)).codes).toEqual([]);
    expect((await mapRow(own, { X: 'NULL' }, empty)).codes).toEqual(['DECIMAL_FORMAT']);
  });

  test('the first of several that is not empty, and a wrong one is not passed over', async () => {
    const fields = { [balance]: { firstOf: ['X', 'Y'], as: 'decimal', default: 9 } };
    expect(balanceOf(await mapRow(fields, { X: '1', Y: '2' }))).toBe(1);
    expect(balanceOf(await mapRow(fields, { X: '', Y: '2' }))).toBe(2);
    expect(balanceOf(await mapRow(fields, { X: '', Y: '' }))).toBe(9);
    expect((await mapRow(fields, { X: 'x', Y: '2' })).findings).toMatchObject([
      { code: 'DECIMAL_FORMAT', column: 'X' },
    ]);
    expect((await mapRow(fields, { X: '', Y: 'y' })).findings).toMatchObject([{ column: 'Y', value: 'y' }]);
  });

  test('a code list gives the value of the code, and nothing for others', async () => {
    const more = { codes: { kinds: { '01': 'Leasing', '1': 'LumpSumLoan' } } };
    const kind = async (X: string) => {
      const { report, codes } = await mapRow({ loanType: { from: 'X', codes: 'kinds' } }, { X }, more);
      return report?.['loanType'] ?? codes;
    };
    expect([await kind('01'), await kind('1'), await kind('001')]).toEqual([
      'Leasing',
      'LumpSumLoan',
      ['CODE_UNKNOWN'],
    ]);
    for (const X of ['__proto__', 'constructor', 'toString']) expect(await kind(X)).toEqual(['CODE_UNKNOWN']);
  });

  test('a value that the register does not know is a finding', async () => {
    expect((await mapRow({ loanType: { from: 'X' } }, { X: 'Lumpsum' })).findings).toMatchObject([
      { code: 'VALUE_NOT_ALLOWED', column: 'X', line: 2, value: 'Lumpsum' },
    ]);
  });

  test('a shape is that of the whole cell; prefix and suffix come after it', async () => {
    const fields = { reportReference: { from: 'X', shape: '[0-9]{3}', prefix: 'a-', suffix: '-z' } };
    expect((await mapRow(fields, { X: '123' })).report).toMatchObject({ reportReference: 'a-123-z' });
    for (const X of ['12', '1234', 'x123']) expect((await mapRow(fields, { X })).codes).toEqual(['SHAPE']);
  });
});

describe('cases and conditions', () => {
  const caseOf = (otherwise: unknown): Spec => ({
    loanType: {
      case: [
        { when: { column: 'X', in: ['1', '2'] }, const: 'Leasing' },
        { when: { column: 'X', is: '2' }, const: 'LumpSumLoan' },
        { when: { column: 'X', matches: 'L.*' }, from: 'Y' },
      ],
      else: otherwise,
    },
  });

  test('the first case that fits is taken', async () => {
    for (const X of ['1', '2'])
      expect((await mapRow(caseOf('unmapped'), { X, Y: '' })).report).toMatchObject({ loanType: 'Leasing' });
    expect((await mapRow(caseOf('unmapped'), { X: 'Lx', Y: 'LumpSumLoan' })).report).toMatchObject({
      loanType: 'LumpSumLoan',
    });
  });

  test('no silent else: unmapped is a finding, omitted leaves out, a source gives a value', async () => {
    const cells = { X: '9', Y: '' };
    expect((await mapRow(caseOf('unmapped'), cells)).findings).toMatchObject([
      { code: 'CASE_UNMAPPED', column: 'X', value: '9' },
    ]);
    const omitted = await mapRow(caseOf('omitted'), cells);
    expect([omitted.codes, omitted.report && 'loanType' in omitted.report]).toEqual([[], false]);
    expect((await mapRow(caseOf({ const: 'RunningAccountLoan' }), cells)).report).toMatchObject({
      loanType: 'RunningAccountLoan',
    });
  });

  test.each([
    [{ column: 'X', is: 'a' }, 'a', 'A'],
    [{ column: 'X', is: 5 }, '5', '5.0'],
    [{ column: 'X', isNot: 'a' }, '', 'a'],
    [{ column: 'X', notIn: ['a', 'b'] }, 'c', 'b'],
    [{ column: 'X', empty: true }, '', 'a'],
    [{ column: 'X', filled: true }, 'a', ''],
    [{ column: 'X', matches: '[0-9]+' }, '12', '12a'],
    [{ column: 'X', as: 'date', before: '2026-01-02' }, '2026-01-01', '2026-01-02'],
    [{ column: 'X', as: 'date', after: '2026-01-02' }, '2026-01-03', '2026-01-02'],
    [{ column: 'X', as: 'date', after: '2026-01-02' }, '2026-01-03', 'zzzz'],
    [{ column: 'X', as: 'decimal', lessThan: 10 }, '9.5', '10'],
    [{ column: 'X', as: 'decimal', lessThan: 10 }, '9.5', ''],
    [{ column: 'X', as: 'decimal', moreThan: 10 }, '10.5', '10'],
    [{ column: 'X', as: 'decimal', atLeast: 10 }, '10', '9'],
    [{ column: 'X', as: 'decimal', atMost: 10 }, '10', '11'],
    [{ column: 'X', as: 'boolean', is: true }, 'true', 'false'],
    [
      {
        all: [
          { column: 'X', filled: true },
          { column: 'X', isNot: 'a' },
        ],
      },
      'b',
      'a',
    ],
    [
      {
        any: [
          { column: 'X', is: 'a' },
          { column: 'X', is: 'b' },
        ],
      },
      'b',
      'c',
    ],
    [{ not: { column: 'X', is: 'a' } }, 'b', 'a'],
    [{ field: 'reportReference', is: 'rb' }, 'b', 'a'],
  ])('condition %j holds for %j and not for %j', async (when, yes, no) => {
    const fields = { reportReference: { from: 'X', prefix: 'r', default: 'r' }, loanType: { const: 'Leasing', when } };
    expect((await mapRow(fields, { X: yes })).report).toHaveProperty('loanType');
    expect((await mapRow(fields, { X: no })).report).not.toHaveProperty('loanType');
  });

  test('a part is there only when its condition holds, in whatever order the mapping has them', async () => {
    const fields = {
      lumpSumLoanRepayment: {
        when: { field: 'loanType', is: 'LumpSumLoan' },
        fields: { balance: { from: 'S', as: 'decimal' } },
      },
      loanType: { from: 'X' },
    };
    expect((await mapRow(fields, { X: 'LumpSumLoan', S: '5' })).report).toMatchObject({
      lumpSumLoanRepayment: { balance: 5 },
    });
    const other = await mapRow(fields, { X: 'Leasing', S: 'wrong, and nobody asks' });
    expect([other.codes, other.report && 'lumpSumLoanRepayment' in other.report]).toEqual([[], false]);
  });

  test('a condition on a field of the same part finds it built', async () => {
    const fields = {
      lumpSumLoanRepayment: {
        fields: {
          interestPaid: { from: 'I', as: 'decimal', when: { field: 'lumpSumLoanRepayment.balance', moreThan: 10 } },
          balance: { from: 'S', as: 'decimal' },
        },
      },
    };
    expect((await mapRow(fields, { I: '1', S: '11' })).report).toMatchObject({
      lumpSumLoanRepayment: { balance: 11, interestPaid: 1 },
    });
    expect((await mapRow(fields, { I: '1', S: '10' })).report).toMatchObject({ lumpSumLoanRepayment: { balance: 10 } });
  });
});

describe('parts and lists', () => {
  const loan = (fields: Spec, more: Spec = {}): Spec => ({
    mapping: 'm',
    api: 'AddLoans',
    takes: '*.csv',
    fields: {
      reportReference: { from: 'NO' },
      'loanNumber.type': { const: 'Other' },
      'loanNumber.number': { from: 'NO' },
      loanType: { const: 'LumpSumLoan' },
      borrowers: { const: [{ idCodeType: 'PersonalIdentityCode', idCode: '100190-999P' }] },
      lumpSumLoan: { fields: { balance: { const: 1 }, ...(fields['lumpSumLoan'] as Spec) } },
      ...(fields['top'] as Spec),
    },
    ...more,
  });
  const deferments = {
    each: 'columns',
    numbered: '1..3',
    presentWhen: 'A{n}',
    fields: { startDate: { from: 'A{n}', as: 'date' }, endDate: { from: 'L{n}', as: 'date' } },
  };

  test('columns with numbers become a list, without the slots that are empty', async () => {
    const text = 'NO;A1;L1;A2;L2;A3;L3\n1;2026-01-01;2026-02-01;;2026-03-01;2026-04-01;\n';
    const { reports, findings } = await mapText(loan({ lumpSumLoan: { defermentPeriods: deferments } }), text);
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(reports).toMatchObject([
      {
        lumpSumLoan: {
          defermentPeriods: [{ startDate: '2026-01-01', endDate: '2026-02-01' }, { startDate: '2026-04-01' }],
        },
      },
    ]);
  });

  test('a list of nothing is left out; a wrong cell in it stops the report', async () => {
    const spec = loan({ lumpSumLoan: { defermentPeriods: deferments } });
    expect((await mapText(spec, 'NO;A1;L1;A2;L2;A3;L3\n1;;;;;;\n')).reports).toEqual([
      expect.objectContaining({ lumpSumLoan: { balance: 1 } }),
    ]);
    const wrong = await mapText(spec, 'NO;A1;L1;A2;L2;A3;L3\n1;2026-02-31;;;;;\n');
    expect([wrong.reports, wrong.findings.map(({ code, column }) => `${code} ${column}`)]).toEqual([
      [null],
      ['DATE_FORMAT A1'],
    ]);
  });

  test('a part that is begun must be whole; one that is empty is left out', async () => {
    const fields = {
      lumpSumLoan: {},
      top: { 'consumerCredit.isGoodsOrServicesRelatedCredit': { from: 'H', as: 'boolean' } },
    };
    expect((await mapText(loan(fields), 'NO;H\n1;\n')).reports[0]).not.toHaveProperty('consumerCredit');
    const slot = { ...deferments, presentWhen: 'L{n}' };
    const begun = await mapText(
      loan({ lumpSumLoan: { defermentPeriods: slot } }),
      'NO;A1;L1;A2;L2;A3;L3\n1;;2026-02-01;;;;\n',
    );
    expect(begun.findings).toMatchObject([
      { code: 'VALUE_MISSING', column: 'A1', expected: expect.stringContaining('startDate') },
    ]);
    expect(begun.reports).toEqual([null]);
  });

  test('a value the register needs and the row does not have is a finding', async () => {
    const { findings } = await mapText(payments({}), 'REF;NO\n;1\n');
    expect(findings).toMatchObject([{ code: 'VALUE_MISSING', line: 2, column: 'REF', value: '' }]);
    const both = await mapText(payments({}), 'REF;NO\n;\n');
    expect(both.findings.map(({ column }) => column).toSorted()).toEqual(['NO', 'REF']);
  });

  test('rows of a list can be chosen', async () => {
    const spec = loan(
      {
        top: {
          borrowers: {
            each: 'rows',
            where: { column: 'ROOLI', is: 'V' },
            fields: { idCodeType: { const: 'PersonalIdentityCode' }, idCode: { from: 'HETU' } },
          },
        },
      },
      { records: { groupBy: 'NO', mayDiffer: ['HETU', 'ROOLI'] } },
    );
    const { reports } = await mapText(spec, 'NO;ROOLI;HETU\n1;V;100190-999P\n1;T;100190Y999P\n');
    expect(reports).toMatchObject([{ borrowers: [{ idCode: '100190-999P' }] }]);
  });

  test('an identity code is checked whatever the mapping says of it', async () => {
    const spec = loan(
      {
        top: {
          borrowers: {
            each: 'rows',
            fields: { idCodeType: { const: 'PersonalIdentityCode' }, idCode: { from: 'HETU' } },
          },
        },
      },
      { records: { groupBy: 'NO', mayDiffer: ['HETU'] }, csv: { columns: { personal: ['HETU'] } } },
    );
    const { findings } = await mapText(spec, 'NO;HETU\n1;100190-999R\n');
    expect(findings).toMatchObject([{ code: 'IDENTITY_CODE', column: 'HETU', value: '(11 characters, hidden)' }]);
  });

  test('one report’s list is not another’s', async () => {
    const { reports } = await mapText(loan({}), 'NO\n1\n2\n');
    const [a, b] = reports as { borrowers: { idCode: string }[] }[];
    if (a?.borrowers[0]) a.borrowers[0].idCode = 'changed';
    expect(b?.borrowers[0]?.idCode).toBe('100190-999P');
  });
});

describe('skip rules and checks', () => {
  test('a row that a rule skips is counted under the first rule that fits, and nothing else is said of it', async () => {
    const skip = [
      { id: 'A', when: { column: 'X', is: '1' }, why: 'because' },
      { id: 'B', when: { column: 'X', in: ['1', '2'] }, why: 'because' },
    ];
    const text = 'REF;NO;X\n;;1\n;;2\n;;2\nr;1;3\n';
    const mapped = await mapText(payments({}, { skip }), text);
    expect(mapped).toMatchObject({
      skipped: { A: 1, B: 2 },
      rowsRead: 4,
      rowsInvalid: 0,
      findings: [],
      reports: [{ reportReference: 'r' }],
    });
  });

  const amounts = {
    'lumpSumLoanRepayment.balance': { from: 'S', as: 'decimal' },
    'lumpSumLoanRepayment.amortizationPaid': { from: 'A', as: 'decimal' },
    'lumpSumLoanRepayment.paymentDate': { from: 'P', as: 'date' },
  };
  const [s, a] = ['lumpSumLoanRepayment.balance', 'lumpSumLoanRepayment.amortizationPaid'];
  const p = 'lumpSumLoanRepayment.paymentDate';

  test.each([
    [{ atLeast: [s, a] }, '5', '5', true],
    [{ atLeast: [s, a] }, '4', '5', false],
    [{ atMost: [s, 5] }, '5', '', true],
    [{ atMost: [s, 5] }, '6', '', false],
    [{ moreThan: [s, a] }, '5', '5', false],
    [{ lessThan: [s, a] }, '4', '5', true],
    [{ equals: [s, { const: 5 }] }, '5', '', true],
    [{ equals: [s, { const: 5 }] }, '6', '', false],
    [{ differs: [s, a] }, '5', '5', false],
    [{ moreThan: [s, a] }, '5', '', true],
    [{ before: [p, { const: '2026-01-02' }] }, '', '', true],
    [{ after: [p, { const: '2026-01-01' }] }, '', '', false],
    [{ notBefore: [p, { const: '2026-01-02' }] }, '', '', false],
    [{ notAfter: [p, { const: '2026-01-01' }] }, '', '', true],
    [{ filled: s }, '1', '', true],
    [{ filled: s }, '', '', false],
    [{ empty: s }, '', '', true],
    [{ empty: s }, '1', '', false],
    [{ all: [{ filled: s }, { filled: a }] }, '1', '', false],
    [{ any: [{ filled: s }, { filled: a }] }, '1', '', true],
    [{ not: { filled: s } }, '1', '', false],
    [{ not: { moreThan: [s, a] } }, '1', '', true],
  ])('check %j of %s and %s: %s', async (require, S, A, met) => {
    const { codes } = await mapRow(amounts, { S, A, P: '2026-01-01' }, { checks: [{ id: 'HOUSE', require }] });
    expect(codes).toEqual(met ? [] : ['HOUSE']);
  });

  test('a check that is not met stops the report, a warning does not; both say the sentence of the mapping', async () => {
    const check = { id: 'HOUSE', require: { filled: s }, say: { en: 'a balance is needed', fi: 'saldo puuttuu' } };
    const stopped = await mapRow(amounts, { S: '', A: '', P: '' }, { checks: [check] });
    expect(stopped.report).toBeNull();
    expect(stopped.findings).toMatchObject([
      {
        code: 'HOUSE',
        severity: 'error',
        stage: 'check',
        column: 'S',
        message: 'a balance is needed',
        expected: `${s} filled`,
      },
    ]);
    const warned = await mapRow(amounts, { S: '', A: '', P: '' }, { checks: [{ ...check, severity: 'warning' }] });
    expect([warned.report === null, warned.codes]).toEqual([false, ['HOUSE']]);
  });

  test('a check may have a condition', async () => {
    const checks = [{ id: 'HOUSE', require: { filled: s }, when: { field: a, filled: true } }];
    expect((await mapRow(amounts, { S: '', A: '', P: '' }, { checks })).codes).toEqual([]);
    expect((await mapRow(amounts, { S: '', A: '1', P: '' }, { checks })).codes).toEqual(['HOUSE']);
  });

  test('a check that counts counts the items', async () => {
    const spec = {
      mapping: 'm',
      api: 'DelayedRepayments',
      takes: '*.csv',
      records: { groupBy: 'NO', mayDiffer: ['S'] },
      fields: {
        reportReference: { from: 'NO' },
        'loanNumber.type': { const: 'Other' },
        'loanNumber.number': { from: 'NO' },
        isDelay: { const: true },
        delayedAmounts: {
          each: 'rows',
          fields: { delayedInstalment: { from: 'S', as: 'decimal' }, originalDueDate: { const: '2026-01-01' } },
        },
      },
      checks: [{ id: 'TWO', require: { equals: [{ count: 'delayedAmounts' }, 2] } }],
    };
    const { findings } = await mapText(spec, 'NO;S\n1;1\n1;2\n2;1\n');
    expect(findings).toMatchObject([{ code: 'TWO', line: 4 }]);
  });

  test('rules and checks are not asked of a report that is wrong already', async () => {
    const checks = [{ id: 'HOUSE', require: { filled: s } }];
    expect((await mapRow(amounts, { S: '', A: 'x', P: '' }, { checks })).codes).toEqual(['DECIMAL_FORMAT']);
  });
});
