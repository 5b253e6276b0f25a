import { join } from 'node:path';
import { CredentialsInUse } from '../config/credentials-in-use.ts';
import { type LoadedConfig, loadConfig } from '../config/load-config.ts';
import { filesOpenToAll, sayOpenToAll } from '../config/read-certificate.ts';
import { tidyArchive } from '../intake/take-export.ts';
import { openSqliteLedger } from '../ledger/sqlite-ledger.ts';
import { systemClock } from '../lib/clock.ts';
import { lockState } from '../lib/instance-lock.ts';
import { openLog } from '../lib/log.ts';
import { type Problem, sayProblem, UsageError } from '../lib/problem.ts';
import type { House } from '../pipeline/house.ts';
import { refuseOtherEnvironment } from '../pipeline/other-environment.ts';
import { loadMappings } from './load-mappings.ts';
import { openRegister } from './open-register.ts';
import { openProgress } from './progress.ts';
import { tool } from './tool.ts';
import { whyNothingIsTaken } from './why-nothing-is-taken.ts';

export type HouseOptions = { config: string; log?: boolean };

/** A house ready for work: locked for this process, its ledger recovered. `misconfigured` says why it takes nothing, when it does not. */
export type OpenHouse = House & AsyncDisposable & { misconfigured: string | undefined };

/**
 * Reads the config, tells its problems, and stops when it cannot be used.
 * @throws UsageError when there are errors in it
 */
export function usableConfig(path: string): LoadedConfig {
  const { config, problems } = loadConfig(path);
  tell(problems);
  if (!config)
    throw new UsageError(`the config ${path} cannot be used`, {
      hint: 'correct the problems above; `luottoputki check` tells all of them',
    });
  return config;
}

/**
 * Opens everything a run needs. When a mapping is wrong nothing is taken from the inbox, but what is open goes on.
 * @throws UsageError when the config or the ledger cannot be used, or another process is at work
 */
export async function openHouse(options: HouseOptions): Promise<OpenHouse> {
  process.umask(0o077);
  const config = usableConfig(options.config);
  // A certificate that cannot be used stops the run before anything is taken.
  const credentials = new CredentialsInUse(config, 'reporting');
  const dataUse = new CredentialsInUse(config, 'dataUse');
  if (config.register.environment !== 'sandbox') credentials.now(new Date());
  for (const path of filesOpenToAll(config)) process.stderr.write(`warning: ${sayOpenToAll(path)}\n`);
  const loaded = await loadMappings(config, new Date());
  tell(loaded.problems.filter(({ severity }) => severity === 'error'));
  const misconfigured = whyNothingIsTaken(loaded);
  if (misconfigured !== undefined) process.stderr.write(`${misconfigured} What was taken before goes on.\n`);
  await using held = new AsyncDisposableStack();
  held.use(lockState(config.folders.state));
  const ledger = held.use(await openSqliteLedger(config.folders.state));
  refuseOtherEnvironment(await ledger.exports(), config);
  tidyArchive(join(config.folders.state, 'archive'));
  const log = openLog(options.log ? 'stderr' : join(config.folders.state, 'luottoputki.log'));
  const recovered = await ledger.recover(systemClock.now());
  if (recovered > 0)
    log.warn('run.recovered', {
      count: recovered,
      why: 'batches were being sent when the last run ended; the register is asked about them',
    });
  const kept = held.move();
  return {
    config,
    ledger,
    mappings: misconfigured === undefined ? loaded.mappings : [],
    misconfigured,
    clock: systemClock,
    log,
    progress: openProgress(systemClock.now),
    tool,
    random: Math.random,
    openRegister: () => openRegister(config, credentials, dataUse),
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

function tell(problems: readonly Problem[]): void {
  for (const problem of problems) process.stderr.write(`${sayProblem(problem)}\n`);
}
