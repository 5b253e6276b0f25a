import type { RegisterError } from '../contract/answer.ts';
import { type CodeTable, registerCode } from '../contract/register-codes.ts';
import type {
  BatchRecord,
  BatchReport,
  Instant,
  PlannedBatch,
  ReportVerdict,
  Settlement,
  StagedFinding,
} from '../ledger/ledger.ts';
import { dayInFinland } from '../lib/calendar.ts';
import { maskText } from '../lib/mask.ts';
import { type BatchSource, type Frame, makeBatch } from './plan.ts';

const dayMs = 86_400_000;

/** What the settling of a batch needs to know. */
export type SettleContext = {
  batch: BatchRecord;
  reports: readonly BatchReport[];
  registerStatus: string | null;
  reported: number | null;
  correlationId: string | null;
  now: Instant;
  /** The column of the export a field of the register's belongs to. */
  columnOf(field: string): string | null;
  /** The register's error codes. */
  codes: CodeTable;
};

/** What new batches are made of when a batch goes on in parts; `texts` in the order of the reports. */
export type Body = { frame: Frame; texts: readonly string[]; source: BatchSource };

/** Turns a verdict into what the ledger records: who is accepted, who is rejected and why, who goes again and when. */
export function settlement(
  context: SettleContext,
  rejected: ReadonlyMap<string, readonly RegisterError[]>,
): Settlement {
  return { ...ending(context, 'settled'), exceptions: exceptions(context, rejected), parts: [] };
}

/**
 * A batch that was refused as a whole: reports the register names are rejected; the rest goes again in one piece when the
 * guilty are named, in halves when nobody is. Nothing was stored, so the generation rises.
 * @param accepted references of reports of which the register, asked again, has said that it holds them
 */
export function refusal(
  context: SettleContext,
  body: Body,
  state: 'failed' | 'refused',
  guilty: ReadonlyMap<string, readonly RegisterError[]>,
  untied: readonly RegisterError[],
  accepted: ReadonlySet<string> = new Set(),
): Settlement {
  const { reports } = context;
  const [only] = reports;
  if (reports.length === 1 && only && accepted.size === 0) {
    const errors = guilty.get(only.reference) ?? untied;
    return {
      ...ending(context, state),
      exceptions: exceptions(context, new Map([[only.reference, errors]])),
      parts: [],
    };
  }
  const rest = reports.filter(({ reference }) => !guilty.has(reference) && !accepted.has(reference));
  const middle = Math.ceil(rest.length / 2);
  const named = guilty.size + accepted.size > 0;
  const pieces = named ? [rest] : [rest.slice(0, middle), rest.slice(middle)];
  return {
    ...ending(context, accepted.size > 0 ? 'settled' : state),
    exceptions: exceptions(context, guilty),
    parts: pieces.filter((piece) => piece.length > 0).map((piece) => part(context, body, piece)),
  };
}

function part(
  { batch, reports }: SettleContext,
  { frame, source, texts }: Body,
  piece: readonly BatchReport[],
): PlannedBatch {
  const textOf = new Map(reports.map(({ id }, at) => [id, texts[at] ?? '']));
  const generation = batch.generation + 1;
  const pieces = piece.map(({ id, reference }) => ({ id, reference, generation, text: textOf.get(id) ?? '' }));
  return makeBatch(pieces, batch.number, source, frame);
}

function ending(context: SettleContext, state: Settlement['state']) {
  const { registerStatus, reported, correlationId, now } = context;
  return { state, registerStatus, reported, correlationId, day: dayInFinland(new Date(now)) };
}

function exceptions(context: SettleContext, rejected: ReadonlyMap<string, readonly RegisterError[]>): ReportVerdict[] {
  return context.reports.flatMap((report) => {
    const errors = rejected.get(report.reference);
    return errors === undefined ? [] : [verdictOn(report, errors, context)];
  });
}

/** A person not known yet (E20): the same report goes again by itself after a week, once (official, delivery report of 28.2.2024). */
function verdictOn(report: BatchReport, errors: readonly RegisterError[], context: SettleContext): ReportVerdict {
  const known = errors.map(({ code }) => registerCode(code, context.codes));
  const again = known.length > 0 && known.every(({ remedy }) => remedy === 'resend') && report.deferrals === 0;
  const days = Math.max(0, ...known.map((code) => code.days ?? 0));
  return {
    id: report.id,
    state: again ? 'deferred' : 'rejected',
    resendAt: again ? context.now + days * dayMs : null,
    findings:
      errors.length > 0
        ? errors.map((error) => finding(error, report, again, context))
        : [finding({ reportReference: null, code: 'NO_REASON', field: null, text: null }, report, false, context)],
  };
}

function finding(
  error: RegisterError,
  report: BatchReport,
  again: boolean,
  context: SettleContext,
): Omit<StagedFinding, 'report'> {
  return {
    code: error.code,
    severity: again ? 'warning' : 'error',
    stage: 'register',
    registerCode: error.code === 'NO_REASON' ? null : error.code,
    line: report.line,
    lastLine: report.lastLine,
    column: error.field === null ? null : context.columnOf(error.field),
    value: null,
    expected: error.field === null ? null : maskText(error.field),
    message: error.text === null ? null : maskText(error.text),
  };
}
