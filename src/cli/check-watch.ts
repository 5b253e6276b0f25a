import { setTimeout as pause } from 'node:timers/promises';
import { watch as watchFiles } from 'chokidar';
import { UsageError } from '../lib/problem.ts';
import { checkOnce, promised, sayChecked } from './check.ts';
import { listenForStop } from './stop-signals.ts';

/** Editors save in several steps; this long nothing may happen before the files are looked at. */
const settle = 150;

/** `luottoputki check --watch`: checks again each time a mapping or the config is saved, until it is stopped. */
export async function checkWatch(options: { config: string; json?: boolean }): Promise<number> {
  using stop = listenForStop('stopping');
  let saved = Promise.withResolvers<void>();
  const watcher = watchFiles(options.config, { ignoreInitial: true });
  watcher.on('all', () => saved.resolve());
  const stopped = new Promise<void>((done) => stop.signal.addEventListener('abort', () => done(), { once: true }));
  try {
    while (!stop.signal.aborted) {
      const folder = await tell(options);
      if (folder !== null) watcher.add(folder);
      await Promise.race([saved.promise, stopped]);
      await pause(settle, undefined, { signal: stop.signal }).catch(() => undefined);
      saved = Promise.withResolvers<void>();
    }
  } finally {
    await watcher.close();
  }
  return stop.status ?? 0;
}

/** Says what is found now, under the time; gives the folder of mappings, when it is known. */
async function tell({ config, json = false }: { config: string; json?: boolean }): Promise<string | null> {
  const now = new Date();
  const time = now.toTimeString().slice(0, 8);
  try {
    const checked = await checkOnce(config, now);
    process.stdout.write(json ? `${JSON.stringify(promised(checked))}\n` : `${time}\n${sayChecked(checked)}\n`);
    return checked.folder;
  } catch (error) {
    // A file may be gone for a moment while an editor saves it.
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${time}\n${error.message}\n  ${error.hint}\n\n`);
    return null;
  }
}
