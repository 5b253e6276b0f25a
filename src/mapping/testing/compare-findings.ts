import { ownFindingCodes } from '../../contract/finding-codes.ts';
import { didYouMean } from '../../lib/suggest.ts';
import type { Finding } from '../finding.ts';
import type { Mapping, MappingTest } from '../mapping.ts';

/** How the findings of a test differ from those it expects. */
export type FindingDifference =
  /** It expects one that is not there; `at` is its place in `expectFindings`. */
  | { kind: 'missing'; at: number; key: string | undefined; message: string }
  /** There is one that it does not expect. */
  | { kind: 'unexpected'; line: number; message: string };

/** Errors must be told completely and exactly; a warning needs no mention, but one that is mentioned must be there. */
export function compareFindings(test: MappingTest, found: readonly Finding[], mapping: Mapping): FindingDifference[] {
  const differences: FindingDifference[] = [];
  const left = [...found];
  const known = [...ownFindingCodes, ...mapping.checks.map(({ id }) => id)];
  for (const [i, expected] of (test.expectFindings ?? []).entries()) {
    const named = Object.entries(expected);
    const at = left.findIndex((finding) => named.every(([key, value]) => finding[key as keyof Finding] === value));
    if (at >= 0) {
      left.splice(at, 1);
      continue;
    }
    const words = named.map(([key, value]) => (key === 'code' ? String(value) : `${key} ${value}`)).join(', ');
    const unknown = !known.includes(expected.code);
    differences.push({
      kind: 'missing',
      at: i,
      key: unknown ? 'code' : undefined,
      message: unknown
        ? `${expected.code} is no code of a finding, nor the id of a check of this mapping${didYouMean(expected.code, known)}`
        : `expected the finding ${words}; found ${sayFindings(found)}`,
    });
  }
  for (const finding of left)
    if (finding.severity === 'error')
      differences.push({
        kind: 'unexpected',
        line: finding.line,
        message: `unexpected finding ${sayFinding(finding)}: expected ${finding.expected}`,
      });
  return differences;
}

const sayFindings = (findings: readonly Finding[]) =>
  findings.length === 0 ? 'none' : findings.map(sayFinding).join('; ');

function sayFinding({ code, line, column, value }: Finding): string {
  const cell = column === null ? '' : `, column ${column}`;
  return `${code} (line ${line}${cell}${value === null || value === '' ? '' : `, "${value}"`})`;
}
