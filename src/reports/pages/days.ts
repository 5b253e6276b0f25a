import { localTime } from '../../lib/calendar.ts';
import type { InEachLanguage, Language } from '../../lib/language.ts';

type Format = Intl.DateTimeFormat;
type Days = {
  weekday: Format;
  shortWeekday: Format;
  /** The day with its month in words, for headings. */
  long: Format;
  short: Format;
  shortWithoutYear: Format;
  /** A time of the day: `06:03` or `06:03:12`, as it came. */
  time(clock: string): string;
  /** A day and a time, in a sentence. */
  at(day: string, time: string): string;
};

const numeric = { day: 'numeric', month: 'numeric' } as const;
const inWords = { day: 'numeric', month: 'short' } as const;

function daysOf(locale: string, short: typeof numeric | typeof inWords, words: Pick<Days, 'time' | 'at'>): Days {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
  return {
    weekday: format({ weekday: 'long' }),
    shortWeekday: format({ weekday: 'short' }),
    long: format({ day: 'numeric', month: 'long', year: 'numeric' }),
    short: format({ ...short, year: 'numeric' }),
    shortWithoutYear: format(short),
    ...words,
  };
}

/** `06:03` as it is written in Finland: `6.03`. */
const pointed = (clock: string) => clock.replace(/^0/, '').replaceAll(':', '.');

const daysIn: InEachLanguage<Days> = {
  en: daysOf('en-GB', inWords, { time: (clock) => clock, at: (day, time) => `${day} at ${time}` }),
  fi: daysOf('fi-FI', numeric, { time: pointed, at: (day, time) => `${day} klo ${time}` }),
  sv: daysOf('sv-FI', numeric, { time: pointed, at: (day, time) => `${day} kl. ${time}` }),
};

const at = (day: string) => new Date(`${day}T00:00:00Z`);

/** A day `yyyy-mm-dd` for headings: `Monday 5 January 2026`, `Maanantai 5. tammikuuta 2026`. */
export function longDay(day: string, language: Language): string {
  const { weekday, long } = daysIn[language];
  const name = weekday.format(at(day));
  return `${name.charAt(0).toUpperCase()}${name.slice(1)} ${long.format(at(day))}`;
}

/** A day `yyyy-mm-dd` for sentences and tables: `Mon 5 Jan 2026`, `ma 5.1.2026`. */
export function shortDay(day: string, language: Language): string {
  const { shortWeekday, short } = daysIn[language];
  return `${shortWeekday.format(at(day))} ${short.format(at(day))}`;
}

/** A local time `yyyy-mm-dd hh:mm` for sentences: `Mon 5 Jan 2026 at 06:03`, `ma 5.1.2026 klo 6.03`. */
export function shortMoment(moment: string, language: Language): string {
  const days = daysIn[language];
  return days.at(shortDay(moment.slice(0, 10), language), days.time(moment.slice(11)));
}

/** A local time `yyyy-mm-dd hh:mm` for a table: `06:03` on the day the reader has in mind, else `Mon 5 Jan 06:03`. */
export function tableMoment(moment: string, day: string, language: Language): string {
  const { shortWeekday, shortWithoutYear, time } = daysIn[language];
  const clock = time(moment.slice(11));
  if (moment.startsWith(day)) return clock;
  const date = at(moment.slice(0, 10));
  return `${shortWeekday.format(date)} ${shortWithoutYear.format(date)} ${clock}`;
}

/** An instant (ISO, UTC) as Finland's clocks show it: `06:03:12` on the day the reader has in mind, else `6 Jan 06:03`. */
export function shortTime(instant: string, day: string, language: Language): string {
  const { shortWithoutYear, time } = daysIn[language];
  const local = localTime(new Date(instant));
  if (local.startsWith(day)) return time(local.slice(11));
  return `${shortWithoutYear.format(at(local.slice(0, 10)))} ${time(local.slice(11, 16))}`;
}
