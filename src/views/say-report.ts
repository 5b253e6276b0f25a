import type { Finding } from '../mapping/finding.ts';
import { sideBySide, wrapped } from './columns.ts';
import type { ReportView, Use } from './report-view.ts';

/**
 * A report beside its row: cells on the left, what they became on the right, findings under the cell they point at. Cells
 * that are empty and of which nothing came are left out.
 * @param width of the lines, in characters
 */
export function sayReport({ cells, constants, findings }: ReportView, width: number): string[] {
  const left = Math.min(50, Math.floor((width - 4) * 0.42));
  const right = width - left - 4;
  const beside = (cell: string, field: string) => sideBySide(cell, field, left, right).map((line) => `  ${line}`);
  const several = new Set(cells.map(({ line }) => line)).size > 1;
  const lines = findings.flatMap((finding) => sayError(finding, width));
  for (const [at, cell] of cells.entries()) {
    const uses = cell.uses.flatMap((use) => sayUse(use) ?? []);
    const isOfNote = cell.text !== '' || cell.findings.length > 0 || uses.length > 0;
    if (!isOfNote) continue;
    if (several && cell.line !== cells[at - 1]?.line) lines.push(`  line ${cell.line}`);
    const [first = '', ...others] = uses;
    lines.push(...beside(`${cell.column} = ${cell.text}`, first), ...others.flatMap((use) => beside('', use)));
    lines.push(...cell.findings.flatMap((finding) => sayError(finding, width)));
  }
  const given = constants.flatMap((use) => sayUse(use) ?? []);
  return [...lines, ...given.flatMap((use, at) => beside(at === 0 ? '(from no cell)' : '', use))];
}

function sayUse({ role, field, value, cells }: Use): string | undefined {
  if (role === 'decides') return `decides about ${field}`;
  if (value === null) return undefined;
  return role === 'part' ? `also for ${field}` : `${field} = ${value}${sayCells(cells)}`;
}

/** That a value was taken over several cells. */
export const sayCells = (cells: number) => (cells > 1 ? ` (over ${cells} cells)` : '');

/** The value is left away: the cell stands above. */
function sayError({ severity, code, expected, message }: Finding, width: number): string[] {
  const said = `${severity} ${code}: expected ${expected}${message === null ? '' : `. ${message}`}`;
  return wrapped(`    ${said}`, width, '      ');
}
