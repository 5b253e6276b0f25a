import { describe, expect, test } from 'vitest';
import { fieldTables } from '../../src/contract/field-table.ts';
import { compileMapping } from '../../src/mapping/compile/compile-mapping.ts';
import { usesMemory } from '../../src/mapping/uses-memory.ts';
import { errorsOf, load, type Spec, usable } from './builders.ts';

const gone = {
  reportReference: { meta: 'loanNumber', prefix: 'gone-' },
  reportType: { const: 'NewReport' },
  isDelay: { const: false },
};
const delays = (whenGone: Spec, more: Spec = {}): Spec => ({
  mapping: 'm',
  api: 'DelayedRepayments',
  takes: '*.csv',
  snapshot: 'full',
  fields: {
    reportReference: { from: 'NO', prefix: 'del-' },
    reportType: { const: 'NewReport' },
    'loanNumber.type': { const: 'Other' },
    'loanNumber.number': { from: 'NO', shape: '[0-9]+' },
    isDelay: { const: true },
  },
  whenGone: { fields: gone, ...whenGone },
  ...more,
});
const problemsOf = (spec: Spec) => errorsOf(load(spec).problems).map(({ code, message }) => `${code} ${message}`);
const context = { takenAt: '2026-05-20T01:02:03Z', today: '2026-05-20', fileName: 'test.csv' };
const compiled = (spec: Spec, names?: string[]) =>
  compileMapping(usable(spec).mapping, fieldTables.DelayedRepayments, 'artificial', () => {}, names);

describe('the report on a loan that is gone', () => {
  test('has the loan number of the earlier report, and what whenGone says', () => {
    expect(compiled(delays({})).buildGone('Other:0012:3', context)).toMatchObject({
      report: {
        loanNumber: { type: 'Other', number: '0012:3' },
        reportReference: 'gone-0012:3',
        reportType: 'NewReport',
        isDelay: false,
      },
      reference: 'gone-0012:3',
      loan: 'Other:0012:3',
      rows: [],
      findings: [],
    });
  });

  test('is held against the register’s rules and the checks of the house', () => {
    const wrong = delays({ fields: { ...gone, isDelay: { const: true } } });
    const check = { id: 'NEVER', require: { differs: ['reportReference', { const: 'gone-1' }] } };
    const { report, findings } = compiled({ ...wrong, checks: [check] }).buildGone('Other:1', context);
    expect(report).toBe(null);
    expect(findings.map(({ code }) => code)).toEqual(['DELAY_AMOUNTS_MISMATCH', 'NEVER']);
  });

  test.each([
    ['a source that needs a row', { fields: { ...gone, isForeclosed: { from: 'E', as: 'boolean' } } }, 'WHEN_GONE'],
    [
      'a condition',
      { fields: { ...gone, isForeclosed: { const: false, when: { column: 'E', is: 'x' } } } },
      'WHEN_GONE',
    ],
    ['the line of a row', { fields: { ...gone, reportReference: { meta: 'line', prefix: 'g' } } }, 'WHEN_GONE'],
    ['a loan number of its own', { fields: { ...gone, 'loanNumber.type': { const: 'Iban' } } }, 'WHEN_GONE'],
    ['a required field without a line', { fields: { reportReference: gone.reportReference } }, 'FIELD_MISSING'],
    ['a field the API does not have', { fields: { ...gone, isLate: { const: false } } }, 'UNKNOWN_FIELD'],
    ['a share that is none', { goneAtMost: 20 }, 'VALUE'],
  ])('%s is a problem of the mapping', (_, whenGone, code) => {
    const problems = problemsOf(delays(whenGone));
    expect(problems).not.toEqual([]);
    if (code !== 'VALUE') expect(problems.map((problem) => problem.split(' ')[0])).toContain(code);
  });

  test('goes with snapshot: full and only with it; meta: loanNumber with whenGone only', () => {
    expect(problemsOf(delays({}, { snapshot: undefined }))[0]).toMatch(/^SNAPSHOT/);
    expect(problemsOf(delays({}, { whenGone: undefined }))[0]).toMatch(/^SNAPSHOT/);
    const fields = { ...(delays({})['fields'] as Spec), reportReference: { meta: 'loanNumber' } };
    expect(problemsOf(delays({}, { fields }))[0]).toMatch(/^META/);
  });

  test('makes a mapping depend on what the ledger remembers', () => {
    expect(usesMemory(usable(delays({})).mapping)).toBe(true);
    expect(usesMemory(usable(delays({}, { snapshot: undefined, whenGone: undefined })).mapping)).toBe(false);
  });
});

test('the loan of a row is read although no report is made of it; null when it cannot be', () => {
  const { loanOfRow } = compiled(delays({}), ['NO']);
  const row = (cell: string) => loanOfRow({ line: 2, lastLine: 2, cells: [cell] });
  expect([row(' 12 '), row('x'), row('')]).toEqual(['Other:12', null, null]);
});
