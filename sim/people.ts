import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Chance } from './chance.ts';
import type { Truth } from './check-rest.ts';
import type { Drop, ExpectedReport } from './exports.ts';
import { makeCorrection } from './make-correction.ts';
import { type Lender, makeNight, type NightSize, type Repeats } from './make-night.ts';
import type { SentReport } from './read-body.ts';
import { outboxFolders, toFixText, toldOf } from './told.ts';

/** The people of a lender: they drop exports and corrections into the inbox, some of them more than once. */
export class People {
  readonly drops: Drop[] = [];
  readonly #folders: { inbox: string; outbox: string };
  readonly #size: NightSize;
  readonly #chance: Chance;
  readonly #lender: Lender = { loans: [], count: 1 };

  constructor(folders: { inbox: string; outbox: string }, size: NightSize, chance: Chance) {
    this.#folders = folders;
    this.#size = size;
    this.#chance = chance;
  }

  #drop(drops: readonly Drop[]): void {
    for (const drop of drops) {
      const same = this.drops.find((earlier) => earlier.sha256 === drop.sha256);
      if (same) same.again++;
      else this.drops.push(drop);
      writeFileSync(join(this.#folders.inbox, drop.name), drop.bytes);
    }
  }

  /** The exports of a night. */
  dropNight(night: number, repeats: Repeats): void {
    const size = { ...this.#size, exports: this.#chance.between(1, this.#size.exports) };
    this.#drop(makeNight(this.#lender, night, size, repeats, this.#chance, this.drops));
  }

  /** What was corrected of earlier nights; now and then two people correct the same. */
  dropCorrections(night: number, truths: ReadonlyMap<ExpectedReport, Truth>): void {
    const chance = this.#chance;
    const found = outboxFolders(this.#folders.outbox);
    let count = 0;
    for (const drop of [...this.drops]) {
      if (drop.night === night || count > 1 || !chance.hits(0.25)) continue;
      const told = toldOf(found, drop);
      const text = told && toFixText(told);
      if (text === undefined) continue;
      const makes = chance.hits(0.15) ? 2 : 1;
      for (let made = 0; made < makes; made++) {
        const name = `korjaus_${night}_${count++}.csv`;
        const isUnderWay = (reference: string) => this.#isUnderWay(drop, reference, truths);
        this.#drop([
          makeCorrection(drop, text, { night, name, fresh: () => this.#lender.count++, isUnderWay }, chance),
        ]);
      }
    }
  }

  /** Whether a correction of the report is on its way already. */
  #isUnderWay({ api }: Drop, reference: string, truths: ReadonlyMap<ExpectedReport, Truth>): boolean {
    return this.drops.some(
      (drop) =>
        drop.corrects !== null &&
        drop.api === api &&
        drop.expected.reports.some(
          (report) => report.reference === reference && report.sound && truths.get(report) !== 'rejected',
        ),
    );
  }

  /** The same bytes once more, under their own name or another. */
  dropAgain(): void {
    const drop = this.#chance.anyOf(this.drops);
    if (!drop) return;
    const { inbox } = this.#folders;
    const other = `${drop.name.replace(/\.csv$/, '')}_copy${drop.again}.csv`;
    const name = this.#chance.hits(0.5) && !existsSync(join(inbox, drop.name)) ? drop.name : other;
    if (existsSync(join(inbox, name))) return;
    writeFileSync(join(inbox, name), drop.bytes);
    drop.again++;
  }

  /** Everything of a night once more, because nobody knows of it any more. */
  dropOnceMore(night: number): void {
    for (const drop of this.drops)
      if (drop.night === night) writeFileSync(join(this.#folders.inbox, drop.name), drop.bytes);
  }

  /** Whether a report about a loan had to wait until that loan was accepted. */
  waitsForItsLoan({ api, reference, loan }: SentReport): boolean {
    const nights = this.drops
      .filter((drop) => drop.api === api && drop.expected.reports.some((report) => report.reference === reference))
      .map(({ night }) => night);
    const night = Math.max(...nights);
    return this.drops.some(
      (drop) =>
        drop.api === 'AddLoans' && drop.night <= night && drop.expected.reports.some((report) => report.loan === loan),
    );
  }
}
