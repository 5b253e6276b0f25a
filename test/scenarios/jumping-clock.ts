import type { Clock } from '../../src/lib/clock.ts';
import type { Register } from '../../src/submission/register.ts';

/**
 * A clock that runs like any other while a request is under way, and jumps to the end of a wait when none is: hours of
 * waiting for the register's sake take no time, while every byte on the wire is real.
 */
export class JumpingClock implements Clock {
  #ahead: number;
  #underWay = 0;
  #whenQuiet: (() => void)[] = [];

  /** @param start what it shows first, ms since 1970 */
  constructor(start: number) {
    this.#ahead = start - performance.now();
  }

  now(): number {
    return Math.floor(this.#ahead + performance.now());
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    const end = this.now() + ms;
    while (!signal?.aborted && this.now() < end) {
      if (this.#underWay > 0) await this.#quietOr(end - this.now(), signal);
      // A step that has its answer writes it down, and may begin the next request.
      else {
        await turn();
        await turn();
        if (this.#underWay === 0 && !signal?.aborted) this.#ahead += Math.max(0, end - this.now());
      }
    }
  }

  /** A register that tells the clock when a request is under way; `before` each there is time for something. */
  watched(register: Register, before: () => Promise<void>): Register {
    return {
      post: (...it) => this.#during(before, () => register.post(...it)),
      ask: (...it) => this.#during(before, () => register.ask(...it)),
      getLoan: (...it) => this.#during(before, () => register.getLoan(...it)),
      getExtract: (...it) => this.#during(before, () => register.getExtract(...it)),
      [Symbol.asyncDispose]: () => register[Symbol.asyncDispose](),
    };
  }

  async #during<T>(before: () => Promise<void>, request: () => Promise<T>): Promise<T> {
    this.#underWay++;
    try {
      await before();
      return await request();
    } finally {
      this.#underWay--;
      if (this.#underWay === 0) for (const tell of this.#whenQuiet.splice(0)) tell();
    }
  }

  #quietOr(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(end, Math.min(ms, 2 ** 31 - 1));
      function end() {
        clearTimeout(timer);
        signal?.removeEventListener('abort', end);
        resolve();
      }
      this.#whenQuiet.push(end);
      signal?.addEventListener('abort', end);
    });
  }
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
