import { KeySet } from '../mapping/key-set.ts';

/** The loans that the rows of an export name, in whatever state the rows are: a loan that is named is not gone. */
export class NamedLoans {
  #loans = new KeySet();
  #whole = true;

  /** @param loan null when the rows name one that could not be read */
  add(loan: string | null): void {
    if (loan === null) this.#whole = false;
    else this.#loans.seen(loan);
  }

  forget(): void {
    this.#loans = new KeySet();
    this.#whole = true;
  }

  /** False when some loan could not be read: any loan may be that one. */
  get whole(): boolean {
    return this.#whole;
  }

  /** True when the rows name the loan; seldom also when they do not, which only leaves a report out. */
  has(loan: string): boolean {
    return this.#loans.has(loan);
  }
}
