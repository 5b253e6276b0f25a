import type { InEachLanguage } from '../../lib/language.ts';

/** A sentence or two in each language. */
export type Words = InEachLanguage<string>;

/** What a finding means and what to do about it, in words for people. */
export type CodeWords = { text: Words; howToFix: Words };

/** Two remedies, one after the other. */
export const both = (first: Words, second: Words): Words => ({
  en: `${first.en} ${second.en}`,
  fi: `${first.fi} ${second.fi}`,
  sv: `${first.sv} ${second.sv}`,
});

/** The remedy of most findings on a row. */
export const correctRow: Words = {
  en: 'Correct the value in the core system and in restricted/to-fix.csv, and drop to-fix.csv into the inbox.',
  fi: 'Korjaa arvo perusjärjestelmään ja tiedostoon restricted/to-fix.csv, ja pudota to-fix.csv inbox-kansioon.',
  sv: 'Rätta värdet i grundsystemet och i restricted/to-fix.csv, och lägg to-fix.csv i mappen inbox.',
};

/** The remedy when the file as a whole cannot be used. */
export const newExport: Words = {
  en: 'Nothing was sent. Let the core system write the export again, and drop it into the inbox.',
  fi: 'Mitään ei lähetetty. Muodosta aineisto perusjärjestelmästä uudelleen ja pudota se inbox-kansioon.',
  sv: 'Ingenting sändes. Låt grundsystemet skapa materialet på nytt och lägg det i mappen inbox.',
};

/** What to do when the row may be right after all. */
export const atMapping: Words = {
  en: 'If the export is right, the mapping is not: ask whoever looks after the mappings.',
  fi: 'Jos aineisto on oikein, vika on muunnosmäärityksessä: kysy muunnosmääritysten ylläpitäjältä.',
  sv: 'Om materialet är rätt är felet i mappningen: fråga den som sköter mappningarna.',
};

/** Either the row or the mapping is wrong. */
export const correctRowOrMapping: Words = both(correctRow, atMapping);

/** No remedy is needed. */
export const nothingToDo: Words = { en: 'Nothing to do.', fi: 'Ei tehtävää.', sv: 'Inget att göra.' };
