import pLimit from 'p-limit';
import type { Clock } from '../lib/clock.ts';
import { inquiryOutcome } from '../submission/inquiry-outcome.ts';
import { retryAfterMs } from '../submission/outcome.ts';
import { backOff, noteToken, waitForToken } from '../submission/pace.ts';
import type { AskedLoan } from '../submission/register.ts';
import { breakEnds, type ServiceBreak } from '../submission/service-breaks.ts';

/** Why asking ended before everything was asked. */
export class AskingStopped extends Error {
  readonly interrupted: boolean;

  constructor(why: string, interrupted = false) {
    super(why);
    this.interrupted = interrupted;
  }
}

export type AskingOptions = {
  ask(loanNumber: { type: string; number: string }): Promise<AskedLoan>;
  perMinute: number;
  inFlight: number;
  breaks: readonly ServiceBreak[];
  clock: Clock;
  random(): number;
  signal: AbortSignal;
};

const mostTries = 5;

/**
 * Asks GetLoan at a pace: at most `perMinute` questions in any minute and `inFlight` at a time, none in a service break or
 * while the register has asked for a pause (Retry-After). A question that gets no answer is asked again, ever later.
 * @throws AskingStopped when told to stop, when the register cannot be reached, or when it refuses the certificate
 */
export class LoanAsker {
  readonly #options: AskingOptions;
  readonly #limit: ReturnType<typeof pLimit>;
  #recent: number[] = [];
  #pausedUntil = 0;
  #stopped: AskingStopped | undefined;

  constructor(options: AskingOptions) {
    this.#options = options;
    this.#limit = pLimit(options.inFlight);
  }

  async ask(loanNumber: { type: string; number: string }): Promise<{ status: number; text: string }> {
    return await this.#limit(async () => {
      for (let tries = 1; ; tries++) {
        await this.#turn();
        const asked = await this.#options.ask(loanNumber);
        const outcome = inquiryOutcome(asked);
        if (outcome.kind === 'halt') throw this.#stop(outcome.why);
        if (asked.kind === 'answered' && asked.status < 429) return asked;
        const why = asked.kind === 'failed' ? asked.code : `HTTP ${asked.status}`;
        if (tries === mostTries) throw this.#stop(`the register does not answer (${why})`);
        const { clock, random } = this.#options;
        const now = clock.now();
        const asks = asked.kind === 'answered' ? retryAfterMs(asked.retryAfter, now) : 0;
        this.#pausedUntil = Math.max(this.#pausedUntil, now + Math.max(asks, backOff(tries, random())));
      }
    });
  }

  /** What ends one question ends all: none is begun any more. */
  #stop(why: string): AskingStopped {
    this.#stopped ??= new AskingStopped(why);
    return this.#stopped;
  }

  /** Waits until the next question may go. */
  async #turn(): Promise<void> {
    const { clock, breaks, perMinute, signal } = this.#options;
    for (;;) {
      if (this.#stopped) throw this.#stopped;
      if (signal.aborted) throw new AskingStopped('stopped', true);
      const now = clock.now();
      const pausedUntil = Math.max(this.#pausedUntil, breakEnds(breaks, now) ?? 0);
      const wait = waitForToken({ pausedUntil, recentPosts: this.#recent }, perMinute, now);
      if (wait === 0) {
        noteToken(this.#recent, now, perMinute);
        return;
      }
      await clock.sleep(wait, signal);
    }
  }
}
