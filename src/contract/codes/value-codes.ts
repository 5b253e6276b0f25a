import { type CodeWords, correctRow, correctRowOrMapping } from './code-words.ts';

/** Findings about single values. */
export const valueCodes = {
  VALUE_MISSING: {
    text: {
      en: 'A value the register needs is missing.',
      fi: 'Rekisterin vaatima arvo puuttuu.',
      sv: 'Ett värde som registret kräver saknas.',
    },
    howToFix: correctRow,
  },
  DATE_FORMAT: {
    text: {
      en: 'A date is not written as the mapping says, or is no day of the calendar.',
      fi: 'Päivämäärää ei ole kirjoitettu muunnosmäärityksen mukaan, tai sellaista päivää ei ole.',
      sv: 'Ett datum är inte skrivet som mappningen säger, eller så finns ingen sådan dag.',
    },
    howToFix: correctRow,
  },
  DATE_TIME_FORMAT: {
    text: {
      en: 'A time is not written as the mapping says, or does not exist.',
      fi: 'Ajankohtaa ei ole kirjoitettu muunnosmäärityksen mukaan, tai sitä ei ole olemassa.',
      sv: 'En tidpunkt är inte skriven som mappningen säger, eller så finns den inte.',
    },
    howToFix: correctRow,
  },
  DECIMAL_FORMAT: {
    text: {
      en: 'An amount is not written as the mapping says.',
      fi: 'Määrää ei ole kirjoitettu muunnosmäärityksen mukaan.',
      sv: 'Ett belopp är inte skrivet som mappningen säger.',
    },
    howToFix: correctRow,
  },
  DECIMALS_TOO_MANY: {
    text: {
      en: 'An amount has more decimals than allowed; nothing is rounded.',
      fi: 'Määrässä on liikaa desimaaleja; mitään ei pyöristetä.',
      sv: 'Ett belopp har för många decimaler; inget avrundas.',
    },
    howToFix: correctRow,
  },
  NUMBER_TOO_LONG: {
    text: {
      en: 'A number has more digits than can be carried exactly.',
      fi: 'Luvussa on enemmän numeroita kuin voidaan välittää tarkasti.',
      sv: 'Ett tal har fler siffror än vad som kan föras vidare exakt.',
    },
    howToFix: correctRow,
  },
  INTEGER_FORMAT: {
    text: {
      en: 'A whole number is not written as the mapping says.',
      fi: 'Kokonaislukua ei ole kirjoitettu muunnosmäärityksen mukaan.',
      sv: 'Ett heltal är inte skrivet som mappningen säger.',
    },
    howToFix: correctRow,
  },
  BOOLEAN_FORMAT: {
    text: {
      en: 'A yes or no is not one of the words the mapping knows.',
      fi: 'Kyllä- tai ei-tieto ei ole mikään muunnosmäärityksen tuntemista sanoista.',
      sv: 'Ett ja eller nej är inte något av de ord som mappningen känner till.',
    },
    howToFix: correctRowOrMapping,
  },
  IDENTITY_CODE: {
    text: {
      en: 'A personal identity code is not valid.',
      fi: 'Henkilötunnus on virheellinen.',
      sv: 'En personbeteckning är felaktig.',
    },
    howToFix: correctRow,
  },
  IDENTITY_CODE_ARTIFICIAL: {
    text: {
      en: 'An artificial person (900–999) may not be reported in production.',
      fi: 'Keinotekoista henkilöä (900–999) ei saa ilmoittaa tuotannossa.',
      sv: 'En artificiell person (900–999) får inte anmälas i produktion.',
    },
    howToFix: {
      en: 'Remove the test person from the production export.',
      fi: 'Poista testihenkilö tuotannon aineistosta.',
      sv: 'Ta bort testpersonen ur produktionsmaterialet.',
    },
  },
  IDENTITY_CODE_NOT_ARTIFICIAL: {
    text: {
      en: 'A person outside the artificial series may not be sent to a test environment.',
      fi: 'Testiympäristöön ei saa lähettää henkilöä, jonka tunnus ei ole keinotekoisten sarjasta.',
      sv: 'En person utanför den artificiella serien får inte sändas till en testmiljö.',
    },
    howToFix: {
      en: 'Never use real persons for tests: replace the code by an artificial one (900–999).',
      fi: 'Älä koskaan testaa oikeilla henkilöillä: vaihda tunnus keinotekoiseen (900–999).',
      sv: 'Testa aldrig med verkliga personer: byt beteckningen mot en artificiell (900–999).',
    },
  },
  BUSINESS_ID: {
    text: {
      en: 'A Business ID is not valid.',
      fi: 'Y-tunnus on virheellinen.',
      sv: 'Ett FO-nummer är felaktigt.',
    },
    howToFix: correctRow,
  },
  IBAN: {
    text: { en: 'An IBAN is not valid.', fi: 'IBAN-tilinumero on virheellinen.', sv: 'Ett IBAN-nummer är felaktigt.' },
    howToFix: correctRow,
  },
  CODE_UNKNOWN: {
    text: {
      en: 'A code is not in the mapping’s code list.',
      fi: 'Koodi puuttuu muunnosmäärityksen koodiluettelosta.',
      sv: 'En kod finns inte i mappningens kodlista.',
    },
    howToFix: correctRowOrMapping,
  },
  CODE_NOT_VALID: {
    text: {
      en: 'A code is in the mapping’s code list, but was not valid on the day the export was taken.',
      fi: 'Koodi on muunnosmäärityksen koodiluettelossa, mutta se ei ollut voimassa päivänä, jona aineisto otettiin.',
      sv: 'En kod finns i mappningens kodlista, men gällde inte den dag då materialet mottogs.',
    },
    howToFix: correctRowOrMapping,
  },
  FUNCTION: {
    text: {
      en: 'A function of the mapping could not make anything of a value.',
      fi: 'Muunnosmäärityksen funktio ei osannut käsitellä arvoa.',
      sv: 'En funktion i mappningen kunde inte tolka ett värde.',
    },
    howToFix: correctRowOrMapping,
  },
  CASE_UNMAPPED: {
    text: {
      en: 'A value fits none of the mapping’s cases.',
      fi: 'Arvo ei sovi mihinkään muunnosmäärityksen tapaukseen.',
      sv: 'Ett värde passar inte in i något av mappningens fall.',
    },
    howToFix: correctRowOrMapping,
  },
  SHAPE: {
    text: {
      en: 'A value does not have the shape the mapping demands.',
      fi: 'Arvo ei ole muunnosmäärityksen vaatimassa muodossa.',
      sv: 'Ett värde har inte den form som mappningen kräver.',
    },
    howToFix: correctRow,
  },
  VALUE_NOT_ALLOWED: {
    text: {
      en: 'The register does not know this value.',
      fi: 'Rekisteri ei tunne tätä arvoa.',
      sv: 'Registret känner inte till detta värde.',
    },
    howToFix: correctRowOrMapping,
  },
} satisfies Record<string, CodeWords>;
