/**
 * The words by which a code tells what it means: for each role, the register's value and the words that stand for it,
 * Finnish, Swedish and English, folded as in `concepts.ts`. A longer word beats a shorter one; `=` before a word means
 * that the code is just that.
 */
export const valueWords: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  loanType: {
    LumpSumLoan:
      'kertaluotto kertalaina kertaluot kertal asuntolaina asunto bostadslan bostads annuiteetti tasalyhennys bolan hypotek laina lan lane =lan engangskredit engangslan engangs lumpsum lump_sum lump termloan term instalment installment loan mortgage blanco blancolan kulutusluotto kulutuslaina privatlan billan autolaina opintolaina studielan studentloan personalloan carloan homeloan velkakirja skuldebrev osamaksu avbetalning vakuudeton amort bullet fixedterm velkakirjalaina investointilaina remonttilaina',
    RunningAccountLoan:
      'luottotili tililuotto limiitti luottoraja jatkuva tiliin juokseva luottokortti korttiluotto kortti joustoluotto konto kontokredit kontokr checkkredit kreditkonto lopande kortkredit kreditkort kort revolving revolver running overdraft creditline line creditcard card flex rcf account_credit accountcredit',
    Leasing: 'leasing leas lease vuokra hyra rahoitusleasing finansleasing yksityisleasing privatleasing',
    GuaranteeReceivable: 'takaussaatava takaus garantifordran borgensfordran borgen guarantee takausvastuu',
  },
  purpose: {
    HomeLoanForFirstHome:
      'ensiasunto ensiasuntolaina ensias ensi_asunto asp forstabostad forsta_bostad forstahem firsthome first_home first_time firsttime',
    HomeLoanForLeisureHouse:
      'vapaaajan vapaaajanasunto vapaa_ajan_asunto loma lomaasunto loma_asunto mokki kesamokki fritidsbostad fritid fritidshus stuga sommarstuga leisure cottage holidayhome holiday summer_house second_home secondhome vacation',
    HomeLoanForInvestment:
      'sijoitusasunto sijoitus sijas placeringsbostad placering investering investeringsbostad investment buytolet buy_to_let btl rental invest',
    HomeLoan:
      'asunnon asunnot asunto asuntolaina asuntoluotto omistusasunto bostad bostadslan bolan hem home homeloan housing residential mortgage vakituinen talo hus house',
    StudentLoan: 'opinto opintolaina opiskelu studie studielan studier student study education',
    LoanForVehicleOrCraft:
      'ajoneuvo auto autolaina vene moottoripyora mp kulkuneuvo fordon bil billan bat motorcykel vehicle car boat craft motor caravan',
    LoanForBusinessActivities:
      'elinkeino yritys liiketoiminta elinkeinotoiminta naring naringsverksamhet foretag affars business commercial enterprise entrepreneur',
    GuaranteeReceivable: 'takaussaatava garantifordran borgensfordran guaranteereceivable guarantee_receivable',
    OtherConsumerCredit:
      'kulutus kulutusluotto kulutusl muukulutus konsumtion konsumtionskredit konsument privat blanco blanko consumer consumption personal other_consumer muu_kulutusluotto remontti renovering renovation jarjestely konsolidering consolidation kort',
    OtherLoan: 'muu muulaina muut muu_laina ovrig ovriga ovrigt annan annat other otherloan',
  },
  repaymentMethod: {
    FixedSizeAmortizations:
      'tasalyhennys tasalyh tasalyhenteinen kiinteälyhennys kiintealyhennys rakamortering rak_amortering rak lika_amortering equalprincipal equal_principal fixed_amortization fixedamortization fixed_principal straight linear lineaarinen linear_amortization fastamortering fast_amortering',
    FixedSizePayments:
      'kiinteatasaera kiintea_tasaera kiinteaera kiintea_era kiintea tasaera tasaerainen fixed_payment fixedpayment fixed_instalment fixed_installment fixedinstalment fastbetalning fast_betalning fast_rat fastrat fasta fast equal_payment equal_instalment jamnstora',
    Annuities: 'annuiteetti annuit annuitet annuitetslan annuity annuities ann',
    Balloon: 'balloon ballong pallo ballongbetalning suuri_loppuera isoviimeinenera jaannosarvo restvarde residual',
    Bullet:
      '=kerta kertalyhenteinen kertalyhennys kertalyh bullet engangsamortering engangs kertamaksu end_of_term interest_only',
    Other: 'muu muut ovrig annan annat other muu_tapa =oth',
  },
  interestType: {
    Euribor: 'euribor eurib eur eur12 eur3 eur6 eur1 =e12 =e6 =e3 =e1 =eb 12kk 3kk 6kk ebor eb12 eb3 eb6 eb1',
    BankReferenceRate:
      'prime omaprime pankinviite pankinviitekorko referensranta bankens_referensranta bankreference bank_reference bank_prime bankrate pankki nordeaprime opprime bankranta viitekorko reference_rate',
    OtherVariableReferenceRate:
      'muu muuviite muu_viite muuvaihtuva muu_vaihtuva ovrig annan other other_variable stibor peruskorko ecb ekp grundranta',
    FixedInterest:
      'kiintea kiinteakorko kiint kiint_korko fast fastranta fast_ranta bunden fixed fix fixedrate fixed_rate',
    InterestFree:
      'koroton korot_on rantefri rantefritt interestfree interest_free nointerest no_interest zero free ilman_korkoa',
  },
  act: {
    ResidentialPropertyConsumerCredit:
      '7a =7a =07a luku7a 7aluku ksl7a kap7a kapitel7a chapter7a ch7a asuntoluotto asunto_omaisuus asunto asuntoomaisuus bostadskredit bostadsegendom bostad bostads residential residentialproperty mortgage mcd property',
    ConsumerCredit:
      '=7 =07 luku7 7luku kap7 ksl7 ksl07 chapter7 kapitel7 ch7 7luku kuluttajaluotto kulutusluotto kuluttaja konsumentkredit konsument konsumtionskredit consumercredit consumer_credit consumer ccd',
    OtherThanConsumerCredit:
      '=0 =00 eiksl ei_ksl eikuluttaja ei_kuluttaja ei ej ej_ksl utanfor muu annan annat ovrig other none neither not non other_than ingen eisovelleta =na no_act',
  },
  reportType: {
    NewReport:
      'uusi uusiilmoitus ny nyanmalan new newreport =u perus normal alkuperainen original insert create add =new',
    ErrorCorrection:
      'korjaus korj virheenkorjaus oikaisu korjattu rattelse ratt korrigering korr correction correct corr errorcorrection update amend fix =cor',
    Cancellation:
      'peruutus perutus peruut poisto mitatointi mitatoity annullering annull makulering makul cancel cancelled cancellation canc void delete reversal storno aterkallelse =can',
  },
};

/** Words of codes that say yes or no, where more than two are seen: kinds of collateral, reasons of endings. */
export const yesNoWords: Readonly<Record<string, { true: string; false: string }>> = {
  collateral: {
    true: 'kylla on vakuudellinen asunto asuntoosake kiinteisto kiinnitys pantti takaus ajoneuvo talletus muu osake bostad fastighet pant inteckning borgen fordon annan yes secured realestate property mortgage pledge guarantee vehicle deposit other',
    false:
      'ei eivakuutta ei_vakuutta vakuudeton ilman nej ingen utan utansakerhet blanko blanco no none unsecured without =0 =00',
  },
  isTerminated: {
    true: 'maksettu loppuun paattynyt paatetty myyty siirretty perinta luottotappio tappio kuitattu lopetettu betald slutbetald slut avslutad avslutat sald overford inkasso avskriven forlust paid repaid closed sold settled terminated ended written_off writeoff write_off transferred collection loss early redeemed refinanced matured ennenaikaisesti fortida forfallen',
    false:
      'voimassa avoin auki avattu uudelleen jatkuu peruttu aktiivinen aktiv oppen pagar fortsatter aterupptagen active open ongoing reopened live running not_ended',
  },
};

/** Words of codes that say that a loan went to another lender. */
export const soldWords =
  'myyty siirretty siirto luovutettu sald sald_vidare forsald overford overlaten sold sale transferred transfer assigned refinanced_elsewhere';
