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
export type Happening = { kind: 'posted' | 'asked' | 'denied' | 'stopped'; reference: string; at: number };

const Message = z.object({ loans: z.array(z.object({ reportReference: z.string() })) });

/** The reports of a message, by their references. */
export const reportsOf = (body: string): string[] =>
  Message.parse(JSON.parse(body)).loans.map(({ reportReference }) => reportReference);

/**
 * What a register truly did. It is as naive as a register may be: a batch that comes twice takes effect twice, so that
 * every POST too many shows.
 */
export class HeldBatches {
  readonly held = new Map<string, HeldBatch>();
  /** How often each report took effect. */
  readonly applied = new Map<string, number>();
  readonly happenings: Happening[] = [];
  /** The different bodies that came whole under one reference. */
  readonly bodies = new Map<string, Set<string>>();
  readonly #judge: Judge;

  constructor(judge: Judge) {
    this.#judge = judge;
  }

  take(reference: string, body: string): void {
    const reports = reportsOf(body);
    const judgement = this.#judge(reports);
    this.held.set(reference, { reference, reports, judgement, asked: 0 });
    const rejected = new Set(judgement.errors.map(({ reportReference }) => reportReference));
    for (const report of judgement.status === 'FinishedFailed' ? [] : reports)
      if (!rejected.has(report)) this.applied.set(report, (this.applied.get(report) ?? 0) + 1);
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
