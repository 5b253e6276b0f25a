import { isBatchApi } from '../contract/apis.ts';
import type { ExportRecord, Ledger, LoanReport } from '../ledger/ledger.ts';
import { localTime } from '../lib/calendar.ts';
import { maskIdentityCodes } from '../lib/mask.ts';
import { nextStep } from '../reports/open-items.ts';

/** What became of a report, for people and programs; nothing in it is about a person. */
export type ToldReport = {
  export: string;
  sha256: string;
  takenOn: string;
  line: number | null;
  lastLine: number | null;
  api: string;
  reference: string | null;
  state: LoanReport['state'];
  batch: {
    reference: string;
    status: string;
    attempts: number;
    sentAt: string | null;
    verdictAt: string | null;
  } | null;
  dueDay: string | null;
  findings: {
    code: string;
    registerCode: string | null;
    stage: string;
    severity: string;
    column: string | null;
    expected: string | null;
    message: string | null;
  }[];
  nextStep: string;
};

/** Puts a report of the ledger into words. */
export async function toldReport(
  ledger: Ledger,
  report: LoanReport,
  exported: ExportRecord,
  all: readonly ExportRecord[],
): Promise<ToldReport> {
  const batches = report.batchReference === null ? [] : await ledger.batches(exported.id);
  const batch = batches.find(({ reference }) => reference === report.batchReference);
  const { lines, line, reference, gone } = report;
  const state = ended.includes(exported.stage) ? 'refused' : report.state;
  const time = (at: number | null) => (at === null ? null : localTime(new Date(at)));
  return {
    export: exported.name,
    sha256: exported.sha256,
    takenOn: exported.day,
    line: gone ? null : line,
    lastLine: gone ? null : (lines.at(-1) ?? line),
    api: report.api,
    reference: reference === null ? null : maskIdentityCodes(reference),
    state,
    batch: batch
      ? {
          reference: batch.reference,
          status: batch.registerStatus ?? batch.state,
          attempts: batch.attempts,
          sentAt: time(batch.sentAt),
          verdictAt: time(batch.verdictAt),
        }
      : null,
    dueDay: report.dueDay,
    findings: report.findings.map(({ code, registerCode, stage, severity, column, expected, message }) => ({
      code,
      registerCode,
      stage,
      severity,
      column,
      expected,
      message,
    })),
    nextStep: nextStepOf({ ...report, state }, exported, all),
  };
}

/** Of such an export nothing is ever sent. */
const ended: readonly ExportRecord['stage'][] = ['refused', 'givenUp', 'withdrawn'];

function nextStepOf(report: LoanReport, exported: ExportRecord, all: readonly ExportRecord[]): string {
  const { api, state } = report;
  if (state === 'accepted')
    return isBatchApi(api) ? 'nothing: the register has accepted it' : 'nothing: the register has answered it';
  if (exported.stage === 'withdrawn') return 'nothing: the export was withdrawn';
  return nextStep({ ...report, state }, exported, all, 'en');
}

const sayState: Record<LoanReport['state'], string> = {
  accepted: 'accepted',
  refused: 'not sent: its export was stopped',
  awaitingApproval: 'not sent: its export awaits approval',
  invalid: 'not sent: a finding stops it',
  rejected: 'rejected',
  held: 'held: its loan was not accepted',
  waiting: 'not sent yet',
  withRegister: 'with the register',
  unknown: 'sent, and nobody knows whether it arrived',
  deferred: 'goes again on a later day',
};

/** The same of a question. */
const sayAsked: typeof sayState = {
  ...sayState,
  accepted: 'answered',
  rejected: 'refused',
  waiting: 'not answered yet',
};

/** The fate of a report in lines for people: what it is, its batch, what stands against it, what comes next. */
export function sayTold({ api, reference, state, batch, dueDay, findings, nextStep }: ToldReport): string[] {
  const due = dueDay === null ? '' : `; due on ${dueDay}`;
  const lines = [
    `${api}${reference === null ? '' : ` ${reference}`}: ${isBatchApi(api) ? sayState[state] : sayAsked[state]}${due}`,
  ];
  if (batch) {
    const sent = batch.sentAt === null ? 'not sent yet' : `sent at ${batch.sentAt.slice(0, 16)}`;
    const verdict = batch.verdictAt === null ? '' : `, verdict at ${batch.verdictAt.slice(0, 16)}`;
    lines.push(`  batch ${batch.reference}: ${batch.status}, ${sent}${verdict}`);
  }
  for (const { code, column, severity, stage, expected, message } of findings) {
    const said = [expected === null ? [] : [`expected ${expected}`], message === null ? [] : [message]].flat();
    const place = column === null ? '' : ` ${column}`;
    lines.push(
      `  ${stage === 'register' ? 'the register' : severity}: ${code}${place}${said.length > 0 ? `: ${said.join('. ')}` : ''}`,
    );
  }
  return [...lines, `  next: ${nextStep}`];
}
