import type { Answer, RegisterError } from '../../src/contract/answer.ts';
import type { BatchApi } from '../../src/contract/apis.ts';
import { frame } from '../../src/contract/message.ts';
import { ownCodes } from '../../src/contract/register-codes.ts';
import type { BatchRecord, BatchReport, Candidate, Planning } from '../../src/ledger/ledger.ts';
import type { SettleContext } from '../../src/submission/settle-batch.ts';
import { envelope, owner, start } from '../ledger/builders.ts';

const api: BatchApi = 'AddLoans';

export const batchFrame = frame(api, envelope, 'camelCase');

/** An export with reports to plan. */
export const planning = (more: Partial<Planning> = {}): Planning => ({
  exportId: 1,
  behind: false,
  api,
  fileSha256: 'f'.repeat(64),
  mappingSha256: 'a'.repeat(64),
  environment: 'sandbox',
  owner,
  wave: 1,
  begun: false,
  batches: 0,
  ...more,
});

/** A report that may go now. */
export const candidate = (id: number, more: Partial<Candidate> = {}): Candidate => ({
  id,
  reference: `ref-${id}`,
  generation: 0,
  gate: 'free',
  text: JSON.stringify({ reportReference: `ref-${id}` }),
  ...more,
});

/** An error as it is read out of an answer. */
export const registerError = (reportReference: string | null, code = 'D02', more: Partial<RegisterError> = {}) => ({
  reportReference,
  code,
  field: null,
  text: null,
  ...more,
});

/** An answer as it was read. */
export const answer = (more: Partial<Answer> = {}): Answer => ({
  readable: true,
  batchStatus: 'FinishedSuccess',
  batchReference: null,
  reportCount: null,
  correlationId: null,
  errors: [],
  references: [],
  ...more,
});

const batch: BatchRecord = {
  id: 1,
  exportId: 1,
  api,
  number: 4,
  generation: 2,
  reference: 'AddLoans-AAAA',
  count: 0,
  state: 'sent',
  registerStatus: null,
  reported: null,
  attempts: 1,
  asked: 0,
  notFound: 0,
  plannedAt: start,
  sentAt: start,
  verdictAt: null,
  correlationId: null,
  nextAt: start,
  bodySha256: 'b'.repeat(64),
  fileSha256: 'f'.repeat(64),
  mappingSha256: 'a'.repeat(64),
};

/** A batch about to be settled, with reports `r1`, `r2` … */
export function settling(count: number, more: Partial<BatchReport> = {}) {
  const reports: BatchReport[] = Array.from({ length: count }, (_, i) => ({
    id: i + 1,
    reference: `r${i + 1}`,
    line: i + 2,
    lastLine: i + 2,
    deferrals: 0,
    ...more,
  }));
  const context: SettleContext = {
    batch: { ...batch, count },
    reports,
    registerStatus: 'FinishedFailed',
    reported: count,
    correlationId: 'c-1',
    now: start,
    columnOf: (field) => (field === 'IdCode' ? 'HETU' : null),
    codes: ownCodes,
  };
  const body = {
    frame: batchFrame,
    texts: reports.map(({ reference }) => `{"reportReference":"${reference}"}`),
    source: {
      environment: 'sandbox',
      ownerIdCode: owner.idCode,
      api,
      fileSha256: batch.fileSha256,
      mappingSha256: batch.mappingSha256,
    },
  };
  return { context, body };
}
