/** One record of an export. */
export type Row = {
  /** Line of the file on which the record starts; the header is on line 1. */
  line: number;
  lastLine: number;
  /** Cells as they stand in the file, without their quotes. */
  cells: string[];
};

/** Why a file cannot be read on: everything after this place would be a guess. */
export type Refusal = { code: string; line: number; column: string | null; expected: string; value?: string };

/** Thrown inside the reader, caught at its edge: the export is refused whole. */
export class RefusedExport extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal, options?: ErrorOptions) {
    super(refusal.code, options);
    this.name = 'RefusedExport';
    this.refusal = refusal;
  }
}
