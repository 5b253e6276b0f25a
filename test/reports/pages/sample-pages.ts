import type { OpenItem, SummaryPage, TodayPage } from '../../../src/reports/page-data.ts';
import type { Receipt } from '../../../src/reports/receipt.ts';

type Counts = Receipt['counts'];
type Batch = Receipt['batches'][number];

const correctRow =
  'Correct the value in the core system and in restricted/to-fix.csv, and drop to-fix.csv into the inbox.';

/** Counts that add up, whatever is given of them. */
export function countsOf(given: Partial<Counts>): Counts {
  const zero = {
    invalid: 0,
    accepted: 0,
    rejected: 0,
    pending: 0,
    unknown: 0,
    held: 0,
    rowsSkipped: 0,
    rowsInvalid: 0,
  };
  const all = { ...zero, ...given };
  const reportsBuilt = all.invalid + all.accepted + all.rejected + all.pending + all.unknown + all.held;
  return { reportsBuilt, rowsRead: reportsBuilt + all.rowsSkipped + all.rowsInvalid, balanced: true, ...all };
}

/** A receipt of a perfect night, with what is given changed. */
export function receiptOf(given: Partial<Receipt> = {}): Receipt {
  return {
    schema: 'luottoputki/receipt/1',
    final: true,
    state: 'complete',
    nextStep: 'Nothing to do.',
    file: { name: 'NEWLOANS_20260105.csv', size: 284_112, sha256: '7f3a19c2'.repeat(8), rows: 1216 },
    mapping: { name: 'new-loans', api: 'AddLoans', sha256: '0be4d1aa'.repeat(8) },
    environment: 'production',
    owner: { idCodeType: 'BusinessId', idCode: '1572860-0' },
    tool: 'luottoputki 0.1.0',
    counts: countsOf({ accepted: 1204, rowsSkipped: 12 }),
    batches: [batchOf(1), batchOf(2), batchOf(3, { sent: 204, reported: 204 })],
    findingsByCode: [],
    deadlines: { met: 1204, late: 0, earliestDue: null },
    correctionOf: null,
    correctedBy: [],
    ...given,
  };
}

/** The n-th batch of a night, settled unless told otherwise. */
export function batchOf(n: number, given: Partial<Batch> = {}): Batch {
  const second = String(n % 60).padStart(2, '0');
  return {
    reference: `L20260105-${String(n).padStart(3, '0')}-K7Q2MDP5XW3RTA9`,
    api: 'AddLoans',
    sent: 500,
    reported: 500,
    status: 'Accepted',
    attempts: 1,
    sentAt: `2026-01-05T04:03:${second}.120Z`,
    verdictAt: `2026-01-05T04:05:${second}.480Z`,
    correlationId: null,
    ...given,
  };
}

/** The summary of a perfect night, with what is given changed. */
export function summaryOf(given: Partial<Receipt> = {}, page: Partial<SummaryPage> = {}): SummaryPage {
  const receipt = receiptOf(given);
  return {
    language: 'en',
    receipt,
    settled: 0,
    openDue: [],
    fixable: receipt.counts.rejected + receipt.counts.invalid > 0,
    takenAt: '2026-01-05 06:03',
    skipped: [{ id: 'LEGAL-PERSON', count: 12, why: 'loans to legal persons are not reported' }],
    againOf: null,
    nextResend: null,
    ...page,
  };
}

const faulty: Partial<Receipt> = {
  final: false,
  state: 'needsFixing',
  nextStep: 'Open restricted/to-fix.csv, correct the 7 reports, and drop the file into the inbox by Wed 7 Jan 2026.',
  counts: countsOf({
    accepted: 1182,
    rejected: 4,
    invalid: 3,
    pending: 9,
    unknown: 4,
    held: 2,
    rowsSkipped: 12,
    rowsInvalid: 1,
  }),
  batches: [
    batchOf(1),
    batchOf(2, { status: 'PartiallyAccepted' }),
    batchOf(3, { sent: 197, reported: null, status: 'Processed', verdictAt: null }),
    batchOf(4, {
      sent: 4,
      reported: null,
      status: 'unknown',
      attempts: 2,
      verdictAt: null,
      sentAt: '2026-01-06T05:10:00.000Z',
    }),
  ],
  findingsByCode: [
    {
      code: 'D02',
      count: 4,
      firstLines: [18, 204, 1033, 1190],
      text: 'The amount drawn (amountPaid) is larger than the amount granted (amountIssued).',
      howToFix: 'Correct the amount drawn or the amount granted, and drop to-fix.csv into the inbox.',
    },
    {
      code: 'DATE_FORMAT',
      count: 23,
      firstLines: [7, 93, 101, 412, 871],
      text: 'A date is not written as the mapping says, or is no day of the calendar.',
      howToFix: correctRow,
    },
    {
      code: 'ROW_WIDTH',
      count: 1,
      firstLines: [640],
      text: 'The row has more or fewer cells than the header.',
      howToFix: 'See the row in the export: a delimiter or a quote is missing or too many.',
    },
  ],
  deadlines: { met: 1178, late: 4, earliestDue: '2026-01-04' },
  correctedBy: [{ name: 'to-fix.csv', sha256: 'aa01bb02'.repeat(8) }],
};

/** One summary for each kind of night. */
export const summaries: Record<string, SummaryPage> = {
  perfect: summaryOf(),
  faults: summaryOf(
    { ...faulty, environment: 'sandbox' },
    {
      nextResend: '2026-01-12 07:00',
      openDue: [
        { dueDay: '2026-01-04', count: 2 },
        { dueDay: '2026-01-07', count: 6 },
        { dueDay: '2026-01-12', count: 9 },
      ],
    },
  ),
  refused: summaryOf(
    {
      state: 'refused',
      nextStep: 'Let the core system write the export again, and drop it into the inbox.',
      counts: countsOf({}),
      file: { ...receiptOf().file, rows: null },
      batches: [],
      deadlines: { met: 0, late: 0, earliestDue: null },
      findingsByCode: [
        {
          code: 'FINAL_NEWLINE_MISSING',
          count: 1,
          firstLines: [1217],
          text: 'The last line does not end: the export may have been cut off.',
          howToFix: 'Nothing was sent. Let the core system write the export again, and drop it into the inbox.',
        },
      ],
    },
    { skipped: [], againOf: { name: 'NEWLOANS_20260102.csv', day: '2026-01-02' } },
  ),
  unknown: summaryOf({
    final: false,
    state: 'outcomeUnknown',
    nextStep: 'Nothing by hand: the register is being asked about it; do not send it again.',
    counts: countsOf({ accepted: 704, unknown: 500, rowsSkipped: 12 }),
    batches: Array.from({ length: 60 }, (_, i) =>
      batchOf(i + 1, i === 57 ? { status: 'unknown', reported: null, verdictAt: null, attempts: 3 } : {}),
    ),
    deadlines: { met: 704, late: 0, earliestDue: '2026-01-07' },
  }),
  questions: summaryOf({
    final: false,
    state: 'sending',
    nextStep: 'Nothing to do: asking goes on by itself at the next run.',
    mapping: { ...receiptOf().mapping, name: 'loan-questions', api: 'GetLoan' },
    counts: countsOf({ accepted: 700, rejected: 3, pending: 501, rowsSkipped: 12 }),
    batches: [],
    deadlines: { met: 0, late: 0, earliestDue: null },
  }),
  unbalanced: summaryOf({
    final: false,
    counts: { ...countsOf({ accepted: 1204, rowsSkipped: 12 }), balanced: false },
  }),
};

type DayExport = TodayPage['exports'][number];

function exportOf(name: string, takenAt: string, given: Partial<Receipt>): DayExport {
  const receipt = receiptOf({ ...given, file: { ...receiptOf().file, name } });
  const day = takenAt.slice(0, 10);
  return { receipt, settled: 0, takenAt, day, folder: `${day}/${name.replace(/\.csv$/, '')}--7f3a19c2` };
}

export const openItem: OpenItem = {
  export: 'NEWLOANS_20260105.csv',
  line: 18,
  lastLine: 19,
  reportReference: 'new-0000012345',
  state: 'rejected',
  code: 'D02',
  column: 'NOSTETTU',
  message: 'The amount drawn is larger than the amount granted.',
  dueDay: '2026-01-07',
  due: 'inDanger',
  nextStep: 'Correct it in restricted/to-fix.csv.',
};

const api = (name: string, mapping: string) => ({ ...receiptOf().mapping, name: mapping, api: name });

/** A day on which nothing has come. */
export const emptyDay: TodayPage = {
  language: 'en',
  day: '2026-01-05',
  environment: 'production',
  exports: [],
  notTaken: [],
  leftAlone: [],
  nights: [],
  verdicts: [],
  openItems: { total: 0, dueDays: [], first: [] },
  alarms: [],
};

/** One day of each kind. */
export const days: Record<string, TodayPage> = {
  perfect: {
    ...emptyDay,
    exports: [
      exportOf('ENDINGS_20260105.csv', '2026-01-05 06:04', {
        mapping: api('TerminateLoans', 'endings'),
        counts: countsOf({ accepted: 31 }),
      }),
      exportOf('PAYMENTS_20260105.csv', '2026-01-05 06:03', {
        mapping: api('Repayments', 'payments'),
        counts: countsOf({ accepted: 18_204 }),
      }),
      exportOf('NEWLOANS_20260105.csv', '2026-01-05 06:03', {}),
    ],
  },
  faults: {
    ...emptyDay,
    environment: 'test',
    exports: [
      exportOf('ENDINGS_20260105.csv', '2026-01-05 06:04', {
        mapping: api('TerminateLoans', 'endings'),
        final: false,
        state: 'withRegister',
        counts: countsOf({ pending: 31 }),
        nextStep: 'Nothing: the register has not answered yet.',
      }),
      exportOf('PAYMENTS_20260105.csv', '2026-01-05 06:03', {
        mapping: api('Repayments', 'payments'),
        state: 'refused',
        counts: countsOf({}),
        nextStep: 'Let the core system write the export again, and drop it into the inbox.',
      }),
      exportOf('NEWLOANS_20260105.csv', '2026-01-05 06:03', faulty),
      exportOf('CHANGES_20260102.csv', '2026-01-02 06:03', {
        mapping: api('UpdateLoans', 'changes'),
        state: 'needsFixing',
        counts: countsOf({ accepted: 40, rejected: 1 }),
        deadlines: { met: 40, late: 0, earliestDue: '2026-01-02' },
        nextStep: 'Open restricted/to-fix.csv, correct the report, and drop the file into the inbox.',
      }),
    ],
    notTaken: [{ name: 'LOANS_NEW 20260105.csv', why: 'No mapping takes this name. Closest: NEWLOANS_*.csv.' }],
    openItems: {
      total: 128,
      dueDays: [
        { dueDay: '2026-01-02', count: 1 },
        { dueDay: '2026-01-05', count: 2 },
        { dueDay: '2026-01-07', count: 30 },
        { dueDay: '2026-01-08', count: 90 },
        { dueDay: null, count: 5 },
      ],
      first: [
        { ...openItem, export: 'CHANGES_20260102.csv', line: 7, lastLine: 7, dueDay: '2026-01-02' },
        {
          ...openItem,
          dueDay: '2026-01-05',
          state: 'invalid',
          code: 'DATE_FORMAT',
          column: 'SOPIMUSPVM',
          message: 'A date is not written as the mapping says.',
        },
        openItem,
        {
          ...openItem,
          state: 'withRegister',
          code: null,
          column: null,
          message: 'The register has not answered yet.',
          nextStep: 'Nothing.',
          dueDay: null,
          line: 3,
          lastLine: null,
        },
      ],
    },
    alarms: [
      'The register cannot be reached since 06:05: connection refused.',
      'A batch has been without a verdict for 5 hours: L20260105-003-K7Q2MDP5XW3RTA9.',
    ],
  },
  settling: {
    ...emptyDay,
    exports: [
      exportOf('NEWLOANS_20260105.csv', '2026-01-05 06:03', {
        final: false,
        state: 'outcomeUnknown',
        counts: countsOf({ accepted: 704, unknown: 500 }),
        deadlines: { met: 704, late: 0, earliestDue: '2026-01-07' },
      }),
    ],
    openItems: { total: 500, dueDays: [{ dueDay: '2026-01-08', count: 500 }], first: [] },
  },
  empty: emptyDay,
};
