import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { classify, retryAfterMs } from '../../src/submission/outcome.ts';

/** What each status code means for a POST (reliability: classifying one POST); every other one is `unknown`. */
const meaning: Record<number, string> = {
  202: 'sent',
  409: 'known',
  400: 'refused',
  415: 'refused',
  422: 'refused',
  413: 'tooLarge',
  401: 'stop',
  403: 'stop',
  404: 'stop',
  405: 'stop',
};
for (let status = 300; status < 400; status++) meaning[status] = 'stop';

const everyStatus = Array.from({ length: 500 }, (_, i) => i + 100);
const answered = (status: number, retryAfter: string | null = null) =>
  classify({ kind: 'answered', status, retryAfter });

describe('what a POST came to', () => {
  test('every status code from 100 to 599 has its meaning, and whatever is not foreseen is unknown', () => {
    const found = Object.fromEntries(everyStatus.map((status) => [status, answered(status).kind]));
    expect(found).toEqual(Object.fromEntries(everyStatus.map((status) => [status, meaning[status] ?? 'unknown'])));
  });

  test('nothing but 202 is sent', () => {
    expect(everyStatus.filter((status) => answered(status).kind === 'sent')).toEqual([202]);
  });

  test('no answer of the register, whatever it is, lets a batch simply go again', () => {
    fc.assert(fc.property(fc.integer(), (status) => answered(status).kind !== 'unsent'));
  });

  test('a failure after the headers began to leave is unknown; before that nothing was sent', () => {
    const codes = [
      'ECONNREFUSED',
      'ECONNRESET',
      'UND_ERR_SOCKET',
      'UND_ERR_HEADERS_TIMEOUT',
      'HPE_INVALID',
      'AbortError',
      '',
    ];
    for (const code of codes) {
      expect(classify({ kind: 'failed', headersSent: true, code })).toEqual({
        kind: 'unknown',
        why: code,
        retryAfter: null,
      });
      expect(classify({ kind: 'failed', headersSent: false, code })).toEqual({ kind: 'unsent', why: code });
    }
  });

  test('an unknown answer keeps its Retry-After; a stop names the status', () => {
    expect(answered(503, '120')).toEqual({ kind: 'unknown', why: 'HTTP 503', retryAfter: '120' });
    expect(answered(429, '7')).toMatchObject({ kind: 'unknown', retryAfter: '7' });
    expect(answered(403)).toMatchObject({ why: expect.stringContaining('403') });
    expect(answered(301)).toMatchObject({ why: expect.stringContaining('301') });
  });
});

describe('Retry-After', () => {
  const now = Date.parse('2026-05-20T10:00:00Z');
  const day = 86_400_000;

  test.each([
    [null, 0],
    ['', 0],
    ['0', 0],
    ['120', 120_000],
    [' 120 ', 120_000],
    ['86400', day],
    ['86401', day],
    ['999999999999', day],
    ['1000000000000', day],
    ['9'.repeat(400), day],
    ['120, 60', 120_000],
    ['0, 0', 0],
    ['back in 2099', 0],
    ['1.5', 0],
    ['Wed, 20 May 2026 10:02:00 GMT', 120_000],
    ['Wed, 20 May 2026 09:58:00 GMT', 0],
    ['Wed, 20 May 2099 10:00:00 GMT', day],
    ['2026-05-20T10:00:30Z', 30_000],
    ['-120', 0],
    ['soon', 0],
    ['120 seconds or so', 0],
    ['Infinity', 0],
    ['NaN', 0],
  ])('%j means %d ms', (value, ms) => {
    expect(retryAfterMs(value, now)).toBe(ms);
  });

  test('whatever a header says, the wait is a number from nothing to a day', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.integer().map(String), fc.double().map(String)), (value) => {
        const ms = retryAfterMs(value, now);
        expect(ms >= 0 && ms <= day).toBe(true);
      }),
    );
  });
});
