import { expect, test } from 'vitest';
import { exitStatus, type RunFacts } from '../../src/pipeline/exit-status.ts';
import type { ExportState, Receipt } from '../../src/reports/receipt.ts';

const nothing: RunFacts = {
  receipts: [],
  again: 0,
  notTaken: 0,
  noRoom: 0,
  growing: 0,
  end: { kind: 'idle' },
  misconfigured: false,
};

test('rows that failed and are all corrected need no fixing any more; one that is left does', () => {
  const status = (state: ExportState) => exitStatus({ ...nothing, receipts: [failed(state)] });
  expect(status('complete')).toBe(0);
  expect(status('needsFixing')).toBe(1);
});

test('of several things the gravest is told', () => {
  const unsure: Receipt = { ...failed('outcomeUnknown'), counts: { ...failed('complete').counts, unknown: 1 } };
  expect(exitStatus({ ...nothing, receipts: [failed('needsFixing')], notTaken: 1 })).toBe(3);
  expect(exitStatus({ ...nothing, receipts: [failed('needsFixing')], growing: 1, notTaken: 1 })).toBe(3);
  expect(exitStatus({ ...nothing, receipts: [unsure], misconfigured: true })).toBe(5);
  expect(exitStatus({ ...nothing, receipts: [unsure], noRoom: 1 })).toBe(70);
});

/** A receipt with one report that the register rejected. */
function failed(state: ExportState): Receipt {
  return {
    schema: 'luottoputki/receipt/1',
    final: true,
    state,
    nextStep: '',
    file: { name: 'loans.csv', size: 1, sha256: '', rows: 1 },
    mapping: { name: 'loans', api: 'AddLoans', sha256: '' },
    environment: 'sandbox',
    owner: { idCodeType: 'BusinessId', idCode: '0000000-0' },
    tool: '',
    counts: {
      rowsRead: 1,
      rowsSkipped: 0,
      rowsInvalid: 0,
      reportsBuilt: 1,
      invalid: 0,
      accepted: 0,
      rejected: 1,
      pending: 0,
      unknown: 0,
      held: 0,
      balanced: true,
    },
    batches: [],
    findingsByCode: [],
    deadlines: { met: 0, late: 0, earliestDue: null },
    correctionOf: null,
    correctedBy: [],
  };
}
