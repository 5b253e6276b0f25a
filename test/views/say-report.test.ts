import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sideBySide, wrapped } from '../../src/views/columns.ts';
import type { ReportView } from '../../src/views/report-view.ts';
import { sayReport } from '../../src/views/say-report.ts';

const rule = ['fields'];
const view: ReportView = {
  cells: [
    {
      line: 2,
      column: 'KAYTTOTARKOITUS',
      text: 'x'.repeat(70),
      uses: [
        { role: 'value', field: 'lumpSumLoan.purposeOfUse', rule, value: 'y'.repeat(60), cells: 1 },
        { role: 'decides', field: 'lumpSumLoan.plannedFinalDueDate', rule, value: null, cells: 1 },
      ],
      findings: [
        {
          code: 'CODE_UNKNOWN',
          severity: 'error',
          stage: 'map',
          line: 2,
          lastLine: 2,
          column: 'KAYTTOTARKOITUS',
          value: 'x',
          expected: 'one of 10, 11, 12, 13, 20, 30, 40, 50, 90, and what else may stand in a long list of codes',
          message: null,
        },
      ],
    },
    { line: 3, column: 'TYHJA', text: '', uses: [], findings: [] },
  ],
  constants: [{ role: 'value', field: 'loanNumber.type', rule, value: 'Other', cells: 0 }],
  findings: [],
};

test.each([60, 80, 120, 160])('no line of a report is longer than the %i characters there are', (width) => {
  for (const line of sayReport(view, width)) expect(line.length).toBeLessThanOrEqual(width);
});

test('nothing of a long text is lost when it is broken, and no line is too long', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), fc.integer({ min: 12, max: 60 }), (text, width) => {
      const lines = wrapped(text, width, '  ');
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
      const bare = (all: string) => all.replaceAll(/\s/g, '');
      expect(bare(lines.join(''))).toBe(bare(text));
    }),
  );
});

test('an empty cell of which nothing came is left out; a field from no cell is told last', () => {
  const said = sayReport(view, 100).join('\n');
  expect(said).not.toContain('TYHJA');
  expect(said).toMatch(/\(from no cell\) +loanNumber\.type = Other$/);
  expect(said).toMatch(/decides about lumpSumLoan\.plannedFinalDueDate\n {4}error CODE_UNKNOWN: expected one of 10/);
});

test('two texts side by side stay in their columns', () => {
  expect(sideBySide('a b', 'c', 2, 4)).toEqual(['a   c', 'b']);
});
