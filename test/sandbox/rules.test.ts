import { describe, expect, test } from 'vitest';
import type { BatchApi } from '../../src/contract/apis.ts';
import type { Owner, Report } from '../../src/contract/shapes.ts';
import { artificialPerson } from './persons.ts';
import { borrower, change, delay, ending, newLoan, payment } from './reports.ts';
import { Client, openSandbox } from './sandbox-client.ts';

const today = () => new Date('2026-05-20T10:00:00Z');
const by = (idCode: string) => ({ borrowers: [borrower(idCode)] });

/** A sandbox that holds loan 1 (active) and loan 2 (ended). */
async function sandboxWithLoans(): Promise<Client> {
  const client = await openSandbox({ now: today });
  await client.report('AddLoans', newLoan('1'), newLoan('2'));
  await client.report('TerminateLoans', ending('2'));
  return client;
}

const cases: [why: string, code: string, api: BatchApi, report: Report][] = [
  ['more drawn than granted', 'D02', 'AddLoans', newLoan('3', { lumpSumLoan: { amountIssued: 1, amountPaid: 2 } })],
  ['more drawn than granted', 'D02', 'UpdateLoans', change('1', { lumpSumLoan: { amountIssued: 1, amountPaid: 2 } })],
  ['no part for the loan type', 'SB-LOAN-PART-MISMATCH', 'AddLoans', newLoan('3', { loanType: 'Leasing' })],
  [
    'fewer borrowers than listed',
    'SB-BORROWERS-COUNT-TOO-SMALL',
    'AddLoans',
    newLoan('3', {
      borrowers: [borrower(artificialPerson(1)), borrower(artificialPerson(2))],
    }),
  ],
  ['a bad identity code', 'C40', 'AddLoans', newLoan('3', by('010190-900A'))],
  ['a real person', 'SB-PERSON-NOT-ARTIFICIAL', 'AddLoans', newLoan('3', by('131052-308T'))],
  ['a person who is not known yet', 'E20', 'AddLoans', newLoan('3', by(artificialPerson(1, 998)))],
  ['an identity code not in use', 'E21', 'UpdateLoans', change('1', by(artificialPerson(1, 997)))],
  ['a loan that is there already', 'SB-LOAN-EXISTS', 'AddLoans', newLoan('1')],
  [
    'an ended loan that was not transferred',
    'SB-LOAN-EXISTS',
    'AddLoans',
    newLoan('2', { isTransferredFromAnotherLender: true }),
  ],
  ['a loan nobody reported', 'SB-LOAN-UNKNOWN', 'UpdateLoans', change('9')],
  ['a loan nobody reported', 'SB-LOAN-UNKNOWN', 'Repayments', payment('9')],
  ['a loan nobody reported', 'SB-LOAN-UNKNOWN', 'DelayedRepayments', delay('9')],
  ['a loan nobody reported', 'SB-LOAN-UNKNOWN', 'TerminateLoans', ending('9')],
  [
    'another type of number',
    'SB-LOAN-UNKNOWN',
    'TerminateLoans',
    ending('1', {}, { loanNumber: { type: 'Bban', number: '1' } }),
  ],
  ['an ended loan', 'SB-LOAN-ENDED', 'UpdateLoans', change('2')],
  ['an ended loan', 'SB-LOAN-ENDED', 'Repayments', payment('2')],
  ['an ended loan', 'SB-LOAN-ENDED', 'DelayedRepayments', delay('2')],
  ['an ended loan', 'SB-LOAN-ENDED', 'TerminateLoans', ending('2')],
  ['a change to cancel', 'SB-CANNOT-CANCEL', 'UpdateLoans', change('1', { reportType: 'Cancellation' })],
  ['another loan type', 'SB-LOAN-TYPE', 'Repayments', payment('1', { loanType: 'Leasing' })],
  [
    'a payment to correct that is not there',
    'SB-NOTHING-TO-CORRECT',
    'Repayments',
    payment('1', { reportType: 'ErrorCorrection' }),
  ],
  ['an instalment due before the contract', 'SB-DUE-BEFORE-CONTRACT', 'DelayedRepayments', delay('1', '2026-01-14')],
  ['a delay of 59 days', 'SB-DELAY-UNDER-60-DAYS', 'DelayedRepayments', delay('1', '2026-03-22')],
  [
    'a delay without instalments',
    'SB-DELAY-AMOUNTS-MISMATCH',
    'DelayedRepayments',
    delay('1', '2026-02-01', { delayedAmounts: [] }),
  ],
  [
    'an acceleration without its day',
    'SB-FORECLOSURE-DATE-MISSING',
    'DelayedRepayments',
    delay('1', '2026-02-01', { isForeclosed: true }),
  ],
  ['an end before the contract', 'SB-END-BEFORE-CONTRACT', 'TerminateLoans', ending('1', { endDate: '2026-01-14' })],
  ['an ending that ends nothing', 'SB-NOT-TERMINATED', 'TerminateLoans', ending('1', { isTerminated: false })],
  [
    'an end to correct that is not there',
    'SB-NOTHING-TO-CORRECT',
    'TerminateLoans',
    ending('1', {}, { reportType: 'ErrorCorrection' }),
  ],
];

describe('rejections', () => {
  test.each(cases)('%s is %s in %s', async (_, code, api, report) => {
    const client = await sandboxWithLoans();
    const { loans } = client.sandbox.snapshot();
    expect(await client.codes(api, report)).toEqual([code]);
    expect(client.sandbox.snapshot().loans).toEqual(loans);
  });

  test('a foreign owner without its country code is D40', async () => {
    const foreign: Owner = { idCodeType: 'ForeignBusinessId', idCode: 'SE556', countryCode: 'SE' };
    const { sandbox } = await openSandbox({ owner: foreign });
    const forgetful = new Client(sandbox, { idCodeType: 'ForeignBusinessId', idCode: 'SE556' });
    expect(await forgetful.codes('AddLoans', newLoan('1'))).toEqual(['D40']);
    expect(await new Client(sandbox, foreign).codes('AddLoans', newLoan('1'))).toEqual([]);
  });

  test('a delay of 60 days by the Finnish calendar is accepted', async () => {
    // 20 May in Helsinki, still 19 May in UTC.
    const client = await openSandbox({ now: () => new Date('2026-05-19T21:30:00Z') });
    await client.report('AddLoans', newLoan('1'));
    expect(await client.codes('DelayedRepayments', delay('1', '2026-03-21'))).toEqual([]);
  });

  test('a person who was not known is known when the report comes again after a week', async () => {
    let now = today();
    const client = await openSandbox({ now: () => now });
    const loan = newLoan('1', by(artificialPerson(1, 998)));
    expect(await client.codes('AddLoans', loan)).toEqual(['E20']);
    now = new Date('2026-05-22T10:00:00Z');
    expect(await client.codes('AddLoans', loan)).toEqual(['E20']);
    now = new Date('2026-05-27T10:00:00Z');
    expect(await client.codes('AddLoans', loan)).toEqual([]);
  });
});

describe('what the register holds', () => {
  test('a change replaces the whole record but the currency', async () => {
    const client = await openSandbox();
    await client.report('AddLoans', newLoan('1', { interest: { marginPct: 1 }, currencyCode: 'SEK' }));
    expect(await client.codes('UpdateLoans', change('1', { lumpSumLoan: { balance: 5 } }))).toEqual([]);
    const { loan } = (await client.loan('1')).body;
    expect(loan).toMatchObject({ loanStatus: 'active', currencyCode: 'SEK', lumpSumLoan: { balance: 5 } });
    expect(loan).not.toHaveProperty('interest');
  });

  test('a payment sets the balance, a correction takes its place, a cancellation removes it', async () => {
    const client = await sandboxWithLoans();
    expect(await client.codes('Repayments', payment('1'))).toEqual([]);
    expect((await client.loan('1')).body.loan).toMatchObject({ lumpSumLoan: { balance: 900 } });
    expect(await client.codes('Repayments', payment('1', { reportType: 'ErrorCorrection' }))).toEqual([]);
    expect(client.sandbox.snapshot().repayments).toBe(1);
    expect(await client.codes('Repayments', payment('1', { reportType: 'Cancellation' }))).toEqual([]);
    expect(client.sandbox.snapshot().repayments).toBe(0);
  });

  test('a balance report of an account sets its balance and day', async () => {
    const client = await openSandbox();
    const account = {
      loanType: 'RunningAccountLoan',
      lumpSumLoan: undefined,
      runningAccountLoan: { creditLimit: 500 },
    };
    await client.report('AddLoans', newLoan('1', account));
    const balance = { runningAccountLoanRepayment: { balance: 70, balanceDate: '2026-05-01' } };
    const report = payment('1', { loanType: 'RunningAccountLoan', lumpSumLoanRepayment: undefined, ...balance });
    expect(await client.codes('Repayments', report)).toEqual([]);
    expect((await client.loan('1')).body.loan).toMatchObject({
      runningAccountLoan: { creditLimit: 500, balance: 70, balanceDate: '2026-05-01' },
    });
  });

  test('a new delay replaces the earlier one, and the end of a delay removes it', async () => {
    const client = await sandboxWithLoans();
    await client.report('DelayedRepayments', delay('1'));
    await client.report('DelayedRepayments', delay('1', '2026-02-02'));
    expect((await client.loan('1')).body.loan).toMatchObject({
      delay: { delayedAmounts: [{ delayedInstalment: 100, originalDueDate: '2026-02-02' }] },
    });
    const over = delay('1', '', { isDelay: false, delayedAmounts: undefined });
    expect(await client.codes('DelayedRepayments', over)).toEqual([]);
    expect((await client.loan('1')).body.loan).not.toHaveProperty('delay');
  });

  test('an error correction restores an ended or cancelled loan, or moves its end', async () => {
    const client = await sandboxWithLoans();
    const correction = { reportType: 'ErrorCorrection' };
    expect(await client.codes('TerminateLoans', ending('2', { endDate: '2026-05-02' }, correction))).toEqual([]);
    expect((await client.loan('2')).body.loan).toMatchObject({
      loanStatus: 'ended',
      termination: { endDate: '2026-05-02' },
    });
    expect(await client.codes('TerminateLoans', ending('2', { isTerminated: false }, correction))).toEqual([]);
    expect(await client.codes('Repayments', payment('2'))).toEqual([]);
    expect(await client.codes('TerminateLoans', ending('1', {}, { reportType: 'Cancellation' }))).toEqual([]);
    expect(await client.codes('Repayments', payment('1'))).toEqual(['SB-LOAN-ENDED']);
    expect(await client.codes('TerminateLoans', ending('1', { isTerminated: false }, correction))).toEqual([]);
    expect((await client.loan('1')).body.loan).toMatchObject({ loanStatus: 'active' });
  });

  test('a loan that was transferred away comes back only with the same borrowers and as transferred', async () => {
    const client = await openSandbox({ now: today });
    await client.report('AddLoans', newLoan('1'));
    await client.report('TerminateLoans', ending('1', { isTransferredToAnotherLender: true }));
    const back = { isTransferredFromAnotherLender: true, lenderMarketingName: 'Uusi' };
    expect(await client.codes('AddLoans', newLoan('1'))).toEqual(['SB-LOAN-EXISTS']);
    expect(await client.codes('AddLoans', newLoan('1', { ...back, ...by(artificialPerson(2)) }))).toEqual([
      'SB-LOAN-EXISTS',
    ]);
    expect(await client.codes('AddLoans', newLoan('1', back))).toEqual([]);
    expect((await client.loan('1')).body.loan).toMatchObject({ loanStatus: 'active', lenderMarketingName: 'Uusi' });
  });

  test('a loan nobody reported is not told of', async () => {
    const client = await openSandbox();
    const { status, body } = await client.loan('9');
    expect([status, body.errorResponses]).toMatchObject([400, [{ fieldName: 'LoanNumber' }]]);
  });
});
