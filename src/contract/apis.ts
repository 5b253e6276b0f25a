/** The five batch APIs, in the order the register wants a night's reports (register-contract.md, section 4). */
export const batchApis = ['AddLoans', 'UpdateLoans', 'Repayments', 'DelayedRepayments', 'TerminateLoans'] as const;

/** Name of a batch API; also its path at the register: `/AddLoans`. */
export type BatchApi = (typeof batchApis)[number];

/**
 * The member of the message that holds the reports of each API.
 * Source: register-contract.md 2.1, observed in a real client.
 */
export const listKey = {
  AddLoans: 'loans',
  UpdateLoans: 'loans',
  Repayments: 'repayments',
  DelayedRepayments: 'delayedRepayments',
  TerminateLoans: 'loanTerminations',
} as const satisfies Record<BatchApi, string>;

/** What one report of each API is called in sentences for people. */
export const reportNoun = {
  AddLoans: 'new loan',
  UpdateLoans: 'change',
  Repayments: 'payment',
  DelayedRepayments: 'delay',
  TerminateLoans: 'ending',
} as const satisfies Record<BatchApi, string>;

/** Position of an API in the register's order: 0 for AddLoans … 4 for TerminateLoans. */
export function apiOrder(api: BatchApi): number {
  return batchApis.indexOf(api);
}
