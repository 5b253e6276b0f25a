import { watch as watchFolder } from 'chokidar';
import { SettledFiles } from '../intake/settled-files.ts';
import type { House } from '../pipeline/house.ts';
import { processExports } from '../pipeline/process-export.ts';
import { LeftFiles } from './left-files.ts';
import { type HouseOptions, openHouse } from './open-house.ts';
import { sayOutcome } from './say-outcome.ts';
import { listenForStop } from './stop-signals.ts';

/** `luottoputki watch`: takes exports as they come, for ever. Our own look at the folder is the truth; chokidar only shortens the wait. */
export async function watch(options: HouseOptions): Promise<number> {
  await using house = await openHouse(options);
  if (house.misconfigured) return 2;
  using stop = listenForStop();
  const { quietTime, readyMarker, scanEvery } = house.config.intake;
  const settled = new SettledFiles(quietTime, readyMarker);
  const left = new LeftFiles();
  await using bell = openBell(house);
  house.progress.say(`watching ${house.config.folders.inbox}; stop with Ctrl-C`);
  while (!stop.signal.aborted) {
    const until = house.clock.now() + scanEvery;
    const processed = await processExports(
      house,
      settled,
      { signal: AbortSignal.any([stop.signal, bell.signal()]), until, giveUp: false },
      { take: true, alarms: [] },
    );
    const news = left.news(processed.taken);
    if (
      processed.taken.taken + processed.taken.again + news.length > 0 ||
      processed.outbox.receipts.some(({ receipt }) => receipt.final)
    )
      sayOutcome(processed, house, news);
    if (stop.signal.aborted) break;
    const next =
      processed.taken.waiting.length > 0
        ? Math.min(scanEvery, Math.max(20, processed.taken.wait))
        : Math.max(0, until - house.clock.now());
    await house.clock.sleep(next, AbortSignal.any([stop.signal, bell.signal()]));
  }
  return stop.status ?? 0;
}

/** Rings when chokidar sees something come. Without it the periodic look goes on alone. */
function openBell(house: House): AsyncDisposable & { signal(): AbortSignal } {
  let rung = new AbortController();
  const watcher = watchFolder(house.config.folders.inbox, { depth: 0, followSymlinks: false, ignoreInitial: true });
  watcher.on('add', () => rung.abort());
  watcher.on('error', () => house.log.warn('inbox.unwatched', { why: 'the folder is looked at every scanEvery only' }));
  return {
    /** A fresh signal that the next arrival aborts. */
    signal() {
      if (rung.signal.aborted) rung = new AbortController();
      return rung.signal;
    },
    [Symbol.asyncDispose]: () => watcher.close(),
  };
}
