import { createReadStream } from 'node:fs';
import { dayInFinland, utcSeconds } from '../lib/calendar.ts';
import type { PersonSeries } from '../lib/identity-code.ts';
import type { BuiltReport, MapContext } from '../mapping/compile-mapping.ts';
import type { Finding } from '../mapping/finding.ts';
import { mapExportTo } from '../mapping/map-export.ts';
import type { Mapping } from '../mapping/mapping.ts';
import type { FieldTrace, Trace } from '../mapping/trace.ts';
import { readExport } from '../reading/read-export.ts';
import { type Refusal, RefusedExport } from '../reading/rows.ts';

/** A file that is mapped to be looked at; nothing of it is kept. */
export type FileToMap = {
  path: string | Buffer;
  mapping: Mapping;
  series: PersonSeries;
  context: MapContext;
  trace?: Trace;
};

/** What mapping a file brings, in the order of the file. After `startOver` everything before must be forgotten. */
export type FileEvent =
  | { kind: 'report'; built: BuiltReport; fields: readonly FieldTrace[] }
  | { kind: 'rows'; rowsRead: number; rowsInvalid: number; skipped: Record<string, number>; findings: Finding[] }
  | { kind: 'startOver' }
  | { kind: 'refused'; refusal: Refusal };

/** Maps a file with the code of `run`; touches nothing. */
export async function* mapFile({ path, trace, ...options }: FileToMap): AsyncGenerator<FileEvent> {
  let startOver = false;
  const blocks = mapExportTo(
    {
      ...options,
      read: () => readExport(createReadStream(path, { highWaterMark: 256 * 1024 }), options.mapping.csv),
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
}

/** What mapping needs to know of an export that is taken now. */
export const contextOf = (now: Date, fileName: string): MapContext => ({
  takenAt: utcSeconds(now),
  today: dayInFinland(now),
  fileName,
});
