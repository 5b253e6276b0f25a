import { atMapping, both, type CodeWords, correctRow, newExport } from './code-words.ts';

/** Findings about a file as a whole, and about rows that cannot be read. */
export const fileCodes = {
  FILE_EMPTY: {
    text: { en: 'The file is empty.', fi: 'Tiedosto on tyhjä.', sv: 'Filen är tom.' },
    howToFix: newExport,
  },
  NO_ROWS: {
    text: {
      en: 'The file has a header and no rows.',
      fi: 'Tiedostossa on otsikkorivi mutta ei rivejä.',
      sv: 'Filen har en rubrikrad men inga rader.',
    },
    howToFix: {
      en: 'Nothing to do when there was nothing to report; otherwise ask why the export is empty.',
      fi: 'Ei tehtävää, jos ilmoitettavaa ei ollut; muuten selvitä, miksi aineisto on tyhjä.',
      sv: 'Inget att göra om det inte fanns något att anmäla; fråga annars varför materialet är tomt.',
    },
  },
  FINAL_NEWLINE_MISSING: {
    text: {
      en: 'The last line does not end: the export may have been cut off.',
      fi: 'Viimeinen rivi ei pääty: aineisto on ehkä katkennut.',
      sv: 'Den sista raden tar inte slut: materialet kan ha brutits av.',
    },
    howToFix: newExport,
  },
  ENCODING: {
    text: {
      en: 'The file has bytes that its encoding does not have.',
      fi: 'Tiedostossa on tavuja, joita sen merkistössä ei ole.',
      sv: 'Filen har byte som inte finns i dess teckenkodning.',
    },
    howToFix: both(newExport, atMapping),
  },
  BYTE_ORDER_MARK: {
    text: {
      en: 'The file begins with the mark of another encoding than the mapping says.',
      fi: 'Tiedosto alkaa toisen merkistön tunnuksella kuin muunnosmääritys sanoo.',
      sv: 'Filen börjar med märket för en annan teckenkodning än mappningen säger.',
    },
    howToFix: both({ en: 'Nothing was sent.', fi: 'Mitään ei lähetetty.', sv: 'Ingenting sändes.' }, atMapping),
  },
  QUOTE_NOT_CLOSED: {
    text: {
      en: 'A quote is opened and never closed; everything after it would be a guess.',
      fi: 'Lainausmerkki avataan mutta sitä ei suljeta; kaikki sen jälkeen olisi arvausta.',
      sv: 'Ett citattecken öppnas men stängs aldrig; allt efter det vore en gissning.',
    },
    howToFix: newExport,
  },
  QUOTE_STRAY: {
    text: {
      en: 'A quote stands where none may; what belongs to which cell would be a guess.',
      fi: 'Lainausmerkki on väärässä paikassa; solujen rajat olisivat arvausta.',
      sv: 'Ett citattecken står på fel ställe; vad som hör till vilken cell vore en gissning.',
    },
    howToFix: newExport,
  },
  QUOTE_SWALLOWED_ROWS: {
    text: {
      en: 'A quoted cell seems to hold whole rows: a quote is open that should not be.',
      fi: 'Lainausmerkeissä oleva solu näyttää sisältävän kokonaisia rivejä: lainausmerkki on jäänyt auki.',
      sv: 'En cell inom citattecken verkar innehålla hela rader: ett citattecken har lämnats öppet.',
    },
    howToFix: correctRow,
  },
  RECORD_TOO_LONG: {
    text: {
      en: 'A record is longer than any row can be: a quote may be open.',
      fi: 'Tietue on pitempi kuin mikään rivi voi olla: lainausmerkki on ehkä auki.',
      sv: 'En post är längre än någon rad kan vara: ett citattecken kan vara öppet.',
    },
    howToFix: newExport,
  },
  TRAILER_MISSING: {
    text: {
      en: 'The last record of the file, which closes it, is missing: the export may have been cut off.',
      fi: 'Tiedoston päättävä lopputietue puuttuu: aineisto on ehkä katkennut.',
      sv: 'Slutposten, som avslutar filen, saknas: materialet kan ha brutits av.',
    },
    howToFix: newExport,
  },
  TRAILER_NOT_LAST: {
    text: {
      en: 'Rows come after the record that closes the file: two exports may have run into one.',
      fi: 'Lopputietueen jälkeen tulee rivejä: kaksi aineistoa on ehkä yhdistynyt.',
      sv: 'Det kommer rader efter slutposten: två material kan ha blivit ett.',
    },
    howToFix: newExport,
  },
  TRAILER_COUNT: {
    text: {
      en: 'The file has another number of rows than its last record says: rows are missing, or too many.',
      fi: 'Tiedostossa on eri määrä rivejä kuin lopputietue sanoo: rivejä puuttuu tai niitä on liikaa.',
      sv: 'Filen har ett annat antal rader än slutposten säger: det saknas rader, eller så är de för många.',
    },
    howToFix: newExport,
  },
  TRAILER_SUM: {
    text: {
      en: 'The rows come to another sum than the last record of the file says: a row is missing or changed.',
      fi: 'Rivien summa on eri kuin lopputietueessa: jokin rivi puuttuu tai on muuttunut.',
      sv: 'Radernas summa är en annan än i slutposten: en rad saknas eller har ändrats.',
    },
    howToFix: newExport,
  },
  COLUMN_TWICE: {
    text: {
      en: 'Two columns have the same name.',
      fi: 'Kahdella sarakkeella on sama nimi.',
      sv: 'Två kolumner har samma namn.',
    },
    howToFix: newExport,
  },
  COLUMN_MISSING: {
    text: {
      en: 'A column the mapping needs is missing.',
      fi: 'Muunnosmäärityksen tarvitsema sarake puuttuu.',
      sv: 'En kolumn som mappningen behöver saknas.',
    },
    howToFix: both(newExport, atMapping),
  },
  COLUMN_UNKNOWN: {
    text: {
      en: 'The file has a column the mapping does not name.',
      fi: 'Tiedostossa on sarake, jota muunnosmääritys ei mainitse.',
      sv: 'Filen har en kolumn som mappningen inte nämner.',
    },
    howToFix: {
      en: 'Nothing is lost: the column is not read. Name it in the mapping, or set csv.columns.unknown: ignore.',
      fi: 'Mitään ei katoa: saraketta ei lueta. Nimeä se muunnosmäärityksessä tai aseta csv.columns.unknown: ignore.',
      sv: 'Inget går förlorat: kolumnen läses inte. Nämn den i mappningen, eller ange csv.columns.unknown: ignore.',
    },
  },
  ROW_WIDTH: {
    text: {
      en: 'The row has more or fewer cells than the header.',
      fi: 'Rivillä on enemmän tai vähemmän soluja kuin otsikkorivillä.',
      sv: 'Raden har fler eller färre celler än rubrikraden.',
    },
    howToFix: {
      en: 'See the row in the export: a delimiter or a quote is missing or too many. Correct it and export the loan again.',
      fi: 'Katso riviä aineistosta: erotin tai lainausmerkki puuttuu tai on liikaa. Korjaa se ja vie luotto uudelleen aineistoon.',
      sv: 'Se på raden i materialet: en avgränsare eller ett citattecken saknas eller är för mycket. Rätta den och ta med krediten i ett nytt material.',
    },
  },
  CONTROL_CHARACTER: {
    text: {
      en: 'A cell has characters that cannot be printed.',
      fi: 'Solussa on merkkejä, joita ei voi tulostaa.',
      sv: 'En cell har tecken som inte kan skrivas ut.',
    },
    howToFix: correctRow,
  },
  SAME_BYTES_AGAIN: {
    text: {
      en: 'The same file was taken before; nothing of it is sent twice.',
      fi: 'Sama tiedosto on otettu käsittelyyn jo aiemmin; mitään siitä ei lähetetä kahdesti.',
      sv: 'Samma fil har mottagits förut; inget av den sänds två gånger.',
    },
    howToFix: {
      en: 'Nothing to do, unless another export was meant: drop that one.',
      fi: 'Ei tehtävää, ellei tarkoitettu toista aineistoa: pudota silloin se.',
      sv: 'Inget att göra, om inte ett annat material avsågs: lägg in det i så fall.',
    },
  },
} satisfies Record<string, CodeWords>;
