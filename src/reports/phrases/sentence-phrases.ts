import type { InEachLanguage } from '../../lib/language.ts';
import { counted, grouped } from './counted.ts';
import { nouns } from './nouns.ts';

/** What is said of one report, of many beside their number, and of all of them. */
export type ClauseWords = readonly [one: string, many: string, all: string];

type SentencePhrases = {
  accepted: ClauseWords;
  answered: ClauseWords;
  needFixing: ClauseWords;
  settled: ClauseWords;
  awaitApproval: ClauseWords;
  areSent: ClauseWords;
  goAgain: ClauseWords;
  withRegister: ClauseWords;
  unanswered: ClauseWords;
  unknown: ClauseWords;
  held: ClauseWords;
  sumsDoNotHold: string;
  withdrawn: string;
  refused: string;
  /** @param noun what there is none of, as it stands after "no" */
  none(noun: string): string;
  rowsToFix(rows: number): string;
  rowsResolved(rows: number): string;
  exportsToday(exports: number): string;
  rowsInNoReport(rows: number): string;
  exportsUnbalanced(exports: number): string;
  exportsRefused(exports: number): string;
  exportsWithdrawn(exports: number): string;
  exportsOfEarlierDays(exports: number): string;
};

const { en, fi, sv } = nouns;

/** The sentences on an export and on a day, in each language. */
export const sentencePhrases: InEachLanguage<SentencePhrases> = {
  en: {
    accepted: ['accepted', 'accepted', 'all accepted'],
    answered: ['answered', 'answered', 'all answered'],
    needFixing: ['needs fixing', 'need fixing', 'all need fixing'],
    settled: ['corrected or resolved since', 'corrected or resolved since', 'all corrected or resolved since'],
    awaitApproval: ['waits for approval', 'wait for approval', 'all wait for approval'],
    areSent: ['is being sent', 'are being sent', 'all are being sent'],
    goAgain: ['goes again on a later day', 'go again on a later day', 'all go again on a later day'],
    withRegister: ['waits for the register', 'wait for the register', 'all wait for the register'],
    unanswered: ['is not answered yet', 'are not answered yet', 'none answered yet'],
    unknown: ['has an unknown outcome', 'have an unknown outcome', 'all have an unknown outcome'],
    held: [
      'is held until its loan is accepted',
      'are held until their loans are accepted',
      'all are held until their loans are accepted',
    ],
    sumsDoNotHold: 'The sums do not hold: nothing of this export counts as done',
    withdrawn: 'Withdrawn: nothing of this export was sent to the register',
    refused: 'Refused: nothing of this export was sent to the register',
    none: (noun) => `No ${noun} in this export`,
    rowsToFix: (rows) =>
      `${counted(rows, en.row)} ${rows === 1 ? 'belongs to no report and needs fixing' : 'belong to no report and need fixing'}`,
    rowsResolved: (rows) =>
      `${counted(rows, en.row)} ${rows === 1 ? 'belongs to no report and was resolved' : 'belong to no report and were resolved'}`,
    exportsToday: (exports) => (exports === 0 ? 'No export has come today' : `${counted(exports, en.export)} today`),
    rowsInNoReport: (rows) => `${counted(rows, en.row)} ${rows === 1 ? 'belongs' : 'belong'} to no report`,
    exportsUnbalanced: (exports) => `the sums of ${counted(exports, en.export)} do not hold`,
    exportsRefused: (exports) => `${counted(exports, en.export)} ${exports === 1 ? 'was' : 'were'} refused`,
    exportsWithdrawn: (exports) => `${counted(exports, en.export)} ${exports === 1 ? 'was' : 'were'} withdrawn`,
    exportsOfEarlierDays: (exports) =>
      `${counted(exports, en.export)} of earlier days ${exports === 1 ? 'is' : 'are'} not done yet`,
  },
  fi: {
    accepted: ['hyväksytty', 'hyväksytty', 'kaikki hyväksytty'],
    answered: ['sai vastauksen', 'sai vastauksen', 'kaikki saivat vastauksen'],
    needFixing: ['on korjattava', 'on korjattava', 'kaikki on korjattava'],
    settled: ['korjattu tai selvitetty', 'korjattu tai selvitetty', 'kaikki korjattu tai selvitetty'],
    awaitApproval: ['odottaa lähetyslupaa', 'odottaa lähetyslupaa', 'kaikki odottavat lähetyslupaa'],
    areSent: ['on matkalla', 'on matkalla', 'kaikki ovat matkalla'],
    goAgain: ['lähtee uudelleen myöhemmin', 'lähtee uudelleen myöhemmin', 'kaikki lähtevät uudelleen myöhemmin'],
    withRegister: [
      'odottaa rekisterin vastausta',
      'odottaa rekisterin vastausta',
      'kaikki odottavat rekisterin vastausta',
    ],
    unanswered: ['on vielä vailla vastausta', 'on vielä vailla vastausta', 'kaikki ovat vielä vailla vastausta'],
    unknown: ['on ilman tietoa tuloksesta', 'on ilman tietoa tuloksesta', 'kaikki ovat ilman tietoa tuloksesta'],
    held: [
      'odottaa luottonsa hyväksymistä',
      'odottaa luottonsa hyväksymistä',
      'kaikki odottavat luottonsa hyväksymistä',
    ],
    sumsDoNotHold: 'Summat eivät täsmää: mitään tästä aineistosta ei lasketa valmiiksi',
    withdrawn: 'Peruttu: tästä aineistosta ei lähetetty rekisteriin mitään',
    refused: 'Hylätty kokonaan: tästä aineistosta ei lähetetty rekisteriin mitään',
    none: (noun) => `Tässä aineistossa ei ole ${noun}`,
    rowsToFix: (rows) =>
      `${counted(rows, fi.row)} ei kuulu mihinkään ilmoitukseen, ja ${rows === 1 ? 'se' : 'ne'} on korjattava`,
    rowsResolved: (rows) =>
      `${counted(rows, fi.row)} ei kuulu mihinkään ilmoitukseen, ja ${rows === 1 ? 'se' : 'ne'} on selvitetty`,
    exportsToday: (exports) =>
      exports === 0 ? 'Tänään ei ole tullut aineistoja' : `${counted(exports, fi.export)} tänään`,
    rowsInNoReport: (rows) => `${counted(rows, fi.row)} ei kuulu mihinkään ilmoitukseen`,
    exportsUnbalanced: (exports) => `${grouped(exports)} aineiston summat eivät täsmää`,
    exportsRefused: (exports) => `${counted(exports, fi.export)} hylättiin kokonaan`,
    exportsWithdrawn: (exports) => `${counted(exports, fi.export)} peruttiin`,
    exportsOfEarlierDays: (exports) => `${counted(exports, fi.export)} aiemmilta päiviltä on vielä kesken`,
  },
  sv: {
    accepted: ['godkänd', 'godkända', 'alla godkända'],
    answered: ['besvarad', 'besvarade', 'alla besvarade'],
    needFixing: ['måste rättas', 'måste rättas', 'alla måste rättas'],
    settled: ['rättad eller utredd', 'rättade eller utredda', 'alla rättade eller utredda'],
    awaitApproval: ['väntar på klartecken', 'väntar på klartecken', 'alla väntar på klartecken'],
    areSent: ['är på väg', 'är på väg', 'alla är på väg'],
    goAgain: ['sänds på nytt senare', 'sänds på nytt senare', 'alla sänds på nytt senare'],
    withRegister: ['väntar på registrets svar', 'väntar på registrets svar', 'alla väntar på registrets svar'],
    unanswered: ['är inte besvarad ännu', 'är inte besvarade ännu', 'ingen besvarad ännu'],
    unknown: ['har okänt utfall', 'har okänt utfall', 'alla har okänt utfall'],
    held: [
      'väntar på att krediten godkänns',
      'väntar på att krediten godkänns',
      'alla väntar på att krediten godkänns',
    ],
    sumsDoNotHold: 'Summorna stämmer inte: ingenting i detta material räknas som klart',
    withdrawn: 'Återtaget: ingenting i detta material sändes till registret',
    refused: 'Avvisat som helhet: ingenting i detta material sändes till registret',
    none: (noun) => `Inga ${noun} i detta material`,
    rowsToFix: (rows) => `${counted(rows, sv.row)} hör inte till någon anmälan och måste rättas`,
    rowsResolved: (rows) => `${counted(rows, sv.row)} hör inte till någon anmälan och har utretts`,
    exportsToday: (exports) =>
      exports === 0 ? 'Inget material har kommit i dag' : `${counted(exports, sv.export)} i dag`,
    rowsInNoReport: (rows) => `${counted(rows, sv.row)} hör inte till någon anmälan`,
    exportsUnbalanced: (exports) => `summorna i ${counted(exports, sv.export)} stämmer inte`,
    exportsRefused: (exports) => `${counted(exports, sv.export)} avvisades som helhet`,
    exportsWithdrawn: (exports) => `${counted(exports, sv.export)} återtogs`,
    exportsOfEarlierDays: (exports) =>
      `${counted(exports, sv.export)} från tidigare dagar är inte ${exports === 1 ? 'klart' : 'klara'}`,
  },
};
