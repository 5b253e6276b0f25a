import { join } from 'node:path';
import { answerMembers, jsonLine } from '../contract/answer-members.ts';
import { isBatchApi } from '../contract/apis.ts';
import type { AnsweredQuestion, ExportRecord, Ledger } from '../ledger/ledger.ts';
import { DurableFile, durableFolder, removeFile } from '../lib/durable-write.ts';
import type { Language } from '../lib/language.ts';
import { PeopleCsv } from './csv.ts';
import { writeExtracts } from './write-extracts.ts';

/** What holds answers in `restricted/`: all of them as lines of JSON; those on loans as a table too, extracts as pages. */
export const answerFiles = (api: string): readonly string[] =>
  api === 'GetLoan' ? ['answers.jsonl', 'answers.csv'] : ['answers.jsonl', 'extracts/'];

/**
 * Writes what the register answered to the questions of an export, for those who may see personal data only: a line of JSON
 * each, of loans a table too, and a page of each extract. Nothing is written while there is no answer, nor for an export of reports.
 */
export async function writeAnswers(
  ledger: Ledger,
  exported: ExportRecord,
  folder: string,
  language: Language,
): Promise<void> {
  const { api } = exported.mapping;
  if (isBatchApi(api)) return;
  const restricted = join(folder, 'restricted');
  // A question that is asked again has no answer meanwhile.
  if (!(await anyOf(ledger.answers(exported.id)))) {
    for (const name of ['answers.jsonl', 'answers.csv']) removeFile(join(restricted, name));
    return await writeExtracts(ledger, exported, restricted, language);
  }
  durableFolder(restricted, 0o700);
  using file = new DurableFile(join(restricted, 'answers.jsonl'), 0o600);
  for await (const answer of ledger.answers(exported.id)) file.write(`${lineOf(answer)}\n`);
  file.publish();
  if (api === 'GetLoan') await writeTable(ledger, exported.id, join(restricted, 'answers.csv'));
  else await writeExtracts(ledger, exported, restricted, language);
}

function lineOf({ line, question, status, answer }: AnsweredQuestion): string {
  return `{"line":${line},"question":${question},"status":${status},"answer":${jsonLine(answer)}}`;
}

/** One row an answer; one column for each member that any of the answers has, also those we know nothing of. */
async function writeTable(ledger: Ledger, exportId: number, path: string): Promise<void> {
  const columns = new Map<string, number>();
  for await (const { answer } of ledger.answers(exportId))
    for (const member of membersOf(answer)) if (!columns.has(member.path)) columns.set(member.path, columns.size);
  using file = new DurableFile(path, 0o600);
  const csv = new PeopleCsv(file, ['line', 'loanNumber', 'status', ...columns.keys()]);
  for await (const { line, reference, status, answer } of ledger.answers(exportId)) {
    const cells = Array.from({ length: columns.size }, () => '');
    for (const member of membersOf(answer)) cells[columns.get(member.path) ?? 0] = member.text;
    csv.add([line, reference, status, ...cells]);
  }
  csv.flush();
  file.publish();
}

/** What is not JSON stands in a column of its own, as it came. */
const membersOf = (answer: string) => answerMembers(answer) ?? [{ path: 'answer', text: answer }];

async function anyOf(answers: AsyncIterable<unknown>): Promise<boolean> {
  for await (const _ of answers) return true;
  return false;
}
