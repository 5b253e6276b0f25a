import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { LoadedConfig } from '../config/load-config.ts';
import { findFile } from '../intake/find-file.ts';
import type { ExportRecord, Ledger } from '../ledger/ledger.ts';
import { utcSeconds } from '../lib/calendar.ts';
import { UsageError } from '../lib/problem.ts';
import { sha256OfFile } from '../lib/sha256.ts';
import type { MapContext } from '../mapping/compile/compile-mapping.ts';
import { type LoadedMapping, loadKept } from '../mapping/load-mapping.ts';
import { seriesOf } from '../pipeline/house.ts';
import { contextOf } from '../views/map-file.ts';
import { chooseMapping, theFile } from './choose-mapping.ts';
import { theExport } from './find-export.ts';

/** An export to look at: its bytes, and its record when the ledger knows it. */
export type LookedUp = {
  path: string | Buffer;
  name: string;
  exported: ExportRecord | undefined;
  context: MapContext;
};

/**
 * The export a word means: a file by its path or by its name in the inbox, or one taken before by its name, the beginning
 * of its SHA-256 or its outbox folder; the archive has its bytes.
 * @throws UsageError when there is none, or its bytes are gone
 */
export async function lookUpExport(word: string, config: LoadedConfig, ledger: Ledger | undefined): Promise<LookedUp> {
  const all = (await ledger?.exports()) ?? [];
  const file = fileOf(word, config);
  if (file) {
    const sha256 = sha256OfFile(file.path);
    const exported = all.find((each) => each.sha256 === sha256);
    return { ...file, exported, context: exported ? keptContext(exported) : contextOf(new Date(), file.name) };
  }
  if (all.length === 0) return { ...theFile(word), exported: undefined, context: contextOf(new Date(), word) };
  const exported = await theExport(word, [all], all, async ({ name }) => `${name} cannot be meant`);
  const path = join(config.folders.state, 'archive', exported.sha256);
  if (!existsSync(path))
    throw new UsageError(`the archive has the bytes of ${exported.name} no more`, {
      hint: 'say the path of a copy of the export',
    });
  return { path, name: exported.name, exported, context: keptContext(exported) };
}

function fileOf(word: string, config: LoadedConfig): { path: string | Buffer; name: string } | undefined {
  return findFile(word) ?? (basename(word) === word ? findFile(join(config.folders.inbox, word)) : undefined);
}

const keptContext = ({ takenAt, day, name }: ExportRecord): MapContext => ({
  takenAt: utcSeconds(new Date(takenAt)),
  today: day,
  fileName: name,
});

/**
 * The mapping an export was taken with, as it was then; of one that was not taken, the mapping that would take it.
 * @returns the exit status when there is none
 */
export async function mappingBehind(
  { exported, name }: LookedUp,
  config: LoadedConfig,
  ledger: Ledger | undefined,
  wanted: string | undefined,
): Promise<LoadedMapping | { status: 2 | 3 }> {
  if (!exported || !ledger || wanted !== undefined) return chooseMapping(name, config, wanted);
  return keptMapping(ledger, config, exported.mapping);
}

/**
 * A version of a mapping that the ledger keeps. Places in it are told with the name its file had.
 * @throws UsageError when this luottoputki cannot read it any more
 */
export async function keptMapping(
  ledger: Ledger,
  config: LoadedConfig,
  { sha256, file }: ExportRecord['mapping'],
): Promise<LoadedMapping> {
  const { loaded } = loadKept((await ledger.mappingText(sha256)) ?? '', file, seriesOf(config), config.contract);
  if (!loaded)
    throw new UsageError(`the mapping ${file} as it was then (${sha256.slice(0, 8)}) cannot be read any more`, {
      hint: 'say --mapping NAME to use the mapping of today',
    });
  return loaded;
}
