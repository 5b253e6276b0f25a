import { z } from 'zod';
import type { BatchApi } from '../contract/apis.ts';
import { reportShapes } from '../contract/shapes.ts';

const { AddLoans, UpdateLoans, Repayments, DelayedRepayments, TerminateLoans } = reportShapes;

/** One report together with the API it came through. */
export type Item =
  | { api: 'AddLoans'; report: z.infer<typeof AddLoans> }
  | { api: 'UpdateLoans'; report: z.infer<typeof UpdateLoans> }
  | { api: 'Repayments'; report: z.infer<typeof Repayments> }
  | { api: 'DelayedRepayments'; report: z.infer<typeof DelayedRepayments> }
  | { api: 'TerminateLoans'; report: z.infer<typeof TerminateLoans> };

/** Reads a stored report back. */
export function readItem(api: BatchApi, report: unknown): Item {
  switch (api) {
    case 'AddLoans':
      return { api, report: AddLoans.parse(report) };
    case 'UpdateLoans':
      return { api, report: UpdateLoans.parse(report) };
    case 'Repayments':
      return { api, report: Repayments.parse(report) };
    case 'DelayedRepayments':
      return { api, report: DelayedRepayments.parse(report) };
    case 'TerminateLoans':
      return { api, report: TerminateLoans.parse(report) };
  }
}

/** What the register holds of one loan. `cancelled` is an ending too: the loan should never have been reported. */
export const Loan = z.strictObject({
  status: z.enum(['active', 'ended', 'cancelled']),
  /** The current record, as AddLoans and UpdateLoans gave it. */
  record: AddLoans.omit({ reportReference: true }),
  delay: DelayedRepayments.omit({ reportReference: true, reportType: true, loanNumber: true }).nullable(),
  ending: TerminateLoans.shape.termination.nullable(),
});
export type Loan = z.infer<typeof Loan>;

/** The day a payment is known by: its own, or that of its balance. */
export function paymentDay(report: z.infer<typeof Repayments>): string | null {
  return report.lumpSumLoanRepayment?.paymentDate ?? report.runningAccountLoanRepayment?.balanceDate ?? null;
}
