import { explainCode } from '../contract/finding-codes.ts';
import type { Finding } from '../mapping/finding.ts';

/** One line about a finding, with its place, as editors know to follow it. */
export function sayFinding(file: string, finding: Finding): string {
  return `${file}:${finding.line} ${sayBriefly(finding)} ${finding.message ?? explainCode(finding.code, null, 'en').text}`;
}

/** A finding beside the cell it points at, or where its place is plain. */
export function sayBriefly({ code, column, value, expected, severity }: Finding): string {
  const cell = column === null ? '' : ` ${column}${value === null || value === '' ? '' : ` "${value}"`}`;
  return `${severity} ${code}${cell}: expected ${expected}.`;
}

/** The lines of a report, or of a row: `line 3`, `lines 3–5`. */
export const sayLines = (first: number, last: number) => (first === last ? `line ${first}` : `lines ${first}–${last}`);
