import type { Language } from '../../lib/language.ts';
import type { DueTally } from '../due-state.ts';
import { deadlinePhrases } from '../phrases/deadline-phrases.ts';
import { type Bar, layBar } from './bar.ts';

/** Reports done on time and late, and those that are open by how their due days stand to today. */
export type DeadlineTally = Omit<DueTally, 'noDueDay'> & { met: number; late: number };

const kinds = ['met', 'late', 'timeLeft', 'inDanger', 'overdue'] as const;

/** How reports with a due day stand: done on time, done late, time left, in danger, overdue. */
export function deadlineBar(tally: DeadlineTally, language: Language): Bar {
  const { standing } = deadlinePhrases[language];
  return layBar(kinds.map((key) => ({ key, count: tally[key], label: standing[key] })));
}
