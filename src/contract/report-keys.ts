import type { Api } from './apis.ts';
import type { Report } from './shapes.ts';

/** Which loan a report is about, as one text (`Other:0000012345`); null when its number could not be read. */
export function loanOf(report: Report): string | null {
  const { type, number } = (report['loanNumber'] ?? {}) as Report;
  return typeof number === 'string' && typeof type === 'string' ? `${type}:${number}` : null;
}

/** The lender's id for a report; null when it could not be read. */
export function referenceOf(report: Report): string | null {
  const reference = report['reportReference'];
  return typeof reference === 'string' ? reference : null;
}

/**
 * How a report is named in the ledger, and which loan it is about there. A question is named by the loan number it asks for, or
 * by its line (a person's code is no name); it is about no loan, so that neither it waits for reports on it, nor they for it.
 */
export function namesOf(
  api: Api,
  { reference, loan }: { reference: string | null; loan: string | null },
  line: number,
): { reference: string | null; loan: string | null } {
  switch (api) {
    case 'GetLoan':
      return { reference: loan === null ? null : loan.slice(loan.indexOf(':') + 1), loan: null };
    case 'GetCreditRegisterExtract':
      return { reference: `extract-${line}`, loan: null };
    default:
      return { reference, loan };
  }
}
