import { readFileSync } from 'node:fs';
import { byteOrderMark, type Encoding } from './encoding.ts';
import type { Dialect } from './read-export.ts';

const delimiters = [';', ',', '\t', '|'];

/**
 * How a correction is written: as its export was, unless a spreadsheet program saved it its own way. The encoding is told by
 * a byte order mark, or by letters that only UTF-8 writes so; the delimiter by the header, whose `__fix_token` we wrote.
 * @param path the correction; it holds the failed rows of one export, and is read whole
 */
export function correctionDialect(path: string, declared: Dialect): Dialect {
  const bytes = readFileSync(path);
  return { encoding: encodingOf(bytes, declared.encoding), delimiter: delimiterOf(bytes, declared.delimiter) };
}

function encodingOf(bytes: Buffer, declared: Encoding): Encoding {
  const mark = byteOrderMark(bytes);
  if (mark !== undefined && mark !== 'utf-16be') return mark;
  if (declared === 'utf-8' || declared === 'utf-16le' || bytes.every((byte) => byte < 0x80)) return declared;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return 'utf-8';
  } catch {
    return declared;
  }
}

/** The sign beside `__fix_token` in the header; a column of ours has no quote and no delimiter in its name. */
function delimiterOf(bytes: Buffer, declared: string): string {
  const [header = ''] = bytes
    .subarray(0, 64 * 1024)
    .toString('latin1')
    .replaceAll('\0', '')
    .split('\n');
  const [, before = '', after = ''] = /(.?)"?__fix_token"?(.?)/.exec(header) ?? [];
  return [after, before].find((sign) => delimiters.includes(sign)) ?? declared;
}
