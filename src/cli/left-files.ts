import type { Taken } from '../pipeline/take-exports.ts';

/** What lies in the inbox without being taken, said once for as long as it lies there. */
export class LeftFiles {
  #said = new Set<string>();

  /** The lines that have not been said yet. */
  news({ left, odd, stale }: Pick<Taken, 'left' | 'odd' | 'stale'>): string[] {
    const lines = [
      ...left.map(({ name, why }) => `${name}: left in the inbox, ${why}`),
      ...odd.map(({ name, why }) => `${name}: left alone in the inbox, ${why}`),
      ...stale.map(({ name, why }) => `${name}: ${why}`),
    ];
    const said = this.#said;
    this.#said = new Set(lines);
    return lines.filter((line) => !said.has(line));
  }
}
