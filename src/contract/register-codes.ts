import type { CodeWords, Words } from './codes/code-words.ts';

/**
 * A register code and what it means (register-contract.md section 3). Codes are reliable, the register's texts are not: match
 * on the code, never on the text.
 */
export type RegisterCode = CodeWords & {
  code: string;
  /** `resend`: the same report goes again after `days`; nothing needs fixing. */
  remedy: 'fix' | 'resend' | 'ours';
  days?: number;
};

const andDrop = (en: string, fi: string, sv: string): Words => ({
  en: `${en}, and drop to-fix.csv into the inbox.`,
  fi: `${fi}, ja pudota to-fix.csv inbox-kansioon.`,
  sv: `${sv}, och lägg to-fix.csv i mappen inbox.`,
});

/** Every register code that is known. */
export const registerCodes: readonly RegisterCode[] = [
  {
    code: 'A10',
    text: {
      en: 'The register could not read the message, or it does not follow the register’s schema.',
      fi: 'Rekisteri ei voinut lukea sanomaa, tai sanoma ei ole rekisterin skeeman mukainen.',
      sv: 'Registret kunde inte läsa meddelandet, eller så följer det inte registrets schema.',
    },
    howToFix: {
      en: 'Nothing in the export needs to change before the cause is known: keep the receipt and send it to whoever looks after luottoputki.',
      fi: 'Aineistossa ei ole muutettavaa, ennen kuin syy tiedetään: säilytä kuittaus ja lähetä se luottoputken ylläpitäjälle.',
      sv: 'Inget i materialet behöver ändras innan orsaken är känd: spara kvittensen och sänd den till den som sköter luottoputki.',
    },
    remedy: 'ours',
  },
  {
    code: 'C40',
    text: {
      en: 'The form of an identity code is not valid.',
      fi: 'Tunnisteen muoto on virheellinen.',
      sv: 'En identifierares form är felaktig.',
    },
    howToFix: andDrop(
      'Correct the identity code in the core system and in to-fix.csv',
      'Korjaa tunniste perusjärjestelmään ja tiedostoon to-fix.csv',
      'Rätta identifieraren i grundsystemet och i to-fix.csv',
    ),
    remedy: 'fix',
  },
  {
    code: 'D02',
    text: {
      en: 'The amount drawn (amountPaid) is larger than the amount granted (amountIssued).',
      fi: 'Nostettu määrä (amountPaid) on suurempi kuin myönnetty määrä (amountIssued).',
      sv: 'Det lyfta beloppet (amountPaid) är större än det beviljade beloppet (amountIssued).',
    },
    howToFix: andDrop(
      'Correct the amount drawn or the amount granted',
      'Korjaa nostettu määrä tai myönnetty määrä',
      'Rätta det lyfta eller det beviljade beloppet',
    ),
    remedy: 'fix',
  },
  {
    code: 'D40',
    text: {
      en: 'The lender’s country code is missing although its identifier is a foreign business ID.',
      fi: 'Luotonantajan maakoodi puuttuu, vaikka tunniste on ulkomainen yritystunnus.',
      sv: 'Kreditgivarens landskod saknas fastän identifieraren är ett utländskt företagsnummer.',
    },
    howToFix: {
      en: 'Add owner.countryCode to pipeline.config.yaml, then drop to-fix.csv into the inbox.',
      fi: 'Lisää owner.countryCode tiedostoon pipeline.config.yaml ja pudota sitten to-fix.csv inbox-kansioon.',
      sv: 'Lägg till owner.countryCode i pipeline.config.yaml och lägg sedan to-fix.csv i mappen inbox.',
    },
    remedy: 'ours',
  },
  {
    code: 'E20',
    text: {
      en: 'The register does not know the person yet and is asking the population register.',
      fi: 'Rekisteri ei vielä tunne henkilöä ja kysyy tietoja väestötietojärjestelmästä.',
      sv: 'Registret känner inte till personen ännu och frågar befolkningsdatasystemet.',
    },
    howToFix: {
      en: 'Nothing to do: the report is sent again by itself after a week.',
      fi: 'Ei tehtävää: ilmoitus lähtee itsestään uudelleen viikon kuluttua.',
      sv: 'Inget att göra: anmälan sänds på nytt av sig själv efter en vecka.',
    },
    remedy: 'resend',
    days: 7,
  },
  {
    code: 'E21',
    text: {
      en: 'The identity code is not in use (it may have been changed or withdrawn).',
      fi: 'Henkilötunnus ei ole käytössä (se on voitu muuttaa tai poistaa).',
      sv: 'Personbeteckningen är inte i bruk (den kan ha ändrats eller dragits in).',
    },
    howToFix: andDrop(
      'Find out the person’s present identity code, correct it',
      'Selvitä henkilön nykyinen henkilötunnus, korjaa se',
      'Ta reda på personens nuvarande personbeteckning, rätta den',
    ),
    remedy: 'fix',
  },
];

/** Codes by themselves. */
export type CodeTable = ReadonlyMap<string, RegisterCode>;

/** The codes that are known without anything of the lender's own. */
export const ownCodes: CodeTable = new Map(registerCodes.map((entry) => [entry.code, entry]));

/**
 * What is known of a register code; an unknown code is shown as it came.
 * @param codes those of the contract
 */
export function registerCode(code: string, codes: CodeTable = ownCodes): RegisterCode {
  return (
    codes.get(code) ?? {
      code,
      text: {
        en: `The register refused the report with code ${code}.`,
        fi: `Rekisteri hylkäsi ilmoituksen koodilla ${code}.`,
        sv: `Registret avvisade anmälan med koden ${code}.`,
      },
      howToFix: andDrop(
        'See the register’s own text beside the code; correct the row',
        'Katso rekisterin oma teksti koodin vieressä; korjaa rivi',
        'Se registrets egen text bredvid koden; rätta raden',
      ),
      remedy: 'fix',
    }
  );
}
