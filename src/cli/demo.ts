import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { sampleExports } from '../demo/sample-exports.ts';
import { dayInFinland } from '../lib/calendar.ts';
import { UsageError } from '../lib/problem.ts';
import type { Processed } from '../pipeline/process-export.ts';
import { folderOf } from '../reports/folder-name.ts';
import { openHouse } from './open-house.ts';
import { runOnce } from './run.ts';
import { listenForStop } from './stop-signals.ts';
import { packageRoot } from './tool.ts';

const marker = '.luottoputki-demo';

const configText = `# A workspace of the demo: everything runs against the embedded sandbox, a stand-in for the register.
owner: { idCodeType: BusinessId, idCode: "1572860-0" }
language: en # of what people read in the outbox: fi | sv | en
register:
  environment: sandbox
intake: { quietTime: 0ms }
submission:
  maxReportsPerBatch: 50
  statusInquiry: { first: 500ms, every: 500ms }
`;

/** `luottoputki demo`: a fresh workspace, a night's exports, the embedded register; says what happened and where to look. */
export async function demo(options: { dir: string; log?: boolean }): Promise<number> {
  const folder = resolve(options.dir);
  const samples = makeWorkspace(folder);
  process.stderr.write(
    `workspace ${relative(process.cwd(), folder) || '.'}: ${samples.length} exports in inbox/, mappings/, pipeline.config.yaml\n`,
  );
  await using house = await openHouse({
    config: join(folder, 'pipeline.config.yaml'),
    ...(options.log ? { log: true } : {}),
  });
  using stop = listenForStop();
  const processed = await runOnce(house, { wait: 60_000, noWait: false }, stop.signal, house.misconfigured);
  if (stop.status !== undefined) return stop.status;
  process.stdout.write(`${table(processed)}\n\n${planted(samples)}\n\n${whereToLook(folder, processed)}\n`);
  const faults = whatWentWrong(processed, samples.length);
  for (const fault of faults) process.stderr.write(`the demo did not do what it should: ${fault}\n`);
  return faults.length === 0 ? 0 : 70;
}

function makeWorkspace(folder: string): ReturnType<typeof sampleExports> {
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    if (!existsSync(join(folder, marker)))
      throw new UsageError(`${folder} is not empty, and no demo workspace`, {
        hint: 'say --dir with a folder that does not exist yet',
      });
    rmSync(folder, { recursive: true });
  }
  mkdirSync(join(folder, 'inbox'), { recursive: true });
  writeFileSync(join(folder, marker), 'made by luottoputki demo; the next demo replaces this folder\n');
  writeFileSync(join(folder, 'pipeline.config.yaml'), configText);
  // The mappings name their schema, so that editors know it: it comes along.
  for (const name of ['mappings', 'schemas']) cpSync(join(packageRoot, name), join(folder, name), { recursive: true });
  const samples = sampleExports(dayInFinland(new Date()));
  for (const { name, bytes } of samples) writeFileSync(join(folder, 'inbox', name), bytes);
  return samples;
}

const columns = ['export', 'rows', 'reports', 'accepted', 'rejected', 'invalid', 'held', 'pending', 'state'];

function table({ outbox }: Processed): string {
  const rows = outbox.receipts.map(({ exported, receipt: { counts, state } }) =>
    [
      exported.name,
      counts.rowsRead,
      counts.reportsBuilt,
      counts.accepted,
      counts.rejected,
      counts.invalid,
      counts.held,
      counts.pending,
      state,
    ].map(String),
  );
  const widths = columns.map((column, i) => Math.max(column.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const text = (i: number) => i === 0 || i === columns.length - 1;
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => (text(i) ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  ')
      .trimEnd();
  return [line(columns), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

function planted(samples: ReturnType<typeof sampleExports>): string {
  const count = samples.reduce((sum, { faults }) => sum + faults.length, 0);
  return [
    `${count} faults were planted; the outbox tells each of them:`,
    ...samples.flatMap(({ name, faults }) => faults.map((fault) => `  ${name}: ${fault}`)),
  ].join('\n');
}

function whereToLook(folder: string, { outbox }: Processed): string {
  const path = (...parts: string[]) => relative(process.cwd(), join(folder, 'outbox', ...parts));
  const first = outbox.receipts[0];
  const one = first ? folderOf(first.exported) : '';
  return [
    'Where to look:',
    `  ${path('today.html')}  the page to read in the morning`,
    `  ${path(one, 'summary.html')}  one export`,
    `  ${path(one, 'errors.csv')}  what is wrong, and how to mend it`,
    `  ${path(one, 'restricted', 'to-fix.csv')}  correct it, drop it into inbox/, and run again:`,
    `  npx luottoputki run --config ${relative(process.cwd(), join(folder, 'pipeline.config.yaml'))}`,
  ].join('\n');
}

/** What the demo promises: every export taken, every sum right, nothing unknown, faults found, and most of it accepted. */
function whatWentWrong({ outbox, end }: Processed, exports: number): string[] {
  const faults: string[] = [];
  if (end.kind !== 'idle') faults.push(`sending ended with ${end.kind}`);
  if (outbox.receipts.length !== exports) faults.push(`${outbox.receipts.length} of ${exports} exports have a receipt`);
  for (const { exported, receipt } of outbox.receipts) {
    const { counts } = receipt;
    if (!counts.balanced) faults.push(`the sums of ${exported.name} do not hold`);
    if (counts.unknown > 0) faults.push(`the outcome of ${counts.unknown} reports of ${exported.name} is unknown`);
    if (counts.accepted === 0) faults.push(`nothing of ${exported.name} was accepted`);
    if (counts.invalid + counts.rejected === 0) faults.push(`no planted fault of ${exported.name} was found`);
  }
  return faults;
}
