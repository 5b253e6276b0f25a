import type { LoadedConfig } from '../config/load-config.ts';
import { isBatchApi } from '../contract/apis.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { UsageError } from '../lib/problem.ts';
import { sha256OfFile } from '../lib/sha256.ts';
import { visible } from '../lib/shown-name.ts';
import { Trace } from '../mapping/compile/trace.ts';
import type { Finding } from '../mapping/finding.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { seriesOf } from '../pipeline/house.ts';
import { lookBack, unusual } from '../pipeline/unusual.ts';
import type { Foreteller } from '../views/foretell.ts';
import { chooseMapping, type FoundFile, theFile } from './choose-mapping.ts';
import { type Choice, gatherPreview, type Preview } from './gather-preview.ts';
import { ledgerToRead } from './ledger-to-read.ts';
import { usableConfig } from './open-house.ts';
import { sayPreview } from './say-preview.ts';
import { sayRefusal } from './say-refusal.ts';

export type PreviewOptions = Choice & { config: string; sandbox?: boolean; mapping?: string };

/** `luottoputki preview FILE`: the reports that would be sent, and the findings; the same code as `run` up to the socket. */
export async function preview(path: string, options: PreviewOptions): Promise<number> {
  const config = usableConfig(options.config);
  const found = theFile(path);
  const chosen = await chooseMapping(found.name, config, options.mapping);
  if ('status' in chosen) return chosen.status;
  const { mapping } = chosen;
  const file = visible(path);
  const trace = new Trace();
  const isNeeded = options.sandbox === true || mapping.approveWhen?.rowsOffMedian !== undefined;
  await using ledger = isNeeded ? await ledgerToRead(config) : undefined;
  const foreteller = options.sandbox ? await foretellerOf(found, config, mapping, ledger) : undefined;
  const { told, seeded } = await gatherPreview({ file: found, config, mapping, trace, choice: options, foreteller });
  const { counts, shown, findings, verdicts } = told;
  if (told.refused) {
    const json = { file, mapping: mapping.mapping, refused: told.refused };
    process.stdout.write(options.json ? `${JSON.stringify(json)}\n` : sayRefusal(file, told.refused));
    return 3;
  }
  if (mapping.whenGone) findings.push(goneNotShown);
  const odd = await whatIsUnusual(ledger, mapping, counts);
  findings.push(...odd);
  const sandbox = seeded && { seeded, verdicts };
  const json = {
    file,
    mapping: mapping.mapping,
    api: mapping.api,
    counts,
    reports: shown,
    findings,
    ...(sandbox && { sandbox }),
  };
  process.stdout.write(
    options.json
      ? `${JSON.stringify(json, null, 2)}\n`
      : sayPreview(file, mapping, told, trace, { columns: process.stdout.columns ?? 100, seeded }),
  );
  if (odd.length > 0) return 3;
  const { rejected = 0, held = 0 } = verdicts;
  return counts.invalid + counts.rowsInvalid + rejected + held > 0 ? 1 : 0;
}

/** What opens a register that foretells verdicts. The reports of the very same file, when it was taken before, do not count. */
async function foretellerOf(
  { path }: FoundFile,
  config: LoadedConfig,
  { api }: Mapping,
  ledger: Ledger | undefined,
): Promise<() => Foreteller> {
  if (!isBatchApi(api))
    throw new UsageError(`--sandbox foretells verdicts on reports; the rows of this mapping are questions (${api})`, {
      hint: 'leave --sandbox out; `luottoputki run` asks them',
    });
  const sha256 = sha256OfFile(path);
  const leaveOut = (await ledger?.exports())?.find((exported) => exported.sha256 === sha256)?.id;
  // Loaded only here: few previews ask for verdicts.
  const { Foreteller } = await import('../views/foretell.ts');
  const { owner, register, contract } = config;
  const { keyCase } = register;
  const series = seriesOf(config);
  return () => new Foreteller({ api, owner, keyCase, series, contract, now: new Date(), ledger, leaveOut });
}

/** Which loans are gone is known from what earlier exports reported, when an export is run. */
const goneNotShown: Finding = {
  code: 'GONE_NOT_CERTAIN',
  severity: 'warning',
  stage: 'check',
  line: 1,
  lastLine: 1,
  column: null,
  value: null,
  expected: 'reports on loans that are gone (whenGone) only when the export is run',
  message: 'Which loans of earlier exports are gone from this one is not looked at here: their reports are not shown.',
};

/** What would make the export await approval, held against the last exports of its mapping. */
async function whatIsUnusual(
  ledger: Ledger | undefined,
  { approveWhen, api, mapping }: Mapping,
  { rowsRead, reportsBuilt }: Preview['counts'],
): Promise<Finding[]> {
  const recent = (approveWhen?.rowsOffMedian !== undefined && (await ledger?.recentRows(mapping, lookBack))) || [];
  return unusual(approveWhen, api, { rows: rowsRead, reports: reportsBuilt }, recent).map((found) => ({
    ...found,
    message: `It would await approval. ${found.message}`,
    severity: 'warning',
    stage: 'check',
    line: 1,
    lastLine: 1,
    column: null,
  }));
}
