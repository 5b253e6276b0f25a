import { sha256 } from '../lib/sha256.ts';

/** What the chain tells of: each kind of event happens in the transaction that it tells of. */
export type EventKind =
  | 'taken'
  | 'mapped'
  | 'awaitingApproval'
  | 'refused'
  | 'givenUp'
  | 'approved'
  | 'withdrawn'
  | 'planned'
  | 'verdict'
  | 'resolved'
  | 'resolutionTakenBack'
  | 'retried'
  | 'receipt';

/** A link of the chain; `detail` is JSON. Its hash covers the hash of the link before. */
export type ChainEvent = { n: number; kind: EventKind; exportSha256: string; detail: string; hash: string };

/** The hash of a link. @param before the hash of the link before; empty for the first */
export function linkHash(before: string, { n, kind, exportSha256, detail }: Omit<ChainEvent, 'hash'>): string {
  return sha256(JSON.stringify([before, n, kind, exportSha256, detail]));
}
