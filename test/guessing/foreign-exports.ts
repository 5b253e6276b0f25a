import type { BatchApi } from '../../src/contract/apis.ts';
import { artificialIdentityCode } from '../../src/lib/identity-code.ts';
import { type Encoding, encode } from '../../src/reading/encoding.ts';

/** An export of a core system that does not exist, and what a person who knows it would map. */
type ForeignExport = {
  fileName: string;
  api: BatchApi;
  bytes: Buffer;
  /** Field → column; a field that is not here must not be read from a column. */
  truth: Record<string, string>;
  /** What the author fills for codes that tell nothing: `list code` → value. */
  fills: Record<string, string>;
};

type Cells = Record<string, string>;

function table(rows: readonly Cells[], delimiter: string, quote: boolean, lineEnd: string): string {
  const names = Object.keys(rows[0] ?? {});
  const cell = (text: string) =>
    quote || text.includes(delimiter) || text.includes('"') ? `"${text.replaceAll('"', '""')}"` : text;
  return [names, ...rows.map((row) => names.map((name) => row[name] ?? ''))]
    .map((cells) => `${cells.map(cell).join(delimiter)}${lineEnd}`)
    .join('');
}

const make = (
  rows: readonly Cells[],
  {
    encoding = 'utf-8',
    delimiter = ';',
    quote = false,
    lineEnd = '\n',
    mark = '',
  }: { encoding?: Encoding; delimiter?: string; quote?: boolean; lineEnd?: string; mark?: string },
) => encode(mark + table(rows, delimiter, quote, lineEnd), encoding);

const range = (count: number) => Array.from({ length: count }, (_, i) => i);
const pick = <T>(list: readonly T[], i: number): T => list[i % list.length] as T;
const two = (n: number) => String(n).padStart(2, '0');
/** 185000.5 → `185 000,50`, the groups parted as told. */
const amount = (value: number, mark: string, group: string, scale = 2) => {
  const [whole = '', decimals] = value.toFixed(scale).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, group);
  return decimals === undefined ? grouped : `${grouped}${mark}${decimals}`;
};
const iso = (i: number, year = 2023) => `${year + (i % 3)}-${two((i % 12) + 1)}-${two((i % 28) + 1)}`;
const finnish = (i: number, year = 2023) => iso(i, year).split('-').reverse().join('.');
const packed = (i: number, year = 2023) => iso(i, year).replaceAll('-', '');

/** Finnish, windows-1252, one borrower a row, codes that tell nothing, companies among the customers. */
function kanto(): ForeignExport {
  const rows = range(60).map((i): Cells => {
    const account = i % 3 === 1;
    const company = i % 10 === 4;
    const granted = 5000 + i * 731.5;
    return {
      LAINATUNNUS: String(77_000 + i * 13).padStart(9, '0'),
      ASIAKASTYYPPI: company ? '2' : '1',
      HENKILOTUNNUS: company ? '1572860-0' : artificialIdentityCode(i),
      ASIAKKAAN_NIMI: `Öhman Väinö ${i}`,
      MYONTAMISPVM: finnish(i),
      LUOTTOLAJI: account ? 'B2' : 'A1',
      LUOTTOMAARA: account ? '' : amount(granted, ',', ' '),
      NOSTETTU_MAARA: account ? '' : amount(granted - 500, ',', ' '),
      JALJELLA_OLEVA_PAAOMA: amount(granted - 1000, ',', ' '),
      LUOTTORAJA: account ? amount(granted, ',', ' ') : '',
      SALDON_PVM: account ? finnish(i, 2024) : '',
      VIIMEINEN_ERAPVM: account ? '' : finnish(i, 2035),
      LYHENNYSVALI_KK: account ? '' : pick(['1', '3', '6'], i),
      LYHENNYSTAPA: account ? '' : pick(['TASALYHENNYS', 'ANNUITEETTI', 'KIINTEÄ TASAERÄ'], i),
      KAYTTOTARKOITUS: account ? '' : pick(['Asunto', 'Ensiasunto', 'Ajoneuvo', 'Kulutus'], i),
      KOKONAISKORKO_PROS: amount(2.5 + (i % 40) / 10, ',', '', 3),
      MARGINAALI_PROS: amount(0.45 + (i % 9) / 10, ',', '', 3),
      KORKOSIDONNAISUUS: pick(['EURIBOR 12 KK', 'EURIBOR 3 KK', 'KIINTEÄ', 'PRIME'], i),
      TOIMITUSKULUT: amount(100 + i, ',', ' '),
      VAKUUS_KE: pick(['K', 'E'], i),
      VELALLISTEN_LKM: '1',
      KSL_LUKU: pick(['7', '7A', '0'], i),
      HYODYKESIDONNAINEN: pick(['E', 'E', 'K'], i),
      SIIRTOLAINA: pick(['E', 'K'], i),
      VALUUTTAKOODI: 'EUR',
      KONTTORI: pick(['Oulu', 'Turku'], i),
      LISATIETOJA: `soitettu ${i}`,
    };
  });
  return {
    fileName: 'uudet_lainat_20260103.csv',
    api: 'AddLoans',
    bytes: make(rows, { encoding: 'windows-1252', lineEnd: '\r\n' }),
    truth: {
      reportReference: 'LAINATUNNUS',
      'loanNumber.number': 'LAINATUNNUS',
      contractDate: 'MYONTAMISPVM',
      currencyCode: 'VALUUTTAKOODI',
      oneTimeServiceFees: 'TOIMITUSKULUT',
      loanType: 'LUOTTOLAJI',
      isTransferredFromAnotherLender: 'SIIRTOLAINA',
      isLoanWithCollateral: 'VAKUUS_KE',
      borrowersCount: 'VELALLISTEN_LKM',
      'borrowers.idCode': 'HENKILOTUNNUS',
      'consumerCredit.loanConsumerProtectionAct': 'KSL_LUKU',
      'consumerCredit.isGoodsOrServicesRelatedCredit': 'HYODYKESIDONNAINEN',
      'lumpSumLoan.amountIssued': 'LUOTTOMAARA',
      'lumpSumLoan.amountPaid': 'NOSTETTU_MAARA',
      'lumpSumLoan.balance': 'JALJELLA_OLEVA_PAAOMA',
      'lumpSumLoan.plannedFinalDueDate': 'VIIMEINEN_ERAPVM',
      'lumpSumLoan.amortizationFrequency': 'LYHENNYSVALI_KK',
      'lumpSumLoan.repaymentMethod': 'LYHENNYSTAPA',
      'lumpSumLoan.purposeOfUse': 'KAYTTOTARKOITUS',
      'runningAccountLoan.creditLimit': 'LUOTTORAJA',
      'runningAccountLoan.balance': 'JALJELLA_OLEVA_PAAOMA',
      'runningAccountLoan.balanceDate': 'SALDON_PVM',
      'interest.totalInterestRatePct': 'KOKONAISKORKO_PROS',
      'interest.marginPct': 'MARGINAALI_PROS',
      'interest.interestType': 'KORKOSIDONNAISUUS',
    },
    fills: {},
  };
}

/** Swedish, UTF-8, tabs, no-break spaces in amounts, a row for each borrower. */
function skargard(): ForeignExport {
  const rows = range(40).flatMap((i) =>
    range((i % 2) + 1).map((borrower): Cells => {
      const granted = 12_000 + i * 950;
      return {
        Lånenummer: `L-${52_000 + i}`,
        Personnummer: artificialIdentityCode(i * 3 + borrower),
        'Låntagarens namn': `Sjöblom Märta ${i}`,
        Postadress: `Strandgatan ${i}`,
        Avtalsdatum: iso(i),
        Lånetyp: pick(['Bostadslån', 'Blancolån'], i),
        'Beviljat belopp': amount(granted, ',', '\u00a0'),
        'Utbetalt belopp': amount(granted - 100, ',', '\u00a0'),
        'Återstående skuld': amount(granted - 300, ',', '\u00a0'),
        Slutförfallodag: iso(i, 2037),
        'Amorteringsintervall (mån)': pick(['1', '3'], i),
        Amorteringssätt: pick(['Annuitet', 'Rak amortering', 'Fast betalning'], i),
        Låneändamål: pick(['Bostad', 'Fritidsbostad', 'Bil', 'Konsumtion'], i),
        'Räntesats %': amount(3 + (i % 20) / 8, ',', '', 3),
        Räntemarginal: amount(0.5 + (i % 5) / 10, ',', '', 2),
        Referensränta: pick(['Euribor 12 mån', 'Fast ränta', 'Bankens referensränta'], i),
        Uppläggningsavgift: amount(50 + i, ',', '\u00a0'),
        Säkerhet: pick(['Ja', 'Nej'], i),
        'Antal låntagare': String((i % 2) + 1),
        Konsumentskyddslagen: pick(['kap 7', 'kap 7a'], i),
        Valuta: 'EUR',
      };
    }),
  );
  return {
    fileName: 'nya-lån-2026-01-03.txt',
    api: 'AddLoans',
    bytes: make(rows, { delimiter: '\t', mark: '\ufeff' }),
    truth: {
      reportReference: 'Lånenummer',
      'loanNumber.number': 'Lånenummer',
      contractDate: 'Avtalsdatum',
      currencyCode: 'Valuta',
      oneTimeServiceFees: 'Uppläggningsavgift',
      loanType: 'Lånetyp',
      isLoanWithCollateral: 'Säkerhet',
      borrowersCount: 'Antal låntagare',
      'borrowers.idCode': 'Personnummer',
      'consumerCredit.loanConsumerProtectionAct': 'Konsumentskyddslagen',
      'lumpSumLoan.amountIssued': 'Beviljat belopp',
      'lumpSumLoan.amountPaid': 'Utbetalt belopp',
      'lumpSumLoan.balance': 'Återstående skuld',
      'lumpSumLoan.plannedFinalDueDate': 'Slutförfallodag',
      'lumpSumLoan.amortizationFrequency': 'Amorteringsintervall (mån)',
      'lumpSumLoan.repaymentMethod': 'Amorteringssätt',
      'lumpSumLoan.purposeOfUse': 'Låneändamål',
      'interest.totalInterestRatePct': 'Räntesats %',
      'interest.marginPct': 'Räntemarginal',
      'interest.interestType': 'Referensränta',
    },
    fills: {},
  };
}

/** English, UTF-8, quoted, decimal points, up to three borrowers in numbered columns, codes as letters. */
function harbour(): ForeignExport {
  const rows = range(50).map((i): Cells => {
    const card = i % 4 === 0;
    const principal = 3000 + i * 411;
    return {
      loan_no: `HB${90_000 + i}`,
      borrower_ssn_1: artificialIdentityCode(i * 4),
      borrower_ssn_2: i % 3 === 0 ? artificialIdentityCode(i * 4 + 1) : '',
      borrower_ssn_3: i % 9 === 0 ? artificialIdentityCode(i * 4 + 2) : '',
      no_of_borrowers: String(1 + Number(i % 3 === 0) + Number(i % 9 === 0)),
      agreement_date: iso(i),
      loan_type: card ? 'CREDIT_CARD' : 'TERM_LOAN',
      currency: pick(['EUR', 'SEK'], i),
      orig_principal: card ? 'NULL' : principal.toFixed(2),
      disbursed_amt: card ? 'NULL' : (principal - 10).toFixed(2),
      outstanding_balance: (principal - 20).toFixed(2),
      credit_limit: card ? (principal * 2).toFixed(2) : 'NULL',
      balance_date: card ? iso(i, 2024) : 'NULL',
      maturity_date: card ? 'NULL' : iso(i, 2030),
      pmt_frequency_months: card ? 'NULL' : pick(['1', '3', '12'], i),
      amortization_method: card ? 'NULL' : pick(['ANNUITY', 'EQUAL_PRINCIPAL', 'BULLET', 'X1'], i),
      loan_purpose: card ? 'NULL' : pick(['CAR', 'HOME', 'STUDIES', 'OTHER_CONSUMER'], i),
      interest_rate: (2 + (i % 30) / 7).toFixed(4),
      margin: (1 + (i % 5) / 4).toFixed(3),
      interest_type: pick(['FIXED', 'EURIBOR'], i),
      rate_reset_months: i % 2 === 0 ? 'NULL' : '12',
      setup_fee: (25 + i).toFixed(2),
      secured: pick(['true', 'false'], i),
      brand_name: pick(['Harbour Direct', 'Harbour & Sons'], i),
      created_at: `${iso(i, 2025)}T04:05:06`,
    };
  });
  return {
    fileName: 'HARBOUR_loans_new_20260103_0415.csv',
    api: 'AddLoans',
    bytes: make(rows, { delimiter: ',', quote: true }),
    truth: {
      reportReference: 'loan_no',
      'loanNumber.number': 'loan_no',
      lenderMarketingName: 'brand_name',
      contractDate: 'agreement_date',
      currencyCode: 'currency',
      oneTimeServiceFees: 'setup_fee',
      loanType: 'loan_type',
      isLoanWithCollateral: 'secured',
      borrowersCount: 'no_of_borrowers',
      'borrowers.idCode': 'borrower_ssn_{n}',
      'lumpSumLoan.amountIssued': 'orig_principal',
      'lumpSumLoan.amountPaid': 'disbursed_amt',
      'lumpSumLoan.balance': 'outstanding_balance',
      'lumpSumLoan.plannedFinalDueDate': 'maturity_date',
      'lumpSumLoan.amortizationFrequency': 'pmt_frequency_months',
      'lumpSumLoan.repaymentMethod': 'amortization_method',
      'lumpSumLoan.purposeOfUse': 'loan_purpose',
      'runningAccountLoan.creditLimit': 'credit_limit',
      'runningAccountLoan.balance': 'outstanding_balance',
      'runningAccountLoan.balanceDate': 'balance_date',
      'interest.totalInterestRatePct': 'interest_rate',
      'interest.marginPct': 'margin',
      'interest.interestType': 'interest_type',
      'interest.interestDeterminationPeriod': 'rate_reset_months',
    },
    fills: { 'repaymentMethod X1': 'Balloon' },
  };
}

/** Payments of a mainframe: yyyyMMdd, bars, the minus after the amount, payments on credit accounts among them. */
function vanha(): ForeignExport {
  const rows = range(45).map((i): Cells => {
    const account = i % 5 === 0;
    return {
      TAPNRO: `T${String(i).padStart(7, '0')}`,
      ILMLAJI: pick(['UUSI', 'UUSI', 'KORJAUS'], i),
      LUOTTONRO: String(300 + (i % 20)).padStart(8, '0'),
      LUOTTOTYYPPI: account ? 'TILILUOTTO' : 'KERTALUOTTO',
      MAKSUPV: packed(i, 2024),
      LYHENNYS: account ? '' : `${amount(100 + i, ',', '')}${i % 7 === 0 ? '-' : ''}`,
      KORKO: amount(10 + i / 10, ',', ''),
      MUUT_KULUT: amount(2.5, ',', ''),
      JALJELLA: amount(9000 - i * 10, ',', ''),
      KIRJAAJA: `virkailija ${i}`,
    };
  });
  return {
    fileName: 'LYHENNYKSET.20260103.TXT',
    api: 'Repayments',
    bytes: make(rows, { encoding: 'iso-8859-15', delimiter: '|', lineEnd: '\r\n' }),
    truth: {
      reportReference: 'TAPNRO',
      reportType: 'ILMLAJI',
      'loanNumber.number': 'LUOTTONRO',
      loanType: 'LUOTTOTYYPPI',
      'lumpSumLoanRepayment.amortizationPaid': 'LYHENNYS',
      'lumpSumLoanRepayment.interestPaid': 'KORKO',
      'lumpSumLoanRepayment.otherExpenses': 'MUUT_KULUT',
      'lumpSumLoanRepayment.balance': 'JALJELLA',
      'lumpSumLoanRepayment.paymentDate': 'MAKSUPV',
      'runningAccountLoanRepayment.interestPaid': 'KORKO',
      'runningAccountLoanRepayment.otherExpenses': 'MUUT_KULUT',
      'runningAccountLoanRepayment.balance': 'JALJELLA',
      'runningAccountLoanRepayment.balanceDate': 'MAKSUPV',
    },
    fills: {},
  };
}

/** Delays in Swedish: an instalment a row, d.M.yyyy. */
function forsenad(): ForeignExport {
  const day = (i: number, year: number) => finnish(i, year).replace(/\b0/g, '');
  const rows = range(30).flatMap((i) =>
    range((i % 3) + 1).map(
      (late): Cells => ({
        Kontonummer: String(4400 + i),
        Rapportdatum: '3.1.2026',
        Förfallodag: day(i + late, 2022),
        'Förfallet belopp': amount(150 + i + late, ',', '.'),
        Uppsagd: i % 4 === 0 ? 'J' : 'N',
        Uppsägningsdatum: i % 4 === 0 ? day(i, 2024) : '',
      }),
    ),
  );
  return {
    fileName: 'försenade_20260103.csv',
    api: 'DelayedRepayments',
    bytes: make(rows, { encoding: 'windows-1252' }),
    truth: {
      reportReference: 'Kontonummer',
      'loanNumber.number': 'Kontonummer',
      'delayedAmounts.delayedInstalment': 'Förfallet belopp',
      'delayedAmounts.originalDueDate': 'Förfallodag',
      isForeclosed: 'Uppsagd',
      foreclosureDate: 'Uppsägningsdatum',
    },
    fills: {},
  };
}

/** Endings in English, UTF-16, dd/MM/yyyy. */
function closed(): ForeignExport {
  const rows = range(35).map(
    (i): Cells => ({
      'Agreement No': `A/${700 + i}`,
      'Closing Date': iso(i).split('-').reverse().join('/'),
      'Closure Reason': pick(['Repaid', 'Sold', 'Written off'], i),
      'Closed by': `clerk ${i % 3}`,
    }),
  );
  return {
    fileName: 'closed-accounts-2026-01-03.csv',
    api: 'TerminateLoans',
    bytes: make(rows, { encoding: 'utf-16le', delimiter: '\t', mark: '\ufeff' }),
    truth: {
      reportReference: 'Agreement No',
      'loanNumber.number': 'Agreement No',
      'termination.endDate': 'Closing Date',
    },
    fills: {},
  };
}

/** Changes in Finnish: a number for each change, a row for each borrower; the same loan may change twice. */
function muutokset(): ForeignExport {
  const rows = range(30).flatMap((i) =>
    range((i % 2) + 1).map(
      (borrower): Cells => ({
        MUUTOSTUNNUS: `M${500 + i}`,
        ILMOITUSTYYPPI: pick(['UUSI', 'KORJAUS'], i),
        SOPIMUSNUMERO: String(610 + (i % 25)).padStart(10, '0'),
        VELALLINEN_HETU: artificialIdentityCode(i * 2 + borrower),
        SOPIMUSPAIVA: iso(i),
        LAINAN_ALKUPERAINEN_MAARA: amount(8000 + i, '.', ''),
        NOSTETTU_PAAOMA: amount(7000 + i, '.', ''),
        LAINASALDO: amount(6000 + i, '.', ''),
        LOPPUPVM: iso(i, 2040),
        LYHENNYSVAPAA_ALKAA1: i % 6 === 0 ? iso(i, 2026) : '',
        LYHENNYSVAPAA_PAATTYY1: i % 6 === 0 ? iso(i, 2027) : '',
        LYHENNYSVAPAA_ALKAA2: '',
        LYHENNYSVAPAA_PAATTYY2: '',
        KOROTTAJA: `käsittelijä ${i}`,
        KORKO_PROSENTTI: amount(1.5 + i / 10, '.', '', 2),
        VAKUUDELLINEN: pick(['1', '0'], i),
      }),
    ),
  );
  return {
    fileName: 'muutokset-20260103.csv',
    api: 'UpdateLoans',
    bytes: make(rows, {}),
    truth: {
      reportReference: 'MUUTOSTUNNUS',
      reportType: 'ILMOITUSTYYPPI',
      'loanNumber.number': 'SOPIMUSNUMERO',
      contractDate: 'SOPIMUSPAIVA',
      isLoanWithCollateral: 'VAKUUDELLINEN',
      borrowersCount: 'VELALLINEN_HETU',
      'borrowers.idCode': 'VELALLINEN_HETU',
      'lumpSumLoan.amountIssued': 'LAINAN_ALKUPERAINEN_MAARA',
      'lumpSumLoan.amountPaid': 'NOSTETTU_PAAOMA',
      'lumpSumLoan.balance': 'LAINASALDO',
      'lumpSumLoan.plannedFinalDueDate': 'LOPPUPVM',
      'lumpSumLoan.defermentPeriods.startDate': 'LYHENNYSVAPAA_ALKAA{n}',
      'lumpSumLoan.defermentPeriods.endDate': 'LYHENNYSVAPAA_PAATTYY{n}',
      'interest.totalInterestRatePct': 'KORKO_PROSENTTI',
    },
    fills: {},
  };
}

export const foreignExports = { kanto, skargard, harbour, vanha, forsenad, closed, muutokset };
