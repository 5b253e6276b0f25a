import { instantOf, isDay, isZone, utcSeconds } from '../../lib/calendar.ts';
import { Fault } from './fault.ts';
import type { Converter } from './formats.ts';
import { literally } from './literally.ts';

const token: Record<string, { pattern: string; part: keyof Parts }> = {
  yyyy: { pattern: '(\\d{4})', part: 'year' },
  yy: { pattern: '(\\d{2})', part: 'year' },
  MM: { pattern: '(\\d{2})', part: 'month' },
  M: { pattern: '(\\d{1,2})', part: 'month' },
  dd: { pattern: '(\\d{2})', part: 'day' },
  d: { pattern: '(\\d{1,2})', part: 'day' },
  HH: { pattern: '(\\d{2})', part: 'hour' },
  H: { pattern: '(\\d{1,2})', part: 'hour' },
  mm: { pattern: '(\\d{2})', part: 'minute' },
  ss: { pattern: '(\\d{2})', part: 'second' },
};
type Parts = { year: number; month: number; day: number; hour: number; minute: number; second: number };

/** @param pivot the first of the hundred years that two digits stand for */
function readPattern(format: string, pivot: number | undefined): (text: string) => Parts | undefined {
  const parts: (keyof Parts)[] = [];
  let pattern = '';
  for (const [piece] of format.matchAll(/([A-Za-z])\1*|[^A-Za-z]/g)) {
    const known = token[piece];
    if (piece === 'yy' && pivot === undefined)
      throw new RangeError(
        `"${format}": two-digit years are not accepted, a year has four digits: yyyy; if the export has two, say which years they are: pivot: 1950 for 1950–2049`,
      );
    if (piece === 'yyyy' && pivot !== undefined)
      throw new RangeError(`"${format}": pivot goes with years of two digits, yy`);
    if (known) {
      if (parts.includes(known.part)) throw new RangeError(`"${format}" has its ${known.part} twice`);
      parts.push(known.part);
      pattern += known.pattern;
    } else if (piece === 'T') pattern += 'T';
    else if (/[A-Za-z]/.test(piece))
      throw new RangeError(`"${format}": unknown letters "${piece}"; known: ${Object.keys(token).join(', ')}`);
    else pattern += literally(piece);
  }
  for (const part of ['year', 'month', 'day'] as const)
    if (!parts.includes(part)) throw new RangeError(`"${format}" has no ${part}`);
  const form = new RegExp(`^${pattern}$`);
  return (text) => {
    const match = form.exec(text);
    if (!match) return undefined;
    const read: Parts = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 };
    for (let i = 0; i < parts.length; i++) read[parts[i] as keyof Parts] = Number(match[i + 1]);
    if (pivot !== undefined) read.year = yearFrom(pivot, read.year);
    return isDay(read.year, read.month, read.day) && read.hour < 24 && read.minute < 60 && read.second < 60
      ? read
      : undefined;
  };
}

/** The year with these last two digits among the hundred that begin with the pivot. */
const yearFrom = (pivot: number, year: number) => pivot + ((((year - pivot) % 100) + 100) % 100);

const two = (number: number) => (number < 10 ? `0${number}` : `${number}`);
const sayDay = ({ year, month, day }: Parts) => `${year}-${two(month)}-${two(day)}`;

/** Reads days; a time in the format is read and dropped. */
export function dateConverter(format: string, pivot?: number): Converter {
  const read = readPattern(format, pivot);
  return {
    kind: 'date',
    personal: false,
    convert(text) {
      const parts = read(text);
      return parts ? sayDay(parts) : new Fault('DATE_FORMAT', `a day of the calendar written ${format}`);
    },
  };
}

/** Reads times as the clocks of a zone show them. */
export function dateTimeConverter(format: string, zone: string, pivot?: number): Converter {
  if (!isZone(zone)) throw new RangeError(`"${zone}" is no time zone; one is Europe/Helsinki`);
  const read = readPattern(format, pivot);
  return {
    kind: 'dateTime',
    personal: false,
    convert(text) {
      const parts = read(text);
      const local = parts && `${sayDay(parts)}T${two(parts.hour)}:${two(parts.minute)}:${two(parts.second)}`;
      const instant = local === undefined ? null : instantOf(local, zone);
      return instant
        ? utcSeconds(instant)
        : new Fault('DATE_TIME_FORMAT', `a time written ${format} that the clocks of ${zone} show once`);
    },
  };
}

/** Reads a time that names its own offset. */
export function isoInstant(text: string): string | Fault {
  const form = /^(\d{4})-(\d\d)-(\d\d)T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;
  const [, year, month, day] = form.exec(text) ?? [];
  const instant = Date.parse(text);
  if (!isDay(Number(year), Number(month), Number(day)) || Number.isNaN(instant))
    return new Fault('DATE_TIME_FORMAT', 'a time such as 2026-01-03T02:10:00Z');
  return utcSeconds(new Date(instant));
}
