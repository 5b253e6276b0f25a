import { randomUUID } from 'node:crypto';
import type { BatchApi } from '../contract/apis.ts';
import { type Contract, ownContract } from '../contract/contract.ts';
import type { Report } from '../contract/shapes.ts';
import type { PersonSeries } from '../lib/identity-code.ts';
import { changeLoan } from './change-loan.ts';
import { judgeReport, personError } from './judge-report.ts';
import { type Item, type Loan, paymentDay, readItem } from './loan.ts';
import type { ExtractParts } from './make-extract.ts';
import type { OpenBatch, RegisterStore } from './register-store.ts';
import type { ErrorResponse } from './reply.ts';
import { type Shapes, shapesOf } from './shapes.ts';

/** A batch to take. */
type NewBatch = {
  api: BatchApi;
  reference: string;
  reports: Report[];
  lacksCountryCode: boolean;
  allOrNothing: boolean;
  /** Milliseconds until the verdict; null means never. */
  processing: number | null;
};

const day = 86_400_000;
/** A person the register did not know is known after this long, so that a report sent again in a week is accepted. */
const searchTakes = 6 * day;

const helsinki = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Helsinki' });

/** The register behind the wire: takes batches, judges them when they are due, and answers questions. */
export class Register {
  readonly #store: RegisterStore;
  readonly #now: () => Date;
  readonly #series: PersonSeries;
  readonly #shapes: Shapes;

  /**
   * @param now says which day it is for the rules; how long a batch is processed goes by the computer's clock
   * @param series which persons it takes
   * @param contract which reports it takes
   */
  constructor(
    store: RegisterStore,
    now: () => Date,
    series: PersonSeries = 'artificial',
    contract: Contract = ownContract,
  ) {
    this.#store = store;
    this.#now = now;
    this.#series = series;
    this.#shapes = shapesOf(contract);
  }

  /**
   * Takes reports in that another register has accepted, without judging them.
   * @returns how many; a report on a loan that it does not hold is left out
   */
  adopt(api: BatchApi, reports: readonly Report[]): number {
    return this.#store.transaction(
      () => reports.filter((report) => this.#adoptOne(readItem(api, report, this.#shapes))).length,
    );
  }

  #adoptOne(item: Item): boolean {
    const loan = this.#store.loan(item.report.loanNumber.number);
    if (item.api !== 'AddLoans' && !loan) return false;
    if (item.api === 'AddLoans' || item.api === 'UpdateLoans')
      for (const { idCode } of item.report.borrowers) this.#store.soughtSince(idCode, 0);
    this.#keep(item, loan);
    return true;
  }

  /**
   * Takes a batch; it is durable on return.
   * @returns its correlation id, or undefined when its reference was used before: then nothing happens
   */
  take({ api, reference, reports, lacksCountryCode, allOrNothing, processing }: NewBatch): string | undefined {
    return this.#store.transaction(() => {
      if (this.#store.batch(reference)) return undefined;
      const correlationId = randomUUID();
      const dueAt = processing === null ? null : Date.now() + processing;
      this.#store.addBatch({
        api,
        reference,
        correlationId,
        dueAt,
        reports,
        options: { lacksCountryCode, allOrNothing },
      });
      return correlationId;
    });
  }

  /** What an extract of a person is made of, or why there is none. */
  person(idCode: string): { refused: ErrorResponse } | Pick<ExtractParts, 'idCode' | 'loans' | 'now'> {
    const refused = personError(idCode, { series: this.#series, isFound: (code) => this.#isFound(code) });
    if (refused) return { refused };
    const loans = this.#store.loansOf(idCode).map((loan) => {
      const found = this.#store.lastPayment(loan.record.loanNumber.number);
      const item = found === undefined ? undefined : readItem('Repayments', found, this.#shapes);
      return { loan, payment: item?.api === 'Repayments' ? item.report : undefined };
    });
    return { idCode, loans, now: this.#now() };
  }

  #isFound(idCode: string): boolean {
    const now = this.#now().getTime();
    return now - this.#store.soughtSince(idCode, now) >= searchTakes;
  }

  /** Gives every batch that is due its verdict, in the order of arrival. */
  settle(): void {
    const at = Date.now();
    while (this.#settleNext(at));
  }

  #settleNext(at: number): boolean {
    return this.#store.transaction(() => {
      const batch = this.#store.nextDue(at);
      if (batch) this.#store.closeBatch(batch.reference, this.#judge(batch));
      return batch !== undefined;
    });
  }

  /** Applies a batch report by report. A reference that stands twice only shows as a smaller count (a known defect, section 3). */
  #judge({ api, reference, reports, options }: OpenBatch): object {
    const items = new Map<string, Item>();
    for (const item of reports.map((report) => readItem(api, report, this.#shapes)))
      if (!items.has(item.report.reportReference)) items.set(item.report.reportReference, item);
    const failed: { reportReference: string; errorResponses: ErrorResponse[] }[] = [];
    this.#store.attempt(() => {
      for (const [reportReference, item] of items) {
        const errorResponses = this.#apply(item, reference, options.lacksCountryCode);
        if (errorResponses.length > 0) failed.push({ reportReference, errorResponses });
      }
      return options.allOrNothing && failed.length > 0 ? 'undo' : 'keep';
    });
    const accepted = options.allOrNothing && failed.length > 0 ? 0 : items.size - failed.length;
    const batchStatus =
      failed.length === 0 ? 'FinishedSuccess' : accepted > 0 ? 'FinishedPartialSuccess' : 'FinishedFailed';
    return { batchStatus, reportCount: items.size, reports: failed };
  }

  #apply(item: Item, batchReference: string, lacksCountryCode: boolean): ErrorResponse[] {
    const store = this.#store;
    const now = this.#now();
    const { number } = item.report.loanNumber;
    const loan = store.loan(number);
    const errors = judgeReport(item, {
      today: helsinki.format(now),
      series: this.#series,
      loan,
      lacksCountryCode,
      isFound: (idCode) => this.#isFound(idCode),
      hasPayment: (paidOn) => store.paymentOn(number, paidOn) !== undefined,
    });
    if (errors.length > 0) return errors;
    this.#keep(item, loan);
    const { reportReference } = item.report;
    store.addApplied({ batchReference, api: item.api, reportReference, loan: number });
    return [];
  }

  #keep(item: Item, loan: Loan | undefined): void {
    this.#store.putLoan(changeLoan(item, loan));
    if (item.api === 'Repayments') this.#keepPayment(item.report);
  }

  /** A correction takes the place of the loan's latest payment of that day; the real key is not known (section 10). */
  #keepPayment(report: Extract<Item, { api: 'Repayments' }>['report']): void {
    const { number } = report.loanNumber;
    const paidOn = paymentDay(report);
    const corrects = report.reportType === 'ErrorCorrection' || report.reportType === 'Cancellation';
    const earlier = corrects ? this.#store.paymentOn(number, paidOn) : undefined;
    if (earlier !== undefined) this.#store.removePayment(earlier);
    if (report.reportType !== 'Cancellation') this.#store.addPayment(number, paidOn, report);
  }
}
