import { copyFileSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LoadedConfig } from '../src/config/load-config.ts';
import type { Ledger } from '../src/ledger/ledger.ts';
import { Chance } from './chance.ts';
import { checkLedger, checkLog, checkWrittenAgain } from './check-files.ts';
import { checkIntake } from './check-intake.ts';
import { checkPace } from './check-pace.ts';
import { checkRest, type Truth } from './check-rest.ts';
import { type CollectedLog, collectLog } from './collect-log.ts';
import { type Drop, type ExpectedReport, sha256 } from './exports.ts';
import { makeCorrection } from './make-correction.ts';
import { type Lender, makeNight, type NightSize } from './make-night.ts';
import { type Blame, ModelRegister } from './model-register.ts';
import { type Doom, SimProcess } from './process.ts';
import type { SentReport } from './read-body.ts';
import { type Ended, type Patience, runProcess } from './run-process.ts';
import { makeConfig, type Setting } from './setting.ts';
import { outboxFolders, toFixText, toldOf } from './told.ts';
import { day, hour, minute, second, VirtualTime } from './virtual-time.ts';
import { WholeFiles } from './whole-files.ts';

/** Something that must never happen, and did. */
export type Violation = { seed: number; night: number; invariant: string; detail: string };

/** What came of a life. */
export type LifeResult = { nights: number; crashes: number; posts: number; violations: Violation[]; points: number };

/** Chooses where the next process of a night dies; undefined lets it live. */
export type Fates = (night: number, start: number, chance: Chance) => Doom;

/** A lender and a register over some nights in one workspace, with a pipeline between them that is killed again and again. */
export class Life {
  readonly setting: Setting;
  readonly result: LifeResult = { nights: 0, crashes: 0, posts: 0, violations: [], points: 0 };
  readonly register: ModelRegister;
  readonly time = new VirtualTime(Date.UTC(2026, 4, 4, 1));
  /** Processes that were started, in order. */
  lastProcess: SimProcess | undefined;
  readonly #root: string;
  readonly #config: LoadedConfig;
  readonly #whole: WholeFiles;
  readonly #log: CollectedLog;
  readonly #chance: Chance;
  readonly #fates: Fates;
  readonly #size: NightSize;
  readonly #lender: Lender = { loans: [], count: 1 };
  readonly #drops: Drop[] = [];
  #truths = new Map<ExpectedReport, Truth>();
  #night = 0;
  #lost = false;

  constructor(setting: Setting, root: string, log: string, fates: Fates, size: NightSize) {
    this.setting = setting;
    this.#root = root;
    this.#fates = fates;
    this.#size = size;
    this.#config = makeConfig(setting, root);
    const { outbox, state } = this.#config.folders;
    this.#whole = new WholeFiles(outbox, join(state, 'archive'), join(root, 'kept'));
    this.#log = collectLog(log);
    this.#chance = Chance.of('life', setting.seed);
    this.register = new ModelRegister(setting.seed, setting.temper, this.time, this.#blame, this.#loanMissing);
  }

  readonly #blame: Blame = (invariant, detail) => {
    const { violations } = this.result;
    if (violations.length < 20) violations.push({ seed: this.setting.seed, night: this.#night, invariant, detail });
  };

  /** A report that waits for its loan may not come before it. */
  readonly #loanMissing = ({ api, reference, loan }: SentReport): void => {
    const nights = this.#drops
      .filter((drop) => drop.api === api && drop.expected.reports.some((report) => report.reference === reference))
      .map(({ night }) => night);
    const night = Math.max(...nights);
    const waitsFor = this.#drops.find(
      (drop) =>
        drop.api === 'AddLoans' && drop.night <= night && drop.expected.reports.some((report) => report.loan === loan),
    );
    if (waitsFor)
      this.#blame('nothing goes before its loan', `${api} ${reference} was processed before its loan was accepted`);
  };

  /** Lives through all nights, and until nothing moves any more; stops at the first violation. */
  async live(): Promise<LifeResult> {
    const { nights } = this.setting;
    for (this.#night = 1; this.#night <= nights && this.#isSound(); this.#night++) await this.#liveNight();
    this.#night = nights;
    for (let week = 0; week < 6 && this.#isSound() && this.#hasDeferred(); week++) {
      this.time.pass(8 * day);
      await this.#rest();
    }
    if (this.#isSound()) this.#check(true);
    this.result.posts = this.register.posts.length;
    return this.result;
  }

  #isSound(): boolean {
    return this.result.violations.length === 0;
  }

  async #liveNight(): Promise<void> {
    const chance = this.#chance;
    const night = this.#night;
    this.result.nights++;
    if (night > 1) this.time.pass(chance.pick([20 * hour, 24 * hour, 26 * hour, 3 * day, 9 * day] as const));
    if (chance.hits(this.register.temper.down)) {
      const from = this.time.now() + chance.between(0, 20) * minute;
      this.register.down = { from, to: from + chance.between(1, 300) * minute };
    }
    if (this.setting.loss?.kind === 'older copy' && this.setting.loss.night === night) this.#copyLedger();
    const size = { ...this.#size, exports: chance.between(1, this.#size.exports) };
    const repeats = this.setting.tame && this.setting.loss?.night === night ? 'each loan once' : 'repeats';
    this.#drop(makeNight(this.#lender, night, size, repeats, chance, this.#drops));
    // Whoever has lost the key of the tokens has lost the corrections made with it.
    if (night > 1 && !this.#lost) this.#dropCorrections();
    await this.#liveThroughCrashes();
    if (!this.#isSound()) return;
    await this.#rest();
    if (this.#isSound()) this.#check(false);
    if (this.#isSound() && chance.hits(0.4)) await this.#writeAgain();
  }

  async #liveThroughCrashes(): Promise<void> {
    const chance = this.#chance;
    const { loss } = this.setting;
    const lossAt = loss?.night === this.#night ? chance.between(1, 5) : undefined;
    for (let start = 0; this.#isSound(); start++) {
      const doom = this.#fates(this.#night, start, chance);
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
      else if (!loss && chance.hits(0.06)) this.#dropAgain();
    }
  }

  #patience(): Patience {
    const chance = this.#chance;
    const stop = new AbortController();
    if (chance.hits(0.04)) this.time.alarm(chance.between(1, 600) * second, () => stop.abort());
    const wait = chance.pick([15 * minute, hour, 5 * hour, 12 * hour] as const);
    return { wait, noWait: chance.hits(0.05), signal: stop.signal };
  }

  /** Runs without a crash until everything has come to rest, as a scheduler would. */
  async #rest(): Promise<void> {
    let last = '';
    for (let run = 0; run < 80 && this.#isSound(); run++) {
      const ended = await this.#start(undefined, {
        wait: 12 * hour,
        noWait: false,
        signal: new AbortController().signal,
      });
      if (ended.kind === 'crashed') throw new Error('a process died that was not doomed');
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
    const process = new SimProcess(this.time, this.#log.log, doom, () => {
      for (const wrong of this.#whole.look()) this.#blame('every visible file is whole', wrong);
    });
    this.lastProcess = process;
    const onOpen = (ledger: Ledger) => checkIntake(ledger, this.#config.folders, this.#drops, this.#blame);
    const random = () => this.#chance.next();
    const fixKey = sha256(`${this.setting.seed} ${this.#lost}`);
    const around = { config: this.#config, register: this.register, random, fixKey, blame: this.#blame, onOpen };
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

  #drop(drops: readonly Drop[]): void {
    const { inbox } = this.#config.folders;
    for (const drop of drops) {
      const same = this.#drops.find(({ sha256 }) => sha256 === drop.sha256);
      if (same) same.again++;
      else this.#drops.push(drop);
      writeFileSync(join(inbox, drop.name), drop.bytes);
    }
  }

  /** People drop what they have corrected. */
  #dropCorrections(): void {
    const chance = this.#chance;
    const found = outboxFolders(this.#config.folders.outbox);
    let count = 0;
    for (const drop of [...this.#drops]) {
      if (drop.night === this.#night || count > 1 || !chance.hits(0.25)) continue;
      const told = toldOf(found, drop);
      const text = told && toFixText(told);
      if (text === undefined) continue;
      const makes = chance.hits(0.15) ? 2 : 1;
      for (let made = 0; made < makes; made++) {
        const about = {
          night: this.#night,
          name: `korjaus_${this.#night}_${count++}.csv`,
          fresh: () => this.#lender.count++,
        };
        this.#drop([
          makeCorrection(
            drop,
            text,
            { ...about, isUnderWay: (reference) => this.#isUnderWay(drop, reference) },
            chance,
          ),
        ]);
      }
    }
  }

  /** Whether a correction of the report is on its way already. */
  #isUnderWay({ api }: Drop, reference: string): boolean {
    return this.#drops.some(
      (drop) =>
        drop.corrects !== null &&
        drop.api === api &&
        drop.expected.reports.some(
          (report) => report.reference === reference && report.sound && this.#truths.get(report) !== 'rejected',
        ),
    );
  }

  /** The same bytes once more, under their own name or another. */
  #dropAgain(): void {
    const drop = this.#chance.anyOf(this.#drops);
    if (!drop) return;
    const { inbox } = this.#config.folders;
    const other = `${drop.name.replace(/\.csv$/, '')}_copy${drop.again}.csv`;
    const name = this.#chance.hits(0.5) && !existsSync(join(inbox, drop.name)) ? drop.name : other;
    if (existsSync(join(inbox, name))) return;
    writeFileSync(join(inbox, name), drop.bytes);
    drop.again++;
  }

  get #ledgerFile(): string {
    return join(this.#config.folders.state, 'ledger.sqlite');
  }

  #copyLedger(): void {
    if (existsSync(this.#ledgerFile)) copyFileSync(this.#ledgerFile, join(this.#root, 'older.sqlite'));
  }

  /** The ledger is lost, or put back from an older copy; what came since then is dropped once more. */
  #loseLedger(): void {
    this.#lost = true;
    // Whoever puts a lost ledger back waits until the register shows whatever it has.
    this.time.pass(this.setting.temper.visibleWithin);
    rmSync(this.#ledgerFile);
    const older = join(this.#root, 'older.sqlite');
    if (existsSync(older)) copyFileSync(older, this.#ledgerFile);
    for (const { night, name, bytes } of this.#drops)
      if (night === this.#night) writeFileSync(join(this.#config.folders.inbox, name), bytes);
  }

  #hasDeferred(): boolean {
    return [...this.#truths.values()].includes('deferred');
  }

  #check(atEnd: boolean): void {
    const { folders } = this.#config;
    this.#truths = checkRest(
      { drops: this.#drops, register: this.register, folders, countsAgain: !this.#lost, atEnd },
      this.#blame,
    );
    checkLedger(this.#ledgerFile, this.#blame);
    checkLog(this.#log.take(), this.#blame);
    checkPace(this.register.posts, this.setting.submission.batchesPerMinute, this.#blame);
  }

  async #writeAgain(): Promise<void> {
    if (!this.#lost) await checkWrittenAgain(this.#config, this.time, this.#log.log, this.#blame);
  }
}

/** How long it takes until a killed process is started again. */
function gap(chance: Chance): number {
  const kind = chance.next();
  if (kind < 0.5) return chance.between(1, 120) * second;
  if (kind < 0.85) return chance.between(2, 60) * minute;
  return kind < 0.97 ? chance.between(1, 6) * hour : chance.between(1, 3) * day;
}
