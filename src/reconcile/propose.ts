import type { BatchApi } from '../contract/apis.ts';
import type { Report } from '../contract/shapes.ts';
import type { Comparison } from './compare-with-register.ts';
import type { ExpectedLoan } from './expected-loan.ts';

/** A report that would make the register hold what we know. */
export type Proposal = { api: BatchApi; report: Report };

/**
 * Proposes the reports that mend what was found, in the order they must go:
 * a loan that is not there is reported anew; a record that differs is sent whole as an ErrorCorrection (register-contract.md
 * 2.9), delays likewise (2.12); an ending the register never got is a NewReport, a wrong one is corrected, one that is not
 * true is taken back by ErrorCorrection (2.13). Empty when nothing is found, or too little is known of the loan.
 * @param reference makes the reports' references: each is unique in its batch
 */
export function propose(expected: ExpectedLoan, { outcome, differences }: Comparison, reference: string): Proposal[] {
  const { loanNumber, record, whole, delay, ending, cancelled } = expected;
  const head = { reportReference: reference, loanNumber };
  if (outcome === 'notInRegister') {
    if (!whole) return [];
    const anew: Proposal = { api: 'AddLoans', report: { ...head, ...record } };
    if (!delay) return [anew];
    return [anew, { api: 'DelayedRepayments', report: { ...head, reportType: 'NewReport', ...delay } }];
  }
  if (outcome !== 'differs') return [];
  const corrected = { ...head, reportType: 'ErrorCorrection' };
  const parts = new Set(differences.map(({ part }) => part));
  const proposals: Proposal[] = [];
  const { currencyCode: _, ...changeable } = record;
  const changes = differences.some(({ part, path }) => part === 'record' && path !== 'currencyCode');
  if (changes && whole) proposals.push({ api: 'UpdateLoans', report: { ...corrected, ...changeable } });
  if (parts.has('delay') && delay !== undefined)
    proposals.push({
      api: 'DelayedRepayments',
      report: { ...corrected, ...(delay ?? { isDelay: false, isForeclosed: false }) },
    });
  if (parts.has('ending') && !cancelled && ending !== undefined) {
    const isNew = ending !== null && differences.some(({ path }) => path === 'termination.isTerminated');
    const reportType = isNew ? 'NewReport' : 'ErrorCorrection';
    proposals.push({
      api: 'TerminateLoans',
      report: {
        ...head,
        reportType,
        termination: ending ?? { isTerminated: false, isTransferredToAnotherLender: false },
      },
    });
  }
  return proposals;
}
