import type { Api } from './apis.ts';
import { extractPurposes, type Report } from './shapes.ts';

/** What a rule found: which field, and what was expected instead. Codes are explained in `finding-codes.ts`. */
export type RuleHit = { code: string; path: string; expected: string; severity: 'error' | 'warning' };

/** Holds reports of one API against what is known beyond our own contract. */
export type ReportJudge = (report: Report) => RuleHit[];

/** What a rule may know besides the report. `today` is a day in Finland, `yyyy-mm-dd`; it is the day the export was taken. */
export type RuleContext = {
  today: string;
  /** Whether reports have a part of this name; all of ours when absent. */
  knows?(part: string): boolean;
};

type Rule = {
  code: string;
  apis: readonly Api[];
  /**
   * First day on which the register applies the rule. The day a report reaches it counts, not the day it is about: each of these
   * is a validation that a release of the register brought, and no page says of one that it spares older contracts, payments
   * or endings. A day of the report's own can be said in a contract overlay (`requiredWhen` with `before` and `after`).
   */
  since?: string;
  find(report: Report, context: RuleContext): { path: string; expected: string; severity?: 'warning' } | undefined;
};

const loanApis = ['AddLoans', 'UpdateLoans'] as const;
const part = (report: Report, key: string): Report | undefined => report[key] as Report | undefined;
const borrowersOf = (report: Report) => (report['borrowers'] ?? []) as Report[];
const consumerOnly: unknown[] = ['ConsumerCredit', 'ResidentialPropertyConsumerCredit'];
const neverConsumer: unknown[] = ['LoanForBusinessActivities', 'OtherLoan'];
/** The release that takes acceleration in AddLoans (official, UPC). */
const accelerationFrom = '2026-10-07';

/** Which part of the report belongs to which loan type (inferred, register-contract.md section 5). */
const partOf: Record<string, string> = {
  LumpSumLoan: 'lumpSumLoan',
  RunningAccountLoan: 'runningAccountLoan',
  Leasing: 'leasingContract',
  GuaranteeReceivable: 'lumpSumLoan',
};
const loanParts = ['lumpSumLoan', 'runningAccountLoan', 'leasingContract'];

/** The register's rules that can be known before sending (register-contract.md section 5). */
const rules: readonly Rule[] = [
  {
    // D02, observed in a real client: the register quotes it itself.
    code: 'AMOUNT_PAID_ABOVE_ISSUED',
    apis: loanApis,
    find(report) {
      const { amountPaid, amountIssued } = part(report, 'lumpSumLoan') ?? {};
      if (typeof amountPaid === 'number' && typeof amountIssued === 'number' && amountPaid > amountIssued)
        return { path: 'lumpSumLoan.amountPaid', expected: 'at most amountIssued' };
      return undefined;
    },
  },
  {
    // Inferred (section 5): the loan type and exactly one part go together.
    code: 'LOAN_PART_MISMATCH',
    apis: loanApis,
    find(report, { knows = () => true }) {
      const wanted = partOf[String(report['loanType'])];
      // A kind or a part of loans that our own contract does not know: what belongs together is not known here.
      if (wanted === undefined || !knows(wanted)) return undefined;
      const there = loanParts.filter((key) => report[key] !== undefined);
      if (there.length === 1 && there[0] === wanted) return undefined;
      return { path: 'loanType', expected: `${wanted} and no other of ${loanParts.join(', ')}` };
    },
  },
  {
    // Official, delivery report of 23.4.2025: chapter 7 and 7a loans carry consumer purposes only, old contracts too. Other
    // loans may carry the two and guarantee receivables (22.4.2025); that they may carry no other is not said.
    code: 'PURPOSE_NOT_FOR_CONSUMER_CREDIT',
    apis: loanApis,
    since: '2025-04-23',
    find(report) {
      const act = part(report, 'consumerCredit')?.['loanConsumerProtectionAct'];
      const purpose = part(report, 'lumpSumLoan')?.['purposeOfUse'];
      if (consumerOnly.includes(act) && neverConsumer.includes(purpose))
        return { path: 'lumpSumLoan.purposeOfUse', expected: 'a purpose of consumer credit' };
      return undefined;
    },
  },
  {
    // Official, 2.5: leases are reported only when concluded as a consumer, and a validation looks at a borrower's Business ID on a
    // lease since 1.12.2025. Its key is not known: whatever an overlay or a schema calls it.
    code: 'BUSINESS_ID_ON_LEASE',
    apis: loanApis,
    since: '2025-12-01',
    find(report) {
      if (report['loanType'] !== 'Leasing') return undefined;
      const key = borrowersOf(report)
        .flatMap((borrower) => Object.keys(borrower))
        .find((name) => /businessid/i.test(name));
      return key === undefined
        ? undefined
        : { path: `borrowers.${key}`, expected: 'none: a lease is that of a consumer' };
    },
  },
  {
    // Official, UPC: from 7.10.2026 acceleration and its date can be reported in AddLoans, for a transferred loan. A message
    // with a key the register does not know yet would be refused whole (A10), so the day it is sent counts.
    code: 'ACCELERATION_IN_NEW_LOAN',
    apis: ['AddLoans'],
    find(report, { today }) {
      const path = ['isForeclosed', 'foreclosureDate'].find((key) => report[key] !== undefined);
      if (path === undefined) return undefined;
      if (today < accelerationFrom)
        return { path, expected: `none before ${accelerationFrom}: until then it goes through DelayedRepayments` };
      if (report['isTransferredFromAnotherLender'] === true) return undefined;
      return { path, expected: 'none: only of a loan that is transferred from another lender' };
    },
  },
  {
    // Official, delivery report of 1.4.2026: loan type and purpose guarantee receivable go together.
    code: 'GUARANTEE_RECEIVABLE_HALF',
    apis: loanApis,
    since: '2026-04-01',
    find(report) {
      const byType = report['loanType'] === 'GuaranteeReceivable';
      const byPurpose = part(report, 'lumpSumLoan')?.['purposeOfUse'] === 'GuaranteeReceivable';
      if (byType && !byPurpose) return { path: 'lumpSumLoan.purposeOfUse', expected: 'GuaranteeReceivable' };
      return undefined;
    },
  },
  {
    // Inferred (section 5): some debtors may lack a Finnish code, so the count may be larger than the list, never smaller.
    code: 'BORROWERS_COUNT_TOO_SMALL',
    apis: loanApis,
    find(report) {
      const count = report['borrowersCount'];
      const listed = borrowersOf(report).length;
      if (typeof count === 'number' && count < listed)
        return { path: 'borrowersCount', expected: `at least ${listed}, the number of borrowers listed` };
      return undefined;
    },
  },
  {
    // One person twice among the borrowers of one loan is wrong data about a person (inferred).
    code: 'BORROWER_TWICE',
    apis: loanApis,
    find(report) {
      const codes = borrowersOf(report).map((borrower) => borrower['idCode']);
      if (new Set(codes).size === codes.length) return undefined;
      return { path: 'borrowers', expected: 'each person once' };
    },
  },
  {
    // Official, N-IMPR: at least 60 days since the original due date, from 1.4.2026. The days are counted to the day of reporting.
    code: 'DELAY_UNDER_60_DAYS',
    apis: ['DelayedRepayments'],
    since: '2026-04-01',
    find(report, { today }) {
      for (const delayed of (report['delayedAmounts'] as Report[] | undefined) ?? []) {
        const days = daysBetween(String(delayed['originalDueDate']), today);
        if (days < 60) return { path: 'delayedAmounts.originalDueDate', expected: `at least 60 days before ${today}` };
      }
      return undefined;
    },
  },
  {
    // Observed (2.12): a delay lists its instalments, the end of a delay lists none.
    code: 'DELAY_AMOUNTS_MISMATCH',
    apis: ['DelayedRepayments'],
    find(report) {
      const listed = (report['delayedAmounts'] as unknown[] | undefined)?.length ?? 0;
      if (report['isDelay'] === true && listed === 0)
        return { path: 'delayedAmounts', expected: 'at least one instalment when isDelay is true' };
      if (report['isDelay'] === false && listed > 0)
        return { path: 'delayedAmounts', expected: 'none when isDelay is false' };
      return undefined;
    },
  },
  {
    // Observed and inferred (2.12); the same two of a transferred loan.
    code: 'FORECLOSURE_DATE_MISSING',
    apis: ['DelayedRepayments', 'AddLoans'],
    find(report) {
      if (report['isForeclosed'] === true && report['foreclosureDate'] === undefined)
        return { path: 'foreclosureDate', expected: 'a date when isForeclosed is true' };
      return undefined;
    },
  },
  {
    // Inferred (2.13): an ending has its day.
    code: 'END_DATE_MISSING',
    apis: ['TerminateLoans'],
    find(report) {
      const { isTerminated, endDate } = part(report, 'termination') ?? {};
      if (isTerminated === true && endDate === undefined)
        return { path: 'termination.endDate', expected: 'a date when isTerminated is true' };
      return undefined;
    },
  },
  {
    // Official, delivery report of 23.2.2026: one alone deletes the stored other one.
    code: 'INTEREST_AND_EXPENSES_TOGETHER',
    apis: ['Repayments'],
    since: '2026-04-01',
    find(report) {
      const { interestPaid, otherExpenses } = part(report, 'runningAccountLoanRepayment') ?? {};
      if ((interestPaid === undefined) === (otherExpenses === undefined)) return undefined;
      const missing = interestPaid === undefined ? 'interestPaid' : 'otherExpenses';
      return {
        path: `runningAccountLoanRepayment.${missing}`,
        expected: 'interestPaid and otherExpenses together, or the stored one is erased',
        severity: 'warning',
      };
    },
  },
  {
    // DR-2026-04-01 (official) brought four purposes; that the first four are still taken is not said anywhere we know (section 8).
    code: 'EXTRACT_PURPOSE_OLD',
    apis: ['GetCreditRegisterExtract'],
    since: '2026-04-01',
    find(question) {
      const old: readonly unknown[] = extractPurposes.first;
      const found = (question['creditRegisterExtractPurpose'] as unknown[]).some((purpose) => old.includes(purpose));
      if (!found) return undefined;
      const path = 'creditRegisterExtractPurpose';
      return { path, expected: `one of ${extractPurposes.since2026.join(', ')}`, severity: 'warning' };
    },
  },
];

const rulesOf = Map.groupBy(
  rules.flatMap((rule) => rule.apis.map((api) => ({ api, rule }))),
  ({ api }) => api,
);

/**
 * Everything the known rules say against a report that already has the right shape.
 * @returns hits in the order of the rules; empty when there is nothing to say
 */
export function applyRules(api: Api, report: Report, context: RuleContext): RuleHit[] {
  const hits: RuleHit[] = [];
  for (const { rule } of rulesOf.get(api) ?? []) {
    if (rule.since !== undefined && context.today < rule.since) continue;
    const hit = rule.find(report, context);
    if (hit) hits.push({ code: rule.code, path: hit.path, expected: hit.expected, severity: hit.severity ?? 'error' });
  }
  return hits;
}

/** Whole days from one `yyyy-mm-dd` to another; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000;
}
