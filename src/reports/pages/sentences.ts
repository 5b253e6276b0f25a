import { isBatchApi } from '../../contract/apis.ts';
import type { Language } from '../../lib/language.ts';
import type { SummaryPage, TodayPage } from '../page-data.ts';
import { counted, grouped } from '../phrases/counted.ts';
import { nouns } from '../phrases/nouns.ts';
import { type ClauseWords, sentencePhrases } from '../phrases/sentence-phrases.ts';
import { type ExportState, isWithdrawn, type Receipt } from '../receipt.ts';
import { sumsHold } from './state-words.ts';

/** A part of a sentence: a count, and what is said of so many. */
type Clause = { count: number; words: ClauseWords };
type ReportCounts = Pick<Receipt['counts'], 'accepted' | 'rejected' | 'invalid' | 'pending' | 'unknown' | 'held'>;
/** With those of the rejected and invalid ones that were corrected or resolved since. */
type AllCounts = ReportCounts & { settled: number };
type Pending = 'awaitApproval' | 'areSent' | 'goAgain' | 'withRegister' | 'unanswered';

const pendingWhile: Partial<Record<ExportState, Pending>> = {
  awaitingApproval: 'awaitApproval',
  sending: 'areSent',
  waiting: 'goAgain',
};

function clausesOf(counts: AllCounts, pending: Pending, accepted: 'accepted' | 'answered', language: Language) {
  const words = sentencePhrases[language];
  return [
    { count: counts.accepted, words: words[accepted] },
    { count: counts.rejected + counts.invalid - counts.settled, words: words.needFixing },
    { count: counts.settled, words: words.settled },
    { count: counts.pending, words: words[pending] },
    { count: counts.unknown, words: words.unknown },
    { count: counts.held, words: words.held },
  ].filter((clause) => clause.count > 0);
}

/** `1 204 new loans: 1 198 accepted, 4 need fixing`; parts that are zero are left out, one that is everything is "all". */
function told(subject: string, total: number, clauses: readonly Clause[]): string {
  const [only] = clauses;
  if (!only) return subject;
  if (clauses.length > 1 || only.count !== total) {
    const parts = clauses.map(({ count, words: [one, many] }) => `${grouped(count)} ${count === 1 ? one : many}`);
    return `${subject}: ${parts.join(', ')}`;
  }
  const [one, , all] = only.words;
  return `${subject}: ${total === 1 ? one : all}`;
}

/** What became of an export, in one sentence of plain words. */
export function exportSentence({
  receipt,
  settled,
  language,
}: Pick<SummaryPage, 'receipt' | 'settled' | 'language'>): string {
  const { counts, state, mapping } = receipt;
  const words = sentencePhrases[language];
  if (!sumsHold(receipt)) return words.sumsDoNotHold;
  if (isWithdrawn(receipt)) return words.withdrawn;
  if (state === 'refused') return words.refused;
  const { api } = mapping;
  const { noun, none } = isBatchApi(api) ? nouns[language].reports[api] : nouns[language].question;
  const sends = isBatchApi(api) || state === 'awaitingApproval';
  const pending = sends ? (pendingWhile[state] ?? 'withRegister') : 'unanswered';
  const clauses = clausesOf({ ...counts, settled }, pending, isBatchApi(api) ? 'accepted' : 'answered', language);
  const reports =
    counts.reportsBuilt === 0
      ? words.none(none)
      : told(counted(counts.reportsBuilt, noun), counts.reportsBuilt, clauses);
  if (counts.rowsInvalid === 0) return reports;
  return `${reports}; ${state === 'complete' ? words.rowsResolved(counts.rowsInvalid) : words.rowsToFix(counts.rowsInvalid)}`;
}

function sumOf(receipts: readonly Receipt[], key: keyof ReportCounts | 'reportsBuilt' | 'rowsInvalid'): number {
  return receipts.reduce((sum, { counts }) => sum + counts[key], 0);
}

/** What became of a whole day, in one sentence. */
export function daySentence({ day, exports, language }: Pick<TodayPage, 'day' | 'exports' | 'language'>): string {
  const words = sentencePhrases[language];
  const ofToday = exports.filter((entry) => entry.day === day);
  const today = ofToday.map(({ receipt }) => receipt);
  const earlier = exports.length - today.length;
  const stoppedToday = today.filter((receipt) => receipt.state === 'refused' && sumsHold(receipt));
  const withdrawn = stoppedToday.filter(isWithdrawn).length;
  const refused = stoppedToday.length - withdrawn;
  const unbalanced = today.filter((receipt) => !sumsHold(receipt)).length;
  const taken = today.filter((receipt) => receipt.state !== 'refused' && sumsHold(receipt));
  const total = sumOf(taken, 'reportsBuilt');
  const awaiting = sumOf(
    taken.filter(({ state }) => state === 'awaitingApproval'),
    'pending',
  );
  const counts = {
    accepted: sumOf(taken, 'accepted'),
    rejected: sumOf(taken, 'rejected'),
    invalid: sumOf(taken, 'invalid'),
    pending: sumOf(taken, 'pending') - awaiting,
    unknown: sumOf(taken, 'unknown'),
    held: sumOf(taken, 'held'),
    settled: ofToday.reduce((sum, { receipt, settled }) => sum + (taken.includes(receipt) ? settled : 0), 0),
  };
  const rows = sumOf(taken, 'rowsInvalid');
  const exportsWords = words.exportsToday(today.length);
  const subject = total === 0 ? exportsWords : `${exportsWords}, ${counted(total, nouns[language].report)}`;
  return [
    told(subject, total, [
      ...clausesOf(counts, 'withRegister', 'accepted', language),
      ...(awaiting > 0 ? [{ count: awaiting, words: words.awaitApproval }] : []),
    ]),
    ...(rows > 0 ? [words.rowsInNoReport(rows)] : []),
    ...(unbalanced > 0 ? [words.exportsUnbalanced(unbalanced)] : []),
    ...(refused > 0 ? [words.exportsRefused(refused)] : []),
    ...(withdrawn > 0 ? [words.exportsWithdrawn(withdrawn)] : []),
    ...(earlier > 0 ? [words.exportsOfEarlierDays(earlier)] : []),
  ].join('; ');
}
