/** Days of each month, February as in a leap year. */
const longest = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** True when such a day exists in the calendar, in the years 1800–2199. */
export function isDay(year: number, month: number, day: number): boolean {
  if (year < 1800 || year > 2199 || month < 1 || month > 12 || day < 1) return false;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= (month === 2 && !leap ? 28 : (longest[month - 1] ?? 0));
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(zone: string): Intl.DateTimeFormat {
  let found = formatters.get(zone);
  if (!found) {
    const two = '2-digit';
    found = new Intl.DateTimeFormat('sv-SE', {
      timeZone: zone,
      year: 'numeric',
      month: two,
      day: two,
      hour: two,
      minute: two,
      second: two,
      hourCycle: 'h23',
    });
    formatters.set(zone, found);
  }
  return found;
}

/** The local time of an instant in a zone: `yyyy-mm-dd hh:mm:ss`. */
export function localTime(instant: Date, zone = 'Europe/Helsinki'): string {
  return formatter(zone).format(instant);
}

/** The calendar day of an instant in Finland: `yyyy-mm-dd`. Business days are counted there, whatever the machine's zone. */
export function dayInFinland(instant: Date): string {
  return localTime(instant).slice(0, 10);
}

/**
 * The instant at which a zone's clocks show a local time `yyyy-mm-ddThh:mm:ss`.
 * @returns null when they never show it (the hour left out in spring), show it twice (in autumn), or the zone is unknown
 */
export function instantOf(local: string, zone: string): Date | null {
  const asUtc = Date.parse(`${local}Z`);
  if (Number.isNaN(asUtc) || !isZone(zone)) return null;
  const shown = (instant: number) => Date.parse(`${localTime(new Date(instant), zone).replace(' ', 'T')}Z`);
  // The zone's offsets around that day: at most two where the clocks are changed.
  const offsets = [asUtc - dayMs, asUtc, asUtc + dayMs].map((instant) => shown(instant) - instant);
  const instants = new Set(offsets.map((offset) => asUtc - offset).filter((instant) => shown(instant) === asUtc));
  const [only] = instants;
  return only === undefined || instants.size > 1 ? null : new Date(only);
}

const dayMs = 86_400_000;

/** True for a time zone this computer knows, such as `Europe/Helsinki`. */
export function isZone(zone: string): boolean {
  try {
    formatter(zone);
    return true;
  } catch {
    return false;
  }
}

/** An instant as the register writes it: ISO 8601, UTC, whole seconds, `Z`. */
export function utcSeconds(instant: Date): string {
  return `${instant.toISOString().slice(0, 19)}Z`;
}
