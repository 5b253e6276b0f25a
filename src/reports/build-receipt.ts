import { isBatchApi } from '../contract/apis.ts';
import { explainCode } from '../contract/finding-codes.ts';
import type { CodeTable } from '../contract/register-codes.ts';
import type { BatchRecord, Counts, ExportRecord, ExportStage, FindingCount } from '../ledger/ledger.ts';
import { localTime, utcSeconds } from '../lib/calendar.ts';
import type { Language } from '../lib/language.ts';
import { approveOrWithdraw, command } from './export-handle.ts';
import { nouns } from './phrases/nouns.ts';
import { receiptPhrases } from './phrases/receipt-phrases.ts';
import type { ExportState, Receipt } from './receipt.ts';

/** Everything the ledger knows of one export that a receipt tells. */
export type ReceiptFacts = {
  language: Language;
  codes?: CodeTable | undefined;
  exported: ExportRecord;
  counts: Counts;
  rowsInReports: number;
  batches: readonly BatchRecord[];
  findings: readonly FindingCount[];
  deadlines: Receipt['deadlines'];
  nextResend: number | null;
  correctionOf: Receipt['correctionOf'];
  correctedBy: Receipt['correctedBy'];
  /** Why it awaits approval, or when and why it was withdrawn; sentences. */
  reasons: readonly string[];
  /** Why reports and rows of it were resolved, and how many for each reason. */
  resolutions: readonly { message: string; count: number }[];
  /** What `approve` and `withdraw` find it by. */
  handle: string;
};

/** Builds the receipt of an export. Pure: the same ledger gives the same bytes, whenever it is written. */
export function buildReceipt(facts: ReceiptFacts): Receipt {
  const { exported, counts } = facts;
  const balanced = sumsHold(facts);
  const state = stateOf(facts);
  const { pending, unknown, held } = counts;
  const { name, api, sha256, parts } = exported.mapping;
  const { pendingBy: _, corrected: __, resolved: ___, rowsResolved: ____, withoutRow: _____, ...told } = counts;
  return {
    schema: 'luottoputki/receipt/1',
    final: !unfinished.includes(exported.stage) && balanced && pending + unknown + held === 0,
    state,
    nextStep: balanced
      ? [...nextStep(state, facts), ...resolvedText(facts), ...leftOut(facts)].join(' ')
      : receiptPhrases[facts.language].sumsDoNotHold,
    file: {
      name: exported.name,
      size: exported.size,
      sha256: exported.sha256,
      rows: rowsOf(exported),
    },
    mapping: { name, api, sha256, ...(parts.length > 0 && { parts: [...parts] }) },
    environment: exported.environment,
    owner: exported.owner as Receipt['owner'],
    tool: exported.tool,
    counts: {
      rowsRead: exported.rowsRead,
      rowsSkipped: exported.rowsSkipped,
      rowsInvalid: exported.rowsInvalid,
      ...told,
      balanced,
    },
    batches: facts.batches.map(tellBatch),
    findingsByCode: facts.findings.map(({ code, registerCode, count, firstLines }) => {
      const { text, howToFix } = explainCode(code, registerCode, facts.language, facts.codes);
      return { code, count, firstLines, text, howToFix };
    }),
    deadlines: facts.deadlines,
    correctionOf: facts.correctionOf,
    correctedBy: facts.correctedBy,
  };
}

const unfinished: readonly ExportStage[] = ['taken', 'awaitingApproval'];
const ended: readonly ExportStage[] = ['refused', 'givenUp', 'withdrawn'];

/** Rows in the file; null when it was never read to its end. */
function rowsOf({ stage, rowsRead }: ExportRecord): number | null {
  const unread = stage === 'taken' || stage === 'givenUp' || (stage === 'withdrawn' && rowsRead === 0);
  return unread ? null : rowsRead;
}

/** Every report has one fate, and every row one place. */
function sumsHold({ exported, counts, rowsInReports }: ReceiptFacts): boolean {
  const { reportsBuilt, invalid, accepted, rejected, pending, unknown, held } = counts;
  const reports = reportsBuilt === invalid + accepted + rejected + pending + unknown + held;
  if (exported.stage !== 'mapped' && exported.stage !== 'awaitingApproval') return reports;
  return reports && exported.rowsRead === rowsInReports + exported.rowsSkipped + exported.rowsInvalid;
}

function stateOf({ exported, counts }: ReceiptFacts): ExportState {
  if (ended.includes(exported.stage)) return 'refused';
  if (exported.stage === 'awaitingApproval') return 'awaitingApproval';
  const { unknown, held, pendingBy } = counts;
  // Reports that were gone through once and still wait, wait for another report on their loan.
  const goingOut = pendingBy.toSend > 0 || (pendingBy.toPlan > 0 && exported.wave === 1);
  if (unknown > 0) return 'outcomeUnknown';
  if (exported.stage === 'taken' || goingOut) return 'sending';
  if (pendingBy.withRegister > 0) return 'withRegister';
  if (toBeFixed(counts) + held + rowsOpen(exported, counts) > 0) return 'needsFixing';
  return pendingBy.toResend + pendingBy.toPlan > 0 ? 'waiting' : 'complete';
}

/** Reports that failed and were neither corrected nor resolved. */
const toBeFixed = ({ invalid, rejected, corrected, resolved }: Counts) => invalid + rejected - corrected - resolved;

/** Those of them that have rows to correct: reports on loans that are gone have none. */
export const fixable = (counts: Counts): number => toBeFixed(counts) - counts.withoutRow;

/** Rows of no report of which nobody has said that they are dealt with. */
const rowsOpen = ({ rowsInvalid }: ExportRecord, { rowsResolved }: Counts) => Math.max(0, rowsInvalid - rowsResolved);

/** The sentences on what there is to do. */
function nextStep(state: ExportState, facts: ReceiptFacts): string[] {
  const { counts, exported, nextResend, batches, reasons, handle, language } = facts;
  const say = receiptPhrases[language];
  const { api } = exported.mapping;
  const { noun } = isBatchApi(api) ? nouns[language].reports[api] : nouns[language].question;
  const when = (count: number, sentence: (count: number) => string) => (count === 0 ? [] : [sentence(count)]);
  const broken = fixable(counts);
  const rows = rowsOpen(exported, counts);
  // Reports on loans that are gone have no row that could be corrected.
  const gone = when(counts.withoutRow, (count) => say.gone(count, noun));
  const held = when(counts.held, say.held);
  const meanwhile = when(broken, (count) => say.meanwhile(count, noun));
  const resend =
    nextResend === null ? [] : [say.goAgain(counts.pendingBy.toResend, localTime(new Date(nextResend)).slice(0, 10))];
  const askAgain = when(isBatchApi(api) ? 0 : counts.rejected, () => say.askAgain(command('retry', handle)));
  switch (state) {
    case 'refused':
      if (exported.stage === 'withdrawn') return [...reasons, say.withdrawn(command('approve', handle))];
      if (exported.stage === 'givenUp') return [say.givenUp(command('approve', handle))];
      return [facts.resolutions.length > 0 ? say.resolvedByHand : say.refused];
    case 'awaitingApproval':
      return [...reasons, say.look(approveOrWithdraw(handle, language))];
    case 'sending':
      if (!isBatchApi(api)) return [say.asking, ...when(counts.accepted + counts.rejected, () => say.answersSoFar)];
      return [say.sending, ...meanwhile];
    case 'withRegister':
      return [say.withRegister, ...meanwhile];
    case 'outcomeUnknown':
      if (batches.some((batch) => batch.state === 'inconsistent')) return [say.contradicts];
      return [say.outcomeUnknown, ...meanwhile];
    case 'needsFixing': {
      const after = [...gone, ...held, ...resend];
      if (broken > 0) return [say.openToFix(broken, noun), ...askAgain, ...when(rows, say.rowsUnread), ...after];
      return rows > 0 ? [say.onlyRowsUnread, ...after] : after;
    }
    case 'waiting':
      return [say.nothingToDo(resend[0] ?? say.waiting)];
    case 'complete':
      return [say.nothingToDo(doneWith(counts, isBatchApi(api), language))];
  }
}

function doneWith(
  { reportsBuilt, corrected, resolved, rowsResolved }: Counts,
  isBatch: boolean,
  language: Language,
): string {
  const say = receiptPhrases[language];
  if (!isBatch && corrected + resolved + rowsResolved === 0) return say.everyQuestion;
  if (resolved + rowsResolved === 0) return say.everyReport(corrected);
  const given = say.byHand(resolved, rowsResolved);
  return resolved === reportsBuilt ? `${given}.` : say.everyOther(corrected, given);
}

/** What was resolved, when and why; the first reasons stand for all. */
function resolvedText({ resolutions, language }: ReceiptFacts): string[] {
  const say = receiptPhrases[language];
  const told = resolutions
    .slice(0, shownReasons)
    .map(({ message, count }) => say.resolution(message.replace(/\.$/, ''), count));
  const more = resolutions.length - told.length;
  return more > 0 ? [...told, say.moreReasons(more)] : told;
}
const shownReasons = 3;

/** Rows of a correction that did not go must be told: the person who changed them thinks they did. */
function leftOut({ exported, language }: ReceiptFacts): string[] {
  const count = exported.skipped['ALREADY-CORRECTED'] ?? 0;
  return count === 0 ? [] : [receiptPhrases[language].leftOut(count)];
}

function tellBatch(batch: BatchRecord): Receipt['batches'][number] {
  const time = (at: number | null) => (at === null ? null : utcSeconds(new Date(at)));
  return {
    reference: batch.reference,
    api: batch.api,
    sent: batch.count,
    reported: batch.reported,
    status:
      batch.state === 'refused' || batch.state === 'unknown' ? batch.state : (batch.registerStatus ?? batch.state),
    attempts: batch.attempts,
    sentAt: time(batch.sentAt),
    verdictAt: time(batch.verdictAt),
    correlationId: batch.correlationId,
  };
}
