import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { LoadedConfig } from '../src/config/load-config.ts';
import { ownContract } from '../src/contract/contract.ts';
import { Chance } from './chance.ts';
import { type Temper, temperOf } from './temper.ts';
import { hour, minute, second } from './virtual-time.ts';

/** What sets one life apart from another; all of it follows from the seed. */
export type Setting = {
  seed: number;
  nights: number;
  /** In which night the ledger is lost, or put back from an older copy; null: in none. */
  loss: { night: number; kind: 'deleted' | 'older copy' } | null;
  /** The loss of the ledger meets conditions under which it is known to be harmless. */
  tame: boolean;
  submission: LoadedConfig['submission'];
  quietTime: number;
  temper: Temper;
};

/** What a setting may be asked to be, instead of what the seed draws. */
export type Wishes = {
  /** The register is as wild as ever also in a life whose ledger is lost. */
  wildLoss?: boolean;
  /** How the register answers a reference it knows. */
  reuse?: Temper['reuse'];
};

/** Draws the setting of a life. */
export function settingOf(seed: number, { wildLoss = false, reuse }: Wishes = {}): Setting {
  const chance = Chance.of('setting', seed);
  const nights = chance.pick([1, 1, 2, 2, 3, 4] as const);
  const deleted = chance.hits(0.5);
  const loss = chance.hits(0.25)
    ? ({ night: deleted ? 1 : chance.between(1, nights), kind: deleted ? 'deleted' : 'older copy' } as const)
    : null;
  // Waits are told in steps of the rhythm of asking: a night is not worth more than some dozens of questions a batch.
  const every = chance.between(1, 10) * minute;
  const resendUnknown = { after: chance.between(3, 16) * every, notFoundAnswers: chance.between(1, 3) };
  const submission = {
    maxReportsPerBatch: chance.between(2, 7),
    maxBytesPerBatch: 100_000,
    batchesPerMinute: chance.between(3, 40),
    inFlight: chance.between(1, 5),
    inquiriesPerMinute: 120,
    statusInquiry: {
      first: chance.between(1, 30) * second,
      every,
      alarmAfter: 4 * hour,
    },
    resendUnknown,
  };
  const temper = temperOf(seed, submission);
  if (reuse) temper.reuse = reuse;
  if (loss && !wildLoss) {
    tame(temper, every);
    submission.resendUnknown = { after: every, notFoundAnswers: 1 };
  }
  return {
    seed,
    nights,
    loss,
    tame: !wildLoss,
    submission,
    quietTime: chance.pick([0, 0, 10 * second] as const),
    temper,
  };
}

/**
 * A lost ledger believes the first denial, an unclear answer does not stop a first POST (design section 4), and how an export
 * is cut into batches depends on whether and in which order the register answers: the loss is harmless only where it answers
 * soon, and where no export has several reports on one loan.
 */
function tame(temper: Temper, every: number): void {
  temper.ask = { ...temper.ask, lost: 0, junk: 0, busy: 0, wrongNotFound: 0 };
  temper.post = { ...temper.post, unsent: 0, lostBefore: 0, failedBefore: 0, busy: 0 };
  temper.down = 0;
  temper.wrongCounts = 0;
  temper.unauthorised = 0;
  temper.visibleWithin = 0;
  temper.stuck = 0;
  temper.processing = every / 5;
}

/** The owner of every simulated pipeline. */
const owner = { idCodeType: 'BusinessId', idCode: '1572860-0' } as const;

/** A fresh workspace with its config, as a config file would have made it. */
export function makeConfig({ submission, quietTime }: Setting, root: string): LoadedConfig {
  const folders = {
    inbox: join(root, 'inbox'),
    outbox: join(root, 'outbox'),
    mappings: join(root, 'mappings'),
    state: join(root, 'state'),
  };
  mkdirSync(folders.inbox, { recursive: true });
  return {
    owner,
    language: 'en',
    register: { environment: 'test', keyCase: 'camelCase', extractForm: 'flat', certificates: {}, serviceBreaks: [] },
    folders,
    intake: { quietTime, scanEvery: 30 * second },
    submission,
    alarms: {},
    file: join(root, 'pipeline.config.yaml'),
    root,
    contract: ownContract,
  };
}
