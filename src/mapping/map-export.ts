import type { PersonSeries } from '../lib/identity-code.ts';
import { readHeader } from '../reading/header.ts';
import type { RowBlock } from '../reading/read-export.ts';
import type { Row } from '../reading/rows.ts';
import { type BuiltReport, type CompiledMapping, compileMapping, type MapContext } from './compile/compile-mapping.ts';
import { Scope } from './compile/scope.ts';
import type { Trace } from './compile/trace.ts';
import { compileTrailer, withoutTrailer } from './compile/trailer.ts';
import type { Finding } from './finding.ts';
import { KeySet } from './key-set.ts';
import type { Mapping } from './mapping.ts';
import { blockIsSuspect, rowFaults } from './row-faults.ts';
import { ScatteredRows } from './scattered-rows.ts';

/** What a block of rows became. Every row is in exactly one place: a report, `skipped`, or `rowsInvalid`. */
export type MappedBlock<T = BuiltReport> = {
  rowsRead: number;
  skipped: Record<string, number>;
  rowsInvalid: number;
  /** Findings about rows that belong to no report, and about the file. */
  findings: Finding[];
  reports: T[];
};

export type MapOptions = {
  mapping: Mapping;
  series: PersonSeries;
  context: MapContext;
  /** Opens the export anew; called a second time when rows of one report turn out to lie apart. */
  read(): AsyncIterable<RowBlock>;
  /** Told before a second reading: what was given so far must be forgotten. */
  startOver(): Promise<void> | void;
  /** Rows that are not wanted for a reason outside the mapping: the id to count them under. */
  leaveOut?(row: Row, names: readonly string[]): string | undefined;
  /** Told which loan a row that a rule takes out is about; null when that cannot be read. */
  skipped?(loan: string | null): void;
  /** What is wrong with a row for a reason outside the mapping; it stops the report of the row. */
  faultsOf?(row: Row, names: readonly string[]): readonly Finding[];
  /** A private file for rows that lie apart. */
  scratch: string;
  /** Watches the mapping build reports; to be emptied in `finish`. */
  trace?: Trace;
};

/**
 * Turns the rows of an export into reports and findings, block by block, in file order.
 * @throws RefusedExport when the header is not what the mapping needs, or the file cannot be read on
 */
export function mapExport(options: MapOptions): AsyncGenerator<MappedBlock> {
  return mapExportTo(options, (built) => built);
}

/**
 * The same, keeping of each report only what `finish` makes of it as soon as it is built: a block of a large export then
 * never holds the reports themselves.
 */
export async function* mapExportTo<T>(options: MapOptions, finish: Finish<T>): AsyncGenerator<MappedBlock<T>> {
  const rows = { ...options, read: () => rowsOf(options) };
  try {
    yield* mapInOrder(rows, finish);
  } catch (error) {
    if (!(error instanceof GroupsLieApart)) throw error;
    await options.startOver();
    yield* mapScattered(rows, finish);
  }
}

/** The rows without the trailer, which is held against them. */
function rowsOf({ mapping, series, read }: MapOptions): AsyncIterable<RowBlock> {
  const { trailer } = mapping.csv;
  if (!trailer) return read();
  const scope = new Scope(mapping, mapping.contract.fields[mapping.api], series, () => {});
  return withoutTrailer(read(), mapping.csv, compileTrailer(trailer, scope));
}

type Finish<T> = (built: BuiltReport) => T;

/** The quick way holds one group at a time, and cannot go on when a group that was closed comes back. */
class GroupsLieApart extends Error {}

async function* mapInOrder<T>(options: MapOptions, finish: Finish<T>): AsyncGenerator<MappedBlock<T>> {
  const sorter = new Sorter(options, finish);
  const closed = new KeySet();
  let open: { key: string; rows: Row[] } | undefined;
  for await (const block of options.read()) {
    const mapped = sorter.sort(block);
    const { compiled } = sorter;
    // A torn row of a report that is closed already: only with all rows at hand can the report be stopped.
    if (sorter.torn.some((key) => key !== open?.key && closed.has(key))) throw new GroupsLieApart();
    for (const { key, row } of sorter.taken) {
      if (key === null) sorter.build([row], mapped);
      else if (open?.key === key) open.rows.push(row);
      else {
        if (closed.seen(key)) throw new GroupsLieApart();
        if (open) sorter.build(open.rows, mapped);
        open = { key, rows: [row] };
      }
    }
    if (compiled) yield mapped;
  }
  const last = sorter.empty();
  if (open) sorter.build(open.rows, last);
  yield last;
}

async function* mapScattered<T>(options: MapOptions, finish: Finish<T>): AsyncGenerator<MappedBlock<T>> {
  const sorter = new Sorter(options, finish);
  using rows = new ScatteredRows(options.scratch);
  for await (const block of options.read()) {
    const mapped = sorter.sort(block);
    rows.add(sorter.taken.map(({ key, row }) => ({ key: key ?? String(row.line), row })));
    yield mapped;
  }
  let mapped = sorter.empty();
  for (const group of rows.groups()) {
    sorter.build(group, mapped);
    if (mapped.reports.length < 1000) continue;
    yield mapped;
    mapped = sorter.empty();
  }
  yield mapped;
}

const none: readonly Finding[] = [];

/** Sorts rows into skipped, invalid and taken; the first row it sees is the header. */
class Sorter<T> {
  readonly #options: MapOptions;
  readonly #finish: Finish<T>;
  readonly #personal: ReadonlySet<string>;
  #names: string[] = [];
  /** Findings of rows that are part of a report, by line; few. */
  readonly #faults = new Map<number, readonly Finding[]>();
  /** Group keys of rows that were too broken to read: the report they belong to is not whole. */
  readonly #broken = new Map<string, number[]>();
  compiled: CompiledMapping | undefined;
  taken: { key: string | null; row: Row }[] = [];
  /** Group keys of the torn rows of the block. */
  torn: string[] = [];

  constructor(options: MapOptions, finish: Finish<T>) {
    this.#options = options;
    this.#finish = finish;
    this.#personal = new Set(options.mapping.csv.columns.personal);
  }

  empty(): MappedBlock<T> {
    return { rowsRead: 0, skipped: {}, rowsInvalid: 0, findings: [], reports: [] };
  }

  sort({ rows, text }: RowBlock): MappedBlock<T> {
    const mapped = this.empty();
    this.taken = [];
    this.torn = [];
    let from = 0;
    if (!this.compiled && rows[0]) {
      mapped.findings.push(...this.#readHeader(rows[0]));
      from = 1;
    }
    const suspect = blockIsSuspect(text, rows);
    mapped.rowsRead = rows.length - from;
    for (let i = from; i < rows.length; i++) this.#sortRow(rows[i] as Row, suspect, mapped);
    return mapped;
  }

  /** Builds the report of a group of rows into a block, or counts the rows as skipped. */
  build(group: readonly Row[], mapped: MappedBlock<T>): void {
    const { compiled } = this;
    if (!compiled) throw new Error('the header comes first');
    if (this.#skip(group, mapped)) return;
    const rows = this.#withoutSkipped(group, mapped);
    const [first] = rows;
    const known = this.#faults.size > 0 ? rows.flatMap((row) => this.#faults.get(row.line) ?? []) : [];
    const torn = (this.#broken.size > 0 && first && this.#broken.get(compiled.groupKey?.(first) ?? '')) || [];
    for (const line of first ? torn : []) {
      const expected = `all rows of the report whole: line ${line} is not`;
      known.push({ ...fileFinding('GROUP_HAS_BROKEN_ROW', first as Row, expected), value: String(line) });
    }
    const built = compiled.build(rows, this.#options.context, known);
    mapped.reports.push(
      this.#finish(known.length === 0 ? built : { ...built, findings: withoutEchoes(built.findings, known) }),
    );
  }

  /** Counts rows as skipped when a rule takes every one of them. */
  #skip(rows: readonly Row[], mapped: MappedBlock<T>): boolean {
    const rules = rows.map((row) => this.#ruleOf(row));
    if (rules.includes(undefined)) return false;
    for (const rule of rules) if (rule !== undefined) mapped.skipped[rule] = (mapped.skipped[rule] ?? 0) + 1;
    if (this.#options.skipped) for (const row of rows) this.#options.skipped(this.compiled?.loanOfRow(row) ?? null);
    return true;
  }

  /** Of a report some of whose rows are skipped, the others; all of them when the rows disagree in what they must share. */
  #withoutSkipped(rows: readonly Row[], mapped: MappedBlock<T>): readonly Row[] {
    if (rows.length === 1) return rows;
    const skipped = rows.filter((row) => this.#ruleOf(row) !== undefined);
    if (skipped.length === 0 || this.compiled?.disagree(rows)) return rows;
    this.#skip(skipped, mapped);
    return rows.filter((row) => !skipped.includes(row));
  }

  /** The rule that takes a row out; a row with a fault is never taken out, its fault must be told. */
  #ruleOf(row: Row): string | undefined {
    if (this.#faults.get(row.line)?.some(({ severity }) => severity === 'error')) return undefined;
    return this.#options.leaveOut?.(row, this.#names) ?? this.compiled?.skippedBy(row);
  }

  #sortRow(row: Row, suspect: boolean, mapped: MappedBlock<T>): void {
    const { compiled } = this;
    if (!compiled) return;
    if (row.cells.length !== this.#names.length) {
      mapped.rowsInvalid++;
      mapped.findings.push(
        fileFinding('ROW_WIDTH', row, `${this.#names.length} cells, as in the header; the row has ${row.cells.length}`),
      );
      const key = compiled.groupKey?.(row);
      if (key) {
        this.#broken.set(key, [...(this.#broken.get(key) ?? []), row.line]);
        this.torn.push(key);
      }
      return;
    }
    const own = suspect ? rowFaults(row, this.#names, this.#personal, this.#options.mapping.csv.delimiter) : none;
    const others = this.#options.faultsOf?.(row, this.#names) ?? none;
    const faults = others.length > 0 ? [...own, ...others] : own;
    if (faults.length > 0) this.#faults.set(row.line, faults);
    const key = compiled.groupKey ? compiled.groupKey(row) : null;
    if (key === '') {
      if (this.#skip([row], mapped)) return;
      const columns = [this.#options.mapping.records?.groupBy ?? []].flat();
      mapped.rowsInvalid++;
      mapped.findings.push(...faults, {
        ...fileFinding('GROUP_KEY_EMPTY', row, `a value in ${columns.join(', ')}, which tells the reports apart`),
        column: columns[0] ?? null,
        stage: 'map',
      });
      return;
    }
    this.taken.push({ key, row });
  }

  #readHeader(row: Row): Finding[] {
    const { mapping, series } = this.#options;
    const { columns } = compileMapping(mapping, mapping.contract.fields[mapping.api], series, () => {});
    const rules = {
      needed: columns,
      known: [...mapping.csv.columns.personal, ...(mapping.records?.mayDiffer ?? [])],
      unknown: mapping.csv.columns.unknown,
    };
    const ignored = row.cells.filter((cell) => cell.startsWith('__fix_'));
    const { header, unknown } = readHeader(row.cells, { ...rules, known: [...rules.known, ...ignored] });
    this.#names = header.names;
    this.compiled = compileMapping(
      mapping,
      mapping.contract.fields[mapping.api],
      series,
      () => {},
      header.names,
      this.#options.trace,
    );
    if (mapping.csv.columns.unknown !== 'warn') return [];
    return unknown.map((column) => ({
      ...fileFinding(
        'COLUMN_UNKNOWN',
        row,
        'only columns the mapping names; list it under csv.columns, or set unknown: ignore',
      ),
      severity: 'warning' as const,
      column,
    }));
  }
}

/** A cell that is known to be wrong is wrong for mapping too: one finding a cell says more than two. */
function withoutEchoes(findings: readonly Finding[], known: readonly Finding[]): Finding[] {
  const isTold = ({ line, column }: Finding) =>
    known.some(
      (told) => told.severity === 'error' && told.column !== null && told.column === column && told.line === line,
    );
  return findings.filter((finding) => known.includes(finding) || !isTold(finding));
}

function fileFinding(code: string, row: Row, expected: string): Finding {
  return {
    code,
    severity: 'error',
    stage: 'read',
    line: row.line,
    lastLine: row.lastLine,
    column: null,
    value: null,
    expected,
    message: null,
  };
}
