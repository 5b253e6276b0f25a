import { readFileSync, truncateSync } from 'node:fs';
import { type Log, openLog } from '../src/lib/log.ts';

/** The log as pino writes it. */
export type CollectedLog = { log: Log; take(): string };

const opened = new Map<string, Log>();

/** Opens a log file, once for all lives that share it; `take` gives what was written since the last time. */
export function collectLog(path: string): CollectedLog {
  const log = opened.get(path) ?? openLog(path);
  opened.set(path, log);
  return {
    log,
    take() {
      const text = readFileSync(path, 'utf8');
      truncateSync(path, 0);
      return text;
    },
  };
}
