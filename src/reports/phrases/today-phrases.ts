import type { InEachLanguage } from '../../lib/language.ts';
import type { OpenItem } from '../page-data.ts';
import { counted, grouped } from './counted.ts';
import { nouns } from './nouns.ts';

/** What `today.html` says around the numbers. */
export type TodayPhrases = {
  /** The title of the page, after the day. */
  title: string;
  subtitle: string;
  alarms(count: number): string;
  allIsWell: string;
  settlesByItself: string;
  toDo: string;
  exports: string;
  exportsCaption: string;
  taken: string;
  export: string;
  reports: string;
  accepted: string;
  toFix: string;
  open: string;
  state: string;
  notTaken: string;
  filesLeft(count: number): string;
  firstFilesShown(count: number): string;
  file: string;
  why: string;
  leftAlone(why: string): string;
  openItems: string;
  /** Beside its number. */
  openCount: string;
  overdueCount: string;
  inDangerCount: string;
  firstItems(shown: number, total: number): string;
  soonestFirst: string;
  /** Stands after the link to `open-items.csv`. */
  hasAll: string;
  due: string;
  where: string;
  what: string;
  noDate: string;
  whatIsDue: string;
  whatIsDueCaption: string;
  lateSoFar: string;
  dueWords: Record<'overdue' | 'dueToday' | 'dueNext' | 'due', string>;
  itemStates: Record<OpenItem['state'], string>;
  lines(first: number, last: number): string;
  /** Stands before the name of `open-items.csv`. */
  everyRow: string;
  lastDays(days: number): string;
  nightNothing: string;
  nightAccepted(reports: number): string;
  nightFailed(reports: number): string;
  nightLate(reports: number): string;
  legendAccepted: string;
  legendFailed: string;
  legendLate: string;
};

const { en, fi, sv } = nouns;

/** What `today.html` says around the numbers, in each language. */
export const todayPhrases: InEachLanguage<TodayPhrases> = {
  en: {
    title: 'exports to the credit register',
    subtitle: 'exports to the Positive Credit Register',
    alarms: (count) => (count === 1 ? 'Alarm' : 'Alarms'),
    allIsWell: 'All is well: nothing to do, nothing open.',
    settlesByItself: 'Nothing to do: what is open settles by itself.',
    toDo: 'To do next',
    exports: 'Exports',
    exportsCaption: 'Those of the day, and those of earlier days that are not done; times are Finnish',
    taken: 'Taken',
    export: 'Export',
    reports: 'Reports',
    accepted: 'Accepted',
    toFix: 'To fix',
    open: 'Open',
    state: 'State',
    notTaken: 'Not taken',
    filesLeft: (count) => `${counted(count, en.file)} left in the inbox`,
    firstFilesShown: (count) => `the first ${grouped(count)} are shown`,
    file: 'File',
    why: 'Why',
    leftAlone: (why) => `left alone: ${why}`,
    openItems: 'Open items',
    openCount: 'open',
    overdueCount: 'overdue',
    inDangerCount: 'in danger',
    firstItems: (shown, total) => `The first ${grouped(shown)} of ${counted(total, en.openItem)}, soonest due first;`,
    soonestFirst: 'Soonest due first;',
    hasAll: 'has them all',
    due: 'Due',
    where: 'Where',
    what: 'What, and what to do',
    noDate: 'no date',
    whatIsDue: 'What is due',
    whatIsDueCaption: 'The earliest due day of each export that has something open',
    lateSoFar: 'Late so far',
    dueWords: { overdue: 'overdue', dueToday: 'due today', dueNext: 'due by the next banking day', due: 'due' },
    itemStates: {
      refused: 'refused',
      awaitingApproval: 'awaits approval',
      invalid: 'invalid, not sent',
      rejected: 'rejected',
      held: 'held by its loan',
      waiting: 'not sent yet',
      withRegister: 'with the register',
      unknown: 'outcome unknown',
      deferred: 'goes again later',
    },
    lines: (first, last) => (first === last ? `line ${first}` : `lines ${first}–${last}`),
    everyRow: 'Every unresolved row of every export:',
    lastDays: (days) => `The last ${days} days`,
    nightNothing: 'nothing',
    nightAccepted: (reports) => `${counted(reports, en.report)} accepted`,
    nightFailed: (reports) => `${reports === 0 ? 'none' : counted(reports, en.report)} failed`,
    nightLate: (reports) => `${counted(reports, en.report)} accepted after the due day`,
    legendAccepted: 'accepted',
    legendFailed: 'rejected or invalid, corrected since or not',
    legendLate: 'accepted after the due day',
  },
  fi: {
    title: 'aineistot luottotietorekisteriin',
    subtitle: 'aineistot positiiviseen luottotietorekisteriin',
    alarms: (count) => (count === 1 ? 'Hälytys' : 'Hälytykset'),
    allIsWell: 'Kaikki kunnossa: ei tehtävää, ei mitään auki.',
    settlesByItself: 'Ei tehtävää: avoimet asiat ratkeavat itsestään.',
    toDo: 'Tehtävää',
    exports: 'Aineistot',
    exportsCaption: 'Tämän päivän aineistot ja aiempien päivien keskeneräiset; kellonajat ovat Suomen aikaa',
    taken: 'Otettu',
    export: 'Aineisto',
    reports: 'Ilmoituksia',
    accepted: 'Hyväksytty',
    toFix: 'Korjattava',
    open: 'Avoinna',
    state: 'Tila',
    notTaken: 'Ei otettu käsittelyyn',
    filesLeft: (count) => `${counted(count, fi.file)} jäi inbox-kansioon`,
    firstFilesShown: (count) => `näytetään ${grouped(count)} ensimmäistä`,
    file: 'Tiedosto',
    why: 'Syy',
    leftAlone: (why) => `jätetty rauhaan: ${why}`,
    openItems: 'Avoimet kohdat',
    openCount: 'avoinna',
    overdueCount: 'myöhässä',
    inDangerCount: 'vaarassa myöhästyä',
    firstItems: (shown, total) =>
      `Ensimmäiset ${grouped(shown)}; yhteensä ${counted(total, fi.openItem)}, aikaisin määräpäivä ensin;`,
    soonestFirst: 'Aikaisin määräpäivä ensin;',
    hasAll: 'sisältää kaikki',
    due: 'Määräpäivä',
    where: 'Missä',
    what: 'Mitä, ja mitä tehdä',
    noDate: 'ei päivää',
    whatIsDue: 'Määräpäivät',
    whatIsDueCaption: 'Kunkin aineiston aikaisin määräpäivä, kun jotakin on avoinna',
    lateSoFar: 'Myöhässä tähän mennessä',
    dueWords: {
      overdue: 'myöhässä',
      dueToday: 'määräpäivä tänään',
      dueNext: 'määräpäivä viimeistään seuraavana pankkipäivänä',
      due: 'määräpäivä',
    },
    itemStates: {
      refused: 'hylätty kokonaan',
      awaitingApproval: 'odottaa lähetyslupaa',
      invalid: 'virheellinen, ei lähetetty',
      rejected: 'rekisteri hylkäsi',
      held: 'odottaa luottoaan',
      waiting: 'ei vielä lähetetty',
      withRegister: 'rekisterin käsiteltävänä',
      unknown: 'tulos ei ole tiedossa',
      deferred: 'lähtee uudelleen myöhemmin',
    },
    lines: (first, last) => (first === last ? `rivi ${first}` : `rivit ${first}–${last}`),
    everyRow: 'Kaikkien aineistojen kaikki avoimet rivit:',
    lastDays: (days) => `Viimeiset ${days} päivää`,
    nightNothing: 'ei mitään',
    nightAccepted: (reports) => `${counted(reports, fi.report)} hyväksytty`,
    nightFailed: (reports) =>
      reports === 0 ? 'yksikään ei epäonnistunut' : `${counted(reports, fi.report)} epäonnistui`,
    nightLate: (reports) => `${counted(reports, fi.report)} hyväksytty määräpäivän jälkeen`,
    legendAccepted: 'hyväksytty',
    legendFailed: 'hylätty tai virheellinen, sittemmin korjattu tai ei',
    legendLate: 'hyväksytty määräpäivän jälkeen',
  },
  sv: {
    title: 'material till kreditupplysningsregistret',
    subtitle: 'material till positiva kreditupplysningsregistret',
    alarms: () => 'Larm',
    allIsWell: 'Allt är i sin ordning: inget att göra, inget öppet.',
    settlesByItself: 'Inget att göra: det som är öppet ordnar sig av sig självt.',
    toDo: 'Att göra',
    exports: 'Material',
    exportsCaption: 'Dagens material och tidigare dagars material som inte är klara; tiderna är finsk tid',
    taken: 'Mottaget',
    export: 'Material',
    reports: 'Anmälningar',
    accepted: 'Godkända',
    toFix: 'Att rätta',
    open: 'Öppna',
    state: 'Läge',
    notTaken: 'Inte mottagna',
    filesLeft: (count) => `${counted(count, sv.file)} ligger kvar i mappen inbox`,
    firstFilesShown: (count) => `de första ${grouped(count)} visas`,
    file: 'Fil',
    why: 'Varför',
    leftAlone: (why) => `lämnad i fred: ${why}`,
    openItems: 'Öppna punkter',
    openCount: 'öppna',
    overdueCount: 'försenade',
    inDangerCount: 'i fara att bli försenade',
    firstItems: (shown, total) =>
      `De första ${grouped(shown)} av ${counted(total, sv.openItem)}, närmaste tidsfrist först;`,
    soonestFirst: 'Närmaste tidsfrist först;',
    hasAll: 'innehåller alla',
    due: 'Senast',
    where: 'Var',
    what: 'Vad, och vad som ska göras',
    noDate: 'inget datum',
    whatIsDue: 'Tidsfrister',
    whatIsDueCaption: 'Den närmaste tidsfristen för varje material där något är öppet',
    lateSoFar: 'Försenade hittills',
    dueWords: { overdue: 'försenad', dueToday: 'senast i dag', dueNext: 'senast nästa bankdag', due: 'senast' },
    itemStates: {
      refused: 'avvisat som helhet',
      awaitingApproval: 'väntar på klartecken',
      invalid: 'felaktig, inte sänd',
      rejected: 'avvisad av registret',
      held: 'väntar på sin kredit',
      waiting: 'inte sänd ännu',
      withRegister: 'hos registret',
      unknown: 'utfallet okänt',
      deferred: 'sänds på nytt senare',
    },
    lines: (first, last) => (first === last ? `rad ${first}` : `raderna ${first}–${last}`),
    everyRow: 'Alla öppna rader i alla material:',
    lastDays: (days) => `De senaste ${days} dagarna`,
    nightNothing: 'ingenting',
    nightAccepted: (reports) => `${counted(reports, sv.report)} ${reports === 1 ? 'godkänd' : 'godkända'}`,
    nightFailed: (reports) => (reports === 0 ? 'ingen misslyckades' : `${counted(reports, sv.report)} misslyckades`),
    nightLate: (reports) =>
      `${counted(reports, sv.report)} ${reports === 1 ? 'godkänd' : 'godkända'} efter tidsfristen`,
    legendAccepted: 'godkända',
    legendFailed: 'avvisade eller felaktiga, rättade sedan eller inte',
    legendLate: 'godkända efter tidsfristen',
  },
};
