import { createHash } from 'node:crypto';

/** Chance from a seed: the same seed always gives the same numbers (mulberry32). */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** Chance of its own for each thing it is asked about: what one thing draws never moves what another gets. */
  static of(...parts: readonly (string | number)[]): Chance {
    return new Chance(createHash('sha1').update(parts.join('\0')).digest().readUInt32LE());
  }

  /** From 0 up to, not including, 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number, both ends included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  /** True that often: 0 never, 1 always. */
  hits(often: number): boolean {
    return this.next() < often;
  }

  pick<T>(list: readonly [T, ...T[]]): T {
    return list[this.between(0, list.length - 1)] ?? list[0];
  }

  /** One of a list that may be empty. */
  anyOf<T>(list: readonly T[]): T | undefined {
    return list[this.between(0, list.length - 1)];
  }
}
