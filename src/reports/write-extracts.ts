import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { membersOf, parsedJson } from '../contract/loan-answer.ts';
import type { AnsweredQuestion, ExportRecord, Ledger } from '../ledger/ledger.ts';
import { localTime } from '../lib/calendar.ts';
import { durableFolder, durableWrite, removeFile } from '../lib/durable-write.ts';
import type { Language } from '../lib/language.ts';
import { extractPage } from './pages/extract-page.ts';

/** Writes a page for each extract the register gave, named by the line of its row; pages of answers that are gone are removed. */
export async function writeExtracts(
  ledger: Ledger,
  exported: ExportRecord,
  restricted: string,
  language: Language,
): Promise<void> {
  const folder = join(restricted, 'extracts');
  const names = new Set<string>();
  for await (const answered of ledger.answers(exported.id)) {
    if (!answered.accepted) continue;
    const name = `${answered.line}.html`;
    if (names.size === 0) durableFolder(folder, 0o700);
    names.add(name);
    writeIfChanged(join(folder, name), drawn(answered, exported, language));
  }
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder))
    if (/^\d+\.html$/.test(name) && !names.has(name)) removeFile(join(folder, name));
}

function drawn({ answer, line, question, answeredAt }: AnsweredQuestion, exported: ExportRecord, language: Language) {
  const purposes = membersOf(parsedJson(question))?.get('creditregisterextractpurpose');
  return extractPage({
    answer,
    asked: `${exported.name}:${line}`,
    purposes: Array.isArray(purposes) ? purposes.map(String) : [],
    answeredAt: localTime(new Date(answeredAt)).slice(0, 16),
    environment: exported.environment,
    language,
  });
}

/** An export whose questions are asked over hours is written many times. */
function writeIfChanged(path: string, text: string): void {
  if (!existsSync(path) || readFileSync(path, 'utf8') !== text) durableWrite(path, text);
}
