import { z } from 'zod';
import type { BatchApi } from '../contract/apis.ts';
import type { Shapes } from './shapes.ts';

type ReportOf<A extends BatchApi> = z.infer<Shapes[A]>;

/** One report together with the API it came through. */
export type Item =
  | { api: 'AddLoans'; report: ReportOf<'AddLoans'> }
  | { api: 'UpdateLoans'; report: ReportOf<'UpdateLoans'> }
  | { api: 'Repayments'; report: ReportOf<'Repayments'> }
  | { api: 'DelayedRepayments'; report: ReportOf<'DelayedRepayments'> }
  | { api: 'TerminateLoans'; report: ReportOf<'TerminateLoans'> };

/** Reads a stored report back. */
export function readItem(api: BatchApi, report: unknown, shapes: Shapes): Item {
  switch (api) {
    case 'AddLoans':
      return { api, report: shapes.AddLoans.parse(report) };
    case 'UpdateLoans':
      return { api, report: shapes.UpdateLoans.parse(report) };
    case 'Repayments':
      return { api, report: shapes.Repayments.parse(report) };
    case 'DelayedRepayments':
      return { api, report: shapes.DelayedRepayments.parse(report) };
    case 'TerminateLoans':
      return { api, report: shapes.TerminateLoans.parse(report) };
  }
}

const isObject = (it: unknown) => typeof it === 'object' && it !== null;

/** What the register holds of one loan. `cancelled` is an ending too: the loan should never have been reported. */
export const Loan = z.strictObject({
  status: z.enum(['active', 'ended', 'cancelled']),
  /** The current record, as AddLoans and UpdateLoans gave it; its shape was checked when it came. */
  record: z.custom<Omit<ReportOf<'AddLoans'>, 'reportReference'>>(isObject),
  delay: z
    .custom<Omit<ReportOf<'DelayedRepayments'>, 'reportReference' | 'reportType' | 'loanNumber'>>(isObject)
    .nullable(),
  ending: z.custom<ReportOf<'TerminateLoans'>['termination']>(isObject).nullable(),
});
export type Loan = z.infer<typeof Loan>;

/** The day a payment is known by: its own, or that of its balance. */
export function paymentDay(report: ReportOf<'Repayments'>): string | null {
  return report.lumpSumLoanRepayment?.paymentDate ?? report.runningAccountLoanRepayment?.balanceDate ?? null;
}
