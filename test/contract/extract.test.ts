import { expect, test } from 'vitest';
import { readExtract } from '../../src/contract/extract.ts';

/** The form of one source: sums at the root, date-times, plural names. */
const one = {
  statusMessage: 'The request succeeded.',
  creditRegisterExtract: {
    extractReference: 'R-1',
    creationTimeUtc: '2026-05-04T09:00:00Z',
    personRequested: { idCodeType: 'PersonalIdentityCode', idCode: '010190-900P' },
    voluntaryBanOnCredits: { isInEffect: true, reason: 'RiskOfIdentityTheft' },
    creditInformationSummary: { lendersCount: 2, loanContractsCount: 1, guaranteedLoanContractsCount: 0 },
    repaymentsPaidLastAmount: [{ currencyCode: 'EUR', sum: 120.5 }],
    sumOfMonthlyLeasingInstalments: [{ currencyCode: 'EUR', sum: 0 }],
    loans: [
      {
        loanType: 'LumpSumLoan',
        contractDate: '2025-01-31T00:00:00Z',
        currencyCode: 'EUR',
        isLoanWithCollateral: true,
        collateralTypes: ['ApartmentOrRealEstate', 'OtherGuarantee'],
        lumpSumLoan: { amountIssued: 1000, balance: 400, repaymentMethod: 'Annuities' },
        delayedAmounts: [{ delayedInstalment: 20, originalDueDate: '2026-01-01T00:00:00Z' }],
        isForeclosed: false,
      },
    ],
    incomeData: [{ year: 2026, months: [{ month: 3, wagesGrossAmount: 3000, wagesNetAmount: 2100 }] }],
  },
};

/** The same extract in the form of another source: PascalCase, sums in the summary, days, other names, no envelope. */
const other = {
  ExtractReference: 'R-1',
  CreationTimeUtc: '2026-05-04T09:00:00Z',
  RequestedPerson: { IdCodeType: 'PersonalIdentityCode', IdCode: '010190-900P' },
  VoluntaryBanOnCredits: { IsInEffect: true, Reason: 'RiskOfIdentityTheft' },
  CreditInformationSummary: {
    LendersCount: 2,
    LoanContractsCount: 1,
    GuaranteedLoanContractsCount: 0,
    RepaymentsPaidLastAmount: [{ CurrencyCode: 'EUR', Sum: 120.5 }],
    SumOfMonthlyLeasingInstalments: [{ CurrencyCode: 'EUR', Sum: 0 }],
  },
  Loans: [
    {
      LoanType: 'LumpSumLoan',
      ContractDate: '2025-01-31',
      CurrencyCode: 'EUR',
      IsLoanWithCollateral: true,
      CollateralType: ['ApartmentOrRealEstate', 'OtherGuarantee'],
      LumpSumLoan: { AmountIssued: 1000, Balance: 400, RepaymentMethod: 'Annuities' },
      DelayedAmounts: [{ DelayedAmount: 20, OriginalDueDate: '2026-01-01' }],
      IsForeclosed: false,
    },
  ],
  IncomeData: [{ Year: 2026, Months: [{ Month: 3, WagesGrossAmount: 3000, WagesNetAmount: 2100 }] }],
};

test('both forms are read alike, and what has no place of its own stands in the rest', () => {
  const read = readExtract(JSON.stringify(one));
  expect(read).toEqual({
    reference: 'R-1',
    createdAt: '2026-05-04T09:00:00Z',
    deceased: null,
    person: [
      { name: 'idCodeType', text: 'PersonalIdentityCode' },
      { name: 'idCode', text: '010190-900P' },
    ],
    ban: [
      { name: 'isInEffect', text: 'true' },
      { name: 'reason', text: 'RiskOfIdentityTheft' },
    ],
    summary: [
      { name: 'lendersCount', text: '2' },
      { name: 'loanContractsCount', text: '1' },
      { name: 'guaranteedLoanContractsCount', text: '0' },
    ],
    sums: [
      { name: 'repaymentsPaidLastAmount', currency: 'EUR', sum: '120.5' },
      { name: 'sumOfMonthlyLeasingInstalments', currency: 'EUR', sum: '0' },
    ],
    loans: [
      {
        loanType: 'LumpSumLoan',
        contractDate: '2025-01-31',
        currencyCode: 'EUR',
        amount: '1000',
        balance: '400',
        collateral: ['ApartmentOrRealEstate', 'OtherGuarantee'],
        delayed: [{ instalment: '20', dueDate: '2026-01-01' }],
        isForeclosed: 'false',
        more: [
          { path: 'isLoanWithCollateral', text: 'true' },
          { path: 'lumpSumLoan.repaymentMethod', text: 'Annuities' },
        ],
      },
    ],
    income: [{ year: '2026', month: '3', amounts: { wagesGrossAmount: '3000', wagesNetAmount: '2100' } }],
    rest: [{ path: 'statusMessage', text: 'The request succeeded.' }],
  });
  const { loans, rest: _, ...whole } = readExtract(JSON.stringify(other)) ?? { loans: [] };
  const { loans: wanted, rest: __, ...same } = read ?? { loans: [] };
  expect(whole).toEqual(same);
  expect(loans.map(({ more: _, ...loan }) => loan)).toEqual(wanted.map(({ more: _, ...loan }) => loan));
});

test('nothing is lost, whatever the shape: members of other names, and known names with other things in them', () => {
  const odd = {
    creditRegisterExtract: {
      personRequested: { idCode: '010190-900P', nick: 'a' },
      creditInformationSummary: { lendersCount: { all: 7 } },
      repaymentsPaidLastAmount: 'b',
      loans: [{ loanType: ['c'], delayedAmounts: ['d'], runningAccountLoan: { balance: { of: 'e' } } }, 'f'],
      incomeData: [{ year: 2026, months: [{ month: 1, bonus: 'g' }], note: 'h' }],
      later: [{ deep: ['i'] }],
    },
  };
  const read = readExtract(JSON.stringify(odd));
  const told = [...(read?.rest ?? []), ...(read?.loans.flatMap(({ more }) => more) ?? [])].map(({ text }) => text);
  expect(told.toSorted()).toEqual(['7', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']);
});

test('an answer without an extract is none', () => {
  for (const text of ['', '<html>', '[]', '{"statusMessage":"The request succeeded."}'])
    expect(readExtract(text)).toBeUndefined();
});
