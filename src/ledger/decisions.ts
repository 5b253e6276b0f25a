/** Failed reports and rows that a person decides about: rows of an export by their lines, all that is open in it, or those on a loan. */
export type Target =
  | { kind: 'lines'; exportId: number; lines: readonly number[] }
  | { kind: 'all'; exportId: number }
  | { kind: 'loan'; loans: readonly string[] };

/** Why nothing can be decided about a report or row. `underWay`: a correction of it, or another report in its place, has no verdict yet. */
export type Hindrance =
  | 'noReport'
  | 'notOver'
  | 'accepted'
  | 'open'
  | 'held'
  | 'corrected'
  | 'underWay'
  | 'superseded'
  | 'resolved'
  | 'notResolved'
  | 'invalid'
  | 'replaced';

/** A report or row that cannot be decided about. */
export type Hindered = { exportId: number; line: number | null; why: Hindrance };

/** What became of a decision: what was changed, by export and line; or, with nothing changed, what stands in the way. */
export type Decided =
  | {
      kind: 'done';
      reports: { exportId: number; line: number }[];
      rows: { exportId: number; line: number | null }[];
      /** Reports that were held by a loan of these. */
      held: { exportId: number; line: number }[];
      /** Reports that such a loan still holds, and that can never go. */
      heldForEver: number;
      /** How many reports such a loan held that may go now: it was entered at the register by hand. */
      released: number;
    }
  | { kind: 'nothing'; because: Hindered[] };
