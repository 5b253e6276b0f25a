import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { loanColumns, loanRows } from '../../src/demo/loan-cells.ts';
import { type DemoLoan, demoLoans } from '../../src/demo/loans.ts';
import type { Cells } from '../../src/demo/sheet.ts';
import { dayInFinland } from '../../src/lib/calendar.ts';
import { encode } from '../../src/reading/encoding.ts';
import { Receipt } from '../../src/reports/receipt.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/start-sandbox.ts';
import { owner } from '../sandbox/sandbox-client.ts';

const project = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');
const compiled = join(tmpdir(), 'luottoputki-compiled');

/** Today in Finland, when the tests began. */
export const today = dayInFinland(new Date());

/** How a run of the tool ended; `status` is null when it was killed. */
export type Ended = { status: number | null; stdout: string; stderr: string };

/** A run of the tool that may still be going on. */
export type Running = { child: ChildProcess; ended: Promise<Ended> };

/** How the tool is started when it is not as a user would: by another program, with flags for Node, with more environment. */
export type Launch = {
  through?: readonly string[];
  node?: readonly string[];
  env?: Record<string, string>;
  stdin?: string;
};

/** Starts the tool as a user would, unless `launch` says otherwise. */
export function startTool(
  args: readonly string[],
  cwd: string,
  { through = [], node = [], env, stdin = '' }: Launch = {},
): Running {
  const [command = process.execPath, ...rest] = [...through, process.execPath];
  const child = spawn(command, [...rest, ...node, join(project, 'src', 'main.ts'), ...args], {
    cwd,
    // The cache makes it start sooner.
    env: { ...process.env, NODE_COMPILE_CACHE: compiled, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.end(stdin);
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Ended>((done, fail) => {
    child.on('error', fail);
    child.on('close', (status) => done({ status, stdout, stderr }));
  });
  return { child, ended };
}

/** Runs the tool to its end. */
export function runTool(args: readonly string[], options: { cwd?: string } = {}): Promise<Ended> {
  return startTool(args, options.cwd ?? project).ended;
}

/** Waits for a condition, looking often. */
export async function until(what: string, holds: () => boolean, running?: Running): Promise<void> {
  const end = performance.now() + 20_000;
  while (!holds()) {
    if (running && running.child.exitCode !== null) return;
    if (performance.now() > end) throw new Error(`it did not come to this: ${what}`);
    await pause(1);
  }
}

type Shipped = 'extract-questions' | 'loan-questions' | 'new-loans' | 'changes' | 'repayments' | 'delays' | 'endings';

/** The text of a shipped mapping, without its tests, which make a start slow. */
export function shippedMapping(name: Shipped): string {
  const text = readFileSync(join(project, 'mappings', `${name}.yaml`), 'utf8');
  return text.slice(0, text.indexOf('\ntests:') + 1);
}

/** All shipped mappings, without their tests. */
export const shippedMappings = () =>
  Object.fromEntries(
    (['new-loans', 'changes', 'repayments', 'delays', 'endings'] as const).map((name) => [name, shippedMapping(name)]),
  );

export type WorkspaceOptions = {
  /** Texts by name; the shipped files as they are when absent. */
  mappings?: Record<string, string>;
  /** Exports in the inbox; texts are written in windows-1252. */
  exports?: Record<string, string | Uint8Array>;
  sandbox?: Partial<SandboxOptions>;
  maxReportsPerBatch?: number;
  quietTime?: string;
  resendUnknown?: string;
  /** Changes the text of the config. */
  config?: (text: string) => string;
};

/** An outbox folder of one export. */
export type Told = { folder: string; receipt: Receipt; done: boolean };

/** A workspace of a lender, with a register of its own behind mutual TLS. */
export class Workspace {
  readonly folder: string;
  readonly #options: WorkspaceOptions;
  #sandbox: Sandbox;

  private constructor(folder: string, options: WorkspaceOptions, sandbox: Sandbox) {
    this.folder = folder;
    this.#options = options;
    this.#sandbox = sandbox;
  }

  static async make(options: WorkspaceOptions = {}): Promise<Workspace> {
    const folder = mkdtempSync(join(tmpdir(), 'luottoputki-pipeline-'));
    const sandbox = await openSandbox(folder, options);
    const workspace = new Workspace(folder, options, sandbox);
    mkdirSync(join(folder, 'inbox'));
    if (options.mappings) {
      mkdirSync(join(folder, 'mappings'));
      for (const [name, text] of Object.entries(options.mappings)) workspace.putMapping(name, text);
    } else cpSync(join(project, 'mappings'), join(folder, 'mappings'), { recursive: true });
    workspace.writeConfig();
    for (const [name, content] of Object.entries(options.exports ?? {})) workspace.drop(name, content);
    return workspace;
  }

  get sandbox(): Sandbox {
    return this.#sandbox;
  }
  get configPath(): string {
    return join(this.folder, 'pipeline.config.yaml');
  }
  get inbox(): string {
    return join(this.folder, 'inbox');
  }
  get outbox(): string {
    return join(this.folder, 'outbox');
  }
  get state(): string {
    return join(this.folder, 'state');
  }

  writeConfig(): void {
    const { maxReportsPerBatch = 10, quietTime = '0ms', resendUnknown, config } = this.#options;
    const text = `owner: { idCodeType: ${owner.idCodeType}, idCode: "${owner.idCode}" }
register:
  environment: test
  url: ${this.#sandbox.url}
  ca: sandbox/keys/ca.pem
  certificates:
    reporting: { cert: sandbox/keys/reporting.pem, key: sandbox/keys/reporting-key.pem }
intake: { quietTime: ${quietTime} }
submission:
  maxReportsPerBatch: ${maxReportsPerBatch}
  batchesPerMinute: 6000
  statusInquiry: { first: 20ms, every: 40ms }
  resendUnknown: ${resendUnknown ?? '{ after: 300ms, notFoundAnswers: 2 }'}
`;
    writeFileSync(this.configPath, config?.(text) ?? text);
  }

  rewriteConfig(text: string): void {
    writeFileSync(this.configPath, text);
  }

  putMapping(name: string, text: string): void {
    writeFileSync(join(this.folder, 'mappings', `${name}.yaml`), text);
  }

  /** Puts an export into the inbox, whole. */
  drop(name: string, content: string | Uint8Array): void {
    writeFileSync(join(this.inbox, name), typeof content === 'string' ? encode(content, 'windows-1252') : content);
  }

  start(verb: string, ...args: string[]): Running {
    return this.startWith({}, verb, ...args);
  }

  startWith(launch: Launch, verb: string, ...args: string[]): Running {
    return startTool([verb, ...args, '--config', this.configPath], this.folder, launch);
  }

  run(...args: string[]): Promise<Ended> {
    return this.tool('run', ...args);
  }

  tool(verb: string, ...args: string[]): Promise<Ended> {
    return this.start(verb, ...args).ended;
  }

  /** Stops the register; `reopen` brings it back on the same port, with all it knew. */
  async closeRegister(): Promise<void> {
    await this.#sandbox.close();
  }
  async reopenRegister(): Promise<void> {
    const { port } = this.#sandbox;
    this.#sandbox = await openSandbox(this.folder, this.#options, port);
  }

  /** What the outbox tells of every export, in the order of the folders' names. */
  told(): Told[] {
    if (!existsSync(this.outbox)) return [];
    return readdirSync(this.outbox, { recursive: true, encoding: 'utf8' })
      .filter((path) => basename(path) === 'receipt.json')
      .sort()
      .map((path) => {
        const folder = join(this.outbox, dirname(path));
        const receipt = Receipt.parse(JSON.parse(readFileSync(join(folder, 'receipt.json'), 'utf8')));
        return { folder, receipt, done: existsSync(join(folder, 'DONE')) };
      });
  }

  /** The only outbox folder whose name begins so. */
  toldOf(name: string): Told {
    const found = this.told().filter(({ folder }) => basename(folder).startsWith(name));
    const [only] = found;
    if (!only || found.length > 1)
      throw new Error(`${found.length} folders begin with ${name}: ${this.told().map(({ folder }) => folder)}`);
    return only;
  }

  openItems(): Record<string, string>[] {
    return readCsv(join(this.outbox, 'open-items.csv'));
  }

  today(): string {
    return readFileSync(join(this.outbox, 'today.html'), 'utf8');
  }

  /** Every file of the outbox with its bytes. */
  outboxFiles(): Map<string, string> {
    return filesOf(this.outbox);
  }

  /** What lies in the inbox. */
  inboxNames(): string[] {
    return readdirSync(this.inbox).sort();
  }

  async close(remove: boolean): Promise<void> {
    await this.#sandbox.close();
    if (remove) rmSync(this.folder, { recursive: true, force: true });
  }
}

function openSandbox(folder: string, { sandbox }: WorkspaceOptions, port = 0): Promise<Sandbox> {
  return startSandbox({ processing: 30, ...sandbox, owner, port, stateFolder: join(folder, 'sandbox') });
}

/** Rows of a CSV of the outbox by column. */
export function readCsv(path: string): Record<string, string>[] {
  return parse(readFileSync(path, 'utf8'), { bom: true, delimiter: ';', columns: true });
}

/** The header of a CSV of the outbox, to the byte. */
export function headerOf(path: string): string {
  return readFileSync(path, 'utf8').split('\r\n')[0] ?? '';
}

/** Every file below a folder with its bytes, as latin1. */
export function filesOf(folder: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) files.set(relative(folder, path), readFileSync(path, 'latin1'));
  }
  return files;
}

/** Loans that nothing is wrong with, of one borrower each. */
export const soundLoans = (count: number): DemoLoan[] =>
  demoLoans(today)
    .filter(({ product, borrowers, takenOver }) => product.kind === '01' && borrowers.length === 1 && !takenOver)
    .slice(0, count);

/** The text of an export: the header, and a row for each loan. */
export function loansText(loans: readonly DemoLoan[], change: (cells: Cells, at: number) => Cells = (cells) => cells) {
  const rows = loans.flatMap(loanRows).map((cells, at) => {
    const changed = change(cells, at);
    return loanColumns.map((column) => changed[column] ?? '');
  });
  return csvText([[...loanColumns], ...rows]);
}

/** The text of an export of payments: one for each loan. */
export function paymentsText(loans: readonly DemoLoan[]): string {
  const columns =
    'TAPAHTUMANRO;ILMOITUSLAJI;LAINANRO;ASIAKASLAJI;LAINALAJI;MAKSUPVM;LYHENNYS;KORKO;KULUT;SALDO;KONTTORI';
  const [year, month, day] = today.split('-');
  const rows = loans.map(({ number }, at) => [
    `T${String(at).padStart(7, '0')}`,
    '',
    number,
    'H',
    '01',
    `${day}.${month}.${year}`,
    '100,00',
    '10,00',
    '2,50',
    '500,00',
    'Oulu',
  ]);
  return csvText([columns.split(';'), ...rows]);
}

const csvText = (rows: readonly (readonly string[])[]) =>
  rows
    .map((row) => `${row.map((cell) => (/[;"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(';')}\r\n`)
    .join('');

/** Requests that carry a batch. */
export const postsOf = (sandbox: Sandbox) =>
  sandbox.snapshot().requests.filter(({ path }) => path !== '/GetBatchStatus' && path !== '/GetLoan');
