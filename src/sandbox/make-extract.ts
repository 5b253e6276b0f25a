import { randomUUID } from 'node:crypto';
import type { Owner } from '../contract/shapes.ts';
import type { Item, Loan } from './loan.ts';

type Payment = Extract<Item, { api: 'Repayments' }>['report'];

/** What an extract is made of. */
export type ExtractParts = {
  idCode: string;
  owner: Omit<Owner, 'countryCode'> & { countryCode?: string | undefined };
  /** The person's loans, each with its latest payment. */
  loans: readonly { loan: Loan; payment: Payment | undefined }[];
  now: Date;
};

/**
 * The credit register extract of a person, as far as its members are known (register-contract.md section 8). Ended loans are
 * not in it (section 6). Who lent, and what a loan is called there, is told to nobody.
 */
export function makeExtract({ idCode, owner, loans, now }: ExtractParts): object {
  const active = loans.filter(({ loan }) => loan.status === 'active');
  return {
    extractReference: `SB-${randomUUID()}`,
    creationTimeUtc: `${now.toISOString().slice(0, 19)}Z`,
    personRequested: { idCodeType: 'PersonalIdentityCode', idCode },
    owner,
    voluntaryBanOnCredits: { isInEffect: false },
    creditInformationSummary: {
      lendersCount: active.length > 0 ? 1 : 0,
      loanContractsCount: active.length,
      guaranteedLoanContractsCount: 0,
    },
    repaymentsPaidLastAmount: paidLast(active),
    sumOfMonthlyLeasingInstalments: [],
    loans: active.map(({ loan }) => told(loan)),
    incomeData: invented(idCode, now),
  };
}

function told({ record, delay }: Loan): object {
  const {
    loanNumber: _,
    lenderMarketingName: __,
    borrowers: ___,
    isTransferredFromAnotherLender: ____,
    ...rest
  } = record;
  return {
    ...rest,
    ...(delay?.isDelay ? { delayedAmounts: delay.delayedAmounts } : {}),
    isForeclosed: delay?.isForeclosed ?? false,
    accuracyIsDenied: false,
  };
}

/** What was paid last on each loan, in cents until it is summed up, by currency. */
function paidLast(loans: ExtractParts['loans']): { currencyCode: string; sum: number }[] {
  const sums = new Map<string, number>();
  for (const { loan, payment } of loans) {
    const { amortizationPaid = 0, interestPaid = 0, otherExpenses = 0 } = payment?.lumpSumLoanRepayment ?? {};
    const cents = Math.round((amortizationPaid + interestPaid + otherExpenses) * 100);
    const { currencyCode = 'EUR' } = loan.record;
    if (cents > 0) sums.set(currencyCode, (sums.get(currencyCode) ?? 0) + cents);
  }
  return [...sums].map(([currencyCode, cents]) => ({ currencyCode, sum: cents / 100 }));
}

/** The sandbox knows nobody's income: it invents some, the same for the same person, for the three months before this one. */
function invented(idCode: string, now: Date): object[] {
  const gross = 2000 + Number(idCode.slice(7, 10));
  const months = [3, 2, 1].map((back) => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 1)));
  const byYear = Map.groupBy(months, (month) => month.getUTCFullYear());
  return [...byYear].map(([year, some]) => ({
    year,
    months: some.map((month) => ({
      month: month.getUTCMonth() + 1,
      wagesGrossAmount: gross,
      wagesNetAmount: Math.round(gross * 0.72),
      benefitsGrossAmount: 0,
      benefitsNetAmount: 0,
    })),
  }));
}
