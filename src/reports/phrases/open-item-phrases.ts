import type { InEachLanguage } from '../../lib/language.ts';
import type { OpenItem } from '../page-data.ts';
import { shortDay } from '../pages/days.ts';

type OpenItemPhrases = {
  /** What is said of an item that no finding explains. */
  sentences: Record<OpenItem['state'], string>;
  reportFault: string;
  correctExport: string;
  correctWhenGone: string;
  seeRegister: string;
  correctRow: string;
  correctIn(file: string): string;
  leavesWithLoan: string;
  goesOn: string;
  isAsked: string;
  sentAgain: string;
  /** @param day `yyyy-mm-dd` */
  sentAgainOn(day: string): string;
};

/** What `open-items.csv` says of an item, and what to do about it, in each language. */
export const openItemPhrases: InEachLanguage<OpenItemPhrases> = {
  en: {
    sentences: {
      refused: 'The export was refused whole.',
      awaitingApproval: 'The export is unusual: nothing of it is sent before somebody approves it.',
      invalid: 'The row was not sent.',
      rejected: 'The register rejected the report.',
      held: 'The loan itself was not accepted.',
      waiting: 'Not sent yet.',
      withRegister: 'The register has not given its verdict.',
      unknown: 'Whether the register has it is not known.',
      deferred: 'The register does not know the person yet.',
    },
    reportFault: 'report the fault: the bytes are in the archive, the log is beside it',
    correctExport: 'correct the export and drop it again',
    correctWhenGone: 'correct whenGone in the mapping: the report is made again from the next export',
    seeRegister: 'see what the register holds of the loan; it is not reported again unless an export has a row of it',
    correctRow: 'correct the row and export it again',
    correctIn: (file) => `correct it in ${file}`,
    leavesWithLoan: 'nothing: it leaves by itself once its loan is accepted',
    goesOn: 'nothing: it goes on at the next run',
    isAsked: 'nothing by hand: the register is being asked',
    sentAgain: 'nothing: it is sent again by itself',
    sentAgainOn: (day) => `nothing: it is sent again on ${day}`,
  },
  fi: {
    sentences: {
      refused: 'Aineisto hylättiin kokonaan.',
      awaitingApproval: 'Aineisto on tavallisesta poikkeava: siitä ei lähetetä mitään, ennen kuin joku antaa luvan.',
      invalid: 'Riviä ei lähetetty.',
      rejected: 'Rekisteri hylkäsi ilmoituksen.',
      held: 'Itse luottoa ei ole hyväksytty.',
      waiting: 'Ei vielä lähetetty.',
      withRegister: 'Rekisteri ei ole vastannut.',
      unknown: 'Ei tiedetä, onko se rekisterissä.',
      deferred: 'Rekisteri ei vielä tunne henkilöä.',
    },
    reportFault: 'ilmoita viasta: tavut ovat arkistossa, loki on sen vieressä',
    correctExport: 'korjaa aineisto ja pudota se uudelleen',
    correctWhenGone: 'korjaa muunnosmäärityksen whenGone: ilmoitus tehdään uudelleen seuraavasta aineistosta',
    seeRegister: 'katso, mitä rekisterissä on luotosta; sitä ei ilmoiteta uudelleen, ellei aineistossa ole sen riviä',
    correctRow: 'korjaa rivi ja vie se uudelleen aineistoon',
    correctIn: (file) => `korjaa se tiedostossa ${file}`,
    leavesWithLoan: 'ei tehtävää: se lähtee itsestään, kun luotto hyväksytään',
    goesOn: 'ei tehtävää: se jatkaa seuraavalla ajolla',
    isAsked: 'ei tehtävää käsin: asiaa kysytään rekisteriltä',
    sentAgain: 'ei tehtävää: se lähtee itsestään uudelleen',
    sentAgainOn: (day) => `ei tehtävää: se lähtee uudelleen ${shortDay(day, 'fi')}`,
  },
  sv: {
    sentences: {
      refused: 'Materialet avvisades som helhet.',
      awaitingApproval: 'Materialet är ovanligt: inget av det sänds förrän någon ger klartecken.',
      invalid: 'Raden sändes inte.',
      rejected: 'Registret avvisade anmälan.',
      held: 'Själva krediten har inte godkänts.',
      waiting: 'Inte sänd ännu.',
      withRegister: 'Registret har inte svarat.',
      unknown: 'Det är okänt om registret har den.',
      deferred: 'Registret känner inte till personen ännu.',
    },
    reportFault: 'rapportera felet: filens byte finns i arkivet, loggen bredvid det',
    correctExport: 'rätta materialet och lägg in det på nytt',
    correctWhenGone: 'rätta whenGone i mappningen: anmälan görs på nytt av nästa material',
    seeRegister: 'se vad registret har om krediten; den anmäls inte på nytt om inget material har en rad om den',
    correctRow: 'rätta raden och ta med den i ett nytt material',
    correctIn: (file) => `rätta den i ${file}`,
    leavesWithLoan: 'inget att göra: den sänds av sig själv när krediten godkänns',
    goesOn: 'inget att göra: den fortsätter vid nästa körning',
    isAsked: 'inget att göra för hand: registret tillfrågas',
    sentAgain: 'inget att göra: den sänds på nytt av sig själv',
    sentAgainOn: (day) => `inget att göra: den sänds på nytt ${shortDay(day, 'sv')}`,
  },
};
