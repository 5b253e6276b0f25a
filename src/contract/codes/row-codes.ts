import { atMapping, both, type CodeWords, correctRow, correctRowOrMapping } from './code-words.ts';

/** Findings about how rows belong together. */
export const rowCodes = {
  GROUP_KEY_EMPTY: {
    text: {
      en: 'The cell that tells which report the row belongs to is empty.',
      fi: 'Solu, joka kertoo, mihin ilmoitukseen rivi kuuluu, on tyhjä.',
      sv: 'Cellen som visar vilken anmälan raden hör till är tom.',
    },
    howToFix: {
      en: 'Fill it in the core system and export the row again.',
      fi: 'Täytä se perusjärjestelmään ja vie rivi uudelleen aineistoon.',
      sv: 'Fyll i den i grundsystemet och ta med raden i ett nytt material.',
    },
  },
  GROUP_HAS_BROKEN_ROW: {
    text: {
      en: 'Another row of the same report is broken, so the report would not be whole.',
      fi: 'Toinen saman ilmoituksen rivi on rikki, joten ilmoitus ei olisi kokonainen.',
      sv: 'En annan rad i samma anmälan är trasig, så anmälan vore inte hel.',
    },
    howToFix: {
      en: 'Correct the broken row, and export all rows of the report again.',
      fi: 'Korjaa rikkinäinen rivi ja vie kaikki ilmoituksen rivit uudelleen aineistoon.',
      sv: 'Rätta den trasiga raden och ta med alla rader i anmälan i ett nytt material.',
    },
  },
  ROWS_DIFFER: {
    text: {
      en: 'Rows of one report disagree in a column that must be the same on all of them.',
      fi: 'Saman ilmoituksen rivit poikkeavat toisistaan sarakkeessa, jonka on oltava kaikilla sama.',
      sv: 'Raderna i en anmälan skiljer sig i en kolumn som måste vara lika på alla.',
    },
    howToFix: {
      en: 'Make the rows agree, or list the column under records.mayDiffer if it may differ.',
      fi: 'Korjaa rivit samanlaisiksi, tai lisää sarake kohtaan records.mayDiffer, jos se saa vaihdella.',
      sv: 'Gör raderna lika, eller lägg till kolumnen under records.mayDiffer om den får skilja sig.',
    },
  },
  COLUMNS_GAP: {
    text: {
      en: 'Of the items in numbered columns one is absent, and a later one is there.',
      fi: 'Numeroitujen sarakkeiden kohteista yksi puuttuu, ja myöhempi on mukana.',
      sv: 'Av det som står i numrerade kolumner saknas ett, och ett senare finns.',
    },
    howToFix: {
      en: 'The report goes without it. See whether an item is missing in the export, or has slipped to another number.',
      fi: 'Ilmoitus lähtee ilman sitä. Tarkista, puuttuuko aineistosta jotakin tai onko se siirtynyt toiselle numerolle.',
      sv: 'Anmälan sänds utan det. Kontrollera om något saknas i materialet eller har hamnat på ett annat nummer.',
    },
  },
  ABSENT_ITEM_FILLED: {
    text: {
      en: 'A cell is filled that belongs to an item the mapping takes for absent, so it is not reported.',
      fi: 'Täytetty solu kuuluu kohteeseen, jota muunnosmääritys pitää puuttuvana, joten sitä ei ilmoiteta.',
      sv: 'En ifylld cell hör till något som mappningen anser saknas, så det anmäls inte.',
    },
    howToFix: both(
      {
        en: 'See whether the item should be reported: then fill its first column too.',
        fi: 'Tarkista, pitäisikö kohde ilmoittaa: täytä silloin myös sen ensimmäinen sarake.',
        sv: 'Kontrollera om det ska anmälas: fyll då också i dess första kolumn.',
      },
      atMapping,
    ),
  },
  ORDER_EMPTY: {
    text: {
      en: 'The cell that puts the rows of a report in order is empty, so which of them counts is not known.',
      fi: 'Solu, joka järjestää ilmoituksen rivit, on tyhjä, joten ei tiedetä, mikä riveistä pätee.',
      sv: 'Cellen som ordnar raderna i en anmälan är tom, så vilken av dem som gäller är okänt.',
    },
    howToFix: correctRow,
  },
  ORDER_FORM: {
    text: {
      en: 'The cell that puts the rows of a report in order is not written so that it can be compared.',
      fi: 'Solu, joka järjestää ilmoituksen rivit, on kirjoitettu niin, ettei sitä voi verrata.',
      sv: 'Cellen som ordnar raderna i en anmälan är skriven så att den inte kan jämföras.',
    },
    howToFix: correctRowOrMapping,
  },
  ORDER_TIE: {
    text: {
      en: 'Two rows of a report stand at the same place in their order, and say different things.',
      fi: 'Kaksi ilmoituksen riviä on järjestyksessä samalla paikalla, ja ne sanovat eri asiaa.',
      sv: 'Två rader i en anmälan står på samma plats i ordningen och säger olika saker.',
    },
    howToFix: both(
      {
        en: 'Correct the rows in the core system so that one of them is the earlier, and export them again.',
        fi: 'Korjaa rivit perusjärjestelmään niin, että toinen on aiempi, ja vie ne uudelleen aineistoon.',
        sv: 'Rätta raderna i grundsystemet så att den ena är tidigare, och ta med dem i ett nytt material.',
      },
      atMapping,
    ),
  },
} satisfies Record<string, CodeWords>;
