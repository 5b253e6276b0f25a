import type { Decided } from '../ledger/decisions.ts';
import type { ExportRecord } from '../ledger/ledger.ts';
import { UsageError } from '../lib/problem.ts';
import { type Changed, changeLedger } from './change-ledger.ts';
import { noteOf, reasonGiven, thisMinute } from './decide.ts';
import { nameTarget, nothingDone, sayDone } from './name-target.ts';

export type ResolveOptions = {
  config: string;
  why?: string;
  all?: boolean;
  withHeld?: boolean;
  entered?: boolean;
  undo?: boolean;
};

/** `luottoputki resolve EXPORT LINE…` or `LOAN`: says that failed rows are dealt with, or takes that back. */
export async function resolve(word: string, lines: readonly string[], options: ResolveOptions): Promise<number> {
  const { why, all = false, withHeld = false, entered = false, undo = false } = options;
  if (entered && withHeld)
    throw new UsageError('--entered and --with-held exclude each other', {
      hint: 'a loan that was entered at the register lets go what it holds: there is nothing to give up',
    });
  if (!undo && (why === undefined || why.trim() === ''))
    throw new UsageError('--why is missing: what became of these rows?', {
      hint: 'say it in a few words, for whoever reads the receipt later: --why "entered by hand in the register’s portal"',
    });
  return await changeLedger(options, async ({ ledger, exports }) => {
    const target = await nameTarget(word, lines, all ? 'all' : 'lines', exports, 'resolve');
    const note = noteOf(
      entered ? 'RESOLVED_ENTERED' : 'RESOLVED',
      `${entered ? 'Entered at the register by hand, told' : 'Resolved'} on ${thisMinute()}${reasonGiven(why)}.`,
    );
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
        (await sayDone(ledger, exports, done, undo ? 'open again' : 'resolved')) +
        heldText(done.heldForEver, typed) +
        releasedText(done.released),
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

function heldText(held: number, typed: string): string {
  if (held === 0) return '';
  const [are, them, they] = held === 1 ? ['1 report is', 'it', 'it'] : [`${held} reports are`, 'them', 'they'];
  const again = (option: string) => `\`npx luottoputki resolve ${typed} ${option} --why "…"\``;
  return `\n${are} held by these loans and can never go now. Once the loans were entered at the register by hand ${they} can: ${again('--entered')}. To resolve ${them} too: ${again('--with-held')}.`;
}

const releasedText = (released: number) =>
  released === 0
    ? ''
    : `\n${released === 1 ? '1 report that was held by these loans goes' : `${released} reports that were held by these loans go`} at the next run.`;
