import { z } from 'zod';
import type { Ledger } from '../ledger/ledger.ts';
import { utcSeconds } from '../lib/calendar.ts';
import { maskIdentityCodes } from '../lib/mask.ts';
import { type Alarm, compareAlarms, RaisedAlarm } from './alarm.ts';
import type { House } from './house.ts';
import { sendAlarm } from './send-alarm.ts';

/** What the ledger keeps of alarms: those that stand, and those that ended and of whose end nobody has been told yet. */
const Kept = z.strictObject({
  standing: z.array(RaisedAlarm),
  ended: z.array(RaisedAlarm),
  /** The last try to tell one failed. */
  failing: z.boolean(),
});
type Kept = z.infer<typeof Kept>;
const key = 'alarms';

/** The alarms that stood when somebody last looked. */
export async function standingAlarms(ledger: Pick<Ledger, 'recall'>): Promise<RaisedAlarm[]> {
  return (await kept(ledger)).standing;
}

async function kept(ledger: Pick<Ledger, 'recall'>): Promise<Kept> {
  const text = await ledger.recall(key);
  return text === undefined ? { standing: [], ended: [], failing: false } : Kept.parse(JSON.parse(text));
}

/**
 * Keeps what stands, and tells each alarm once when it is raised or has become worse, and once when it has ended. What cannot
 * be told is tried again in the next round; that never stops a run. Killed in between, one may be told twice.
 */
export async function tellAlarms(house: House, now: readonly Alarm[]): Promise<void> {
  const { ledger, clock, config } = house;
  const before = await kept(ledger);
  const at = utcSeconds(new Date(clock.now()));
  const compared = compareAlarms([...before.standing, ...before.ended], now, at);
  // Of what nobody was told of, nobody needs to hear that it has ended.
  let state: Kept = { ...before, standing: compared.standing, ended: compared.ended.filter(({ told }) => told) };
  const keep = async (next: Kept) => {
    state = next;
    await ledger.remember(key, JSON.stringify(next));
  };
  if (JSON.stringify(state) !== JSON.stringify(before)) await keep(state);
  if (config.alarms.command === undefined && config.alarms.webhook === undefined) return;
  for (const alarm of state.standing.filter(({ told }) => !told)) {
    if (!(await tell(house, alarm, 'raised', state.failing))) return await noteFailure(state, keep);
    const standing = state.standing.map((each) => (each.id === alarm.id ? { ...each, told: true } : each));
    await keep({ ...state, standing, failing: false });
  }
  for (const alarm of state.ended) {
    if (!(await tell(house, alarm, 'cleared', state.failing))) return await noteFailure(state, keep);
    await keep({ ...state, ended: state.ended.filter(({ id }) => id !== alarm.id), failing: false });
  }
}

async function noteFailure(state: Kept, keep: (next: Kept) => Promise<void>): Promise<void> {
  if (!state.failing) await keep({ ...state, failing: true });
}

async function tell(
  { config, log, progress }: House,
  { kind, since, text }: RaisedAlarm,
  state: 'raised' | 'cleared',
  failedBefore: boolean,
): Promise<boolean> {
  const { environment } = config.register;
  const sent = await sendAlarm(
    config,
    `${JSON.stringify({ alarm: kind, state, since, text: maskIdentityCodes(text), environment })}\n`,
  );
  if (sent.kind === 'sent') {
    log.info('alarm.told', { code: kind, status: state });
    return true;
  }
  log.error('alarm.untold', { code: kind, status: state, why: sent.why });
  if (!failedBefore) progress.say(`an alarm could not be told: ${sent.why}. It is tried again; the run goes on`);
  return false;
}
