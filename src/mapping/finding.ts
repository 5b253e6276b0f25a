/** Something wrong with the data: a value, never thrown. No cell is kept in clear: `value` is masked. */
export type Finding = {
  code: string;
  severity: 'error' | 'warning';
  stage: 'read' | 'map' | 'check';
  line: number;
  lastLine: number;
  column: string | null;
  /** The cell as it stands, masked when it is personal; null when no single cell is meant. */
  value: string | null;
  expected: string;
  /** A sentence of the mapping's own (`say`), when it has one. */
  message: string | null;
};
