import type { InEachLanguage } from '../../lib/language.ts';
import { counted } from './counted.ts';
import { nouns } from './nouns.ts';

/** What the pages say of deadlines, and of how fast verdicts come. */
export type DeadlinePhrases = {
  /** Each beside its number. */
  standing: Record<'met' | 'late' | 'open' | 'timeLeft' | 'inDanger' | 'overdue', string>;
  /** Before what is to be done. */
  urgent: Record<'overdue' | 'inDanger', string>;
  barTitle: string;
  /** Stands before due days, each with its number. */
  openDue: string;
  /** Stands before the link to `today.html`. */
  seeToday: string;
  deadlines: string;
  barOfDays(days: number): string;
  inDangerMeans: string;
  openByDueDay: string;
  openByDueDayCaption(days: number): string;
  openByDueDayCut(days: number, shown: number): string;
  dueDay: string;
  open: string;
  noDueDay: string;
  laterDays(days: number): string;
  verdictTimes: string;
  verdictTimesOf(days: number): string;
  verdictsOf(batches: number, median: string, slowest: string): string;
  noVerdict: string;
  median: string;
  slowest: string;
  asTable: string;
  tableCaption: string;
  day: string;
  accepted: string;
  failed: string;
  doneLate: string;
  batches: string;
  severalDays: string;
};

const { en, fi, sv } = nouns;

/** What the pages say of deadlines, in each language. */
export const deadlinePhrases: InEachLanguage<DeadlinePhrases> = {
  en: {
    standing: {
      met: 'reported on time',
      late: 'reported late',
      open: 'open',
      timeLeft: 'open with time left',
      inDanger: 'open and in danger',
      overdue: 'open and overdue',
    },
    urgent: { overdue: 'overdue', inDanger: 'in danger of being late' },
    barTitle: 'Reports that have a due day',
    openDue: 'Open, by due day:',
    seeToday: 'What of it is overdue or in danger today is told by',
    deadlines: 'Deadlines',
    barOfDays: (days) =>
      `Reports with a due day: what was accepted of the exports of the last ${days} days, and everything that is open.`,
    inDangerMeans: 'In danger: due today or by the next banking day.',
    openByDueDay: 'Open items by due day',
    openByDueDayCaption: (days) => `${days === 1 ? '1 due day' : `${days} due days`}, soonest first`,
    openByDueDayCut: (days, shown) => `The first ${shown} of ${days} due days, soonest first; all items are in`,
    dueDay: 'Due day',
    open: 'Open',
    noDueDay: 'no due day',
    laterDays: (days) => (days === 1 ? '1 later day' : `${days} later days`),
    verdictTimes: 'From sending to verdict',
    verdictTimesOf: (days) => `How long the register took for its verdicts in the last ${days} days`,
    verdictsOf: (batches, median, slowest) =>
      batches === 1 ? `1 batch, ${median}` : `${counted(batches, en.batch)}, median ${median}, slowest ${slowest}`,
    noVerdict: 'no verdict',
    median: 'median',
    slowest: 'slowest',
    asTable: 'These days as a table',
    tableCaption: 'Days on which something came, by the day on which the export was taken',
    day: 'Day',
    accepted: 'Accepted',
    failed: 'Failed',
    doneLate: 'Late',
    batches: 'Batches',
    severalDays: 'days',
  },
  fi: {
    standing: {
      met: 'ilmoitettu ajoissa',
      late: 'ilmoitettu myöhässä',
      open: 'avoinna',
      timeLeft: 'avoinna, aikaa jäljellä',
      inDanger: 'avoinna, vaarassa myöhästyä',
      overdue: 'avoinna, myöhässä',
    },
    urgent: { overdue: 'myöhässä', inDanger: 'vaarassa myöhästyä' },
    barTitle: 'Ilmoitukset, joilla on määräpäivä',
    openDue: 'Avoinna määräpäivittäin:',
    seeToday: 'Mikä niistä on tänään myöhässä tai vaarassa myöhästyä:',
    deadlines: 'Määräpäivissä pysyminen',
    barOfDays: (days) =>
      `Ilmoitukset, joilla on määräpäivä: viimeisten ${days} päivän aineistoista hyväksytyt ja kaikki avoimet.`,
    inDangerMeans: 'Vaarassa myöhästyä: määräpäivä on tänään tai viimeistään seuraavana pankkipäivänä.',
    openByDueDay: 'Avoimet kohdat määräpäivittäin',
    openByDueDayCaption: (days) => `${days === 1 ? '1 määräpäivä' : `${days} määräpäivää`}, aikaisin ensin`,
    openByDueDayCut: (days, shown) =>
      `Ensimmäiset ${shown}; yhteensä ${days} määräpäivää, aikaisin ensin; kaikki kohdat sisältää`,
    dueDay: 'Määräpäivä',
    open: 'Avoinna',
    noDueDay: 'ei määräpäivää',
    laterDays: (days) => (days === 1 ? '1 myöhempi päivä' : `${days} myöhempää päivää`),
    verdictTimes: 'Lähetyksestä vastaukseen',
    verdictTimesOf: (days) => `Kuinka kauan rekisterin vastaukset kestivät viimeisten ${days} päivän aikana`,
    verdictsOf: (batches, median, slowest) =>
      batches === 1 ? `1 erä, ${median}` : `${counted(batches, fi.batch)}, mediaani ${median}, hitain ${slowest}`,
    noVerdict: 'ei vastauksia',
    median: 'mediaani',
    slowest: 'hitain',
    asTable: 'Nämä päivät taulukkona',
    tableCaption: 'Päivät, joina jotakin tuli, aineiston ottopäivän mukaan',
    day: 'Päivä',
    accepted: 'Hyväksytty',
    failed: 'Epäonnistunut',
    doneLate: 'Myöhässä',
    batches: 'Eriä',
    severalDays: 'vrk',
  },
  sv: {
    standing: {
      met: 'anmälda i tid',
      late: 'anmälda efter tidsfristen',
      open: 'öppna',
      timeLeft: 'öppna, tid kvar',
      inDanger: 'öppna, i fara att bli försenade',
      overdue: 'öppna, försenade',
    },
    urgent: { overdue: 'försenad', inDanger: 'i fara att bli försenad' },
    barTitle: 'Anmälningar som har en tidsfrist',
    openDue: 'Öppna per tidsfrist:',
    seeToday: 'Vad av detta som i dag är försenat eller i fara:',
    deadlines: 'Hur tidsfristerna hålls',
    barOfDays: (days) =>
      `Anmälningar med tidsfrist: de godkända i material från de senaste ${days} dagarna, och allt som är öppet.`,
    inDangerMeans: 'I fara: senast i dag eller nästa bankdag.',
    openByDueDay: 'Öppna punkter per tidsfrist',
    openByDueDayCaption: (days) => `${days === 1 ? '1 dag' : `${days} dagar`}, närmaste först`,
    openByDueDayCut: (days, shown) => `De första ${shown} av ${days} dagar, närmaste först; alla punkter finns i`,
    dueDay: 'Senast',
    open: 'Öppna',
    noDueDay: 'ingen tidsfrist',
    laterDays: (days) => (days === 1 ? '1 senare dag' : `${days} senare dagar`),
    verdictTimes: 'Från sändning till svar',
    verdictTimesOf: (days) => `Hur länge registrets svar dröjde under de senaste ${days} dagarna`,
    verdictsOf: (batches, median, slowest) =>
      batches === 1
        ? `1 sändning, ${median}`
        : `${counted(batches, sv.batch)}, median ${median}, långsammast ${slowest}`,
    noVerdict: 'inga svar',
    median: 'median',
    slowest: 'långsammast',
    asTable: 'Dessa dagar som tabell',
    tableCaption: 'Dagar då något kom, enligt den dag då materialet togs emot',
    day: 'Dag',
    accepted: 'Godkända',
    failed: 'Misslyckade',
    doneLate: 'Försenade',
    batches: 'Sändningar',
    severalDays: 'dygn',
  },
};
