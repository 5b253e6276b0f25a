import type { Instant } from '../ledger/ledger.ts';
import { addDays } from '../lib/banking-days.ts';
import { instantOf } from '../lib/calendar.ts';
import { UsageError } from '../lib/problem.ts';

/**
 * The time in which something about a loan was under way, from `--since` and `--until`; a day of the latter counts whole.
 * @throws UsageError when one of them is no time, or they are the wrong way round
 */
export function timeWindow({ since, until }: { since?: string; until?: string }): {
  since: Instant | null;
  until: Instant | null;
} {
  const from = since === undefined ? null : instant(since, '--since', 0);
  const to = until === undefined ? null : instant(until, '--until', 1);
  if (from !== null && to !== null && to <= from)
    throw new UsageError(`--since ${since} does not lie before --until ${until}`, { hint: 'turn them round' });
  return { since: from, until: to };
}

/** A day, or a Finnish local time; of a day its beginning, or that of a day so much later. */
function instant(text: string, option: string, daysOn: 0 | 1): Instant {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));
  const local = isDay ? `${addDays(text, daysOn)}T00:00` : text;
  const found = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(local) ? instantOf(`${local}:00`, 'Europe/Helsinki') : null;
  if (!found)
    throw new UsageError(`${option} ${text} is no day and no time`, { hint: 'say 2026-05-20 or 2026-05-20T07:00' });
  return found.getTime();
}
