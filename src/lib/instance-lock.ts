import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { durableFolder } from './durable-write.ts';
import { UsageError } from './problem.ts';

/**
 * Lets one process at a time work on a state folder; the lock dies with the process, however it ends.
 * @throws UsageError at once when another one holds it
 */
export function lockState(stateFolder: string): Disposable {
  const lock = tryLockState(stateFolder);
  if (lock) return lock;
  throw new UsageError(`another luottoputki is at work on ${stateFolder}`, {
    hint: 'wait until it has ended, or stop it; `luottoputki status` works meanwhile',
  });
}

/** The same, giving undefined when another process holds the lock. */
export function tryLockState(stateFolder: string): Disposable | undefined {
  durableFolder(stateFolder);
  const db = new DatabaseSync(join(stateFolder, 'lock.sqlite'), { timeout: 0 });
  try {
    db.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    db.close();
    if ((cause as { errcode?: number }).errcode !== 5) throw cause;
    return undefined;
  }
  return { [Symbol.dispose]: () => db.close() };
}
