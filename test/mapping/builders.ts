import { join } from 'node:path';
import type { Problem } from '../../src/lib/problem.ts';
import type { Finding } from '../../src/mapping/finding.ts';
import { type LoadedMapping, loadMapping } from '../../src/mapping/load-mapping.ts';
import { mapExport } from '../../src/mapping/map-export.ts';
import { readExport } from '../../src/reading/read-export.ts';
import { tempFolder } from '../lib/temp-folder.ts';
import { inChunks } from '../reading/read-text.ts';

export type Spec = Record<string, unknown>;

/** A mapping of payments; `fields` are added to the few it needs. JSON is YAML. */
export const payments = (fields: Spec, more: Spec = {}): Spec => ({
  mapping: 'm',
  api: 'Repayments',
  takes: '*.csv',
  fields: {
    reportReference: { from: 'REF' },
    'loanNumber.type': { const: 'Other' },
    'loanNumber.number': { from: 'NO' },
    ...fields,
  },
  ...more,
});

/** A mapping of new loans whose borrowers stand on rows of their own. */
export const loansByRows = (more: Spec = {}): Spec => ({
  mapping: 'm',
  api: 'AddLoans',
  takes: '*.csv',
  records: { groupBy: 'NO', mayDiffer: ['HETU'] },
  fields: {
    reportReference: { from: 'NO', prefix: 'new-' },
    'loanNumber.type': { const: 'Other' },
    'loanNumber.number': { from: 'NO' },
    loanType: { const: 'LumpSumLoan' },
    lenderMarketingName: { from: 'NIMI' },
    borrowers: { each: 'rows', fields: { idCodeType: { const: 'PersonalIdentityCode' }, idCode: { from: 'HETU' } } },
    lumpSumLoan: { const: { balance: 1 } },
  },
  ...more,
});

export const load = (mapping: Spec) => loadMapping(JSON.stringify(mapping), 'm.yaml', 'artificial');

/** Problems that stop a mapping: `code` or `code message`. */
export const errorsOf = (problems: readonly Problem[]) => problems.filter(({ severity }) => severity === 'error');

/** Loads a mapping that must be right. */
export function usable(mapping: Spec): LoadedMapping {
  const { loaded, problems } = load(mapping);
  if (!loaded) throw new Error(problems.map(({ code, message }) => `${code} ${message}`).join('\n'));
  return loaded;
}

const context = { takenAt: '2026-05-20T01:02:03Z', today: '2026-05-20', fileName: 'test.csv' };

/** Maps an export given as text, as `run` would. */
export async function mapText(spec: Spec, text: string, sizes: readonly number[] = []) {
  const { mapping } = usable(spec);
  const empty = () => ({
    reports: [] as (Record<string, unknown> | null)[],
    findings: [] as Finding[],
    lines: [] as number[][],
    skipped: {} as Record<string, number>,
    rowsRead: 0,
    rowsInvalid: 0,
  });
  let mapped = empty();
  let startedOver = 0;
  const blocks = mapExport({
    mapping,
    series: 'artificial',
    context,
    read: () => readExport(inChunks(Buffer.from(text), sizes), mapping.csv),
    startOver() {
      mapped = empty();
      startedOver++;
    },
    scratch: join(tempFolder(), 'scratch.sqlite'),
  });
  for await (const block of blocks) {
    mapped.rowsRead += block.rowsRead;
    mapped.rowsInvalid += block.rowsInvalid;
    for (const [id, count] of Object.entries(block.skipped)) mapped.skipped[id] = (mapped.skipped[id] ?? 0) + count;
    mapped.findings.push(...block.findings);
    for (const built of block.reports) {
      mapped.reports.push(built.report);
      mapped.lines.push(built.rows.map(({ line }) => line));
      mapped.findings.push(...built.findings);
    }
  }
  return { ...mapped, startedOver };
}

/** What the one row of an export becomes; the cells by column. */
export async function mapRow(fields: Spec, cells: Record<string, string>, more: Spec = {}) {
  const row = { REF: 'r1', NO: '1', ...cells };
  const text = `${Object.keys(row).join(';')}\n${Object.values(row).join(';')}\n`;
  const { reports, findings, skipped } = await mapText(payments(fields, more), text);
  const told = findings.filter(({ code }) => code !== 'COLUMN_UNKNOWN');
  return { report: reports[0] ?? null, codes: told.map(({ code }) => code), findings: told, skipped };
}
