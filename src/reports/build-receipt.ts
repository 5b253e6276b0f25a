import { type Api, isBatchApi, reportNoun } from '../contract/apis.ts';
import { explainCode } from '../contract/finding-codes.ts';
import type { BatchRecord, Counts, ExportRecord, ExportStage, FindingCount } from '../ledger/ledger.ts';
import { localTime, utcSeconds } from '../lib/calendar.ts';
import { approveOrWithdraw, command } from './export-handle.ts';
import type { ExportState, Receipt } from './receipt.ts';

/** Everything the ledger knows of one export that a receipt tells. */
export type ReceiptFacts = {
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
      ? nextStep(state, facts) + resolvedText(facts.resolutions) + leftOut(exported)
      : 'The sums do not hold: a fault of luottoputki. Keep the state folder, and report it; nothing here may be taken for done.',
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
      const { text, howToFix } = explainCode(code, registerCode);
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

/** What is told of questions in other words than of reports; nothing when the same words will do. */
function questionStep(state: ExportState, { exported, counts }: ReceiptFacts): string | undefined {
  if (isBatchApi(exported.mapping.api)) return undefined;
  const answers = counts.accepted + counts.rejected > 0 ? ' The answers so far are in restricted/.' : '';
  if (state === 'sending') return `Nothing to do: asking goes on by itself at the next run.${answers}`;
  const plain = counts.resolved + counts.rowsResolved + counts.corrected === 0;
  if (state !== 'complete' || !plain) return undefined;
  return 'Nothing to do: every question was answered. The answers are personal data, and are in restricted/.';
}

function nextStep(state: ExportState, facts: ReceiptFacts): string {
  const { counts, exported, nextResend, batches, reasons, handle } = facts;
  const broken = fixable(counts);
  const rows = rowsOpen(exported, counts);
  const goneText = sayGone(counts.withoutRow, exported.mapping.api);
  const rowsText =
    rows === 0
      ? ''
      : ` ${rows} row(s) could not be read: correct them in the core system (errors.csv names them) and export them again.`;
  const meanwhile =
    broken === 0 ? '' : ` Meanwhile ${plural(broken, exported.mapping.api)} can be corrected in restricted/to-fix.csv.`;
  const resend =
    nextResend === null
      ? ''
      : ` ${counts.pendingBy.toResend} go again by themselves on ${localTime(new Date(nextResend)).slice(0, 10)}.`;
  const ofQuestions = questionStep(state, facts);
  if (ofQuestions !== undefined) return ofQuestions;
  switch (state) {
    case 'refused':
      if (exported.stage === 'withdrawn')
        return `${sentences(reasons)}Nothing of it was sent, and nothing will be. If that was a mistake: \`${command('approve', handle)}\`.`;
      if (exported.stage === 'givenUp')
        return `Nothing was sent: luottoputki failed on it again and again. Report the fault; once it is mended, \`${command('approve', handle)}\` has it tried again.`;
      if (facts.resolutions.length > 0) return 'Nothing to do: nothing was sent, and that was resolved by hand.';
      return 'Nothing was sent. See errors.csv for the reason; correct the export and drop it into the inbox again.';
    case 'awaitingApproval':
      return `${sentences(reasons)}Look at the export; then ${approveOrWithdraw(handle)}.`;
    case 'sending':
      return `Nothing to do: sending goes on by itself at the next run.${meanwhile}`;
    case 'withRegister':
      return `Nothing to do: the register has not given its verdict yet; it is asked again at the next run.${meanwhile}`;
    case 'outcomeUnknown':
      if (batches.some((batch) => batch.state === 'inconsistent'))
        return 'The register’s verdict on a batch contradicts what was sent (see errors.csv). Ask the register what it holds of these loans; do not send these rows another way. The register is asked anew at each run.';
      return `Nothing to do by hand: whether a batch arrived is not known, and the register is being asked. Do not send these rows another way.${meanwhile}`;
    case 'needsFixing':
      if (broken > 0)
        return `Open restricted/to-fix.csv, correct ${plural(broken, exported.mapping.api)}, and drop the file into the inbox as it is.${rowsText}${goneText}${heldText(counts.held)}${resend}`;
      if (rows > 0)
        return `Correct the rows named in errors.csv in the core system and export them again.${goneText}${heldText(counts.held)}${resend}`;
      if (goneText !== '') return `${goneText.trim()}${heldText(counts.held)}${resend}`;
      return `${heldText(counts.held).trim()}${resend}`;
    case 'waiting':
      return `Nothing to do:${resend || ' what waits goes at the next run, or when the report before it on its loan has its verdict.'}`;
    case 'complete':
      return `Nothing to do: ${doneWith(counts)}.`;
  }
}

/** Reports on loans that are gone have no row that could be corrected. */
function sayGone(count: number, api: Api): string {
  if (count === 0) return '';
  const made = `${plural(count, api)} on loans that are gone from the export ${count === 1 ? 'was' : 'were'} not accepted`;
  return ` ${made}: errors.csv says why. What was not sent is made again from the next export once the mapping (whenGone) is right; of what the register rejected, see what it holds of the loan.`;
}

function doneWith({ reportsBuilt, corrected, resolved, rowsResolved }: Counts): string {
  const after = corrected === 0 ? '' : `, ${corrected} of them after correction`;
  if (resolved + rowsResolved === 0) return `every report was accepted${after}`;
  const rest = rowsResolved === 0 ? '' : `${resolved === 0 ? '' : ' and '}${rowsResolved} row(s) of no report`;
  const given = `${resolved === 0 ? '' : `${resolved} report(s)`}${rest} resolved by hand`;
  return resolved === reportsBuilt ? given : `every other report was accepted${after}; ${given}`;
}

/** What was resolved, when and why; the first reasons stand for all. */
function resolvedText(resolutions: ReceiptFacts['resolutions']): string {
  const told = resolutions
    .slice(0, shownReasons)
    .map(({ message, count }) => ` ${message.replace(/\.$/, '')}: ${count}.`);
  const more = resolutions.length - told.length;
  return told.join('') + (more > 0 ? ` And ${more} more reasons: see errors.csv.` : '');
}
const shownReasons = 3;

/** Rows of a correction that did not go must be told: the person who changed them thinks they did. */
function leftOut({ skipped }: ExportRecord): string {
  const count = skipped['ALREADY-CORRECTED'] ?? 0;
  if (count === 0) return '';
  return ` ${count} row(s) were left out: their reports were accepted, or corrected by rows that came before; a further change is a change of its own.`;
}

const sentences = (all: readonly string[]) => all.map((each) => `${each} `).join('');

const heldText = (held: number) =>
  held === 0 ? '' : ` ${held} are held because their loan was not accepted; they leave by themselves once it is.`;

/** `1 new loan`, `3 new loans`. */
function plural(count: number, api: Api): string {
  return `${count} ${reportNoun[api]}${count === 1 ? '' : 's'}`;
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
