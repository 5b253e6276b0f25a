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
    const { low, high } = hash(key);
    return this.#put(low, high);
  }

  /** True when the key may have been added. */
  has(key: string): boolean {
    const { low, high } = hash(key);
    const at = this.#find(low, high);
    return this.#high[at] !== 0;
  }

  /** The slot of a hash, or the free one where it would go: both halves 0; no key has a high half of 0. */
  #find(low: number, high: number): number {
    const mask = this.#low.length - 1;
    let at = low & mask;
    while (this.#high[at] !== 0 && !(this.#low[at] === low && this.#high[at] === high)) at = (at + 1) & mask;
    return at;
  }

  #put(low: number, high: number): boolean {
    const at = this.#find(low, high);
    if (this.#high[at] !== 0) return true;
    this.#low[at] = low;
    this.#high[at] = high;
    this.#size++;
    return false;
  }

  #grow(): void {
    const [low, high] = [this.#low, this.#high];
    this.#low = new Uint32Array(low.length * 2);
    this.#high = new Uint32Array(low.length * 2);
    this.#size = 0;
    for (let i = 0; i < low.length; i++) if (high[i] !== 0) this.#put(low[i] ?? 0, high[i] ?? 0);
  }
}

function hash(key: string): { low: number; high: number } {
  let low = 0x811c9dc5;
  let high = 0x9e3779b9;
  for (let i = 0; i < key.length; i++) {
    const code = key.charCodeAt(i);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ code, 0x85ebca6b);
    high = (high << 13) | (high >>> 19);
  }
  return { low: mix(low), high: mix(high) || 1 };
}

function mix(bits: number): number {
  let mixed = Math.imul(bits ^ (bits >>> 16), 0x7feb352d);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
