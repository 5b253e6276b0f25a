import type { Decided } from '../ledger/decisions.ts';
import type { ExportRecord } from '../ledger/ledger.ts';
import { UsageError } from '../lib/problem.ts';
import { type Changed, changeLedger } from './change-ledger.ts';
import { noteOf, reasonGiven, thisMinute } from './decide.ts';
import { nameTarget, nothingDone, sayDone } from './name-target.ts';

export type ResolveOptions = { config: string; why?: string; all?: boolean; withHeld?: boolean; undo?: boolean };

/** `luottoputki resolve EXPORT LINE…` or `LOAN`: says that failed rows are dealt with, or takes that back. */
export async function resolve(word: string, lines: readonly string[], options: ResolveOptions): Promise<number> {
  const { why, all = false, withHeld = false, undo = false } = options;
  if (!undo && (why === undefined || why.trim() === ''))
    throw new UsageError('--why is missing: what became of these rows?', {
      hint: 'say it in a few words, for whoever reads the receipt later: --why "entered by hand in the register’s portal"',
    });
  return await changeLedger(options, async ({ ledger, exports }) => {
    const target = await nameTarget(word, lines, all ? 'all' : 'lines', exports, 'resolve');
    const note = noteOf('RESOLVED', `Resolved on ${thisMinute()}${reasonGiven(why)}.`);
    const done = undo ? await ledger.takeBackResolution(target) : await ledger.resolve(target, note, withHeld);
    if (done.kind === 'nothing')
      throw nothingDone(word, done.because, exports, {
        message: `${word}: nothing of it ${undo ? 'was resolved' : 'has failed and is open'}`,
        hint: 'open-items.csv in the outbox, and `luottoputki status`, tell what is',
      });
    const typed = [word, ...lines, ...(all ? ['--all'] : [])].join(' ');
    return {
      event: undo ? 'report.reopened' : 'report.resolved',
      touched: touchedBy(done, exports),
      say: async () =>
        (await sayDone(ledger, exports, done, undo ? 'open again' : 'resolved')) + heldText(done.heldForEver, typed),
    };
  });
}

/** The exports a decision changed, with how many reports and rows of each. */
export function touchedBy(
  { reports, rows, held }: Decided & { kind: 'done' },
  exports: readonly ExportRecord[],
): Changed['touched'] {
  const changed = [...reports, ...rows, ...held];
  return exports.flatMap((exported) => {
    const count = changed.filter(({ exportId }) => exportId === exported.id).length;
    return count === 0 ? [] : [{ exported, count }];
  });
}

const heldText = (held: number, typed: string) =>
  held === 0
    ? ''
    : `\n${held} ${held === 1 ? 'report is' : 'reports are'} held by these loans and can never go now. To resolve ${held === 1 ? 'it' : 'them'} too: \`npx luottoputki resolve ${typed} --with-held --why "…"\`.`;
