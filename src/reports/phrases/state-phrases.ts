import type { InEachLanguage } from '../../lib/language.ts';
import type { ExportState } from '../receipt.ts';

/** What a state is called, and what it means. */
type StatePhrase = { label: string; meaning: string };
type StatePhrases = Record<ExportState | 'withdrawn' | 'unbalanced', StatePhrase>;

/** The states of an export, in each language. */
export const statePhrases: InEachLanguage<StatePhrases> = {
  en: {
    refused: { label: 'Refused', meaning: 'The export was stopped as a whole.' },
    awaitingApproval: {
      label: 'Awaits approval',
      meaning: 'The export is unusual: nothing is sent before somebody approves it.',
    },
    sending: { label: 'Being sent', meaning: 'All rows are read and checked; the batches are on their way.' },
    withRegister: {
      label: 'With the register',
      meaning: 'Everything is delivered; the register has not answered yet.',
    },
    outcomeUnknown: {
      label: 'Outcome unknown',
      meaning: 'A batch may or may not have arrived; the register is being asked about it.',
    },
    needsFixing: {
      label: 'Needs fixing',
      meaning: 'Something must be corrected before the register takes the rest.',
    },
    waiting: { label: 'Waits for a date', meaning: 'Some reports go again by themselves on a later day.' },
    complete: { label: 'Complete', meaning: 'Nothing of this export is open.' },
    withdrawn: { label: 'Withdrawn', meaning: 'The export was taken back before anything of it was sent.' },
    unbalanced: {
      label: 'The sums do not hold',
      meaning:
        'Nothing of this export counts as done before somebody has found out why. Keep receipt.json, and tell whoever looks after luottoputki.',
    },
  },
  fi: {
    refused: { label: 'Hylätty kokonaan', meaning: 'Aineisto pysäytettiin kokonaisuudessaan.' },
    awaitingApproval: {
      label: 'Odottaa lähetyslupaa',
      meaning: 'Aineisto on tavallisesta poikkeava: mitään ei lähetetä, ennen kuin joku antaa luvan.',
    },
    sending: { label: 'Lähetetään', meaning: 'Kaikki rivit on luettu ja tarkastettu; erät ovat matkalla.' },
    withRegister: {
      label: 'Rekisterin käsiteltävänä',
      meaning: 'Kaikki on toimitettu; rekisteri ei ole vielä vastannut.',
    },
    outcomeUnknown: {
      label: 'Tulos ei ole tiedossa',
      meaning: 'Erä on ehkä mennyt perille, ehkä ei; asiaa kysytään rekisteriltä.',
    },
    needsFixing: {
      label: 'Korjattavaa',
      meaning: 'Jotakin on korjattava, ennen kuin rekisteri ottaa loput vastaan.',
    },
    waiting: { label: 'Odottaa päivää', meaning: 'Osa ilmoituksista lähtee itsestään uudelleen myöhempänä päivänä.' },
    complete: { label: 'Valmis', meaning: 'Tästä aineistosta ei ole mitään auki.' },
    withdrawn: { label: 'Peruttu', meaning: 'Aineisto peruttiin, ennen kuin siitä oli lähetetty mitään.' },
    unbalanced: {
      label: 'Summat eivät täsmää',
      meaning:
        'Mitään tästä aineistosta ei lasketa valmiiksi, ennen kuin syy on selvitetty. Säilytä receipt.json ja kerro asiasta luottoputken ylläpitäjälle.',
    },
  },
  sv: {
    refused: { label: 'Avvisat som helhet', meaning: 'Materialet stoppades som helhet.' },
    awaitingApproval: {
      label: 'Väntar på klartecken',
      meaning: 'Materialet är ovanligt: ingenting sänds förrän någon ger klartecken.',
    },
    sending: { label: 'Sänds', meaning: 'Alla rader är lästa och kontrollerade; sändningarna är på väg.' },
    withRegister: { label: 'Hos registret', meaning: 'Allt är levererat; registret har inte svarat ännu.' },
    outcomeUnknown: {
      label: 'Utfallet är okänt',
      meaning: 'En sändning har kanske kommit fram, kanske inte; registret tillfrågas om saken.',
    },
    needsFixing: { label: 'Måste rättas', meaning: 'Något måste rättas innan registret tar emot resten.' },
    waiting: {
      label: 'Väntar på ett datum',
      meaning: 'En del av anmälningarna sänds på nytt av sig själva en senare dag.',
    },
    complete: { label: 'Klart', meaning: 'Ingenting i detta material är öppet.' },
    withdrawn: { label: 'Återtaget', meaning: 'Materialet återtogs innan något av det hade sänts.' },
    unbalanced: {
      label: 'Summorna stämmer inte',
      meaning:
        'Ingenting i detta material räknas som klart förrän orsaken är utredd. Spara receipt.json och berätta för den som sköter luottoputki.',
    },
  },
};
