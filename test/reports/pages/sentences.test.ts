import { describe, expect, it } from 'vitest';
import type { Language } from '../../../src/lib/language.ts';
import { daySentence, exportSentence } from '../../../src/reports/pages/sentences.ts';
import type { ExportState, Receipt } from '../../../src/reports/receipt.ts';
import { countsOf, days, emptyDay, receiptOf, summaryOf } from './sample-pages.ts';

function sentence(
  counts: Partial<Receipt['counts']>,
  state: ExportState = 'needsFixing',
  api = 'AddLoans',
  settled = 0,
  language: Language = 'en',
): string {
  const receipt = receiptOf({ state, counts: countsOf(counts), mapping: { ...receiptOf().mapping, api } });
  return exportSentence({ receipt, settled, language }).replaceAll('\u202F', ' ');
}

describe('the sentence on an export', () => {
  it('names each part that is not zero', () => {
    expect(sentence({ accepted: 1198, rejected: 3, invalid: 1, pending: 2 })).toBe(
      '1 204 new loans: 1 198 accepted, 4 need fixing, 2 wait for the register',
    );
  });

  it('keeps thousands together with a thin space that does not break', () => {
    expect(exportSentence(summaryOf({ counts: countsOf({ accepted: 1_204_000 }) }))).toBe(
      '1\u202F204\u202F000 new loans: all accepted',
    );
  });

  it.each<[Partial<Receipt['counts']>, ExportState, string]>([
    [{ accepted: 1 }, 'complete', '1 new loan: accepted'],
    [{ rejected: 1 }, 'needsFixing', '1 new loan: needs fixing'],
    [{ invalid: 2 }, 'needsFixing', '2 new loans: all need fixing'],
    [{ accepted: 1, rejected: 1 }, 'needsFixing', '2 new loans: 1 accepted, 1 needs fixing'],
    [{ pending: 1 }, 'withRegister', '1 new loan: waits for the register'],
    [{ pending: 2 }, 'sending', '2 new loans: all are being sent'],
    [{ accepted: 3, pending: 1 }, 'waiting', '4 new loans: 3 accepted, 1 goes again on a later day'],
    [{ pending: 9 }, 'awaitingApproval', '9 new loans: all wait for approval'],
    [{ accepted: 2, unknown: 1 }, 'outcomeUnknown', '3 new loans: 2 accepted, 1 has an unknown outcome'],
    [
      { unknown: 2, held: 1 },
      'outcomeUnknown',
      '3 new loans: 2 have an unknown outcome, 1 is held until its loan is accepted',
    ],
    [{ held: 2 }, 'needsFixing', '2 new loans: all are held until their loans are accepted'],
    [{ rowsSkipped: 3 }, 'complete', 'No new loans in this export'],
    [
      { accepted: 2, rowsInvalid: 1 },
      'needsFixing',
      '2 new loans: all accepted; 1 row belongs to no report and needs fixing',
    ],
    [{ rowsInvalid: 2 }, 'needsFixing', 'No new loans in this export; 2 rows belong to no report and need fixing'],
    [{}, 'refused', 'Refused: nothing of this export was sent to the register'],
  ])('is plain for %o, %s', (counts, state, expected) => {
    expect(sentence(counts, state)).toBe(expected);
  });

  it('says of no report that it needs fixing once it was corrected or resolved', () => {
    expect(sentence({ accepted: 3, rejected: 2, invalid: 1 }, 'complete', 'AddLoans', 3)).toBe(
      '6 new loans: 3 accepted, 3 corrected or resolved since',
    );
    expect(sentence({ accepted: 3, rejected: 2 }, 'needsFixing', 'AddLoans', 1)).toBe(
      '5 new loans: 3 accepted, 1 needs fixing, 1 corrected or resolved since',
    );
    expect(sentence({ accepted: 1, rowsInvalid: 2 }, 'complete')).toBe(
      '1 new loan: accepted; 2 rows belong to no report and were resolved',
    );
    const receipt = receiptOf({ state: 'complete', counts: countsOf({ accepted: 3, rejected: 2 }) });
    const today = { receipt, settled: 2, takenAt: '', day: emptyDay.day, folder: '' };
    expect(daySentence({ ...emptyDay, exports: [today] })).toBe(
      '1 export today, 5 reports: 3 accepted, 2 corrected or resolved since',
    );
  });

  it('tells what was withdrawn from what was refused', () => {
    const finding = { code: 'WITHDRAWN', count: 1, firstLines: [], text: '', howToFix: '' };
    const receipt = receiptOf({ state: 'refused', findingsByCode: [finding] });
    expect(exportSentence({ receipt, settled: 0, language: 'en' })).toBe(
      'Withdrawn: nothing of this export was sent to the register',
    );
    const today = { receipt, settled: 0, takenAt: '', day: emptyDay.day, folder: '' };
    expect(daySentence({ ...emptyDay, exports: [today] })).toBe('1 export today; 1 export was withdrawn');
  });

  it.each([
    ['UpdateLoans', '2 changes: all accepted'],
    ['Repayments', '2 payments: all accepted'],
    ['DelayedRepayments', '2 delays: all accepted'],
    ['TerminateLoans', '2 endings: all accepted'],
    ['GetLoan', '2 questions: all answered'],
    ['constructor', '2 questions: all answered'],
  ])('calls the reports of %s by their name', (api, expected) => {
    expect(sentence({ accepted: 2 }, 'complete', api)).toBe(expected);
  });
});

describe('the sentence in Finnish and Swedish', () => {
  it.each<[Language, Partial<Receipt['counts']>, ExportState, string, string]>([
    ['fi', { accepted: 1 }, 'complete', 'AddLoans', '1 uusi luotto: hyväksytty'],
    [
      'fi',
      { accepted: 1198, rejected: 3, invalid: 1, pending: 2 },
      'needsFixing',
      'AddLoans',
      '1 204 uutta luottoa: 1 198 hyväksytty, 4 on korjattava, 2 odottaa rekisterin vastausta',
    ],
    ['fi', { pending: 2 }, 'sending', 'Repayments', '2 maksua: kaikki ovat matkalla'],
    ['fi', { accepted: 2 }, 'complete', 'GetLoan', '2 kyselyä: kaikki saivat vastauksen'],
    [
      'fi',
      { rowsInvalid: 2 },
      'needsFixing',
      'TerminateLoans',
      'Tässä aineistossa ei ole luottojen päättymisiä; 2 riviä ei kuulu mihinkään ilmoitukseen, ja ne on korjattava',
    ],
    ['sv', { accepted: 1 }, 'complete', 'AddLoans', '1 ny kredit: godkänd'],
    [
      'sv',
      { accepted: 3, held: 1 },
      'waiting',
      'UpdateLoans',
      '4 ändringar: 3 godkända, 1 väntar på att krediten godkänns',
    ],
    ['sv', { accepted: 2 }, 'complete', 'TerminateLoans', '2 avslutade krediter: alla godkända'],
  ])('%s: %o, %s, %s', (language, counts, state, api, expected) => {
    expect(sentence(counts, state, api, 0, language)).toBe(expected);
  });

  it('tells a day', () => {
    const told = (language: Language) =>
      daySentence({ ...emptyDay, ...days['faults'], language }).replaceAll('\u202F', ' ');
    expect(told('fi')).toBe(
      '3 aineistoa tänään, 1 235 ilmoitusta: 1 182 hyväksytty, 7 on korjattava, 40 odottaa rekisterin vastausta, ' +
        '4 on ilman tietoa tuloksesta, 2 odottaa luottonsa hyväksymistä; 1 rivi ei kuulu mihinkään ilmoitukseen; ' +
        '1 aineisto hylättiin kokonaan; 1 aineisto aiemmilta päiviltä on vielä kesken',
    );
    expect(told('sv')).toBe(
      '3 material i dag, 1 235 anmälningar: 1 182 godkända, 7 måste rättas, 40 väntar på registrets svar, ' +
        '4 har okänt utfall, 2 väntar på att krediten godkänns; 1 rad hör inte till någon anmälan; ' +
        '1 material avvisades som helhet; 1 material från tidigare dagar är inte klart',
    );
  });
});

describe('the sentence on a day', () => {
  const told = (name: string) => daySentence(days[name] ?? emptyDay).replaceAll('\u202F', ' ');

  it('is short when all went well', () => {
    expect(told('perfect')).toBe('3 exports today, 19 439 reports: all accepted');
  });

  it('adds the reports of the day, and tells refused and earlier exports apart', () => {
    expect(told('faults')).toBe(
      '3 exports today, 1 235 reports: 1 182 accepted, 7 need fixing, 40 wait for the register, 4 have an unknown outcome, ' +
        '2 are held until their loans are accepted; 1 row belongs to no report; 1 export was refused; 1 export of earlier days is not done yet',
    );
  });

  it('says so when nothing came', () => {
    expect(told('empty')).toBe('No export has come today');
  });

  it('counts nothing of an export whose sums do not hold', () => {
    const receipt = receiptOf({ counts: { ...countsOf({ accepted: 5 }), balanced: false } });
    const exports = [{ receipt, settled: 0, takenAt: '2026-01-05 06:03', day: '2026-01-05', folder: '2026-01-05/a' }];
    expect(daySentence({ ...emptyDay, exports })).toBe('1 export today; the sums of 1 export do not hold');
  });
});
