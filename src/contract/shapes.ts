import { z } from 'zod';
import type { Api } from './apis.ts';

/**
 * How sure we are of a fact, and where it stands (register-contract.md, "Confidence tags").
 * `expected` marks members that the observed client always sends; whether the register demands them is not known,
 * so their absence in a mapping is a warning, never an error.
 */
type Fact = {
  source: string;
  confidence: 'official' | 'observed' | 'observedInPrototype' | 'inferred';
  expected?: true;
  format?: 'personalIdentityCode' | 'currencyCode';
  meaning?: string;
};

declare module 'zod' {
  interface GlobalMeta extends Partial<Fact> {}
}

const observed = (source: string, more: Partial<Fact> = {}): Fact => ({ source, confidence: 'observed', ...more });
const official = (source: string, more: Partial<Fact> = {}): Fact => ({ source, confidence: 'official', ...more });
const prototype = (source: string, more: Partial<Fact> = {}): Fact => ({
  source,
  confidence: 'observedInPrototype',
  ...more,
});
const inferred = (source: string, more: Partial<Fact> = {}): Fact => ({ source, confidence: 'inferred', ...more });

const expected = { expected: true } as const;
/** An amount: a JSON number that came from at most 15 significant digits, so that a double holds it exactly. */
const amount = () => z.number();
const day = () => z.iso.date();

const loanNumber = z
  .strictObject({
    type: z.enum(['Iban', 'Bban', 'Other']).meta(observed('2.1')),
    number: z.string().min(1).meta(observed('2.1; uniqueness: section 3')),
  })
  .meta(observed('2.1'));

const loanType = z
  .enum(['LumpSumLoan', 'RunningAccountLoan', 'Leasing', 'GuaranteeReceivable'])
  .meta(observed('2.2; all but LumpSumLoan seen in a prototype only'));

const reportReference = z.string().min(1).meta(observed('2.1; unique within a batch: section 4'));

const reportType = z
  .enum(['NewReport', 'ErrorCorrection', 'Cancellation'])
  .optional()
  .meta(observed('2.1; not on AddLoans', expected));

const borrower = z.strictObject({
  idCodeType: z.enum(['PersonalIdentityCode']).meta(observed('2.2')),
  idCode: z.string().meta(observed('2.2; section 9', { format: 'personalIdentityCode' })),
});

const purposeOfUse = z
  .enum([
    'HomeLoan',
    'HomeLoanForFirstHome',
    'HomeLoanForLeisureHouse',
    'HomeLoanForInvestment',
    'StudentLoan',
    'GuaranteeReceivable',
    'LoanForVehicleOrCraft',
    'OtherConsumerCredit',
    'LoanForBusinessActivities',
    'OtherLoan',
  ])
  .optional()
  .meta(inferred('2.3; only OtherConsumerCredit was seen on the wire'));

const lumpSumLoan = z.strictObject({
  amountIssued: amount().optional().meta(observed('2.3')),
  amountPaid: amount().optional().meta(official('2.3: the amount drawn, not the amount repaid')),
  balance: amount().optional().meta(observed('2.3')),
  plannedFinalDueDate: day().optional().meta(prototype('2.3; seen in the extract only')),
  amortizationFrequency: z.int().optional().meta(observed('2.3; months between instalments')),
  purposeOfUse,
  repaymentMethod: z
    .enum(['FixedSizeAmortizations', 'FixedSizePayments', 'Annuities', 'Balloon', 'Bullet', 'Other'])
    .optional()
    .meta(observed('2.3')),
  defermentPeriods: z
    .array(
      z.strictObject({
        startDate: day().meta(prototype('2.3')),
        endDate: day().optional().meta(prototype('2.3')),
      }),
    )
    .optional()
    .meta(inferred('2.3; place in the message not known')),
});

const runningAccountLoan = z.strictObject({
  creditLimit: amount().optional().meta(prototype('2.4')),
  balance: amount().optional().meta(official('2.4: the amount drawn')),
  balanceDate: day().optional().meta(official('2.4: value date of the amount drawn')),
});

const leasingContract = z.strictObject({
  contractPeriodStartDate: day().optional().meta(official('2.5')),
  transactionPrice: amount().optional().meta(prototype('2.5')),
});

const consumerCredit = z.strictObject({
  loanConsumerProtectionAct: z
    .enum(['ConsumerCredit', 'ResidentialPropertyConsumerCredit', 'OtherThanConsumerCredit'])
    .optional()
    .meta(observed('2.6')),
  isGoodsOrServicesRelatedCredit: z.boolean().optional().meta(observed('2.6')),
});

const interest = z.strictObject({
  totalInterestRatePct: amount().optional().meta(official('2.7: value or absence overwrites what is stored')),
  marginPct: amount().optional().meta(observed('2.7')),
  interestType: z
    .enum(['Euribor', 'BankReferenceRate', 'OtherVariableReferenceRate', 'FixedInterest', 'InterestFree'])
    .optional()
    .meta(observed('2.7')),
  interestDeterminationPeriod: z.int().optional().meta(observed('2.7; months')),
});

/** Members that AddLoans and UpdateLoans share (UpdateLoans carries the whole current record, 2.9). */
const loanRecord = {
  isPeerToPeerLoanBroker: z.boolean().optional().meta(observed('2.2', expected)),
  lenderMarketingName: z.string().min(1).optional().meta(observed('2.2', expected)),
  contractDate: day().optional().meta(observed('2.2', expected)),
  oneTimeServiceFees: amount().optional().meta(observed('2.2', expected)),
  loanType,
  isTransferredFromAnotherLender: z.boolean().optional().meta(observed('2.2', expected)),
  borrowersCount: z.int().min(1).optional().meta(observed('2.2', expected)),
  borrowers: z.array(borrower).min(1).meta(observed('2.2')),
  consumerCredit: consumerCredit.optional().meta(observed('2.6')),
  lumpSumLoan: lumpSumLoan.optional().meta(observed('2.3')),
  runningAccountLoan: runningAccountLoan.optional().meta(prototype('2.4')),
  leasingContract: leasingContract.optional().meta(prototype('2.5')),
  interest: interest.optional().meta(observed('2.7')),
  isLoanWithCollateral: z.boolean().optional().meta(observed('2.2', expected)),
};

const addLoan = z.strictObject({
  reportReference,
  loanNumber,
  currencyCode: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional()
    .meta(observed('2.2; AddLoans only', { expected: true, format: 'currencyCode' })),
  ...loanRecord,
  isForeclosed: z
    .boolean()
    .optional()
    .meta(inferred('2.9: of a transferred loan, from 7.10.2026; key by that of 2.12')),
  foreclosureDate: day().optional().meta(inferred('2.9: of a transferred loan, from 7.10.2026; key by that of 2.12')),
});

const updateLoan = z.strictObject({ reportReference, reportType, loanNumber, ...loanRecord });

const repayment = z.strictObject({
  reportReference,
  reportType,
  loanNumber,
  loanType: loanType.optional().meta(observed('2.11', expected)),
  reportCreationTimeUtc: z.iso.datetime().optional().meta(observed('2.11; UTC with Z', expected)),
  lumpSumLoanRepayment: z
    .strictObject({
      amortizationPaid: amount().optional().meta(observed('2.11')),
      interestPaid: amount().optional().meta(observed('2.11')),
      otherExpenses: amount().optional().meta(observed('2.11')),
      balance: amount().optional().meta(observed('2.11: outstanding after the payment')),
      paymentDate: day().optional().meta(observed('2.11')),
    })
    .optional()
    .meta(observed('2.11')),
  runningAccountLoanRepayment: z
    .strictObject({
      interestPaid: amount().optional().meta(inferred('2.11: alone it erases the stored expenses')),
      otherExpenses: amount().optional().meta(inferred('2.11: alone it erases the stored interest')),
      balance: amount().optional().meta(inferred('2.11')),
      balanceDate: day().optional().meta(inferred('2.11')),
    })
    .optional()
    .meta(inferred('2.11: name by analogy')),
});

const delayedRepayment = z.strictObject({
  reportReference,
  reportType,
  loanNumber,
  isDelay: z.boolean().meta(observed('2.12')),
  delayedAmounts: z
    .array(
      z.strictObject({
        delayedInstalment: amount().meta(observed('2.12')),
        originalDueDate: day().meta(observed('2.12')),
      }),
    )
    .optional()
    .meta(observed('2.12: every instalment at least 60 days late')),
  isForeclosed: z.boolean().optional().meta(observed('2.12', expected)),
  foreclosureDate: day().optional().meta(observed('2.12')),
});

const loanTermination = z.strictObject({
  reportReference,
  reportType,
  loanNumber,
  termination: z
    .strictObject({
      isTerminated: z.boolean().meta(observed('2.13')),
      endDate: day().optional().meta(observed('2.13')),
      isTransferredToAnotherLender: z.boolean().optional().meta(observed('2.13', expected)),
    })
    .meta(observed('2.13')),
});

/** What a question of GetLoan has besides the envelope. */
const loanInquiry = z.strictObject({ loanNumber: loanNumber.meta(observed('2.14')) });

/** Purposes a credit register extract may be asked for: those there were first, and those since 1.4.2026. */
export const extractPurposes = {
  first: [
    'NewConsumerCredit',
    'IncreaseOfConsumerCreditPrincipalOrCreditLimit',
    'ChangesToTermsOfConsumerCredit',
    'GuaranteeOrThirdPartyPledgeForConsumerCredit',
  ],
  since2026: ['NewLoan', 'IncreaseOfLoanPrincipalOrCreditLimit', 'ChangesToTerms', 'GuaranteeOrThirdPartyPledge'],
} as const;

/** What a question of GetCreditRegisterExtract has besides the envelope. */
const extractInquiry = z.strictObject({
  idCodeType: z.enum(['PersonalIdentityCode']).meta(prototype('8')),
  idCode: z.string().meta(prototype('8; section 9', { format: 'personalIdentityCode' })),
  creditRegisterExtractPurpose: z
    .array(z.enum([...extractPurposes.first, ...extractPurposes.since2026]))
    .min(1)
    .meta(official('8; the first four values were seen in a prototype only')),
});

/** The shape of one report of each API, or of one question: a strict zod object whose members carry source and confidence as metadata. */
export const reportShapes = {
  AddLoans: addLoan,
  UpdateLoans: updateLoan,
  Repayments: repayment,
  DelayedRepayments: delayedRepayment,
  TerminateLoans: loanTermination,
  GetLoan: loanInquiry,
  GetCreditRegisterExtract: extractInquiry,
} as const satisfies Record<Api, z.ZodType>;

/** One report as it goes to the register, keys in camelCase. */
export type Report = Record<string, unknown>;

/** On whose behalf reports are sent (register-contract.md 2.1). `countryCode` goes with `ForeignBusinessId` and nothing else (D40). */
export const Owner = z
  .strictObject({
    idCodeType: z.enum(['BusinessId', 'ForeignBusinessId', 'PersonalIdentityCode']),
    idCode: z.string().min(1),
    countryCode: z
      .string()
      .regex(/^[A-Z]{2}$/, 'two capital letters')
      .optional(),
  })
  .refine((owner) => (owner.idCodeType === 'ForeignBusinessId') === (owner.countryCode !== undefined), {
    message: 'countryCode goes with idCodeType ForeignBusinessId, and only with it (register code D40)',
    path: ['countryCode'],
  });
export type Owner = z.infer<typeof Owner>;

/** The message member that guards against mixing test and production (register-contract.md 2.1). */
export type TargetEnvironment = 'Test' | 'Production';
