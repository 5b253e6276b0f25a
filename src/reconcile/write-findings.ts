import { join } from 'node:path';
import { type BatchApi, batchApis } from '../contract/apis.ts';
import type { Field } from '../contract/field-table.ts';
import type { Report } from '../contract/shapes.ts';
import { DurableFile, durableFolder, durableWrite } from '../lib/durable-write.ts';
import { maskText } from '../lib/mask.ts';
import { PeopleCsv } from '../reports/csv.ts';
import { draftExport } from './draft-export.ts';
import type { Found, Journal, Tally } from './journal.ts';

/** What a comparison was about, for its record. */
export type About = {
  tool: string;
  environment: string;
  choice: string;
  endedAt: number;
  /** Rows of a stock export that could not be read: their loans were not compared. */
  rowsInvalid: number;
};

/** What was written: the folder, and for each draft its export and its mapping. */
export type Written = {
  folder: string;
  counts: Tally['counts'];
  drafts: { api: BatchApi; file: string; mapping: string; reports: number }[];
};

const columns = ['loan', 'outcome', 'part', 'field', 'ours', 'register', 'proposal'];

/**
 * Writes what was found: `differences.csv` (masked), `restricted/differences.csv` (in clear), a draft export with its mapping
 * for each API that can mend something, and last `reconcile.json`.
 * @param folder a folder of the outbox, made when it is not there
 */
export async function writeFindings(
  folder: string,
  journal: Journal,
  fieldsOf: (api: BatchApi) => Field,
  about: About,
): Promise<Written> {
  const restricted = join(folder, 'restricted');
  durableFolder(restricted);
  const counts = { ...journal.tally.counts };
  const proposed = new Map<BatchApi, Report[]>(batchApis.map((api) => [api, []]));
  {
    using masked = new DurableFile(join(folder, 'differences.csv'));
    using clear = new DurableFile(join(restricted, 'differences.csv'));
    const files = [new PeopleCsv(masked, columns), new PeopleCsv(clear, columns)] as const;
    for await (const found of journal.found()) {
      if (found.ifDelaysTold) {
        if (journal.tally.tellDelays === 0) continue;
        counts.agrees--;
        counts.differs++;
      }
      addRows(files, found);
      for (const { api, report } of found.proposals) proposed.get(api)?.push(report);
    }
    for (const file of files) file.flush();
    masked.publish();
    clear.publish();
  }
  const drafts = batchApis.flatMap((api) => {
    const reports = proposed.get(api) ?? [];
    if (reports.length === 0) return [];
    const file = `RECONCILE_${api}_${journal.id}.csv`;
    const mapping = file.replace(/\.csv$/, '.yaml');
    const draft = draftExport(api, reports, file, fieldsOf(api));
    durableWrite(join(restricted, file), draft.csv);
    durableWrite(join(restricted, mapping), draft.mapping);
    return [{ api, file: join(restricted, file), mapping: join(restricted, mapping), reports: reports.length }];
  });
  const { tool, environment, choice, endedAt, rowsInvalid } = about;
  const record = {
    schema: 'luottoputki/reconcile/1',
    tool,
    environment,
    choice,
    startedAt: new Date(journal.startedAt).toISOString(),
    endedAt: new Date(endedAt).toISOString(),
    loans: journal.tally.done,
    counts,
    rowsInvalid,
    notTold: journal.tally.silent,
    proposals: Object.fromEntries(drafts.map(({ api, reports }) => [api, reports])),
  };
  durableWrite(join(folder, 'reconcile.json'), `${JSON.stringify(record, null, 2)}\n`);
  return { folder, counts, drafts };
}

function addRows(
  [masked, clear]: readonly [PeopleCsv, PeopleCsv],
  { loan, outcome, differences, proposals }: Found,
): void {
  const proposal = proposals
    .map(({ api, report }) => `${api}${report['reportType'] ? ` ${report['reportType']}` : ''}`)
    .join(', ');
  if (differences.length === 0)
    for (const file of [masked, clear]) file.add([loan, outcome, null, null, null, null, proposal]);
  for (const { part, path, ours, theirs } of differences) {
    clear.add([loan, outcome, part, path, ours, theirs, proposal]);
    masked.add([loan, outcome, part, path, ours && maskText(ours), theirs && maskText(theirs), proposal]);
  }
}
