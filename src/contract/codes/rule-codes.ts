import { both, type CodeWords, correctRow, correctRowOrMapping, type Words } from './code-words.ts';

const atOverlay: Words = {
  en: 'If the value is right, the overlay is not: ask whoever looks after it.',
  fi: 'Jos arvo on oikein, vika on lisäyksessä: kysy sen ylläpitäjältä.',
  sv: 'Om värdet är rätt är felet i tillägget: fråga den som sköter det.',
};

/** Findings about whole reports: the register's rules that are known beforehand, and verdicts that make no sense. */
export const ruleCodes = {
  BUSINESS_ID_ON_LEASE: {
    text: {
      en: 'A lease has a borrower with a Business ID; only leases of consumers are reported.',
      fi: 'Leasingsopimuksen luotonsaajalla on Y-tunnus; vain kuluttajien leasingsopimukset ilmoitetaan.',
      sv: 'Ett leasingavtal har en kredittagare med FO-nummer; endast konsumenters leasingavtal anmäls.',
    },
    howToFix: correctRowOrMapping,
  },
  ACCELERATION_IN_NEW_LOAN: {
    text: {
      en: 'Acceleration is given with a new loan; the register takes it from 7 October 2026, of a transferred loan only.',
      fi: 'Uudella luotolla on eräännyttäminen; rekisteri ottaa sen vastaan 7.10.2026 alkaen, vain siirretystä luotosta.',
      sv: 'En ny kredit har uppgift om uppsägning; registret tar emot den från 7.10.2026, endast för en överförd kredit.',
    },
    howToFix: correctRowOrMapping,
  },
  CONTRACT_OVERLAY: {
    text: {
      en: 'A value is not what the contract overlay says the register takes.',
      fi: 'Arvo ei ole sellainen, jonka rekisteri sopimuslisäyksen mukaan ottaa vastaan.',
      sv: 'Ett värde är inte sådant som registret tar emot enligt kontraktstillägget.',
    },
    howToFix: both(correctRow, atOverlay),
  },
  CONTRACT_NEEDED: {
    text: {
      en: 'A value is missing that the contract overlay says is needed here.',
      fi: 'Sopimuslisäyksen mukaan tässä tarvittava arvo puuttuu.',
      sv: 'Ett värde som behövs här enligt kontraktstillägget saknas.',
    },
    howToFix: both(correctRow, atOverlay),
  },
  REGISTER_SCHEMA: {
    text: {
      en: 'The report does not follow the register’s own schema.',
      fi: 'Ilmoitus ei ole rekisterin oman skeeman mukainen.',
      sv: 'Anmälan följer inte registrets eget schema.',
    },
    howToFix: correctRowOrMapping,
  },
  AMOUNT_PAID_ABOVE_ISSUED: {
    text: {
      en: 'The amount drawn is larger than the amount granted (the register’s D02).',
      fi: 'Nostettu määrä on suurempi kuin myönnetty määrä (rekisterin D02).',
      sv: 'Det lyfta beloppet är större än det beviljade beloppet (registrets D02).',
    },
    howToFix: correctRow,
  },
  LOAN_PART_MISMATCH: {
    text: {
      en: 'The loan type and the details given do not belong together.',
      fi: 'Luottotyyppi ja annetut tiedot eivät kuulu yhteen.',
      sv: 'Kredittypen och de givna uppgifterna hör inte ihop.',
    },
    howToFix: correctRowOrMapping,
  },
  PURPOSE_NOT_FOR_CONSUMER_CREDIT: {
    text: {
      en: 'The purpose of use is not one of consumer credit.',
      fi: 'Käyttötarkoitus ei ole kuluttajaluoton käyttötarkoitus.',
      sv: 'Användningsändamålet är inte ett ändamål för konsumentkredit.',
    },
    howToFix: correctRow,
  },
  GUARANTEE_RECEIVABLE_HALF: {
    text: {
      en: 'Loan type guarantee receivable needs the same purpose of use.',
      fi: 'Luottotyyppi takaussaatava vaatii saman käyttötarkoituksen.',
      sv: 'Kredittypen borgensfordran kräver samma användningsändamål.',
    },
    howToFix: correctRow,
  },
  BORROWERS_COUNT_TOO_SMALL: {
    text: {
      en: 'The number of borrowers is smaller than the borrowers listed.',
      fi: 'Luotonsaajien määrä on pienempi kuin lueteltujen luotonsaajien.',
      sv: 'Antalet kredittagare är mindre än de uppräknade kredittagarna.',
    },
    howToFix: correctRow,
  },
  BORROWER_TWICE: {
    text: {
      en: 'The same person stands twice among the borrowers.',
      fi: 'Sama henkilö on luotonsaajissa kahdesti.',
      sv: 'Samma person finns två gånger bland kredittagarna.',
    },
    howToFix: correctRow,
  },
  DELAY_UNDER_60_DAYS: {
    text: {
      en: 'An instalment is less than 60 days late; it may not be reported yet.',
      fi: 'Maksuerä on viivästynyt alle 60 päivää; sitä ei saa vielä ilmoittaa.',
      sv: 'En betalningspost är mindre än 60 dagar försenad; den får inte anmälas ännu.',
    },
    howToFix: {
      en: 'Leave the instalment out, or report it when 60 days have passed.',
      fi: 'Jätä maksuerä pois tai ilmoita se, kun 60 päivää on kulunut.',
      sv: 'Lämna bort betalningsposten, eller anmäl den när 60 dagar har gått.',
    },
  },
  DELAY_AMOUNTS_MISMATCH: {
    text: {
      en: 'A delay must list its instalments, and the end of a delay none.',
      fi: 'Viivästyksessä on lueteltava viivästyneet erät, ja viivästyksen päättymisessä ei yhtään.',
      sv: 'Ett dröjsmål måste räkna upp de försenade beloppen, och slutet på ett dröjsmål inga.',
    },
    howToFix: correctRow,
  },
  FORECLOSURE_DATE_MISSING: {
    text: {
      en: 'The date of foreclosure is missing.',
      fi: 'Eräännyttämisen päivä puuttuu.',
      sv: 'Dagen då krediten sades upp till betalning saknas.',
    },
    howToFix: correctRow,
  },
  END_DATE_MISSING: {
    text: {
      en: 'The end date is missing.',
      fi: 'Luottosopimuksen päättymispäivä puuttuu.',
      sv: 'Kreditavtalets slutdatum saknas.',
    },
    howToFix: correctRow,
  },
  INTEREST_AND_EXPENSES_TOGETHER: {
    text: {
      en: 'Interest or expenses stand alone: the register erases the other one.',
      fi: 'Korko tai kulut on annettu yksin: rekisteri poistaa toisen.',
      sv: 'Räntan eller kostnaderna står ensamma: registret raderar den andra uppgiften.',
    },
    howToFix: {
      en: 'Report both, or make sure that erasing is meant.',
      fi: 'Ilmoita molemmat, tai varmista, että poistaminen on tarkoitus.',
      sv: 'Anmäl båda, eller försäkra dig om att raderingen är avsiktlig.',
    },
  },
  REPORT_TOO_LARGE: {
    text: {
      en: 'The report alone is larger than a batch may be.',
      fi: 'Ilmoitus on yksinään suurempi kuin erä saa olla.',
      sv: 'Anmälan är ensam större än en sändning får vara.',
    },
    howToFix: {
      en: 'Raise submission.maxBytesPerBatch if the register takes more, or make the report smaller.',
      fi: 'Nosta arvoa submission.maxBytesPerBatch, jos rekisteri ottaa enemmän, tai pienennä ilmoitusta.',
      sv: 'Höj submission.maxBytesPerBatch om registret tar emot mer, eller gör anmälan mindre.',
    },
  },
  VERDICT_CONTRADICTS: {
    text: {
      en: 'The register’s verdict on a batch contradicts itself, or what was sent; nothing of the batch is taken for accepted.',
      fi: 'Rekisterin vastaus erästä on ristiriidassa itsensä tai lähetetyn kanssa; erästä ei lasketa mitään hyväksytyksi.',
      sv: 'Registrets svar om en sändning motsäger sig självt eller det som sändes; inget i sändningen räknas som godkänt.',
    },
    howToFix: {
      en: 'Ask the register what it holds of these loans before anything is sent again; luottoputki asks anew at each run.',
      fi: 'Kysy rekisteriltä, mitä sillä on näistä luotoista, ennen kuin mitään lähetetään uudelleen; luottoputki kysyy itse joka ajolla.',
      sv: 'Fråga registret vad det har om dessa krediter innan något sänds på nytt; luottoputki frågar själv vid varje körning.',
    },
  },
  EXTRACT_PURPOSE_OLD: {
    text: {
      en: 'The purpose is one of those there were before 1 April 2026, when the register got four others; whether it still takes the old ones is not known.',
      fi: 'Käyttötarkoitus on niitä, jotka olivat voimassa ennen 1.4.2026, jolloin rekisteriin tuli neljä muuta; ei tiedetä, ottaako se vanhoja enää.',
      sv: 'Ändamålet är ett av dem som gällde före 1.4.2026, då registret fick fyra andra; det är okänt om det ännu godtar de gamla.',
    },
    howToFix: {
      en: 'The question is asked all the same. Say one of the new purposes if your data permission covers it.',
      fi: 'Kysely tehdään silti. Käytä jotakin uusista käyttötarkoituksista, jos tietolupanne kattaa sen.',
      sv: 'Förfrågan ställs ändå. Ange ett av de nya ändamålen om ert datatillstånd omfattar det.',
    },
  },
  QUESTION_REFUSED: {
    text: {
      en: 'The register did not answer the question.',
      fi: 'Rekisteri ei vastannut kyselyyn.',
      sv: 'Registret besvarade inte förfrågan.',
    },
    howToFix: {
      en: 'See the register’s code and its text. When the row is wrong, correct it in restricted/to-fix.csv and drop that into the inbox; when it is right, luottoputki retry has it asked again.',
      fi: 'Katso rekisterin koodi ja sen teksti. Jos rivi on väärin, korjaa se tiedostossa restricted/to-fix.csv ja pudota tiedosto inbox-kansioon; jos se on oikein, luottoputki retry kysyy uudelleen.',
      sv: 'Se registrets kod och dess text. Om raden är fel, rätta den i restricted/to-fix.csv och lägg filen i mappen inbox; om den är rätt frågar luottoputki retry på nytt.',
    },
  },
  NO_REASON: {
    text: {
      en: 'The register rejected the report without saying why.',
      fi: 'Rekisteri hylkäsi ilmoituksen kertomatta syytä.',
      sv: 'Registret avvisade anmälan utan att ange orsak.',
    },
    howToFix: {
      en: 'Check the row against the register’s instructions, and drop to-fix.csv into the inbox; keep the receipt.',
      fi: 'Tarkista rivi rekisterin ohjeista ja pudota to-fix.csv inbox-kansioon; säilytä kuittaus.',
      sv: 'Kontrollera raden mot registrets anvisningar och lägg to-fix.csv i mappen inbox; spara kvittensen.',
    },
  },
} satisfies Record<string, CodeWords>;
