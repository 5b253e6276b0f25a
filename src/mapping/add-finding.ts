import { maskCell } from '../lib/mask.ts';
import type { Fault } from './fault.ts';
import type { Moment } from './moment.ts';

/** Adds a finding about the cell at hand; the value is masked on the way in. */
export function addFinding(
  moment: Moment,
  fault: Fault,
  column: string | null,
  text: string | null,
  personal: boolean,
): void {
  moment.findings.push({
    code: fault.code,
    severity: 'error',
    stage: 'map',
    line: moment.row.line,
    lastLine: moment.row.lastLine,
    column,
    value: text === null || column === null ? null : maskCell(text, personal),
    expected: fault.expected,
    message: null,
  });
}
