import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { LoadedConfig } from '../config/load-config.ts';
import type { ExportRecord, Ledger } from '../ledger/ledger.ts';
import { sayProblem, UsageError } from '../lib/problem.ts';
import { visible } from '../lib/shown-name.ts';
import { yamlText } from '../lib/yaml-text.ts';
import { type LoadedMapping, loadMapping } from '../mapping/load-mapping.ts';
import { seriesOf } from '../pipeline/house.ts';
import { diffMappings, isSame, type MappingDifference } from '../views/diff-mappings.ts';
import { ledgerToRead } from './ledger-to-read.ts';
import { keptMapping, type LookedUp, lookUpExport } from './look-up-export.ts';
import { usableConfig } from './open-house.ts';
import { partReader } from './part-reader.ts';
import { sayDifference } from './say-difference.ts';

export type DiffOptions = { config: string; json?: boolean; clear?: boolean };

/** `luottoputki diff OLD NEW FILE…`: what a change of a mapping does to exports. Status 0 nothing, 1 something. */
export async function diff(
  old: string,
  current: string,
  files: readonly string[],
  options: DiffOptions,
): Promise<number> {
  const config = usableConfig(options.config);
  await using ledger = await ledgerToRead(config);
  const all = (await ledger?.exports()) ?? [];
  const after = await versionOf(current, config, ledger, all, undefined);
  const before = await versionOf(old, config, ledger, all, after);
  if (before.mapping.api !== after.mapping.api)
    throw new UsageError(`${old} is for ${before.mapping.api}, ${current} for ${after.mapping.api}`, {
      hint: 'compare two versions of one mapping',
    });
  const exports = await exportsOf(files, config, ledger, all, after);
  const told: { file: string; difference: MappingDifference }[] = [];
  for (const { path, name, context } of exports) {
    const job = { path, context, series: seriesOf(config) };
    told.push({
      file: name,
      difference: await diffMappings(
        { ...job, mapping: before.mapping },
        { ...job, mapping: after.mapping },
        options.clear === true,
      ),
    });
  }
  const versions = { old: labelOf(before), new: labelOf(after) };
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ ...versions, files: told.map(({ file, difference }) => ({ file, ...difference })) }, null, 2)}\n`
      : sayDifference(versions, told),
  );
  return told.every(({ difference }) => isSame(difference)) ? 0 : 1;
}

const labelOf = ({ file, mapping, sha256 }: LoadedMapping) => ({ mapping: mapping.mapping, file, sha256 });

/**
 * A version of a mapping: a file, a version in the ledger by the beginning of its SHA-256, or `ledger`, the one last used.
 * @param like the mapping whose last version `ledger` means
 */
async function versionOf(
  word: string,
  config: LoadedConfig,
  ledger: Ledger | undefined,
  all: readonly ExportRecord[],
  like: LoadedMapping | undefined,
): Promise<LoadedMapping> {
  if (word !== 'ledger' && existsSync(word)) return fromFile(word, config);
  const known = all.filter(({ mapping }) =>
    word === 'ledger'
      ? mapping.name === like?.mapping.mapping
      : /^[0-9a-f]{8,64}$/.test(word) && mapping.sha256.startsWith(word),
  );
  const last = known.at(-1);
  if (ledger && last) return keptMapping(ledger, config, last.mapping);
  throw new UsageError(
    word === 'ledger'
      ? `the ledger has no version of the mapping ${like?.mapping.mapping ?? 'asked for'}`
      : `there is no mapping ${visible(word)}`,
    {
      hint: 'say the path of a mapping, at least 8 characters of the SHA-256 of a version that was used (it stands in receipts), or as the old one `ledger`',
    },
  );
}

function fromFile(path: string, config: LoadedConfig): LoadedMapping {
  const read = yamlText(readFileSync(path), path);
  const { loaded, problems } =
    'problem' in read
      ? { loaded: undefined, problems: [read.problem] }
      : loadMapping(read.text, path, seriesOf(config), partReader(dirname(path)), config.contract);
  if (loaded) return loaded;
  for (const problem of problems) if (problem.severity === 'error') process.stderr.write(`${sayProblem(problem)}\n`);
  throw new UsageError(`the mapping ${visible(path)} cannot be used`, { hint: 'correct the problems above' });
}

/** The exports to compare on; the last one of the mapping that was taken, when none is named. */
async function exportsOf(
  files: readonly string[],
  config: LoadedConfig,
  ledger: Ledger | undefined,
  all: readonly ExportRecord[],
  { mapping }: LoadedMapping,
): Promise<LookedUp[]> {
  const last = all.findLast(({ mapping: { name }, correctionOf }) => name === mapping.mapping && correctionOf === null);
  const words = files.length > 0 ? files : last ? [last.sha256] : [];
  if (words.length === 0)
    throw new UsageError(`no export of the mapping ${mapping.mapping} has been taken yet`, {
      hint: 'say which exports to compare on: luottoputki diff OLD NEW FILE…',
    });
  return Promise.all(words.map((word) => lookUpExport(word, config, ledger)));
}
