import { createHmac } from 'node:crypto';
import { explainCode } from '../contract/finding-codes.ts';
import type { CodeTable } from '../contract/register-codes.ts';
import type { ReportToFix } from '../ledger/ledger.ts';
import type { DurableFile } from '../lib/durable-write.ts';
import type { Language } from '../lib/language.ts';
import { type Encoding, encode } from '../reading/encoding.ts';
import type { Dialect } from '../reading/read-export.ts';
import type { ArchivedRow, ArchivedRows } from './archived-rows.ts';

/** What links a row of `to-fix.csv` to its export. */
export type FixSource = {
  mapping: string;
  sha256: string;
  key: string;
  language: Language;
  codes?: CodeTable | undefined;
};

const columns = ['__fix_token', '__fix_line', '__fix_columns', '__fix_reason', '__fix_code', '__fix_due'];

/**
 * Writes the rows of failed reports to the byte as they came, with the `__fix_*` columns last: nothing needs to be deleted
 * before the file is dropped back.
 * @param byLine what is wrong, by the line each row starts on
 */
export async function writeToFix(
  file: DurableFile,
  rows: ArchivedRows,
  byLine: ReadonlyMap<number, ReportToFix>,
  dialect: Dialect,
  source: FixSource,
  mark: boolean,
): Promise<void> {
  const header = await rows.at(1);
  const own = header?.row.cells.map((cell) => !cell.trim().startsWith('__fix_')) ?? [];
  const write = (archived: ArchivedRow, extra: readonly string[]) => {
    const [, text = '', lineEnd = '\n'] = /^([\s\S]*?)(\r?\n)?$/.exec(archived.raw) ?? [];
    // Only a correction has such columns already; they give way to the new ones.
    const kept = own.every(Boolean)
      ? text
      : joined(
          archived.row.cells.filter((_, at) => own[at] ?? true),
          dialect,
        );
    const cells = extra.map((cell) => plain(cell, dialect.encoding));
    file.write(encode(kept + dialect.delimiter + joined(cells, dialect) + lineEnd, dialect.encoding));
  };
  if (mark) file.write(encode('\uFEFF', dialect.encoding));
  if (header) write(header, columns);
  for (const line of [...byLine.keys()].toSorted((a, b) => a - b)) {
    const [archived, report] = [await rows.at(line), byLine.get(line)];
    if (archived && report) write(archived, fixCells(report, line, source));
  }
}

const joined = (cells: readonly string[], { delimiter }: Dialect) =>
  cells.map((cell) => quote(cell, delimiter)).join(delimiter);

function fixCells(report: ReportToFix, line: number, source: FixSource): string[] {
  return [
    fixToken(source, line),
    String(line),
    distinct(report.findings.map(({ column }) => column)).join(', '),
    distinct(
      report.findings.map(({ code, registerCode, message }) =>
        registerCode === null && message !== null
          ? message
          : explainCode(code, registerCode, source.language, source.codes).text,
      ),
    ).join(' '),
    distinct(report.findings.map(({ code }) => code)).join(', '),
    report.dueDay ?? '',
  ];
}

const distinct = (words: readonly (string | null)[]) => [...new Set(words.filter((word) => word !== null))];

/** Names the mapping, the export and the line, and proves that it was us who wrote it. */
function fixToken({ mapping, sha256, key }: Pick<FixSource, 'mapping' | 'sha256' | 'key'>, line: number): string {
  const said = `${mapping}.${sha256.slice(0, 16)}.${line}`;
  return `${said}.${createHmac('sha256', key).update(said).digest('hex').slice(0, 16)}`;
}

const tokenForm = /([A-Za-z][A-Za-z0-9_-]*)\.([0-9a-f]{16})\.(\d+)\.([0-9a-f]{16})/;

/**
 * Finds the first token in the beginning of a file.
 * @returns what it names; `ours` is false when it was not written with this key
 */
export function readFixToken(
  text: string,
  key: string,
): { mapping: string; sha16: string; line: number; ours: boolean } | undefined {
  const [whole, mapping, sha16, line] = tokenForm.exec(text) ?? [];
  if (whole === undefined || mapping === undefined || sha16 === undefined) return undefined;
  return {
    mapping,
    sha16,
    line: Number(line),
    ours: fixToken({ mapping, sha256: sha16, key }, Number(line)) === whole,
  };
}

const quote = (cell: string, delimiter: string) =>
  cell.includes(delimiter) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;

/** Typographic signs that small encodings lack are written plainly. */
function plain(text: string, encoding: Encoding): string {
  if (encoding === 'utf-8' || encoding === 'utf-16le') return text;
  return text.replaceAll('’', "'").replaceAll('–', '-').replaceAll('…', '...');
}
