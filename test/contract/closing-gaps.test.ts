import { expect, it } from 'vitest';
import { bodyOf, contractWith, loanFields } from './body-of.ts';

/** An overlay with lines for some APIs. */
const adds = (apis: string[], fields: object) => ({ source: 'API description 9.9', adds: [{ apis, fields }] });
const person = '010190-901R';
const eventFields = {
  reportReference: { from: 'NO' },
  'loanNumber.type': { const: 'Other' },
  'loanNumber.number': { from: 'NO' },
};
const { lumpSumLoan: _, ...ofAnyLoan } = loanFields;
const leasing = { ...ofAnyLoan, loanType: { const: 'Leasing' } };

/** One gap of the register contract: an overlay, a mapping of one row, and what of the body comes of it. */
const gaps: [
  string,
  { overlay: object; api: 'AddLoans' | 'UpdateLoans' | 'Repayments'; fields: object; csv: string; body: object },
][] = [
  [
    'guarantors (gap 3)',
    {
      overlay: adds(['AddLoans', 'UpdateLoans'], {
        guarantors: { type: 'list' },
        'guarantors[].idCodeType': { type: 'text', values: ['PersonalIdentityCode'], required: true },
        'guarantors[].idCode': { type: 'text', format: 'personalIdentityCode', required: true },
      }),
      api: 'AddLoans',
      fields: {
        ...loanFields,
        guarantors: {
          each: 'columns',
          numbered: '1..2',
          presentWhen: 'TAKAAJA{n}',
          fields: { idCodeType: { const: 'PersonalIdentityCode' }, idCode: { from: 'TAKAAJA{n}' } },
        },
      },
      csv: `NO;TAKAAJA1;TAKAAJA2\n1;${person};\n`,
      body: { guarantors: [{ idCodeType: 'PersonalIdentityCode', idCode: person }] },
    },
  ],
  [
    'the borrower’s Business ID (gap 3)',
    {
      overlay: adds(['AddLoans'], { 'borrowers[].businessId': { type: 'text', format: 'businessId' } }),
      api: 'AddLoans',
      fields: {
        ...loanFields,
        borrowers: {
          each: 'rows',
          fields: {
            idCodeType: { const: 'PersonalIdentityCode' },
            idCode: { from: 'HETU' },
            businessId: { from: 'YT' },
          },
        },
      },
      csv: `NO;HETU;YT\n1;${person};1572860-0\n`,
      body: { borrowers: [{ idCodeType: 'PersonalIdentityCode', idCode: person, businessId: '1572860-0' }] },
    },
  ],
  [
    'the list of collateral, of plain values (gap 3)',
    {
      overlay: adds(['AddLoans'], {
        collateralType: { type: 'list', of: 'text', values: ['ApartmentOrRealEstate', 'PersonalGuarantee'] },
      }),
      api: 'AddLoans',
      fields: {
        ...loanFields,
        collateralType: {
          each: 'columns',
          numbered: '1..2',
          presentWhen: 'VAKUUS{n}',
          fields: { value: { from: 'VAKUUS{n}', codes: 'kinds' } },
        },
      },
      csv: 'NO;VAKUUS1;VAKUUS2\n1;A;T\n',
      body: { collateralType: ['ApartmentOrRealEstate', 'PersonalGuarantee'] },
    },
  ],
  [
    'deferment periods at another place (gap 3)',
    {
      overlay: adds(['AddLoans'], {
        defermentPeriods: { type: 'list' },
        'defermentPeriods[].startDate': { type: 'date', required: true },
        'defermentPeriods[].endDate': { type: 'date' },
      }),
      api: 'AddLoans',
      fields: {
        ...loanFields,
        defermentPeriods: {
          each: 'rows',
          fields: { startDate: { from: 'ALKU', as: 'date' }, endDate: { from: 'LOPPU', as: 'date' } },
        },
      },
      csv: 'NO;ALKU;LOPPU\n1;2026-01-01;2026-06-30\n',
      body: { defermentPeriods: [{ startDate: '2026-01-01', endDate: '2026-06-30' }] },
    },
  ],
  [
    'the payment plan, and death or fraud (gap 3)',
    {
      overlay: adds(['AddLoans'], {
        paymentPlan: { type: 'object' },
        'paymentPlan.isInDebtArrangement': { type: 'boolean', required: true },
        accuracyIsDenied: { type: 'boolean' },
        specialCase: { type: 'text', values: ['DeathOfBorrower', 'FraudInvestigation'] },
      }),
      api: 'AddLoans',
      fields: {
        ...loanFields,
        'paymentPlan.isInDebtArrangement': { from: 'JARJ', as: 'boolean' },
        accuracyIsDenied: { const: false },
        specialCase: { from: 'TILA' },
      },
      csv: 'NO;JARJ;TILA\n1;true;DeathOfBorrower\n',
      body: { paymentPlan: { isInDebtArrangement: true }, accuracyIsDenied: false, specialCase: 'DeathOfBorrower' },
    },
  ],
  [
    'the unchanged data fields of a change (gap 3)',
    {
      overlay: adds(['UpdateLoans'], { unchangedDataFields: { type: 'list', of: 'text' } }),
      api: 'UpdateLoans',
      fields: { ...loanFields, unchangedDataFields: { const: ['oneTimeServiceFees', 'contractDate'] } },
      csv: 'NO\n1\n',
      body: { unchangedDataFields: ['oneTimeServiceFees', 'contractDate'] },
    },
  ],
  [
    'the monthly instalment of a lease (gap 3)',
    {
      overlay: adds(['AddLoans'], {
        'leasingContract.monthlyInstalment': {
          type: 'decimal',
          min: 0.01,
          requiredWhen: { field: 'loanType', is: 'Leasing' },
        },
      }),
      api: 'AddLoans',
      fields: { ...leasing, leasingContract: { fields: { monthlyInstalment: { from: 'ERA', as: 'decimal' } } } },
      csv: 'NO;ERA\n1;199.90\n',
      body: { leasingContract: { monthlyInstalment: 199.9 } },
    },
  ],
  [
    'payments on a running account under other names (gap 3)',
    {
      overlay: adds(['Repayments'], {
        accountRepayment: { type: 'object' },
        'accountRepayment.loanExpensesPaid': { type: 'decimal' },
        'accountRepayment.balanceDate': { type: 'date', required: true },
      }),
      api: 'Repayments',
      fields: {
        ...eventFields,
        accountRepayment: {
          fields: { loanExpensesPaid: { from: 'KULUT', as: 'decimal' }, balanceDate: { from: 'PVM', as: 'date' } },
        },
      },
      csv: 'NO;KULUT;PVM\n1;5.00;2026-11-01\n',
      body: { accountRepayment: { loanExpensesPaid: 5, balanceDate: '2026-11-01' } },
    },
  ],
  [
    'a report type of a new loan (gap 7)',
    {
      overlay: adds(['AddLoans'], {
        reportType: { type: 'text', values: ['NewReport', 'ErrorCorrection', 'Cancellation'] },
      }),
      api: 'AddLoans',
      fields: { ...loanFields, reportType: { const: 'Cancellation' } },
      csv: 'NO\n1\n',
      body: { reportType: 'Cancellation' },
    },
  ],
  [
    'another spelling of a purpose (gap 9)',
    {
      overlay: adds(['AddLoans'], {
        'lumpSumLoan.purposeOfUse': { type: 'text', values: ['Home', 'OtherConsumerCredit'] },
        'consumerCredit.loanConsumerProtectionAct': { values: ['Unknown'] },
      }),
      api: 'AddLoans',
      fields: {
        ...loanFields,
        lumpSumLoan: { fields: { purposeOfUse: { const: 'Home' } } },
        'consumerCredit.loanConsumerProtectionAct': { const: 'Unknown' },
      },
      csv: 'NO\n1\n',
      body: { lumpSumLoan: { purposeOfUse: 'Home' }, consumerCredit: { loanConsumerProtectionAct: 'Unknown' } },
    },
  ],
];

it.each(gaps)(
  '%s: an overlay and a mapping put it into the body, and the sandbox takes it',
  async (_, { overlay, api, fields, csv, body }) => {
    const { contract } = contractWith({ overlay });
    const codes = { kinds: { A: 'ApartmentOrRealEstate', T: 'PersonalGuarantee' } };
    const made = await bodyOf(contract, { api, fields: fields, codes }, csv);
    expect(made.findings).toEqual([]);
    expect(made.reports).toEqual([expect.objectContaining(body)]);
    expect(JSON.parse(made.body)).toMatchObject({ [api === 'Repayments' ? 'repayments' : 'loans']: [body] });
    expect(made.sandbox).toBe('read');
  },
);

it.each(gaps)('%s: without the overlay the mapping cannot be used', async (_, { api, fields, csv }) => {
  const { contract } = contractWith({});
  const codes = { kinds: { A: 'ApartmentOrRealEstate', T: 'PersonalGuarantee' } };
  await expect(bodyOf(contract, { api, fields: fields, codes }, csv)).rejects.toThrow();
});

it('keys of the overlay are written in the case of all others (gap 2)', async () => {
  const { contract } = contractWith({ overlay: adds(['AddLoans'], { guarantorsCount: { type: 'integer' } }) });
  const fields = { ...loanFields, guarantorsCount: { const: 2 } };
  const { body, sandbox } = await bodyOf(contract, { api: 'AddLoans', fields }, 'NO\n1\n', 'PascalCase');
  expect(body).toContain('"GuarantorsCount":2');
  expect(sandbox).toBe('read');
});

it('what the overlay limits is a finding at its column (gap 1)', async () => {
  const { contract } = contractWith({
    overlay: adds(['AddLoans'], {
      'leasingContract.monthlyInstalment': {
        type: 'decimal',
        min: 0.01,
        requiredWhen: { field: 'loanType', is: 'Leasing' },
      },
      lenderMarketingName: { max: 5 },
    }),
  });
  const fields = {
    ...leasing,
    lenderMarketingName: { from: 'NIMI' },
    leasingContract: { fields: { transactionPrice: { const: 1 }, monthlyInstalment: { from: 'ERA', as: 'decimal' } } },
  };
  const { findings, reports } = await bodyOf(
    contract,
    { api: 'AddLoans', fields },
    'NO;NIMI;ERA\n1;Pankki;0\n2;Luotto;\n3;Laina;1\n',
  );
  expect(findings).toEqual([
    { code: 'CONTRACT_OVERLAY', column: 'NIMI', expected: 'at most 5 characters' },
    { code: 'CONTRACT_OVERLAY', column: 'ERA', expected: 'at least 0.01' },
    { code: 'CONTRACT_OVERLAY', column: 'NIMI', expected: 'at most 5 characters' },
    {
      code: 'CONTRACT_NEEDED',
      column: 'ERA',
      expected: 'a value: the contract overlay needs it when loanType is Leasing',
    },
  ]);
  expect(reports).toHaveLength(1);
});
