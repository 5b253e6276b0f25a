import type { Field, Words } from './field-table.ts';

/**
 * What each field means, in words for people (register-contract.md section 2). A path means the same on every API.
 * Fields of a register schema of one's own may be missing here: they then have no words, and nothing else changes.
 */
const fields: Record<string, string> = {
  reportReference: 'The lender’s own name for this report; no two reports of a batch share it.',
  reportType: 'Whether the report is new, corrects an earlier one, or cancels it.',
  loanNumber: 'The number the loan is known by.',
  'loanNumber.type': 'Which kind of number it is.',
  'loanNumber.number': 'The number itself: made by the lender, and never used for another loan.',
  isPeerToPeerLoanBroker: 'Whether the lender only brokers a loan between persons.',
  lenderMarketingName: 'The name under which the borrower knows the lender; it may differ from the official one.',
  contractDate: 'The day the binding contract was concluded.',
  currencyCode: 'The currency of all amounts of the loan, such as EUR.',
  oneTimeServiceFees: 'Costs charged once, when the loan was granted.',
  loanType: 'The kind of loan; it decides which of the details below are given.',
  isTransferredFromAnotherLender: 'Whether the loan came from another lender.',
  borrowersCount: 'How many persons owe the loan, those without a Finnish identity code included.',
  borrowers: 'The persons who owe the loan.',
  'borrowers[].idCodeType': 'Which kind of identity code it is.',
  'borrowers[].idCode': 'The personal identity code of the borrower.',
  consumerCredit: 'What the Consumer Protection Act says of the loan.',
  'consumerCredit.loanConsumerProtectionAct': 'Which chapter of the Consumer Protection Act the loan falls under.',
  'consumerCredit.isGoodsOrServicesRelatedCredit': 'Whether the loan was granted for buying certain goods or services.',
  lumpSumLoan: 'Details of a loan that is paid out once and repaid by instalments.',
  'lumpSumLoan.amountIssued': 'The amount granted.',
  'lumpSumLoan.amountPaid': 'The amount drawn by the borrower so far, not the amount repaid.',
  'lumpSumLoan.balance': 'The principal that is still owed.',
  'lumpSumLoan.plannedFinalDueDate': 'The day the last instalment is planned to fall due.',
  'lumpSumLoan.amortizationFrequency': 'Months between instalments; 1 is every month.',
  'lumpSumLoan.purposeOfUse': 'The one main purpose of the loan.',
  'lumpSumLoan.repaymentMethod': 'How the loan is repaid.',
  'lumpSumLoan.defermentPeriods': 'Periods in which no principal is repaid.',
  'lumpSumLoan.defermentPeriods[].startDate': 'The first day of the period.',
  'lumpSumLoan.defermentPeriods[].endDate': 'The last day of the period.',
  runningAccountLoan: 'Details of a credit that is drawn again and again: a card, an account with credit.',
  'runningAccountLoan.creditLimit': 'The most that may be drawn.',
  'runningAccountLoan.balance': 'The amount drawn.',
  'runningAccountLoan.balanceDate': 'The day the amount drawn is of.',
  leasingContract: 'Details of a lease after which the thing may become the lessee’s own.',
  'leasingContract.contractPeriodStartDate':
    'The day the lease begins; if none was agreed, the day rights and duties begin.',
  'leasingContract.transactionPrice': 'The price of what is leased.',
  interest: 'The interest of the loan.',
  'interest.totalInterestRatePct':
    'The whole rate of interest, in percent. A report without it deletes the rate the register holds.',
  'interest.marginPct': 'The margin over the reference rate, in percent.',
  'interest.interestType': 'What the rate is bound to.',
  'interest.interestDeterminationPeriod': 'Months for which the rate is set at a time: 12 for the 12-month Euribor.',
  isLoanWithCollateral: 'Whether there is collateral for the loan.',
  reportCreationTimeUtc: 'When the report was made, in UTC.',
  lumpSumLoanRepayment: 'A payment on a lump-sum loan.',
  'lumpSumLoanRepayment.amortizationPaid': 'The part of the payment that repaid principal.',
  'lumpSumLoanRepayment.interestPaid': 'The part of the payment that was interest.',
  'lumpSumLoanRepayment.otherExpenses': 'The part of the payment that was other costs.',
  'lumpSumLoanRepayment.balance': 'The principal still owed after the payment.',
  'lumpSumLoanRepayment.paymentDate': 'The day of the payment.',
  runningAccountLoanRepayment: 'Payments on a running account, and what is drawn of it.',
  'runningAccountLoanRepayment.interestPaid':
    'Interest paid. Given without expenses, it deletes those the register holds.',
  'runningAccountLoanRepayment.otherExpenses':
    'Other costs paid. Given without interest, they delete the interest the register holds.',
  'runningAccountLoanRepayment.balance': 'The amount drawn.',
  'runningAccountLoanRepayment.balanceDate': 'The day the amount drawn is of.',
  isDelay: 'Whether an instalment is late: false tells that a delay has ended.',
  delayedAmounts: 'Every instalment that is at least 60 days late; the list replaces the one the register holds.',
  'delayedAmounts[].delayedInstalment': 'The amount of the instalment that is late.',
  'delayedAmounts[].originalDueDate': 'The day the instalment was first due.',
  isForeclosed: 'Whether the loan was called in because of the delay.',
  foreclosureDate: 'The day the loan was called in.',
  termination: 'The ending of the loan.',
  'termination.isTerminated': 'Whether the loan has ended.',
  'termination.endDate': 'The day the loan ended.',
  idCodeType: 'Which kind of identity code it is.',
  idCode: 'The personal identity code of the person asked about.',
  creditRegisterExtractPurpose: 'What the extract is asked for; the lender’s data permission says what it may be.',
  'termination.isTransferredToAnotherLender': 'Whether the loan went to another lender.',
};

/** What the values of lists mean that do not explain themselves. A value means the same wherever it stands. */
const values: Record<string, string> = {
  Iban: 'an account number with its country',
  Bban: 'an account number as banks of one country write it',
  Other: 'any other',
  LumpSumLoan: 'paid out once, repaid by instalments',
  RunningAccountLoan: 'drawn again and again up to a limit: a card, an account with credit',
  Leasing: 'a lease after which the thing may become the lessee’s own',
  GuaranteeReceivable: 'what is owed to a guarantor who paid: of Kela only',
  NewReport: 'a report of something new',
  ErrorCorrection: 'puts an earlier report right',
  Cancellation: 'takes an earlier report back',
  PersonalIdentityCode: 'a Finnish personal identity code',
  NewConsumerCredit: 'a new consumer credit',
  IncreaseOfConsumerCreditPrincipalOrCreditLimit: 'a larger consumer credit, or a higher limit of one',
  ChangesToTermsOfConsumerCredit: 'other terms of a consumer credit',
  GuaranteeOrThirdPartyPledgeForConsumerCredit: 'a guarantee or a pledge for another’s consumer credit',
  NewLoan: 'a new loan',
  IncreaseOfLoanPrincipalOrCreditLimit: 'a larger loan, or a higher limit of one',
  ChangesToTerms: 'other terms of a loan',
  GuaranteeOrThirdPartyPledge: 'a guarantee or a pledge for another’s loan',
  HomeLoan: 'a home',
  HomeLoanForFirstHome: 'a first home',
  HomeLoanForLeisureHouse: 'a leisure house',
  HomeLoanForInvestment: 'a dwelling to let or to sell',
  StudentLoan: 'studies',
  LoanForVehicleOrCraft: 'a car, a boat or another vehicle',
  OtherConsumerCredit: 'any other purpose of a consumer',
  LoanForBusinessActivities: 'the business of a natural person',
  OtherLoan: 'neither a consumer’s nor a business’s',
  FixedSizeAmortizations: 'equal parts of principal, with interest on top',
  FixedSizePayments: 'equal payments; the number of them changes with the rate',
  Annuities: 'equal payments, set anew when the rate changes',
  Balloon: 'instalments, and a large last one',
  Bullet: 'all at once at the end',
  ConsumerCredit: 'chapter 7: consumer credit',
  ResidentialPropertyConsumerCredit: 'chapter 7a: consumer credit on residential property',
  OtherThanConsumerCredit: 'neither chapter',
  Euribor: 'a Euribor rate',
  BankReferenceRate: 'the bank’s own prime rate',
  OtherVariableReferenceRate: 'another rate that varies',
  FixedInterest: 'a rate that does not vary',
  InterestFree: 'no interest',
};

/** What a field means, as a sentence or two; undefined when there are no words for it. */
export const meaningOf = (field: Field): string | undefined => inEnglish(field.meaning) ?? fields[field.path];

const inEnglish = (words: Words | undefined) =>
  typeof words === 'string' ? words : (words?.en ?? words?.fi ?? words?.sv);

/** What a value of a field means, as a few words; undefined when there are none for it. */
export const meaningOfValue = (value: string): string | undefined => values[value];

const confidences: Record<string, string> = {
  official: 'official',
  observed: 'seen in a real client of the register',
  observedInPrototype: 'seen in a published prototype only',
  inferred: 'inferred, not confirmed',
  overlay: 'from your contract overlay',
  schema: 'from the register’s schema',
};

/** How sure a field’s place and form are, and where in the register contract that is said: `official; register contract 2.3`. */
export function evidenceOf({ source, confidence }: Field): string | undefined {
  if (confidence === undefined) return undefined;
  const words = confidences[confidence] ?? confidence;
  if (source === undefined) return words;
  return confidence === 'overlay' ? `${words}: ${source}` : `${words}; register contract ${source}`;
}
