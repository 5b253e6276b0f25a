/** Why a cell could not become a value: a finding code and what was expected. A value, never thrown. */
export class Fault {
  readonly code: string;
  readonly expected: string;
  constructor(code: string, expected: string) {
    this.code = code;
    this.expected = expected;
  }
}
