import { join, relative } from 'node:path';
import { isBatchApi, reportNoun } from '../contract/apis.ts';
import type { House } from '../pipeline/house.ts';
import type { Processed } from '../pipeline/process-export.ts';
import { folderOf } from '../reports/folder-name.ts';
import { sayNoConnection } from '../submission/connection-words.ts';

/**
 * Says on stderr what a round came to, in a few lines, with what to do next.
 * @param inbox what is to be said of files that stay in the inbox
 */
export function sayOutcome({ taken, end, outbox, lost }: Processed, house: House, inbox: readonly string[]): void {
  const say = (line: string) => process.stderr.write(`${line}\n`);
  for (const line of inbox) say(line);
  for (const { exported, receipt } of outbox.receipts) {
    const { reportsBuilt, invalid, accepted, rejected, pending, unknown, held, rowsInvalid, balanced } = receipt.counts;
    const parts = [
      `${accepted} ${isBatchApi(exported.mapping.api) ? 'accepted' : 'answered'}`,
      ...(rejected ? [`${rejected} rejected`] : []),
      ...(invalid ? [`${invalid} invalid`] : []),
      ...(rowsInvalid ? [`${rowsInvalid} rows invalid`] : []),
      ...(held ? [`${held} held`] : []),
      ...(pending ? [`${pending} pending`] : []),
      ...(unknown ? [`${unknown} unknown`] : []),
    ];
    const noun = `${reportNoun[exported.mapping.api]}${reportsBuilt === 1 ? '' : 's'}`;
    say(`${exported.name}: ${reportsBuilt} ${noun}, ${parts.join(', ')} (${receipt.state})`);
    if (!balanced)
      say(
        `${exported.name}: THE SUMS DO NOT HOLD; this is a fault of luottoputki, keep the state folder and report it`,
      );
    if (receipt.state !== 'complete')
      say(
        `  ${receipt.nextStep}\n  ${relative(process.cwd(), join(house.config.folders.outbox, folderOf(exported), 'summary.html'))}`,
      );
  }
  if (lost !== undefined) say(lost);
  if (end.kind === 'unreachable')
    say(
      `the register cannot be reached: ${sayNoConnection(end.why)}. Nothing is lost; check the network and register.url, then run again`,
    );
  if (end.kind === 'halted')
    say(`sending has stopped: ${end.why}; check the certificate, the owner and register.url, then run again`);
  if (end.kind === 'noCredentials')
    say(`nothing is sent: ${end.why}. What was taken is kept; it goes by itself once the certificate can be used`);
  if (end.kind === 'timeUp')
    say('the register has not answered everything in the time given; run again to ask further');
  const nothing =
    taken.taken +
      taken.again +
      taken.left.length +
      taken.waiting.length +
      outbox.receipts.length +
      outbox.again.length ===
      0 && lost === undefined;
  if (nothing) say('nothing to do: the inbox has no new export, and every report has its verdict');
  else say(`see ${relative(process.cwd(), join(house.config.folders.outbox, 'today.html'))}`);
}
