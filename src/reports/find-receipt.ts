import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Receipt } from './receipt.ts';

/** The outbox folder, relative to the outbox, that has a receipt of an export with these bytes; undefined when none has. */
export function findReceipt(outbox: string, sha256: string): string | undefined {
  if (!existsSync(outbox)) return undefined;
  for (const day of readdirSync(outbox).filter((name) => /^\d{4}-\d\d-\d\d$/.test(name)))
    for (const folder of readdirSync(join(outbox, day)))
      if (folder.endsWith(`--${sha256.slice(0, 8)}`) && isReceiptOf(join(outbox, day, folder), sha256))
        return `${day}/${folder}`;
  return undefined;
}

function isReceiptOf(folder: string, sha256: string): boolean {
  const path = join(folder, 'receipt.json');
  if (!existsSync(path)) return false;
  try {
    return Receipt.parse(JSON.parse(readFileSync(path, 'utf8'))).file.sha256 === sha256;
  } catch {
    return false;
  }
}
