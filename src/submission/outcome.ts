/** What was seen of one POST. `headersSent` is evidence: undici told that it began to write this very request. */
export type Observation =
  | { kind: 'answered'; status: number; retryAfter: string | null }
  | { kind: 'failed'; headersSent: boolean; code: string };

/**
 * What a POST came to. `unknown` is the default for everything not foreseen: it costs one question, while a wrong
 * `unsent` costs a doubled report.
 */
export type Outcome =
  | { kind: 'sent' }
  | { kind: 'known' }
  | { kind: 'refused' }
  | { kind: 'tooLarge' }
  | { kind: 'unsent'; why: string }
  | { kind: 'stop'; why: string }
  | { kind: 'unknown'; why: string; retryAfter: string | null };

/** Classifies one POST of a batch; total and pure. */
export function classify(seen: Observation): Outcome {
  if (seen.kind === 'failed')
    return seen.headersSent
      ? { kind: 'unknown', why: seen.code, retryAfter: null }
      : { kind: 'unsent', why: seen.code };
  const { status, retryAfter } = seen;
  // 202 is the only success (register-contract.md section 3); the status line decides, whatever becomes of the body.
  if (status === 202) return { kind: 'sent' };
  if (status === 409) return { kind: 'known' };
  if (status === 413) return { kind: 'tooLarge' };
  if (status === 400 || status === 415 || status === 422) return { kind: 'refused' };
  if (status === 401 || status === 403)
    return { kind: 'stop', why: `the register refused the certificate or the owner (HTTP ${status})` };
  if (status === 404 || status === 405 || (status >= 300 && status < 400))
    return { kind: 'stop', why: `nothing at the register takes reports at this address (HTTP ${status})` };
  // Whether the register limits the rate before it takes a batch is not known: asked about before it goes again.
  return { kind: 'unknown', why: `HTTP ${status}`, retryAfter };
}

const longestWait = 24 * 3_600_000;

/** A date as HTTP writes it, or as ISO 8601 does; `Date.parse` alone takes any text with a number in it for a date. */
const dates = [/^\w{3,9}, .* GMT$/, /^\d{4}-\d\d-\d\dT/];

/**
 * How long a Retry-After asks us to wait, in ms: seconds or a date, clamped to a day; 0 when it says nothing sensible.
 * Of several numbers (a header that came twice) the longest wait counts.
 */
export function retryAfterMs(value: string | null, now: number): number {
  if (value === null) return 0;
  const text = value.trim();
  if (/^\d+(\s*,\s*\d+)*$/.test(text)) return Math.min(Math.max(...text.split(',').map(Number)) * 1000, longestWait);
  const ms = dates.some((date) => date.test(text)) ? Date.parse(text) - now : Number.NaN;
  if (Number.isNaN(ms) || ms <= 0) return 0;
  return Math.min(ms, longestWait);
}
