import type { Language } from '../../lib/language.ts';
import type { TodayPage } from '../page-data.ts';
import { type TodayPhrases, todayPhrases } from '../phrases/today-phrases.ts';
import { shortDay } from './days.ts';

/** One night of the strip: its pieces from the ground up, in units of the strip, and what a pointer resting on it tells. */
export type StripNight = {
  x: number;
  pieces: { key: 'accepted' | 'rejected'; y: string; height: string }[];
  late: boolean;
  words: string;
};

/** Measures of the strip, in units of its own. */
export const strip = { step: 20, width: 14, height: 100, top: 12 };
/** The lowest piece, so that one rejected report among a million is still seen. */
const lowest = 3;

/** The last nights side by side: accepted, failed, late. A night's height follows the square root, so that a stock upload does not flatten all others. */
export function nightStrip(nights: TodayPage['nights'], language: Language): StripNight[] {
  const words = todayPhrases[language];
  const most = Math.max(1, ...nights.map(({ accepted, failed }) => accepted + failed));
  return nights.map(({ day, accepted, failed, late }, at) => {
    const whole = strip.height * Math.sqrt((accepted + failed) / most);
    const red = failed === 0 ? 0 : Math.max(lowest, (whole * failed) / (accepted + failed));
    const green = accepted === 0 ? 0 : Math.max(lowest, whole - red);
    const ground = strip.top + strip.height;
    const piece = (key: 'accepted' | 'rejected', height: number, below: number) =>
      height === 0 ? [] : [{ key, y: (ground - below - height).toFixed(1), height: height.toFixed(1) }];
    return {
      x: at * strip.step,
      pieces: [...piece('accepted', green, 0), ...piece('rejected', red, green)],
      late: late > 0,
      words: `${shortDay(day, language)}: ${accepted + failed === 0 ? words.nightNothing : tallyInWords({ accepted, failed, late }, words)}`,
    };
  });
}

/** The strip in words, for those who do not see it. */
export function stripInWords(nights: TodayPage['nights'], language: Language): string {
  const words = todayPhrases[language];
  const sum = (key: 'accepted' | 'failed' | 'late') => nights.reduce((total, night) => total + night[key], 0);
  const tally = { accepted: sum('accepted'), failed: sum('failed'), late: sum('late') };
  return `${words.lastDays(nights.length)}: ${tallyInWords(tally, words)}`;
}

function tallyInWords(
  { accepted, failed, late }: { accepted: number; failed: number; late: number },
  words: TodayPhrases,
): string {
  return [words.nightAccepted(accepted), words.nightFailed(failed), ...(late > 0 ? [words.nightLate(late)] : [])].join(
    ', ',
  );
}
