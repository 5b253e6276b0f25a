import { type CodeWords, nothingToDo, type Words } from './code-words.ts';

const takeBack: Words = {
  en: 'Nothing to do. If it was a mistake, take it back with `luottoputki resolve --undo`.',
  fi: 'Ei tehtävää. Jos se oli erehdys, peru se komennolla `luottoputki resolve --undo`.',
  sv: 'Inget att göra. Om det var ett misstag, ta tillbaka det med `luottoputki resolve --undo`.',
};

/** Findings about an export as a whole: what is unusual about it, and what somebody decided. */
export const exportCodes = {
  REJECTED_SHARE: {
    text: {
      en: 'More of the export is invalid than the mapping allows, so nothing of it was sent.',
      fi: 'Aineistosta on virheellistä enemmän kuin muunnosmääritys sallii, joten siitä ei lähetetty mitään.',
      sv: 'Mer av materialet är felaktigt än mappningen tillåter, så inget av det sändes.',
    },
    howToFix: {
      en: 'See the other findings; correct the cause, and export again.',
      fi: 'Katso muut huomautukset, korjaa syy ja muodosta aineisto uudelleen.',
      sv: 'Se de andra anmärkningarna, rätta orsaken och skapa materialet på nytt.',
    },
  },
  ROWS_UNUSUAL: {
    text: {
      en: 'The export has far more or far fewer rows than those before it.',
      fi: 'Aineistossa on paljon enemmän tai paljon vähemmän rivejä kuin aiemmissa.',
      sv: 'Materialet har mycket fler eller mycket färre rader än de tidigare.',
    },
    howToFix: {
      en: 'See whether it is whole, and the right one; then approve it, or withdraw it.',
      fi: 'Tarkista, että se on kokonainen ja oikea; anna sitten lähetyslupa (approve) tai peru se (withdraw).',
      sv: 'Kontrollera att det är helt och det rätta; ge sedan klartecken (approve) eller återta det (withdraw).',
    },
  },
  TOO_MANY_REPORTS: {
    text: {
      en: 'The export makes more reports than may go without somebody’s approval.',
      fi: 'Aineistosta tulee enemmän ilmoituksia kuin saa lähteä ilman lupaa.',
      sv: 'Materialet ger fler anmälningar än som får sändas utan klartecken.',
    },
    howToFix: {
      en: 'See whether so many are meant; then approve the export, or withdraw it.',
      fi: 'Tarkista, onko määrä tarkoitettu; anna sitten lähetyslupa (approve) tai peru aineisto (withdraw).',
      sv: 'Kontrollera om så många är avsett; ge sedan klartecken (approve) eller återta materialet (withdraw).',
    },
  },
  TOO_MANY_GONE: {
    text: {
      en: 'Far more loans than usual are gone from the export: it may not be whole.',
      fi: 'Aineistosta on poistunut paljon tavallista enemmän luottoja: se ei ehkä ole kokonainen.',
      sv: 'Mycket fler krediter än vanligt är borta ur materialet: det är kanske inte helt.',
    },
    howToFix: {
      en: 'See whether so many loans really have nothing to report any more; then approve the export, or withdraw it.',
      fi: 'Tarkista, onko niin monella luotolla todella ilmoitettava loppunut; anna sitten lähetyslupa (approve) tai peru aineisto (withdraw).',
      sv: 'Kontrollera om så många krediter verkligen inte längre har något att anmäla; ge sedan klartecken (approve) eller återta materialet (withdraw).',
    },
  },
  GONE_NOT_CERTAIN: {
    text: {
      en: 'Some rows could not be read, so which loans are gone from the export is not certain; none is reported as gone.',
      fi: 'Osaa riveistä ei voitu lukea, joten poistuneet luotot eivät ole varmoja; yhtään ei ilmoiteta poistuneena.',
      sv: 'En del rader kunde inte läsas, så det är inte säkert vilka krediter som är borta; ingen anmäls som borta.',
    },
    howToFix: {
      en: 'Correct the rows the other findings name. The next export that can be read whole tells which loans are gone.',
      fi: 'Korjaa muiden huomautusten mainitsemat rivit. Seuraava kokonaan luettava aineisto kertoo, mitkä luotot ovat poistuneet.',
      sv: 'Rätta raderna som de andra anmärkningarna nämner. Nästa material som kan läsas helt visar vilka krediter som är borta.',
    },
  },
  APPROVED: {
    text: {
      en: 'Somebody looked at the export and let it go.',
      fi: 'Joku tarkasti aineiston ja antoi lähetysluvan.',
      sv: 'Någon granskade materialet och gav klartecken.',
    },
    howToFix: nothingToDo,
  },
  WITHDRAWN: {
    text: {
      en: 'Somebody took the export back before anything of it was sent.',
      fi: 'Joku perui aineiston, ennen kuin siitä oli lähetetty mitään.',
      sv: 'Någon återtog materialet innan något av det hade sänts.',
    },
    howToFix: {
      en: 'Nothing to do. If it was a mistake, approve the export: it then goes after all.',
      fi: 'Ei tehtävää. Jos se oli erehdys, anna lähetyslupa (approve): aineisto lähtee silloin sittenkin.',
      sv: 'Inget att göra. Om det var ett misstag, ge klartecken (approve): då sänds materialet ändå.',
    },
  },
  RESOLVED: {
    text: {
      en: 'Somebody said that nothing more of it shall be sent.',
      fi: 'Joku merkitsi sen selvitetyksi: siitä ei lähetetä enää mitään.',
      sv: 'Någon har sagt att inget mer av den ska sändas.',
    },
    howToFix: takeBack,
  },
  RESOLVED_ENTERED: {
    text: {
      en: 'Somebody entered the loan at the register by hand: what is reported on it may go.',
      fi: 'Joku vei luoton rekisteriin käsin: siitä tehtävät ilmoitukset saavat lähteä.',
      sv: 'Någon har matat in krediten i registret för hand: anmälningar om den får sändas.',
    },
    howToFix: takeBack,
  },
  RESOLVED_HELD: {
    text: {
      en: 'It was held by its loan, and somebody said that it shall not be sent any more.',
      fi: 'Se odotti luottoaan, ja joku merkitsi, ettei sitä enää lähetetä.',
      sv: 'Den väntade på sin kredit, och någon har sagt att den inte längre ska sändas.',
    },
    howToFix: takeBack,
  },
  RETRIED: {
    text: {
      en: 'Somebody had the report sent again as it was, since the reason of the rejection lay elsewhere.',
      fi: 'Joku lähetytti ilmoituksen uudelleen sellaisenaan, koska hylkäyksen syy oli muualla.',
      sv: 'Någon lät sända anmälan på nytt som den var, eftersom orsaken till avvisningen fanns någon annanstans.',
    },
    howToFix: nothingToDo,
  },
  GAVE_UP: {
    text: {
      en: 'luottoputki failed on the export again and again, and goes on without it; nothing of it was sent.',
      fi: 'luottoputki kaatui aineistoon yhä uudelleen ja jatkaa ilman sitä; siitä ei lähetetty mitään.',
      sv: 'luottoputki misslyckades med materialet gång på gång och fortsätter utan det; inget av det sändes.',
    },
    howToFix: {
      en: 'Report it, with the log in the state folder; the bytes are kept in the archive. Once the fault is mended, approve the export: it is then tried again.',
      fi: 'Ilmoita viasta ja liitä mukaan state-kansion loki; tavut ovat tallessa arkistossa. Kun vika on korjattu, anna lähetyslupa (approve): aineistoa yritetään silloin uudelleen.',
      sv: 'Rapportera felet tillsammans med loggen i mappen state; filens byte finns i arkivet. När felet är rättat, ge klartecken (approve): då försöks materialet på nytt.',
    },
  },
} satisfies Record<string, CodeWords>;
