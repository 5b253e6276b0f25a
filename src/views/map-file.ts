import { createReadStream } from 'node:fs';
import { dayInFinland, utcSeconds } from '../lib/calendar.ts';
import type { PersonSeries } from '../lib/identity-code.ts';
import type { BuiltReport, MapContext } from '../mapping/compile/compile-mapping.ts';
import type { FieldTrace, Trace } from '../mapping/compile/trace.ts';
import type { Finding } from '../mapping/finding.ts';
import { mapExportTo } from '../mapping/map-export.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { type RowBlock, readExport } from '../reading/read-export.ts';
import { type Refusal, RefusedExport, type Row } from '../reading/rows.ts';

/** A file that is mapped to be looked at; nothing of it is kept. */
export type FileToMap = {
  path: string | Buffer;
  mapping: Mapping;
  series: PersonSeries;
  context: MapContext;
  trace?: Trace;
  /** A line of which the row is wanted. */
  line?: number;
};

/** A report, and how its fields came to be when that is watched. */
export type MappedReport = { built: BuiltReport; fields: readonly FieldTrace[] };

/** What mapping a file brings, in the order of the file. After `startOver` everything before must be forgotten. */
export type FileEvent =
  | ({ kind: 'report' } & MappedReport)
  | { kind: 'rows'; rowsRead: number; rowsInvalid: number; skipped: Record<string, number>; findings: Finding[] }
  | { kind: 'startOver' }
  /** The row that has the line, once it is read. */
  | { kind: 'row'; row: Row }
  | { kind: 'refused'; refusal: Refusal };

/** Maps a file with the code of `run`; touches nothing. */
export async function* mapFile({ path, trace, line, ...options }: FileToMap): AsyncGenerator<FileEvent> {
  let startOver = false;
  let found: Row | undefined;
  const blocks = mapExportTo(
    {
      ...options,
      read: () =>
        watched(readExport(createReadStream(path, { highWaterMark: 256 * 1024 }), options.mapping.csv), line, (row) => {
          found = row;
        }),
      startOver() {
        startOver = true;
      },
      scratch: '',
      ...(trace && { trace }),
    },
    (built) => ({ built, fields: trace?.take(built.partial) ?? [] }),
  );
  try {
    for await (const { rowsRead, rowsInvalid, skipped, findings, reports } of blocks) {
      if (startOver) yield { kind: 'startOver' };
      startOver = false;
      yield { kind: 'rows', rowsRead, rowsInvalid, skipped, findings };
      for (const report of reports) yield { kind: 'report', ...report };
    }
  } catch (error) {
    if (!(error instanceof RefusedExport)) throw error;
    yield { kind: 'refused', refusal: error.refusal };
  }
  if (found) yield { kind: 'row', row: found };
}

/** The same blocks; tells of the row that has the line. */
async function* watched(
  blocks: AsyncIterable<RowBlock>,
  line: number | undefined,
  tell: (row: Row) => void,
): AsyncGenerator<RowBlock> {
  for await (const block of blocks) {
    const row = line === undefined ? undefined : block.rows.find((each) => each.line <= line && line <= each.lastLine);
    if (row) tell(row);
    yield block;
  }
}

/** What mapping needs to know of an export that is taken now. */
export const contextOf = (now: Date, fileName: string): MapContext => ({
  takenAt: utcSeconds(now),
  today: dayInFinland(now),
  fileName,
});
