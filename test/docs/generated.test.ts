import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { generatedFiles } from '../../docs/generate/generated-files.ts';
import { packageRoot } from '../../src/cli/tool.ts';

describe('files made from the definition', () => {
  it.each([...generatedFiles()])('%s is what the definition makes of it now', (path, text) => {
    const committed = readFileSync(join(packageRoot, path), 'utf8');
    expect(committed === text, `${path} is stale: run \`node docs/generate/main.ts\` and commit it`).toBe(true);
  });
});
