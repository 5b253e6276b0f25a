import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAnswer } from '../contract/answer.ts';
import type { BatchApi } from '../contract/apis.ts';
import type { Contract } from '../contract/contract.ts';
import { frame, type KeyCase } from '../contract/message.ts';
import { type CodeTable, registerCode } from '../contract/register-codes.ts';
import type { Owner } from '../contract/shapes.ts';
import type { Ledger, LoanReport } from '../ledger/ledger.ts';
import type { PersonSeries } from '../lib/identity-code.ts';
import { maskText } from '../lib/mask.ts';
import { readBatch } from '../sandbox/read-message.ts';
import { Register } from '../sandbox/register.ts';
import { RegisterStore } from '../sandbox/register-store.ts';

/** What a register like ours would say to a report. `held` and `waits` never reach it: an earlier report on the loan stops them. */
export type Verdict = {
  state: 'accepted' | 'rejected' | 'later' | 'held' | 'waits';
  errors: { code: string; field: string | null; text: string }[];
};

/** A report as it would be sent. */
export type ToJudge = { reference: string; loan: string | null; text: string };

export type ForetellOptions = {
  api: BatchApi;
  owner: Owner;
  keyCase: KeyCase;
  series: PersonSeries;
  contract: Contract;
  now: Date;
  /** What is known of the loans; undefined when there is no ledger yet. */
  ledger: Ledger | undefined;
  /** An export of the ledger whose own reports are not to count: it is the one that is looked at. */
  leaveOut: number | undefined;
};

/**
 * Foretells the register's verdicts: reports go as messages to an embedded register of their own, in a folder that is
 * removed at the end. What the ledger knows to be accepted about a loan is put into it as soon as the loan is met.
 */
export class Foreteller implements Disposable {
  readonly #options: ForetellOptions;
  readonly #folder: string;
  readonly #store: RegisterStore;
  readonly #register: Register;
  /** Loans met so far, and what stops further reports on them. */
  readonly #met = new Map<string, 'held' | 'waits' | undefined>();
  #batches = 0;
  /** What was put into the register beforehand. */
  readonly seeded = { loans: 0, reports: 0 };

  constructor(options: ForetellOptions) {
    this.#options = options;
    this.#folder = mkdtempSync(join(tmpdir(), 'luottoputki-foretell-'));
    this.#store = new RegisterStore(join(this.#folder, 'register.sqlite'));
    this.#register = new Register(this.#store, () => options.now, options.series, options.contract);
  }

  /** Judges reports in the order of their file. */
  async judge(reports: readonly ToJudge[]): Promise<Verdict[]> {
    const verdicts = new Map<ToJudge, Verdict>();
    for (const batch of inBatches(reports)) {
      const sent: ToJudge[] = [];
      for (const report of batch) {
        const state = await this.#meet(report.loan);
        if (state === undefined) sent.push(report);
        else verdicts.set(report, { state, errors: [] });
      }
      for (const [report, verdict] of this.#send(sent)) verdicts.set(report, verdict);
    }
    return reports.map((report) => verdicts.get(report) ?? { state: 'accepted', errors: [] });
  }

  /** Tells the register what the ledger knows of a loan, the first time it is met. */
  async #meet(loan: string | null): Promise<'held' | 'waits' | undefined> {
    const { ledger, leaveOut, api } = this.#options;
    if (loan === null || !ledger || this.#met.has(loan)) return this.#met.get(loan ?? '');
    const known = (await ledger.reportsOfLoan(loan)).filter(({ exportId }) => exportId !== leaveOut);
    const stop = api === 'AddLoans' ? undefined : stopOf(known);
    this.#met.set(loan, stop);
    const accepted = known.some(({ state }) => state === 'accepted') ? await ledger.acceptedTexts(loan) : [];
    let adopted = 0;
    for (const { exportId, api: through, text } of accepted)
      if (exportId !== leaveOut) adopted += this.#adopt(through, text);
    if (adopted > 0) this.seeded.loans++;
    this.seeded.reports += adopted;
    return stop;
  }

  #adopt(api: BatchApi, text: string): number {
    const read = this.#read(api, [text]);
    return read.kind === 'read' ? this.#register.adopt(api, read.message.reports) : 0;
  }

  #read(api: BatchApi, texts: readonly string[]) {
    const { owner, keyCase, contract } = this.#options;
    const { head, tail } = frame(api, { targetEnvironment: 'Test', owner }, keyCase);
    return readBatch(api, head + texts.join(',') + tail, contract);
  }

  /** One batch; when its message cannot be read, its reports one by one, as the pipeline does in the end. */
  #send(reports: readonly ToJudge[]): [ToJudge, Verdict][] {
    const { api, owner, contract } = this.#options;
    if (reports.length === 0) return [];
    const read = this.#read(
      api,
      reports.map(({ text }) => text),
    );
    if (read.kind === 'unreadable') {
      const [only] = reports;
      if (only && reports.length === 1) return [[only, verdictOf(read.errors.map(toError), contract.codes)]];
      return reports.flatMap((report) => this.#send([report]));
    }
    const reference = `foretold-${++this.#batches}`;
    const lacksCountryCode = owner.idCodeType === 'ForeignBusinessId' && owner.countryCode === undefined;
    const batch = { api, reference, reports: read.message.reports, lacksCountryCode, allOrNothing: false };
    this.#register.take({ ...batch, processing: 0 });
    this.#register.settle();
    const { errors } = readAnswer(JSON.stringify(this.#store.batch(reference)?.verdict ?? {}));
    return reports.map((report) => {
      const own = errors.filter(({ reportReference }) => reportReference === report.reference);
      const told = own.map(({ code, field, text }) => ({ code, field, text: maskText(text ?? '') }));
      return [report, verdictOf(told, contract.codes)];
    });
  }

  [Symbol.dispose](): void {
    this.#store.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** A batch never holds two reports of one loan, nor one reference twice. */
function inBatches(reports: readonly ToJudge[]): ToJudge[][] {
  const batches: ToJudge[][] = [];
  let seen = new Set<string>();
  for (const report of reports) {
    const keys = [`r ${report.reference}`, ...(report.loan === null ? [] : [`l ${report.loan}`])];
    if (batches.length === 0 || keys.some((key) => seen.has(key))) {
      batches.push([]);
      seen = new Set();
    }
    batches.at(-1)?.push(report);
    for (const key of keys) seen.add(key);
  }
  return batches;
}

/** Whether the pipeline would keep a report back, because the new loan it belongs to was not accepted, or not yet. */
function stopOf(known: readonly LoanReport[]): 'held' | 'waits' | undefined {
  const begun = known.filter(({ api, state }) => api === 'AddLoans' && state !== 'refused');
  if (begun.length === 0 || begun.some(({ state }) => state === 'accepted')) return undefined;
  return begun.some(({ state }) => state === 'rejected' || state === 'invalid' || state === 'deferred')
    ? 'held'
    : 'waits';
}

function verdictOf(errors: Verdict['errors'], codes: CodeTable): Verdict {
  if (errors.length === 0) return { state: 'accepted', errors };
  const isLater = errors.every(({ code }) => registerCode(code, codes).remedy === 'resend');
  return { state: isLater ? 'later' : 'rejected', errors };
}

const toError = ({
  fieldName,
  errorCode,
  errorDescription,
}: Record<'fieldName' | 'errorCode' | 'errorDescription', string>) => ({
  code: errorCode,
  field: fieldName,
  text: maskText(errorDescription),
});
