import type { ExportRecord, ExportStage } from '../ledger/ledger.ts';

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
export const approveOrWithdraw = (handle: string) =>
  `let it go with \`${command('approve', handle)}\`, or take it back with \`${command('withdraw', handle)}\``;

/** What to do when the same bytes came again. A scheduler that drops withdrawn bytes once more must not undo what a person decided; a person's mistake is undone by a person's word. */
export function afterAgain(first: ExportRecord, all: readonly ExportRecord[]): string {
  if (first.stage !== 'withdrawn') return "See that export's receipt.";
  return `That export was withdrawn; to send it after all, \`${command('approve', handleOf(first, all))}\`.`;
}
