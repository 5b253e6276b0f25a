import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { MapEvent, MapJob } from './map-rows.ts';
import { mapRows } from './map-rows.ts';

/** Below this size a worker takes longer to start than it saves. */
const worthwhile = 4 * 1024 * 1024;
/** Blocks a worker may be ahead of the ledger. */
const ahead = 4;
const heap = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 160 };

/** What a worker tells: an event, its end, or what it failed of. */
export type WorkerMessage = MapEvent | { kind: 'end' };

/** Maps the rows of an export: a large one in a worker, beside the ledger's writing, where there is a core for it. */
export function mapAside(job: MapJob, size: number): AsyncGenerator<MapEvent> {
  return size >= worthwhile && availableParallelism() > 1 ? mapInWorker(job) : mapRows(job);
}

/**
 * The same as `mapRows`, in a worker of its own; it waits when it is `ahead` blocks ahead.
 * @throws what the worker failed of
 */
export async function* mapInWorker(job: MapJob): AsyncGenerator<MapEvent> {
  const entry = import.meta.url.endsWith('.ts') ? './mapping-worker.ts' : './mapping-worker.js';
  const worker = new Worker(new URL(entry, import.meta.url), { workerData: { job, ahead }, resourceLimits: heap });
  const arrived: WorkerMessage[] = [];
  let failure: Error | undefined;
  let wake: (() => void) | undefined;
  const rouse = () => wake?.();
  worker.on('message', (message: WorkerMessage) => {
    arrived.push(message);
    rouse();
  });
  worker.on('error', (error: Error) => {
    failure = error;
    rouse();
  });
  worker.on('exit', () => {
    failure ??= new Error('the mapping worker ended too early');
    rouse();
  });
  try {
    for (;;) {
      const message = arrived.shift();
      if (message?.kind === 'end') return;
      if (message) {
        yield message;
        worker.postMessage('more');
      } else if (failure) throw failure;
      else
        await new Promise<void>((done) => {
          wake = done;
        });
    }
  } finally {
    await worker.terminate();
  }
}
