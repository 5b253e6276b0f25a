import { z } from 'zod';

/** What a register has decided on a batch: its word, and the reports it rejects with the code of each. */
export type Judgement = {
  status: 'FinishedSuccess' | 'FinishedPartialSuccess' | 'FinishedFailed';
  errors: readonly { reportReference?: string; errorCode: string; fieldName?: string; errorDescription?: string }[];
};

/** Decides on the reports of a batch. */
export type Judge = (reports: readonly string[]) => Judgement;

/** A batch the register took. */
type HeldBatch = { reference: string; reports: string[]; judgement: Judgement; asked: number };

/** One thing that happened to a batch, in the order of the wire. */
export type Happening = {
  kind: 'posted' | 'asked' | 'askedLoan' | 'denied' | 'stopped';
  reference: string;
  at: number;
};

const Report = z.looseObject({ reportReference: z.string(), loanNumber: z.object({ number: z.string() }) });
type Report = z.infer<typeof Report>;
const Message = z.object({ loans: z.array(Report) });

const alreadyThere = {
  errorCode: 'E99',
  fieldName: 'LoanNumber',
  errorDescription: 'The LoanNumber is already in the register. The data element must be unique.',
};

/**
 * What a register truly did. It is as naive as a register may be: a batch that comes twice takes effect twice, so that
 * every POST too many shows; unless it knows loans, and takes each only once.
 */
export class HeldBatches {
  readonly held = new Map<string, HeldBatch>();
  /** How often each report took effect. */
  readonly applied = new Map<string, number>();
  readonly happenings: Happening[] = [];
  /** The different bodies that came whole under one reference. */
  readonly bodies = new Map<string, Set<string>>();
  /** The report that made each loan, by the loan's number. */
  readonly loans = new Map<string, Report>();
  readonly #judge: Judge;
  readonly #knowsLoans: boolean;

  constructor(judge: Judge, knowsLoans: boolean) {
    this.#judge = judge;
    this.#knowsLoans = knowsLoans;
  }

  take(reference: string, body: string): void {
    const { loans } = Message.parse(JSON.parse(body));
    const reports = loans.map(({ reportReference }) => reportReference);
    const there = loans.filter(({ loanNumber }) => this.#knowsLoans && this.loans.has(loanNumber.number));
    const judgement = there.length > 0 ? this.#refuse(there, loans.length) : this.#judge(reports);
    this.held.set(reference, { reference, reports, judgement, asked: 0 });
    const rejected = new Set(judgement.errors.map(({ reportReference }) => reportReference));
    for (const loan of judgement.status === 'FinishedFailed' ? [] : loans) {
      const { reportReference: report, loanNumber } = loan;
      if (rejected.has(report)) continue;
      this.applied.set(report, (this.applied.get(report) ?? 0) + 1);
      this.loans.set(loanNumber.number, loan);
    }
  }

  #refuse(there: readonly Report[], of: number): Judgement {
    const errors = there.map(({ reportReference }) => ({ reportReference, ...alreadyThere }));
    return { status: there.length === of ? 'FinishedFailed' : 'FinishedPartialSuccess', errors };
  }

  cameWhole(reference: string, body: string): void {
    this.bodies.set(reference, (this.bodies.get(reference) ?? new Set()).add(body));
  }

  countOf(kind: Happening['kind'], reference?: string): number {
    return this.happenings.filter((it) => it.kind === kind && (!reference || it.reference === reference)).length;
  }
}

/** Nobody is rejected. */
export const acceptsAll: Judge = () => ({ status: 'FinishedSuccess', errors: [] });

/** These are rejected by name, the others are accepted. */
export function rejects(guilty: readonly string[], errorCode = 'D02'): Judge {
  return (reports) => {
    const errors = reports
      .filter((report) => guilty.includes(report))
      .map((reportReference) => ({ reportReference, errorCode }));
    if (errors.length === 0) return acceptsAll(reports);
    return { status: errors.length === reports.length ? 'FinishedFailed' : 'FinishedPartialSuccess', errors };
  };
}

/** One of these in a batch takes the whole batch with it; they are named, or nobody is. */
export function failsWith(guilty: readonly string[], naming: 'named' | 'unnamed'): Judge {
  return (reports) => {
    const found = reports.filter((report) => guilty.includes(report));
    if (found.length === 0) return acceptsAll(reports);
    const errors = naming === 'unnamed' ? [] : found.map((reportReference) => ({ reportReference, errorCode: 'X01' }));
    return { status: 'FinishedFailed', errors };
  };
}
