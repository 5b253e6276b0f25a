import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ExportRecord } from '../ledger/ledger.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { correctionDialect } from '../reading/correction-dialect.ts';
import type { Dialect } from '../reading/read-export.ts';
import { ArchivedRows } from '../reports/archived-rows.ts';
import type { Corrected, HandedOut } from './correction.ts';
import { fixKey } from './fix-key.ts';
import type { House } from './house.ts';
import { mappingOf } from './mapping-of.ts';

/** How an export in the archive is written: as its mapping says; a correction, as the spreadsheet program left it. */
export function dialectOf(
  state: string,
  { sha256, correctionOf }: Pick<ExportRecord, 'sha256' | 'correctionOf'>,
  { csv }: Mapping,
): Dialect {
  const declared = { encoding: csv.encoding, delimiter: csv.delimiter };
  const path = join(state, 'archive', sha256);
  return correctionOf === null || !existsSync(path) ? declared : correctionDialect(path, declared);
}

/** Gathers what is known of the export that a correction is about: what is done, and its failed rows as they went out. */
export async function readCorrected(house: House, sha256: string): Promise<Corrected> {
  const { ledger } = house;
  const known = { key: await fixKey(ledger), sha256, done: await ledger.linesDone(sha256) };
  const exported = (await ledger.exports()).find((each) => each.sha256 === sha256);
  return { ...known, rows: exported ? await handedOut(house, exported) : new Map() };
}

async function handedOut({ ledger, config }: House, exported: ExportRecord): Promise<Map<number, HandedOut>> {
  const { state } = config.folders;
  const path = join(state, 'archive', exported.sha256);
  const found = new Map<number, HandedOut>();
  if (!existsSync(path)) return found;
  const broken = new Map<number, ReadonlySet<string>>();
  for await (const report of ledger.toFix(exported.id, true)) {
    const columns = new Set(report.findings.flatMap(({ column }) => column ?? []));
    for (const line of report.lines) broken.set(line, columns);
  }
  const mapping = await mappingOf({ ledger, config }, exported.mapping.sha256);
  await using rows = new ArchivedRows(path, dialectOf(state, exported, mapping));
  const names = (await rows.at(1))?.row.cells.map((cell) => cell.trim()) ?? [];
  for (const [line, columns] of [...broken].toSorted(([a], [b]) => a - b)) {
    const cells = (await rows.at(line))?.row.cells ?? [];
    const ours = names.flatMap((name, at) => (name.startsWith('__fix_') ? [] : [[name, cells[at] ?? ''] as const]));
    found.set(line, { cells: new Map(ours), broken: columns });
  }
  return found;
}
