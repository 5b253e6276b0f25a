import { describe, expect, test } from 'vitest';
import { mayResend } from '../../src/submission/resend.ts';
import { start } from '../ledger/builders.ts';
import { settling } from './builders.ts';

const limits = { after: 1000, notFoundAnswers: 3 };
const unknown = { ...settling(1).context.batch, state: 'unknown' as const, notFound: 2, sentAt: start };

describe('a batch whose answer was lost', () => {
  test('may go again when the third denial comes after the time', () => {
    expect(mayResend(unknown, start + 1000, limits)).toBe(true);
  });
  test.each([
    ['the second denial', { notFound: 1 }, 1000],
    ['a denial before the time', {}, 999],
    ['never having been posted', { sentAt: null }, 1000],
    ['the register having called it its own once', { registerStatus: 'Processed' }, 1000],
    ['the register having taken it', { state: 'sent' as const }, 1000],
    ['a verdict', { state: 'settled' as const }, 1000],
  ])('does not go again at %s', (_why, more, after) => {
    expect(mayResend({ ...unknown, ...more }, start + after, limits)).toBe(false);
  });
});
