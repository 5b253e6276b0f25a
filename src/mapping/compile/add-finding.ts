import { maskCell } from '../../lib/mask.ts';
import type { Fault } from './fault.ts';
import type { Moment } from './moment.ts';

/** Adds a finding about the cell at hand; the value is masked on the way in. */
export function addFinding(
  moment: Moment,
  fault: Fault,
  column: string | null,
  text: string | null,
  personal: boolean,
  severity: 'error' | 'warning' = 'error',
): void {
  moment.findings.push({
    code: fault.code,
    severity,
    stage: 'map',
    line: moment.row.line,
    lastLine: moment.row.lastLine,
    column,
    value: text === null || column === null ? null : maskCell(text, personal),
    expected: fault.expected,
    message: null,
  });
}

/** True when something was found since the findings were `before` in number that stops the report. */
export function hasErred({ findings }: Moment, before: number): boolean {
  for (let i = before; i < findings.length; i++) if (findings[i]?.severity === 'error') return true;
  return false;
}
