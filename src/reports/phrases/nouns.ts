import type { BatchApi } from '../../contract/apis.ts';
import type { InEachLanguage } from '../../lib/language.ts';
import type { Noun } from './counted.ts';

/** What is counted in the outbox. `none`: as it stands after "no". */
type ReportNoun = { noun: Noun; none: string };
type Nouns = {
  row: Noun;
  report: Noun;
  export: Noun;
  file: Noun;
  batch: Noun;
  byte: Noun;
  openItem: Noun;
  time: Noun;
  /** What one report of an API is called. */
  reports: Record<BatchApi, ReportNoun>;
  /** What one report of the other APIs is called. */
  question: ReportNoun;
};

/** The nouns of the outbox, in each language. */
export const nouns: InEachLanguage<Nouns> = {
  en: {
    row: ['row', 'rows'],
    report: ['report', 'reports'],
    export: ['export', 'exports'],
    file: ['file', 'files'],
    batch: ['batch', 'batches'],
    byte: ['byte', 'bytes'],
    openItem: ['open item', 'open items'],
    time: ['time', 'times'],
    reports: {
      AddLoans: { noun: ['new loan', 'new loans'], none: 'new loans' },
      UpdateLoans: { noun: ['change', 'changes'], none: 'changes' },
      Repayments: { noun: ['payment', 'payments'], none: 'payments' },
      DelayedRepayments: { noun: ['delay', 'delays'], none: 'delays' },
      TerminateLoans: { noun: ['ending', 'endings'], none: 'endings' },
    },
    question: { noun: ['question', 'questions'], none: 'questions' },
  },
  fi: {
    row: ['rivi', 'riviä'],
    report: ['ilmoitus', 'ilmoitusta'],
    export: ['aineisto', 'aineistoa'],
    file: ['tiedosto', 'tiedostoa'],
    batch: ['erä', 'erää'],
    byte: ['tavu', 'tavua'],
    openItem: ['avoin kohta', 'avointa kohtaa'],
    time: ['kerta', 'kertaa'],
    reports: {
      AddLoans: { noun: ['uusi luotto', 'uutta luottoa'], none: 'uusia luottoja' },
      UpdateLoans: { noun: ['muutos', 'muutosta'], none: 'muutoksia' },
      Repayments: { noun: ['maksu', 'maksua'], none: 'maksuja' },
      DelayedRepayments: { noun: ['maksuviive', 'maksuviivettä'], none: 'maksuviiveitä' },
      TerminateLoans: { noun: ['luoton päättyminen', 'luoton päättymistä'], none: 'luottojen päättymisiä' },
    },
    question: { noun: ['kysely', 'kyselyä'], none: 'kyselyjä' },
  },
  sv: {
    row: ['rad', 'rader'],
    report: ['anmälan', 'anmälningar'],
    export: ['material', 'material'],
    file: ['fil', 'filer'],
    batch: ['sändning', 'sändningar'],
    byte: ['byte', 'byte'],
    openItem: ['öppen punkt', 'öppna punkter'],
    time: ['gång', 'gånger'],
    reports: {
      AddLoans: { noun: ['ny kredit', 'nya krediter'], none: 'nya krediter' },
      UpdateLoans: { noun: ['ändring', 'ändringar'], none: 'ändringar' },
      Repayments: { noun: ['betalning', 'betalningar'], none: 'betalningar' },
      DelayedRepayments: { noun: ['dröjsmålsanmälan', 'dröjsmålsanmälningar'], none: 'dröjsmålsanmälningar' },
      TerminateLoans: { noun: ['avslutad kredit', 'avslutade krediter'], none: 'avslutade krediter' },
    },
    question: { noun: ['förfrågan', 'förfrågningar'], none: 'förfrågningar' },
  },
};
