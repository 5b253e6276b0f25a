import type { LoadedConfig } from '../config/load-config.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { instantOf } from '../lib/calendar.ts';
import type { Clock } from '../lib/clock.ts';
import type { PersonSeries } from '../lib/identity-code.ts';
import type { Log } from '../lib/log.ts';
import type { LoadedMapping } from '../mapping/load-mapping.ts';

/** What people see while the pipeline works. */
export type Progress = {
  /** A line worth reading. */
  say(line: string): void;
  /** How far a long step has come; `total` is 0 when it is not known. */
  step(name: string, done: number, total: number): void;
  /** The step is over. */
  stop(): void;
};

/** Everything the stages are given: nothing below reads a clock, a config file or the environment by itself. */
export type House = {
  config: LoadedConfig;
  ledger: Ledger;
  /** The mappings that may take exports; empty when something is wrong with one of them. */
  mappings: readonly LoadedMapping[];
  clock: Clock;
  log: Log;
  progress: Progress;
  /** Name and version, for receipts. */
  tool: string;
  /** Random numbers from 0 to 1; only waits depend on them. */
  random(): number;
  /** Opens the register when there is something to say to it. */
  openRegister(): Promise<import('../submission/register.ts').Register>;
};

/** Which persons may appear in reports: real ones in production and nowhere else. */
export function seriesOf(config: Pick<LoadedConfig, 'register'>): PersonSeries {
  return config.register.environment === 'production' ? 'real' : 'artificial';
}

/** The announced service breaks, as instants; the config writes Finnish local times. */
export function breaksOf(config: Pick<LoadedConfig, 'register'>): { from: number; to: number }[] {
  return config.register.serviceBreaks.map(({ from, to }) => ({ from: finnish(from), to: finnish(to) }));
}

/** The instant of a local time; the config has seen to it that there is one. */
const finnish = (local: string) => instantOf(`${local}:00`, 'Europe/Helsinki')?.getTime() ?? Number.POSITIVE_INFINITY;
