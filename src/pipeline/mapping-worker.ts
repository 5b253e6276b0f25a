import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import type { WorkerMessage } from './map-in-worker.ts';
import { type MapJob, mapRows } from './map-rows.ts';

/** The worker's own file: maps one export and tells the events to who started it, never far ahead of what was taken. */
const { job, ahead } = workerData as { job: MapJob; ahead: number };
const port = parentPort;
if (!port) throw new Error('this file runs in a worker only');
const tell = (message: WorkerMessage) => port.postMessage(message);
let untaken = 0;
port.on('message', () => untaken--);
for await (const event of mapRows(job)) {
  tell(event);
  untaken++;
  while (untaken >= ahead) await once(port, 'message');
}
tell({ kind: 'end' });
port.close();
