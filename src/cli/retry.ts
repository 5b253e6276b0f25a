import { changeLedger } from './change-ledger.ts';
import { noteOf, reasonGiven, thisMinute } from './decide.ts';
import { nameTarget, nothingDone, sayDone } from './name-target.ts';
import { touchedBy } from './resolve.ts';

export type RetryOptions = { config: string; why?: string };

/** `luottoputki retry EXPORT [LINE…]` or `LOAN`: has reports that the register rejected sent again, unchanged. */
export async function retry(word: string, lines: readonly string[], options: RetryOptions): Promise<number> {
  return await changeLedger(options, async ({ ledger, exports }) => {
    const target = await nameTarget(word, lines, lines.length === 0 ? 'all' : 'lines', exports, 'retry');
    const note = noteOf('RETRIED', `Sent again unchanged, as asked for on ${thisMinute()}${reasonGiven(options.why)}.`);
    const done = await ledger.retry(target, note);
    if (done.kind === 'nothing')
      throw nothingDone(word, done.because, exports, {
        message: `${word}: the register has rejected nothing of it`,
        hint: 'open-items.csv in the outbox, and `luottoputki status`, tell what is open, and what comes next',
      });
    return {
      event: 'report.retried',
      touched: touchedBy(done, exports),
      say: () => sayDone(ledger, exports, done, 'to be sent again by the next `run`, or the `watch` at work'),
    };
  });
}
