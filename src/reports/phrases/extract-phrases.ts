import type { BanName, IncomeName, PersonName, SummaryName, SumName } from '../../contract/extract.ts';
import type { InEachLanguage } from '../../lib/language.ts';

/** What the page of a credit register extract says around what came from the register. */
type ExtractPhrases = {
  title: string;
  personal: string;
  asked: string;
  purposes: string;
  reference: string;
  createdAt: string;
  answeredAt: string;
  person: string;
  deceased: string;
  ban: string;
  summary: string;
  sums: string;
  sumOf: string;
  sum: string;
  loans: string;
  noLoans: string;
  loanType: string;
  contractDate: string;
  amount: string;
  balance: string;
  collateral: string;
  delayed: string;
  foreclosed: string;
  more(loan: number): string;
  income: string;
  noIncome: string;
  month: string;
  rest: string;
  notUnderstood: string;
  member: string;
  value: string;
  yes: string;
  no: string;
  none: string;
  names: Record<BanName | SummaryName | SumName | IncomeName | PersonName, string>;
};

/** The words of the page of an extract, in each language. */
export const extractPhrases: InEachLanguage<ExtractPhrases> = {
  en: {
    title: 'Credit register extract',
    personal:
      'This page shows a person’s data in clear, on purpose: it is for those who decide about this person’s credit. Do not send it on, and delete it when it is not needed any more.',
    asked: 'Asked for by',
    purposes: 'Purpose',
    reference: 'Reference of the extract',
    createdAt: 'Made by the register',
    answeredAt: 'Received',
    person: 'Person',
    deceased: 'Day of death',
    ban: 'Voluntary ban on credits',
    summary: 'Summary',
    sums: 'Sums',
    sumOf: 'Of what',
    sum: 'Sum',
    loans: 'Loans',
    noLoans: 'No loan is told.',
    loanType: 'Kind',
    contractDate: 'Contract',
    amount: 'Granted, limit or price',
    balance: 'Still owed or drawn',
    collateral: 'Collateral',
    delayed: 'Late instalments (due)',
    foreclosed: 'Called in',
    more: (loan) => `All else about loan ${loan}`,
    income: 'Income by month',
    noIncome: 'No income is told.',
    month: 'Month',
    rest: 'All else in the answer, as it came',
    notUnderstood: 'This answer has no extract that could be recognised; everything in it is shown as it came.',
    member: 'Member',
    value: 'Value',
    yes: 'yes',
    no: 'no',
    none: 'not told',
    names: {
      idCodeType: 'Kind of identifier',
      idCode: 'Identity code',
      isInEffect: 'In force',
      reason: 'Reason',
      lendersCount: 'Lenders',
      loanContractsCount: 'Loan contracts',
      guaranteedLoanContractsCount: 'Guaranteed loan contracts',
      repaymentsPaidLastAmount: 'Payments made last',
      sumOfMonthlyLeasingInstalments: 'Monthly leasing instalments',
      wagesGrossAmount: 'Wages, gross',
      wagesNetAmount: 'Wages, net',
      benefitsGrossAmount: 'Benefits, gross',
      benefitsNetAmount: 'Benefits, net',
    },
  },
  fi: {
    title: 'Luottotietorekisteriote',
    personal:
      'Tällä sivulla on henkilön tietoja selväkielisinä. Se on tarkoitettu niille, jotka päättävät tämän henkilön luotosta. Älä lähetä sivua eteenpäin, ja hävitä se, kun sitä ei enää tarvita.',
    asked: 'Kysyjä:',
    purposes: 'Käyttötarkoitus',
    reference: 'Otteen viite',
    createdAt: 'Rekisteri laati',
    answeredAt: 'Saatu',
    person: 'Henkilö',
    deceased: 'Kuolinpäivä',
    ban: 'Vapaaehtoinen luottokielto',
    summary: 'Yhteenveto',
    sums: 'Summat',
    sumOf: 'Mistä',
    sum: 'Summa',
    loans: 'Luotot',
    noLoans: 'Luottoja ei ole kerrottu.',
    loanType: 'Laji',
    contractDate: 'Sopimus',
    amount: 'Myönnetty, raja tai hinta',
    balance: 'Jäljellä tai nostettu',
    collateral: 'Vakuudet',
    delayed: 'Myöhässä olevat erät (eräpäivä)',
    foreclosed: 'Eräännytetty',
    more: (loan) => `Luoton ${loan} muut tiedot`,
    income: 'Tulot kuukausittain',
    noIncome: 'Tuloja ei ole kerrottu.',
    month: 'Kuukausi',
    rest: 'Vastauksen muut tiedot sellaisina kuin ne tulivat',
    notUnderstood: 'Vastauksesta ei tunnistettu otetta; kaikki sen tiedot näytetään sellaisina kuin ne tulivat.',
    member: 'Kenttä',
    value: 'Arvo',
    yes: 'kyllä',
    no: 'ei',
    none: 'ei kerrottu',
    names: {
      idCodeType: 'Tunnuksen laji',
      idCode: 'Henkilötunnus',
      isInEffect: 'Voimassa',
      reason: 'Syy',
      lendersCount: 'Luotonantajia',
      loanContractsCount: 'Luottosopimuksia',
      guaranteedLoanContractsCount: 'Taattuja luottosopimuksia',
      repaymentsPaidLastAmount: 'Viimeksi maksetut lyhennykset',
      sumOfMonthlyLeasingInstalments: 'Leasingmaksut kuukaudessa',
      wagesGrossAmount: 'Palkat, brutto',
      wagesNetAmount: 'Palkat, netto',
      benefitsGrossAmount: 'Etuudet, brutto',
      benefitsNetAmount: 'Etuudet, netto',
    },
  },
  sv: {
    title: 'Kreditregisterutdrag',
    personal:
      'På denna sida står en persons uppgifter i klartext. Den är för dem som beslutar om personens kredit. Sänd den inte vidare, och förstör den när den inte längre behövs.',
    asked: 'Frågat av',
    purposes: 'Användningssyfte',
    reference: 'Utdragets referens',
    createdAt: 'Gjort av registret',
    answeredAt: 'Mottaget',
    person: 'Person',
    deceased: 'Dödsdag',
    ban: 'Frivilligt kreditförbud',
    summary: 'Sammandrag',
    sums: 'Summor',
    sumOf: 'Av vad',
    sum: 'Summa',
    loans: 'Krediter',
    noLoans: 'Inga krediter är angivna.',
    loanType: 'Slag',
    contractDate: 'Avtal',
    amount: 'Beviljat, gräns eller pris',
    balance: 'Kvar eller lyft',
    collateral: 'Säkerheter',
    delayed: 'Försenade poster (förfallodag)',
    foreclosed: 'Uppsagd',
    more: (loan) => `Övriga uppgifter om kredit ${loan}`,
    income: 'Inkomster per månad',
    noIncome: 'Inga inkomster är angivna.',
    month: 'Månad',
    rest: 'Svarets övriga uppgifter så som de kom',
    notUnderstood: 'I svaret fanns inget utdrag som kunde kännas igen; allt i det visas så som det kom.',
    member: 'Fält',
    value: 'Värde',
    yes: 'ja',
    no: 'nej',
    none: 'inte angivet',
    names: {
      idCodeType: 'Slag av beteckning',
      idCode: 'Personbeteckning',
      isInEffect: 'I kraft',
      reason: 'Orsak',
      lendersCount: 'Kreditgivare',
      loanContractsCount: 'Kreditavtal',
      guaranteedLoanContractsCount: 'Kreditavtal med borgen',
      repaymentsPaidLastAmount: 'Senast betalda amorteringar',
      sumOfMonthlyLeasingInstalments: 'Leasingavgifter per månad',
      wagesGrossAmount: 'Löner, brutto',
      wagesNetAmount: 'Löner, netto',
      benefitsGrossAmount: 'Förmåner, brutto',
      benefitsNetAmount: 'Förmåner, netto',
    },
  },
};
