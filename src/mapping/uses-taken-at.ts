import type { Fields } from './mapping.ts';

/** True when a mapping writes the time an export was taken into its reports: taken anew, the same export gives other bytes. */
export function usesTakenAt(fields: Fields): boolean {
  return JSON.stringify(fields).includes('"meta":"takenAt"');
}
