import type { Clock } from '../src/lib/clock.ts';

export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

type Sleeper = { at: number; seq: number; wake: () => void };

/**
 * Time that passes only when everybody sleeps: then the one who wakes first wakes, and it is that late. Nothing ever really
 * waits, and the same sleeps always wake in the same order.
 */
export class VirtualTime {
  #now: number;
  #seq = 0;
  #pumping = false;
  readonly #sleepers = new Set<Sleeper>();
  #alarm: { at: number; ring: () => void } | undefined;

  constructor(now: number) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  /** Lets time pass while nobody is at work. */
  pass(ms: number): void {
    this.#reach(this.#now + Math.max(0, Math.round(ms)));
  }

  /** Rings once time has come so far, without making it pass; takes the place of an alarm that has not rung. */
  alarm(ms: number, ring: () => void): void {
    this.#alarm = { at: this.#now + ms, ring };
  }

  #reach(at: number): void {
    this.#now = Math.max(this.#now, at);
    if (!this.#alarm || this.#alarm.at > this.#now) return;
    const { ring } = this.#alarm;
    this.#alarm = undefined;
    ring();
  }

  /** @param wake called when the time has come @returns takes the sleeper out again */
  at(ms: number, wake: () => void): () => void {
    const sleeper = { at: this.#now + Math.max(0, Math.round(ms)), seq: this.#seq++, wake };
    this.#sleepers.add(sleeper);
    this.#pump();
    return () => this.#sleepers.delete(sleeper);
  }

  /** What was set going by promises has come to its end before an immediate runs: whoever is left waits for time to pass. */
  #pump(): void {
    if (this.#pumping || this.#sleepers.size === 0) return;
    this.#pumping = true;
    setImmediate(() => {
      this.#pumping = false;
      let first: Sleeper | undefined;
      for (const sleeper of this.#sleepers)
        if (!first || sleeper.at < first.at || (sleeper.at === first.at && sleeper.seq < first.seq)) first = sleeper;
      if (!first) return;
      this.#sleepers.delete(first);
      this.#reach(first.at);
      first.wake();
      this.#pump();
    });
  }
}

/** The clock of one process of the simulation: its sleeps end with the process. */
export class ProcessClock implements Clock {
  readonly #time: VirtualTime;
  readonly #asleep = new Set<(error: unknown) => void>();
  #death: unknown;

  constructor(time: VirtualTime) {
    this.#time = time;
  }

  now(): number {
    return this.#time.now();
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (this.#death !== undefined) return Promise.reject(this.#death);
    if (signal?.aborted) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const end = () => {
        takeOut();
        this.#asleep.delete(fail);
        signal?.removeEventListener('abort', end);
        resolve();
      };
      const fail = (error: unknown) => {
        takeOut();
        this.#asleep.delete(fail);
        signal?.removeEventListener('abort', end);
        reject(error);
      };
      const takeOut = this.#time.at(ms, end);
      this.#asleep.add(fail);
      signal?.addEventListener('abort', end);
    });
  }

  /** Ends every sleep with the death of the process. */
  die(death: unknown): void {
    this.#death = death;
    for (const fail of [...this.#asleep]) fail(death);
  }
}
