import type { Mapping } from '../mapping/mapping.ts';
import type { Trace } from '../mapping/trace.ts';
import { wrapped } from '../views/columns.ts';
import { sayFinding, sayLines } from '../views/say-finding.ts';
import { sayReport } from '../views/say-report.ts';
import type { Preview } from './preview.ts';

const mostFindings = 20;
const [narrowest, widest] = [60, 160];

/** A preview for people. */
export function sayPreview(file: string, mapping: Mapping, told: Preview, trace: Trace, columns: number): string {
  const width = Math.min(widest, Math.max(narrowest, columns));
  const { findings, shown, left } = told;
  const lines = findings.slice(0, mostFindings).map((finding) => sayFinding(file, finding));
  if (findings.length > mostFindings)
    lines.push(`… and ${findings.length - mostFindings} more findings about rows (--json shows all)`);
  for (const { line, lastLine, reportReference, report, view } of shown) {
    const reference = reportReference === null ? '' : `  ${reportReference}`;
    lines.push('', `${sayLines(line, lastLine)}${reference}  ${report ? 'would be sent' : 'would not be sent'}`);
    if (view) lines.push(...sayReport(view, width));
  }
  if (left > 0) lines.push('', `… and ${left} more reports (--rows N shows more)`);
  const unused = trace.names.filter((name) => !trace.used.has(name) && !name.startsWith('__fix_'));
  lines.push('');
  if (unused.length > 0)
    lines.push(...wrapped(`columns that the mapping does not use: ${unused.join(', ')}`, width, '  '));
  lines.push(...saySkipped(mapping, told), ...wrapped(sayCounts(mapping, told), width, '  '));
  return `${lines.join('\n').replace(/^\n/, '')}\n`;
}

function saySkipped({ skip }: Mapping, { skipped }: Preview): string[] {
  return Object.entries(skipped).map(([id, count]) => {
    const why = skip.find((rule) => rule.id === id)?.why;
    return `skipped by ${id}: ${count} ${count === 1 ? 'row' : 'rows'}${why === undefined ? '' : ` (${why})`}`;
  });
}

function sayCounts({ mapping, api }: Mapping, { counts }: Preview): string {
  const { rowsRead, rowsSkipped, rowsInvalid, reportsBuilt, invalid } = counts;
  return `${mapping} (${api}): ${rowsRead} rows, ${rowsSkipped} skipped, ${rowsInvalid} invalid; ${reportsBuilt} reports, ${reportsBuilt - invalid} would be sent, ${invalid} would not`;
}
