/**
 * A set of text keys in a few bytes a key: 64-bit hashes in one table. Says that a key may have been seen;
 * two keys of one hash (about one in 10^8 at a million keys) only cost a slower way, never a wrong answer.
 */
export class KeySet {
  #low = new Uint32Array(1024);
  #high = new Uint32Array(1024);
  #size = 0;

  /** Adds a key; true when it may have been there before. */
  seen(key: string): boolean {
    if (this.#size * 2 > this.#low.length) this.#grow();
    let low = 0x811c9dc5;
    let high = 0x9e3779b9;
    for (let i = 0; i < key.length; i++) {
      const code = key.charCodeAt(i);
      low = Math.imul(low ^ code, 0x01000193);
      high = Math.imul(high ^ code, 0x85ebca6b);
      high = (high << 13) | (high >>> 19);
    }
    return this.#put(mix(low), mix(high) || 1);
  }

  /** A slot is free when both halves are 0; no key has a high half of 0. */
  #put(low: number, high: number): boolean {
    const mask = this.#low.length - 1;
    for (let at = low & mask; ; at = (at + 1) & mask) {
      if (this.#high[at] === 0) {
        this.#low[at] = low;
        this.#high[at] = high;
        this.#size++;
        return false;
      }
      if (this.#low[at] === low && this.#high[at] === high) return true;
    }
  }

  #grow(): void {
    const [low, high] = [this.#low, this.#high];
    this.#low = new Uint32Array(low.length * 2);
    this.#high = new Uint32Array(low.length * 2);
    this.#size = 0;
    for (let i = 0; i < low.length; i++) if (high[i] !== 0) this.#put(low[i] ?? 0, high[i] ?? 0);
  }
}

function mix(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
