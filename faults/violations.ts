import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parse } from 'csv-parse/sync';
import { Receipt } from '../src/reports/receipt.ts';
import type { Sandbox } from '../src/sandbox/start-sandbox.ts';
import { filesOf, readCsv, type Workspace } from '../test/pipeline/workspace.ts';

/** What the register saw twice, or with other bytes, or again without having denied it: nothing, if all is well. */
export function doubled(sandbox: Sandbox): string[] {
  const found: string[] = [];
  const { applied, requests } = sandbox.snapshot();
  const effects = new Set<string>();
  for (const { api, reportReference } of applied) {
    const effect = `${api} ${reportReference}`;
    if (effects.has(effect)) found.push(`${effect} took effect twice`);
    effects.add(effect);
  }
  const last = new Map<string, { body: string | null; denied: boolean }>();
  for (const { path, batchReference, bodySha256, httpStatus } of requests) {
    if (batchReference === null) continue;
    const known = last.get(batchReference);
    if (path === '/GetBatchStatus') {
      if (known && httpStatus === 404) known.denied = true;
      continue;
    }
    if (known && !known.denied) found.push(`${batchReference} was posted again without having been denied`);
    if (known?.body && bodySha256 && known.body !== bodySha256) found.push(`${batchReference} came with other bytes`);
    last.set(batchReference, { body: bodySha256 ?? known?.body ?? null, denied: false });
  }
  return found;
}

/** Where the outbox's accepted reports are not those the register holds. */
export function toldButNotHeld(workspace: Workspace): string[] {
  const told = workspace
    .told()
    .flatMap(({ folder }) =>
      existsSync(join(folder, 'accepted.csv'))
        ? readCsv(join(folder, 'accepted.csv')).map((row) => `${row['batchReference']} ${row['reportReference']}`)
        : [],
    );
  const held = workspace.sandbox.snapshot().applied.map((it) => `${it.batchReference} ${it.reportReference}`);
  const lost = held.filter((report) => !told.includes(report));
  const made = told.filter((report) => !held.includes(report));
  return [
    ...lost.slice(0, 1).map((report) => `${lost.length} reports took effect but are not told as accepted: ${report}`),
    ...made.slice(0, 1).map((report) => `${made.length} reports are told as accepted but took no effect: ${report}`),
  ];
}

/** What of the outbox's visible files is not whole; holds at every moment, also just after a kill. */
export function torn(outbox: string): string[] {
  return filesIn(outbox).flatMap(([path, latin1]) => {
    const why = isTemp(path) ? undefined : whyTorn(path, Buffer.from(latin1, 'latin1').toString('utf8'));
    return why === undefined ? [] : [`${path} is not whole: ${why}`];
  });
}

/** What a finished run must not leave behind. */
export function leftovers(workspace: Workspace): string[] {
  const temps = [workspace.outbox, workspace.inbox, join(workspace.state, 'archive')]
    .flatMap((folder) => filesIn(folder).map(([path]) => path))
    .filter(isTemp);
  const archive = join(workspace.state, 'archive');
  const foreign = (existsSync(archive) ? readdirSync(archive) : []).filter((name) => !/^[0-9a-f]{64}$/.test(name));
  const scratch = readdirSync(workspace.state).filter((name) => name.startsWith('scattered-'));
  return [...temps, ...foreign, ...scratch].map((name) => `${name} was left behind`);
}

/** What is wrong with receipts in themselves: sums that do not hold, DONE without being final. */
export function unbalanced(workspace: Workspace): string[] {
  return workspace
    .told()
    .flatMap(({ folder, receipt, done }) => [
      ...(receipt.counts.balanced ? [] : [`the sums of ${basename(folder)} do not hold`]),
      ...(done === receipt.final
        ? []
        : [`${basename(folder)} has ${done ? 'a' : 'no'} DONE but final is ${receipt.final}`]),
    ]);
}

/** Identity codes of the exports that are found in what was said or logged. */
export function leaks(texts: readonly string[], identityCodes: readonly string[]): string[] {
  const found = identityCodes.filter((code) => texts.some((text) => text.includes(code)));
  return found.length === 0 ? [] : [`${found.length} identity codes reached a log`];
}

/** Every identity code that stands in a text. */
export const identityCodesIn = (text: string) => [...new Set(text.match(/\b\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]\b/g) ?? [])];

/** What is wrong with the ledger's file itself. */
export function brokenLedger(state: string): string[] {
  const db = new DatabaseSync(join(state, 'ledger.sqlite'), { readOnly: true });
  try {
    const answer = db.prepare('PRAGMA integrity_check').get()?.['integrity_check'];
    return answer === 'ok' ? [] : [`the ledger is damaged: ${answer}`];
  } finally {
    db.close();
  }
}

const filesIn = (folder: string) => (existsSync(folder) ? [...filesOf(folder)] : []);
const isTemp = (path: string) => basename(path).startsWith('.');

function whyTorn(path: string, text: string): string | undefined {
  const name = basename(path);
  try {
    if (/^receipt(\.\d+)?\.json$/.test(name)) Receipt.parse(JSON.parse(text));
    else if (name === 'DONE') return text === '' ? undefined : 'it is not empty';
    else if (name.endsWith('.html')) return text.trimEnd().endsWith('</html>') ? undefined : 'its end is missing';
    else if (name.endsWith('.csv')) {
      // The rows of to-fix.csv stand as they came, faults and all.
      if (name !== 'to-fix.csv') parse(text, { bom: true, delimiter: ';' });
      return text.endsWith('\n') ? undefined : 'its end is missing';
    } else return 'nobody knows what it is';
  } catch (error) {
    return (error as Error).message;
  }
  return undefined;
}
