import type { InEachLanguage } from '../../lib/language.ts';
import type { Receipt } from '../receipt.ts';
import { counted, grouped } from './counted.ts';
import { nouns } from './nouns.ts';

type Outcome = keyof Pick<Receipt['counts'], 'accepted' | 'rejected' | 'invalid' | 'pending' | 'unknown' | 'held'>;

/** What `summary.html` says around the numbers. */
export type SummaryPhrases = {
  notFinalTag: string;
  /** Stands before the time at which the export was taken. */
  taken: string;
  againAs(name: string, day: string): string;
  nextStep: string;
  notAccountedFor: string;
  theCounts: string;
  openToFix: string;
  notFinalYet: string;
  /** Stands before the name of the export that this one corrects. */
  corrects: string;
  correctedBy: string;
  deadlines: string;
  noDeadline: string;
  inTime: string;
  late: string;
  earliestDue: string;
  noDue: string;
  goesAgain: string;
  outcome: string;
  outcomeOf(reports: number): string;
  /** Each beside its number, or alone. */
  outcomes: Record<Outcome, string>;
  findings: string;
  times(count: number): string;
  lines(numbers: string, count: number): string;
  andMore: string;
  /** Stands before the name of `errors.csv`. */
  everyFinding: string;
  counts: string;
  sumsHold: string;
  sumsDoNotHold: string;
  part: string;
  count: string;
  rowsOfExport: string;
  inReports: string;
  skippedRows: string;
  invalidRows: string;
  rejected: string;
  held: string;
  read: string;
  reportsMade: string;
  built: string;
  skipped: string;
  skippedCaption: string;
  rule: string;
  why: string;
  rows: string;
  batches: string;
  noBatch: string;
  batchCount(count: number): string;
  /** Stands before `receipt.json has all.` */
  batchesShown(shown: number): string;
  hasAll: string;
  finnishTimes: string;
  reference: string;
  status: string;
  sent: string;
  reported: string;
  attempts: string;
  sentAt: string;
  verdictAt: string;
  notKnown: string;
  notYet: string;
  files: string;
  /** Stands after the link to `today.html`. */
  wholeDay: string;
  smallPrint: string;
  file: string;
  bytes(count: number): string;
  rowCount(count: number | null): string;
  mapping: string;
  environment: string;
  owner: string;
  tool: string;
};

const { en, fi, sv } = nouns;

/** What `summary.html` says around the numbers, in each language. */
export const summaryPhrases: InEachLanguage<SummaryPhrases> = {
  en: {
    notFinalTag: 'not final yet',
    taken: 'taken',
    againAs: (name, day) => `The same bytes came before, as ${name} on ${day}.`,
    nextStep: 'Next step:',
    notAccountedFor: 'Rows or reports are not all accounted for: see',
    theCounts: 'the counts',
    openToFix: 'Open restricted/to-fix.csv',
    notFinalYet: 'Not final yet: this page is written anew as soon as more is known.',
    corrects: 'This export corrects',
    correctedBy: 'Corrected by',
    deadlines: 'Deadlines',
    noDeadline: 'No deadline runs for this export.',
    inTime: 'reported in time',
    late: 'late',
    earliestDue: 'earliest due of what is open',
    noDue: 'none',
    goesAgain: 'the next report goes again by itself',
    outcome: 'What became of the reports',
    outcomeOf: (reports) => `Outcome of ${counted(reports, en.report)}`,
    outcomes: {
      accepted: 'accepted',
      rejected: 'rejected by the register',
      invalid: 'invalid, not sent',
      pending: 'pending',
      unknown: 'outcome unknown',
      held: 'held by their loan',
    },
    findings: 'Findings',
    times: (count) => (count === 1 ? 'once' : counted(count, en.time)),
    lines: (numbers, count) => `${count === 1 ? 'line' : 'lines'} ${numbers}`,
    andMore: 'and more',
    everyFinding: 'Every one of them, with line and column:',
    counts: 'Counts that add up',
    sumsHold: 'the sums hold',
    sumsDoNotHold: 'THE SUMS DO NOT HOLD',
    part: 'part',
    count: 'count',
    rowsOfExport: 'Rows of the export',
    inReports: 'in reports',
    skippedRows: 'skipped by rule',
    invalidRows: 'invalid, in no report',
    rejected: 'rejected',
    held: 'held',
    read: 'read',
    reportsMade: 'Reports made of the rows',
    built: 'built',
    skipped: 'Skipped by rule',
    skippedCaption: 'Rows the mapping leaves out, and why',
    rule: 'Rule',
    why: 'Why',
    rows: 'Rows',
    batches: 'Batches',
    noBatch: 'No batch was made of this export.',
    batchCount: (count) => `${counted(count, en.batch)}.`,
    batchesShown: (shown) => `${grouped(shown)} are shown, those without a verdict first;`,
    hasAll: 'has all.',
    finnishTimes: 'Times are Finnish.',
    reference: 'Reference',
    status: 'Status',
    sent: 'Sent',
    reported: 'Reported',
    attempts: 'Attempts',
    sentAt: 'Sent at',
    verdictAt: 'Verdict at',
    notKnown: 'not known',
    notYet: 'not yet',
    files: 'Files beside this page',
    wholeDay: 'the whole day',
    smallPrint: 'Small print',
    file: 'File',
    bytes: (count) => counted(count, en.byte),
    rowCount: (count) => (count === null ? 'rows not known' : counted(count, en.row)),
    mapping: 'Mapping',
    environment: 'Environment',
    owner: 'Owner',
    tool: 'Tool',
  },
  fi: {
    notFinalTag: 'ei vielä lopullinen',
    taken: 'otettu käsittelyyn',
    againAs: (name, day) => `Samat tavut tulivat jo aiemmin: ${name}, ${day}.`,
    nextStep: 'Seuraavaksi:',
    notAccountedFor: 'Osa riveistä tai ilmoituksista puuttuu laskelmasta: katso',
    theCounts: 'luvut',
    openToFix: 'Avaa restricted/to-fix.csv',
    notFinalYet: 'Ei vielä lopullinen: tämä sivu kirjoitetaan uudelleen heti, kun tiedetään lisää.',
    corrects: 'Tämä aineisto korjaa aineistoa',
    correctedBy: 'Korjaava aineisto:',
    deadlines: 'Määräajat',
    noDeadline: 'Tällä aineistolla ei ole määräaikoja.',
    inTime: 'ilmoitettu ajoissa',
    late: 'myöhässä',
    earliestDue: 'avointen aikaisin määräpäivä',
    noDue: 'ei ole',
    goesAgain: 'seuraava ilmoitus lähtee itsestään uudelleen',
    outcome: 'Miten ilmoituksille kävi',
    outcomeOf: (reports) => `${counted(reports, fi.report)}, tulokset`,
    outcomes: {
      accepted: 'hyväksytty',
      rejected: 'rekisterin hylkäämä',
      invalid: 'virheellinen, ei lähetetty',
      pending: 'kesken',
      unknown: 'tulos ei ole tiedossa',
      held: 'odottaa luottoaan',
    },
    findings: 'Huomautukset',
    times: (count) => (count === 1 ? 'kerran' : counted(count, fi.time)),
    lines: (numbers, count) => `${count === 1 ? 'rivi' : 'rivit'} ${numbers}`,
    andMore: 'ja muita',
    everyFinding: 'Kaikki huomautukset riveineen ja sarakkeineen:',
    counts: 'Luvut täsmäävät',
    sumsHold: 'summat täsmäävät',
    sumsDoNotHold: 'SUMMAT EIVÄT TÄSMÄÄ',
    part: 'osa',
    count: 'määrä',
    rowsOfExport: 'Aineiston rivit',
    inReports: 'ilmoituksissa',
    skippedRows: 'ohitettu säännön mukaan',
    invalidRows: 'virheellinen, ei missään ilmoituksessa',
    rejected: 'hylätty',
    held: 'odottaa luottoaan',
    read: 'luettu',
    reportsMade: 'Riveistä tehdyt ilmoitukset',
    built: 'muodostettu',
    skipped: 'Ohitettu säännön mukaan',
    skippedCaption: 'Rivit, jotka muunnosmääritys jättää pois, ja syy',
    rule: 'Sääntö',
    why: 'Syy',
    rows: 'Rivejä',
    batches: 'Erät',
    noBatch: 'Tästä aineistosta ei tehty yhtään erää.',
    batchCount: (count) => `${counted(count, fi.batch)}.`,
    batchesShown: (shown) => `Näytetään ${grouped(shown)}, vastausta vailla olevat ensin; kaikki:`,
    hasAll: '',
    finnishTimes: 'Kellonajat ovat Suomen aikaa.',
    reference: 'Viite',
    status: 'Tila',
    sent: 'Lähetetty',
    reported: 'Rekisterin luku',
    attempts: 'Yritykset',
    sentAt: 'Lähetysaika',
    verdictAt: 'Vastausaika',
    notKnown: 'ei tiedossa',
    notYet: 'ei vielä',
    files: 'Tiedostot tämän sivun vieressä',
    wholeDay: 'koko päivä',
    smallPrint: 'Tarkemmat tiedot',
    file: 'Tiedosto',
    bytes: (count) => counted(count, fi.byte),
    rowCount: (count) => (count === null ? 'rivimäärä ei ole tiedossa' : counted(count, fi.row)),
    mapping: 'Muunnosmääritys',
    environment: 'Ympäristö',
    owner: 'Ilmoitusvelvollinen',
    tool: 'Ohjelma',
  },
  sv: {
    notFinalTag: 'inte slutlig ännu',
    taken: 'mottaget',
    againAs: (name, day) => `Samma byte har kommit förut: ${name}, ${day}.`,
    nextStep: 'Nästa steg:',
    notAccountedFor: 'Alla rader eller anmälningar är inte redovisade: se',
    theCounts: 'antalen',
    openToFix: 'Öppna restricted/to-fix.csv',
    notFinalYet: 'Inte slutlig ännu: sidan skrivs på nytt så snart mer är känt.',
    corrects: 'Detta material rättar',
    correctedBy: 'Rättat av',
    deadlines: 'Tidsfrister',
    noDeadline: 'Ingen tidsfrist löper för detta material.',
    inTime: 'anmälda i tid',
    late: 'försenade',
    earliestDue: 'närmaste tidsfrist för det som är öppet',
    noDue: 'ingen',
    goesAgain: 'nästa anmälan sänds på nytt av sig själv',
    outcome: 'Hur det gick för anmälningarna',
    outcomeOf: (reports) => `Utfallet för ${counted(reports, sv.report)}`,
    outcomes: {
      accepted: 'godkända',
      rejected: 'avvisade av registret',
      invalid: 'felaktiga, inte sända',
      pending: 'under behandling',
      unknown: 'utfallet okänt',
      held: 'väntar på sin kredit',
    },
    findings: 'Anmärkningar',
    times: (count) => (count === 1 ? 'en gång' : counted(count, sv.time)),
    lines: (numbers, count) => `${count === 1 ? 'rad' : 'raderna'} ${numbers}`,
    andMore: 'med flera',
    everyFinding: 'Alla anmärkningar med rad och kolumn:',
    counts: 'Antalen går ihop',
    sumsHold: 'summorna stämmer',
    sumsDoNotHold: 'SUMMORNA STÄMMER INTE',
    part: 'del',
    count: 'antal',
    rowsOfExport: 'Materialets rader',
    inReports: 'i anmälningar',
    skippedRows: 'överhoppade enligt regel',
    invalidRows: 'felaktiga, inte i någon anmälan',
    rejected: 'avvisade',
    held: 'väntar på sin kredit',
    read: 'lästa',
    reportsMade: 'Anmälningar av raderna',
    built: 'bildade',
    skipped: 'Överhoppade enligt regel',
    skippedCaption: 'Rader som mappningen lämnar bort, och varför',
    rule: 'Regel',
    why: 'Varför',
    rows: 'Rader',
    batches: 'Sändningar',
    noBatch: 'Ingen sändning gjordes av detta material.',
    batchCount: (count) => `${counted(count, sv.batch)}.`,
    batchesShown: (shown) => `${grouped(shown)} visas, de utan svar först; alla finns i`,
    hasAll: '',
    finnishTimes: 'Tiderna är finsk tid.',
    reference: 'Referens',
    status: 'Status',
    sent: 'Sända',
    reported: 'Registrets antal',
    attempts: 'Försök',
    sentAt: 'Sänd kl.',
    verdictAt: 'Svar kl.',
    notKnown: 'okänt',
    notYet: 'inte ännu',
    files: 'Filer bredvid denna sida',
    wholeDay: 'hela dagen',
    smallPrint: 'Närmare uppgifter',
    file: 'Fil',
    bytes: (count) => counted(count, sv.byte),
    rowCount: (count) => (count === null ? 'antalet rader är okänt' : counted(count, sv.row)),
    mapping: 'Mappning',
    environment: 'Miljö',
    owner: 'Anmälningsskyldig',
    tool: 'Program',
  },
};
