import { addBankingDays } from '../lib/banking-days.ts';

/** How the due day of something open stands to today. `inDanger`: due today, or by the next banking day. */
export type DueState = 'overdue' | 'inDanger' | 'timeLeft';

/** Open reports by due day `yyyy-mm-dd`; null for those without one. */
export type DueCount = { dueDay: string | null; count: number };

/** Open reports by how their due days stand to today. */
export type DueTally = Record<DueState | 'noDueDay', number>;

/** How a due day stands to today, both `yyyy-mm-dd`: days so written sort as text. */
export function dueState(dueDay: string, today: string): DueState {
  if (dueDay < today) return 'overdue';
  return dueDay <= addBankingDays(today, 1) ? 'inDanger' : 'timeLeft';
}

/** Counts open reports by how their due days stand to today. */
export function tallyDue(open: readonly DueCount[], today: string): DueTally {
  const tally: DueTally = { overdue: 0, inDanger: 0, timeLeft: 0, noDueDay: 0 };
  for (const { dueDay, count } of open) tally[dueDay === null ? 'noDueDay' : dueState(dueDay, today)] += count;
  return tally;
}
