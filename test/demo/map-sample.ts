import { readdirSync, readFileSync } from 'node:fs';
import type { SampleExport } from '../../src/demo/sample-exports.ts';
import type { BuiltReport } from '../../src/mapping/compile/compile-mapping.ts';
import type { Finding } from '../../src/mapping/finding.ts';
import { type LoadedMapping, loadMapping } from '../../src/mapping/load-mapping.ts';
import { mapExport } from '../../src/mapping/map-export.ts';
import { mappingsFor } from '../../src/mapping/mappings-for.ts';
import { readExport } from '../../src/reading/read-export.ts';

const folder = new URL('../../mappings/', import.meta.url);

/** The names of the mappings that are shipped. */
export const shippedMappings = readdirSync(folder).filter((name) => name.endsWith('.yaml'));

/** Loads a shipped mapping as `check` would. */
export function loadShipped(name: string) {
  return loadMapping(readFileSync(new URL(name, folder), 'utf8'), name, 'artificial');
}

/** All shipped mappings that can be used. */
export const loadedMappings = shippedMappings.flatMap((name) => loadShipped(name).loaded ?? []);

/** What a sample export becomes. */
export type Mapped = {
  api: LoadedMapping['mapping']['api'];
  rowsRead: number;
  rowsSkipped: number;
  rowsInvalid: number;
  built: BuiltReport[];
  findings: Finding[];
};

/** Maps a sample export with the one shipped mapping that takes it, as `run` would. */
export async function mapSample({ name, bytes }: SampleExport, today: string): Promise<Mapped> {
  const [taker, rival] = mappingsFor(name, loadedMappings, today);
  if (!taker || rival) throw new Error(`${name} is not taken by exactly one mapping`);
  const { mapping } = taker;
  const mapped: Mapped = { api: mapping.api, rowsRead: 0, rowsSkipped: 0, rowsInvalid: 0, built: [], findings: [] };
  const chunks = async function* () {
    yield bytes;
  };
  const startOver = () => {
    throw new Error('rows of one report lie apart');
  };
  const context = { takenAt: `${today}T01:00:00Z`, today, fileName: name };
  for await (const block of mapExport({
    mapping,
    series: 'artificial',
    context,
    read: () => readExport(chunks(), mapping.csv),
    startOver,
    scratch: '',
  })) {
    mapped.rowsRead += block.rowsRead;
    mapped.rowsSkipped += Object.values(block.skipped).reduce((sum, count) => sum + count, 0);
    mapped.rowsInvalid += block.rowsInvalid;
    mapped.built.push(...block.reports);
    mapped.findings.push(...block.findings, ...block.reports.flatMap(({ findings }) => findings));
  }
  mapped.findings.sort((a, b) => a.line - b.line);
  return mapped;
}
