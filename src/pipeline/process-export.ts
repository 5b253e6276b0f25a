import { join } from 'node:path';
import type { SettledFiles } from '../intake/settled-files.ts';
import { isLostSync } from '../lib/durable-write.ts';
import { sayNoConnection } from '../submission/connection-words.ts';
import type { SubmitEnd } from '../submission/submit.ts';
import type { Alarm } from './alarm.ts';
import { alarmsToSee } from './alarms-to-see.ts';
import { noteExpected } from './expected-exports.ts';
import type { House } from './house.ts';
import { mapIntoLedger } from './map-into-ledger.ts';
import { type Patience, sendAndAsk } from './send-and-ask.ts';
import { stoppedAlarms } from './stopped-alarms.ts';
import { nothingTaken, type Taken, takeExports } from './take-exports.ts';
import { tellAlarms } from './tell-alarms.ts';
import { sayUnknownCopies, unknownCopies } from './unknown-copies.ts';
import { type Outbox, reopenReceipt, writeOutbox, writeReceipts } from './write-outbox.ts';

/** Whether the inbox is looked into at all, and what must be told in any case. */
export type Tonight = { take: boolean; alarms: readonly Alarm[] };

export type Processed = {
  taken: Taken;
  end: SubmitEnd;
  outbox: Outbox;
  /** What is wrong with the ledger as a whole, in words. */
  lost: string | undefined;
};

/**
 * The way of an export, and of all that came in the same night:
 *
 *     inbox → take → read → map → check → plan → send → ask → report → outbox
 *
 * Each step rests on what the one before made durable in the ledger, so that a kill anywhere loses nothing and doubles
 * nothing: the next call goes on where this one was.
 */
export async function processExports(
  house: House,
  settled: SettledFiles,
  patience: Patience,
  tonight: Tonight,
): Promise<Processed> {
  const taken = tonight.take ? await takeExports(house, settled) : nothingTaken();
  for (const exported of await house.ledger.unmapped()) {
    reopenReceipt(house, exported);
    await mapIntoLedger(house, exported);
  }
  await noteExpected(house);
  const copies = await unknownCopies(house);
  const lost = copies.length === 0 ? undefined : sayUnknownCopies(copies, join(house.config.folders.state, 'archive'));
  const begun = await receiptsSoFar(house);
  const end = await sendAndAsk(house, patience);
  const alarms: Alarm[] = [
    ...tonight.alarms,
    ...(lost === undefined ? [] : [alarm('ledgerForgot', lost)]),
    ...alarmOf(end),
    ...(await alarmsToSee(house)),
  ];
  const outbox = await writeOutbox(house, {
    notTaken: [...taken.left, ...taken.stale],
    leftAlone: taken.odd,
    alarms: alarms.map(({ text }) => text),
  });
  // A round that was cut short, by a stop or by an export that came, says nothing of the register. (The pages list stopped
  // exports by themselves, with their names.)
  if (end.kind !== 'interrupted') await tellAlarms(house, [...alarms, ...(await stoppedAlarms(house))]);
  return { taken, end, outbox: merged(begun, outbox), lost };
}

/** A receipt that cannot be written yet must not hold back what can be sent: it is written again at the end, and then it must. */
async function receiptsSoFar(house: House): Promise<Outbox> {
  try {
    return await writeReceipts(house);
  } catch (error) {
    if (isLostSync(error)) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    house.log.error('outbox.failed', { code: code ?? 'unknown' });
    house.progress.say(`the outbox cannot be written yet (${code ?? message}); sending goes on`);
    return { receipts: [], again: [] };
  }
}

/** The last word on every export that was open when the round began, or came in it. */
function merged(first: Outbox, last: Outbox): Outbox {
  const all = [...first.receipts, ...last.receipts];
  const open = new Set(all.filter(({ wasFinal }) => !wasFinal).map(({ exported }) => exported.id));
  const receipts = new Map(all.map((entry) => [entry.exported.id, entry]));
  return {
    receipts: [...receipts.values()].filter(({ exported }) => open.has(exported.id)),
    again: [...first.again, ...last.again],
  };
}

const alarm = (kind: Alarm['kind'], text: string): Alarm => ({ kind, id: kind, level: '', text });

function alarmOf(end: SubmitEnd): Alarm[] {
  if (end.kind === 'unreachable')
    return [
      alarm(
        'registerUnreachable',
        `The register cannot be reached: ${sayNoConnection(end.why)}. Nothing is lost; run again.`,
      ),
    ];
  if (end.kind === 'halted') return [alarm('sendingHalted', `Sending has stopped: ${end.why}.`)];
  return [];
}
