import type { CodeWords, Words } from './code-words.ts';

const asHandedOut: Words = {
  en: 'Take to-fix.csv once more, opened with all columns as text (Data → From Text), and drop it back; a change that is meant comes from the core system, in a new export.',
  fi: 'Ota to-fix.csv uudelleen, avaa se niin, että kaikki sarakkeet ovat tekstiä (Tiedot → Tekstistä), ja pudota se takaisin; tarkoituksellinen muutos tulee perusjärjestelmästä uudessa aineistossa.',
  sv: 'Ta to-fix.csv på nytt, öppna den med alla kolumner som text (Data → Från text) och lägg tillbaka den; en avsiktlig ändring kommer från grundsystemet i ett nytt material.',
};

/** Findings about corrections: what a spreadsheet program, or a person, changed in them. */
export const correctionCodes = {
  SPREADSHEET_ZEROS: {
    text: {
      en: 'A spreadsheet program has taken the zeros from the beginning of a number.',
      fi: 'Taulukkolaskentaohjelma on poistanut nollat numeron alusta.',
      sv: 'Ett kalkylprogram har tagit bort nollorna i början av ett nummer.',
    },
    howToFix: asHandedOut,
  },
  SPREADSHEET_EXPONENT: {
    text: {
      en: 'A spreadsheet program has written a long number with an exponent, or lost its last digits.',
      fi: 'Taulukkolaskentaohjelma on kirjoittanut pitkän numeron eksponenttimuotoon tai kadottanut sen viimeiset numerot.',
      sv: 'Ett kalkylprogram har skrivit ett långt nummer med exponent, eller tappat dess sista siffror.',
    },
    howToFix: asHandedOut,
  },
  SPREADSHEET_DATE: {
    text: {
      en: 'A spreadsheet program has written a date another way, or taken something for a date.',
      fi: 'Taulukkolaskentaohjelma on kirjoittanut päivämäärän toisin tai tulkinnut jonkin päivämääräksi.',
      sv: 'Ett kalkylprogram har skrivit ett datum på annat sätt, eller tolkat något som ett datum.',
    },
    howToFix: asHandedOut,
  },
  SPREADSHEET_DECIMAL: {
    text: {
      en: 'A spreadsheet program has changed or lost the decimal mark of an amount.',
      fi: 'Taulukkolaskentaohjelma on muuttanut määrän desimaalimerkkiä tai kadottanut sen.',
      sv: 'Ett kalkylprogram har ändrat eller tappat decimaltecknet i ett belopp.',
    },
    howToFix: asHandedOut,
  },
  CORRECTION_CHANGED_MORE: {
    text: {
      en: 'A correction changes a column that no finding names.',
      fi: 'Korjaus muuttaa saraketta, jota mikään huomautus ei mainitse.',
      sv: 'En rättelse ändrar en kolumn som ingen anmärkning nämner.',
    },
    howToFix: {
      en: 'Nothing to do if the change is meant: it goes along. Otherwise put the old value back.',
      fi: 'Ei tehtävää, jos muutos on tarkoituksellinen: se lähtee mukana. Muuten palauta vanha arvo.',
      sv: 'Inget att göra om ändringen är avsiktlig: den följer med. Sätt annars tillbaka det gamla värdet.',
    },
  },
} satisfies Record<string, CodeWords>;
