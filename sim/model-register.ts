import type { BatchApi } from '../src/contract/apis.ts';
import { Chance } from './chance.ts';
import { goesAgain, type JudgeError, judge, type LoanStatus, loanAfter, refusal, refusedCents } from './judge.ts';
import { readBody, type SentReport } from './read-body.ts';
import { processingTime, type Temper } from './temper.ts';
import { day, type VirtualTime } from './virtual-time.ts';

/** What the register found of one report of a batch. */
type Finding = { report: SentReport; errors: readonly JudgeError[] };

/** What came of one processing of a batch. `unnamed`: it failed as a whole, and nobody is said to be guilty. */
export type BatchVerdict = { status: string; unnamed: boolean; findings: readonly Finding[] };

/** One time a batch was taken in. */
type Take = { at: number; visibleAt: number; processAt: number; verdict: BatchVerdict | undefined };

/** A batch by its reference. */
export type ModelBatch = {
  reference: string;
  api: BatchApi;
  body: string;
  reports: readonly SentReport[];
  takes: Take[];
  posts: number;
  /** Times it was denied since it was last posted. */
  denied: number;
  /** Times it was counted wrongly. */
  miscounted: number;
  /** Its true verdict has been told, or it was refused as it came in. */
  closed: boolean;
  /** Refused as it came in: nothing of it will ever be processed. */
  refused: boolean;
};

/** A report that took effect, in the order in which it did. */
export type Applied = { at: number; api: BatchApi; reference: string; loan: string; batch: string };

/** Tells that something happened that must never happen. */
export type Blame = (invariant: string, detail: string) => void;

/** Told of a report whose loan the register does not have. */
type LoanMissing = (report: SentReport) => void;

/** What the register knows and does; independent of the pipeline and of the sandbox. */
export class ModelRegister {
  readonly temper: Temper;
  readonly batches = new Map<string, ModelBatch>();
  readonly applied: Applied[] = [];
  readonly posts: number[] = [];
  /** The last word on each report, by API and reference. */
  readonly lastErrors = new Map<string, readonly JudgeError[]>();
  /** From when to when it cannot be reached. */
  down = { from: 0, to: 0 };
  unauthorisedUntil = 0;
  readonly #seed: number;
  readonly #time: VirtualTime;
  readonly #blame: Blame;
  readonly #loanMissing: LoanMissing;
  readonly #loans = new Map<string, LoanStatus>();
  /** The new loans as they were reported. */
  readonly #records = new Map<string, SentReport>();
  readonly #askedAbout = new Map<string, number>();
  readonly #timesApplied = new Set<string>();
  readonly #timesAsked = new Map<string, number>();

  constructor(seed: number, temper: Temper, time: VirtualTime, blame: Blame, loanMissing: LoanMissing) {
    this.#seed = seed;
    this.temper = temper;
    this.#time = time;
    this.#blame = blame;
    this.#loanMissing = loanMissing;
  }

  /** Chance that depends on nothing but what it is about. */
  chance(...about: readonly (string | number)[]): Chance {
    return Chance.of(this.#seed, ...about);
  }

  loan(number: string): LoanStatus {
    return this.#loans.get(number);
  }

  /** What GetLoan tells of a loan's record. */
  record(number: string): object {
    const { persons = [], amount = '' } = this.#records.get(number) ?? {};
    const borrowers = persons.map((idCode) => ({ idCode }));
    return { borrowers, ...(amount === '' ? {} : { lumpSumLoan: { amountIssued: Number(amount) } }) };
  }

  /** How often a batch was asked about, this time counted. */
  timesAsked(reference: string): number {
    const times = (this.#timesAsked.get(reference) ?? 0) + 1;
    this.#timesAsked.set(reference, times);
    return times;
  }

  /** The batch of a reference as it is posted; checks what must hold of every POST, whether it arrives or not. */
  posted(api: BatchApi, reference: string, bytes: Uint8Array): ModelBatch {
    const body = Buffer.from(bytes).toString();
    let batch = this.batches.get(reference);
    if (!batch) {
      const reports = readBody(api, body);
      batch = {
        reference,
        api,
        body,
        reports,
        takes: [],
        posts: 0,
        denied: 0,
        miscounted: 0,
        closed: false,
        refused: false,
      };
      this.batches.set(reference, batch);
      const loans = new Set(reports.map(({ loan }) => loan));
      if (loans.size < reports.length) this.#blame('one loan once in a batch', `${reference} has a loan twice`);
    } else if (batch.body !== body || batch.api !== api)
      this.#blame('same reference, same bytes', `${reference} came with other bytes`);
    batch.posts++;
    batch.denied = 0;
    this.posts.push(this.#time.now());
    // What was refused as it came in would be refused again.
    if (!batch.refused) this.#checkOpenLoans(batch);
    return batch;
  }

  #checkOpenLoans(batch: ModelBatch): void {
    const loans = new Set(batch.reports.map(({ loan }) => loan));
    for (const other of this.batches.values())
      if (other !== batch && !other.closed && other.reports.some(({ loan }) => loans.has(loan)))
        this.#blame('open batches share no loan', `${batch.reference} was sent while ${other.reference} was open`);
  }

  /** Why a message is not even taken: too many reports, or one that does not conform. */
  refusalOf(batch: ModelBatch): { status: 400 | 413; guilty: readonly SentReport[] } | undefined {
    if (batch.reports.length > this.temper.mostReports) return { status: 413, guilty: [] };
    const guilty = batch.reports.filter(({ amount }) => amount.endsWith(refusedCents));
    for (const { api, reference } of guilty) this.lastErrors.set(`${api} ${reference}`, [refusal]);
    return guilty.length > 0 ? { status: 400, guilty } : undefined;
  }

  /** Takes a batch in, as often as it comes if that is its temper. */
  take(batch: ModelBatch): 'taken' | 'known' | 'refused' {
    const { reuse, visibleWithin } = this.temper;
    if (batch.takes.length > 0) {
      if (reuse === 'known' || reuse === 'refused') return reuse;
      if (reuse === 'ignored') return 'taken';
      this.#blame('no batch is taken twice', `${batch.reference} was sent again although the register has it`);
    }
    const chance = this.chance('take', batch.reference, batch.takes.length);
    const at = this.#time.now();
    const visibleAt = at + (chance.hits(0.6) ? 0 : Math.round(chance.next() * visibleWithin));
    batch.takes.push({ at, visibleAt, processAt: at + processingTime(this.temper, chance), verdict: undefined });
    return 'taken';
  }

  /** Processes what is due by now, in the order in which it is due. */
  settle(): void {
    const now = this.#time.now();
    for (;;) {
      let next: { batch: ModelBatch; take: Take } | undefined;
      for (const batch of this.batches.values())
        for (const take of batch.takes)
          if (!take.verdict && take.processAt <= now && (!next || take.processAt < next.take.processAt))
            next = { batch, take };
      if (!next) return;
      next.take.verdict = this.#process(next.batch, next.take.processAt);
    }
  }

  #process(batch: ModelBatch, at: number): BatchVerdict {
    const findings = batch.reports.map((report): Finding => {
      const { loan, api } = report;
      if (api !== 'AddLoans' && this.#loans.get(loan) === undefined) this.#loanMissing(report);
      return { report, errors: judge(report, this.#loans.get(loan), (person) => this.#isFound(person, at)) };
    });
    const guilty = findings.filter(({ errors }) => errors.length > 0).length;
    const whole = guilty > 0 && this.chance('strict', batch.reference).hits(this.temper.strict);
    for (const { report, errors } of findings) {
      if (errors.length > 0) this.lastErrors.set(`${report.api} ${report.reference}`, errors);
      else if (!whole) this.#apply(batch, report, at);
    }
    if (guilty === 0) return { status: 'FinishedSuccess', unnamed: false, findings };
    if (whole || guilty === findings.length)
      return { status: 'FinishedFailed', unnamed: whole && !this.temper.names, findings };
    return { status: 'FinishedPartialSuccess', unnamed: false, findings };
  }

  #apply(batch: ModelBatch, report: SentReport, at: number): void {
    const { api, reference, loan } = report;
    const key = `${api} ${reference}`;
    if (this.#timesApplied.has(key)) this.#blame('each report takes effect once', `${key} took effect twice`);
    this.#timesApplied.add(key);
    this.applied.push({ at, api, reference, loan, batch: batch.reference });
    this.#loans.set(loan, loanAfter(api));
    if (report.api === 'AddLoans') this.#records.set(loan, report);
    this.lastErrors.delete(key);
  }

  /** The register asks elsewhere about a person it does not know, and knows some of them nearly a week later. */
  #isFound(person: string, at: number): boolean {
    const since = this.#askedAbout.get(person) ?? at;
    this.#askedAbout.set(person, since);
    return person.slice(7, 10) === '998' && at >= since + 6.5 * day;
  }

  /** True when it was told, and would be told for good, that a report is rejected. */
  rejects(api: BatchApi, reference: string): boolean {
    return (this.lastErrors.get(`${api} ${reference}`)?.length ?? 0) > 0;
  }

  /** True when the last word on a report was to send it again in a week. */
  defers(api: BatchApi, reference: string): boolean {
    return goesAgain(this.lastErrors.get(`${api} ${reference}`) ?? []);
  }
}
