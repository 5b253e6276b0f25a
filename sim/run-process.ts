import { join } from 'node:path';
import { runOnce, statusOf } from '../src/cli/run.ts';
import type { LoadedConfig } from '../src/config/load-config.ts';
import { tidyArchive } from '../src/intake/take-export.ts';
import type { Ledger } from '../src/ledger/ledger.ts';
import { openSqliteLedger } from '../src/ledger/sqlite-ledger.ts';
import { watchSteps } from '../src/lib/step.ts';
import type { House } from '../src/pipeline/house.ts';
import type { Processed } from '../src/pipeline/process-export.ts';
import { Connection } from './connect.ts';
import { crashingLedger } from './crashing-ledger.ts';
import { mappings } from './mappings.ts';
import type { Blame, ModelRegister } from './model-register.ts';
import type { SimProcess } from './process.ts';

const quiet = { say: () => {}, step: () => {}, stop: () => {} };
const rested = () => new Promise<void>((done) => setImmediate(done));

/** What a process of the simulation is given. */
export type Surroundings = {
  config: LoadedConfig;
  register: ModelRegister;
  random: () => number;
  fixKey: string;
  blame: Blame;
  /** Looks at what the last process has left, before anything is done. */
  onOpen: (ledger: Ledger) => Promise<void>;
};

/** How a process is told to run. */
export type Patience = { wait: number; noWait: boolean; signal: AbortSignal };

/** How a process ended: by itself, or killed. */
export type Ended = { kind: 'ended'; processed: Processed; status: number } | { kind: 'crashed' };

/** Starts the pipeline as `luottoputki run` does, on what the last process has left; may die at any point. */
export async function runProcess(process: SimProcess, around: Surroundings, patience: Patience): Promise<Ended> {
  const { folders } = around.config;
  const ledger = await openSqliteLedger(folders.state);
  // Drawn once by the pipeline; here it follows from the seed too, since it stands in the corrections that come back.
  if ((await ledger.recall('fixKey')) === undefined) await ledger.remember('fixKey', around.fixKey);
  watchSteps((step) => process.point(`step ${step}`));
  try {
    const house = await openHouse(process, around, ledger);
    await around.onOpen(ledger);
    const processed = await runOnce(house, patience, patience.signal, undefined);
    if (process.dead) return { kind: 'crashed' };
    return { kind: 'ended', processed, status: statusOf(processed, false) };
  } catch (error) {
    // Whatever goes wrong in a dead process has no effect.
    if (process.dead) return { kind: 'crashed' };
    throw error;
  } finally {
    // What the dead process had under way comes to its end.
    await rested();
    watchSteps(undefined);
    await ledger[Symbol.asyncDispose]();
  }
}

/** The house as `src/cli/open-house.ts` opens it. */
async function openHouse(process: SimProcess, around: Surroundings, opened: Ledger): Promise<House> {
  const { config, register, random, blame } = around;
  const ledger = crashingLedger(opened, process);
  tidyArchive(join(config.folders.state, 'archive'));
  await ledger.recover(process.clock.now());
  return {
    config,
    ledger,
    mappings,
    clock: process.clock,
    log: process.log,
    progress: quiet,
    tool: 'luottoputki of the simulation',
    random,
    openRegister: async () => new Connection(register, process, config.submission.inFlight, blame),
  };
}
