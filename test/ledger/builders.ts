import { type Api, apiOrder, isBatchApi } from '../../src/contract/apis.ts';
import { frame } from '../../src/contract/message.ts';
import type { Owner } from '../../src/contract/shapes.ts';
import type {
  BatchRecord,
  Candidate,
  Ledger,
  NewExport,
  ReportVerdict,
  Settlement,
  StagedBlock,
  StagedFinding,
  StagedReport,
} from '../../src/ledger/ledger.ts';
import { makeBatch } from '../../src/submission/plan.ts';

export const owner: Owner = { idCodeType: 'BusinessId', idCode: '1572860-0' };

/** An instant that tests count from: 20 May 2026, 13:00 in Finland. */
export const start = Date.parse('2026-05-20T10:00:00Z');
export const today = '2026-05-20';

let drawn = 0;
const sha256 = (kind: string) => `${kind}${(++drawn).toString(16)}`.padEnd(64, '0');

/** An export as the intake hands it over; every one has bytes of its own. */
export function newExport(api: Api, more: Partial<NewExport> = {}): NewExport {
  const sha = sha256('f');
  return {
    name: `${api}.csv`,
    size: 100,
    sha256: sha,
    identity: `1:${drawn}:1`,
    round: 1,
    takenAt: start,
    day: today,
    mapping: {
      name: api,
      api,
      sha256: `a${apiOrder(api)}`.padEnd(64, '0'),
      text: `api: ${api}`,
      file: `${api}.yaml`,
      parts: [],
    },
    environment: 'sandbox',
    owner,
    tool: 'luottoputki 0',
    correctionOf: null,
    ...more,
  };
}

/** A report that may be sent; on loan `loan`, or on the one its reference names. */
export function report(reference: string, more: Partial<StagedReport> = {}): StagedReport {
  return {
    line: 2,
    lastLine: 2,
    lines: null,
    reference,
    loan: `Other:${reference}`,
    text: JSON.stringify({ reportReference: reference }),
    dueDay: null,
    fixesLine: null,
    ...more,
  };
}

/** A report that a finding stops. */
export const invalidReport = (reference: string, more: Partial<StagedReport> = {}): StagedReport =>
  report(reference, { text: null, ...more });

/** A finding as mapping makes it. */
export function stagedFinding(code: string, more: Partial<StagedFinding> = {}): StagedFinding {
  return {
    report: null,
    code,
    severity: 'error',
    stage: 'map',
    registerCode: null,
    line: 2,
    lastLine: 2,
    column: null,
    value: null,
    expected: null,
    message: null,
    ...more,
  };
}

/** What the register says against a report. */
function registerFinding(code: string, more: Partial<StagedFinding> = {}): Omit<StagedFinding, 'report'> {
  const { report: _, ...finding } = stagedFinding(code, { stage: 'register', registerCode: code, ...more });
  return finding;
}

/** A block of reports, one row each. */
export const block = (reports: readonly StagedReport[], more: Partial<StagedBlock> = {}): StagedBlock => ({
  rowsRead: reports.length,
  rowsInvalid: 0,
  skipped: {},
  reports,
  findings: [],
  ...more,
});

export async function all<T>(sequence: AsyncIterable<T>): Promise<T[]> {
  return Array.fromAsync(sequence);
}

/** Drives a ledger through nights with few words. */
export class Driver {
  readonly ledger: Ledger;
  now = start;

  constructor(ledger: Ledger) {
    this.ledger = ledger;
  }

  /** Takes an export. @returns its id */
  async take(taken: NewExport): Promise<number> {
    await this.ledger.takeExport(taken);
    const id = (await this.ledger.exports()).find((known) => known.sha256 === taken.sha256)?.id;
    if (id === undefined) throw new Error('the export is not in the ledger');
    return id;
  }

  /** Takes an export and maps it to reports. @returns its id */
  async mapped(api: Api, reports: readonly StagedReport[], more: Partial<NewExport> = {}): Promise<number> {
    const id = await this.take(newExport(api, more));
    await this.ledger.addReports(id, block(reports));
    await this.ledger.finishMapping(id);
    return id;
  }

  /** What the gate says of each candidate: `reference gate`. */
  async gates(exportId: number): Promise<string[]> {
    return (await this.ledger.candidates(exportId, 1000)).map(({ reference, gate }) => `${reference} ${gate}`);
  }

  /** Plans a wave of one export: what is free goes in batches of `size`. @returns the new batches */
  async plan(exportId: number, size = 1000): Promise<BatchRecord[]> {
    const found = await this.ledger.candidates(exportId, 1000);
    return this.commit(exportId, found, null, size);
  }

  /** Plans some candidates as they stand. */
  async commit(
    exportId: number,
    found: readonly Candidate[],
    lookedUpTo: number | null,
    size = 1000,
  ): Promise<BatchRecord[]> {
    const before = await this.ledger.batches(exportId);
    const record = await this.exported(exportId);
    const { api } = record.mapping;
    if (!isBatchApi(api)) throw new Error(`${api} has no batches`);
    const free = found.filter(({ gate }) => gate === 'free');
    const batches = [];
    for (let at = 0; at < free.length; at += size)
      batches.push(
        makeBatch(
          free.slice(at, at + size),
          before.length + batches.length + 1,
          { ...source, api, fileSha256: record.sha256, mappingSha256: record.mapping.sha256 },
          frame(api, envelope, 'camelCase'),
        ),
      );
    const held = found.filter(({ gate }) => gate === 'held').map(({ id }) => id);
    await this.ledger.commitPlan({ exportId, api, wave: record.wave, batches, held, lookedUpTo }, this.now);
    return (await this.ledger.batches(exportId)).slice(before.length);
  }

  /** Sends a batch; the register takes it. */
  async send(batch: BatchRecord): Promise<void> {
    await this.ledger.beginPost(batch.id, this.now);
    const end = { state: 'sent', outcome: 'sent', httpStatus: 202, correlationId: null, nextAt: this.now } as const;
    await this.ledger.endPost(batch.id, end, this.now);
  }

  /** Settles a batch: all accepted but the exceptions. */
  async settle(batch: BatchRecord, more: Partial<Settlement> = {}): Promise<void> {
    await this.ledger.settle(
      batch.id,
      {
        state: 'settled',
        registerStatus: 'FinishedSuccess',
        reported: batch.count,
        correlationId: null,
        day: today,
        exceptions: [],
        parts: [],
        ...more,
      },
      this.now,
    );
  }

  /** Rejects some reports of a batch and accepts the rest. */
  async reject(batch: BatchRecord, references: readonly string[], code = 'D02'): Promise<void> {
    const reports = await this.ledger.batchReports(batch.id);
    const exceptions = reports
      .filter(({ reference }) => references.includes(reference))
      .map(({ id }) => rejected(id, code));
    await this.settle(batch, { registerStatus: 'FinishedPartialSuccess', exceptions });
  }

  /** What a batch is made of: its frame, and its reports with their texts. */
  async contents(batchId: number) {
    const { head, tail, texts } = await this.ledger.batchBody(batchId);
    const reports = (await this.ledger.batchReports(batchId)).map((each, i) => ({ ...each, text: texts[i] ?? '' }));
    return { head, tail, reports };
  }

  /** Plans, sends and accepts everything of an export that may go. */
  async pass(exportId: number): Promise<void> {
    for (const batch of await this.plan(exportId)) {
      await this.send(batch);
      await this.settle(batch);
    }
  }

  async exported(exportId: number) {
    const record = (await this.ledger.exports()).find(({ id }) => id === exportId);
    if (!record) throw new Error(`no export ${exportId}`);
    return record;
  }

  async batch(exportId: number, at = 0): Promise<BatchRecord> {
    const batch = (await this.ledger.batches(exportId)).at(at);
    if (!batch) throw new Error(`export ${exportId} has no batch ${at}`);
    return batch;
  }
}

export const envelope = { targetEnvironment: 'Test', owner } as const;
const source = { environment: 'sandbox', ownerIdCode: owner.idCode };

export const rejected = (id: number, code = 'D02'): ReportVerdict => ({
  id,
  state: 'rejected',
  resendAt: null,
  findings: [registerFinding(code)],
});

export const deferred = (id: number, resendAt: number): ReportVerdict => ({
  id,
  state: 'deferred',
  resendAt,
  findings: [registerFinding('E20', { severity: 'warning' })],
});
