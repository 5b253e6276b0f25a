import type { Finding } from '../finding.ts';
import type { Moment } from './moment.ts';

/** Where a part of a mapping stands in its file. */
export type RulePath = readonly PropertyKey[];

/** A cell that was read, whether there was anything in it, and the part of the mapping that read it. */
export type CellRead = { line: number; column: string; filled: boolean; rule: RulePath };

/** How one field of a report came to be. */
export type FieldTrace = {
  /** Its path in the report (`borrowers[1].idCode`); of what did not become part of the report, its path in the contract. */
  field: string;
  rule: RulePath;
  /** Undefined when it is left out. */
  value: unknown;
  /** The value is about a person, or may be. */
  personal: boolean;
  /** Cells its value may be made of, in the order they were read. */
  cells: readonly CellRead[];
  /** Cells that decided whether it is there, which of its cases holds, or which of its cells comes last. */
  deciding: readonly CellRead[];
  /** Findings of making it. */
  findings: readonly Finding[];
  /** It has fields of its own, which are told by themselves. */
  hasParts: boolean;
};

/** What the tracer is told of a field while the mapping is compiled. */
export type TracedMember = { key: string; path: string; rule: RulePath; personal: boolean; hasParts: boolean };

type Frame = Omit<FieldTrace, 'field'> & {
  contractPath: string;
  key: string;
  target: object | undefined;
  cells: CellRead[];
  deciding: CellRead[];
};

/** Keys of a rule below which cells decide, and give no value. */
export const conditions: ReadonlySet<PropertyKey> = new Set<PropertyKey>(['when', 'where', 'presentWhen', 'by']);

/**
 * Watches a compiled mapping at work: which part of it read which cell, and which field came of it. It hangs into the
 * functions of the mapping themselves, so what it tells is what is done, whatever forms a mapping uses.
 */
export class Trace {
  /** The columns of the export, in order. */
  names: readonly string[] = [];
  /** Columns that any part of the mapping names. */
  used: ReadonlySet<string> = new Set();
  isPersonal: (column: string) => boolean = () => true;
  /** The parts of the mapping that read a column, whether or not they come to it. */
  readonly readers = new Map<string, RulePath[]>();
  readonly #open: Frame[] = [];
  readonly #targets: object[] = [];
  #closed: Frame[] = [];

  /** Told once the mapping is compiled for the header of an export; what was noted before is forgotten. */
  begin(names: readonly string[], used: ReadonlySet<string>, isPersonal: (column: string) => boolean): void {
    Object.assign(this, { names, used, isPersonal });
    this.#closed = [];
  }

  /** Notes each reading of a cell. */
  cell(column: string, rule: RulePath, read: (moment: Moment) => string): (moment: Moment) => string {
    this.readers.set(column, [...(this.readers.get(column) ?? []), rule]);
    return (moment) => {
      const text = read(moment);
      const frame = this.#open.at(-1);
      if (!frame) return text;
      const decides = rule.slice(frame.rule.length).some((part) => conditions.has(part));
      const found = { line: moment.row.line, column, filled: text !== '', rule };
      (decides ? frame.deciding : frame.cells).push(found);
      if (!decides && this.isPersonal(column)) frame.personal = true;
      return text;
    };
  }

  /** Notes what becomes of a field. */
  member<A extends unknown[], T>(member: TracedMember, make: (moment: Moment, ...rest: A) => T): typeof make {
    return (moment, ...rest) => {
      const { key, rule, path: contractPath, personal, hasParts } = member;
      const before = moment.findings.length;
      const frame: Frame = {
        contractPath,
        key,
        rule,
        personal,
        target: this.#targets.at(-1),
        value: undefined,
        cells: [],
        deciding: [],
        findings: [],
        hasParts,
      };
      this.#open.push(frame);
      const value = make(moment, ...rest);
      this.#open.pop();
      this.#closed.push(Object.assign(frame, { value, findings: moment.findings.slice(before) }));
      return value;
    };
  }

  /** Notes which object of the report is being filled. */
  object<T>(fill: (moment: Moment, target: Record<string, unknown>) => T): typeof fill {
    return (moment, target) => {
      this.#targets.push(target);
      const filled = fill(moment, target);
      this.#targets.pop();
      return filled;
    };
  }

  /** What was noted since the last call, for the report it belongs to; fields in the order they were made. */
  take(report: object): FieldTrace[] {
    const paths = new Map<object, string>();
    notePaths(report, '', paths);
    const fields = this.#closed.map(({ contractPath, key, target, ...frame }) => {
      const owner = target && paths.get(target);
      return { ...frame, field: owner === undefined ? contractPath : owner + key };
    });
    this.#closed = [];
    return fields;
  }
}

function notePaths(value: unknown, path: string, paths: Map<object, string>): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const [at, item] of value.entries()) notePaths(item, `${path.slice(0, -1)}[${at}].`, paths);
    return;
  }
  paths.set(value, path);
  for (const [key, member] of Object.entries(value)) notePaths(member, `${path}${key}.`, paths);
}
