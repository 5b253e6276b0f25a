import type { Row } from '../../reading/rows.ts';
import type { Finding } from '../finding.ts';

/** Where a mapping stands while it builds one report; one object, reused, so that a row costs no allocation. */
export type Moment = {
  rows: readonly Row[];
  /** The row cells are read from: the first of the group, or the one of `each: rows`. */
  row: Row;
  /** The report as built so far. */
  report: Record<string, unknown>;
  findings: Finding[];
  takenAt: string;
  /** The day the export was taken. */
  today: string;
  fileName: string;
  /** Receives the names of the functions that are called, when somebody wants to know. */
  called: Set<string> | undefined;
  /** The number of the loan that is gone; '' for a report that has rows. */
  loanNumber: string;
};

/** A moment before any report: what is compiled puts its own into it. */
export const newMoment = (): Moment => ({
  rows: [],
  row: { line: 0, lastLine: 0, cells: [] },
  report: {},
  findings: [],
  takenAt: '',
  today: '',
  fileName: '',
  called: undefined,
  loanNumber: '',
});
