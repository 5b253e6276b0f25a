import type { ExportRecord, ExportStage } from '../ledger/ledger.ts';
import type { Language } from '../lib/language.ts';
import { receiptPhrases } from './phrases/receipt-phrases.ts';

const stopped: readonly ExportStage[] = ['awaitingApproval', 'withdrawn', 'givenUp'];

/** What people call an export on the command line: its name, or the beginning of its SHA-256 where the name would not do. */
export function handleOf(exported: ExportRecord, all: readonly ExportRecord[]): string {
  const { id, name, sha256 } = exported;
  const plain = /^[\p{L}\p{Nd}_][\p{L}\p{Nd}._-]*$/u.test(name);
  const rival = all.some((other) => other.id !== id && other.name === name && stopped.includes(other.stage));
  return plain && !rival ? name : sha256.slice(0, 12);
}

/** A command to be typed as it stands. */
export const command = (verb: 'approve' | 'withdraw' | 'retry', handle: string) => `npx luottoputki ${verb} ${handle}`;

/** What there is to do about an export that awaits approval. */
export const approveOrWithdraw = (handle: string, language: Language) =>
  receiptPhrases[language].approveOrWithdraw(command('approve', handle), command('withdraw', handle));

/** What to do when the same bytes came again. A scheduler that drops withdrawn bytes once more must not undo what a person decided; a person's mistake is undone by a person's word. */
export function afterAgain(first: ExportRecord, all: readonly ExportRecord[], language: Language): string {
  const say = receiptPhrases[language];
  return first.stage === 'withdrawn' ? say.wasWithdrawn(command('approve', handleOf(first, all))) : say.seeReceipt;
}
