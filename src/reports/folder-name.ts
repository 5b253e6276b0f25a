import { join } from 'node:path';

/** The outbox folder of an export, relative to the outbox: `<day>/<name without .csv>--<first 8 of its SHA-256>`. */
export function folderOf(exported: { name: string; day: string; sha256: string }, again?: number): string {
  const stem = exported.name.replace(/\.csv$/i, '');
  const safe = cut(
    [...stem.normalize('NFC')].map((character) => (/[\p{L}\p{Nd}._ -]/u.test(character) ? character : '_')),
  );
  const dotted = /^\.+$/.test(safe) || safe === '' ? '_' : safe;
  return join(
    exported.day,
    `${dotted}--${exported.sha256.slice(0, 8)}${again === undefined ? '' : `--again-${again}`}`,
  );
}

/** At most 120 characters, and few enough bytes that what comes after the name still fits into the 255 of a file system. */
function cut(characters: readonly string[]): string {
  let kept = '';
  for (const character of characters.slice(0, 120)) {
    if (Buffer.byteLength(kept + character) > 220) break;
    kept += character;
  }
  return kept;
}
