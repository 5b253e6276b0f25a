import type { ExportRecord } from '../ledger/ledger.ts';
import { UsageError } from '../lib/problem.ts';
import { didYouMean } from '../lib/suggest.ts';
import { folderOf } from '../reports/folder-name.ts';

/** Exports that a word of the command line may mean: by name, by the first 8 or more characters of the SHA-256, or by outbox folder. */
export function exportsCalled(word: string, exports: readonly ExportRecord[]): ExportRecord[] {
  const path = word.replaceAll('\\', '/').replace(/\/+$/, '');
  const inHash = /^[0-9a-f]{8,64}$/i.test(word) ? word.toLowerCase() : undefined;
  const isFolder = (exported: ExportRecord) => {
    const folder = folderOf(exported).replaceAll('\\', '/');
    return path === folder || path.endsWith(`/${folder}`) || path === folder.slice(folder.indexOf('/') + 1);
  };
  return exports.filter(
    (exported) =>
      exported.name === word || (inHash !== undefined && exported.sha256.startsWith(inHash)) || isFolder(exported),
  );
}

/**
 * The one export a word means.
 * @param groups those it may mean, the likeliest first; a later group is asked only when nothing in those before it is meant
 * @param whyNot says why another export cannot be meant
 * @throws UsageError when it means none of them, or several
 */
export async function theExport(
  word: string,
  groups: readonly (readonly ExportRecord[])[],
  all: readonly ExportRecord[],
  whyNot: (exported: ExportRecord) => Promise<string>,
): Promise<ExportRecord> {
  for (const group of groups) {
    const found = exportsCalled(word, group);
    const [only] = found;
    if (only && found.length === 1) return only;
    if (only)
      throw new UsageError(`${word} means ${found.length} exports`, {
        hint: `say which one, by its SHA-256:\n${listed(found)}`,
      });
  }
  const possible = groups.flat();
  const could =
    possible.length === 0
      ? 'none can be meant at present; `luottoputki status` tells what is open'
      : `these can be meant:\n${listed(possible)}`;
  const known = exportsCalled(word, all).at(-1);
  if (known) throw new UsageError(await whyNot(known), { hint: could });
  const names = possible.map(({ name }) => name);
  throw new UsageError(`no export is called ${word}${didYouMean(word, names)}`, {
    hint: `say a name, at least the first 8 characters of a SHA-256, or an outbox folder; ${could}`,
  });
}

const shown = 10;

function listed(exports: readonly ExportRecord[]): string {
  const lines = exports
    .slice(0, shown)
    .map(({ sha256, name, day }) => `    ${sha256.slice(0, 12)}  ${name}, taken on ${day}`);
  return [...lines, ...(exports.length > shown ? [`    and ${exports.length - shown} more`] : [])].join('\n');
}
