import { localTime } from '../../lib/calendar.ts';

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

function partsOf(day: string) {
  const [year = '', month = '', date = ''] = day.split('-');
  const weekday = weekdays[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? '';
  return { year, month: months[Number(month) - 1] ?? '', date: String(Number(date)), weekday };
}

/** A day `yyyy-mm-dd` for headings: `Monday 5 January 2026`. */
export function longDay(day: string): string {
  const { weekday, date, month, year } = partsOf(day);
  return `${weekday} ${date} ${month} ${year}`;
}

/** A day `yyyy-mm-dd` for sentences and tables: `Mon 5 Jan 2026`. */
export function shortDay(day: string): string {
  const { weekday, date, month, year } = partsOf(day);
  return `${weekday.slice(0, 3)} ${date} ${month.slice(0, 3)} ${year}`;
}

/** A local time `yyyy-mm-dd hh:mm` for sentences: `Mon 5 Jan 2026 at 06:03`. */
export function shortMoment(moment: string): string {
  return `${shortDay(moment.slice(0, 10))} at ${moment.slice(11)}`;
}

/** An instant (ISO, UTC) as Finland's clocks show it: `06:03:12` on the day the reader has in mind, else `6 Jan 06:03`. */
export function shortTime(instant: string, day: string): string {
  const local = localTime(new Date(instant));
  if (local.startsWith(day)) return local.slice(11);
  const { date, month } = partsOf(local.slice(0, 10));
  return `${date} ${month.slice(0, 3)} ${local.slice(11, 16)}`;
}

/** How a due day stands to today. Days are written so that they sort as text. */
export function dueWord(due: string, today: string): 'overdue' | 'due today' | 'due' {
  if (due < today) return 'overdue';
  return due === today ? 'due today' : 'due';
}
