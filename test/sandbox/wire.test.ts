import { describe, expect, test } from 'vitest';
import { serialise } from '../../src/contract/message.ts';
import { artificialPerson } from './persons.ts';
import { newLoan } from './reports.ts';
import { newReference, openSandbox, owner } from './sandbox-client.ts';

const codesOf = (body: { errorResponses: { errorCode: string }[] }) =>
  body.errorResponses.map(({ errorCode }) => errorCode);

describe('the door', () => {
  test('a client without a certificate is refused in the handshake', async () => {
    const client = await openSandbox();
    const refusal = /certificate required|ECONNRESET|other side closed|EPIPE/i;
    await expect(client.raw('/AddLoans', { text: '{}', kind: 'none' })).rejects.toThrow(refusal);
    expect((await client.status('never-sent')).status).toBe(404);
    expect(client.sandbox.snapshot().requests).toMatchObject([{ path: '/GetBatchStatus' }]);
  });

  test('reporting needs the reporting certificate, an extract the data-use one', async () => {
    const client = await openSandbox();
    const batch = await client.post('AddLoans', {
      text: client.text('AddLoans', [newLoan('1')]),
      reference: newReference(),
      kind: 'dataUse',
    });
    expect(batch.status).toBe(403);
    expect(codesOf(batch.body)).toEqual(['SB-CERTIFICATE-KIND']);
    expect((await client.post('GetCreditRegisterExtract', { text: '{}', kind: 'reporting' })).status).toBe(403);
    expect((await client.post('GetCreditRegisterExtract', { text: '{}', kind: 'dataUse' })).status).toBe(400);
  });

  test('only POST of JSON to a path of the register is taken', async () => {
    const client = await openSandbox();
    expect((await client.post('AddLoans', { text: '', method: 'GET' })).status).toBe(405);
    expect((await client.post('AddLoans', { text: '{}', contentType: 'text/plain' })).status).toBe(415);
    expect((await client.raw('/addloans', { text: '{}' })).status).toBe(404);
  });

  test('a message of more than 5 MB is too large', async () => {
    const client = await openSandbox();
    const text = ' '.repeat(5_000_001);
    expect((await client.post('AddLoans', { text, reference: newReference() })).status).toBe(413);
  });

  test('the five batch APIs need a BatchReference the register takes, the others have none', async () => {
    const client = await openSandbox();
    const text = client.text('AddLoans', [newLoan('1')]);
    const missing = await client.post('AddLoans', { text });
    expect([missing.status, codesOf(missing.body)]).toEqual([400, ['SB-BATCH-REFERENCE']]);
    const finnish = await client.post('AddLoans', { text, reference: 'er\u00E4' });
    expect([finnish.status, codesOf(finnish.body)]).toEqual([400, ['SB-BATCH-REFERENCE']]);
    expect((await client.post('GetLoan', { text: '{}', reference: 'x' })).status).toBe(400);
  });

  test('a message to production, or of another owner, is refused', async () => {
    const client = await openSandbox();
    const post = (members: object) =>
      client.post('AddLoans', {
        text: JSON.stringify({ ...client.envelope, ...members, loans: [newLoan('1')] }),
        reference: newReference(),
      });
    expect(codesOf((await post({ targetEnvironment: 'Production' })).body)).toEqual(['SB-TARGET-ENVIRONMENT']);
    expect(codesOf((await post({ owner: { ...owner, idCode: '0111027-9' } })).body)).toEqual(['SB-OWNER']);
    expect(client.sandbox.snapshot().batches).toEqual([]);
  });
});

describe('reading a message', () => {
  const good = JSON.stringify(newLoan('1'));
  const withLoan = (loan: string) => `{"targetEnvironment":"Test","owner":${JSON.stringify(owner)},"loans":[${loan}]}`;

  test.each([
    ['a key twice', withLoan(good.replace('{', '{"loanType":"LumpSumLoan",')), 'LoanType'],
    ['a key in two cases', withLoan(good.replace('{', '{"LoanType":"LumpSumLoan",')), 'LoanType'],
    ['a key twice, once escaped', withLoan(good.replace('{', '{"\\u006coanType":"LumpSumLoan",')), 'LoanType'],
    ['an unknown member', withLoan(good.replace('{', '{"colour":"red",')), 'Colour'],
    ['a null', withLoan(good.replace('"EUR"', 'null')), 'CurrencyCode'],
    ['a wrong type', withLoan(good.replace('1000', '"1000"')), 'AmountIssued'],
    ['a missing member', withLoan(good.replace('"loanType":"LumpSumLoan",', '')), 'LoanType'],
    ['no report', withLoan(''), 'Loans'],
    ['half a message', withLoan(good).slice(0, -1), 'Message'],
    ['something else than an object', '[]', 'Message'],
  ])('%s is A10 and nothing is taken', async (_, text, fieldName) => {
    const client = await openSandbox();
    const { status, body } = await client.post('AddLoans', { text, reference: newReference() });
    expect([status, codesOf(body), body.errorResponses[0]?.fieldName]).toEqual([400, ['A10'], fieldName]);
    expect(client.sandbox.snapshot().batches).toEqual([]);
  });

  test('an answer to a broken message does not repeat what the message said', async () => {
    const client = await openSandbox();
    const person = artificialPerson(1);
    const { text } = await client.raw('/AddLoans', { text: `{"idCode": ${person}}`, reference: newReference() });
    expect(text).toContain('A10');
    expect(text).not.toContain(person.slice(0, 6));
  });

  test('the same key in different objects, and brackets within strings, are nothing special', async () => {
    const client = await openSandbox();
    const loan = newLoan('1', { lenderMarketingName: 'a "b": {"c": [', borrowersCount: 2 });
    expect((await client.report('AddLoans', loan)).batchStatus).toBe('FinishedSuccess');
  });

  test('PascalCase keys are read like camelCase ones', async () => {
    const client = await openSandbox();
    const reference = newReference();
    const text = serialise({ ...client.envelope, loans: [newLoan('1')] }, 'PascalCase');
    expect(text).toContain('"LumpSumLoan":{"AmountIssued"');
    expect((await client.post('AddLoans', { text, reference })).status).toBe(202);
    expect((await client.verdict(reference)).batchStatus).toBe('FinishedSuccess');
  });
});
