import type { Night, OpenReport, VerdictTimes } from '../ledger/ledger.ts';
import type { Language } from '../lib/language.ts';
import type { DueCount, DueState } from './due-state.ts';
import type { Receipt } from './receipt.ts';

/** What `summary.html` is drawn from: the receipt and nothing else that could change, the day least of all. */
export type SummaryPage = {
  language: Language;
  receipt: Receipt;
  /** Of its invalid and rejected reports: those corrected or resolved since. */
  settled: number;
  /** Open reports by due day, soonest first. */
  openDue: readonly DueCount[];
  /** Whether rows of it can be corrected in `restricted/to-fix.csv`. */
  fixable: boolean;
  /** When the export was taken, in Finland: `yyyy-mm-dd hh:mm`. */
  takenAt: string;
  /** Rows taken out by each skip rule, with the mapping's reason. */
  skipped: readonly { id: string; count: number; why: string }[];
  /** The export these bytes were dropped as first, when this is a second drop. */
  againOf: { name: string; day: string } | null;
  /** When the next report goes again, in Finland; null when none does. */
  nextResend: string | null;
};

/** One line of the list of open items; no personal data. */
export type OpenItem = {
  export: string;
  line: number | null;
  lastLine: number | null;
  reportReference: string | null;
  state: OpenReport['state'];
  code: string | null;
  column: string | null;
  message: string;
  dueDay: string | null;
  due: DueState | null;
  nextStep: string;
};

/** What `today.html` is drawn from. */
export type TodayPage = {
  language: Language;
  /** The day in Finland, `yyyy-mm-dd`. */
  day: string;
  environment: string;
  /** Exports of the day, and those of earlier days that are not final or need fixing; newest first. `folder` is relative to the outbox; `settled` as in `SummaryPage`. */
  exports: readonly { receipt: Receipt; settled: number; takenAt: string; day: string; folder: string }[];
  /** Files in the inbox that nothing takes, and why. */
  notTaken: readonly { name: string; why: string }[];
  /** Links, folders and the like in the inbox, which are no exports. */
  leftAlone: readonly { name: string; why: string }[];
  /** The last thirty days, oldest first, with what became of the exports taken on each: reports and rows that failed may be corrected since. */
  nights: readonly Night[];
  /** Of those days, the ones whose exports had verdicts. */
  verdicts: readonly VerdictTimes[];
  /** `dueDays`: all of them, soonest first, those without a day last. */
  openItems: { total: number; dueDays: readonly DueCount[]; first: readonly OpenItem[] };
  /** Alarms in words: the register cannot be reached, a batch without verdict for hours, mappings that do not pass. */
  alarms: readonly string[];
};
