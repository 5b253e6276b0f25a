/** The five batch APIs, in the order the register wants a night's reports (register-contract.md, section 4). */
export const batchApis = ['AddLoans', 'UpdateLoans', 'Repayments', 'DelayedRepayments', 'TerminateLoans'] as const;

/** Name of a batch API; also its path at the register: `/AddLoans`. */
export type BatchApi = (typeof batchApis)[number];

/** The two APIs a question is asked of and that answer at once (register-contract.md, section 1). */
export const inquiryApis = ['GetLoan', 'GetCreditRegisterExtract'] as const;
export type InquiryApi = (typeof inquiryApis)[number];

/** Every API rows can become messages of: reports in batches, or questions one by one. */
export const apis = [...batchApis, ...inquiryApis] as const;
export type Api = (typeof apis)[number];

/** True for the five APIs that take batches. */
export const isBatchApi = (api: string): api is BatchApi => (batchApis as readonly string[]).includes(api);

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

/** What one report of each API is called in sentences for people; of an inquiry it is a question. */
export const reportNoun = {
  AddLoans: 'new loan',
  UpdateLoans: 'change',
  Repayments: 'payment',
  DelayedRepayments: 'delay',
  TerminateLoans: 'ending',
  GetLoan: 'question',
  GetCreditRegisterExtract: 'question',
} as const satisfies Record<Api, string>;

/** Position of an API in the register's order: 0 for AddLoans … 4 for TerminateLoans; questions come after them. */
export function apiOrder(api: Api): number {
  return apis.indexOf(api);
}
