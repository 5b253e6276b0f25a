import { expect, test } from 'vitest';
import { languages } from '../../../src/lib/language.ts';
import { type ExtractPage, extractPage } from '../../../src/reports/pages/extract-page.ts';
import { englishIn } from './english-left.ts';

const extract = {
  extractReference: 'R-1',
  creationTimeUtc: '2026-05-04T09:00:00Z',
  personRequested: { idCodeType: 'PersonalIdentityCode', idCode: '010190-900P' },
  deceasedPerson: { dateOfDeath: '2026-04-01' },
  voluntaryBanOnCredits: { isInEffect: true, reason: 'Other' },
  creditInformationSummary: { lendersCount: 2, loanContractsCount: 1, guaranteedLoanContractsCount: 0 },
  repaymentsPaidLastAmount: [{ currencyCode: 'EUR', sum: 120.5 }],
  loans: [
    {
      loanType: 'LumpSumLoan',
      contractDate: '2025-01-31',
      currencyCode: 'EUR',
      collateralType: ['OtherGuarantee'],
      lumpSumLoan: { amountIssued: 1000.1, balance: 400, repaymentMethod: 'Annuities' },
      delayedAmounts: [{ delayedInstalment: 20, originalDueDate: '2026-01-01' }],
      isForeclosed: false,
    },
  ],
  incomeData: [{ year: 2026, months: [{ month: 3, wagesGrossAmount: 3000 }] }],
};
const page: ExtractPage = {
  answer: JSON.stringify({ creditRegisterExtract: extract }),
  asked: 'ASKEXTRACTS_1.csv:2',
  purposes: ['NewLoan'],
  answeredAt: '2026-05-04 12:00',
  environment: 'production',
  language: 'en',
};

test('tells person, ban, summary, sums, loans and income, and what else there is', () => {
  const html = extractPage(page);
  for (const text of [
    '010190-900P',
    'Day of death: 2026-04-01',
    'Voluntary ban on credits',
    '<dd>yes</dd>',
    'Guaranteed loan contracts',
    'Payments made last',
    '120.5 EUR',
    '2025-01-31',
    '1000.1 EUR',
    'OtherGuarantee',
    '20 (2026-01-01)',
    'lumpSumLoan.repaymentMethod',
    'Annuities',
    '3 / 2026',
    'a person’s data in clear',
  ])
    expect(html).toContain(text);
  expect(html).not.toMatch(/<script|\son\w+=|https?:|\bundefined\b|\bnull\b|\[object/i);
});

test.each(languages)('is a whole page in %s, without the words of another language', (language) => {
  const html = extractPage({ ...page, language });
  expect(html).toContain(`<html lang="${language}">`);
  // The register’s own names are names in every language.
  if (language !== 'en') expect(englishIn(html.replace(/>(?:NewLoan|OtherGuarantee|Other)</g, '><'))).toEqual([]);
});

test('what comes from the register is text, never page', () => {
  const answer = JSON.stringify({ creditRegisterExtract: { ...extract, '<b>': '<script>x</script>' } });
  const html = extractPage({ ...page, answer });
  expect(html).toContain('&lt;script&gt;x&lt;/script&gt;');
  expect(html).not.toMatch(/<script|<b>/);
});

test('an answer in which there is no extract is shown whole, as it came', () => {
  const html = extractPage({ ...page, answer: '{"note":"try later"}' });
  expect(html).toContain('no extract that could be recognised');
  expect(html).toContain('try later');
  expect(extractPage({ ...page, answer: 'no json' })).toContain('no json');
});
