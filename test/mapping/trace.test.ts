import { expect, test } from 'vitest';
import type { BuiltReport } from '../../src/mapping/compile/compile-mapping.ts';
import { type FieldTrace, Trace } from '../../src/mapping/compile/trace.ts';
import { mapExportTo } from '../../src/mapping/map-export.ts';
import { readExport } from '../../src/reading/read-export.ts';
import { reportView } from '../../src/views/report-view.ts';
import { inChunks } from '../reading/read-text.ts';
import { loansByRows, mapText, payments, type Spec, usable } from './builders.ts';

type Told = { built: BuiltReport; fields: FieldTrace[] };

async function traced(spec: Spec, text: string): Promise<{ told: Told[]; trace: Trace }> {
  const { mapping } = usable(spec);
  const trace = new Trace();
  const context = { takenAt: '2026-05-20T01:02:03Z', today: '2026-05-20', fileName: 'test.csv' };
  const read = () => readExport(inChunks(Buffer.from(text), []), mapping.csv);
  const options = { mapping, series: 'artificial' as const, context, read, startOver() {}, scratch: '', trace };
  const told: Told[] = [];
  for await (const { reports } of mapExportTo(options, (built) => ({ built, fields: trace.take(built.partial) })))
    told.push(...reports);
  return { told, trace };
}

const found = ({ fields }: Told, field: string) => {
  const all = fields.filter((each) => each.field === field);
  expect(all).toHaveLength(1);
  return all[0] as FieldTrace;
};
const columns = (cells: FieldTrace['cells']) => cells.map(({ line, column }) => `${line} ${column}`);

test('each field is told with its rule, its value and the cells it was made of', async () => {
  const spec = payments({ reportType: { const: 'NewReport' } });
  const { told, trace } = await traced(spec, 'REF;NO;X\nr1;7;y\n');
  const [only] = told as [Told];
  expect(found(only, 'reportReference')).toMatchObject({ value: 'r1', rule: ['fields', 'reportReference'] });
  expect(columns(found(only, 'reportReference').cells)).toEqual(['2 REF']);
  expect(found(only, 'loanNumber.number')).toMatchObject({ value: '7', rule: ['fields', 'loanNumber.number'] });
  expect(found(only, 'reportType')).toMatchObject({ value: 'NewReport', cells: [], deciding: [] });
  expect(trace.names).toEqual(['REF', 'NO', 'X']);
  expect([...trace.used].sort()).toEqual(['NO', 'REF']);
});

test('items of a list have their position, and the row they come from', async () => {
  const { told } = await traced(loansByRows(), 'NO;HETU;NIMI\n1;100190-999P;a\n1;130284-9400;a\n');
  const [loan] = told as [Told];
  expect(columns(found(loan, 'borrowers[0].idCode').cells)).toEqual(['2 HETU']);
  expect(columns(found(loan, 'borrowers[1].idCode').cells)).toEqual(['3 HETU']);
  expect(found(loan, 'borrowers[1].idCode')).toMatchObject({ value: '130284-9400', personal: true });
  expect(found(loan, 'borrowers').hasParts).toBe(true);
});

test('cells that decide are told apart from cells that hold the value', async () => {
  const spec = payments({
    reportType: {
      case: [{ when: { column: 'K', is: 'P' }, const: 'Cancellation' }],
      else: { firstOf: ['A', 'B'] },
    },
  });
  const { told } = await traced(spec, 'REF;NO;K;A;B\nr1;1;P;;\nr2;2;;;NewReport\n');
  const [cancelled, sent] = told as [Told, Told];
  expect(found(cancelled, 'reportType')).toMatchObject({ value: 'Cancellation', cells: [] });
  expect(columns(found(cancelled, 'reportType').deciding)).toEqual(['2 K']);
  expect(found(sent, 'reportType').cells).toMatchObject([
    { column: 'A', filled: false },
    { column: 'B', filled: true, rule: ['fields', 'reportType', 'else'] },
  ]);
});

test('a finding stands with the field that met it; a field made of a personal column is personal', async () => {
  const spec = payments(
    { reportCreationTimeUtc: { from: 'NIMI', as: 'dateTime' } },
    { csv: { columns: { personal: ['NIMI'] } } },
  );
  const { told } = await traced(spec, 'REF;NO;NIMI\nr1;1;x\n');
  const [only] = told as [Told];
  expect(found(only, 'reportCreationTimeUtc')).toMatchObject({
    value: undefined,
    personal: true,
    findings: [{ column: 'NIMI', line: 2 }],
  });
  const decided = payments(
    { reportType: { const: 'NewReport', when: { column: 'NIMI', filled: true } } },
    { csv: { columns: { personal: ['NIMI'] } } },
  );
  const { told: others } = await traced(decided, 'REF;NO;NIMI\nr1;1;x\n');
  expect(found(others[0] as Told, 'reportType')).toMatchObject({ value: 'NewReport', personal: false });
});

test('rows of one report that lie apart are traced as those that lie together', async () => {
  const { told } = await traced(loansByRows(), 'NO;HETU;NIMI\n1;100190-999P;a\n2;130284-9400;b\n1;200673-962L;a\n');
  const first = told.find(({ built }) => built.reference === 'new-1' && built.rows.length === 2) as Told;
  expect(columns(found(first, 'borrowers[1].idCode').cells)).toEqual(['4 HETU']);
});

test('tracing changes nothing of what is built', async () => {
  const text = 'NO;HETU;NIMI\n1;100190-999P;a\n1;130284-9400;a\n2;x;b\n';
  const { told } = await traced(loansByRows(), text);
  const { reports, findings } = await mapText(loansByRows(), text);
  expect(told.map(({ built }) => built.report)).toEqual(reports);
  expect(told.flatMap(({ built }) => built.findings)).toEqual(findings);
});

test('a value that is taken over rows is told with the cells of all of them; the column that orders them decides', async () => {
  const spec = payments(
    {
      reportType: { const: 'NewReport' },
      'lumpSumLoanRepayment.amortizationPaid': { sum: 'MAARA', as: 'decimal' },
      'lumpSumLoanRepayment.balance': { last: 'SALDO', by: 'AIKA', as: 'decimal' },
    },
    { records: { groupBy: 'NO' } },
  );
  const { told, trace } = await traced(spec, 'REF;NO;MAARA;SALDO;AIKA\nr1;1;10;90;2026-01-02\nr1;1;20;70;2026-01-03\n');
  const [only] = told as [Told];
  const paid = found(only, 'lumpSumLoanRepayment.amortizationPaid');
  expect(paid).toMatchObject({ value: 30 });
  expect(columns(paid.cells)).toEqual(['2 MAARA', '3 MAARA']);
  const balance = found(only, 'lumpSumLoanRepayment.balance');
  expect(balance).toMatchObject({ value: 70 });
  expect(columns(balance.deciding)).toEqual(['2 AIKA', '3 AIKA']);
  const uses = reportView(only.built, only.fields, trace, false).cells.flatMap(({ line, column, uses: own }) =>
    own.map(({ role, value, cells }) => [line, column, role, value, cells]),
  );
  expect(uses).toContainEqual([2, 'MAARA', 'value', '30', 2]);
  expect(uses).toContainEqual([3, 'MAARA', 'part', '30', 2]);
  expect(uses).toContainEqual([3, 'AIKA', 'decides', '70', 2]);
});
