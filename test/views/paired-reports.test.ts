import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type FileToMap, mapFile } from '../../src/views/map-file.ts';
import { pairedReports } from '../../src/views/paired-reports.ts';
import { tempFolder } from '../lib/temp-folder.ts';
import { payments, type Spec, usable } from '../mapping/builders.ts';

const context = { takenAt: '2026-05-20T01:02:03Z', today: '2026-05-20', fileName: 'test.csv' };
const job = (path: string, more: Spec): FileToMap => ({
  path,
  mapping: usable(payments({ reportType: { const: 'NewReport' } }, more)).mapping,
  series: 'artificial',
  context,
});

/** First lines of the reports a mapping makes of a file, in whatever order. */
async function linesOf(file: FileToMap): Promise<number[]> {
  let lines: number[] = [];
  for await (const event of mapFile(file)) {
    if (event.kind === 'startOver') lines = [];
    else if (event.kind === 'report') lines.push(event.built.rows[0]?.line ?? 0);
  }
  return lines;
}

const skips = (column: string) => ({ skip: [{ id: 'X', when: { column, is: 'x' }, why: 'it is' }] });
const grouped = { records: { groupBy: 'NO', mayDiffer: ['REF', 'A', 'B'] } };
const forms: Spec[] = [
  {},
  skips('A'),
  skips('B'),
  grouped,
  { ...grouped, ...skips('A') },
  { ...grouped, ...skips('B') },
];

test('every report of either mapping is told once, beside the one that begins on the same line, however rows lie', async () => {
  const path = join(tempFolder(), 'test.csv');
  const cell = fc.constantFrom('', 'x');
  const row = fc.tuple(fc.integer({ min: 1, max: 5 }), cell, cell);
  const form = fc.constantFrom(...forms);
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 14 }), form, form, async (rows, one, two) => {
      writeFileSync(path, `REF;NO;A;B\n${rows.map(([no, a, b], at) => `r${at};${no};${a};${b}\n`).join('')}`);
      const jobs = { old: job(path, { ...one, csv: known }), new: job(path, { ...two, csv: known }) };
      let told: { line: number; old: boolean; new: boolean }[] = [];
      for await (const event of pairedReports(jobs)) {
        if (event.kind === 'startOver') told = [];
        else if (event.kind === 'pair') {
          for (const side of [event.old, event.new]) if (side) expect(side.built.rows[0]?.line).toBe(event.line);
          told.push({ line: event.line, old: event.old !== undefined, new: event.new !== undefined });
        }
      }
      const [old, current] = [await linesOf(jobs.old), await linesOf(jobs.new)];
      const all = [...new Set([...old, ...current])].toSorted((a, b) => a - b);
      expect(told.toSorted((a, b) => a.line - b.line)).toEqual(
        all.map((line) => ({ line, old: old.includes(line), new: current.includes(line) })),
      );
    }),
    { numRuns: 150 },
  );
});

test('of a large file, of which much was read before its rows turned out to lie apart, nothing is told twice', async () => {
  const path = join(tempFolder(), 'test.csv');
  const rows = Array.from({ length: 8000 }, (_, at) => `reference-${at};${at === 7999 ? 0 : at};${'a'.repeat(40)};\n`);
  writeFileSync(path, `REF;NO;A;B\n${rows.join('')}`);
  let [told, halves] = [0, 0];
  const jobs = { old: job(path, { csv: known }), new: job(path, { ...grouped, csv: known }) };
  for await (const event of pairedReports(jobs)) {
    if (event.kind === 'startOver') [told, halves] = [0, 0];
    else if (event.kind === 'pair') {
      told++;
      if (!event.old || !event.new) halves++;
    }
  }
  expect([told, halves]).toEqual([8000, 1]);
});

const known = { columns: { unknown: 'ignore' } };
