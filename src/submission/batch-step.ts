import { createHash } from 'node:crypto';
import { type Answer, type RegisterError, readAnswer } from '../contract/answer.ts';
import { type CodeTable, ownCodes } from '../contract/register-codes.ts';
import type { Owner } from '../contract/shapes.ts';
import type { BatchRecord, BatchReport, Instant, Ledger } from '../ledger/ledger.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { reached } from '../lib/step.ts';
import { confirmLoans } from './confirm-loans.ts';
import { sayRefusedCertificate } from './connection-words.ts';
import { Door, neverConnected, refusesCertificate } from './no-answer.ts';
import { classify, type Outcome, retryAfterMs } from './outcome.ts';
import { backOff } from './pace.ts';
import { bodyOf } from './plan.ts';
import type { Asked, Register } from './register.ts';
import { deniedEnough, mayResend } from './resend.ts';
import { type Body, refusal, type SettleContext, settlement } from './settle-batch.ts';
import type { SubmissionLimits } from './submit.ts';
import { readVerdict, speaksOfReports, type Verdict } from './verdict.ts';

/** What a step came to. `ill` answers say nothing but that the register is not well; they slow everything down. */
export type StepResult =
  | { kind: 'settled' }
  | { kind: 'open'; ill: boolean }
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
  /** The register's error codes; those of our own contract when absent. */
  codes?: CodeTable | undefined;
  /** The body of GetBatchStatus for a batch reference. */
  question(reference: string): string;
  /** The body of GetLoan for a loan number. */
  loanQuestion(loanNumber: { type: string; number: string }): string;
};

/** What an answer told of a batch as a whole. */
type Told = Pick<SettleContext, 'registerStatus' | 'reported' | 'correlationId'>;

/** Told when a POST began, or, with null, that none will begin in this step. */
type Posted = (at: Instant | null) => void;

const unauthorised = [401, 403];

/** Takes one batch one step further: asks about it, or sends it, and records what came of it. */
export class BatchStep {
  readonly #o: StepOptions;
  readonly #door = new Door();

  constructor(options: StepOptions) {
    this.#o = options;
  }

  async take(batch: BatchRecord, posted: Posted): Promise<StepResult> {
    try {
      return batch.state === 'planned' ? await this.#send(batch, posted) : await this.#inquire(batch, posted);
    } finally {
      posted(null);
    }
  }

  /** Asked first even before the first POST: a ledger that was lost or restored then finds its batch instead of sending it twice. */
  async #send(batch: BatchRecord, posted: Posted): Promise<StepResult> {
    const { log } = this.#o;
    const asked = await this.#ask(batch.reference);
    const stop = this.#refusedUs(asked);
    if (stop) return stop;
    if (this.#toldToWait(asked) > 0) return { kind: 'open', ill: false };
    if (asked.kind === 'failed' && this.#door.isShut(asked.code)) return { kind: 'unreachable', why: asked.code };
    const verdict = await this.#verdict(asked, batch);
    if (verdict.kind !== 'notFound' && verdict.kind !== 'unclear') {
      log.warn('batch.known', {
        batch: batch.reference,
        why: 'the register knows it before it was sent from this ledger: its verdict is taken over',
      });
      return this.#apply(batch, asked, verdict);
    }
    reached('status.askedFirst');
    return this.#post(batch, posted);
  }

  async #post(batch: BatchRecord, posted: Posted): Promise<StepResult> {
    const { ledger, register, clock, log } = this.#o;
    const { texts, ...frame } = await ledger.batchBody(batch.id);
    const body = bodyOf(frame, texts);
    if (createHash('sha256').update(body).digest('hex') !== batch.bodySha256)
      throw new Error(`the bytes of batch ${batch.reference} are not those that were planned; it was not sent`);
    const begun = clock.now();
    await ledger.beginPost(batch.id, begun);
    posted(begun);
    reached('post.writtenAhead');
    const { seen, text } = await register.post(batch.api, batch.reference, body);
    reached('post.answered');
    if (seen.kind === 'answered') this.#door.opened();
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
    const result = await this.#record(batch, outcome, httpStatus, text);
    reached('post.recorded');
    return result;
  }

  async #record(batch: BatchRecord, outcome: Outcome, httpStatus: number | null, text: string): Promise<StepResult> {
    const { ledger, clock, limits } = this.#o;
    const now = clock.now();
    const answer = readAnswer(text);
    const { correlationId } = answer;
    const end = (state: 'sent' | 'unknown' | 'planned', nextAt: Instant) =>
      ledger.endPost(batch.id, { state, outcome: outcome.kind, httpStatus, correlationId, nextAt }, now);
    const asBefore = batch.state === 'unknown' ? 'unknown' : 'planned';
    switch (outcome.kind) {
      case 'sent':
      case 'known':
        await end('sent', now + limits.statusInquiry.first);
        return { kind: 'open', ill: false };
      case 'unknown': {
        const pause = retryAfterMs(outcome.retryAfter, now);
        await end('unknown', now + Math.max(pause, limits.statusInquiry.first));
        if (pause > 0) await ledger.pause(now + pause);
        return { kind: 'open', ill: pause === 0 };
      }
      case 'unsent':
        await end(asBefore, now);
        return { kind: 'unreachable', why: outcome.why };
      case 'stop':
        await end(asBefore, now);
        return { kind: 'halt', why: outcome.why };
      case 'refused':
      case 'tooLarge': {
        // Killed between these two, the batch is asked about, denied, sent once more, and refused again.
        await end('unknown', now);
        await this.#refuse(batch, answer, now);
        return { kind: 'settled' };
      }
    }
  }

  /** The register would not take the batch: whom it names is rejected, the rest goes on in smaller batches. */
  async #refuse(batch: BatchRecord, answer: Answer, now: Instant): Promise<void> {
    const { ledger } = this.#o;
    const reports = await ledger.batchReports(batch.id);
    const ours = new Set(reports.map(({ reference }) => reference));
    const named = answer.errors.filter(({ reportReference }) => reportReference !== null && ours.has(reportReference));
    const tied = new Map(Map.groupBy(named, ({ reportReference }) => reportReference ?? ''));
    const untied = answer.errors.filter(({ reportReference }) => reportReference === null);
    const told = { registerStatus: null, reported: null, correlationId: answer.correlationId };
    const context = await this.#context(batch, reports, told);
    await ledger.settle(batch.id, refusal(context, await this.#body(batch), 'refused', tied, untied), now);
    reached('verdict.recorded');
  }

  async #inquire(batch: BatchRecord, posted: Posted): Promise<StepResult> {
    const { clock, limits } = this.#o;
    const asked = await this.#ask(batch.reference);
    reached('status.answered');
    const stop = this.#refusedUs(asked);
    if (stop) return stop;
    const verdict = await this.#verdict(asked, batch);
    const again = verdict.kind === 'notFound' && mayResend(batch, clock.now(), limits.resendUnknown);
    if (again && this.#toldToWait(asked) === 0 && (await this.#remembers())) return this.#post(batch, posted);
    return this.#apply(batch, asked, verdict);
  }

  /** A status service that denies everything has lost its memory or its mind: it must know another batch of ours, where there is one. */
  async #remembers(): Promise<boolean> {
    const { ledger, clock, log } = this.#o;
    const other = await ledger.batchKnownLately(clock.now());
    if (other === undefined) return true;
    const asked = await this.#ask(other);
    const known = asked.kind === 'answered' && asked.status === 200 && asked.answer.batchStatus !== null;
    if (!known) log.warn('register.forgets', { batch: other, why: 'it does not know a batch it once called its own' });
    return known;
  }

  async #apply(batch: BatchRecord, asked: Asked, verdict: Verdict): Promise<StepResult> {
    const { clock, log, limits } = this.#o;
    const now = clock.now();
    const told = asked.kind === 'answered' ? asked.answer : undefined;
    // An answer that cannot be understood, or is about another batch, is no word on this one.
    const registerStatus = verdict.kind === 'unclear' ? null : (told?.batchStatus ?? null);
    const noted = { registerStatus, reported: told?.reportCount ?? null, correlationId: told?.correlationId ?? null };
    const note = (state: BatchRecord['state'], notFound: 'counts' | 'resets' | 'same', why?: string) =>
      this.#note(batch, { ...noted, state, notFound }, now, why);
    switch (verdict.kind) {
      case 'settled':
        return this.#settle(batch, noted, verdict.rejected, []);
      case 'split':
        return this.#settle(batch, noted, verdict.guilty, verdict.errors, 'split');
      case 'inconsistent':
        await note('inconsistent', 'same', verdict.why);
        log.error('batch.inconsistent', { batch: batch.reference, why: verdict.why });
        return { kind: 'settled' };
      case 'processing':
        await note('sent', 'resets');
        return { kind: 'open', ill: false };
      case 'notFound': {
        // A batch the register took (202, 409) and then denies as long as a lost one is as good as lost.
        const lost = batch.state === 'sent' && deniedEnough(batch, now, limits.resendUnknown);
        const vanished = batch.registerStatus !== null;
        if (vanished) log.error('batch.vanished', { batch: batch.reference, status: batch.registerStatus ?? '' });
        await note(lost ? 'unknown' : batch.state, 'counts', vanished ? vanishedWords : undefined);
        return { kind: 'open', ill: false };
      }
      case 'unclear':
        log.warn('batch.unclear', { batch: batch.reference, why: verdict.why });
        await note(batch.state, 'same');
        if (asked.kind === 'failed' && neverConnected(asked.code)) return { kind: 'unreachable', why: asked.code };
        return { kind: 'open', ill: true };
    }
  }

  /** Writes a verdict down; what is "already in the register" after an earlier attempt is looked up there first. */
  async #settle(
    batch: BatchRecord,
    told: Told,
    rejected: ReadonlyMap<string, readonly RegisterError[]>,
    untied: readonly RegisterError[],
    split?: 'split',
  ): Promise<StepResult> {
    const { ledger, register, clock, log } = this.#o;
    const now = clock.now();
    const reports = rejected.size > 0 || split ? await ledger.batchReports(batch.id) : [];
    let loaded: Promise<Body> | undefined;
    const body = () => (loaded ??= this.#body(batch));
    const confirmed = await confirmLoans(
      batch,
      rejected,
      reports,
      async (report) => (await body()).texts[reports.indexOf(report)] ?? '',
      (loanNumber) => register.getLoan(this.#o.loanQuestion(loanNumber)),
    );
    if (confirmed.kind === 'unclear') {
      log.warn('batch.unclear', { batch: batch.reference, why: confirmed.why });
      await this.#note(batch, { ...told, state: 'sent', notFound: 'same' }, now);
      return { kind: 'open', ill: true };
    }
    const { references } = confirmed;
    if (references.size > 0) log.info('batch.confirmed', { batch: batch.reference, count: references.size });
    const guilty = new Map([...rejected].filter(([reference]) => !references.has(reference)));
    const context = await this.#context(batch, reports, told);
    const end = split
      ? refusal(context, await body(), 'failed', guilty, untied, references)
      : settlement(context, guilty);
    await ledger.settle(batch.id, end, now);
    reached('verdict.recorded');
    const status = told.registerStatus ?? '';
    if (split) log.warn('batch.split', { batch: batch.reference, status, count: batch.count });
    else log.info('batch.settled', { batch: batch.reference, status, count: batch.count - guilty.size });
    return { kind: 'settled' };
  }

  async #note(
    batch: BatchRecord,
    told: Omit<Parameters<Ledger['noteAnswer']>[1], 'nextAt'>,
    now: Instant,
    contradiction?: string,
  ): Promise<void> {
    const { log, limits, random, ledger } = this.#o;
    const age = batch.sentAt === null ? 0 : now - batch.sentAt;
    if (age > limits.statusInquiry.alarmAfter) log.error('batch.overdue', { batch: batch.reference, ms: age });
    // Asked at the configured rhythm while it is young, ever more slowly as it ages.
    const { every } = limits.statusInquiry;
    const wait = batch.asked < 30 ? every : Math.max(every, backOff(batch.asked - 29, random()));
    const nextAt = told.state === 'inconsistent' ? now + inconsistentWait : now + wait;
    await ledger.noteAnswer(batch.id, { ...told, nextAt, ...(contradiction === undefined ? {} : { contradiction }) });
    reached('status.recorded');
  }

  async #ask(reference: string): Promise<Asked> {
    const { register, question, ledger, clock } = this.#o;
    const asked = await register.ask(question(reference));
    if (asked.kind === 'answered') this.#door.opened();
    const wait = this.#toldToWait(asked);
    if (wait > 0) await ledger.pause(clock.now() + wait);
    return asked;
  }

  #toldToWait(asked: Asked): number {
    return asked.kind === 'answered' ? retryAfterMs(asked.retryAfter, this.#o.clock.now()) : 0;
  }

  async #verdict(asked: Asked, batch: BatchRecord): Promise<Verdict> {
    if (asked.kind === 'failed') return { kind: 'unclear', why: asked.code };
    const reports = speaksOfReports(asked) ? await this.#o.ledger.batchReports(batch.id) : [];
    return readVerdict(
      asked,
      batch.reference,
      batch.count,
      reports.map(({ reference }) => reference),
    );
  }

  #refusedUs(asked: Asked): StepResult | undefined {
    if (asked.kind === 'failed')
      return refusesCertificate(asked.code) ? { kind: 'halt', why: sayRefusedCertificate(asked.code) } : undefined;
    if (!unauthorised.includes(asked.status)) return undefined;
    return { kind: 'halt', why: `the register refused the certificate or the owner (HTTP ${asked.status})` };
  }

  async #body(batch: BatchRecord): Promise<Body> {
    const { ledger, environment, owner } = this.#o;
    const { texts, ...frame } = await ledger.batchBody(batch.id);
    const { api, fileSha256, mappingSha256 } = batch;
    return { texts, frame, source: { environment, ownerIdCode: owner.idCode, api, fileSha256, mappingSha256 } };
  }

  async #context(batch: BatchRecord, reports: readonly BatchReport[], told: Told): Promise<SettleContext> {
    const { clock, columnsOf, codes = ownCodes } = this.#o;
    const columnOf = reports.length === 0 ? () => null : await columnsOf(batch.mappingSha256);
    return { batch, reports, ...told, now: clock.now(), columnOf, codes };
  }
}

const inconsistentWait = 3_600_000;
const vanishedWords = 'the register was processing the batch, and now says it never heard of it';
