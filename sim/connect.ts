import { readAnswer } from '../src/contract/answer.ts';
import type { BatchApi } from '../src/contract/apis.ts';
import type { Observation } from '../src/submission/outcome.ts';
import type { Asked, AskedLoan, Register } from '../src/submission/register.ts';
import { answerStatus, refusedBody, takenBody, usedBody } from './answers.ts';
import type { Chance } from './chance.ts';
import type { ModelRegister } from './model-register.ts';
import type { SimProcess } from './process.ts';
import { minute, second } from './virtual-time.ts';

type Posted = { seen: Observation; text: string };

/** The register as one process sees it, over a network on which answers are lost. */
export class Connection implements Register {
  readonly #register: ModelRegister;
  readonly #process: SimProcess;
  readonly #inFlight: number;
  readonly #blame: (invariant: string, detail: string) => void;
  #pausedUntil = 0;
  #toldAt = 0;

  constructor(
    register: ModelRegister,
    process: SimProcess,
    inFlight: number,
    blame: (invariant: string, detail: string) => void,
  ) {
    this.#register = register;
    this.#process = process;
    this.#inFlight = inFlight;
    this.#blame = blame;
  }

  async post(api: BatchApi, reference: string, body: Uint8Array): Promise<Posted> {
    return this.#request(
      'post',
      ({ seen }) => retryAfterOf(seen),
      async () => {
        const batch = this.#register.posted(api, reference, body);
        return this.#postOnce(batch, this.#register.chance('post', reference, batch.posts));
      },
    );
  }

  async #postOnce(batch: ReturnType<ModelRegister['posted']>, chance: Chance): Promise<Posted> {
    const { temper } = this.#register;
    const { clock } = this.#process;
    const failed = (headersSent: boolean, code: string): Posted => ({
      seen: { kind: 'failed', headersSent, code },
      text: '',
    });
    const answered = (status: number, text: string, retryAfter: string | null = null): Posted => ({
      seen: { kind: 'answered', status, retryAfter },
      text,
    });
    let left = chance.next();
    const fate = (Object.entries(temper.post) as [keyof typeof temper.post, number][]).find(([, share]) => {
      left -= share;
      return left < 0;
    })?.[0];
    await this.#travel(chance);
    if (fate === 'unsent' || this.#isDown()) return failed(false, 'ECONNREFUSED');
    if (chance.hits(temper.unauthorised))
      this.#register.unauthorisedUntil = clock.now() + chance.between(1, 30) * minute;
    if (clock.now() < this.#register.unauthorisedUntil) return answered(401, '');
    if (fate === 'lostBefore') {
      if (chance.hits(0.3)) await clock.sleep(2 * minute);
      return failed(true, chance.pick(['UND_ERR_SOCKET', 'ECONNRESET', 'UND_ERR_HEADERS_TIMEOUT'] as const));
    }
    if (fate === 'failedBefore') return answered(chance.pick([500, 502, 504] as const), '<html>no</html>');
    const busy = fate === 'busy' ? retryAfter(chance, clock.now()) : null;
    if (fate === 'busy' && chance.hits(0.7)) return answered(chance.pick([429, 503] as const), '', busy);
    this.#register.settle();
    const refused = this.#register.refusalOf(batch);
    if (refused) batch.refused = true;
    const taken = refused ? undefined : this.#register.take(batch);
    this.#process.point('register took');
    await this.#travel(chance);
    if (fate === 'lostAfter') {
      if (chance.hits(0.3)) await clock.sleep(2 * minute);
      return failed(true, chance.pick(['UND_ERR_SOCKET', 'ECONNRESET', 'UND_ERR_HEADERS_TIMEOUT'] as const));
    }
    if (fate === 'failedAfter') return answered(chance.pick([500, 502, 504] as const), '');
    if (fate === 'busy') return answered(503, '', busy);
    if (refused) {
      batch.closed = true;
      return answered(refused.status, refusedBody(refused, temper, chance));
    }
    if (taken === 'refused') return answered(400, usedBody);
    return taken === 'known' ? answered(409, '') : answered(202, takenBody(chance));
  }

  async ask(question: string): Promise<Asked> {
    return this.#request('ask', retryAfterOf, async () => {
      const { batchReference } = JSON.parse(question) as { batchReference: string };
      const batch = this.#register.batches.get(batchReference);
      const chance = this.#register.chance('ask', batchReference, this.#register.timesAsked(batchReference));
      const { clock } = this.#process;
      const { ask } = this.#register.temper;
      await this.#travel(chance);
      if (this.#isDown()) return chance.hits(0.5) ? { kind: 'failed', code: 'ECONNREFUSED' } : this.#answer(503, '');
      if (clock.now() < this.#register.unauthorisedUntil) return this.#answer(401, '');
      if (chance.hits(ask.lost))
        return { kind: 'failed', code: chance.pick(['UND_ERR_SOCKET', 'ECONNRESET', 'UND_ERR_BODY_TIMEOUT'] as const) };
      if (chance.hits(ask.busy))
        return this.#answer(chance.pick([429, 503] as const), '', retryAfter(chance, clock.now()));
      this.#register.settle();
      const { status, text, tellsAll } = answerStatus(this.#register, batch, batchReference, clock.now(), chance);
      await this.#travel(chance);
      if (batch && tellsAll) batch.closed = true;
      return this.#answer(status, text);
    });
  }

  /** No night asks for an extract. */
  async getExtract(): Promise<AskedLoan> {
    return { kind: 'failed', code: 'nobody asks' };
  }

  async getLoan(question: string): Promise<AskedLoan> {
    return this.#request('getLoan', retryAfterOf, async () => {
      const { loanNumber } = JSON.parse(question) as { loanNumber: { number: string } };
      await this.#process.clock.sleep(second);
      this.#register.settle();
      const loanStatus = this.#register.loan(loanNumber.number);
      if (loanStatus === undefined)
        return {
          kind: 'answered',
          status: 400,
          text: '{"errorResponses":[{"fieldName":"LoanNumber","errorCode":"SB-LOAN-UNKNOWN"}]}',
          retryAfter: null,
        };
      return {
        kind: 'answered',
        status: 200,
        text: JSON.stringify({ loan: { loanStatus, loanNumber, ...this.#register.record(loanNumber.number) } }),
        retryAfter: null,
      };
    });
  }

  /** Points before a request and after its answer; counts the open ones. */
  async #request<T>(kind: string, told: (answer: T) => string | null, work: () => Promise<T>): Promise<T> {
    const { point } = { point: (at: string) => this.#process.point(`register ${kind} ${at}`) };
    point('before');
    const { clock } = this.#process;
    if (clock.now() < this.#pausedUntil && clock.now() > this.#toldAt + underWay)
      this.#blame('Retry-After is obeyed', `a ${kind} begins ${this.#pausedUntil - clock.now()} ms too soon`);
    if (++this.#process.requests > this.#inFlight)
      this.#blame('at most inFlight requests', `${this.#process.requests} requests are open`);
    try {
      const answer = await work();
      this.#obey(told(answer));
      point('after');
      return answer;
    } finally {
      this.#process.requests--;
    }
  }

  /** From now on nothing new may begin before the time that was told. */
  #obey(told: string | null): void {
    const now = this.#process.clock.now();
    const until = pauseEnds(told, now);
    if (until <= this.#pausedUntil) return;
    this.#pausedUntil = until;
    this.#toldAt = now;
  }

  #travel(chance: Chance): Promise<void> {
    return this.#process.clock.sleep(10 + Math.round(chance.next() * 900));
  }

  #isDown(): boolean {
    const { from, to } = this.#register.down;
    const now = this.#process.clock.now();
    return from <= now && now < to;
  }

  #answer(status: number, text: string, retryAfterText: string | null = null): Asked {
    return { kind: 'answered', status, answer: readAnswer(text), retryAfter: retryAfterText };
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}

const retryAfterOf = (answer: Observation | Asked | AskedLoan) =>
  answer.kind === 'answered' ? answer.retryAfter : null;

/** What was under way when a pause was told may still come to its end. */
const underWay = 5 * second;

/** When a pause is over that is told in seconds or as a date; 0 when it is told in neither way. */
function pauseEnds(told: string | null, now: number): number {
  if (told === null || told === '') return 0;
  const until = /^\d+$/.test(told) ? now + Number(told) * second : Date.parse(told);
  return Number.isNaN(until) || until <= now ? 0 : until;
}

/** As seconds, as a date, or as nonsense. */
function retryAfter(chance: Chance, now: number): string {
  const seconds = chance.between(1, 600);
  const kind = chance.between(0, 9);
  if (kind === 0) return chance.pick(['-5', 'soon', '0', ''] as const);
  return kind < 6 ? String(seconds) : new Date(now + seconds * second).toUTCString();
}
