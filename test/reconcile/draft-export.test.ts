import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fieldTables } from '../../src/contract/field-table.ts';
import type { Report } from '../../src/contract/shapes.ts';
import { loadMapping } from '../../src/mapping/load-mapping.ts';
import { draftExport } from '../../src/reconcile/draft-export.ts';
import { contextOf, mapFile } from '../../src/views/map-file.ts';
import { tempFolder } from '../lib/temp-folder.ts';

const person = (idCode: string) => ({ idCodeType: 'PersonalIdentityCode', idCode });
const loan = (number: string, more: Report): Report => ({
  reportReference: `rec-${number}`,
  reportType: 'ErrorCorrection',
  loanNumber: { type: 'Other', number },
  contractDate: '2026-01-02',
  loanType: 'LumpSumLoan',
  borrowersCount: 2,
  borrowers: [person('100190-999P')],
  ...more,
});

test('the draft and its mapping give back the reports they were made of', async () => {
  const reports = [
    loan('0001', {
      lenderMarketingName: 'Koti; "Plus"\u00e5',
      borrowers: [person('100190-999P'), person('100190Y999P')],
      lumpSumLoan: { amountIssued: 1500.55, defermentPeriods: [{ startDate: '2026-02-01' }] },
    }),
    loan('0002', {
      loanType: 'RunningAccountLoan',
      runningAccountLoan: { creditLimit: 0, balanceDate: '2026-01-31' },
      isLoanWithCollateral: false,
    }),
  ];
  const draft = draftExport('UpdateLoans', reports, 'RECONCILE_UpdateLoans_1.csv', fieldTables.UpdateLoans);
  const { loaded, problems } = loadMapping(draft.mapping, 'draft.yaml', 'artificial');
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  const path = join(tempFolder(), 'RECONCILE_UpdateLoans_1.csv');
  writeFileSync(path, draft.csv);
  const built: unknown[] = [];
  const context = contextOf(new Date('2026-05-20T10:00:00Z'), 'RECONCILE_UpdateLoans_1.csv');
  if (loaded)
    for await (const event of mapFile({ path, mapping: loaded.mapping, series: 'artificial', context }))
      if (event.kind === 'report')
        built.push(event.built.findings.length > 0 ? event.built.findings : event.built.report);
  expect(built).toEqual(reports);
});
