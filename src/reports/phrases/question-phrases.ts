import type { InEachLanguage } from '../../lib/language.ts';
import { counted } from './counted.ts';
import { nouns } from './nouns.ts';
import type { SummaryPhrases } from './summary-phrases.ts';

type QuestionPhrases = Pick<
  SummaryPhrases,
  | 'notAccountedFor'
  | 'outcome'
  | 'outcomeOf'
  | 'outcomes'
  | 'inReports'
  | 'invalidRows'
  | 'rejected'
  | 'reportsMade'
  | 'batches'
  | 'noBatch'
> & { asking: { label: string; meaning: string } };

const { en, fi, sv } = nouns;

/** What `summary.html` says in other words when the rows are questions: of answers instead of batches. */
export const questionPhrases: InEachLanguage<QuestionPhrases> = {
  en: {
    notAccountedFor: 'Rows or questions are not all accounted for: see',
    outcome: 'What became of the questions',
    outcomeOf: (questions) => `Outcome of ${counted(questions, en.question.noun)}`,
    outcomes: {
      accepted: 'answered',
      rejected: 'refused by the register',
      invalid: 'invalid, not asked',
      pending: 'not answered yet',
      unknown: 'outcome unknown',
      held: 'held',
    },
    inReports: 'in questions',
    invalidRows: 'invalid, in no question',
    rejected: 'refused',
    reportsMade: 'Questions made of the rows',
    batches: 'Answers',
    noBatch:
      'The answers of the register are personal data. They lie in the folder restricted, for those who may see them, and in the ledger.',
    asking: { label: 'Being asked', meaning: 'All rows are read and checked; the register is being asked.' },
  },
  fi: {
    notAccountedFor: 'Osa riveistä tai kyselyistä puuttuu laskelmasta: katso',
    outcome: 'Miten kyselyille kävi',
    outcomeOf: (questions) => `${counted(questions, fi.question.noun)}, tulokset`,
    outcomes: {
      accepted: 'sai vastauksen',
      rejected: 'rekisteri ei vastannut',
      invalid: 'virheellinen, ei kysytty',
      pending: 'vailla vastausta',
      unknown: 'tulos ei ole tiedossa',
      held: 'odottaa',
    },
    inReports: 'kyselyissä',
    invalidRows: 'virheellinen, ei missään kyselyssä',
    rejected: 'torjuttu',
    reportsMade: 'Riveistä tehdyt kyselyt',
    batches: 'Vastaukset',
    noBatch:
      'Rekisterin vastaukset ovat henkilötietoja. Ne ovat kansiossa restricted niitä varten, jotka saavat ne nähdä, ja kirjanpidossa (ledger).',
    asking: { label: 'Kysytään', meaning: 'Kaikki rivit on luettu ja tarkastettu; rekisteriltä kysytään.' },
  },
  sv: {
    notAccountedFor: 'Alla rader eller förfrågningar är inte redovisade: se',
    outcome: 'Hur det gick för förfrågningarna',
    outcomeOf: (questions) => `Utfallet för ${counted(questions, sv.question.noun)}`,
    outcomes: {
      accepted: 'besvarade',
      rejected: 'avvisade av registret',
      invalid: 'felaktiga, inte ställda',
      pending: 'obesvarade',
      unknown: 'utfallet okänt',
      held: 'väntar',
    },
    inReports: 'i förfrågningar',
    invalidRows: 'felaktiga, inte i någon förfrågan',
    rejected: 'avvisade',
    reportsMade: 'Förfrågningar av raderna',
    batches: 'Svar',
    noBatch:
      'Registrets svar är personuppgifter. De finns i mappen restricted för dem som får se dem, och i liggaren (ledger).',
    asking: { label: 'Frågas', meaning: 'Alla rader är lästa och granskade; registret tillfrågas.' },
  },
};
