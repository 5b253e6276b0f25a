import { join } from 'node:path';

/** The outbox folder of an export, relative to the outbox: `<day>/<name without .csv>--<first 8 of its SHA-256>`. */
export function folderOf(exported: { name: string; day: string; sha256: string }, again?: number): string {
  const stem = exported.name.replace(/\.csv$/i, '');
  const safe = [...stem.normalize('NFC')]
    .map((character) => (/[\p{L}\p{Nd}._ -]/u.test(character) ? character : '_'))
    .join('')
    .slice(0, 120);
  const dotted = /^\.+$/.test(safe) || safe === '' ? '_' : safe;
  return join(
    exported.day,
    `${dotted}--${exported.sha256.slice(0, 8)}${again === undefined ? '' : `--again-${again}`}`,
  );
}
