const unit: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** How durations are written: `500ms`, `2s`, `15m`, `2h`, `7d`. */
const durationPattern = /^(\d{1,9})(ms|s|m|h|d)$/;

/** Milliseconds of a written duration; null when it is not one. */
export function parseDuration(text: string): number | null {
  const [, count, name] = durationPattern.exec(text) ?? [];
  const factor = name === undefined ? undefined : unit[name];
  return factor === undefined ? null : Number(count) * factor;
}

/** A length of time for people: `3 s`, `12 min`, `2 h 5 min`, `3 days`. @param days what several days are called */
export function sayDuration(ms: number, days = 'days'): string {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < 90_000) return `${Math.round(ms / 1000)} s`;
  const minutes = Math.round(ms / 60_000);
  if (minutes < 120) return `${minutes} min`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  return `${Math.round(minutes / 1440)} ${days}`;
}
