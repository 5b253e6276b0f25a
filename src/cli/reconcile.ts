import { join } from 'node:path';
import { CredentialsInUse } from '../config/credentials-in-use.ts';
import type { LoadedConfig } from '../config/load-config.ts';
import { targetEnvironment } from '../contract/environments.ts';
import { loanQuestion } from '../contract/message.ts';
import type { AcceptedWindow, Ledger } from '../ledger/ledger.ts';
import { dayInFinland } from '../lib/calendar.ts';
import { systemClock } from '../lib/clock.ts';
import { lockState } from '../lib/instance-lock.ts';
import { UsageError } from '../lib/problem.ts';
import { sha256, sha256OfFile } from '../lib/sha256.ts';
import { visible } from '../lib/shown-name.ts';
import { breaksOf, seriesOf } from '../pipeline/house.ts';
import { AskingStopped, LoanAsker } from '../reconcile/ask-loans.ts';
import { compareLoans } from '../reconcile/compare-loans.ts';
import { Journal } from '../reconcile/journal.ts';
import { type LoanToAsk, loansOfLedger, sampleOf } from '../reconcile/loans-to-ask.ts';
import { loansOfStock, readStock, type Stock } from '../reconcile/stock.ts';
import { timeWindow } from '../reconcile/time-window.ts';
import { writeFindings } from '../reconcile/write-findings.ts';
import { contextOf, type FileToMap } from '../views/map-file.ts';
import { chooseMapping, theFile } from './choose-mapping.ts';
import { ledgerToRead } from './ledger-to-read.ts';
import { loansCalled } from './name-target.ts';
import { usableConfig } from './open-house.ts';
import { openRegister } from './open-register.ts';
import { openProgress } from './progress.ts';
import { sayReconciled } from './say-reconciled.ts';
import { sayRefusal } from './say-refusal.ts';
import { listenForStop } from './stop-signals.ts';
import { tool } from './tool.ts';

export type ReconcileOptions = {
  config: string;
  sample?: number;
  since?: string;
  until?: string;
  stock?: string;
  mapping?: string;
  perMinute?: number;
  anew?: boolean;
};

/** `luottoputki reconcile`: asks GetLoan for loans and tells where the register holds something else than we know. */
export async function reconcile(words: readonly string[], options: ReconcileOptions): Promise<number> {
  process.umask(0o077);
  const config = usableConfig(options.config);
  for (const [name, number] of [
    ['--sample', options.sample],
    ['--per-minute', options.perMinute],
  ] as const)
    if (number === 0) throw new UsageError(`${name} 0 asks nothing`, { hint: 'say a number of 1 or more' });
  const window = { environment: config.register.environment, ...timeWindow(options) };
  using _lock = lockOfSandbox(config);
  await using ledger = await ledgerToRead(config);
  const stock = options.stock === undefined ? undefined : await openStock(options.stock, words, config, options);
  if (stock && 'status' in stock) return stock.status;
  if (!ledger && !stock)
    throw new UsageError('no export has been taken yet, so there is nothing to compare', {
      hint: 'run `luottoputki run` first, or say --stock FILE with a full export of the core system',
    });
  const named = await namedLoans(words, ledger);
  const about = sayChoice(named, options);
  const startedAt = systemClock.now();
  const identity = JSON.stringify([window, named, options.sample ?? null, stock?.sha256 ?? null]);
  const path = join(config.folders.state, 'reconcile', `${hash(identity)}.jsonl`);
  const journal = await Journal.open(path, { id: hash(`${identity} ${startedAt}`), startedAt }, options.anew === true);
  if (journal.tally.done > 0)
    process.stderr.write(`going on after ${journal.tally.done} loans; --anew begins from the first\n`);
  const loans = stock
    ? loansOfBoth(stock, ledger, window, journal)
    : loansOfLedger(
        ledger as Ledger,
        await choiceOf(named, options.sample, ledger as Ledger, window, journal.id),
        journal.tally.last,
      );
  const ended = await askAll(
    loans,
    journal,
    config,
    options,
    stock?.stock.loans ?? named?.length ?? options.sample ?? 0,
  );
  if (ended !== undefined) return ended;
  const endedAt = systemClock.now();
  const day = dayInFinland(new Date(endedAt));
  const written = await writeFindings(
    join(config.folders.outbox, day, `reconcile--${journal.id}`),
    journal,
    (api) => config.contract.fields[api],
    {
      tool,
      environment: config.register.environment,
      choice: about,
      endedAt,
      rowsInvalid: stock?.stock.rowsInvalid ?? 0,
    },
  );
  journal.remove();
  process.stdout.write(sayReconciled(about, journal.tally.done, written, config, stock?.stock));
  const { agrees, notTold, underWay, ...odd } = written.counts;
  return Object.values(odd).some((count) => count > 0) ? 1 : 0;
}

/** Asks about all loans; the exit status when that comes to no end. */
async function askAll(
  loans: AsyncIterable<LoanToAsk>,
  journal: Journal,
  config: LoadedConfig,
  options: ReconcileOptions,
  total: number,
): Promise<number | undefined> {
  const { keyCase, environment } = config.register;
  const envelope = { targetEnvironment: targetEnvironment(environment), owner: config.owner };
  using stop = listenForStop('stopping: what was asked is kept (once more to stop at once)');
  await using register = await openRegister(config, new CredentialsInUse(config, 'reporting'));
  const asker = new LoanAsker({
    ask: (loanNumber) => register.getLoan(loanQuestion(envelope, loanNumber, keyCase)),
    perMinute: options.perMinute ?? config.submission.batchesPerMinute,
    inFlight: config.submission.inFlight,
    breaks: breaksOf(config),
    clock: systemClock,
    random: Math.random,
    signal: stop.signal,
  });
  const progress = openProgress(systemClock.now);
  const tell = () => progress.step('asking GetLoan', journal.tally.done, total);
  tell();
  try {
    await compareLoans(loans, journal, (loanNumber) => asker.ask(loanNumber), tell);
    return undefined;
  } catch (error) {
    if (!(error instanceof AskingStopped)) throw error;
    progress.stop();
    const why = error.interrupted ? 'stopped' : error.message;
    process.stderr.write(`${why}; ${journal.tally.done} loans are compared. The same command goes on from there.\n`);
    return error.interrupted ? (stop.status ?? 130) : 4;
  } finally {
    progress.stop();
  }
}

type OpenStock = { file: FileToMap; stock: Stock; sha256: string };

async function openStock(
  path: string,
  words: readonly string[],
  config: LoadedConfig,
  options: ReconcileOptions,
): Promise<OpenStock | { status: number }> {
  if (words.length > 0 || options.sample !== undefined || options.since !== undefined || options.until !== undefined)
    throw new UsageError('--stock compares every loan of the file', {
      hint: 'leave out loan numbers, --sample, --since and --until',
    });
  const found = theFile(path);
  const chosen = await chooseMapping(found.name, config, options.mapping);
  if ('status' in chosen) return chosen;
  const { mapping } = chosen;
  if (mapping.api !== 'AddLoans' && mapping.api !== 'UpdateLoans')
    throw new UsageError(`the mapping ${mapping.mapping} makes ${mapping.api}, not whole loans`, {
      hint: 'say --mapping NAME of a mapping for AddLoans or UpdateLoans',
    });
  const file = { path: found.path, mapping, series: seriesOf(config), context: contextOf(new Date(), found.name) };
  const stock = await readStock(file);
  if (stock.refused) {
    process.stdout.write(sayRefusal(visible(path), stock.refused));
    return { status: 3 };
  }
  return { file, stock, sha256: sha256OfFile(found.path) };
}

/** The loans of the stock, then those of the ledger that it does not name and that have not ended. */
async function* loansOfBoth(
  { file, stock }: OpenStock,
  ledger: Ledger | undefined,
  window: AcceptedWindow,
  { tally }: Journal,
): AsyncGenerator<LoanToAsk> {
  const { done, last } = tally;
  if (done < stock.loans) yield* loansOfStock(file, stock, done);
  if (!ledger || !stock.whole) return;
  for await (const each of loansOfLedger(ledger, { kind: 'window', window }, done > stock.loans ? last : null)) {
    const goesOn = each.expected !== null && !each.expected.cancelled && !each.expected.ending;
    if (goesOn && !stock.named.has(each.loan)) yield { ...each, from: 'notInCore' };
  }
}

async function choiceOf(
  named: readonly string[] | null,
  sample: number | undefined,
  ledger: Ledger,
  window: AcceptedWindow,
  seed: string,
) {
  if (named) return { kind: 'named' as const, loans: named };
  if (sample === undefined) return { kind: 'window' as const, window };
  return { kind: 'named' as const, loans: await sampleOf(ledger, window, sample, seed) };
}

/** The loans that words mean, sorted; null when none were said. */
async function namedLoans(words: readonly string[], ledger: Ledger | undefined): Promise<string[] | null> {
  if (words.length === 0) return null;
  const found: string[] = [];
  for (const word of words) {
    const known: string[] = [];
    for (const loan of loansCalled(word)) if ((await ledger?.acceptedTexts(loan))?.length) known.push(loan);
    if (known.length === 0)
      throw new UsageError(`${word}: nothing was accepted about a loan of this number`, {
        hint: 'luottoputki explain LOAN tells what is known of it',
      });
    found.push(...known);
  }
  return [...new Set(found)].sort();
}

function sayChoice(named: readonly string[] | null, { sample, since, until, stock }: ReconcileOptions): string {
  if (stock !== undefined) return 'the full stock export';
  if (named) return named.length === 1 ? '1 loan' : `${named.length} loans`;
  const when = [since && `since ${since}`, until && `until ${until}`].filter(Boolean).join(' ');
  return [sample === undefined ? 'all loans' : `a sample of ${sample} loans`, when].filter(Boolean).join(' reported ');
}

/** The embedded sandbox keeps its register in the state folder, where two must not work at once. */
function lockOfSandbox({ register, folders }: LoadedConfig): Disposable | undefined {
  return register.environment === 'sandbox' && register.url === undefined ? lockState(folders.state) : undefined;
}

const hash = (text: string) => sha256(text).slice(0, 8);
