import { createHash } from 'node:crypto';
import type { BatchApi } from '../contract/apis.ts';
import type { Candidate, PlannedBatch, Planning, PlanStep } from '../ledger/ledger.ts';
import { batchReference } from './batch-reference.ts';

export type BatchLimits = { maxReportsPerBatch: number; maxBytesPerBatch: number };

/** The text around the reports of a message. */
export type Frame = { head: string; tail: string };

/** What identifies the batches of one export, apart from their content. */
export type BatchSource = {
  environment: string;
  ownerIdCode: string;
  api: BatchApi;
  fileSha256: string;
  mappingSha256: string;
};

/**
 * Cuts the reports that may go now into batches, in file order, by count, bytes and report reference (a reference stands
 * once in a batch: the register does not clearly tell doubles, register-contract.md section 3). One loan stands once in a
 * batch too: of two reports on one loan the gate lets only the first into a wave.
 * @param ends whether the wave ends with these candidates; if it does not, an unfilled last batch is left for the next step
 */
export function planStep(
  planning: Planning,
  found: readonly Candidate[],
  ends: boolean,
  frame: Frame,
  limits: BatchLimits,
): PlanStep {
  const groups = cut(found, frame, limits);
  const leaves = !ends && groups.length > 1;
  const whole = leaves ? groups.slice(0, -1) : groups;
  const source = {
    environment: planning.environment,
    ownerIdCode: planning.owner.idCode,
    api: planning.api,
    fileSha256: planning.fileSha256,
    mappingSha256: planning.mappingSha256,
  };
  const left = leaves ? groups.at(-1)?.[0] : undefined;
  const looked = left === undefined ? found : found.filter(({ id }) => id < left.id);
  return {
    exportId: planning.exportId,
    api: planning.api,
    wave: planning.wave,
    batches: whole.map((reports, i) => makeBatch(reports, planning.batches + i + 1, source, frame)),
    held: looked.filter(({ gate }) => gate === 'held').map(({ id }) => id),
    lookedUpTo: ends ? null : (looked.at(-1)?.id ?? null),
  };
}

type Piece = { id: number; reference: string; generation: number; text: string };

/** Builds a batch: its bytes, their hash, and the reference that follows from them. */
export function makeBatch(reports: readonly Piece[], number: number, source: BatchSource, frame: Frame): PlannedBatch {
  const body = bodyOf(
    frame,
    reports.map(({ text }) => text),
  );
  const bodySha256 = createHash('sha256').update(body).digest('hex');
  const generation = Math.max(...reports.map((report) => report.generation));
  return {
    number,
    generation,
    reference: batchReference({ ...source, number, bodySha256, generation }),
    reportIds: reports.map(({ id }) => id),
    ...frame,
    bodySha256,
    bytes: body.length,
  };
}

/** The exact bytes of a message. */
export function bodyOf({ head, tail }: Frame, texts: readonly string[]): Buffer {
  return Buffer.from(head + texts.join(',') + tail);
}

function cut(found: readonly Candidate[], frame: Frame, limits: BatchLimits): Candidate[][] {
  const groups: Candidate[][] = [];
  const overhead = Buffer.byteLength(frame.head + frame.tail);
  let group: Candidate[] = [];
  let bytes = overhead;
  let references = new Set<string>();
  for (const candidate of found) {
    if (candidate.gate !== 'free') continue;
    const size = Buffer.byteLength(candidate.text) + 1;
    const full =
      group.length >= limits.maxReportsPerBatch ||
      bytes + size > limits.maxBytesPerBatch ||
      references.has(candidate.reference) ||
      (group[0] !== undefined && group[0].generation !== candidate.generation);
    if (full && group.length > 0) {
      groups.push(group);
      group = [];
      bytes = overhead;
      references = new Set();
    }
    group.push(candidate);
    references.add(candidate.reference);
    bytes += size;
  }
  if (group.length > 0) groups.push(group);
  return groups;
}
