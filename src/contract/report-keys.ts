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
