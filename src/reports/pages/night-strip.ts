import type { TodayPage } from '../page-data.ts';
import { shortDay } from './days.ts';
import { counted } from './numbers.ts';

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
export function nightStrip(nights: TodayPage['nights']): StripNight[] {
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
      words: `${shortDay(day)}: ${accepted + failed === 0 ? 'nothing' : tallyInWords({ accepted, failed, late })}`,
    };
  });
}

/** The strip in words, for those who do not see it. */
export function stripInWords(nights: TodayPage['nights']): string {
  const sum = (key: 'accepted' | 'failed' | 'late') => nights.reduce((total, night) => total + night[key], 0);
  return `The last ${nights.length} days: ${tallyInWords({ accepted: sum('accepted'), failed: sum('failed'), late: sum('late') })}`;
}

function tallyInWords({ accepted, failed, late }: { accepted: number; failed: number; late: number }): string {
  return [
    `${counted(accepted, 'report')} accepted`,
    `${failed === 0 ? 'none' : counted(failed, 'report')} failed`,
    ...(late > 0 ? [`${counted(late, 'report')} accepted after the due day`] : []),
  ].join(', ');
}
