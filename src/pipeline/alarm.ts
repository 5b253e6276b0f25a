import { z } from 'zod';

const kinds = [
  'mappingsWrong',
  'ledgerForgot',
  'registerUnreachable',
  'sendingHalted',
  'batchOverdue',
  'exportStopped',
  'exportMissing',
  'certificateEnds',
  'certificateUnusable',
] as const;

/** Something a person must know of although no row of it is wrong. */
export const Alarm = z.strictObject({
  kind: z.enum(kinds),
  /** The same as long as it is the same trouble, so that it is told once: the kind, and what it is about when there can be several. */
  id: z.string(),
  /** When it changes, it has become worse, and is told anew. */
  level: z.string().default(''),
  /** For people: no personal data, and nothing of any file. */
  text: z.string(),
});
export type Alarm = z.infer<typeof Alarm>;

/** An alarm that stands: since when, and whether whoever is to be told has been told. */
export const RaisedAlarm = Alarm.extend({ since: z.iso.datetime(), told: z.boolean() });
export type RaisedAlarm = z.infer<typeof RaisedAlarm>;

/**
 * Holds what stands now against what stood before. Pure.
 * @returns what stands from now on, nothing of it told yet that was not told before, and what is to be told
 */
export function compareAlarms(
  before: readonly RaisedAlarm[],
  now: readonly Alarm[],
  at: string,
): { standing: RaisedAlarm[]; ended: RaisedAlarm[] } {
  const current = new Map(now.map((alarm) => [alarm.id, alarm]));
  const known = new Map(before.map((alarm) => [alarm.id, alarm]));
  const standing = [...current.values()].map((alarm) => {
    const same = known.get(alarm.id);
    return { ...alarm, since: same?.since ?? at, told: same?.level === alarm.level && same.told };
  });
  return { standing, ended: before.filter(({ id }) => !current.has(id)) };
}
