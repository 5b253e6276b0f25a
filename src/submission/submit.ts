import pLimit from 'p-limit';
import { type Environment, targetEnvironment } from '../contract/environments.ts';
import { frame, type KeyCase, loanQuestion, statusQuestion } from '../contract/message.ts';
import type { Owner } from '../contract/shapes.ts';
import type { BatchRecord, DueBatches, Instant, Ledger, Planning } from '../ledger/ledger.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { reached } from '../lib/step.ts';
import { BatchStep } from './batch-step.ts';
import { backOff, waitForToken } from './pace.ts';
import { planStep } from './plan.ts';
import type { Register } from './register.ts';
import { mayResend } from './resend.ts';
import { breakEnds, type ServiceBreak } from './service-breaks.ts';

export type SubmissionLimits = {
  maxReportsPerBatch: number;
  maxBytesPerBatch: number;
  batchesPerMinute: number;
  inFlight: number;
  statusInquiry: { first: number; every: number; alarmAfter: number };
  resendUnknown: { after: number; notFoundAnswers: number };
};

export type SubmitOptions = {
  ledger: Ledger;
  register: Register;
  environment: Environment;
  owner: Owner;
  keyCase: KeyCase;
  limits: SubmissionLimits;
  /** Announced service breaks: nothing is sent or asked in them. */
  breaks: readonly ServiceBreak[];
  clock: Clock;
  log: Log;
  /** Says stop: what is open is finished, nothing new begins. */
  signal: AbortSignal;
  /** When to stop waiting for verdicts; `sent` does not wait: it ends when everything that may go has been sent. */
  until: Instant | 'sent';
  /** Ends when the register cannot be reached, instead of trying for ever. */
  giveUp: boolean;
  /** A number from 0 to 1, to spread waits. */
  random(): number;
  /** Finds the column behind a field of the register's, for exports of one mapping. */
  columnsOf(mappingSha256: string): Promise<(field: string) => string | null>;
  onStep(): void;
};

/** Why sending and asking came to an end. */
export type SubmitEnd =
  | { kind: 'idle' }
  | { kind: 'timeUp' }
  | { kind: 'interrupted' }
  | { kind: 'unreachable'; why: string }
  | { kind: 'halted'; why: string }
  /** Nothing was said to the register: we cannot show who we are. */
  | { kind: 'noCredentials'; why: string };

/** Predecessors that were asked about this often without a verdict no longer hold up exports after them. */
const patience = 3;
const giveUpAfter = { tries: 4, ms: 15_000 };
/** Answers in a row that say nothing but that the register is ill, after which it is only probed. */
const illInARow = 10;
const probeEvery = 60_000;
const isOpen = (ill: number) => ill >= illInARow;

/**
 * Plans, sends and asks until nothing is left to do now: every report has a verdict, waits for a date, or is held.
 * May be killed at any point; the next call goes on from the ledger.
 */
export async function submit(options: SubmitOptions): Promise<SubmitEnd> {
  return new Submission(options).run();
}

class Submission {
  readonly #options: SubmitOptions;
  readonly #limit: ReturnType<typeof pLimit>;
  readonly #step: BatchStep;
  /** Batches with a step under way; a reserved one may still take a token of the rate. */
  readonly #active = new Map<number, { done: Promise<void>; reserved: number | null }>();
  /** Exports whose reports all wait for others; looked at again when something was settled. */
  readonly #stalled = new Set<number>();
  /** When the last POSTs began, oldest first: loaded once, since one process at a time sends. */
  #posts: Instant[] = [];
  /** Ill answers in a row. */
  #ill = 0;
  #unreachable: { tries: number; since: Instant; until: Instant; why: string } | undefined;
  /** How many verdicts have come: one that comes while a wave is looked at may set the next one free. */
  #settled = 0;
  /** Waves that are looked at in several steps: how many verdicts there were at their beginning, and whether anything could go. */
  readonly #waves = new Map<number, { settled: number; moved: boolean }>();
  /** How many steps have ended. */
  #ended = 0;
  #halted: string | undefined;
  #failure: unknown;

  constructor(options: SubmitOptions) {
    this.#options = options;
    this.#limit = pLimit(options.limits.inFlight);
    const { ledger, register, limits, clock, log, random, columnsOf } = options;
    const question = (reference: string) => statusQuestion(this.#envelope(options.owner), reference, options.keyCase);
    this.#step = new BatchStep({
      ledger,
      register,
      limits,
      clock,
      log,
      random,
      columnsOf,
      question,
      loanQuestion: (loanNumber) => loanQuestion(this.#envelope(options.owner), loanNumber, options.keyCase),
      environment: options.environment,
      owner: options.owner,
    });
  }

  async run(): Promise<SubmitEnd> {
    const { ledger, clock, signal, until } = this.#options;
    this.#posts = await ledger.recentPosts(clock.now());
    this.#ill = Number((await ledger.recall('illAnswers')) ?? 0);
    for (;;) {
      const end = this.#whyEnd();
      if (end) {
        await this.#drain();
        return end;
      }
      if ((await ledger.releaseDeferred(clock.now())) > 0) this.#stalled.clear();
      const seen = this.#ended;
      const work = await this.#plan();
      const wake = await this.#start(work);
      // What ended while this was looked up may have made new work: look again before waiting, or ending.
      if (this.#ended !== seen) continue;
      if (this.#active.size === 0) {
        if (work.open === 0) return this.#whyEnd() ?? { kind: 'idle' };
        if (until === 'sent' && work.planned === 0) return { kind: 'timeUp' };
      }
      const now = clock.now();
      const timeLeft = until === 'sent' ? Number.POSITIVE_INFINITY : until - now;
      await this.#wait(Math.min(wake - now, timeLeft), signal);
    }
  }

  #whyEnd(): SubmitEnd | undefined {
    const { signal, until, clock, giveUp } = this.#options;
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#halted !== undefined) return { kind: 'halted', why: this.#halted };
    if (signal.aborted) return { kind: 'interrupted' };
    const timeUp = until !== 'sent' && clock.now() >= until;
    if (timeUp && !this.#unreachable) return { kind: 'timeUp' };
    const { tries, since, why } = this.#unreachable ?? { tries: 0, since: 0, why: '' };
    const enough = giveUp && tries >= giveUpAfter.tries && clock.now() - since >= giveUpAfter.ms;
    if (timeUp || enough) return { kind: 'unreachable', why };
    return undefined;
  }

  /** Cuts batches ahead of sending, but not far ahead; returns what is to be done. */
  async #plan(): Promise<DueBatches> {
    const { ledger, limits, clock } = this.#options;
    for (;;) {
      const work = await ledger.dueBatches(clock.now(), limits.inFlight * 2 + 8);
      if (work.planned >= limits.inFlight * 4) return work;
      const next = (await ledger.toPlan(patience)).find(({ exportId }) => !this.#stalled.has(exportId));
      if (!next) return work;
      await this.#planNext(next);
    }
  }

  async #planNext(planning: Planning): Promise<void> {
    const { ledger, limits, keyCase, clock, log } = this.#options;
    const some = limits.maxReportsPerBatch * 2 + 1;
    const wave = this.#waves.get(planning.exportId) ?? { settled: this.#settled, moved: planning.begun };
    const found = await ledger.candidates(planning.exportId, some);
    const ends = found.length < some;
    const step = planStep(planning, found, ends, frame(planning.api, this.#envelope(planning.owner), keyCase), limits);
    wave.moved ||= step.batches.length + step.held.length > 0;
    if (!ends) this.#waves.set(planning.exportId, wave);
    else {
      this.#waves.delete(planning.exportId);
      // A whole wave in which nothing could go ends the planning of this export until something is settled.
      if (!wave.moved && this.#settled === wave.settled) this.#stalled.add(planning.exportId);
    }
    await ledger.commitPlan(step, clock.now());
    reached('plan.committed');
    for (const batch of step.batches)
      log.info('batch.planned', { batch: batch.reference, count: batch.reportIds.length });
  }

  /** Begins every step whose time has come, as far as `inFlight` and the rate allow; tells when to look again. */
  async #start(work: DueBatches): Promise<number> {
    const { ledger, clock, limits, breaks } = this.#options;
    const now = clock.now();
    const pausedUntil = await ledger.pausedUntil();
    const held = breakEnds(breaks, now);
    if (held !== null) return held;
    if (pausedUntil > now) return pausedUntil;
    // One at a time is enough to see whether the register is there, and well, again.
    const most = isOpen(this.#ill) || this.#unreachable ? 1 : limits.inFlight;
    let wake = work.nextAt ?? Number.POSITIVE_INFINITY;
    for (const batch of work.due) {
      if (this.#active.has(batch.id)) continue;
      if (this.#active.size >= most) break;
      const posts = batch.state === 'planned' || mayResend(batch, now, limits.resendUnknown);
      if (posts) {
        const wait = waitForToken({ pausedUntil, recentPosts: this.#recentPosts() }, limits.batchesPerMinute, now);
        if (wait > 0) {
          wake = Math.min(wake, now + wait);
          continue;
        }
      }
      this.#begin(batch, posts ? now : null);
    }
    return wake;
  }

  /** With the POSTs that steps under way may still begin. */
  #recentPosts(): Instant[] {
    const reserved = [...this.#active.values()].flatMap((step) => (step.reserved === null ? [] : [step.reserved]));
    return reserved.length === 0 ? this.#posts : [...this.#posts, ...reserved];
  }

  #begin(batch: BatchRecord, reserved: number | null): void {
    const entry = { reserved, done: Promise.resolve() };
    this.#active.set(batch.id, entry);
    const work = async () => {
      const result = await this.#step.take(batch, (at) => {
        entry.reserved = null;
        if (at === null) return;
        this.#posts.push(at);
        if (this.#posts.length > this.#options.limits.batchesPerMinute) this.#posts.shift();
      });
      if (result.kind === 'halt') this.#halted = result.why;
      if (result.kind === 'settled') {
        this.#settled++;
        this.#stalled.clear();
      }
      if (result.kind === 'unreachable') await this.#pause(result.why);
      else {
        this.#unreachable = undefined;
        await this.#noteHealth(result.kind === 'open' && result.ill);
      }
    };
    entry.done = this.#limit(work)
      .catch((error: unknown) => {
        this.#failure ??= error;
      })
      .finally(() => {
        this.#active.delete(batch.id);
        this.#ended++;
        this.#options.onStep();
      });
  }

  /** A register that is ill is left in peace: ever longer, up to a probe a minute, until it gives a sensible answer. */
  async #noteHealth(ill: boolean): Promise<void> {
    const { ledger, clock, random, log } = this.#options;
    const before = this.#ill;
    this.#ill = ill ? before + 1 : 0;
    if (isOpen(this.#ill)) {
      const ms = Math.min(probeEvery, backOff(this.#ill - illInARow + 1, random()));
      log.warn('register.ill', { attempts: this.#ill, ms });
      await ledger.pause(clock.now() + ms);
    }
    if (isOpen(before) || isOpen(this.#ill)) await ledger.remember('illAnswers', String(this.#ill));
  }

  async #pause(why: string): Promise<void> {
    const { ledger, clock, random, log } = this.#options;
    const now = clock.now();
    const { tries, since, until } = this.#unreachable ?? { tries: 0, since: now, until: 0 };
    if (now < until) return; // begun together with one that has failed already
    const ms = backOff(tries + 1, random());
    this.#unreachable = { tries: tries + 1, since, until: now + ms, why };
    log.warn('register.unreachable', { attempts: tries + 1, ms, why });
    await ledger.pause(now + ms);
  }

  async #wait(ms: number, signal: AbortSignal): Promise<void> {
    const { clock } = this.#options;
    const enough = new AbortController();
    const sleep = clock.sleep(Math.max(1, ms), AbortSignal.any([signal, enough.signal]));
    await Promise.race([sleep, ...[...this.#active.values()].map(({ done }) => done)]);
    enough.abort();
  }

  /** A request that is under way is never cut short: its answer is worth waiting for. */
  async #drain(): Promise<void> {
    await Promise.all([...this.#active.values()].map(({ done }) => done));
    if (this.#failure !== undefined) throw this.#failure;
  }

  #envelope(owner: Owner) {
    return { targetEnvironment: targetEnvironment(this.#options.environment), owner };
  }
}
