import { visible } from '../lib/shown-name.ts';
import { isSame, type MappingDifference } from '../views/diff-mappings.ts';

type Version = { mapping: string; file: string; sha256: string };

/** What a change of a mapping does to exports, for people. */
export function sayDifference(
  versions: Record<'old' | 'new', Version>,
  told: readonly { file: string; difference: MappingDifference }[],
): string {
  const version = ({ file, sha256 }: Version) => `${visible(file)} (${sha256.slice(0, 8)})`;
  const lines = [`old: ${version(versions.old)}`, `new: ${version(versions.new)}`];
  for (const { file, difference } of told) lines.push('', ...sayFile(file, difference));
  return `${[...lines, '', 'What was taken before stays as it was mapped and sent: only exports taken from now on are mapped anew.'].join('\n')}\n`;
}

function sayFile(file: string, difference: MappingDifference): string[] {
  const { reports, firstLines, fields, findings, skipped, rowsInvalid, refused } = difference;
  if (isSame(difference)) return [`${file}: no difference in ${reports.same} reports`];
  const lines = [
    `${file}: ${reports.same} reports are the same, ${reports.changed} changed, ${reports.onlyOld} only in old, ${reports.onlyNew} only in new`,
  ];
  for (const side of ['old', 'new'] as const) {
    const refusal = refused[side];
    if (refusal)
      lines.push(`  refused whole by ${side}: ${refusal.code} at line ${refusal.line}, expected ${refusal.expected}`);
  }
  const rows: [string, number, number[]][] = [
    ['only in old', reports.onlyOld, firstLines.onlyOld],
    ['only in new', reports.onlyNew, firstLines.onlyNew],
    ['not sent any more', reports.noLongerSent, firstLines.noLongerSent],
    ['sent now', reports.newlySent, firstLines.newlySent],
  ];
  for (const [words, count, first] of rows) if (count > 0) lines.push(`  ${words}: ${count}${sayFirst(count, first)}`);
  for (const id of new Set([...Object.keys(skipped.old), ...Object.keys(skipped.new)]))
    if (skipped.old[id] !== skipped.new[id])
      lines.push(`  rows skipped by ${id}: ${skipped.old[id] ?? 0} → ${skipped.new[id] ?? 0}`);
  if (rowsInvalid.old !== rowsInvalid.new) lines.push(`  invalid rows: ${rowsInvalid.old} → ${rowsInvalid.new}`);
  for (const [words, found] of [
    ['gained', findings.gained],
    ['lost', findings.lost],
  ] as const)
    for (const [code, { count, firstLines: first }] of Object.entries(found))
      lines.push(`  findings ${words}: ${code} ${count}${sayFirst(count, first)}`);
  for (const [field, { count, examples }] of Object.entries(fields)) {
    lines.push(`  ${field}: ${count} ${count === 1 ? 'value' : 'values'} changed`);
    for (const { line, old, new: now } of examples)
      lines.push(`    line ${line}: ${old ?? '(left out)'} → ${now ?? '(left out)'}`);
  }
  return lines;
}

const sayFirst = (count: number, lines: readonly number[]) =>
  lines.length === 0
    ? ''
    : ` (${lines.length === 1 ? 'line' : 'lines'} ${lines.join(', ')}${count > lines.length ? ' …' : ''})`;
