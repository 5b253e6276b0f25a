import { reportNoun } from '../contract/apis.ts';
import type { Decided, Hindered, Hindrance, Target } from '../ledger/decisions.ts';
import type { ExportRecord, Ledger } from '../ledger/ledger.ts';
import { UsageError } from '../lib/problem.ts';
import { didYouMean } from '../lib/suggest.ts';
import { receiptOf } from '../reports/write-export.ts';
import { exportsCalled, theExport } from './find-export.ts';

/** The kinds of loan numbers of the register: people give the number alone. */
export const numberTypes = ['Other', 'Iban', 'Bban'];

/** The names in the ledger that a loan number may have. */
export const loansCalled = (word: string): string[] =>
  word.includes(':') ? [word] : numberTypes.map((type) => `${type}:${word}`);

/**
 * What a word of the command line, and lines after it, mean: rows of an export, all of it, or a loan.
 * @throws UsageError when nothing can be meant, too much, or the words contradict each other
 */
export async function nameTarget(
  word: string,
  lines: readonly string[],
  which: 'all' | 'lines',
  exports: readonly ExportRecord[],
  verb: string,
): Promise<Target> {
  const all = which === 'all';
  const called = exportsCalled(word, exports).length > 0;
  const wrong = lines.find((line) => !/^[1-9]\d{0,8}$/.test(line));
  if (wrong !== undefined)
    throw new UsageError(`${wrong} is no line of a file`, {
      hint: `say line numbers as errors.csv has them: luottoputki ${verb} ${word} 17 23`,
    });
  if (!called && (lines.length > 0 || /[./\\]/.test(word)))
    throw new UsageError(
      `no export is called ${word}${didYouMean(
        word,
        exports.map(({ name }) => name),
      )}`,
      { hint: 'say a name, at least the first 8 characters of a SHA-256, or an outbox folder' },
    );
  if (!called) return { kind: 'loan', loans: loansCalled(word) };
  if (all === lines.length > 0)
    throw new UsageError(all ? '--all and lines exclude each other' : `which rows of ${word}?`, {
      hint: `say its lines, as errors.csv has them (luottoputki ${verb} ${word} 17 23), or --all`,
    });
  const { id: exportId } = await theExport(word, [exports], exports, async () => '');
  return all ? { kind: 'all', exportId } : { kind: 'lines', exportId, lines: lines.map(Number) };
}

const words: Record<Hindrance, string> = {
  noReport: 'has no row that became a report or failed',
  notOver: 'the export has not been let through; approve it, or withdraw it',
  accepted: 'the register has accepted it',
  open: 'it has no verdict yet',
  held: 'it is held because its loan was not accepted, and leaves by itself once that is; to give it up, add --with-held',
  corrected: 'a correction of it was accepted',
  underWay: 'a correction of it is on its way',
  superseded: 'a correction of it failed too: it is that one that counts now',
  resolved: 'it was resolved before',
  notResolved: 'it is not resolved',
  invalid: 'it never left: a finding stops it, so it must be corrected in restricted/to-fix.csv',
  replaced:
    'the same report came in a later export, and was accepted or is on its way: sent again, it would be doubled',
};

/** Says why nothing was changed, at most ten lines of it. */
export function nothingDone(
  word: string,
  because: readonly Hindered[],
  exports: readonly ExportRecord[],
  otherwise: { message: string; hint: string },
): UsageError {
  if (because.length === 0) return new UsageError(otherwise.message, { hint: otherwise.hint });
  const nameOf = (id: number) => exports.find((exported) => exported.id === id)?.name ?? '';
  const told = because
    .slice(0, shown)
    .map(({ exportId, line, why }) => `${nameOf(exportId)}${line === null ? '' : `:${line}`}  ${words[why]}`);
  const more = because.length > shown ? [`and ${because.length - shown} more`] : [];
  return new UsageError(`${word}: nothing was changed`, { hint: [...told, ...more].join('\n  ') });
}
const shown = 10;

/** Says what was changed in each export, and what is still open in it; `did` is the word for it. */
export async function sayDone(
  ledger: Ledger,
  exports: readonly ExportRecord[],
  { reports, rows, held }: Decided & { kind: 'done' },
  did: string,
): Promise<string> {
  const said: string[] = [];
  for (const exported of exports) {
    const of = (list: readonly { exportId: number }[]) =>
      list.filter(({ exportId }) => exportId === exported.id).length;
    const [some, lone, heldToo] = [of(reports), of(rows), of(held)];
    if (some + lone + heldToo === 0) continue;
    const noun = (count: number) => `${count} ${reportNoun[exported.mapping.api]}${count === 1 ? '' : 's'}`;
    const whole = exported.stage === 'mapped' ? `${lone} row${lone === 1 ? '' : 's'} of no report` : 'the whole export';
    const parts = [
      ...(some > 0 ? [noun(some)] : []),
      ...(lone > 0 ? [whole] : []),
      ...(heldToo > 0 ? [`${noun(heldToo)} that ${heldToo === 1 ? 'was' : 'were'} held`] : []),
    ];
    const { receipt } = await receiptOf(ledger, exported, exports, 'en');
    said.push(`${exported.name}: ${parts.join(' and ')} ${did} (now ${receipt.state})\n  ${receipt.nextStep}`);
  }
  return said.join('\n');
}
