import { createReadStream } from 'node:fs';
import { type Dialect, readExport } from '../reading/read-export.ts';
import { RefusedExport, type Row } from '../reading/rows.ts';

/** A row as it stood in the export: its cells, and its text to the byte, line end included. */
export type ArchivedRow = { row: Row; raw: string };

/** Reads an archived export once more, row by row, with the text of each; stops where the file could not be read on. */
export async function* archivedRows(path: string, dialect: Dialect): AsyncGenerator<ArchivedRow> {
  try {
    for await (const { rows, text } of readExport(createReadStream(path, { highWaterMark: 256 * 1024 }), dialect)) {
      const lines = text.split(/(?<=\n)/);
      const first = rows[0]?.line ?? 1;
      for (const row of rows) yield { row, raw: lines.slice(row.line - first, row.lastLine - first + 1).join('') };
    }
  } catch (error) {
    if (!(error instanceof RefusedExport)) throw error;
  }
}
