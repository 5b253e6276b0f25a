import { createRequire } from 'node:module';

/** Loaded when the first holiday is asked about: it brings every country's, and most verbs need none. */
const load = createRequire(import.meta.url);
const holidays = new Map<string, ReadonlySet<string>>();

function holidaysOf(year: string): ReadonlySet<string> {
  let days = holidays.get(year);
  if (!days) {
    const Holidays = load('date-holidays') as typeof import('date-holidays').default;
    const found = new Holidays('FI')
      .getHolidays(Number(year))
      .map(({ date, type }) => ({ day: date.slice(0, 10), type }));
    // Of the eves, banks close on those of midsummer and Christmas, not on New Year's.
    days = new Set(
      found
        .filter(({ day, type }) => type === 'public' || (type === 'bank' && !day.endsWith('-12-31')))
        .map(({ day }) => day),
    );
    holidays.set(year, days);
  }
  return days;
}

/** True when banks in Finland are open on a day `yyyy-mm-dd`: Monday to Friday, no public holiday, no eve on which banks close. */
export function isBankingDay(day: string): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !holidaysOf(day.slice(0, 4)).has(day);
}

/** The day that lies `count` days later in the calendar. */
export function addDays(day: string, count: number): string {
  return remembered(`${day} ${count}`, () =>
    new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10),
  );
}

/** The `count`-th banking day after a day. */
export function addBankingDays(day: string, count: number): string {
  return remembered(`${day} ${count} banking`, () => {
    let found = day;
    for (let left = count; left > 0; ) {
      found = addDays(found, 1);
      if (isBankingDay(found)) left--;
    }
    return found;
  });
}

const known = new Map<string, string>();
const mostKnown = 20_000;

/** An export asks for the same few days again and again. */
function remembered(key: string, find: () => string): string {
  let found = known.get(key);
  if (found === undefined) {
    if (known.size >= mostKnown) known.clear();
    found = find();
    known.set(key, found);
  }
  return found;
}
