import { createHash } from 'node:crypto';
import { readAnswer } from '../contract/answer.ts';
import type { Owner } from '../contract/shapes.ts';
import type { BatchRecord, BatchReport, Instant, Ledger } from '../ledger/ledger.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { reached } from '../lib/step.ts';
import { classify, type Outcome, retryAfterMs } from './outcome.ts';
import { backOff } from './pace.ts';
import { bodyOf } from './plan.ts';
import type { Asked, Register } from './register.ts';
import { type Body, refusal, type SettleContext, settlement } from './settle-batch.ts';
import type { SubmissionLimits } from './submit.ts';
import { readVerdict, type Verdict } from './verdict.ts';

export type StepResult =
  | { kind: 'settled' }
  | { kind: 'open' }
  | { kind: 'unreachable'; why: string }
  | { kind: 'halt'; why: string };

type StepOptions = {
  ledger: Ledger;
  register: Register;
  limits: SubmissionLimits;
  environment: string;
  owner: Owner;
  clock: Clock;
  log: Log;
  random(): number;
  columnsOf(mappingSha256: string): Promise<(field: string) => string | null>;
  question(reference: string): string;
};

type Loaded = { batch: BatchRecord; reports: BatchReport[] };

const unauthorised = [401, 403];

/** Without these nothing was asked at all. */
const noConnection = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Takes one batch one step further: asks about it, or sends it, and records what came of it. */
export class BatchStep {
  readonly #o: StepOptions;

  constructor(options: StepOptions) {
    this.#o = options;
  }

  /** True when an unknown batch was denied often and long enough that the same bytes may go again. */
  mayResend(batch: BatchRecord, now: Instant): boolean {
    const { after, notFoundAnswers } = this.#o.limits.resendUnknown;
    return (
      batch.state === 'unknown' &&
      batch.sentAt !== null &&
      batch.notFound + 1 >= notFoundAnswers &&
      now - batch.sentAt >= after
    );
  }

  /** @param posted told when a POST has begun, or will not begin in this step */
  async take(batch: BatchRecord, posted: () => void): Promise<StepResult> {
    const loaded = { batch, reports: await this.#o.ledger.batchReports(batch.id) };
    try {
      if (batch.state === 'planned') return await this.#send(loaded, posted);
      return await this.#inquire(loaded, posted);
    } finally {
      posted();
    }
  }

  /** Asked first even before the first POST: a ledger that was lost or restored then finds its batch instead of sending it twice. */
  async #send(loaded: Loaded, posted: () => void): Promise<StepResult> {
    const { batch } = loaded;
    const { ledger, clock, log, register } = this.#o;
    const asked = await register.ask(this.#o.question(batch.reference));
    const stop = this.#refusedUs(asked);
    if (stop) return stop;
    const pause = asked.kind === 'answered' ? retryAfterMs(asked.retryAfter, clock.now()) : 0;
    if (pause > 0) {
      await ledger.pause(clock.now() + pause);
      return { kind: 'open' };
    }
    const verdict = this.#verdict(asked, loaded);
    if (verdict.kind !== 'notFound' && verdict.kind !== 'unclear') {
      log.warn('batch.known', {
        batch: batch.reference,
        why: 'the register knows it before it was sent from this ledger: its verdict is taken over',
      });
      return this.#apply(loaded, asked, verdict);
    }
    reached('status.askedFirst');
    return this.#post(loaded, posted);
  }

  async #post(loaded: Loaded, posted: () => void): Promise<StepResult> {
    const { ledger, register, clock, log } = this.#o;
    const { batch } = loaded;
    const { texts, ...frame } = await ledger.batchBody(batch.id);
    const body = bodyOf(frame, texts);
    if (createHash('sha256').update(body).digest('hex') !== batch.bodySha256)
      throw new Error(`the bytes of batch ${batch.reference} are not those that were planned; it was not sent`);
    await ledger.beginPost(batch.id, clock.now());
    posted();
    reached('post.writtenAhead');
    const { seen, text } = await register.post(batch.api, batch.reference, body);
    reached('post.answered');
    const outcome = classify(seen);
    const httpStatus = seen.kind === 'answered' ? seen.status : null;
    log.info(`batch.${outcome.kind}`, {
      batch: batch.reference,
      api: batch.api,
      count: batch.count,
      attempts: batch.attempts + 1,
      ...(httpStatus === null ? {} : { status: httpStatus }),
      ...('why' in outcome ? { why: outcome.why } : {}),
    });
    const result = await this.#record(loaded, outcome, httpStatus, text);
    reached('post.recorded');
    return result;
  }

  async #record(loaded: Loaded, outcome: Outcome, httpStatus: number | null, text: string): Promise<StepResult> {
    const { ledger, clock, limits } = this.#o;
    const { batch } = loaded;
    const now = clock.now();
    const answer = readAnswer(text);
    const end = (state: 'sent' | 'unknown' | 'planned', nextAt: Instant) =>
      ledger.endPost(
        batch.id,
        { state, outcome: outcome.kind, httpStatus, correlationId: answer.correlationId, nextAt },
        now,
      );
    switch (outcome.kind) {
      case 'sent':
      case 'known':
        await end('sent', now + limits.statusInquiry.first);
        return { kind: 'open' };
      case 'unknown': {
        const pause = retryAfterMs(outcome.retryAfter, now);
        await end('unknown', now + Math.max(pause, limits.statusInquiry.first));
        if (pause > 0) await ledger.pause(now + pause);
        return { kind: 'open' };
      }
      case 'unsent':
        await end(batch.state === 'unknown' ? 'unknown' : 'planned', now);
        return { kind: 'unreachable', why: outcome.why };
      case 'stop':
        await end(batch.state === 'unknown' ? 'unknown' : 'planned', now);
        return { kind: 'halt', why: outcome.why };
      case 'refused':
      case 'tooLarge': {
        // Killed between these two, the batch is asked about, denied, sent once more, and refused again.
        await end('unknown', now);
        const tied = new Map(
          Map.groupBy(
            answer.errors.filter(({ reportReference }) => reportReference !== null),
            ({ reportReference }) => reportReference ?? '',
          ),
        );
        const ours = new Set(loaded.reports.map(({ reference }) => reference));
        for (const reference of tied.keys()) if (!ours.has(reference)) tied.delete(reference);
        const untied = answer.errors.filter(({ reportReference }) => reportReference === null);
        const context = await this.#context(loaded, {
          registerStatus: null,
          reported: null,
          correlationId: answer.correlationId,
        });
        await ledger.settle(batch.id, refusal(context, await this.#body(batch), 'refused', tied, untied), now);
        return { kind: 'settled' };
      }
    }
  }

  async #inquire(loaded: Loaded, posted: () => void): Promise<StepResult> {
    const { ledger, clock, register } = this.#o;
    const { batch } = loaded;
    const asked = await register.ask(this.#o.question(batch.reference));
    reached('status.answered');
    const stop = this.#refusedUs(asked);
    if (stop) return stop;
    const verdict = this.#verdict(asked, loaded);
    if (verdict.kind === 'notFound' && this.mayResend(batch, clock.now())) return this.#post(loaded, posted);
    if (asked.kind === 'answered') {
      const pause = retryAfterMs(asked.retryAfter, clock.now());
      if (pause > 0) await ledger.pause(clock.now() + pause);
    }
    return this.#apply(loaded, asked, verdict);
  }

  async #apply(loaded: Loaded, asked: Asked, verdict: Verdict): Promise<StepResult> {
    const { ledger, clock, log } = this.#o;
    const { batch } = loaded;
    const now = clock.now();
    const told = asked.kind === 'answered' ? asked.answer : undefined;
    const context = await this.#context(loaded, {
      registerStatus: told?.batchStatus ?? null,
      reported: told?.reportCount ?? null,
      correlationId: told?.correlationId ?? null,
    });
    switch (verdict.kind) {
      case 'settled':
        await ledger.settle(batch.id, settlement(context, verdict.rejected), now);
        reached('verdict.recorded');
        log.info('batch.settled', {
          batch: batch.reference,
          status: context.registerStatus ?? '',
          count: batch.count - verdict.rejected.size,
        });
        return { kind: 'settled' };
      case 'split':
        await ledger.settle(
          batch.id,
          refusal(context, await this.#body(batch), 'settled', verdict.guilty, verdict.errors),
          now,
        );
        reached('verdict.recorded');
        log.warn('batch.split', { batch: batch.reference, status: context.registerStatus ?? '', count: batch.count });
        return { kind: 'settled' };
      case 'inconsistent':
        await this.#note(context, 'inconsistent', 'same', now, verdict.why);
        log.error('batch.inconsistent', { batch: batch.reference, why: verdict.why });
        return { kind: 'settled' };
      case 'processing':
        await this.#note(context, 'sent', 'resets', this.#nextInquiry(batch, now));
        return { kind: 'open' };
      case 'notFound':
        await this.#note(context, batch.state, 'counts', this.#nextInquiry(batch, now));
        return { kind: 'open' };
      case 'unclear':
        log.warn('batch.unclear', { batch: batch.reference, why: verdict.why });
        await this.#note(context, batch.state, 'same', this.#nextInquiry(batch, now));
        return {
          ...(asked.kind === 'failed' && noConnection.has(asked.code)
            ? { kind: 'unreachable', why: asked.code }
            : { kind: 'open' }),
        };
    }
  }

  async #note(
    context: SettleContext,
    state: BatchRecord['state'],
    notFound: 'counts' | 'resets' | 'same',
    nextAt: Instant,
    contradiction?: string,
  ): Promise<void> {
    const { batch, registerStatus, reported, correlationId } = context;
    const { log, limits, clock } = this.#o;
    const age = batch.sentAt === null ? 0 : clock.now() - batch.sentAt;
    if (age > limits.statusInquiry.alarmAfter) log.error('batch.overdue', { batch: batch.reference, ms: age });
    const told = { state, registerStatus, reported, correlationId, notFound, nextAt };
    await this.#o.ledger.noteAnswer(batch.id, contradiction === undefined ? told : { ...told, contradiction });
    reached('status.recorded');
  }

  /** Asked at the configured rhythm while it is young, ever more slowly as it ages. */
  #nextInquiry(batch: BatchRecord, now: Instant): Instant {
    const { every } = this.#o.limits.statusInquiry;
    return now + (batch.asked < 30 ? every : Math.max(every, backOff(batch.asked - 29, this.#o.random())));
  }

  #verdict(asked: Asked, { batch, reports }: Loaded): Verdict {
    if (asked.kind === 'failed') return { kind: 'unclear', why: asked.code };
    return readVerdict(
      asked,
      batch.reference,
      reports.map(({ reference }) => reference),
    );
  }

  #refusedUs(asked: Asked): StepResult | undefined {
    if (asked.kind !== 'answered' || !unauthorised.includes(asked.status)) return undefined;
    return { kind: 'halt', why: `the register refused the certificate or the owner (HTTP ${asked.status})` };
  }

  async #body(batch: BatchRecord): Promise<Body> {
    const { ledger, environment, owner } = this.#o;
    const { texts, ...frame } = await ledger.batchBody(batch.id);
    const { api, fileSha256, mappingSha256 } = batch;
    return { texts, frame, source: { environment, ownerIdCode: owner.idCode, api, fileSha256, mappingSha256 } };
  }

  async #context(
    loaded: Loaded,
    told: { registerStatus: string | null; reported: number | null; correlationId: string | null },
  ): Promise<SettleContext> {
    const { clock, columnsOf } = this.#o;
    const columnOf = await columnsOf(loaded.batch.mappingSha256);
    return { ...loaded, ...told, now: clock.now(), columnOf };
  }
}
