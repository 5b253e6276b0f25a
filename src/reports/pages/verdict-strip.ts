import { sayDuration } from '../../lib/duration.ts';
import type { Language } from '../../lib/language.ts';
import type { TodayPage } from '../page-data.ts';
import { deadlinePhrases } from '../phrases/deadline-phrases.ts';
import { shortDay } from './days.ts';
import { strip } from './night-strip.ts';

/** One night of the strip: how high its slowest verdict and its median stand, in units of the strip, and what a pointer resting on it tells. */
export type VerdictNight = {
  x: number;
  pieces: { key: 'slowest' | 'median'; y: string; height: string }[];
  words: string;
};

/** The lowest piece, so that a verdict within a second is still seen. */
const lowest = 2;

/** How long verdicts took, night beside night. Heights follow the square root, so that one slow night does not flatten all others. */
export function verdictStrip({ nights, verdicts, language }: TodayPage): VerdictNight[] {
  const most = Math.max(1, ...verdicts.map(({ slowest }) => slowest));
  return nights.map(({ day }, at) => {
    const found = verdicts.find((verdict) => verdict.day === day);
    const piece = (key: 'slowest' | 'median', span: number) => {
      const height = Math.max(lowest, strip.height * Math.sqrt(span / most));
      return { key, y: (strip.top + strip.height - height).toFixed(1), height: height.toFixed(1) };
    };
    return {
      x: at * strip.step,
      pieces: found ? [piece('slowest', found.slowest), piece('median', found.median)] : [],
      words: `${shortDay(day, language)}: ${verdictsInWords(found, language)}`,
    };
  });
}

/** The strip in words, for those who do not see it: how many nights there were, and the slowest of all. */
export function verdictStripInWords({ nights, verdicts, language }: TodayPage): string {
  const words = deadlinePhrases[language];
  const slowest = verdicts.toSorted((a, b) => b.slowest - a.slowest)[0];
  const told = slowest ? `${shortDay(slowest.day, language)}: ${verdictsInWords(slowest, language)}` : words.noVerdict;
  return `${words.verdictTimesOf(nights.length)}; ${words.slowest}: ${told}`;
}

function verdictsInWords(found: TodayPage['verdicts'][number] | undefined, language: Language): string {
  const words = deadlinePhrases[language];
  if (!found) return words.noVerdict;
  const shown = (span: number) => sayDuration(span, words.severalDays);
  return words.verdictsOf(found.batches, shown(found.median), shown(found.slowest));
}
