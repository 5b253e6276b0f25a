import { createHash } from 'node:crypto';
import type { BatchApi } from '../contract/apis.ts';

/** Everything that makes a batch the one it is; the same parts always give the same reference. */
export type BatchIdentity = {
  environment: string;
  ownerIdCode: string;
  api: BatchApi;
  fileSha256: string;
  mappingSha256: string;
  number: number;
  bodySha256: string;
  generation: number;
};

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * The reference of a batch: the API's name and 80 bits of what the batch is. Derived, never drawn: after a crash, and even
 * after the loss of the ledger, the same export gives the same references, so the register can be asked about them.
 * At most 34 characters, `A–Z a–z 0–9 -` only.
 */
export function batchReference(identity: BatchIdentity): string {
  const { environment, ownerIdCode, api, fileSha256, mappingSha256, number, bodySha256, generation } = identity;
  const parts = [environment, ownerIdCode, api, fileSha256, mappingSha256, number, bodySha256, generation];
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest();
  let bits = 0n;
  for (const byte of digest.subarray(0, 10)) bits = (bits << 8n) | BigInt(byte);
  let code = '';
  for (let shift = 75n; shift >= 0n; shift -= 5n) code += alphabet[Number((bits >> shift) & 31n)];
  return `${api}-${code}`;
}
