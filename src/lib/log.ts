import pino from 'pino';

/**
 * What a log event may carry: ids of files and batches, lines, counts, codes. There is no place for a cell, a body or a
 * name, so personal data cannot reach a log.
 */
type LogFields = {
  export?: string;
  batch?: string;
  api?: string;
  mapping?: string;
  line?: number;
  count?: number;
  attempts?: number;
  status?: string | number;
  code?: string;
  ms?: number;
  why?: string;
};

/** Events are named `noun.verbed`: `export.taken`, `batch.accepted`. */
export type Log = {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
};

/** JSON lines to a file (made when it is not there), or to stderr. */
export function openLog(destination: string | 'stderr'): Log {
  const target =
    destination === 'stderr'
      ? pino.destination({ fd: 2, sync: true })
      : pino.destination({ dest: destination, mkdir: true, mode: 0o600, sync: true });
  const logger = pino(
    { base: null, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (label) => ({ level: label }) } },
    target,
  );
  const write =
    (level: 'info' | 'warn' | 'error') =>
    (event: string, fields: LogFields = {}) =>
      logger[level]({ event, ...fields });
  return { info: write('info'), warn: write('warn'), error: write('error') };
}
