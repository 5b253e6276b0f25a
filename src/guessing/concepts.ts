/**
 * The words that names of columns are made of, by what they mean: Finnish, Swedish and English, whole and as core systems
 * shorten them. Small letters; å, ä, ö and é stand as a, a, o and e. A word may mean several things.
 * Finnish endings need no entry: a few letters after a word are passed over.
 */
export const concepts = {
  loan: 'velkakirja velkakirjan skuldebrev promissory kred krd krediitin lnr lnro facilit kreditavtal lnnro ltnro laina lainan luotto luoton lai luot ln lan lane kredit krediitti skuld fordran engagemang loan loans credit crd facility exposure velka velan debt',
  account: 'tili konto kto account acct acc acnt',
  number:
    'lnr lnro lnnro ltnro yksilointitunnus yksilointi nro numero numer num nr no nbr numb number id tunnus tunn tunniste tun ident identifier identity key avain nummer beteckning',
  contract: 'sopimus sopimuksen sop sopim avtal avtals kontrakt kontr contract contr ctr agreement agrmt agr deal',
  date: 'paivays pvm paivamaara paiva paivays pv pvae pva paivam dat datum dag date dt dte day ajankohta',
  grant:
    'bev hyvaksytty hyvaksymis myont myonto myonnetty myonnon myonn myont myon mynt bevilj beviljad beviljat beviljning beviljade beviljades utlanad utlaning granted grant issued issue approved approval sanction sanctioned originated origination advance advanced lent',
  sign: 'undertdat allekpvm signdt allekirjoitus allekirj allek undertecknad underteckn undert undertecknande tecknad tecknande signed signing signature signdate conclusion concluded ingangen tehty solmittu',
  open: 'avaus avattu avauspvm opened open opening oppnad oppning oppnat uppl upplagd booked booking perustettu perustamis perust luontipvm startad',
  start:
    'alussa alku alkaa alkamis alk aloitus begin beginning start started borjan borjar startdatum inledning inledd from fom effective commencement commence voimaan ikraft inception',
  end: 'loppu paattymis paattyy paatt paattynyt paattymispvm paattaminen lopetus lop loppuu slut avslut avslutad avslutat avslutning upphor upphort upphorde end ended ending closed close closing closure terminated terminate termination cease ceased until asti tom stangd stangning',
  final: 'sist sistforf viimeinen viimeisen viim lopullinen sista sist slutlig last final',
  maturity:
    'maturiteetti maturity matur mat slutforfall slutforfallodag loppueraantyminen laina-aika expiry expiration expires loppuera loppuerapvm',
  due: 'sistforf forfdat ffdat erapaiva erapaivan erapv erapvm eraantymis eraantyy eraant forfallo forfall forfallodag forfallodatum forf due duedate',
  instalment: 'era eran erat maksuera lyhennysera rat rata delbetalning avbetalning instalment installment instal inst',
  amount: 'maara maaran summa sum amt amount amnt belopp bel beloppet eur euro euroa value arvo volume volym total',
  capital: 'paaoma paaoman paaom po kapital kap principal princ prin capital',
  original:
    'alussa alunperin borjan alkuperainen alkuperaisen alkuper alkup alkuaan ursprunglig ursprungligt ursprungs urspr original orig origin initial nimellis nimellinen nominell nominal nom alkulaina alkupaaoma lanebelopp lanesumma lainasumma lainamaara luottomaara loanamount',
  drawn:
    'utb utbbel nostet todate maksettuasiakkaalle nostettu nostetun nosto nostot nost nostettuna lyft lyfts lyftat utbetald utbetalt utbetalat utbet utbetalning disponerad drawn drawdown drawings withdrawn disbursed disbursement disb paidout payout utilised utilized utilisation used kaytetty utnyttjad utnyttjat utnyttjande',
  balance:
    'nyt nykyinen nu nuvarande kvar current now today curbal currbal upb osbal obal restbel restsk kapskuld jaljellaoleva after jalkeen efter nettosaldo bokfort kirjanpitoarvo velka saldo kapitalskuld lanskuld paaomavelka velkapaaoma jaljella jaljellaoleva jalj jaannos jaann restskuld restkapital rest aterstaende aterst saldot kvarstaende kvarvarande kvar skuldsaldo balance bal outstanding outst outstd os remaining remain velkasaldo lainasaldo luottosaldo utestaende velkaa loppusaldo nykysaldo unpaidprincipal',
  limit:
    'limiitti limiitin luottoraja luottolimiitti limitti limit kreditlimit kreditgrans grans kontokreditgrans tililimiitti ceiling creditline raja lim beviljadkredit',
  interest:
    'rta rte rts rnt korkopros korkoprosentti korkokanta rantesats rantefot rteprocent rtesats rtetyp apr kokonaiskorko totalranta korko koron korot korkoa korkok kor ranta rantan rante rantor interest int intr intrst rantebelopp',
  rate: 'rtesats rta korkopros prosentti pros pct percent percentage procent prosent prs sats rate kanta korkokanta rantesats rantefot korkopros korkoprosentti apr',
  total:
    'kokonaiskorko kokonais kok total totala tot all totalranta effective effektiv tosiasiallinen todellinen nykyinen voimassa gallande current curr yhteensa yht',
  margin: 'marginaali marginaalin marg mar marginal paslag margin mrgn spread korkomarginaali rantemarginal',
  reference:
    'viite viitekorko viitekoron viitek referens referensranta refranta reference referencerate ref indeksi index bas basranta base benchmark sidonnaisuus korkosidonnaisuus sidos korkosidos bindning rantebindning fixing koronmaaraytyminen',
  type: 'amtyp tyyppi tyypin tyyp laji lajin laj luokka luokan typ slag art sort kind type category kategoria klass class code cd koodi kood kod muoto form tyypinumero typkod variant',
  method:
    'amsatt takaisinmaksutapa takaisinmaksu lyhtap tapa tavan menetelma menetelman metodi metod satt method mthd meth schema scheme plan suunnitelma profile profil typology style sopimustapa',
  interval:
    'amint lyhvali vali valin jakso intervall interval period periodicity frequency freq frekvens tiheys rytmi rytm tahti tenor kk kuukausi kuukautta manader manad man month months mths mth kausi cycle langd',
  purpose:
    'kayttotarkoitus kayttotarkoituksen kayttotark kayttotar kayttokohde tarkoitus tark ktark kayttot andamal andamalet syfte lanesyfte purpose purp usage use',
  collateral:
    'sakh vakuud vakuus vakuuden vak vakuudellinen vakuudet vakuutettu sakerhet sakerheter sakerh pant pantti pantsatt collateral coll collat secured security sec kiinnitys mortgage',
  fee: 'upplavg kulu kulut kuluja kul palkkio palkkiot avgift avgifter avg kostnad kostnader kostn fee fees charge charges chg cost costs expense expenses exp toimituspalkkio jarjestelypalkkio perustamiskulu perustamiskulut uppläggningsavgift upplaggningsavgift',
  onetime:
    'upplavg kertaluonteinen kertaluonteiset kertakulu kertakulut kertakul kerta engangs engang onetime upfront setup arrangement startavgift startkostnad jarjestely perustamis toimitus upplaggning uppl aloitus nosto establishment initiation once handling',
  other: 'muu muut muita ovriga ovrig andra other others oth misc',
  currency: 'valuutta valuutan valuuttakoodi val valuta valutakod currency curr ccy cur crncy rahayksikko',
  customer: 'asiakas asiakkaan asiak asno as kund kunden client customer cust cif party osapuoli',
  person: 'henkilo henkilon hlo hlon person pers individual natural',
  idcode:
    'hetu hetunro henkilotunnus henkilotunn hlotunnus hlotunn htunnus hetutunnus sotu personnummer personnumer persnr pnr persnummer personbeteckning persbet personsignum ssn nationalid nin socialsecurity socsec identitycode personalid personid hetutieto tin',
  borrower:
    'holder holders haltija haltijat haltijoita innehavare kontohavare tilinomistaja antlt lt luotonsaaj lainansaaj lainanottaj luotonottaj velalli lantag galden borr brw velallinen velallisen velallis velall vel lainanottaja lainansaaja luotonottaja luotonsaaja lantagare lantag galdenar kredittagare borrower borrowers debtor obligor applicant hakija maksaja',
  count: 'antlt antal noof numberof lkm lukumaara lukum luku kpl antal ant count cnt num nof qty quantity nbr',
  name: 'nimi nimen sukunimi etunimi kokonimi namn fornamn efternamn tilltalsnamn name fullname firstname lastname surname forename',
  address:
    'osoite lahiosoite katuosoite katu adress gatuadress gata postnummer postnr postinumero postinro postitmp postitoimipaikka paikkakunta kotikunta kunta postort ort stad city zip zipcode postcode address addr street',
  phone: 'puhelin puhelinnumero puh matkapuhelin gsm telefon tel telefonnummer mobil mobiltelefon phone mobile',
  email: 'sahkoposti sposti email epost eposti mail',
  branch:
    'konttori konttorin kontt toimipiste kontor kontoret filial branch office unit yksikko avdelning toimisto costcentre pankki bank clearing',
  marketing:
    'markkinointi markkinointinimi markkin marknadsforing marknadsforingsnamn marknadsnamn marknad varumarke brand brandi marketing tradename trading aputoiminimi tuotemerkki merkki label lenderbrand',
  lender: 'lainanantaja lainananto luotonantaja luotonant langivare kreditgivare lender creditor myontaja',
  p2p: 'vertaislaina vertaislainan vertais vertaislainavalittaja p2p peer peertopeer formedlare formedlad valittaja valitetty broker intermediary crowd',
  transfer:
    'siirto takenover taken takeover siirretty siirtynyt siirt siirtolaina siirretyt overford overfort overforing overtagen overtagna transfer transferred transf moved ostettu hankittu kopt forvarvad acquired acquisition purchased bought porterad',
  sold: 'myyty myynti sald salt forsald forsaljning sold sale',
  another: 'other muualta muulta toinen toiselta toiselle toisesta annan andra another external',
  act: 'laki lain ksl kslaji kuluttajansuojalaki kuluttajansuoja kuluttajaluotto kuluttaja kuluttajal ksllaji ksluku konsumentskydd konsumentskyddslag konsument konsumentkredit kskl consumer consumeract cpa protection act law lag laki laissa ccd mcd sovellettava regulation',
  chapter: 'luku luvun kapitel chapter chap',
  goods:
    'kytkykauppa kytky hyodyke hyodykesidonnainen hyodykeluotto hyodykesid tavara tavaraluotto palvelu vara varor varukredit varu tjanst tjanster goods services service merchandise linked tied bunden sidottu avbetalningskop osamaksu',
  payment:
    'takaisinmaksutapa takaisinmaksu maksu maksun maksut maksettu maks mks suoritus suorituksen suor betalning betalningar betald betalt betal inbetalning inbetalt inbet bet payment paymnt pay paid pymt pmt receipt received rcvd repaid',
  amortization:
    'amtyp amint amsatt lyhtap lyhvali lyhennys lyhennyksen lyhennykset lyhennetty lyhenn lyh kuoletus kuol amortering amorterat amort amortization amortisation amrt repayment repayments repay aterbetalning aterbetalt paydown',
  deferment:
    'lyhennysvapaa lyhvapaa vapaa vapaan vapaajakso maksuvapaa lykkays lykatty amorteringsfri amorteringsfritt amortfri fri frihet anstand uppskov deferment deferral deferred grace holiday moratorium',
  lease: 'leasing leasingin leas vuokra vuokran vuokrakausi vuokralle hyra hyres leasingavtal lease leased rental rent',
  price:
    'hinta hankintahinta hinnan hankinta hankintahinnan kauppahinta arvohinta pris anskaffning anskaffningsvarde anskaffningspris anskaffn inkopspris kopesumma price purchaseprice acquisitionprice acquisitioncost transactionprice assetvalue investment',
  delayed:
    'viivastynyt viivastyneen viivastys viive viiveessa viiv viivast myohassa eraantynyt eraantyneet eraantyn rasti rastit maksamaton maksamatta hoitamaton forsenad forsenat forsening forsen drojsmal obetald obetalt obetalda efterslapande rest delay delayed late lateness overdue ovd arrears arrear arr pastdue past delinquent delinquency missed unpaid dpd',
  foreclosure:
    'eraannytetty eraannytys eraannyttaminen eraannyttamis eraannyt irtisanottu irtisanomis irtisanominen irtisan perinta uppsagd uppsagt uppsagning uppsagnings foreclosed foreclosure foreclos forecl accelerated acceleration accel calledin called recalled',
  reason: 'syy syyn syykoodi orsak orsaken anledning skal reason cause rsn',
  status: 'tila tilan status stat state stage lage vaihe flag lippu',
  change:
    'muutos muutosnro muutoksen muut andring andrings andringen andr change chg changed update updated upd paivitys paivitetty modified',
  event:
    'tap tapnro tapno tapahtuma tapahtuman tapaht tapahtumanro transaktion transaktions trans handelse verifikat verifikation vernr vernro ver tosite tositenro transaction tran trx txn trn event journal jnl posting post kirjaus kirj bokforing bokforings bokford bokf booking voucher entry arkisto arkistointi',
  report:
    'ilmoitus ilmoituksen ilm ilmoituslaji raportti raportin raport anmalan anmal rapport rapporterings report reporting rpt rep message msg sanoma record rec',
  row: 'rivi rivin rivinro rad radnr row line seq sequence lopnr lopnummer lopande juokseva jnro item pos',
  time: 'aika aikaleima klo kello tid tidpunkt tidsstampel klockslag time timestamp tstamp ts datetime',
  created:
    'luotu luonti ajo ajopvm ajopaiva muodostettu skapad skapat created creation generated extract run batch export skapande uttag poiminta poimintapvm',
  next: 'seuraava seuraavan seur nasta next upcoming tuleva kommande',
  first: 'ensimmainen ensimmaisen ens forsta first ekan eka',
  asof: 'arvopaiva arvopvm valuutapaiva valuteringsdag asof as_of tilannepvm tilanne per valuedate saldopvm saldopaiva saldodatum balansdag balansdatum vardedatum vardedag stand',
  guarantor: 'takaaj takaaja takaajan takaus borgensman borgen garant guarantor guarantee guar surety',
  legal:
    'aslaji astyyppi astyyp asryhma hlolaji hlotyyppi asiakasryhma asiakaslaji asiakastyyppi henkilolaji oikeushenkilo yhteiso yritys kundtyp kundkategori kundslag juridisk foretag foretagskund legal entitytype customertype custtype clienttype partytype segment segmentti',
  businessid: 'ytunnus lytunnus orgnr organisationsnummer fonummer fo-nummer businessid companyid companyno vatno',
  user: 'by av kirjaaja tallentaja syottaja paivittaja muuttaja tekija kasitteli kasittelija kayttaja virkailija luoja neuvottelija handlaggare anvandare user officer handler operator advisor manager',
  product: 'tuote tuotteen tuotekoodi tuotenro produkt product prod prd',
  text: 'huom huomautus huomio kommentti lisatieto lisatiedot vapaateksti selite seloste kuvaus teksti kommentar anm anmarkning fritext beskrivning beskr text comment comments note notes remark remarks memo description descr desc viesti meddelande',
  role: 'rooli roolin roll role asema suhde relation osuus andel share',
  main: 'paavelallinen paavel paa huvud huvudlantagare main primary',
  co: 'kanssavelallinen kanssavel kanssa myotavelallinen medlantagare med medgaldenar co coborrower joint',
  yes: 'onko on ar is has ind indicator kylla flag lippu ja kyllaei',
  ratetype: 'rtetyp rantetyp korkotyyppi korkolaji koronlaji korkotap rantetyp ranteslag interesttype ratetype inttype',
  fixed:
    'kiintea kiinteakorko fast fastranta fixed tarkistus tarkistusvali tarkistusjakso justering revision reset repricing maaraytymis maaraytymisjakso',
  correction: 'korr korjaus oikaisu rattelse korrigering correction corr peruutus cancel cancellation makulering',
  iban: 'iban bban',
} as const satisfies Record<string, string>;

export type Concept = keyof typeof concepts;

/** Words that add nothing to what a column is: they may stand beside any name. */
export const neutral: ReadonlySet<Concept> = new Set<Concept>([
  'loan',
  'amount',
  'number',
  'yes',
  'currency',
  'type',
  'total',
  'status',
  'account',
  'contract',
]);
