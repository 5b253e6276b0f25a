import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { Database } from './database.ts';

/** Reports of one block have ids without a gap, so one compressed row holds all their texts, found by position. */
type Chunk = { first: number; texts: readonly string[] };

const kept = 3;
/** Reports resemble their neighbours: a small window finds nearly all of it, and needs little memory. */
const packing = { params: { [constants.ZSTD_c_compressionLevel]: 1, [constants.ZSTD_c_windowLog]: 16 } };
const chunks = new WeakMap<Database, Chunk[]>();

/** Keeps the texts of reports with ids from `first` on; null where a report has none. JSON holds no line end of its own. */
export function keepTexts(db: Database, exportId: number, first: number, texts: readonly (string | null)[]): void {
  if (texts.length === 0) return;
  const packed = zstdCompressSync(Buffer.from(texts.map((text) => text ?? '').join('\n')), packing);
  db.run('INSERT INTO body VALUES (?, ?, ?, ?)', first, first + texts.length - 1, exportId, packed);
}

/** Forgets the texts of an export. */
export function forgetTexts(db: Database, exportId: number): void {
  db.run('DELETE FROM body WHERE export_id = ?', exportId);
  chunks.delete(db);
}

/** The text of a report as it was mapped. */
export function textOf(db: Database, reportId: number): string {
  const known = chunks.get(db) ?? [];
  const found = known.find(({ first, texts }) => reportId >= first && reportId < first + texts.length);
  const { first, texts } = found ?? load(db, reportId, known);
  const text = texts[reportId - first];
  if (!text) throw new Error(`report ${reportId} has no text`);
  return text;
}

function load(db: Database, reportId: number, known: readonly Chunk[]): Chunk {
  const row = db.one('SELECT first, last, texts FROM body WHERE first <= ? ORDER BY first DESC LIMIT 1', reportId);
  if (!row || Number(row['last']) < reportId) throw new Error(`report ${reportId} has no text`);
  const texts = zstdDecompressSync(row['texts'] as Uint8Array)
    .toString()
    .split('\n');
  const chunk = { first: Number(row['first']), texts };
  chunks.set(db, [chunk, ...known.slice(0, kept - 1)]);
  return chunk;
}
