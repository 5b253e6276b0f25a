import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { InquiryApi } from '../../contract/apis.ts';
import type { AnsweredQuestion, Answering, Instant, OpenQuestion } from '../ledger.ts';
import type { Database } from './database.ts';
import { addFinding } from './exports.ts';
import { textOf } from './texts.ts';

const page = 200;
const minute = 60_000;
const packing = { params: { [constants.ZSTD_c_compressionLevel]: 3 } };

/** Questions without an answer, in the order of their exports. */
export function openQuestions(db: Database, apis: readonly InquiryApi[], limit: number): OpenQuestion[] {
  return db
    .all(
      `SELECT r.id, r.export_id, r.line, r.last_line, m.api, m.sha256, x.sha256 AS file_sha256, x.owner FROM export x
       JOIN mapping m ON m.sha256 = x.mapping_sha256 JOIN report r ON r.export_id = x.id
       WHERE x.stage = 'mapped' AND m.api IN (SELECT value FROM json_each(?)) AND r.state IN ('ready', 'waiting')
       ORDER BY x.position, r.id LIMIT ?`,
      JSON.stringify(apis),
      limit,
    )
    .map((row) => ({
      id: Number(row['id']),
      exportId: Number(row['export_id']),
      api: row['api'] as InquiryApi,
      line: Number(row['line']),
      lastLine: Number(row['last_line']),
      text: textOf(db, Number(row['id'])),
      fileSha256: String(row['file_sha256']),
      mappingSha256: String(row['sha256']),
      owner: JSON.parse(String(row['owner'])) as OpenQuestion['owner'],
    }));
}

/** An answered question is `planned` in no batch: it is done with, as a report whose batch is settled. */
export function keepAnswer(db: Database, questionId: number, { status, text, at, refused }: Answering): void {
  db.transaction(() => {
    const { changes } = db.run(
      `UPDATE report SET state = ? WHERE id = ? AND state IN ('ready', 'waiting')`,
      refused === null ? 'planned' : 'rejected',
      questionId,
    );
    if (changes !== 1) throw new Error(`question ${questionId} is not open`);
    db.run(
      'INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?)',
      questionId,
      at,
      status,
      zstdCompressSync(Buffer.from(text), packing),
    );
    const { export_id } = db.one('SELECT export_id FROM report WHERE id = ?', questionId) ?? {};
    for (const finding of refused ?? []) addFinding(db, Number(export_id), questionId, null, finding);
  });
}

/** The answers to an export's questions, in the order of its rows. */
export function* answers(db: Database, exportId: number): Generator<AnsweredQuestion> {
  for (let after = 0; ; ) {
    const rows = db.all(
      `SELECT r.id, r.line, r.last_line, r.reference, r.state, a.answered_at, a.http_status, a.text FROM report r JOIN answer a ON a.report_id = r.id
       WHERE r.export_id = ? AND r.state IN ('planned', 'rejected') AND r.id > ? ORDER BY r.id LIMIT ${page}`,
      exportId,
      after,
    );
    for (const row of rows)
      yield {
        line: Number(row['line']),
        lastLine: Number(row['last_line']),
        reference: row['reference'] === null ? null : String(row['reference']),
        question: textOf(db, Number(row['id'])),
        accepted: row['state'] === 'planned',
        status: Number(row['http_status']),
        answer: zstdDecompressSync(row['text'] as Uint8Array).toString(),
        answeredAt: Number(row['answered_at']),
      };
    after = Number(rows.at(-1)?.['id']);
    if (rows.length < page) return;
  }
}

/** When the answers of the last minute came, oldest first. */
export function recentAnswers(db: Database, now: Instant): Instant[] {
  return db
    .all('SELECT answered_at FROM answer WHERE answered_at > ? ORDER BY answered_at', now - minute)
    .map((row) => Number(row['answered_at']));
}
