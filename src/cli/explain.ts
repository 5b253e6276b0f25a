import type { Ledger } from '../ledger/ledger.ts';
import { UsageError } from '../lib/problem.ts';
import { visible } from '../lib/shown-name.ts';
import type { RulePath } from '../mapping/compile/trace.ts';
import type { LoadedMapping } from '../mapping/load-mapping.ts';
import { seriesOf } from '../pipeline/house.ts';
import { folderOf } from '../reports/folder-name.ts';
import { receiptOf } from '../reports/write-export.ts';
import { type ExplainedRow, explainRow } from '../views/explain-row.ts';
import type { Use } from '../views/report-view.ts';
import { sayRule } from '../views/say-rule.ts';
import { sayTold, type ToldReport, toldReport } from '../views/told-report.ts';
import { ledgerToRead } from './ledger-to-read.ts';
import { type LookedUp, lookUpExport, mappingBehind } from './look-up-export.ts';
import { usableConfig } from './open-house.ts';
import { placeOf, sayExplained } from './say-explained.ts';

export type ExplainOptions = { config: string; json?: boolean; clear?: boolean; mapping?: string };

/** `luottoputki explain FILE:LINE` or `explain LOAN`: what became of a row, from cell to verdict, or of a loan. */
export async function explain(word: string, options: ExplainOptions): Promise<number> {
  const config = usableConfig(options.config);
  await using ledger = await ledgerToRead(config);
  const [, file, line] = /^(.+):(\d{1,9})$/.exec(word) ?? [];
  if (file === undefined) return await explainLoan(word, ledger, options);
  const found = await lookUpExport(file, config, ledger);
  const loaded = await mappingBehind(found, config, ledger, options.mapping);
  if ('status' in loaded) return loaded.status;
  const { path, context } = found;
  const job = { path, context, line: Number(line), mapping: loaded.mapping, series: seriesOf(config) };
  const row = await explainRow(job, options.clear === true);
  if (row.fate === 'none' && row.cells.length === 0)
    throw new UsageError(`${visible(file)} has no row on line ${line}`, {
      hint: 'lines are counted as in an editor; the header is on line 1',
    });
  const fate = await fateOf(found, row, ledger);
  process.stdout.write(
    options.json
      ? `${JSON.stringify(asJson(visible(file), row, loaded, fate), null, 2)}\n`
      : sayAll(found, visible(file), row, loaded, fate),
  );
  return 0;
}

/** What the ledger knows of the export and of the report of the row. */
type Fate = {
  export: { name: string; sha256: string; takenOn: string; state: string; nextStep: string; outbox: string };
  report: ToldReport | null;
};

async function fateOf({ exported }: LookedUp, row: ExplainedRow, ledger: Ledger | undefined): Promise<Fate | null> {
  if (!exported || !ledger) return null;
  const all = await ledger.exports();
  const { receipt } = await receiptOf(ledger, exported, all, 'en');
  const report = await ledger.reportAtLine(exported.id, row.line);
  return {
    export: {
      name: exported.name,
      sha256: exported.sha256,
      takenOn: exported.day,
      state: receipt.state,
      nextStep: receipt.nextStep,
      outbox: folderOf(exported),
    },
    report: report ? await toldReport(ledger, report, exported, all) : null,
  };
}

function sayAll(found: LookedUp, file: string, row: ExplainedRow, loaded: LoadedMapping, fate: Fate | null): string {
  const width = Math.min(160, Math.max(60, process.stdout.columns ?? 100));
  const lines = sayExplained(file, row, loaded, width);
  if (!fate) lines.push('', 'The ledger does not know this export: nothing of it was sent.');
  else {
    const { takenOn, sha256, state, nextStep } = fate.export;
    lines.push('', `${found.name} (${sha256.slice(0, 8)}) was taken on ${takenOn}: ${state}. ${nextStep}`);
    if (fate.report) lines.push(...sayTold(fate.report));
  }
  return `${lines.join('\n')}\n`;
}

function asJson(file: string, row: ExplainedRow, loaded: LoadedMapping, fate: Fate | null) {
  const { mapping, sha256 } = loaded;
  const rule = (path: RulePath) => ({ rule: placeOf(loaded, path), says: sayRule(mapping, path) });
  const use = ({ rule: path, ...rest }: Use) => ({ ...rest, ...rule(path) });
  const skip = mapping.skip.findIndex(({ id }) => id === row.skippedBy);
  return {
    file,
    mapping: { name: mapping.mapping, api: mapping.api, file: loaded.file, sha256 },
    ...row,
    skippedBy: row.skippedBy === null ? null : { id: row.skippedBy, ...rule(['skip', skip]) },
    cells: row.cells.map(({ readers: _, uses, ...cell }) => ({ ...cell, uses: uses.map(use) })),
    constants: row.constants.map(use),
    ledger: fate,
  };
}

/** The whole history of a loan, through exports, batches and verdicts. */
async function explainLoan(word: string, ledger: Ledger | undefined, { json }: ExplainOptions): Promise<number> {
  const number = word.replace(/^(Other|Iban|Bban):/, '');
  const names = word === number ? ['Other', 'Iban', 'Bban'].map((type) => `${type}:${number}`) : [word];
  const reports = ledger ? (await Promise.all(names.map((name) => ledger.reportsOfLoan(name)))).flat() : [];
  if (!ledger || reports.length === 0)
    throw new UsageError(`the ledger knows no report on a loan ${visible(word)}`, {
      hint: 'say a loan number as it was reported, with its zeros; or FILE:LINE, for example NEWLOANS_20260103.csv:5',
    });
  const all = await ledger.exports();
  const told: ToldReport[] = [];
  for (const report of reports) {
    const exported = all.find(({ id }) => id === report.exportId);
    if (exported) told.push(await toldReport(ledger, report, exported, all));
  }
  process.stdout.write(json ? `${JSON.stringify({ loan: word, reports: told }, null, 2)}\n` : sayLoan(word, told));
  return 0;
}

function sayLoan(loan: string, told: readonly ToldReport[]): string {
  const lines = told.flatMap((each) => {
    const [first = '', ...rest] = sayTold(each);
    // A report on a loan that was gone from its export has no row.
    const place = each.line === null ? `${each.export}, no row` : `${each.export}:${each.line}`;
    return ['', `${each.takenOn}  ${place}  ${first}`, ...rest];
  });
  return `loan ${visible(loan)}: ${told.length} ${told.length === 1 ? 'report' : 'reports'}${lines.join('\n')}\n`;
}
