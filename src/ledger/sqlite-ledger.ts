import { join } from 'node:path';
import { durableFolder, syncFolder } from '../lib/durable-write.ts';
import type { Ledger } from './ledger.ts';
import * as answering from './sqlite/answers.ts';
import * as approval from './sqlite/approval.ts';
import * as batches from './sqlite/batches.ts';
import { Database } from './sqlite/database.ts';
import * as evidence from './sqlite/evidence.ts';
import * as exports from './sqlite/exports.ts';
import * as gone from './sqlite/gone.ts';
import * as lookingUp from './sqlite/looking-up.ts';
import * as planning from './sqlite/planning.ts';
import * as resolving from './sqlite/resolving.ts';
import * as retrying from './sqlite/retrying.ts';
import * as telling from './sqlite/telling.ts';

/**
 * The ledger on one machine: one SQLite file in the state folder. Verbs return promises although SQLite answers at once,
 * so that another keeper can take its place.
 * @param stateFolder made when it is not there, private to the pipeline
 * @throws UsageError when the ledger is damaged or was written by a newer version
 */
export async function openSqliteLedger(stateFolder: string, options: { readOnly?: boolean } = {}): Promise<Ledger> {
  if (!options.readOnly) durableFolder(stateFolder);
  const db = new Database(join(stateFolder, 'ledger.sqlite'), options);
  if (!options.readOnly) syncFolder(stateFolder);
  return {
    nextRound: async () => exports.nextRound(db),
    takeExport: async (taken) => exports.takeExport(db, taken),
    unmapped: async () => exports.unmappedExports(db),
    mappingText: async (sha256) =>
      db.one('SELECT text FROM mapping WHERE sha256 = ?', sha256)?.['text'] as string | undefined,
    beginMapping: async (id) => exports.beginMapping(db, id),
    forgiveStart: async (id) => exports.forgiveStart(db, id),
    restartMapping: async (id) => exports.restartMapping(db, id),
    addReports: async (id, block) => exports.addReports(db, id, block),
    linesDone: async (sha256) => exports.linesDone(db, sha256),
    loansStanding: (id) => later(gone.loansStanding(db, id)),
    finishMapping: async (id) => exports.endMapping(db, id, 'mapped', []),
    refuseExport: async (id, why) => exports.endMapping(db, id, 'refused', why),
    giveUp: async (id, why) => exports.endMapping(db, id, 'givenUp', why),
    recentRows: async (mapping, limit) => approval.recentRows(db, mapping, limit),
    awaitApproval: async (id, why) => exports.endMapping(db, id, 'awaitingApproval', why),
    unsent: async () => approval.unsent(db),
    approve: async (id, note) => approval.approve(db, id, note),
    withdraw: async (id, note, from) => approval.withdraw(db, id, note, from),
    resolve: async (target, note, withHeld) => resolving.resolve(db, target, note, withHeld),
    takeBackResolution: async (target) => resolving.takeBack(db, target),
    retry: async (target, note) => retrying.retry(db, target, note),
    resolutions: async (id) => telling.resolutions(db, id),
    toRetell: async () => resolving.toRetell(db),
    retold: async (id) => resolving.retold(db, id),
    toPlan: async (patience, behind = []) => planning.exportsToPlan(db, patience, behind),
    candidates: async (id, limit) => planning.candidates(db, id, limit),
    commitPlan: async (step, now) => planning.commitPlan(db, step, now),
    releaseDeferred: async (now) => planning.releaseDeferred(db, now),
    recover: async (now) => batches.recover(db, now),
    openBatches: async (limit) => batches.openBatches(db, limit),
    dueBatches: async (now, limit, behind = []) => batches.dueBatches(db, now, limit, behind),
    batchReports: async (id) => batches.batchReports(db, id),
    batchBody: async (id) => batches.batchBody(db, id),
    batchKnownLately: async (now) => batches.batchKnownLately(db, now),
    recentPosts: async (now) => batches.recentPosts(db, now),
    pausedUntil: async () => batches.pausedUntil(db),
    pause: async (until) => batches.pause(db, until),
    beginPost: async (id, now) => batches.beginPost(db, id, now),
    endPost: async (id, end, now) => batches.endPost(db, id, end, now),
    noteAnswer: async (id, note) => batches.noteAnswer(db, id, note),
    settle: async (id, verdict, now) => batches.settle(db, id, verdict, now),
    openQuestions: async (apis, limit) => answering.openQuestions(db, apis, limit),
    keepAnswer: async (id, answer) => answering.keepAnswer(db, id, answer),
    recentAnswers: async (now) => answering.recentAnswers(db, now),
    answers: (id) => later(answering.answers(db, id)),
    reportsOfLoan: async (loan) => lookingUp.reportsOfLoan(db, loan),
    reportAtLine: async (id, line) => lookingUp.reportAtLine(db, id, line),
    acceptedLoans: async (window, after, limit) => lookingUp.acceptedLoans(db, window, after, limit),
    acceptedTexts: async (loan) => lookingUp.acceptedTexts(db, loan),
    settledReports: async () => telling.settledReports(db),
    exports: async () => exports.allExports(db),
    exportsAgain: async () => exports.exportsAgain(db),
    counts: async (id) => telling.counts(db, id),
    rowsInReports: async (id) => telling.rowsInReports(db, id),
    batches: async (id) => batches.batchesOf(db, id),
    findings: (id) => later(telling.findings(db, id)),
    findingCounts: async (id) => telling.findingCounts(db, id),
    accepted: (id) => later(telling.accepted(db, id)),
    toFix: (id, withResolved) => later(telling.toFix(db, id, withResolved)),
    openReports: () => later(telling.openReports(db)),
    keepReceipt: async (id, receipt, files) => evidence.keepReceipt(db, id, receipt, files),
    finalReceipts: () => later(evidence.finalReceipts(db)),
    nights: async (since, except) => evidence.nights(db, since, except),
    receiptRevisions: async (id) => evidence.receiptRevisions(db, id),
    events: () => later(evidence.events(db)),
    chainFrom: async () => evidence.chainFrom(db),
    verdictTimes: async (since) => telling.verdictTimes(db, since),
    deadlines: async (id) => telling.deadlines(db, id),
    nextResend: async (id) => telling.nextResend(db, id),
    remember: async (key, value) => remember(db, key, value),
    recall: async (key) => db.one('SELECT value FROM meta WHERE key = ?', key)?.['value'] as string | undefined,
    [Symbol.asyncDispose]: async () => db[Symbol.dispose](),
  };
}

function remember(db: Database, key: string, value: string): void {
  db.run('INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value', key, value);
}

/** Rows of a synchronous keeper as the asynchronous sequence the interface promises. */
async function* later<T>(rows: Iterable<T>): AsyncGenerator<T> {
  yield* rows;
}
