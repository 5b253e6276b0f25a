import type { DueCount } from '../due-state.ts';
import { dueState } from '../due-state.ts';
import type { TodayPage } from '../page-data.ts';
import { deadlinePhrases } from '../phrases/deadline-phrases.ts';
import { shortDay } from './days.ts';

/** One line of the open items by due day; `width` is a share of the longest, in percent. */
export type DueLine = {
  label: string;
  count: number;
  key: 'overdue' | 'inDanger' | 'timeLeft' | 'held';
  width: string;
};

/** How many due days are drawn one by one; the rest is one line. */
const shown = 14;

/** Open items by due day, soonest first; what is due later than can be shown, and what has no due day, come last. */
export function dueDays({ openItems, day, language }: TodayPage): { lines: DueLine[]; days: number; shown: number } {
  const words = deadlinePhrases[language];
  const dated = openItems.dueDays.filter((each): each is DueCount & { dueDay: string } => each.dueDay !== null);
  const [first, later] = [dated.slice(0, shown), dated.slice(shown)];
  const sum = (counts: readonly DueCount[]) => counts.reduce((total, { count }) => total + count, 0);
  const undated = sum(openItems.dueDays.filter(({ dueDay }) => dueDay === null));
  const lines = [
    ...first.map(({ dueDay, count }) => ({ label: shortDay(dueDay, language), count, key: dueState(dueDay, day) })),
    ...(later[0]
      ? [{ label: words.laterDays(later.length), count: sum(later), key: dueState(later[0].dueDay, day) }]
      : []),
    ...(undated > 0 ? [{ label: words.noDueDay, count: undated, key: 'held' as const }] : []),
  ];
  const most = Math.max(1, ...lines.map(({ count }) => count));
  return {
    lines: lines.map((line) => ({ ...line, width: Math.max(1, (100 * line.count) / most).toFixed(1) })),
    days: dated.length,
    shown: first.length,
  };
}
