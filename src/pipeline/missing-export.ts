import type { Instant } from '../ledger/ledger.ts';
import { addDays, isBankingDay } from '../lib/banking-days.ts';
import { dayInFinland, instantOf } from '../lib/calendar.ts';
import type { Mapping } from '../mapping/mapping.ts';

/** When exports of a mapping must come, on the clocks of Finland. */
export type Expect = NonNullable<Mapping['expect']>;

/** An export that should have come by now: when it was due, and when the last one came, if any did. */
export type Missing = { due: Instant; last: Instant | null };

const halfDay = 12 * 3_600_000;
/** More days without a banking day than this there never are. */
const mostDays = 14;

/**
 * Says whether an export is missing. One counts for a due time when it was taken later than half a day after the due time
 * before: what comes in the evening is for the next morning, and what comes late is not taken for the next one. Pure.
 * @param taken when exports of the mapping were taken
 * @param since from when on exports are looked for; what was due before is not missed
 */
export function missingExport(
  expect: Expect,
  now: Instant,
  since: Instant,
  taken: readonly Instant[],
): Missing | undefined {
  const [due, before] = lastDue(expect, now);
  if (due === undefined || before === undefined || due <= Math.min(since, ...taken)) return undefined;
  if (taken.some((instant) => instant > before + halfDay)) return undefined;
  return { due, last: taken.length === 0 ? null : Math.max(...taken) };
}

/** The last due time that has passed, and the one before it. */
function lastDue({ by, on }: Expect, now: Instant): Instant[] {
  const found: Instant[] = [];
  let day = dayInFinland(new Date(now));
  for (let looked = 0; looked < mostDays && found.length < 2; looked++, day = addDays(day, -1)) {
    if (on === 'bankingDays' && !isBankingDay(day)) continue;
    const due = instantAt(day, by);
    if (due <= now) found.push(due);
  }
  return found;
}

/** A time of a day in Finland; in the hour that the clocks leave out or show twice, the same time after it. */
function instantAt(day: string, time: string): Instant {
  const at = (hour: number) =>
    instantOf(`${day}T${String(hour).padStart(2, '0')}${time.slice(2)}:00`, 'Europe/Helsinki');
  const hour = Number(time.slice(0, 2));
  const instant = at(hour) ?? at(hour + 1);
  if (!instant) throw new Error(`no ${time} on ${day}`);
  return instant.getTime();
}
