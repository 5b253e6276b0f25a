import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A new folder, removed when the test passes; a failed test leaves it behind. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'luottoputki-'));
  onTestFinished(({ task }) => {
    if (task.result?.state === 'pass') rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}
