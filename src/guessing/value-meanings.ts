/** What the register's values mean, in a few words, for the comment beside a code list that is to be filled. */
export const valueMeanings: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  loanType: {
    LumpSumLoan: 'paid out as a sum and paid back, kertaluotto',
    RunningAccountLoan: 'a limit drawn on again and again, tililuotto',
    Leasing: 'leasing contract',
    GuaranteeReceivable: 'claim after a guarantee was paid, takaussaatava',
  },
  purpose: {
    HomeLoan: 'home',
    HomeLoanForFirstHome: 'first home',
    HomeLoanForLeisureHouse: 'leisure home',
    HomeLoanForInvestment: 'home to let',
    StudentLoan: 'studies',
    GuaranteeReceivable: 'claim after a guarantee was paid',
    LoanForVehicleOrCraft: 'car, boat or the like',
    OtherConsumerCredit: 'other consumption',
    LoanForBusinessActivities: 'business',
    OtherLoan: 'other',
  },
  repaymentMethod: {
    FixedSizeAmortizations: 'equal amortizations, tasalyhennys',
    FixedSizePayments: 'equal payments, kiinteä tasaerä',
    Annuities: 'annuities, annuiteetti',
    Balloon: 'large last payment',
    Bullet: 'all at the end, kertalyhenteinen',
    Other: 'other',
  },
  interestType: {
    Euribor: 'Euribor',
    BankReferenceRate: 'the bank’s own reference rate, prime',
    OtherVariableReferenceRate: 'another variable rate',
    FixedInterest: 'fixed',
    InterestFree: 'no interest',
  },
  act: {
    ConsumerCredit: 'chapter 7 of the Consumer Protection Act',
    ResidentialPropertyConsumerCredit: 'chapter 7a',
    OtherThanConsumerCredit: 'neither',
  },
  reportType: {
    NewReport: 'reported for the first time',
    ErrorCorrection: 'corrects an earlier report',
    Cancellation: 'takes an earlier report back',
  },
};
