import type { InEachLanguage } from '../../lib/language.ts';
import { shortDay } from '../pages/days.ts';
import { counted, type Noun } from './counted.ts';
import { nouns } from './nouns.ts';

/** A command to be typed as it stands. */
type Command = string;

/** The sentences of `receipt.json`'s next step: each is whole, and they are put one after the other. */
type ReceiptPhrases = {
  sumsDoNotHold: string;
  withdrawn(approve: Command): string;
  givenUp(approve: Command): string;
  resolvedByHand: string;
  refused: string;
  look(approveOrWithdraw: string): string;
  approveOrWithdraw(approve: Command, withdraw: Command): string;
  sending: string;
  asking: string;
  answersSoFar: string;
  askAgain(retry: Command): string;
  everyQuestion: string;
  withRegister: string;
  contradicts: string;
  outcomeUnknown: string;
  meanwhile(reports: number, noun: Noun): string;
  openToFix(reports: number, noun: Noun): string;
  rowsUnread(rows: number): string;
  onlyRowsUnread: string;
  gone(reports: number, noun: Noun): string;
  held(reports: number): string;
  /** @param day `yyyy-mm-dd` */
  goAgain(reports: number, day: string): string;
  waiting: string;
  nothingToDo(why: string): string;
  everyReport(corrected: number): string;
  everyOther(corrected: number, given: string): string;
  byHand(reports: number, rows: number): string;
  resolution(words: string, count: number): string;
  moreReasons(count: number): string;
  leftOut(rows: number): string;
  sameBytes(name: string, day: string): string;
  seeReceipt: string;
  wasWithdrawn(approve: Command): string;
  /** What was expected of bytes that came again. */
  otherBytes(name: string, day: string): string;
};

const { fi, sv } = nouns;

/** The next step of an export, in each language. */
export const receiptPhrases: InEachLanguage<ReceiptPhrases> = {
  en: {
    sumsDoNotHold:
      'The sums do not hold: a fault of luottoputki. Keep the state folder, and report it; nothing here may be taken for done.',
    withdrawn: (approve) => `Nothing of it was sent, and nothing will be. If that was a mistake: \`${approve}\`.`,
    givenUp: (approve) =>
      `Nothing was sent: luottoputki failed on it again and again. Report the fault; once it is mended, \`${approve}\` has it tried again.`,
    resolvedByHand: 'Nothing to do: nothing was sent, and that was resolved by hand.',
    refused: 'Nothing was sent. See errors.csv for the reason; correct the export and drop it into the inbox again.',
    look: (approveOrWithdraw) => `Look at the export; then ${approveOrWithdraw}.`,
    approveOrWithdraw: (approve, withdraw) => `let it go with \`${approve}\`, or take it back with \`${withdraw}\``,
    sending: 'Nothing to do: sending goes on by itself at the next run.',
    asking: 'Nothing to do: asking goes on by itself at the next run.',
    answersSoFar: 'The answers so far are in restricted/.',
    askAgain: (retry) => `Where the row is right, \`${retry}\` has it asked again.`,
    everyQuestion: 'every question was answered. The answers are personal data, and are in restricted/.',
    withRegister: 'Nothing to do: the register has not given its verdict yet; it is asked again at the next run.',
    contradicts:
      'The register’s verdict on a batch contradicts what was sent (see errors.csv). Ask the register what it holds of these loans; do not send these rows another way. The register is asked anew at each run.',
    outcomeUnknown:
      'Nothing to do by hand: whether a batch arrived is not known, and the register is being asked. Do not send these rows another way.',
    meanwhile: (reports, noun) => `Meanwhile ${counted(reports, noun)} can be corrected in restricted/to-fix.csv.`,
    openToFix: (reports, noun) =>
      `Open restricted/to-fix.csv, correct ${counted(reports, noun)}, and drop the file into the inbox as it is.`,
    rowsUnread: (rows) =>
      `${rows} row(s) could not be read: correct them in the core system (errors.csv names them) and export them again.`,
    onlyRowsUnread: 'Correct the rows named in errors.csv in the core system and export them again.',
    gone: (reports, noun) =>
      `${counted(reports, noun)} on loans that are gone from the export ${reports === 1 ? 'was' : 'were'} not accepted: errors.csv says why. What was not sent is made again from the next export once the mapping (whenGone) is right; of what the register rejected, see what it holds of the loan.`,
    held: (reports) => `${reports} are held because their loan was not accepted; they leave by themselves once it is.`,
    goAgain: (reports, day) => `${reports} go again by themselves on ${day}.`,
    waiting: 'what waits goes at the next run, or when the report before it on its loan has its verdict.',
    nothingToDo: (why) => `Nothing to do: ${why}`,
    everyReport: (corrected) =>
      `every report was accepted${corrected === 0 ? '' : `, ${corrected} of them after correction`}.`,
    everyOther: (corrected, given) =>
      `every other report was accepted${corrected === 0 ? '' : `, ${corrected} of them after correction`}; ${given}.`,
    byHand: (reports, rows) =>
      `${[...(reports > 0 ? [`${reports} report(s)`] : []), ...(rows > 0 ? [`${rows} row(s) of no report`] : [])].join(' and ')} resolved by hand`,
    resolution: (words, count) => `${words}: ${count}.`,
    moreReasons: (count) => `And ${count} more reasons: see errors.csv.`,
    leftOut: (rows) =>
      `${rows} row(s) were left out: their reports were accepted, or corrected by rows that came before; a further change is a change of its own.`,
    sameBytes: (name, day) => `Nothing was sent: the same bytes were taken on ${day} as ${name}.`,
    seeReceipt: "See that export's receipt.",
    wasWithdrawn: (approve) => `That export was withdrawn; to send it after all, \`${approve}\`.`,
    otherBytes: (name, day) => `other bytes than those of ${name} of ${day}`,
  },
  fi: {
    sumsDoNotHold:
      'Summat eivät täsmää: vika on luottoputkessa. Säilytä state-kansio ja ilmoita viasta; mitään tästä ei saa pitää valmiina.',
    withdrawn: (approve) => `Siitä ei lähetetty mitään, eikä lähetetä. Jos se oli erehdys: \`${approve}\`.`,
    givenUp: (approve) =>
      `Mitään ei lähetetty: luottoputki kaatui aineistoon yhä uudelleen. Ilmoita viasta; kun se on korjattu, \`${approve}\` saa luottoputken yrittämään uudelleen.`,
    resolvedByHand: 'Ei tehtävää: mitään ei lähetetty, ja asia on merkitty selvitetyksi.',
    refused:
      'Mitään ei lähetetty. Katso syy tiedostosta errors.csv; korjaa aineisto ja pudota se uudelleen inbox-kansioon.',
    look: (approveOrWithdraw) => `Katso aineistoa; sitten ${approveOrWithdraw}.`,
    approveOrWithdraw: (approve, withdraw) =>
      `anna lähetyslupa komennolla \`${approve}\` tai peru se komennolla \`${withdraw}\``,
    sending: 'Ei tehtävää: lähettäminen jatkuu itsestään seuraavalla ajolla.',
    asking: 'Ei tehtävää: kysely jatkuu itsestään seuraavalla ajolla.',
    answersSoFar: 'Tähänastiset vastaukset ovat kansiossa restricted/.',
    askAgain: (retry) => `Jos rivi on oikein, \`${retry}\` kysyy uudelleen.`,
    everyQuestion:
      'kaikkiin kyselyihin saatiin vastaus. Vastaukset ovat henkilötietoja, ja ne ovat kansiossa restricted/.',
    withRegister: 'Ei tehtävää: rekisteri ei ole vielä vastannut; siltä kysytään uudelleen seuraavalla ajolla.',
    contradicts:
      'Rekisterin vastaus erästä on ristiriidassa lähetetyn kanssa (katso errors.csv). Kysy rekisteriltä, mitä sillä on näistä luotoista; älä lähetä näitä rivejä muuta tietä. Rekisteriltä kysytään uudelleen joka ajolla.',
    outcomeUnknown:
      'Ei tehtävää käsin: ei tiedetä, menikö erä perille, ja asiaa kysytään rekisteriltä. Älä lähetä näitä rivejä muuta tietä.',
    meanwhile: (reports, noun) =>
      `Sillä välin ${counted(reports, noun)} voidaan korjata tiedostossa restricted/to-fix.csv.`,
    openToFix: (reports, noun) =>
      `Avaa restricted/to-fix.csv, korjaa ${counted(reports, noun)} ja pudota tiedosto sellaisenaan inbox-kansioon.`,
    rowsUnread: (rows) =>
      `${counted(rows, fi.row)} jäi lukematta: korjaa ${rows === 1 ? 'se' : 'ne'} perusjärjestelmään (errors.csv kertoo rivit) ja vie uudelleen aineistoon.`,
    onlyRowsUnread: 'Korjaa tiedoston errors.csv mainitsemat rivit perusjärjestelmään ja vie ne uudelleen aineistoon.',
    gone: (reports, noun) =>
      `Aineistosta poistuneista luotoista jäi hyväksymättä ${counted(reports, noun)}: errors.csv kertoo syyn. Lähettämättä jäänyt tehdään uudelleen seuraavasta aineistosta, kun muunnosmääritys (whenGone) on oikein; jos rekisteri hylkäsi, katso, mitä sillä on luotosta.`,
    held: (reports) =>
      `${counted(reports, fi.report)} odottaa, koska luottoa ei hyväksytty; ${reports === 1 ? 'se lähtee' : 'ne lähtevät'} itsestään, kun se hyväksytään.`,
    goAgain: (reports, day) => `${counted(reports, fi.report)} lähtee itsestään uudelleen ${shortDay(day, 'fi')}.`,
    waiting: 'odottavat lähtevät seuraavalla ajolla tai kun saman luoton edellinen ilmoitus on saanut vastauksen.',
    nothingToDo: (why) => `Ei tehtävää: ${why}`,
    everyReport: (corrected) =>
      `kaikki ilmoitukset hyväksyttiin${corrected === 0 ? '' : `, niistä ${corrected} korjauksen jälkeen`}.`,
    everyOther: (corrected, given) =>
      `kaikki muut ilmoitukset hyväksyttiin${corrected === 0 ? '' : `, niistä ${corrected} korjauksen jälkeen`}; ${given}.`,
    byHand: (reports, rows) =>
      `selvitetyksi merkitty ${[...(reports > 0 ? [counted(reports, fi.report)] : []), ...(rows > 0 ? [`${counted(rows, fi.row)} ilmoitusten ulkopuolelta`] : [])].join(' ja ')}`,
    resolution: (words, count) => `${words}: ${count}.`,
    moreReasons: (count) => `Lisäksi ${count} muuta syytä: katso errors.csv.`,
    leftOut: (rows) =>
      `${counted(rows, fi.row)} jätettiin pois: ${rows === 1 ? 'sen ilmoitus' : 'niiden ilmoitukset'} on jo hyväksytty tai korjattu aiemmin tulleilla riveillä; uusi muutos on oma muutoksensa.`,
    sameBytes: (name, day) =>
      `Mitään ei lähetetty: samat tavut otettiin käsittelyyn ${shortDay(day, 'fi')} nimellä ${name}.`,
    seeReceipt: 'Katso sen aineiston kuittaus.',
    wasWithdrawn: (approve) => `Se aineisto peruttiin; jos se lähetetään sittenkin, \`${approve}\`.`,
    otherBytes: (name, day) => `muut tavut kuin aineistossa ${name}, ${shortDay(day, 'fi')}`,
  },
  sv: {
    sumsDoNotHold:
      'Summorna stämmer inte: felet är luottoputkis. Spara mappen state och rapportera felet; inget här får räknas som klart.',
    withdrawn: (approve) => `Inget av det sändes, och inget kommer att sändas. Om det var ett misstag: \`${approve}\`.`,
    givenUp: (approve) =>
      `Ingenting sändes: luottoputki misslyckades med materialet gång på gång. Rapportera felet; när det är rättat gör \`${approve}\` ett nytt försök.`,
    resolvedByHand: 'Inget att göra: ingenting sändes, och saken har märkts som utredd.',
    refused: 'Ingenting sändes. Se orsaken i errors.csv; rätta materialet och lägg det i mappen inbox på nytt.',
    look: (approveOrWithdraw) => `Granska materialet; sedan ${approveOrWithdraw}.`,
    approveOrWithdraw: (approve, withdraw) => `ge klartecken med \`${approve}\`, eller återta det med \`${withdraw}\``,
    sending: 'Inget att göra: sändningen fortsätter av sig själv vid nästa körning.',
    asking: 'Inget att göra: frågandet fortsätter av sig själv vid nästa körning.',
    answersSoFar: 'Svaren hittills finns i mappen restricted/.',
    askAgain: (retry) => `Om raden är rätt frågar \`${retry}\` på nytt.`,
    everyQuestion: 'alla förfrågningar besvarades. Svaren är personuppgifter och finns i mappen restricted/.',
    withRegister: 'Inget att göra: registret har inte svarat ännu; det tillfrågas på nytt vid nästa körning.',
    contradicts:
      'Registrets svar om en sändning motsäger det som sändes (se errors.csv). Fråga registret vad det har om dessa krediter; sänd inte raderna på annat sätt. Registret tillfrågas på nytt vid varje körning.',
    outcomeUnknown:
      'Inget att göra för hand: det är okänt om en sändning kom fram, och registret tillfrågas. Sänd inte raderna på annat sätt.',
    meanwhile: (reports, noun) => `Under tiden kan ${counted(reports, noun)} rättas i restricted/to-fix.csv.`,
    openToFix: (reports, noun) =>
      `Öppna restricted/to-fix.csv, rätta ${counted(reports, noun)} och lägg filen som den är i mappen inbox.`,
    rowsUnread: (rows) =>
      `${counted(rows, sv.row)} kunde inte läsas: rätta ${rows === 1 ? 'den' : 'dem'} i grundsystemet (errors.csv nämner ${rows === 1 ? 'den' : 'dem'}) och ta med ${rows === 1 ? 'den' : 'dem'} i ett nytt material.`,
    onlyRowsUnread: 'Rätta raderna som nämns i errors.csv i grundsystemet och ta med dem i ett nytt material.',
    gone: (reports, noun) =>
      `${counted(reports, noun)} om krediter som är borta ur materialet godkändes inte: errors.csv anger orsaken. Det som inte sändes görs på nytt av nästa material när mappningen (whenGone) är rätt; om registret avvisade något, se vad det har om krediten.`,
    held: (reports) =>
      `${counted(reports, sv.report)} väntar eftersom krediten inte godkändes; ${reports === 1 ? 'den' : 'de'} sänds av sig själv${reports === 1 ? '' : 'a'} när den godkänns.`,
    goAgain: (reports, day) =>
      `${counted(reports, sv.report)} sänds på nytt av sig själv${reports === 1 ? '' : 'a'} ${shortDay(day, 'sv')}.`,
    waiting: 'det som väntar sänds vid nästa körning, eller när den föregående anmälan om samma kredit har fått svar.',
    nothingToDo: (why) => `Inget att göra: ${why}`,
    everyReport: (corrected) =>
      `alla anmälningar godkändes${corrected === 0 ? '' : `, ${corrected} av dem efter rättelse`}.`,
    everyOther: (corrected, given) =>
      `alla andra anmälningar godkändes${corrected === 0 ? '' : `, ${corrected} av dem efter rättelse`}; ${given}.`,
    byHand: (reports, rows) =>
      `${[...(reports > 0 ? [counted(reports, sv.report)] : []), ...(rows > 0 ? [`${counted(rows, sv.row)} utanför anmälningarna`] : [])].join(' och ')} har märkts som utredda`,
    resolution: (words, count) => `${words}: ${count}.`,
    moreReasons: (count) => `Och ${count} andra orsaker: se errors.csv.`,
    leftOut: (rows) =>
      `${counted(rows, sv.row)} lämnades bort: anmälan har redan godkänts, eller rättats med rader som kom tidigare; en ny ändring är en egen ändring.`,
    sameBytes: (name, day) => `Ingenting sändes: samma byte mottogs ${shortDay(day, 'sv')} under namnet ${name}.`,
    seeReceipt: 'Se kvittensen för det materialet.',
    wasWithdrawn: (approve) => `Det materialet återtogs; för att sända det ändå: \`${approve}\`.`,
    otherBytes: (name, day) => `andra byte än i ${name}, ${shortDay(day, 'sv')}`,
  },
};
