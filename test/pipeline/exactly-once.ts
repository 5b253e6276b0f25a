import { expect } from 'vitest';
import { doubled, toldButNotHeld } from '../../faults/violations.ts';
import type { Sandbox } from '../../src/sandbox/start-sandbox.ts';
import type { Workspace } from './workspace.ts';

/** Nothing took effect twice; the same reference always carried the same bytes, and went again only after a denial. */
export function nothingTwice(sandbox: Sandbox): void {
  expect(doubled(sandbox)).toEqual([]);
}

/** What is accepted according to the outbox is what the register holds. */
export function toldIsHeld(workspace: Workspace): void {
  expect(toldButNotHeld(workspace)).toEqual([]);
}
