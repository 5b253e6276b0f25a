import { type InquiryApi, inquiryApis } from '../contract/apis.ts';
import { targetEnvironment } from '../contract/environments.ts';
import { type ExtractForm, inquiryBody } from '../contract/message.ts';
import type { Instant, OpenQuestion } from '../ledger/ledger.ts';
import { UsageError } from '../lib/problem.ts';
import { reached } from '../lib/step.ts';
import { inquiryOutcome } from './inquiry-outcome.ts';
import { retryAfterMs } from './outcome.ts';
import { backOff, noteToken, waitForToken } from './pace.ts';
import { refusalFindings } from './refusal-findings.ts';
import type { AskedLoan, Register } from './register.ts';
import { breakEnds } from './service-breaks.ts';
import { type Speaking, waitForAny } from './speaking.ts';
import type { SubmitEnd } from './submit.ts';

export type InquireOptions = Speaking & {
  register: Pick<Register, 'getLoan' | 'getExtract'>;
  extractForm: ExtractForm;
  /** Questions in any sliding minute. */
  inquiriesPerMinute: number;
  onAnswer(): void;
};

const giveUpAfter = { tries: 4, ms: 15_000 };
/** Questions looked up at once. */
const some = 200;

/**
 * Asks every open question once, and again those of which the answer got lost, until each has an answer in the ledger. A
 * question changes nothing at the register: asked twice, it does no harm. May be killed at any point; the next call goes on.
 */
export async function inquire(options: InquireOptions): Promise<SubmitEnd> {
  return new Inquiry(options).run();
}

class Inquiry {
  readonly #o: InquireOptions;
  readonly #active = new Map<number, Promise<void>>();
  /** Questions looked up and not begun. */
  #next: OpenQuestion[] = [];
  /** Questions without a clear answer: when each may be asked again, and how often it was asked. */
  readonly #again = new Map<number, { at: Instant; tries: number }>();
  /** When the last questions were asked, oldest first. */
  #asked: Instant[] = [];
  /** Answers in a row that said nothing, and until when the register is left in peace because of them. */
  #vain = { tries: 0, until: 0 };
  #unreachable: { tries: number; since: Instant; why: string } | undefined;
  /** APIs that no further question goes to, and why. */
  readonly #halted = new Map<InquiryApi, string>();
  #failure: unknown;

  constructor(options: InquireOptions) {
    this.#o = options;
  }

  async run(): Promise<SubmitEnd> {
    const { ledger, clock, signal, until } = this.#o;
    this.#asked = await ledger.recentAnswers(clock.now());
    for (;;) {
      const end = this.#whyEnd() ?? (await this.#start());
      if (typeof end !== 'number') {
        await Promise.all(this.#active.values());
        if (this.#failure !== undefined) throw this.#failure;
        if (end) return end;
        continue;
      }
      const timeLeft = until === 'sent' ? Number.POSITIVE_INFINITY : until - clock.now();
      await waitForAny(clock, Math.min(end - clock.now(), timeLeft), this.#active.values(), signal);
    }
  }

  #whyEnd(): SubmitEnd | undefined {
    const { signal, until, clock, giveUp } = this.#o;
    if (this.#failure !== undefined) throw this.#failure;
    if (signal.aborted) return { kind: 'interrupted' };
    const { tries, since, why } = this.#unreachable ?? { tries: 0, since: 0, why: '' };
    if (giveUp && tries >= giveUpAfter.tries && clock.now() - since >= giveUpAfter.ms)
      return { kind: 'unreachable', why };
    if (until === 'sent' || clock.now() < until) return undefined;
    return this.#over(this.#unreachable ? { kind: 'unreachable', why } : { kind: 'timeUp' });
  }

  /** Begins what may begin now. @returns when to look again; an end when nothing is left; nothing when it is not known yet */
  async #start(): Promise<Instant | SubmitEnd | undefined> {
    const { ledger, clock, breaks, inquiriesPerMinute, slots, until } = this.#o;
    for (;;) {
      const now = clock.now();
      const held = breakEnds(breaks, now);
      if (held !== null) return held;
      const pausedUntil = Math.max(await ledger.pausedUntil(), this.#vain.until);
      if (pausedUntil > now) return pausedUntil;
      // One at a time is enough to see whether the register is well again.
      const most = this.#vain.tries > 0 || this.#unreachable ? 1 : slots.concurrency;
      if (this.#active.size >= most) return Number.POSITIVE_INFINITY;
      const wait = waitForToken({ pausedUntil: 0, recentPosts: this.#asked }, inquiriesPerMinute, now);
      if (wait > 0) return now + wait;
      if (this.#next.length === 0) await this.#lookUp();
      const question = this.#next.shift();
      if (question) {
        this.#begin(question, now);
        continue;
      }
      if (this.#active.size > 0) return undefined;
      if (this.#again.size === 0) return this.#over({ kind: 'idle' });
      if (until === 'sent') return this.#over({ kind: 'timeUp' });
      return Math.min(...[...this.#again.values()].map(({ at }) => at));
    }
  }

  /** That questions to an API could not be asked goes before everything that became of the others. */
  #over(end: SubmitEnd): SubmitEnd {
    const [why] = this.#halted.values();
    return why === undefined ? end : { kind: 'halted', why };
  }

  /** Open questions that are not under way, nor waiting for their time. */
  async #lookUp(): Promise<void> {
    const { ledger, clock, until } = this.#o;
    const apis = inquiryApis.filter((api) => !this.#halted.has(api));
    const found = await ledger.openQuestions(apis, some + this.#active.size + this.#again.size);
    const open = new Set(found.map(({ id }) => id));
    for (const id of this.#again.keys()) if (!open.has(id)) this.#again.delete(id);
    const now = clock.now();
    this.#next = found.filter(({ id }) => {
      const again = this.#again.get(id);
      return !this.#active.has(id) && (again === undefined || (until !== 'sent' && again.at <= now));
    });
  }

  #begin(question: OpenQuestion, now: Instant): void {
    noteToken(this.#asked, now, this.#o.inquiriesPerMinute);
    const work = this.#o
      .slots(() => this.#ask(question))
      .catch((error: unknown) => {
        this.#failure ??= error;
      })
      .finally(() => this.#active.delete(question.id));
    this.#active.set(question.id, work);
  }

  async #ask(question: OpenQuestion): Promise<void> {
    const { environment, keyCase, extractForm, clock, ledger } = this.#o;
    const envelope = { targetEnvironment: targetEnvironment(environment), owner: question.owner };
    const body = inquiryBody(question.api, envelope, question.text, keyCase, extractForm);
    const asked = await this.#put(question.api, body);
    if (!asked) return;
    reached('question.answered');
    const outcome = inquiryOutcome(asked);
    switch (outcome.kind) {
      case 'halt':
        this.#halt(question.api, outcome.why);
        return;
      case 'unreachable': {
        const { tries, since } = this.#unreachable ?? { tries: 0, since: clock.now() };
        this.#unreachable = { tries: tries + 1, since, why: outcome.why };
        return this.#rest(outcome.why);
      }
      case 'unclear': {
        this.#unreachable = undefined;
        const pause = asked.kind === 'answered' ? retryAfterMs(asked.retryAfter, clock.now()) : 0;
        if (pause > 0) await ledger.pause(clock.now() + pause);
        else this.#rest(outcome.why);
        return this.#askAgain(question, pause, outcome.why);
      }
      case 'answered':
      case 'refused':
        this.#unreachable = undefined;
        this.#vain = { tries: 0, until: 0 };
        this.#again.delete(question.id);
        await this.#keep(question, asked, outcome);
        reached('answer.kept');
        this.#o.onAnswer();
    }
  }

  /** Nothing when there is no certificate to ask with: that stops the questions to this API, and no others. */
  async #put(api: InquiryApi, body: string): Promise<AskedLoan | undefined> {
    const { register } = this.#o;
    try {
      return api === 'GetLoan' ? await register.getLoan(body) : await register.getExtract(body);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      this.#halt(api, error.message);
      return undefined;
    }
  }

  #halt(api: InquiryApi, why: string): void {
    this.#halted.set(api, why);
    this.#next = this.#next.filter((question) => question.api !== api);
    this.#o.log.error('questions.halted', { api, why });
  }

  async #keep(
    question: OpenQuestion,
    asked: AskedLoan,
    outcome: ReturnType<typeof inquiryOutcome> & { kind: 'answered' | 'refused' },
  ): Promise<void> {
    const { ledger, clock, columnsOf } = this.#o;
    if (asked.kind === 'failed') throw new Error('no answer is not the register’s word');
    const { status, text } = asked;
    const refused =
      outcome.kind === 'answered'
        ? null
        : refusalFindings(outcome.errors, question, status, await columnsOf(question.mappingSha256));
    await ledger.keepAnswer(question.id, { status, text, at: clock.now(), refused });
  }

  /** Leaves the register in peace, ever longer, until it gives a sensible answer. */
  #rest(why: string): void {
    const { clock, random, log } = this.#o;
    const tries = this.#vain.tries + 1;
    const ms = backOff(tries, random());
    this.#vain = { tries, until: clock.now() + ms };
    log.warn('register.unclear', { attempts: tries, ms, why });
  }

  #askAgain({ id, fileSha256, line }: OpenQuestion, pause: number, why: string): void {
    const { clock, random, log } = this.#o;
    const tries = (this.#again.get(id)?.tries ?? 0) + 1;
    this.#again.set(id, { tries, at: clock.now() + Math.max(pause, backOff(tries, random())) });
    log.warn('question.unclear', { export: fileSha256.slice(0, 8), line, attempts: tries, why });
  }
}
