import type { Trace } from '../mapping/compile/trace.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { wrapped } from '../views/columns.ts';
import type { Foreteller, Verdict } from '../views/foretell.ts';
import { sayFinding, sayLines } from '../views/say-finding.ts';
import { sayReport } from '../views/say-report.ts';
import type { Preview } from './gather-preview.ts';

const mostFindings = 20;
const [narrowest, widest] = [60, 160];

/**
 * A preview for people.
 * @param columns how wide the terminal is
 * @param seeded what the sandbox was given beforehand, when it was asked
 */
export function sayPreview(
  file: string,
  mapping: Mapping,
  told: Preview,
  trace: Trace,
  { columns, seeded }: { columns: number; seeded: Foreteller['seeded'] | undefined },
): string {
  const width = Math.min(widest, Math.max(narrowest, columns));
  const { findings, shown, left } = told;
  const lines = findings.slice(0, mostFindings).map((finding) => sayFinding(file, finding));
  if (findings.length > mostFindings)
    lines.push(`… and ${findings.length - mostFindings} more findings about rows (--json shows all)`);
  for (const { line, lastLine, reportReference, report, view, verdict } of shown) {
    const reference = reportReference === null ? '' : `  ${reportReference}`;
    const fate = report ? sayState[verdict?.state ?? 'sent'] : 'would not be sent';
    lines.push('', `${sayLines(line, lastLine)}${reference}  ${fate}`);
    for (const { code, field, text } of verdict?.errors ?? [])
      lines.push(...wrapped(`    the register: ${code}${field === null ? '' : ` ${field}`}: ${text}`, width, '      '));
    if (view) lines.push(...sayReport(view, width));
  }
  if (left > 0) lines.push('', `… and ${left} more reports (--rows N shows more)`);
  const unused = trace.names.filter((name) => !trace.used.has(name) && !name.startsWith('__fix_'));
  const last = [
    ...(unused.length > 0 ? [`columns that the mapping does not use: ${unused.join(', ')}`] : []),
    ...saySkipped(mapping, told),
    sayCounts(mapping, told),
    ...(seeded ? sayVerdicts(told, seeded) : []),
  ];
  lines.push('', ...last.flatMap((line) => wrapped(line, width, '  ')));
  return `${lines.join('\n').replace(/^\n/, '')}\n`;
}

const sayState: Record<Verdict['state'] | 'sent', string> = {
  sent: 'would be sent',
  accepted: 'would be accepted',
  rejected: 'would be rejected',
  later: 'would have to go again on a later day',
  held: 'would be held: its loan was not accepted',
  waits: 'would wait for the verdict on its loan',
};

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

function sayVerdicts({ verdicts }: Preview, { loans, reports }: Foreteller['seeded']): string[] {
  const { accepted = 0, rejected = 0, later = 0, held = 0, waits = 0 } = verdicts;
  const others = [
    [later, 'would have to go again later'],
    [held, 'would be held'],
    [waits, 'would wait for their loan'],
  ] as const;
  const said = others.flatMap(([count, words]) => (count > 0 ? [`, ${count} ${words}`] : []));
  const known =
    reports === 0
      ? 'It knew of no loan beforehand'
      : `Beforehand it was given what the ledger has of ${loans} of these loans: ${reports} accepted reports`;
  return [
    `verdicts of the sandbox: ${accepted} accepted, ${rejected} rejected${said.join('')}`,
    `${known}. Loans that were reported another way, and exports that were not sent yet, it cannot know (SB-LOAN-UNKNOWN, SB-LOAN-EXISTS); nor does it know every rule of the register. Codes that begin with SB are its own.`,
  ];
}
