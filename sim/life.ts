import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { LoadedConfig } from '../src/config/load-config.ts';
import type { Ledger } from '../src/ledger/ledger.ts';
import { Chance } from './chance.ts';
import { checkLedger, checkLog, checkWrittenAgain } from './check-files.ts';
import { checkIntake } from './check-intake.ts';
import { checkPace } from './check-pace.ts';
import { checkRest, type Truth } from './check-rest.ts';
import { type CollectedLog, collectLog } from './collect-log.ts';
import { type ExpectedReport, sha256 } from './exports.ts';
import type { NightSize } from './make-night.ts';
import { type Blame, ModelRegister } from './model-register.ts';
import { People } from './people.ts';
import { type Doom, SimProcess } from './process.ts';
import { type Ended, type Patience, runProcess } from './run-process.ts';
import { makeConfig, type Setting } from './setting.ts';
import { day, hour, minute, second, VirtualTime } from './virtual-time.ts';
import { WholeFiles } from './whole-files.ts';

/** Something that must never happen, and did. */
export type Violation = { seed: number; night: number; invariant: string; detail: string };

/** What came of a life. */
export type LifeResult = { nights: number; crashes: number; posts: number; points: number; violations: Violation[] };

/** Chooses where the next process of a night dies; undefined lets it live. */
export type Fates = (night: number, start: number, chance: Chance) => Doom;

/** Where a life takes place, and what is told of it. */
export type LifeOptions = {
  setting: Setting;
  /** A folder of its own, and a log file that lives may share. */
  root: string;
  log: string;
  fates: Fates;
  size: NightSize;
  /** Every run waits for all verdicts, and nobody stops it. */
  patient?: boolean;
  /** Told of every point of the first process. */
  onPoint?: (name: string) => void;
};

/** A lender and a register over some nights in one workspace, with a pipeline between them that is killed again and again. */
export class Life {
  readonly time = new VirtualTime(Date.UTC(2026, 4, 4, 1));
  readonly register: ModelRegister;
  readonly result: LifeResult = { nights: 0, crashes: 0, posts: 0, points: 0, violations: [] };
  readonly #options: LifeOptions;
  readonly #config: LoadedConfig;
  readonly #whole: WholeFiles;
  readonly #log: CollectedLog;
  readonly #chance: Chance;
  readonly #people: People;
  #truths = new Map<ExpectedReport, Truth>();
  #night = 0;
  #lost = false;

  constructor(options: LifeOptions) {
    const { setting, root, size } = options;
    this.#options = options;
    this.#config = makeConfig(setting, root);
    const { outbox, state } = this.#config.folders;
    this.#whole = new WholeFiles(outbox, join(state, 'archive'), join(root, 'kept'));
    this.#log = collectLog(options.log);
    this.#chance = Chance.of('life', setting.seed);
    this.#people = new People(this.#config.folders, size, this.#chance);
    this.register = new ModelRegister(setting.seed, setting.temper, this.time, this.#blame, (report) => {
      if (this.#people.waitsForItsLoan(report))
        this.#blame(
          'nothing goes before its loan',
          `${report.api} ${report.reference} came before its loan was accepted`,
        );
    });
  }

  readonly #blame: Blame = (invariant, detail) => {
    const { violations } = this.result;
    if (violations.length < 20)
      violations.push({ seed: this.#options.setting.seed, night: this.#night, invariant, detail });
  };

  /** Lives through all nights, and until nothing moves any more; stops at the first violation. */
  async live(): Promise<LifeResult> {
    const { nights } = this.#options.setting;
    for (this.#night = 1; this.#night <= nights && this.#isSound(); this.#night++) await this.#liveNight();
    this.#night = nights;
    for (let week = 0; week < 6 && this.#isSound() && this.#hasDeferred(); week++) {
      this.time.pass(8 * day);
      await this.#rest();
      if (this.#isSound()) this.#check(false);
    }
    if (this.#isSound()) this.#check(true);
    this.result.posts = this.register.posts.length;
    return this.result;
  }

  #isSound(): boolean {
    return this.result.violations.length === 0;
  }

  #hasDeferred(): boolean {
    return [...this.#truths.values()].includes('deferred');
  }

  async #liveNight(): Promise<void> {
    const chance = this.#chance;
    const night = this.#night;
    const { loss, tame } = this.#options.setting;
    this.result.nights++;
    if (night > 1) this.time.pass(chance.pick([20 * hour, 24 * hour, 26 * hour, 3 * day, 9 * day] as const));
    if (chance.hits(this.register.temper.down)) {
      const from = this.time.now() + chance.between(0, 20) * minute;
      this.register.down = { from, to: from + chance.between(1, 300) * minute };
    }
    if (loss?.kind === 'older copy' && loss.night === night) this.#copyLedger();
    this.#people.dropNight(night, tame && loss?.night === night ? 'each loan once' : 'repeats');
    // Whoever has lost the key of the tokens has lost the corrections made with it.
    if (night > 1 && !this.#lost) this.#people.dropCorrections(night, this.#truths);
    await this.#liveThroughCrashes();
    if (!this.#isSound()) return;
    await this.#rest();
    if (this.#isSound()) this.#check(false);
    if (this.#isSound() && !this.#lost && chance.hits(0.4))
      await checkWrittenAgain(this.#config, this.time, this.#log.log, this.#blame);
  }

  async #liveThroughCrashes(): Promise<void> {
    const chance = this.#chance;
    const { loss } = this.#options.setting;
    const lossAt = loss?.night === this.#night ? chance.between(1, 5) : undefined;
    for (let start = 0; this.#isSound(); start++) {
      const doom = this.#options.fates(this.#night, start, chance);
      const ended = await this.#start(doom, this.#patience());
      if (ended.kind === 'ended') {
        if (doom === undefined || !this.#isSound()) return;
        // It came to its end before its time: one more run is as good.
        this.time.pass(chance.between(1, 60) * minute);
        continue;
      }
      this.result.crashes++;
      this.time.pass(gap(chance));
      if (lossAt === start + 1) this.#loseLedger();
      else if (!loss && chance.hits(0.06)) this.#people.dropAgain();
    }
  }

  #patience(): Patience {
    const chance = this.#chance;
    const stop = new AbortController();
    if (this.#options.patient) return { wait: 5 * day, noWait: false, signal: stop.signal };
    if (chance.hits(0.04)) this.time.alarm(chance.between(1, 600) * second, () => stop.abort());
    const wait = chance.pick([15 * minute, hour, 5 * hour, 12 * hour] as const);
    return { wait, noWait: chance.hits(0.05), signal: stop.signal };
  }

  /** Runs without a crash until everything has come to rest, as a scheduler would. */
  async #rest(): Promise<void> {
    let last = '';
    const { signal } = new AbortController();
    for (let run = 0; run < 80 && this.#isSound(); run++) {
      const ended = await this.#start(undefined, { wait: 12 * hour, noWait: false, signal });
      if (ended.kind === 'crashed') return;
      const { status, processed } = ended;
      if (status === 70) this.#blame('no fault of our own', 'the exit status is 70');
      const unknown = processed.outbox.receipts.some(({ receipt }) => receipt.counts.unknown > 0);
      if (processed.end.kind === 'idle' && !unknown && processed.taken.waiting.length === 0) return;
      const open = processed.outbox.receipts.flatMap(({ receipt }) =>
        receipt.batches.filter(({ verdictAt }) => verdictAt === null),
      );
      last = `${processed.end.kind}, open: ${open.map(({ reference, status, attempts }) => `${reference} ${status} (${attempts})`).join(', ')}`;
      this.time.pass(this.#chance.between(5, 120) * minute);
    }
    if (this.#isSound()) this.#blame('everything comes to rest', `the night has not ended after 80 runs: ${last}`);
  }

  async #start(doom: Doom, patience: Patience): Promise<Ended> {
    const { setting, onPoint } = this.#options;
    const onDeath = () => {
      for (const wrong of this.#whole.look()) this.#blame('every visible file is whole', wrong);
    };
    const process = new SimProcess(
      this.time,
      this.#log.log,
      doom,
      onDeath,
      this.result.points === 0 ? onPoint : undefined,
    );
    const around = {
      config: this.#config,
      register: this.register,
      random: () => this.#chance.next(),
      fixKey: sha256(`${setting.seed} ${this.#lost}`),
      blame: this.#blame,
      onOpen: (ledger: Ledger) => checkIntake(ledger, this.#config.folders, this.#people.drops, this.#blame),
    };
    try {
      return await runProcess(process, around, patience);
    } catch (error) {
      const { name, message, stack = '' } = error as Error;
      this.#blame('no fault of our own', `${name}: ${message} ${stack.split('\n')[1]?.trim()}`);
      return { kind: 'crashed' };
    } finally {
      this.#whole.putBack();
      this.result.points += process.points;
    }
  }

  get #ledgerFile(): string {
    return join(this.#config.folders.state, 'ledger.sqlite');
  }

  get #olderLedger(): string {
    return join(this.#options.root, 'older.sqlite');
  }

  #copyLedger(): void {
    if (existsSync(this.#ledgerFile)) copyFileSync(this.#ledgerFile, this.#olderLedger);
  }

  /** The ledger is lost, or put back from an older copy; what came since then is dropped once more. */
  #loseLedger(): void {
    this.#lost = true;
    // Whoever puts a lost ledger back waits until the register shows whatever it has.
    this.time.pass(this.#options.setting.temper.visibleWithin);
    rmSync(this.#ledgerFile);
    if (existsSync(this.#olderLedger)) copyFileSync(this.#olderLedger, this.#ledgerFile);
    this.#people.dropOnceMore(this.#night);
  }

  #check(atEnd: boolean): void {
    const { folders } = this.#config;
    const { drops } = this.#people;
    const rest = { drops, register: this.register, folders, countsAgain: !this.#lost, atEnd };
    this.#truths = checkRest(rest, this.#blame);
    checkLedger(this.#ledgerFile, this.#blame);
    checkLog(this.#log.take(), this.#blame);
    checkPace(this.register.posts, this.#options.setting.submission.batchesPerMinute, this.#blame);
  }
}

/** How long it takes until a killed process is started again. */
function gap(chance: Chance): number {
  const kind = chance.next();
  if (kind < 0.5) return chance.between(1, 120) * second;
  if (kind < 0.85) return chance.between(2, 60) * minute;
  return kind < 0.97 ? chance.between(1, 6) * hour : chance.between(1, 3) * day;
}
