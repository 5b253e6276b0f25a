import type { Api, BatchApi, InquiryApi } from '../contract/apis.ts';
import type { Owner } from '../contract/shapes.ts';
import type { Decided, Target } from './decisions.ts';
import type { ChainEvent } from './evidence.ts';

/** Milliseconds since 1970, UTC: how the ledger keeps time it reckons with. */
export type Instant = number;

/** The mapping an export was taken with; `parts` are its files with their hashes when it is more than one. */
export type KeptMapping = {
  name: string;
  api: Api;
  sha256: string;
  file: string;
  parts: readonly { name: string; sha256: string }[];
};

/** An export as it was taken from the inbox. */
export type NewExport = {
  name: string;
  size: number;
  sha256: string;
  /** Which directory entry it was (device, inode, change time): tells an interrupted take from a second drop. */
  identity: string;
  /** Groups exports that were found together: a night. Within it the register's order counts. */
  round: number;
  takenAt: Instant;
  /** Day in Finland of `takenAt`. */
  day: string;
  mapping: KeptMapping & { text: string };
  environment: string;
  owner: Owner;
  tool: string;
  /** SHA-256 of the export whose rows this one corrects; null when it is none. */
  correctionOf: string | null;
};

/**
 * `awaitingApproval`: mapped, and so unusual that a person must let it go. `givenUp`: mapping it failed again and again.
 * `withdrawn`: taken back by a person before anything of it was sent.
 */
export type ExportStage = 'taken' | 'mapped' | 'awaitingApproval' | 'refused' | 'givenUp' | 'withdrawn';

export type ExportRecord = Omit<NewExport, 'mapping' | 'identity'> & {
  id: number;
  stage: ExportStage;
  /** A person has looked at it and let it go: it is not stopped for approval again. */
  approved: boolean;
  mapping: KeptMapping;
  rowsRead: number;
  rowsSkipped: number;
  rowsInvalid: number;
  skipped: Record<string, number>;
  /** How many times its reports were gone through for batches, plus one. */
  wave: number;
};

/** `already`: this very directory entry was recorded before; only its removal from the inbox was interrupted. */
export type TakeResult = { kind: 'taken' | 'already' } | { kind: 'again'; first: ExportRecord; n: number };

/** The same bytes dropped once more: told apart, never sent. */
export type AgainRecord = { id: number; exportId: number; n: number; name: string; takenAt: Instant; day: string };

/** A finding as it is kept; `report` is its position among the reports of the same block, or null. */
export type StagedFinding = {
  report: number | null;
  code: string;
  severity: 'error' | 'warning';
  stage: 'read' | 'map' | 'check' | 'send' | 'register';
  registerCode: string | null;
  line: number | null;
  lastLine: number | null;
  column: string | null;
  value: string | null;
  expected: string | null;
  message: string | null;
};

/** A report as mapped: `text` is its JSON as it will be sent, null when a finding stops it. */
export type StagedReport = {
  line: number;
  lastLine: number;
  /** Lines of all its rows when there are several, in file order. */
  lines: readonly number[] | null;
  reference: string | null;
  loan: string | null;
  text: string | null;
  dueDay: string | null;
  /** In a correction: the line of the corrected export on which the report it corrects has a row. */
  fixesLine: number | null;
  /** On a loan that no row names any more: it has no row of its own, and `line` says nothing. */
  gone?: boolean;
};

export type StagedBlock = {
  rowsRead: number;
  rowsInvalid: number;
  skipped: Record<string, number>;
  reports: readonly StagedReport[];
  findings: readonly StagedFinding[];
};

/** Whether a report may go into a batch now. `wait`: an earlier report on its loan has no verdict yet. `held`: its loan was not accepted, or goes again on a date. */
export type Gate = 'free' | 'wait' | 'held';

export type Candidate = { id: number; reference: string; generation: number; gate: Gate; text: string };

/** An export whose reports wait to be cut into batches. */
export type Planning = {
  exportId: number;
  /** It goes behind all others, at a pace of its own. */
  behind: boolean;
  api: BatchApi;
  fileSha256: string;
  mappingSha256: string;
  environment: string;
  owner: Owner;
  wave: number;
  /** Some of the wave was planned already: nothing more of it may be able to go, and yet something of the next one. */
  begun: boolean;
  /** The highest number of a batch of the export; the next one's is one more. Parts keep the number of their whole. */
  batches: number;
};

export type PlannedBatch = {
  number: number;
  generation: number;
  reference: string;
  reportIds: readonly number[];
  head: string;
  tail: string;
  bodySha256: string;
  bytes: number;
};

/** One step of planning, to be committed as a whole. */
export type PlanStep = {
  exportId: number;
  api: BatchApi;
  wave: number;
  batches: readonly PlannedBatch[];
  held: readonly number[];
  /** Reports up to this id have been looked at in this wave; null ends the wave. */
  lookedUpTo: number | null;
};

/** A question that has no answer yet: a row of an export for an inquiry API. `text` is its JSON as it was mapped. */
export type OpenQuestion = {
  id: number;
  exportId: number;
  api: InquiryApi;
  line: number;
  lastLine: number;
  text: string;
  fileSha256: string;
  mappingSha256: string;
  owner: Owner;
};

/** What is kept of the register's word on a question: the body as it came, and why it said no, when it did. */
export type Answering = {
  status: number;
  text: string;
  at: Instant;
  refused: readonly Omit<StagedFinding, 'report'>[] | null;
};

/** A question and what the register said to it; `accepted` when that was not a no. */
export type AnsweredQuestion = {
  line: number;
  lastLine: number;
  reference: string | null;
  question: string;
  accepted: boolean;
  status: number;
  answer: string;
  answeredAt: Instant;
};

/** Our own states of a batch; the register's word stands beside it. */
export type BatchState = 'planned' | 'sending' | 'unknown' | 'sent' | 'refused' | 'inconsistent' | 'failed' | 'settled';

export type BatchRecord = {
  id: number;
  exportId: number;
  api: BatchApi;
  number: number;
  generation: number;
  reference: string;
  count: number;
  state: BatchState;
  registerStatus: string | null;
  reported: number | null;
  attempts: number;
  asked: number;
  notFound: number;
  plannedAt: Instant;
  /** When the last POST began. */
  sentAt: Instant | null;
  verdictAt: Instant | null;
  correlationId: string | null;
  nextAt: Instant;
  bodySha256: string;
  fileSha256: string;
  mappingSha256: string;
};

/** A report of a batch: who it is, and where it came from. */
export type BatchReport = {
  id: number;
  reference: string;
  /** Null for one that has no row. */
  line: number | null;
  lastLine: number | null;
  deferrals: number;
};

/** A report of a settled batch that was not simply accepted. */
export type ReportVerdict = {
  id: number;
  state: 'rejected' | 'deferred';
  resendAt: Instant | null;
  findings: readonly Omit<StagedFinding, 'report'>[];
};

/**
 * How a batch ends: `settled` when the register judged its reports (every one that is no exception is accepted), `failed` when
 * it stored nothing, `refused` when it did not take the batch; in these two every report is an exception or part of a new batch.
 */
export type Settlement = {
  state: 'settled' | 'failed' | 'refused';
  registerStatus: string | null;
  reported: number | null;
  correlationId: string | null;
  /** Day in Finland of the verdict, for the deadlines. */
  day: string;
  exceptions: readonly ReportVerdict[];
  /** New batches for reports of which nothing was stored, under a new generation. */
  parts: readonly PlannedBatch[];
};

/** The counts of an export's reports, as the ledger has them. */
export type Counts = {
  reportsBuilt: number;
  invalid: number;
  accepted: number;
  rejected: number;
  pending: number;
  unknown: number;
  held: number;
  /** Of the invalid and rejected ones: corrected by rows of a later export that were accepted. */
  corrected: number;
  /** Of the invalid and rejected ones: on loans that are gone, so that there is no row to correct. */
  withoutRow: number;
  /** Of the invalid and rejected ones that were not corrected: those that somebody has said shall not be sent any more. */
  resolved: number;
  /** Of the rows that belong to no report: the same. */
  rowsResolved: number;
  /** What the pending ones wait for; together they are `pending`. */
  pendingBy: { toPlan: number; toSend: number; withRegister: number; toResend: number };
};

export type FindingRecord = Omit<StagedFinding, 'report'> & {
  id: number;
  reportReference: string | null;
  batchReference: string | null;
  dueDay: string | null;
};

export type FindingCount = {
  code: string;
  registerCode: string | null;
  severity: 'error' | 'warning';
  count: number;
  firstLines: number[];
};
export type AcceptedReport = {
  line: number | null;
  lastLine: number | null;
  reference: string | null;
  batchReference: string | null;
  acceptedAt: Instant;
};
export type ReportToFix = {
  line: number;
  lines: readonly number[];
  reference: string | null;
  findings: {
    code: string;
    registerCode: string | null;
    column: string | null;
    value: string | null;
    message: string | null;
  }[];
  dueDay: string | null;
};

/** A report that is not accepted, for the list of open items. */
export type OpenReport = {
  exportId: number;
  line: number | null;
  lastLine: number | null;
  /** On a loan that is gone: there is no row to correct. */
  gone: boolean;
  reference: string | null;
  state:
    | 'refused'
    | 'awaitingApproval'
    | 'invalid'
    | 'rejected'
    | 'held'
    | 'waiting'
    | 'withRegister'
    | 'unknown'
    | 'deferred';
  dueDay: string | null;
  resendAt: Instant | null;
  code: string | null;
  registerCode: string | null;
  column: string | null;
  /** Why an export awaits approval, in a sentence with its numbers. */
  message: string | null;
};

/** A report looked up: where it came from, and what became of it. */
export type LoanReport = {
  id: number;
  exportId: number;
  api: Api;
  line: number;
  /** Lines of all its rows, in file order. */
  lines: readonly number[];
  /** On a loan that is gone: it has no row, and `line` says nothing. */
  gone: boolean;
  reference: string | null;
  loan: string | null;
  state: 'accepted' | OpenReport['state'];
  dueDay: string | null;
  resendAt: Instant | null;
  batchReference: string | null;
  verdictAt: Instant | null;
  /** All findings there ever were about it, in order. */
  findings: readonly FindingRecord[];
};

/** Reports sent to an environment and judged there in a time; null for no bound. */
export type AcceptedWindow = { environment: string; since: Instant | null; until: Instant | null };

/** What there is to do for the register now, and what later. */
export type DueBatches = {
  due: BatchRecord[];
  /** Ids of those among them that go behind all others. */
  behind: ReadonlySet<number>;
  open: number;
  /** Not sent yet; those that go behind apart. */
  planned: number;
  plannedBehind: number;
  nextAt: Instant | null;
};

/** What letting an export go came to. */
export type Approval = 'approved' | 'mappedAnew' | 'notStopped';

/** What became of the exports of one day: reports accepted, reports and rows that failed, reports accepted by and after their due day. */
export type Night = { day: string; accepted: number; failed: number; met: number; late: number };

/** How long verdicts on the batches of one day's exports took, in milliseconds. */
export type VerdictTimes = { day: string; batches: number; median: number; slowest: number };

/**
 * The pipeline's memory. Each verb is one transaction: after a crash it has happened wholly or not at all.
 * Nothing else is remembered anywhere.
 */
export interface Ledger extends AsyncDisposable {
  // intake
  /** The number of the night that exports taken now belong to: the last one, until something of it is in a batch. */
  nextRound(): Promise<number>;
  /** Records an export that is durable in the archive; the same bytes again are told apart and recorded as such. */
  takeExport(taken: NewExport): Promise<TakeResult>;
  /** Exports taken but not yet mapped, in the order they must be. */
  unmapped(): Promise<ExportRecord[]>;
  mappingText(sha256: string): Promise<string | undefined>;

  // map and check
  /**
   * Counts the start, durably, before anything of the export is read, and forgets what was staged of it.
   * @returns how many starts there have been that came to no end, this one included
   */
  beginMapping(exportId: number): Promise<number>;
  /** Takes the count of a start back: it was not the export that ended it. */
  forgiveStart(exportId: number): Promise<void>;
  /** Forgets what was staged of an export; mapping starts from its first row. */
  restartMapping(exportId: number): Promise<void>;
  addReports(exportId: number, block: StagedBlock): Promise<void>;
  /** Lines of an export whose reports need no correction any more: accepted, or corrected by rows that are on their way. */
  linesDone(sha256: string): Promise<Set<number>>;
  /**
   * Loans that earlier exports of the same mapping reported by a row, and whose report stands: accepted, or on its way.
   * None when a later export of the mapping is mapped already: that one knows better which loans are gone.
   */
  loansStanding(exportId: number): AsyncIterable<string>;
  /** Ends mapping: the reports can be planned. */
  finishMapping(exportId: number): Promise<void>;
  /** Ends mapping: nothing of the export is ever sent. `why` are findings about the file. */
  refuseExport(exportId: number, why: readonly StagedFinding[]): Promise<void>;
  /** Ends mapping: the export is not tried again by itself. */
  giveUp(exportId: number, why: readonly StagedFinding[]): Promise<void>;

  // approve
  /** Rows of the last exports of a mapping that were let through, newest first; corrections do not count. */
  recentRows(mapping: string, limit: number): Promise<number[]>;
  /** Ends mapping: nothing of the export is planned before a person lets it go. */
  awaitApproval(exportId: number, why: readonly StagedFinding[]): Promise<void>;
  /** Exports of which nothing can have reached the register, and that are not stopped for good. */
  unsent(): Promise<ExportRecord[]>;
  /**
   * Lets a stopped export go: one that awaits approval is planned as it was mapped; one that was withdrawn or given up is
   * mapped anew. `note` says when, and stays with the export. Any other export is left as it is.
   */
  approve(exportId: number, note: StagedFinding): Promise<Approval>;
  /**
   * Takes an export back for good; batches that were only planned are forgotten. `note` says when and why.
   * @param from `unsent`: any export of which nothing can have reached the register; only while no other process sends
   * @returns false when it is not such an export, which is left as it is
   */
  withdraw(exportId: number, note: StagedFinding, from: 'awaitingApproval' | 'unsent'): Promise<boolean>;

  // decide
  /**
   * Marks failed reports, with all corrections of them, and rows of no report as resolved: nothing of them is open any more.
   * All that is named, or nothing. `note` says when and why, and stays with each of them; its code `RESOLVED_ENTERED` says that
   * the loans among them were entered at the register by hand, so that what they hold may go.
   * @param withHeld also reports that are held: those named, and those that a resolved loan would hold for ever
   */
  resolve(target: Target, note: StagedFinding, withHeld: boolean): Promise<Decided>;
  /** Takes that back. */
  takeBackResolution(target: Target): Promise<Decided>;
  /**
   * Reports the register rejected wait for their next wave again, unchanged, under a new generation. All lines that are named,
   * or nothing; of a whole export or loan those that may go: not corrected, resolved, or come again another way.
   */
  retry(target: Target, note: StagedFinding): Promise<Decided>;
  /** Why reports and rows of an export were resolved, and how many for each reason. */
  resolutions(exportId: number): Promise<{ message: string; count: number }[]>;
  /** Exports whose receipt must be written again, although it is final. */
  toRetell(): Promise<Set<number>>;
  /** The receipt of the export is being written again. */
  retold(exportId: number): Promise<void>;

  // plan
  /**
   * Exports that have reports to plan now, in the register's order; one whose predecessors still move waits, unless they have been asked about `patience` times.
   * @param behind mappings whose exports go behind all others: nothing waits for them but reports on the same loan
   */
  toPlan(patience: number, behind?: readonly string[]): Promise<Planning[]>;
  /** The next reports of an export's wave, in file order. Fewer than `limit` when the wave ends with them. */
  candidates(exportId: number, limit: number): Promise<Candidate[]>;
  commitPlan(step: PlanStep, now: Instant): Promise<void>;
  /** Reports whose resend date has come may go again, under a new generation; inconsistent batches are asked about again when it is time. */
  releaseDeferred(now: Instant): Promise<number>;

  // send and ask
  /** Batches left in `sending` by a crash become `unknown`: nobody knows whether they arrived. Inconsistent ones are asked about anew. */
  recover(now: Instant): Promise<number>;
  /** Batches that need a step, soonest first: unknown ones, then sent ones, then planned ones. */
  openBatches(limit: number): Promise<BatchRecord[]>;
  /** Open batches whose time has come, in the same order, at most `limit`, new ones of the mappings `behind` last; and what there is besides. */
  dueBatches(now: Instant, limit: number, behind?: readonly string[]): Promise<DueBatches>;
  /** The reports of a batch, in the order in which they stand in its body. */
  batchReports(batchId: number): Promise<BatchReport[]>;
  /** The parts of its bytes: `head`, the texts of its reports joined by commas, `tail`. */
  batchBody(batchId: number): Promise<{ head: string; tail: string; texts: string[] }>;
  /** The batch the register last called its own, not long ago: the status service must know it, or it has lost its memory. */
  batchKnownLately(now: Instant): Promise<string | undefined>;
  /** When the POSTs of the last minute began, oldest first: the rate holds across restarts. */
  recentPosts(now: Instant): Promise<Instant[]>;
  /** When the register may be spoken to again; a longer pause is never cut short by a shorter one told later. */
  pausedUntil(): Promise<Instant>;
  pause(until: Instant): Promise<void>;
  /** Write-ahead: must be durable before the first byte leaves. */
  beginPost(batchId: number, now: Instant): Promise<void>;
  /** What is known after a POST: the batch's new state, and when it needs its next step. */
  endPost(
    batchId: number,
    end: {
      state: BatchState;
      outcome: string;
      httpStatus: number | null;
      correlationId: string | null;
      nextAt: Instant;
    },
    now: Instant,
  ): Promise<void>;
  /** What GetBatchStatus told when it was no verdict: asked again at `nextAt`. */
  noteAnswer(
    batchId: number,
    answer: {
      state: BatchState;
      /** The register's word; null leaves the last one: that it once knew the batch is not forgotten. */
      registerStatus: string | null;
      reported: number | null;
      correlationId: string | null;
      /** What contradicts itself, in words, when the state is `inconsistent`; kept as a finding of the batch. */
      contradiction?: string;
      notFound: 'counts' | 'resets' | 'same';
      nextAt: Instant;
    },
  ): Promise<void>;
  /** The register's verdict on a batch; releases what was held by loans now accepted. */
  settle(batchId: number, settlement: Settlement, now: Instant): Promise<void>;

  // inquire
  /** The next questions to some APIs without an answer, in the order of their exports and rows. */
  openQuestions(apis: readonly InquiryApi[], limit: number): Promise<OpenQuestion[]>;
  /** Keeps the register's word on a question: it is not asked again unless somebody has it asked again. */
  keepAnswer(questionId: number, answering: Answering): Promise<void>;
  /** When the answers of the last minute came, oldest first: the pace holds across restarts. */
  recentAnswers(now: Instant): Promise<Instant[]>;
  /** The answers to an export's questions, in the order of its rows. */
  answers(exportId: number): AsyncIterable<AnsweredQuestion>;

  // look up
  /** Every report on a loan (`Other:0000012345`), in the register's order within its night. */
  reportsOfLoan(loan: string): Promise<LoanReport[]>;
  /** The report of an export that has a row on a line. */
  reportAtLine(exportId: number, line: number): Promise<LoanReport | undefined>;
  /** The next `limit` loans after one, by name, of which something was accepted that was under way within the window. */
  acceptedLoans(window: AcceptedWindow, after: string, limit: number): Promise<string[]>;
  /** What the register has accepted about a loan, in order: JSON as it was sent. */
  acceptedTexts(loan: string): Promise<{ exportId: number; api: BatchApi; text: string }[]>;

  // tell
  /** How many reports in batches have a verdict, and how many there are with those still to be planned. */
  settledReports(): Promise<{ settled: number; all: number }>;
  exports(): Promise<ExportRecord[]>;
  exportsAgain(): Promise<AgainRecord[]>;
  counts(exportId: number): Promise<Counts>;
  /** Rows of an export that are part of a report. */
  rowsInReports(exportId: number): Promise<number>;
  batches(exportId: number): Promise<BatchRecord[]>;
  /** Findings of an export in order of line; the register's only while their report is not accepted. */
  findings(exportId: number): AsyncIterable<FindingRecord>;
  findingCounts(exportId: number): Promise<FindingCount[]>;
  accepted(exportId: number): AsyncIterable<AcceptedReport>;
  /** Reports that need fixing, in file order, with the lines of all their rows; those that were resolved only when asked for. */
  toFix(exportId: number, withResolved?: boolean): AsyncIterable<ReportToFix>;
  /** Every report and row that is not accepted, in every export, soonest deadline first. */
  openReports(): AsyncIterable<OpenReport>;
  /** Keeps a final receipt as a revision of its own when it is another one than before. `files` are the SHA-256 of what it rests on. */
  keepReceipt(exportId: number, receipt: string, files: Readonly<Record<string, string>>): Promise<void>;
  /** Every final receipt there was of an export, oldest first. */
  receiptRevisions(exportId: number): Promise<string[]>;
  /** The last final receipt there was of each export, without its batches, which may be many. */
  finalReceipts(): AsyncIterable<{ exportId: number; receipt: string }>;
  /** What the final receipts of exports taken on a day, or after it, come to, by day; without the exports named. */
  nights(since: string, except: readonly number[]): Promise<Night[]>;
  /** The chain of all that was decided and done, from its first link on. */
  events(): AsyncIterable<ChainEvent>;
  /** Exports up to this id were taken before there was a chain. */
  chainFrom(): Promise<number>;
  /** Accepted reports by whether they were on time, and by due day, soonest first, those of which something is still to be done. */
  deadlines(exportId: number): Promise<{ met: number; late: number; open: { dueDay: string; count: number }[] }>;
  /** How long, from the last POST to the verdict, batches of exports taken on a day, or after it, took; by day. */
  verdictTimes(since: string): Promise<VerdictTimes[]>;
  /** When the next deferred report of an export goes again. */
  nextResend(exportId: number): Promise<Instant | null>;
  /** Small facts kept across restarts. */
  remember(key: string, value: string): Promise<void>;
  recall(key: string): Promise<string | undefined>;
}
