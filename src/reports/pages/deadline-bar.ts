import type { Language } from '../../lib/language.ts';
import { deadlinePhrases } from '../phrases/deadline-phrases.ts';
import { type Bar, layBar } from './bar.ts';

const kinds = ['met', 'late', 'open', 'timeLeft', 'inDanger', 'overdue'] as const;

/** How reports with a due day stand: done on time, done late, and those that are open, on a page of a day by how their due days stand to it. */
export function deadlineBar(tally: Partial<Record<(typeof kinds)[number], number>>, language: Language): Bar {
  const { standing } = deadlinePhrases[language];
  return layBar(kinds.map((key) => ({ key, count: tally[key] ?? 0, label: standing[key] })));
}
