const longestFarewell = 30_000;

/** Turns SIGINT and SIGTERM into an abort; what is under way is finished within 30 s, a second signal ends at once. */
export function listenForStop(
  farewell = 'stopping: what is being sent is finished first, state is kept (once more to stop at once)',
): Disposable & { signal: AbortSignal; readonly status: number | undefined } {
  const stop = new AbortController();
  let status: number | undefined;
  const onSignal = (name: NodeJS.Signals) => {
    const code = name === 'SIGINT' ? 130 : 143;
    if (status !== undefined) process.exit(code);
    status = code;
    process.stderr.write(`\n${farewell}\n`);
    stop.abort();
    setTimeout(() => process.exit(code), longestFarewell).unref();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return {
    signal: stop.signal,
    get status() {
      return status;
    },
    [Symbol.dispose]() {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
    },
  };
}
