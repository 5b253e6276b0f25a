import type { LoadedConfig } from '../src/config/load-config.ts';
import { Chance } from './chance.ts';
import { hour, minute, second } from './virtual-time.ts';

/** How a register behaves over a life. Rates are shares from 0 to 1. */
export type Temper = {
  /**
   * A reference used twice: processed again (the dangerous one), taken and ignored, answered with 409, or with a 400 that
   * names the BatchReference (never drawn, only on demand).
   */
  reuse: 'again' | 'ignored' | 'known' | 'refused';
  /** How long a batch may stay invisible to GetBatchStatus. */
  visibleWithin: number;
  /** Processing takes from a second to this long; `stuck` batches take very long. */
  processing: number;
  stuck: number;
  /** Share of batches that fail as a whole by one guilty report, and whether the guilty are named. */
  strict: number;
  names: boolean;
  notFoundAs: 404 | 400;
  /** How errors stand in an answer. */
  shape: 'flat' | 'nested' | 'pascal';
  post: {
    unsent: number;
    lostBefore: number;
    lostAfter: number;
    failedBefore: number;
    failedAfter: number;
    busy: number;
  };
  /** A POST answered 401 for a while. */
  unauthorised: number;
  /** Batches of more reports are answered 413. */
  mostReports: number;
  ask: { lost: number; junk: number; busy: number; wrongNotFound: number };
  /** Denials that may be wrong since the last POST of a batch: fewer than it takes to send it again. */
  wrongDenials: number;
  wrongCounts: number;
  /** Share of nights on which it cannot be reached for a while. */
  down: number;
};

/** The temper of the register of a life; a calm one now and then. */
export function temperOf(
  seed: number,
  { statusInquiry: { every }, resendUnknown }: LoadedConfig['submission'],
): Temper {
  const { after, notFoundAnswers } = resendUnknown;
  const chance = Chance.of('temper', seed);
  const wild = chance.pick([0.3, 1, 1, 1.5] as const);
  const share = (most: number) => chance.next() * most * wild;
  // Now and then hardly an answer of a POST comes back.
  const lost = chance.hits(0.15) ? 3 : 1;
  const reuse = chance.pick(['again', 'again', 'again', 'again', 'ignored', 'known'] as const);
  return {
    reuse,
    // Where a reference counts once, a batch may stay invisible longer than we are ready to wait.
    visibleWithin:
      reuse === 'again'
        ? Math.round(chance.next() * 0.9 * Math.max(0, after - 4 * minute))
        : Math.round(chance.next() * 3 * after),
    processing: every * chance.pick([0.2, 1, 4, 15] as const),
    stuck: chance.hits(0.1) ? 0.1 : 0,
    strict: chance.hits(0.5) ? share(0.8) : 0,
    names: chance.hits(0.5),
    notFoundAs: chance.pick([404, 400] as const),
    shape: chance.pick(['flat', 'nested', 'pascal'] as const),
    post: {
      unsent: share(0.06),
      lostBefore: Math.min(0.25, lost * share(0.12)),
      lostAfter: Math.min(0.25, lost * share(0.15)),
      failedBefore: share(0.06),
      failedAfter: share(0.06),
      busy: share(0.06),
    },
    unauthorised: chance.hits(0.1) ? 0.03 : 0,
    mostReports: chance.hits(0.1) ? chance.between(2, 4) : 1000,
    // Now and then hardly any question is answered.
    ask: {
      lost: chance.hits(0.15) ? 0.4 : share(0.06),
      junk: chance.hits(0.15) ? 0.4 : share(0.08),
      busy: share(0.05),
      wrongNotFound: notFoundAnswers > 1 && chance.hits(0.5) ? share(0.35) : 0,
    },
    wrongDenials: notFoundAnswers - 1,
    wrongCounts: share(0.08),
    down: share(0.3),
  };
}

/** How long a batch is processed. */
export function processingTime(temper: Temper, chance: Chance): number {
  if (chance.hits(temper.stuck)) return chance.between(5, 40) * hour;
  return second + Math.round(chance.next() ** 2 * temper.processing);
}
