import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sampleExports } from '../../src/demo/sample-exports.ts';
import { mapInWorker } from '../../src/pipeline/map-in-worker.ts';
import { type MapEvent, type MapJob, mapRows } from '../../src/pipeline/map-rows.ts';
import { tempFolder } from '../lib/temp-folder.ts';
import { shippedMapping, today } from './workspace.ts';

/** A job over an export of the sample night, or over other bytes. */
function jobOf(folder: string, bytes?: Uint8Array): MapJob {
  const path = join(folder, 'export.csv');
  const sample = sampleExports(today).find(({ name }) => name.startsWith('NEWLOANS'));
  writeFileSync(path, bytes ?? sample?.bytes ?? '');
  return {
    mappingText: shippedMapping('new-loans'),
    series: 'artificial',
    context: { takenAt: `${today}T02:00:00Z`, today, fileName: 'NEWLOANS_1.csv' },
    keyCase: 'camelCase',
    mostBytes: 100_000,
    path,
    scratch: join(folder, 'scattered.sqlite'),
    correction: null,
  };
}

async function all(events: AsyncIterable<MapEvent>): Promise<MapEvent[]> {
  const found: MapEvent[] = [];
  for await (const event of events) found.push(event);
  return found;
}

test('a worker brings what mapping in place brings', async () => {
  const job = jobOf(tempFolder());
  const inPlace = await all(mapRows(job));
  expect(inPlace.flatMap((event) => (event.kind === 'block' ? event.block.reports : [])).length).toBeGreaterThan(100);
  expect(await all(mapInWorker(job))).toEqual(inPlace);
});

test('a worker tells why it refuses an export', async () => {
  const job = jobOf(tempFolder(), Buffer.from('LAINANRO;HETU\r\n"1;2\r\n'));
  const events = await all(mapInWorker(job));
  expect(events.at(-1)).toMatchObject({ kind: 'refused' });
  expect(events).toEqual(await all(mapRows(job)));
});

test('what a worker fails of is thrown where its events are awaited', async () => {
  const job = { ...jobOf(tempFolder()), path: join(tempFolder(), 'gone') };
  await expect(all(mapInWorker(job))).rejects.toThrow('ENOENT');
});
