import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { LoadedConfig } from '../config/load-config.ts';
import { linkHash } from '../ledger/evidence.ts';
import type { BatchRecord, ExportRecord, Ledger } from '../ledger/ledger.ts';
import { sha256OfFile, sha256 as textHash } from '../lib/sha256.ts';
import { folderOf } from '../reports/folder-name.ts';

/** What was looked at, and what does not agree with what was kept: the first thing first. */
export type Verified = {
  events: number;
  exports: number;
  receipts: number;
  unfinished: number;
  head: string;
  changed: string[];
};

const Taken = z.looseObject({ name: z.string(), size: z.number(), mapping: z.string() });
const Planned = z.looseObject({ reference: z.string(), bodySha256: z.string(), count: z.number() });
const Verdict = z.looseObject({ reference: z.string(), state: z.string(), registerStatus: z.string().nullable() });
const Told = z.looseObject({ revision: z.number(), sha256: z.string(), files: z.record(z.string(), z.string()) });

/** What the chain says of one export. */
type Said = {
  taken: z.infer<typeof Taken> | undefined;
  planned: Map<string, z.infer<typeof Planned>>;
  verdicts: Map<string, z.infer<typeof Verdict>>;
  receipts: Map<number, z.infer<typeof Told>>;
};

/**
 * Recomputes everything that was kept as evidence: the chain, the ledger against it, the archive, and the receipts of the
 * outbox. Reads only; what another process writes meanwhile is not looked at.
 * @param wanted the exports whose batches, bytes and receipts are looked at
 */
export async function verify(
  ledger: Ledger,
  { folders }: Pick<LoadedConfig, 'folders'>,
  wanted: readonly ExportRecord[],
): Promise<Verified> {
  // Looked up before the chain is read: what comes in between is in the chain, at least.
  const batches = new Map<number, BatchRecord[]>();
  for (const { id } of wanted) batches.set(id, await ledger.batches(id));
  const first = await ledger.chainFrom();
  const retold = await ledger.toRetell();
  const chain = await readChain(ledger, new Set(wanted.map(({ sha256 }) => sha256)));
  const result: Verified = {
    events: chain.events,
    exports: wanted.length,
    receipts: 0,
    unfinished: 0,
    head: chain.head,
    changed: [...chain.changed],
  };
  const tell = (what: string) => result.changed.push(what);
  for (const exported of wanted) {
    const said = chain.said.get(exported.sha256) ?? nothingSaid();
    const told = exported.id > first;
    if (told && chain.changed.length === 0)
      await checkLedger(ledger, exported, batches.get(exported.id) ?? [], said, tell);
    checkArchive(join(folders.state, 'archive', exported.sha256), exported, tell);
    const revisions = await ledger.receiptRevisions(exported.id);
    for (const [at, text] of revisions.entries())
      if (said.receipts.get(at + 1)?.sha256 !== textHash(text))
        tell(`ledger: the receipt of ${exported.name}, revision ${at + 1}, is not the one the chain tells of`);
    result.receipts += revisions.length;
    if (!existsSync(join(folders.outbox, folderOf(exported), 'DONE'))) result.unfinished++;
    if (!retold.has(exported.id)) checkFolder(join(folders.outbox, folderOf(exported)), revisions, said, tell);
  }
  return result;
}

const nothingSaid = (): Said => ({ taken: undefined, planned: new Map(), verdicts: new Map(), receipts: new Map() });

async function readChain(ledger: Ledger, wanted: ReadonlySet<string>) {
  const said = new Map<string, Said>();
  let [head, events] = ['', 0];
  for await (const event of ledger.events()) {
    events++;
    if (event.n !== events || linkHash(head, event) !== event.hash)
      return {
        events,
        head,
        said,
        changed: [`chain: event ${events} (${event.kind}) or what came just before it was changed, added or removed`],
      };
    head = event.hash;
    if (!wanted.has(event.exportSha256)) continue;
    const its = said.get(event.exportSha256) ?? nothingSaid();
    said.set(event.exportSha256, its);
    const detail: unknown = JSON.parse(event.detail);
    if (event.kind === 'taken') its.taken = Taken.parse(detail);
    if (event.kind === 'planned') its.planned.set(Planned.parse(detail).reference, Planned.parse(detail));
    if (event.kind === 'verdict') its.verdicts.set(Verdict.parse(detail).reference, Verdict.parse(detail));
    if (event.kind === 'receipt') its.receipts.set(Told.parse(detail).revision, Told.parse(detail));
  }
  return { events, head, said, changed: [] };
}

async function checkLedger(
  ledger: Ledger,
  exported: ExportRecord,
  batches: readonly BatchRecord[],
  { taken, planned, verdicts }: Said,
  tell: (what: string) => void,
): Promise<void> {
  const { name, size, mapping } = exported;
  if (!taken) return tell(`chain: that ${name} was taken is missing; its end may have been cut off`);
  if (taken.name !== name || taken.size !== size || taken.mapping !== mapping.sha256)
    tell(`ledger: ${name} is not recorded as it was when it was taken`);
  for (const batch of batches) {
    const { reference, bodySha256, count, state, registerStatus } = batch;
    const plan = planned.get(reference);
    if (!plan) tell(`chain: that batch ${reference} was planned is missing; its end may have been cut off`);
    else if (plan.bodySha256 !== bodySha256 || plan.count !== count)
      tell(`ledger: batch ${reference} is not recorded as it was planned`);
    else if ((await bodyHash(ledger, batch)) !== bodySha256)
      tell(`ledger: the bytes of batch ${reference} are not those that were planned`);
    const verdict = verdicts.get(reference);
    const over = state === 'settled' || state === 'failed' || state === 'refused';
    if (over && (verdict?.state !== state || verdict.registerStatus !== registerStatus))
      tell(`ledger: the verdict on batch ${reference} is not the one that came`);
  }
}

/** Reports that went on to another batch have left theirs: such a batch cannot be put together again, and is believed. */
async function bodyHash(ledger: Ledger, { id, count, bodySha256 }: BatchRecord): Promise<string> {
  const { head, tail, texts } = await ledger.batchBody(id);
  return texts.length === count ? textHash(head + texts.join(',') + tail) : bodySha256;
}

function checkArchive(path: string, { name, sha256, size }: ExportRecord, tell: (what: string) => void): void {
  const found = existsSync(path) ? statSync(path).size : undefined;
  if (found === undefined) tell(`${path}: the bytes of ${name} are gone`);
  else if (found !== size) tell(`${path}: the bytes of ${name} were changed: ${found} bytes instead of ${size}`);
  else if (sha256OfFile(path) !== sha256)
    tell(`${path}: the bytes of ${name} were changed (their SHA-256 is another one)`);
}

function checkFolder(folder: string, revisions: readonly string[], said: Said, tell: (what: string) => void): void {
  const compare = (name: string, text: string) => {
    const path = join(folder, name);
    if (!existsSync(path)) return tell(`${path}: is gone`);
    const at = firstDifference(readFileSync(path), Buffer.from(text));
    if (at !== undefined) tell(`${path}: was changed at byte ${at}`);
  };
  // Without DONE the folder is not final, or is just being written: what is not there may still come.
  const current = existsSync(join(folder, 'DONE')) ? revisions.at(-1) : undefined;
  for (const [at, text] of revisions.entries()) {
    const name = join('history', `receipt.${at + 1}.json`);
    const expected = current !== undefined && at < revisions.length - 1;
    if (expected || existsSync(join(folder, name))) compare(name, text);
  }
  if (current === undefined) return;
  compare('receipt.json', current);
  for (const [name, hash] of Object.entries(said.receipts.get(revisions.length)?.files ?? {})) {
    const path = join(folder, name);
    if (!existsSync(path)) tell(`${path}: is gone`);
    else if (sha256OfFile(path) !== hash) tell(`${path}: was changed (its SHA-256 is another one)`);
  }
}

function firstDifference(found: Buffer, kept: Buffer): number | undefined {
  const shorter = Math.min(found.length, kept.length);
  for (let at = 0; at < shorter; at++) if (found[at] !== kept[at]) return at;
  return found.length === kept.length ? undefined : shorter;
}
