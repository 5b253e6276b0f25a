import { expect, test } from 'vitest';
import { readExtract } from '../../src/contract/extract.ts';
import { extractPurposes } from '../../src/contract/shapes.ts';
import { artificialPerson } from './persons.ts';
import { borrower, ending, newLoan, payment } from './reports.ts';
import { type Client, openSandbox } from './sandbox-client.ts';

const person = artificialPerson(7);
const asking = (more: object = {}) => ({
  idCodeType: 'PersonalIdentityCode',
  idCode: person,
  creditRegisterExtractPurpose: ['NewLoan'],
  ...more,
});
const ask = (client: Client, question: object) =>
  client.raw('/GetCreditRegisterExtract', {
    text: JSON.stringify({ ...client.envelope, ...question }),
    kind: 'dataUse',
  });
const of = (idCode: string) => ({ borrowers: [borrower(idCode)] });

test('an extract tells the loans of a person that have not ended, and what was paid last on them', async () => {
  const client = await openSandbox();
  await client.report('AddLoans', newLoan('1', of(person)), newLoan('2', of(artificialPerson(8))));
  await client.report('AddLoans', newLoan('3', of(person)));
  await client.report('Repayments', payment('1'));
  await client.report('TerminateLoans', ending('3'));
  const { status, text } = await ask(client, asking());
  expect(status).toBe(200);
  const extract = readExtract(text);
  expect(extract?.person).toContainEqual({ name: 'idCode', text: person });
  expect(extract?.summary).toContainEqual({ name: 'loanContractsCount', text: '1' });
  expect(extract?.loans).toHaveLength(1);
  expect(extract?.sums).toEqual([{ name: 'repaymentsPaidLastAmount', currency: 'EUR', sum: '100' }]);
  expect(extract?.income).toHaveLength(3);
});

test('the question may be flat or nested, in any case, and has one of eight purposes', async () => {
  const client = await openSandbox();
  for (const purpose of [...extractPurposes.first, ...extractPurposes.since2026])
    expect((await ask(client, asking({ creditRegisterExtractPurpose: [purpose] }))).status).toBe(200);
  expect((await ask(client, { request: asking() })).status).toBe(200);
  const pascal = {
    Request: { IdCodeType: 'PersonalIdentityCode', IdCode: person, CreditRegisterExtractPurpose: ['NewLoan'] },
  };
  expect((await ask(client, pascal)).status).toBe(200);
  for (const wrong of [
    asking({ creditRegisterExtractPurpose: ['Curiosity'] }),
    asking({ creditRegisterExtractPurpose: [] }),
    asking({ request: asking() }),
    { request: { ...asking(), more: 1 } },
  ]) {
    const { status, text } = await ask(client, wrong);
    expect([status, text.includes('"A10"')]).toEqual([400, true]);
  }
});

test.each([
  ['a person not known yet', artificialPerson(1, 998), 'E20'],
  ['a code not in use', artificialPerson(1, 997), 'E21'],
  ['a code of no right form', '150485-901?', 'C40'],
])('%s gets no extract', async (_, idCode, code) => {
  const client = await openSandbox();
  const { status, text } = await ask(client, asking({ idCode }));
  expect([status, JSON.parse(text).errorResponses[0]]).toMatchObject([400, { fieldName: 'IdCode', errorCode: code }]);
});
