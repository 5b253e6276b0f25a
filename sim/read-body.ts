import { type BatchApi, listKey } from '../src/contract/apis.ts';
import type { Judged } from './judge.ts';

/** A report as the register reads it from a message. */
export type SentReport = Judged & { reference: string };

type Json = Record<string, unknown>;
const part = (value: unknown, key: string): Json => ((value as Json)[key] ?? {}) as Json;

/** The reports of a message, in its order. */
export function readBody(api: BatchApi, body: string): SentReport[] {
  const reports = (JSON.parse(body) as Json)[listKey[api]] as Json[];
  return reports.map((report) => ({
    api,
    reference: String(report['reportReference']),
    loan: String(part(report, 'loanNumber')['number']),
    amount: amountOf(report),
    persons: ((report['borrowers'] ?? []) as { idCode: string }[]).map(({ idCode }) => idCode),
  }));
}

/** As it stood in the export, with two decimals; an ending has none. */
function amountOf(report: Json): string {
  const [first] = (report['delayedAmounts'] ?? [{}]) as [Json];
  const amount =
    part(report, 'lumpSumLoan')['amountIssued'] ??
    part(report, 'lumpSumLoanRepayment')['amortizationPaid'] ??
    first['delayedInstalment'];
  return typeof amount === 'number' ? amount.toFixed(2) : '';
}
