/** Time as an argument: what is given to everything that needs to know it or to wait. */
export type Clock = {
  /** Milliseconds since 1970. */
  now(): number;
  /** Waits; ends early, without an error, when the signal says stop. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
};

const longest = 2 ** 31 - 1;

/** The computer's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const end = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', end);
        resolve();
      };
      // A timer beyond 2^31-1 ms would fire at once.
      const timer = setTimeout(end, Math.min(ms, longest));
      signal?.addEventListener('abort', end);
    }),
};
