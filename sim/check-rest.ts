import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Drop, type ExpectedReport, inOrder } from './exports.ts';
import { goesAgain, refusedCents } from './judge.ts';
import type { Blame, ModelRegister } from './model-register.ts';
import { type Outcome, predict } from './predict.ts';
import { outboxFolders, stemOf, type Told, toldOf } from './told.ts';
import { filesBelow } from './whole-files.ts';

/** What the register, asked last, says of a report. */
export type Truth = 'accepted' | 'rejected' | 'deferred' | 'open';

/** Everything the checks at rest look at. */
export type Rest = {
  drops: readonly Drop[];
  register: ModelRegister;
  folders: { inbox: string; outbox: string; state: string };
  /** Exports dropped once more were counted; a lost ledger has forgotten some. */
  countsAgain: boolean;
  /** Nothing can move any more, whatever time passes. */
  atEnd: boolean;
};

/** Checks what must hold whenever everything has come to rest; tells what the register says of every sound report. */
export function checkRest(rest: Rest, blame: Blame): Map<ExpectedReport, Truth> {
  const { drops, register, folders } = rest;
  const truths = new Map<ExpectedReport, Truth>();
  const found = outboxFolders(folders.outbox);
  const dropOfBatch = new Map<string, Drop>();
  let told = 0;
  for (const drop of drops) {
    const its = toldOf(found, drop);
    if (!its) {
      blame('one final receipt per export', `${drop.name} has no receipt`);
      continue;
    }
    if ((found.get(drop.sha256.slice(0, 8))?.length ?? 0) > 1)
      blame('one final receipt per export', `${drop.name} has two folders`);
    for (const { reference } of its.receipt.batches) dropOfBatch.set(reference, drop);
    for (const [report, truth] of truthsOf(drop, its, register)) truths.set(report, truth);
    checkReceipt(drop, its, truths, register, blame);
    told += its.accepted.length;
    const again = [...found.keys()].filter((key) => key.startsWith(`${drop.sha256.slice(0, 8)}--again-`)).length;
    if (rest.countsAgain && again !== drop.again)
      blame('the same bytes again are told apart', `${drop.name} came ${drop.again} times again, ${again} are told`);
  }
  if (told !== register.applied.length)
    blame(
      'the receipts tell what the register holds',
      `${told} accepted are told, ${register.applied.length} took effect`,
    );
  checkOrder(drops, register, dropOfBatch, blame);
  checkFolders(rest, blame);
  if (rest.atEnd) checkPrediction(drops, truths, blame);
  return truths;
}

function truthsOf(drop: Drop, told: Told, register: ModelRegister): Map<ExpectedReport, Truth> {
  const words = new Map<string, { accepted: boolean; rejected: boolean; again: number }>();
  const wordOf = (reference: string) => {
    const word = words.get(reference) ?? { accepted: false, rejected: false, again: 0 };
    words.set(reference, word);
    return word;
  };
  for (const { reference } of told.receipt.batches) {
    const batch = register.batches.get(reference);
    if (!batch) continue;
    const single = batch.reports.length === 1;
    if (batch.refused && batch.reports.length <= register.temper.mostReports && (single || register.temper.names))
      for (const report of batch.reports)
        if (report.amount.endsWith(refusedCents)) wordOf(report.reference).rejected = true;
    for (const { verdict } of batch.takes)
      for (const { report, errors } of verdict && (single || !verdict.unnamed) ? verdict.findings : [])
        if (goesAgain(errors)) wordOf(report.reference).again++;
        else if (errors.length > 0) wordOf(report.reference).rejected = true;
  }
  for (const { reference, batch } of register.applied)
    if (told.receipt.batches.some((its) => its.reference === batch)) wordOf(reference).accepted = true;
  const truths = new Map<ExpectedReport, Truth>();
  for (const report of drop.expected.reports) {
    if (!report.sound || drop.expected.refused) continue;
    const { accepted = false, rejected = false, again = 0 } = words.get(report.reference) ?? {};
    truths.set(report, accepted ? 'accepted' : rejected || again > 1 ? 'rejected' : again === 1 ? 'deferred' : 'open');
  }
  return truths;
}

function checkReceipt(
  drop: Drop,
  { receipt, accepted, errors, done, folder }: Told,
  truths: ReadonlyMap<ExpectedReport, Truth>,
  register: ModelRegister,
  blame: Blame,
): void {
  const { expected } = drop;
  const { counts } = receipt;
  const wrong = (what: string) => blame('the receipts tell what the register holds', `${drop.name}: ${what}`);
  const unbalanced = (what: string) => blame('every row is in one place', `${drop.name}: ${what}`);
  if (stemOf(folder) !== drop.name.replace(/\.csv$/, '')) wrong(`its folder is ${folder}`);
  if (!counts.balanced) unbalanced('the sums do not hold');
  if (expected.refused) {
    if (receipt.state !== 'refused' || counts.accepted > 0) wrong('it was not refused');
    return;
  }
  const sound = expected.reports.filter((report) => report.sound);
  const having = (truth: Truth) => sound.filter((report) => truths.get(report) === truth);
  const same = (what: string, told: number, known: number) => {
    if (told !== known) unbalanced(`${what} is told to be ${told}, it is ${known}`);
  };
  same('rowsRead', counts.rowsRead, expected.rows);
  same('rowsSkipped', counts.rowsSkipped, expected.skipped);
  same('rowsInvalid', counts.rowsInvalid, expected.torn.length);
  same('reportsBuilt', counts.reportsBuilt, expected.reports.length);
  same('invalid', counts.invalid, expected.reports.length - sound.length);
  const open = counts.pending + counts.held + counts.unknown;
  if (counts.accepted !== having('accepted').length)
    wrong(`${counts.accepted} accepted, ${having('accepted').length} took effect`);
  if (counts.rejected !== having('rejected').length)
    wrong(`${counts.rejected} rejected, the register rejected ${having('rejected').length}`);
  if (open !== having('deferred').length + having('open').length) wrong(`${open} are told to be open`);
  if (counts.unknown > 0) blame('everything comes to rest', `${drop.name} has unknown reports`);
  if (receipt.final !== (open === 0)) wrong('final says something else than the counts');
  if (done !== receipt.final)
    blame('one final receipt per export', `${drop.name}: DONE does not stand for a final receipt`);
  const lines = new Set(accepted.map(({ line, reference, batch }) => `${line} ${reference} ${batch}`));
  const lost = new Map(register.applied.map(({ batch, reference }) => [`${reference} ${batch}`, true]));
  for (const report of having('accepted'))
    if (![...lines].some((line) => line.startsWith(`${report.lines[0]} ${report.reference} `)))
      wrong(`line ${report.lines[0]} is not told to be accepted`);
  for (const { reference, batch } of accepted)
    if (!lost.has(`${reference} ${batch}`)) wrong(`${reference} did not take effect in ${batch}`);
  if (lines.size !== having('accepted').length) wrong('accepted.csv has other rows');
  const errorAt = (wanted: readonly number[], stage?: string) =>
    errors.some(
      (row) => wanted.includes(row.line) && row.severity === 'error' && (stage === undefined || row.stage === stage),
    );
  for (const report of having('rejected'))
    if (!errorAt(report.lines, 'register')) wrong(`line ${report.lines[0]} has no error of the register`);
  for (const report of having('accepted'))
    if (errorAt(report.lines, 'register')) wrong(`line ${report.lines[0]} is accepted and has an error`);
  for (const report of expected.reports)
    if (!report.sound && !errorAt(report.lines)) unbalanced(`line ${report.lines[0]} has no finding`);
  for (const line of expected.torn) if (!errorAt([line])) unbalanced(`line ${line} has no finding`);
}

/** Reports on one loan take effect in the order of nights, APIs and rows; a new loan takes effect before everything else. */
function checkOrder(
  drops: readonly Drop[],
  register: ModelRegister,
  dropOfBatch: ReadonlyMap<string, Drop>,
  blame: Blame,
): void {
  const positions = new Map(inOrder(drops).map(({ drop, report }, at) => [`${drop.sha256} ${report.reference}`, at]));
  const last = new Map<string, number>();
  for (const { api, reference, loan, batch } of register.applied) {
    if (api === 'AddLoans') continue;
    const at = positions.get(`${dropOfBatch.get(batch)?.sha256} ${reference}`);
    if (at === undefined) {
      blame('nothing takes effect that should not', `${api} ${reference} in ${batch} belongs to no receipt`);
      continue;
    }
    if (at < (last.get(loan) ?? -1)) blame('order on a loan', `${api} ${reference} took effect after a later report`);
    last.set(loan, at);
  }
}

function checkFolders({ folders, drops }: Rest, blame: Blame): void {
  const tidy = (what: string) => blame('nothing is left over', what);
  for (const name of readdirSync(folders.inbox)) tidy(`the inbox still has ${name}`);
  for (const { temp, name } of filesBelow(folders.outbox)) if (temp) tidy(`the outbox still has ${name}`);
  for (const name of readdirSync(folders.state))
    if (name.startsWith('scattered-')) tidy(`the state folder still has ${name}`);
  const archive = join(folders.state, 'archive');
  const kept = new Set(existsSync(archive) ? readdirSync(archive) : []);
  for (const { sha256, name } of drops) if (!kept.delete(sha256)) blame('taken is kept', `the archive has no ${name}`);
  for (const name of kept) tidy(`the archive has ${name}`);
}

function checkPrediction(drops: readonly Drop[], truths: ReadonlyMap<ExpectedReport, Truth>, blame: Blame): void {
  const predicted = predict(drops);
  const words: Record<Truth, Outcome | 'pending'> = {
    accepted: 'accepted',
    rejected: 'rejected',
    deferred: 'pending',
    open: 'held',
  };
  for (const drop of drops)
    for (const report of drop.expected.reports) {
      const truth = truths.get(report);
      if (truth === undefined) continue;
      const wanted = predicted.get(report);
      if (wanted !== words[truth])
        blame(
          'every report comes to its end',
          `${report.api} ${report.reference} is ${truth}, and should be ${wanted}`,
        );
    }
}
