import { targetEnvironment } from '../contract/environments.ts';
import { frame, loanQuestion, statusQuestion } from '../contract/message.ts';
import type { CodeTable } from '../contract/register-codes.ts';
import type { Owner } from '../contract/shapes.ts';
import type { BatchRecord, DueBatches, Instant, Planning } from '../ledger/ledger.ts';
import { reached } from '../lib/step.ts';
import { BatchStep } from './batch-step.ts';
import { backOff, noteToken, waitForToken } from './pace.ts';
import { planStep } from './plan.ts';
import type { Register } from './register.ts';
import { mayResend } from './resend.ts';
import { breakEnds } from './service-breaks.ts';
import { type Speaking, waitForAny } from './speaking.ts';

export type SubmissionLimits = {
  maxReportsPerBatch: number;
  maxBytesPerBatch: number;
  batchesPerMinute: number;
  inFlight: number;
  /** The upload of the loan stock: exports of these mappings go behind all others, at a pace of their own. */
  stock?: { mappings: readonly string[]; batchesPerMinute: number; maxReportsPerBatch: number } | undefined;
  statusInquiry: { first: number; every: number; alarmAfter: number };
  resendUnknown: { after: number; notFoundAnswers: number };
};

export type SubmitOptions = Speaking & {
  register: Register;
  owner: Owner;
  limits: SubmissionLimits;
  /** The register's error codes; those of our own contract when absent. */
  codes?: CodeTable | undefined;
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

/** A step under way: when it took a token of the rate it may still use, and whether it is of the loan stock. */
type Active = { done: Promise<void>; reserved: Instant | null; ofStock: boolean };

/** With the POSTs that steps under way may still begin. */
function withReserved(posts: readonly Instant[], steps: readonly Active[]): readonly Instant[] {
  const reserved = steps.flatMap((step) => (step.reserved === null ? [] : [step.reserved]));
  return reserved.length === 0 ? posts : [...posts, ...reserved];
}

class Submission {
  readonly #options: SubmitOptions;
  readonly #step: BatchStep;
  /** Batches with a step under way. */
  readonly #active = new Map<number, Active>();
  /** Exports whose reports all wait for others; looked at again when something was settled. */
  readonly #stalled = new Set<number>();
  /** When the last POSTs began, oldest first: loaded once, since one process at a time sends. */
  #posts: Instant[] = [];
  /** The same of the loan stock. */
  #stockPosts: Instant[] = [];
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
    const { ledger, register, limits, clock, log, random, columnsOf, codes } = options;
    const question = (reference: string) => statusQuestion(this.#envelope(options.owner), reference, options.keyCase);
    this.#step = new BatchStep({
      ledger,
      register,
      limits,
      clock,
      log,
      random,
      columnsOf,
      codes,
      question,
      loanQuestion: (loanNumber) => loanQuestion(this.#envelope(options.owner), loanNumber, options.keyCase),
      environment: options.environment,
      owner: options.owner,
    });
  }

  async run(): Promise<SubmitEnd> {
    const { ledger, clock, signal, until } = this.#options;
    this.#posts = await ledger.recentPosts(clock.now());
    // Which of them were of the stock is not looked up: at worst it begins a minute later.
    this.#stockPosts = [...this.#posts];
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
        if (until === 'sent' && work.planned + work.plannedBehind === 0) return { kind: 'timeUp' };
      }
      const now = clock.now();
      const timeLeft = until === 'sent' ? Number.POSITIVE_INFINITY : until - now;
      await waitForAny(clock, Math.min(wake - now, timeLeft), this.#working(), signal);
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
      const behind = limits.stock?.mappings ?? [];
      const work = await ledger.dueBatches(clock.now(), limits.inFlight * 2 + 8, behind);
      const enough = limits.inFlight * 4;
      if (work.planned >= enough) return work;
      const next = (await ledger.toPlan(patience, behind)).find(
        (planning) => !this.#stalled.has(planning.exportId) && !(planning.behind && work.plannedBehind >= enough),
      );
      if (!next) return work;
      await this.#planNext(next);
    }
  }

  async #planNext(planning: Planning): Promise<void> {
    const { ledger, keyCase, clock, log } = this.#options;
    const limits = { ...this.#options.limits, ...(planning.behind ? this.#options.limits.stock : {}) };
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
      const ofStock = work.behind.has(batch.id);
      if (posts) {
        const wait = this.#waitForToken(pausedUntil, ofStock, now);
        if (wait > 0) {
          wake = Math.min(wake, now + wait);
          continue;
        }
      }
      this.#begin(batch, posts ? now : null, ofStock);
    }
    return wake;
  }

  /** How long a POST must wait for the rate: one of the stock for its own too. POSTs that steps under way may still begin count. */
  #waitForToken(pausedUntil: Instant, ofStock: boolean, now: Instant): number {
    const { batchesPerMinute, stock } = this.#options.limits;
    const steps = [...this.#active.values()];
    const recentPosts = withReserved(this.#posts, steps);
    const wait = waitForToken({ pausedUntil, recentPosts }, batchesPerMinute, now);
    if (!ofStock || !stock) return wait;
    const ofStockOnly = withReserved(
      this.#stockPosts,
      steps.filter((step) => step.ofStock),
    );
    return Math.max(wait, waitForToken({ pausedUntil, recentPosts: ofStockOnly }, stock.batchesPerMinute, now));
  }

  #begin(batch: BatchRecord, reserved: number | null, ofStock: boolean): void {
    const entry: Active = { reserved, ofStock, done: Promise.resolve() };
    this.#active.set(batch.id, entry);
    const work = async () => {
      const result = await this.#step.take(batch, (at) => {
        entry.reserved = null;
        if (at === null) return;
        const { batchesPerMinute, stock } = this.#options.limits;
        noteToken(this.#posts, at, batchesPerMinute);
        if (ofStock && stock) noteToken(this.#stockPosts, at, stock.batchesPerMinute);
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
    entry.done = this.#options
      .slots(work)
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

  /** A request that is under way is never cut short: its answer is worth waiting for. */
  async #drain(): Promise<void> {
    await Promise.all(this.#working());
    if (this.#failure !== undefined) throw this.#failure;
  }

  #working(): Promise<void>[] {
    return [...this.#active.values()].map(({ done }) => done);
  }

  #envelope(owner: Owner) {
    return { targetEnvironment: targetEnvironment(this.#options.environment), owner };
  }
}
