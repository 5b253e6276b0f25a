import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sandboxKeys } from '../../src/sandbox/keys.ts';
import { artificialPerson } from './persons.ts';
import { borrower, newLoan, payment } from './reports.ts';
import { newFolder, newReference, openSandbox, owner } from './sandbox-client.ts';

const broken = (number: string) => newLoan(number, { borrowers: [borrower('010190-900A')] });

describe('a batch', () => {
  test('is Processed at first, and final afterwards', async () => {
    const client = await openSandbox({ processing: 600 });
    const reference = newReference();
    const { status, body } = await client.send('AddLoans', [newLoan('1')], reference);
    expect(status).toBe(202);
    expect((await client.status(reference)).body).toMatchObject({
      batchStatus: 'Processed',
      batchReference: reference,
    });
    expect(await client.verdict(reference)).toMatchObject({
      batchStatus: 'FinishedSuccess',
      batchReference: reference,
      correlationId: body.correlationId,
      reportCount: 1,
      reports: [],
    });
  });

  test('with a rejected report is accepted in part, and only the others take effect', async () => {
    const client = await openSandbox();
    const verdict = await client.report('AddLoans', newLoan('1'), broken('2'), newLoan('3'));
    expect(verdict).toMatchObject({ batchStatus: 'FinishedPartialSuccess', reportCount: 3 });
    expect(verdict.reports.map(({ reportReference }) => reportReference)).toEqual(['new-2']);
    expect(client.sandbox.snapshot().applied.map(({ loan }) => loan)).toEqual(['1', '3']);
  });

  test('with nothing but rejected reports has failed', async () => {
    const client = await openSandbox();
    const verdict = await client.report('AddLoans', broken('1'), broken('2'));
    expect(verdict).toMatchObject({ batchStatus: 'FinishedFailed', reportCount: 2 });
  });

  test('with a report reference twice only shows it as a smaller count', async () => {
    const client = await openSandbox();
    const verdict = await client.report('AddLoans', newLoan('1'), newLoan('2', { reportReference: 'new-1' }));
    expect(verdict).toMatchObject({ batchStatus: 'FinishedSuccess', reportCount: 1, reports: [] });
    expect(client.sandbox.snapshot().applied.map(({ loan }) => loan)).toEqual(['1']);
  });

  test('whose reference was used before is refused and changes nothing', async () => {
    const client = await openSandbox();
    const reference = newReference();
    await client.send('AddLoans', [newLoan('1')], reference);
    const again = await client.send('AddLoans', [newLoan('2')], reference);
    expect([again.status, again.body.errorResponses[0]?.errorCode]).toEqual([409, 'SB-BATCH-REFERENCE-USED']);
    expect(client.sandbox.snapshot().applied.map(({ loan }) => loan)).toEqual(['1']);
  });

  test('that was refused leaves its reference free', async () => {
    const client = await openSandbox();
    const reference = newReference();
    expect((await client.post('AddLoans', { text: '{}', reference })).status).toBe(400);
    expect((await client.send('AddLoans', [newLoan('1')], reference)).status).toBe(202);
  });

  test('that nobody sent is not known', async () => {
    const client = await openSandbox();
    const { status, body } = await client.status('never-sent');
    expect(status).toBe(404);
    expect(body.errorResponses).toMatchObject([{ fieldName: 'BatchReference' }]);
  });

  test('of 500 loans gets its verdict', async () => {
    const client = await openSandbox();
    const loans = Array.from({ length: 500 }, (_, n) => newLoan(String(n + 1)));
    expect(await client.report('AddLoans', ...loans)).toMatchObject({
      batchStatus: 'FinishedSuccess',
      reportCount: 500,
    });
  });
});

describe('a restart', () => {
  test('keeps loans, payments, verdicts and keys', async () => {
    const stateFolder = await newFolder();
    const first = await openSandbox({ stateFolder });
    const reference = newReference();
    await first.send('AddLoans', [newLoan('1')], reference);
    await first.report('Repayments', payment('1'));
    const before = first.sandbox.snapshot();
    await first.close();

    const second = await openSandbox({ stateFolder });
    expect(second.sandbox.snapshot()).toEqual({ ...before, requests: [] });
    expect(second.sandbox.keys).toEqual(first.sandbox.keys);
    expect((await second.status(reference)).body.batchStatus).toBe('FinishedSuccess');
    expect((await second.send('AddLoans', [newLoan('1')], reference)).status).toBe(409);
  });

  test('finishes a batch that was being processed', async () => {
    const stateFolder = await newFolder();
    const first = await openSandbox({ stateFolder, processing: 100 });
    const reference = newReference();
    await first.send('AddLoans', [newLoan('1')], reference);
    await first.close();

    const second = await openSandbox({ stateFolder });
    expect((await second.verdict(reference)).batchStatus).toBe('FinishedSuccess');
  });
});

describe('keys', () => {
  test('are for their owner only, and renewed for another one', async () => {
    const folder = await newFolder();
    const now = new Date();
    const first = await sandboxKeys(folder, owner, now);
    expect(await sandboxKeys(folder, owner, now)).toEqual(first);
    const second = await sandboxKeys(folder, { idCode: '0111027-9' }, now);
    expect(second.ca).toEqual(first.ca);
    expect(second.reporting.cert).not.toBe(first.reporting.cert);
    expect((await stat(join(folder, 'reporting-key.pem'))).mode & 0o777).toBe(0o600);
  });

  test('are renewed when fewer than 30 days are left', async () => {
    const folder = await newFolder();
    const day = 86_400_000;
    const first = await sandboxKeys(folder, owner, new Date());
    const later = (days: number) => sandboxKeys(folder, owner, new Date(Date.now() + days * day));
    expect(await later(690)).toEqual(first);
    const renewed = await later(710);
    expect(renewed.ca).toEqual(first.ca);
    expect(renewed.dataUse.cert).not.toBe(first.dataUse.cert);
  });
});

test('artificial persons differ from each other and are always the same', () => {
  const persons = Array.from({ length: 5000 }, (_, n) => artificialPerson(n));
  expect(new Set(persons).size).toBe(5000);
  expect(artificialPerson(0)).toBe(persons[0]);
});
