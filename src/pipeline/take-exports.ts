import { join } from 'node:path';
import { beginningOf, type NotOpened } from '../intake/open-file.ts';
import { type InboxFile, type Left, scanInbox, staleFiles } from '../intake/scan-inbox.ts';
import type { SettledFiles } from '../intake/settled-files.ts';
import { removeFromInbox, spoolExport } from '../intake/take-export.ts';
import { dayInFinland } from '../lib/calendar.ts';
import { UsageError } from '../lib/problem.ts';
import { reached } from '../lib/step.ts';
import type { LoadedMapping } from '../mapping/load-mapping.ts';
import { isActive, mappingsFor, versionOn, whyIdle, whyNotTaken } from '../mapping/mappings-for.ts';
import { usesMemory } from '../mapping/uses-memory.ts';
import { afterAgain } from '../reports/export-handle.ts';
import { findReceipt } from '../reports/find-receipt.ts';
import { readFixToken } from '../reports/to-fix-csv.ts';
import { fixKey } from './fix-key.ts';
import type { House } from './house.ts';

/** What one look at the inbox came to. */
export type Taken = {
  taken: number;
  again: number;
  /** Files that stay where they are, and why. */
  left: Left[];
  /** How many of them stay because the disk has no room for them. */
  noRoom: number;
  /** Links, folders and the like, which are never taken. */
  odd: Left[];
  /** Half-copied files, and markers without an export, that nobody finishes any more. */
  stale: Left[];
  /** Files that are not at rest yet; `wait` says when to look again, in ms. */
  waiting: string[];
  wait: number;
};

/**
 * Takes every export at rest: copied and hashed into the archive, recorded in the ledger, and only then removed from the
 * inbox. Killed in between, the next look finishes what was begun.
 */
export async function takeExports(house: House, settled: SettledFiles): Promise<Taken> {
  const { config, ledger, clock } = house;
  const scan = lookInto(config.folders.inbox);
  const { ready, waiting, wait, orphans } = settled.sort(scan.files, clock.now());
  const result: Taken = {
    ...nothingTaken(),
    odd: scan.odd,
    stale: staleFiles([...scan.passing, ...orphans], clock.now()),
    waiting: waiting.map(({ name }) => name),
    wait,
  };
  const round = await ledger.nextRound();
  for (const { file, marker } of ready) {
    const outcome = await takeIfWanted(house, file, marker, round);
    if (typeof outcome === 'object') {
      result.left.push({ name: file.name, why: outcome.why });
      if (outcome.kind === 'noRoom') result.noRoom++;
    } else if (outcome === 'forbidden')
      result.left.push({ name: file.name, why: 'it may not be read; give luottoputki the right to read it' });
    else if (outcome === 'changed') result.waiting.push(file.name);
    else if (outcome !== 'gone') result[outcome]++;
    else if (marker) removeFromInbox(config.folders.inbox, marker);
  }
  return result;
}

type Outcome = 'taken' | 'again' | NotOpened | { kind: 'unwanted' | 'stopped' | 'noRoom'; why: string };

async function takeIfWanted(
  house: House,
  file: InboxFile,
  marker: InboxFile | undefined,
  round: number,
): Promise<Outcome> {
  const beginning = beginningOf(file);
  if (typeof beginning === 'string') return beginning;
  const chosen = await chooseMapping(house, file.name, beginning.text);
  return 'why' in chosen ? { kind: 'unwanted', ...chosen } : await takeOne(house, file, marker, chosen, round);
}

/** The answer of a round that does not look into the inbox. */
export const nothingTaken = (): Taken => ({
  taken: 0,
  again: 0,
  left: [],
  noRoom: 0,
  odd: [],
  stale: [],
  waiting: [],
  wait: 0,
});

/** Waits until nothing in the inbox changes any more, so that the exports of a night are taken together; at most `limit` ms. */
export async function waitForRest(
  house: House,
  settled: SettledFiles,
  limit: number,
  signal: AbortSignal,
): Promise<void> {
  const { clock, config, progress } = house;
  const end = clock.now() + limit;
  for (let told = false; !signal.aborted; told = true) {
    const { waiting, wait } = settled.sort(lookInto(config.folders.inbox).files, clock.now());
    if (waiting.length === 0 || clock.now() >= end) return;
    if (!told)
      progress.say(
        `waiting until ${waiting.length === 1 ? waiting[0]?.name : `${waiting.length} files`} in the inbox are no longer being written`,
      );
    await clock.sleep(Math.max(20, Math.min(wait, end - clock.now())), signal);
  }
}

function lookInto(inbox: string) {
  try {
    return scanInbox(inbox);
  } catch (cause) {
    const { code = '' } = cause as NodeJS.ErrnoException;
    if (!['ENOENT', 'ENOTDIR', 'EACCES'].includes(code)) throw cause;
    throw new UsageError(`the inbox ${inbox} cannot be read (${code})`, {
      hint: 'make the folder, or correct folders.inbox in the config',
      cause,
    });
  }
}

type Chosen = { loaded: LoadedMapping; correctionOf: string | null } | { why: string };

/** By the name of the file; a correction, under any name, by the mapping its tokens name. */
async function chooseMapping(house: House, name: string, beginning: string): Promise<Chosen> {
  const { ledger, mappings, clock } = house;
  const day = dayInFinland(new Date(clock.now()));
  const token = readFixToken(beginning, await fixKey(ledger));
  if (token) {
    const versions = mappings.filter(({ mapping }) => mapping.mapping === token.mapping);
    const loaded = versions.find(({ mapping }) => isActive(mapping, day));
    const corrected = (await ledger.exports()).find(({ sha256 }) => sha256.startsWith(token.sha16));
    if (!token.ours || !corrected)
      return {
        why: 'it has __fix_ columns, but they were not written by this pipeline; take the to-fix.csv of this outbox',
      };
    if (corrected.stage === 'withdrawn')
      return { why: `it corrects rows of ${corrected.name}, which was withdrawn: nothing of that export may be sent` };
    if (!loaded)
      return {
        why:
          versions.map(({ mapping }) => whyIdle(mapping)).join('; ') ||
          `it corrects rows of the mapping ${token.mapping}, which is not there any more`,
      };
    return { loaded, correctionOf: corrected.sha256 };
  }
  const [loaded, rival] = mappingsFor(name, mappings, day);
  if (!loaded) return { why: whyNotTaken(name, mappings, day) };
  if (rival)
    return {
      why: `two mappings take it: ${loaded.mapping.mapping} and ${rival.mapping.mapping}; make their takes exclude each other`,
    };
  return { loaded, correctionOf: null };
}

async function takeOne(
  house: House,
  file: InboxFile,
  marker: InboxFile | undefined,
  chosen: { loaded: LoadedMapping; correctionOf: string | null },
  round: number,
): Promise<Outcome> {
  const { config, ledger, clock, log, tool } = house;
  const known = new Set((await ledger.exports()).map((exported) => exported.sha256));
  const whyNot = (bytes: string) => {
    const receipt =
      usesMemory(chosen.loaded.mapping) && !known.has(bytes) ? findReceipt(config.folders.outbox, bytes) : undefined;
    return receipt === undefined ? undefined : lostMemory(receipt);
  };
  const spooled = spoolExport(file, join(config.folders.state, 'archive'), clock.now(), whyNot);
  if (spooled.kind === 'stopped' || spooled.kind === 'noRoom') return spooled;
  if (spooled.kind !== 'spooled') return spooled.kind;
  // A second drop has a day of its own; a first one keeps the time the archive remembers, so that its bytes stay the same.
  const again = known.has(spooled.sha256);
  const takenAt = again ? clock.now() : spooled.takenAt;
  const day = dayInFinland(new Date(takenAt));
  const { mapping, sha256, text, parts, file: mappingFile } = versionOn(day, chosen.loaded, house.mappings);
  const taken = await ledger.takeExport({
    name: file.name,
    size: spooled.size,
    sha256: spooled.sha256,
    identity: spooled.identity,
    round,
    takenAt,
    day,
    mapping: { name: mapping.mapping, api: mapping.api, sha256, text, parts, file: mappingFile },
    environment: config.register.environment,
    owner: config.owner,
    tool,
    correctionOf: chosen.correctionOf,
  });
  reached('export.recorded');
  // The marker first: left behind alone, it would call the next export of this name ready while that is still being written.
  if (marker) removeFromInbox(config.folders.inbox, marker);
  removeFromInbox(config.folders.inbox, file);
  reached('export.leftInbox');
  log.info(taken.kind === 'again' ? 'export.refused' : 'export.taken', {
    export: spooled.sha256.slice(0, 8),
    mapping: mapping.mapping,
    ...(taken.kind === 'again' ? { why: 'the same bytes again' } : {}),
  });
  if (taken.kind !== 'again') return 'taken';
  house.progress.say(
    `${file.name}: refused, the same bytes were taken on ${taken.first.day} as ${taken.first.name}; nothing is sent twice. ${afterAgain(taken.first, await ledger.exports(), 'en')}`,
  );
  return 'again';
}

/**
 * Taken anew, an export whose reports carry the time of taking gets other bytes and other references: asking the register
 * first would not find what was sent before. The outbox remembers what a lost ledger has forgotten.
 */
const lostMemory = (receipt: string) =>
  `the outbox has a receipt of these very bytes (${receipt}), but the ledger does not know them: was the state folder lost or put back from an old copy? Put the last one back; only if these reports shall really be made anew, remove that outbox folder`;
