import { isBatchApi } from '../contract/apis.ts';
import type { RulePath } from '../mapping/compile/trace.ts';
import type { LoadedMapping } from '../mapping/load-mapping.ts';
import { sayCondition } from '../mapping/words/say-condition.ts';
import { wrapped } from '../views/columns.ts';
import type { ExplainedCell, ExplainedRow } from '../views/explain-row.ts';
import { ruleOf, type Use } from '../views/report-view.ts';
import { sayBriefly, sayLines } from '../views/say-finding.ts';
import { sayCells } from '../views/say-report.ts';
import { sayRule } from '../views/say-rule.ts';

/** Where a rule stands, as editors follow it: `mappings/new-loans.yaml:52`. */
export function placeOf({ yaml }: LoadedMapping, rule: RulePath): string {
  const { file, line } = yaml.problem(rule, '', '');
  return `${file}:${line}`;
}

/** What becomes of a row, in lines for people. */
export function sayExplained(file: string, row: ExplainedRow, loaded: LoadedMapping, width: number): string[] {
  const { mapping } = loaded;
  const { report, cells, constants, findings, unread } = row;
  const lines = [`${file}, ${sayLines(row.line, row.lastLine)}: ${sayFate(row, loaded)}`];
  if (mapping.records && row.fate === 'report' && report && report.lines.length > 1)
    lines.push(
      `one of ${report.lines.length} rows with the same ${[mapping.records.groupBy].flat().join(', ')}: lines ${report.lines.join(', ')}`,
    );
  for (const finding of findings) lines.push(sayBriefly(finding));
  lines.push('');
  const elsewhere = cells.filter((cell) => isReadElsewhere(cell, row));
  for (const cell of cells.filter((each) => !unread.includes(each.column) && !elsewhere.includes(each)))
    lines.push(...sayCell(cell, row, loaded));
  if (elsewhere.length > 0)
    lines.push(
      `read from line ${report?.lines[0]}, like all that the rows share: ${elsewhere.map(({ column }) => column).join(', ')}`,
    );
  if (constants.length > 0) lines.push('(from no cell)', ...constants.flatMap((use) => sayUse(use, loaded)));
  if (unread.length > 0) lines.push(`columns that no rule reads: ${unread.join(', ')}`);
  return lines.flatMap((line) => wrapped(line, width, `${/^ */.exec(line)?.[0] ?? ''}  `));
}

function sayFate({ fate, report, skippedBy, refusal, cells }: ExplainedRow, loaded: LoadedMapping): string {
  const { mapping } = loaded;
  switch (fate) {
    case 'report':
      if (!isBatchApi(mapping.api))
        return `${mapping.api} question, which ${report?.wouldBeSent ? 'can be asked' : 'cannot be asked'}`;
      return `${mapping.api} report ${report?.reference ?? 'without a reference'}, which ${report?.wouldBeSent ? 'can be sent' : 'cannot be sent'}`;
    case 'skipped': {
      const at = mapping.skip.findIndex(({ id }) => id === skippedBy);
      if (at < 0) return 'the row belongs to no report';
      return `skipped by ${skippedBy}, since ${mapping.skip[at]?.why} (${placeOf(loaded, ['skip', at])}: ${sayCondition(mapping.skip[at]?.when ?? {})})`;
    }
    case 'invalid':
      return 'the row belongs to no report: what is wrong with it stands below';
    case 'refused':
      return `the export is refused whole at line ${refusal?.line}: ${refusal?.code}, expected ${refusal?.expected}`;
    case 'header':
      return 'the header';
    case 'trailer':
      return 'the record that closes the export';
    case 'none':
      return cells.length === 0 ? 'there is no such row' : 'the row belongs to no report';
  }
}

function sayCell(
  { column, text, uses, findings, readers }: ExplainedCell,
  row: ExplainedRow,
  loaded: LoadedMapping,
): string[] {
  const told = uses.filter(({ role, value }) => role !== 'value' || value !== null);
  const lines = [`${column} = ${text}`.trimEnd(), ...told.flatMap((use) => sayUse(use, loaded))];
  for (const finding of findings) lines.push(`  ${sayBriefly(finding)}`);
  if (told.length + findings.length === 0) {
    const missed = uses.find(({ value }) => value === null);
    const why = missed
      ? [
          `  → ${missed.field} is left out`,
          `    ${placeOf(loaded, missed.rule)}  ${sayRule(loaded.mapping, missed.rule)}`,
        ]
      : [`  ${sayReaders(readers, row, loaded)}`];
    lines.push(...why);
  }
  return lines;
}

/** Of rows of one report, all but the first are read only where the mapping says so. */
function isReadElsewhere({ uses, findings, readers }: ExplainedCell, { report, line }: ExplainedRow): boolean {
  const isFirst = (report?.lines[0] ?? line) >= line;
  return !isFirst && uses.length + findings.length === 0 && readers.some(isOfField);
}

const isOfField = ([first]: RulePath) => first === 'fields';

/** What reads the column, when nothing came of it: other parts of the mapping, or rules that were not come to. */
function sayReaders(readers: readonly RulePath[], row: ExplainedRow, loaded: LoadedMapping): string {
  const [rule] = readers.toSorted((a, b) => Number(isOfField(a)) - Number(isOfField(b)));
  if (!rule) return 'named by the mapping, read by no field';
  const what = isOfField(rule) ? (row.fate === 'report' ? 'not asked for here' : 'not come to') : String(rule[0]);
  const told = isOfField(rule) ? ruleOf(rule) : rule.slice(0, 2);
  return `${what}: ${placeOf(loaded, told)}  ${sayRule(loaded.mapping, told)}`;
}

function sayUse({ role, field, value, rule, cells }: Use, loaded: LoadedMapping): string[] {
  const what =
    role === 'decides'
      ? `decides about ${field}`
      : role === 'part'
        ? `also for ${field}`
        : `${field} = ${value ?? '(left out)'}${sayCells(cells)}`;
  return [`  → ${what}`, `    ${placeOf(loaded, rule)}  ${sayRule(loaded.mapping, rule)}`];
}
