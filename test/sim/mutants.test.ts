import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { keepingMutants } from '../../sim/keeping-mutants.ts';
import { sendingMutants } from '../../sim/sending-mutants.ts';

const project = resolve(import.meta.dirname, '..', '..');

test.each([...sendingMutants, ...keepingMutants])('the sources have the place that is broken: $name', ({ edits }) => {
  for (const { file, from } of edits) expect(readFileSync(join(project, file), 'utf8').split(from)).toHaveLength(2);
});
