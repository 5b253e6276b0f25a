import { createReadStream, readFileSync } from 'node:fs';
import { parse } from 'csv-parse';
import { serialise } from '../src/contract/message.ts';
import { scanInbox } from '../src/intake/scan-inbox.ts';
import { spoolExport } from '../src/intake/take-export.ts';
import { loadMapping } from '../src/mapping/load-mapping.ts';
import { mapExportTo } from '../src/mapping/map-export.ts';
import { readExport } from '../src/reading/read-export.ts';

/** One measured job in a process of its own: `csv` or `dry`. Prints rows, seconds and peak memory as JSON. */
const [job = '', inbox = '', state = ''] = process.argv.slice(2);
const file = scanInbox(inbox).files[0];
if (!file) throw new Error(`no export in ${inbox}`);
const readSize = 64 * 1024;
const start = process.hrtime.bigint();
let rows = 0;
let bytes = 0;
if (job === 'csv') {
  const parser = createReadStream(file.path, { highWaterMark: 256 * 1024 }).pipe(
    parse({ delimiter: ';', encoding: 'latin1' }),
  );
  for await (const record of parser as AsyncIterable<string[]>) if (record.length > 0) rows++;
  rows--; // the header
} else {
  const spooled = spoolExport(file, state, Date.now());
  if (spooled.kind !== 'spooled') throw new Error('the export changed while it was read');
  const { loaded } = loadMapping(
    readFileSync(new URL('new-loans.yaml', import.meta.url), 'utf8'),
    'new-loans.yaml',
    'artificial',
  );
  if (!loaded) throw new Error('the mapping of the benchmark cannot be read');
  const { mapping } = loaded;
  const blocks = mapExportTo(
    {
      mapping,
      series: 'artificial',
      context: { takenAt: '2026-01-03T02:00:00Z', today: '2026-01-03', fileName: file.name },
      read: () => readExport(createReadStream(`${state}/${spooled.sha256}`, { highWaterMark: readSize }), mapping.csv),
      startOver() {},
      scratch: '',
    },
    ({ report }) => (report ? serialise(report, 'camelCase').length : 0),
  );
  for await (const block of blocks) {
    rows += block.rowsRead;
    for (const length of block.reports) bytes += length;
  }
}
const seconds = Number(process.hrtime.bigint() - start) / 1e9;
process.stdout.write(`${JSON.stringify({ rows, bytes, seconds, peakMiB: process.resourceUsage().maxRSS / 1024 })}\n`);
