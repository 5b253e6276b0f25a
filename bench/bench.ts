import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { makeExport } from './make-export.ts';

/**
 * `npm run bench [-- --rows 300000 --rounds 3]`: bare csv-parse, our dry job and a whole run against an instant register,
 * in turns in one go; medians and ratios. Nothing is asserted here.
 */
const { values } = parseArgs({
  options: { rows: { type: 'string', default: '300000' }, rounds: { type: 'string', default: '3' } },
});
const rows = Number(values.rows);
const rounds = Number(values.rounds);
const run = promisify(execFile);
const here = import.meta.dirname;
const folder = mkdtempSync(join(tmpdir(), 'luottoputki-bench-'));
const owner = '1572860-0';
type Figure = { rows: number; seconds: number; peakMiB: number };
const say = (line: string) => process.stdout.write(`${line}\n`);

try {
  mkdirSync(join(folder, 'inbox'));
  process.stderr.write(`making an export of ${rows} rows\n`);
  await makeExport(join(folder, 'inbox', 'NEWLOANS_bench.csv'), rows);
  const register = await startRegister();
  const figures: Record<'csv' | 'dry' | 'run', Figure[]> = { csv: [], dry: [], run: [] };
  for (let round = 1; round <= rounds; round++) {
    process.stderr.write(`round ${round} of ${rounds}\n`);
    figures.csv.push(await job('csv'));
    figures.dry.push(await job('dry'));
    figures.run.push(await wholeRun(register.port));
  }
  register.stop();
  const median = (job: keyof typeof figures, of: (figure: Figure) => number) =>
    figures[job].map(of).toSorted((a, b) => a - b)[Math.floor((rounds - 1) / 2)] ?? 0;
  const rate = (job: keyof typeof figures) => median(job, (figure) => figure.rows / figure.seconds);
  say(
    `${rows} new loans, 30 columns, median of ${rounds} rounds, Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim()}`,
  );
  say('job                                       rows/s   peak MiB');
  for (const [job, name] of [
    ['csv', 'bare csv-parse, rows to arrays'],
    ['dry', 'dry job: take, read, map, check, serialise'],
    ['run', 'whole run, instant register, mutual TLS'],
  ] as const)
    say(
      `${name.padEnd(42)}${Math.round(rate(job)).toString().padStart(6)}${Math.round(
        median(job, (figure) => figure.peakMiB),
      )
        .toString()
        .padStart(10)}`,
    );
  const pairs = (a: 'dry' | 'run', b: 'csv' | 'dry') =>
    figures[a].map((figure, i) => (figures[b][i]?.seconds ?? 0) / figure.seconds).toSorted((x, y) => x - y);
  const middle = (ratios: number[]) => (ratios[Math.floor((ratios.length - 1) / 2)] ?? 0).toFixed(2);
  say(
    `dry job ÷ csv-parse: ${middle(pairs('dry', 'csv'))}   whole run ÷ dry job: ${middle(pairs('run', 'dry'))}   (rates; median of pairs)`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function job(name: 'csv' | 'dry'): Promise<Figure> {
  const state = join(folder, 'spool');
  rmSync(state, { recursive: true, force: true });
  const { stdout } = await run(process.execPath, [join(here, 'job.ts'), name, join(folder, 'inbox'), state]);
  return JSON.parse(stdout) as Figure;
}

async function startRegister(): Promise<{ port: number; stop(): void }> {
  const child = spawn(process.execPath, [join(here, 'instant-register.ts'), join(folder, 'keys'), owner], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const [line] = (await once(child.stdout ?? process.stdin, 'data')) as [Buffer];
  return { port: Number(line.toString()), stop: () => child.kill() };
}

/** A workspace of its own, and `luottoputki run` in it as a user would start it; the receipt must say that all is well. */
async function wholeRun(port: number): Promise<Figure> {
  const work = join(folder, 'work');
  rmSync(work, { recursive: true, force: true });
  mkdirSync(join(work, 'mappings'), { recursive: true });
  cpSync(join(folder, 'inbox'), join(work, 'inbox'), { recursive: true });
  cpSync(join(here, 'new-loans.yaml'), join(work, 'mappings', 'new-loans.yaml'));
  const keys = join(folder, 'keys');
  const pem = (part: string) => JSON.stringify(join(keys, part));
  writeFileSync(
    join(work, 'pipeline.config.yaml'),
    `owner: { idCodeType: BusinessId, idCode: "${owner}" }
register:
  environment: test
  url: https://localhost:${port}
  ca: ${pem('ca.pem')}
  certificates: { reporting: { cert: ${pem('reporting.pem')}, key: ${pem('reporting-key.pem')} } }
intake: { quietTime: 0ms }
submission: { batchesPerMinute: 1000000, statusInquiry: { first: 100ms, every: 200ms } }
`,
  );
  const start = process.hrtime.bigint();
  const { stdout } = await run(
    process.execPath,
    [...runtimeFlags(), join(here, 'whole-run.ts'), 'run', '--config', join(work, 'pipeline.config.yaml')],
    { maxBuffer: 1 << 24 },
  );
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const day = readdirSync(join(work, 'outbox')).find((name) => /^\d/.test(name)) ?? '';
  const export_ = readdirSync(join(work, 'outbox', day))[0] ?? '';
  const receiptPath = join(work, 'outbox', day, export_, 'receipt.json');
  const { counts } = JSON.parse(existsSync(receiptPath) ? readFileSync(receiptPath, 'utf8') : '{}') as {
    counts: { accepted: number; reportsBuilt: number; invalid: number; balanced: boolean };
  };
  if (!counts.balanced || counts.accepted + counts.invalid !== counts.reportsBuilt)
    throw new Error('the run did not accept what it should');
  const { peakMiB } = JSON.parse(stdout) as { peakMiB: number };
  return { rows, seconds, peakMiB };
}

/** The flags a user's run has: those in the first line of the command. */
function runtimeFlags(): string[] {
  const [first = ''] = readFileSync(join(here, '..', 'bin', 'luottoputki.js'), 'utf8').split('\n');
  return first.split(' ').filter((word) => word.startsWith('--'));
}
