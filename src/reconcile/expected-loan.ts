import type { BatchApi } from '../contract/apis.ts';
import type { Report } from '../contract/shapes.ts';

/** A loan as we know it: what the register should hold. */
export type ExpectedLoan = {
  loanNumber: { type: string; number: string };
  /** The record of the loan; parts of it when `whole` is false. */
  record: Report;
  /** False when neither the new loan nor a change of it is known: then only payments told something of the record. */
  whole: boolean;
  /** The delay on record: null for none, undefined when it is not known. */
  delay: Report | null | undefined;
  /** The ending: null for a loan that goes on, undefined when it is not known. */
  ending: Report | null | undefined;
  /** Withdrawn: the loan should never have been reported. */
  cancelled: boolean;
};

const ofTheReport = ['reportReference', 'reportType', 'loanNumber', 'reportCreationTimeUtc'];

/**
 * Follows the accepted reports of a loan in their order. A change carries the whole record but the currency, and what it
 * leaves out is erased; a payment sets the balance; a delay replaces the delays on record (register-contract.md 2.9, 2.11–2.13:
 * inferred). What a cancelled payment or delay leaves behind is not known: it is not compared.
 * @param accepted reports as they were sent, JSON with keys in camelCase or PascalCase
 * @returns undefined when there are none
 */
export function expectedLoan(accepted: readonly { api: BatchApi; text: string }[]): ExpectedLoan | undefined {
  return accepted.reduce<ExpectedLoan | undefined>(
    (loan, { api, text }) => after(loan, api, plainReport(text)),
    undefined,
  );
}

function after(before: ExpectedLoan | undefined, api: BatchApi, report: Report): ExpectedLoan {
  const loanNumber = report['loanNumber'] as ExpectedLoan['loanNumber'];
  const content = without(report, ofTheReport);
  const isCancellation = report['reportType'] === 'Cancellation';
  if (api === 'AddLoans')
    return { loanNumber, record: content, whole: true, delay: null, ending: null, cancelled: false };
  const loan = before ?? {
    loanNumber,
    record: {},
    whole: false,
    delay: undefined,
    ending: undefined,
    cancelled: false,
  };
  switch (api) {
    case 'UpdateLoans':
      if (isCancellation) return { ...loan, record: {}, whole: false };
      return { ...loan, record: { ...pick(loan.record, ['currencyCode']), ...content }, whole: true };
    case 'Repayments':
      return { ...loan, record: withBalance(loan.record, content, isCancellation) };
    case 'DelayedRepayments': {
      const isOver = content['isDelay'] !== true && content['isForeclosed'] !== true;
      return { ...loan, delay: isCancellation ? undefined : isOver ? null : content };
    }
    case 'TerminateLoans': {
      const termination = content['termination'] as Report;
      // Of an ending it takes back the ending, of a loan that goes on the loan itself (inferred: sections 1 and 2.13).
      if (isCancellation)
        return loan.ending ? { ...loan, ending: null } : { ...loan, ending: undefined, cancelled: true };
      return { ...loan, ending: termination['isTerminated'] === true ? termination : null, cancelled: false };
    }
  }
}

const balances = [
  { paid: 'lumpSumLoanRepayment', part: 'lumpSumLoan', keys: ['balance'] },
  { paid: 'runningAccountLoanRepayment', part: 'runningAccountLoan', keys: ['balance', 'balanceDate'] },
];

/** The record with the balance a payment tells. */
function withBalance(record: Report, payment: Report, isCancellation: boolean): Report {
  const changed = { ...record };
  for (const { paid, part, keys } of balances) {
    const told = pick((payment[paid] ?? {}) as Report, keys);
    if (told['balance'] === undefined) continue;
    const known = (record[part] ?? {}) as Report;
    changed[part] = isCancellation ? without(known, keys) : { ...known, ...told };
  }
  return changed;
}

/** A report's JSON with its keys in camelCase, however they were written. */
function plainReport(text: string): Report {
  return JSON.parse(text, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(
          Object.entries(value).map(([key, member]) => [key.charAt(0).toLowerCase() + key.slice(1), member]),
        )
      : value,
  ) as Report;
}

const pick = (from: Report, keys: readonly string[]): Report =>
  Object.fromEntries(keys.filter((key) => from[key] !== undefined).map((key) => [key, from[key]]));

const without = (from: Report, keys: readonly string[]): Report =>
  Object.fromEntries(Object.entries(from).filter(([key]) => !keys.includes(key)));
