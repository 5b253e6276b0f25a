import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { inJobs } from './jobs.ts';
import { keepingMutants } from './keeping-mutants.ts';
import { makeRoot, type Sum } from './live-many.ts';
import type { Mutant } from './mutant.ts';
import { sendingMutants } from './sending-mutants.ts';

/**
 * `npm run sim:mutants [-- --nights N --seed S --only TEXT --jobs 2]`: breaks a copy of the pipeline in one way after the other, and
 * shows that the simulation finds it out. A mutant that lives means that an invariant is missing.
 */
const { values } = parseArgs({
  options: {
    nights: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
    jobs: { type: 'string', default: '2' },
  },
});
const project = fileURLToPath(new URL('..', import.meta.url));
const mutants = [...sendingMutants, ...keepingMutants].filter(({ name }) => name.includes(values.only));
const queue = [...mutants];
const found = new Map<string, string>();
let alive = 0;

async function work(): Promise<void> {
  for (let next = queue.shift(); next; next = queue.shift()) {
    const { nights, violations } = await tryMutant(next);
    const [first] = violations;
    if (!first) alive++;
    found.set(
      next.name,
      first ? `${String(nights).padStart(4)} nights  ${first.invariant}` : `LIVES after ${nights} nights`,
    );
    process.stderr.write(`${next.name}: ${found.get(next.name)}\n`);
  }
}

async function tryMutant({ name, edits }: Mutant): Promise<Sum> {
  const root = makeRoot();
  try {
    for (const folder of ['src', 'sim']) cpSync(join(project, folder), join(root, folder), { recursive: true });
    for (const file of ['package.json', 'tsconfig.json']) cpSync(join(project, file), join(root, file));
    symlinkSync(join(project, 'node_modules'), join(root, 'node_modules'));
    mkdirSync(join(root, 'mappings'));
    for (const { file, from, to } of edits) {
      const text = readFileSync(join(root, file), 'utf8');
      if (text.split(from).length !== 2) throw new Error(`the mutant "${name}" does not fit ${file} any more: ${from}`);
      writeFileSync(
        join(root, file),
        text.replace(from, () => to),
      );
    }
    const share = {
      nights: Number(values.nights),
      sweep: 0,
      seed: Number(values.seed),
      step: 1,

      enough: 1,
      wishes: {},
    };
    const [sum] = await inJobs<Sum>([share], () => {}, pathToFileURL(join(root, 'sim', 'job.ts')));
    if (!sum) throw new Error(`the mutant "${name}" told nothing`);
    return sum;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

await Promise.all(Array.from({ length: Number(values.jobs) }, work));
const width = Math.max(...mutants.map(({ name }) => name.length));
for (const { name } of mutants) console.log(`${name.padEnd(width)}  ${found.get(name)}`);
console.log(`${mutants.length} mutants, ${mutants.length - alive} caught, ${alive} alive, seed ${values.seed}`);
process.exitCode = alive > 0 ? 1 : 0;
