import { isBatchApi, reportNoun } from '../../contract/apis.ts';
import type { SummaryPage, TodayPage } from '../page-data.ts';
import { type ExportState, isWithdrawn, type Receipt } from '../receipt.ts';
import { counted, grouped } from './numbers.ts';
import { sumsHold } from './state-words.ts';

/** A part of a sentence: a count, and what is said of one or of many. */
type Clause = { count: number; one: string; many: string };
type ReportCounts = Pick<Receipt['counts'], 'accepted' | 'rejected' | 'invalid' | 'pending' | 'unknown' | 'held'>;
/** With those of the rejected and invalid ones that were corrected or resolved since. */
type AllCounts = ReportCounts & { settled: number };

type PendingWords = readonly [one: string, many: string];
const pendingWords: Partial<Record<ExportState, PendingWords>> & { awaitingApproval: PendingWords } = {
  awaitingApproval: ['waits for approval', 'wait for approval'],
  sending: ['is being sent', 'are being sent'],
  waiting: ['goes again on a later day', 'go again on a later day'],
};
const unanswered = ['is not answered yet', 'are not answered yet'] as const;
const withRegister = ['waits for the register', 'wait for the register'] as const;

/** What one report of an export is called; the questions of the other APIs are questions. */
function nounOf(api: string): string {
  return isBatchApi(api) ? reportNoun[api] : 'question';
}

function clausesOf(counts: AllCounts, [waits, wait]: readonly [string, string], accepted: string): Clause[] {
  return [
    { count: counts.accepted, one: accepted, many: accepted },
    { count: counts.rejected + counts.invalid - counts.settled, one: 'needs fixing', many: 'need fixing' },
    { count: counts.settled, one: 'corrected or resolved since', many: 'corrected or resolved since' },
    { count: counts.pending, one: waits, many: wait },
    { count: counts.unknown, one: 'has an unknown outcome', many: 'have an unknown outcome' },
    { count: counts.held, one: 'is held until its loan is accepted', many: 'are held until their loans are accepted' },
  ].filter((clause) => clause.count > 0);
}

/** `1 204 new loans: 1 198 accepted, 4 need fixing`; parts that are zero are left out, one that is everything is "all". */
function told(subject: string, total: number, clauses: readonly Clause[]): string {
  const [only] = clauses;
  if (!only) return subject;
  if (clauses.length > 1 || only.count !== total) {
    return `${subject}: ${clauses.map(({ count, one, many }) => `${grouped(count)} ${count === 1 ? one : many}`).join(', ')}`;
  }
  return `${subject}: ${total === 1 ? only.one : `all ${only.many}`}`;
}

/** What became of an export, in one sentence of plain words. */
export function exportSentence({ receipt, settled }: Pick<SummaryPage, 'receipt' | 'settled'>): string {
  const { counts, state, mapping } = receipt;
  if (!sumsHold(receipt)) return 'The sums do not hold: nothing of this export counts as done';
  if (isWithdrawn(receipt)) return 'Withdrawn: nothing of this export was sent to the register';
  if (state === 'refused') return 'Refused: nothing of this export was sent to the register';
  const noun = nounOf(mapping.api);
  const accepted = isBatchApi(mapping.api) ? 'accepted' : 'answered';
  const reports =
    counts.reportsBuilt === 0
      ? `No ${noun}s in this export`
      : told(
          counted(counts.reportsBuilt, noun),
          counts.reportsBuilt,
          clausesOf(
            { ...counts, settled },
            isBatchApi(mapping.api) ? (pendingWords[state] ?? withRegister) : unanswered,
            accepted,
          ),
        );
  if (counts.rowsInvalid === 0) return reports;
  const one = counts.rowsInvalid === 1;
  const fate = state === 'complete' ? `${one ? 'was' : 'were'} resolved` : `${one ? 'needs' : 'need'} fixing`;
  return `${reports}; ${counted(counts.rowsInvalid, 'row')} ${one ? 'belongs' : 'belong'} to no report and ${fate}`;
}

function sumOf(receipts: readonly Receipt[], key: keyof ReportCounts | 'reportsBuilt' | 'rowsInvalid'): number {
  return receipts.reduce((sum, { counts }) => sum + counts[key], 0);
}

function awaitingClause(count: number): Clause[] {
  const [one, many] = pendingWords.awaitingApproval;
  return count > 0 ? [{ count, one, many }] : [];
}

/** What became of a whole day, in one sentence. */
export function daySentence({ day, exports }: TodayPage): string {
  const ofToday = exports.filter((entry) => entry.day === day);
  const today = ofToday.map(({ receipt }) => receipt);
  const earlier = exports.length - today.length;
  const stoppedToday = today.filter((receipt) => receipt.state === 'refused' && sumsHold(receipt));
  const withdrawn = stoppedToday.filter(isWithdrawn).length;
  const refused = stoppedToday.length - withdrawn;
  const unbalanced = today.filter((receipt) => !sumsHold(receipt)).length;
  const taken = today.filter((receipt) => receipt.state !== 'refused' && sumsHold(receipt));
  const total = sumOf(taken, 'reportsBuilt');
  const awaiting = taken.filter(({ state }) => state === 'awaitingApproval');
  const counts = {
    accepted: sumOf(taken, 'accepted'),
    rejected: sumOf(taken, 'rejected'),
    invalid: sumOf(taken, 'invalid'),
    pending: sumOf(taken, 'pending') - sumOf(awaiting, 'pending'),
    unknown: sumOf(taken, 'unknown'),
    held: sumOf(taken, 'held'),
    settled: ofToday.reduce((sum, { receipt, settled }) => sum + (taken.includes(receipt) ? settled : 0), 0),
  };
  const rows = sumOf(taken, 'rowsInvalid');
  const exportsWords = today.length === 0 ? 'No export has come today' : `${counted(today.length, 'export')} today`;
  const subject = total === 0 ? exportsWords : `${exportsWords}, ${counted(total, 'report')}`;
  return [
    told(subject, total, [
      ...clausesOf(counts, withRegister, 'accepted'),
      ...awaitingClause(sumOf(awaiting, 'pending')),
    ]),
    ...(rows > 0 ? [`${counted(rows, 'row')} ${rows === 1 ? 'belongs' : 'belong'} to no report`] : []),
    ...(unbalanced > 0 ? [`the sums of ${counted(unbalanced, 'export')} do not hold`] : []),
    ...(refused > 0 ? [`${counted(refused, 'export')} ${refused === 1 ? 'was' : 'were'} refused`] : []),
    ...(withdrawn > 0 ? [`${counted(withdrawn, 'export')} ${withdrawn === 1 ? 'was' : 'were'} withdrawn`] : []),
    ...(earlier > 0
      ? [`${counted(earlier, 'export')} of earlier days ${earlier === 1 ? 'is' : 'are'} not done yet`]
      : []),
  ].join('; ');
}
