import type { RowBlock } from '../../reading/read-export.ts';
import { RefusedExport, type Row } from '../../reading/rows.ts';
import type { Mapping } from '../mapping.ts';
import { millionths } from './exact-sum.ts';
import { type Converter, mostDecimals } from './formats.ts';
import { type Scope, trim } from './scope.ts';

type Csv = Pick<Mapping['csv'], 'delimiter' | 'emptyAs' | 'trailer'>;
type Trailer = NonNullable<Csv['trailer']>;

/** True when a row is the record that closes the file, and no row of data. */
export function isTrailer({ cells }: Row, { trailer, delimiter }: Csv): boolean {
  if (!trailer) return false;
  const { startsWith } = trailer;
  const [first = ''] = cells;
  return first.startsWith(startsWith) || (startsWith.startsWith(first) && cells.join(delimiter).startsWith(startsWith));
}

/** Reads what compiling a mapping needs of its trailer, and tells what is wrong with it. */
export function compileTrailer(trailer: Trailer, scope: Scope): Converter | undefined {
  const { sum } = trailer;
  if (!sum) return undefined;
  scope.columns.add(sum.of);
  const at = ['csv', 'trailer', 'sum', 'as'];
  const converter = scope.converter(sum.as, at);
  if (!converter || converter.kind === 'decimal' || converter.kind === 'integer') return converter;
  scope.tell(at, 'FIELD_KIND', `a control sum is made of numbers, but ${sum.as} is not one`);
  return undefined;
}

/**
 * Takes the trailer off the rows of an export, and holds its count and control sum against them. A correction has none: it
 * holds the failed rows only.
 * @throws RefusedExport when the trailer is missing, not the last record, or does not agree with the rows
 */
export async function* withoutTrailer(
  blocks: AsyncIterable<RowBlock>,
  csv: Csv,
  converter: Converter | undefined,
): AsyncGenerator<RowBlock> {
  const { trailer } = csv;
  let watch: Watch | undefined;
  let header: Row | undefined;
  for await (const block of blocks) {
    let [from, rows] = [0, block.rows];
    if (!header && block.rows[0]) {
      header = block.rows[0];
      from = 1;
      const names = header.cells.map(trim);
      if (trailer && !names.includes('__fix_token')) watch = new Watch(trailer, csv, names, converter);
    }
    if (watch) {
      const data = watch.see(block.rows.slice(from));
      rows = from === 1 && header ? [header, ...data] : data;
    }
    yield { rows, text: block.text };
  }
  watch?.end();
}

/** Counts and adds up the rows that go by. */
class Watch {
  readonly #trailer: Trailer;
  readonly #csv: Csv;
  readonly #converter: Converter | undefined;
  readonly #column: number;
  #rows = 0;
  /** In millionths: exact, whatever the number of rows. */
  #sum = 0n;
  #unread = 0;
  #last = 1;
  #found: Row | undefined;

  constructor(trailer: Trailer, csv: Csv, names: readonly string[], converter: Converter | undefined) {
    this.#trailer = trailer;
    this.#csv = csv;
    this.#converter = converter;
    this.#column = trailer.sum ? names.indexOf(trailer.sum.of) : -1;
  }

  /** The rows of data among those of a block. */
  see(block: readonly Row[]): Row[] {
    const rows: Row[] = [];
    for (const row of block) {
      if (this.#found) throw refusal('TRAILER_NOT_LAST', row.line, null, 'no row after the trailer');
      this.#last = row.line;
      if (isTrailer(row, this.#csv)) this.#found = row;
      else {
        this.#count(row);
        rows.push(row);
      }
    }
    return rows;
  }

  end(): void {
    const { startsWith, rowCount, sum } = this.#trailer;
    const found = this.#found;
    if (!found) throw refusal('TRAILER_MISSING', this.#last, null, `a last record that begins with "${startsWith}"`);
    if (rowCount !== undefined) this.#compareCount(found, rowCount);
    if (sum) this.#compareSum(found, sum);
  }

  #count({ cells }: Row): void {
    this.#rows++;
    if (!this.#trailer.sum) return;
    const text = trim(cells[this.#column] ?? '');
    if (text === '' || this.#csv.emptyAs.includes(text)) return;
    const number = this.#read(text);
    if (number === undefined) this.#unread++;
    else this.#sum += number;
  }

  #read(text: string): bigint | undefined {
    const value = this.#converter?.convert(text);
    return typeof value === 'number' ? millionths(value) : undefined;
  }

  #compareCount(found: Row, cell: number): void {
    const text = trim(found.cells[cell - 1] ?? '');
    if (!/^\d{1,15}$/.test(text))
      throw refusal('TRAILER_COUNT', found.line, null, `the number of rows in cell ${cell} of the trailer`);
    if (Number(text) !== this.#rows)
      throw refusal(
        'TRAILER_COUNT',
        found.line,
        null,
        `${Number(text)} rows, as the trailer says in cell ${cell}; the file has ${this.#rows}`,
      );
  }

  #compareSum(found: Row, { cell, of, as }: NonNullable<Trailer['sum']>): void {
    const told = this.#read(trim(found.cells[cell - 1] ?? ''));
    if (told === undefined)
      throw refusal('TRAILER_SUM', found.line, of, `the sum of ${of} in cell ${cell} of the trailer, written as ${as}`);
    if (told === this.#sum && this.#unread === 0) return;
    const unread = this.#unread === 0 ? '' : `, and ${this.#unread} of their cells cannot be read`;
    throw refusal(
      'TRAILER_SUM',
      found.line,
      of,
      `a sum of ${sayMillionths(told)}, as the trailer says in cell ${cell}; the rows come to ${sayMillionths(this.#sum)}${unread}`,
    );
  }
}

const refusal = (code: string, line: number, column: string | null, expected: string) =>
  new RefusedExport({ code, line, column, expected });

function sayMillionths(sum: bigint): string {
  const digits = String(sum < 0n ? -sum : sum).padStart(mostDecimals + 1, '0');
  const decimals = digits.slice(-mostDecimals).replace(/0+$/, '').padEnd(2, '0');
  return `${sum < 0n ? '-' : ''}${digits.slice(0, -mostDecimals)}.${decimals}`;
}
