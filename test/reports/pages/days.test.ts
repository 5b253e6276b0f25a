import { expect, it } from 'vitest';
import type { Language } from '../../../src/lib/language.ts';
import { longDay, shortDay, shortMoment, shortTime, tableMoment } from '../../../src/reports/pages/days.ts';

it.each<[Language, string[]]>([
  [
    'en',
    ['Monday 5 January 2026', 'Mon 5 Jan 2026', 'Mon 5 Jan 2026 at 06:03', '06:03', 'Mon 5 Jan 06:03', '6 Jan 00:30'],
  ],
  ['fi', ['Maanantai 5. tammikuuta 2026', 'ma 5.1.2026', 'ma 5.1.2026 klo 6.03', '6.03', 'ma 5.1. 6.03', '6.1. 0.30']],
  ['sv', ['Måndag 5 januari 2026', 'mån 5.1.2026', 'mån 5.1.2026 kl. 6.03', '6.03', 'mån 5.1 6.03', '6.1 0.30']],
])('writes days and times in the manner of the language: %s', (language, expected) => {
  expect([
    longDay('2026-01-05', language),
    shortDay('2026-01-05', language),
    shortMoment('2026-01-05 06:03', language),
    tableMoment('2026-01-05 06:03', '2026-01-05', language),
    tableMoment('2026-01-05 06:03', '2026-01-06', language),
    shortTime('2026-01-05T22:30:00Z', '2026-01-05', language),
  ]).toEqual(expected);
});
