import { join } from 'node:path';
import { expect } from 'vitest';
import type { Sandbox } from '../../src/sandbox/start-sandbox.ts';
import { readCsv, type Workspace } from './workspace.ts';

/** Nothing took effect twice; the same reference always carried the same bytes, and went again only after a denial. */
export function nothingTwice(sandbox: Sandbox): void {
  const { applied, requests } = sandbox.snapshot();
  const reports = applied.map(({ api, reportReference }) => `${api} ${reportReference}`);
  expect(new Set(reports).size).toBe(reports.length);
  const last = new Map<string, { body: string | null; denied: boolean }>();
  for (const { path, batchReference, bodySha256, httpStatus } of requests) {
    if (batchReference === null) continue;
    const known = last.get(batchReference);
    if (path === '/GetBatchStatus') {
      if (known && httpStatus === 404) known.denied = true;
      continue;
    }
    if (known) {
      expect(known.denied, `${batchReference} was posted again without having been denied`).toBe(true);
      expect(bodySha256 ?? known.body).toBe(known.body ?? bodySha256);
    }
    last.set(batchReference, { body: bodySha256 ?? known?.body ?? null, denied: false });
  }
}

/** What is accepted according to the outbox is what the register holds. */
export function toldIsHeld(workspace: Workspace): void {
  const told = workspace
    .told()
    .flatMap(({ folder }) => readCsv(join(folder, 'accepted.csv')).map((row) => row['reportReference'] ?? ''));
  const held = workspace.sandbox.snapshot().applied.map(({ reportReference }) => reportReference);
  expect(told.toSorted()).toEqual(held.toSorted());
}
