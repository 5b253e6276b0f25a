import { SettledFiles } from '../intake/settled-files.ts';
import { exitStatus } from '../pipeline/exit-status.ts';
import type { House } from '../pipeline/house.ts';
import { type Processed, processExports } from '../pipeline/process-export.ts';
import { waitForRest } from '../pipeline/take-exports.ts';
import { LeftFiles } from './left-files.ts';
import { type HouseOptions, openHouse } from './open-house.ts';
import { sayOutcome } from './say-outcome.ts';
import { listenForStop } from './stop-signals.ts';

export type RunOptions = HouseOptions & { wait: number; noWait: boolean };

/** `luottoputki run`: handles everything in the inbox, waits for verdicts, ends. */
export async function run(options: RunOptions): Promise<number> {
  await using house = await openHouse(options);
  using stop = listenForStop();
  const processed = await runOnce(house, options, stop.signal, house.misconfigured);
  const { taken } = processed;
  sayOutcome(processed, house, [
    ...new LeftFiles().news(taken),
    ...taken.waiting.map((name) => `${name}: left in the inbox, it is still being written; the next run takes it`),
  ]);
  return stop.status ?? statusOf(processed, house.misconfigured !== undefined);
}

/**
 * One round over inbox, register and outbox.
 * @param misconfigured why nothing may be taken from the inbox
 */
export async function runOnce(
  house: House,
  { wait, noWait }: { wait: number; noWait: boolean },
  signal: AbortSignal,
  misconfigured: string | undefined,
): Promise<Processed> {
  const { quietTime, readyMarker } = house.config.intake;
  const settled = new SettledFiles(quietTime, readyMarker);
  if (misconfigured === undefined) await waitForRest(house, settled, quietTime * 2 + 1000, signal);
  const until = house.clock.now() + (noWait ? 0 : wait);
  return await processExports(
    house,
    settled,
    { signal, until: noWait ? 'sent' : until, giveUp: true },
    {
      take: misconfigured === undefined,
      alarms:
        misconfigured === undefined
          ? []
          : [{ kind: 'mappingsWrong', id: 'mappingsWrong', level: '', text: misconfigured }],
    },
  );
}

/** The promised exit status of a round. */
export function statusOf({ taken, end, outbox, lost }: Processed, misconfigured: boolean): number {
  return exitStatus({
    receipts: outbox.receipts.map(({ receipt }) => receipt),
    again: outbox.again.length,
    notTaken: taken.left.length,
    noRoom: taken.noRoom,
    growing: taken.waiting.length,
    end,
    misconfigured: misconfigured || lost !== undefined,
  });
}
