/**
 * Cuts running text into blocks of whole records: a line end counts only outside quotes (RFC 4180).
 * Holds back what may still go on; never drops a character.
 */
export class BlockCutter {
  #rest = '';
  #scanned = 0;
  #quoted = false;
  #cut = 0;

  /** Takes more text; returns all records that are surely whole, or '' when there are none yet. */
  push(text: string): string {
    this.#rest += text;
    const rest = this.#rest;
    for (;;) {
      const quote = rest.indexOf('"', this.#scanned);
      const end = quote < 0 ? rest.length : quote;
      if (!this.#quoted && end > this.#scanned) {
        const lineEnd = rest.lastIndexOf('\n', end - 1);
        if (lineEnd >= this.#scanned) this.#cut = lineEnd + 1;
      }
      if (quote < 0) break;
      this.#quoted = !this.#quoted;
      this.#scanned = quote + 1;
    }
    this.#scanned = rest.length;
    const whole = rest.slice(0, this.#cut);
    this.#rest = rest.slice(this.#cut);
    this.#scanned -= this.#cut;
    this.#cut = 0;
    return whole;
  }

  /** How much is held back, in characters. */
  get held(): number {
    return this.#rest.length;
  }

  /** What is left at the end of the file: '' when the last record was whole. */
  rest(): string {
    return this.#rest;
  }
}
