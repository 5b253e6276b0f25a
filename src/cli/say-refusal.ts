import { explainCode } from '../contract/finding-codes.ts';
import type { Refusal } from '../reading/rows.ts';

/** That an export would be refused whole, where, and why. */
export function sayRefusal(file: string, { code, line, column, expected }: Refusal): string {
  const place = column === null ? '' : ` ${column}`;
  return `${file}:${line} ${code}${place} the export would be refused whole: expected ${expected}. ${explainCode(code, null, 'en').text}\n`;
}
