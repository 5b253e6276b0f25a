import type { Mapping } from './mapping.ts';

/**
 * True when the same export, taken anew, would give other reports: the time it was taken is written into them, or loans are
 * looked for that only the ledger remembers.
 */
export function usesMemory({ fields, whenGone }: Pick<Mapping, 'fields' | 'whenGone'>): boolean {
  return whenGone !== undefined || JSON.stringify(fields).includes('"meta":"takenAt"');
}
