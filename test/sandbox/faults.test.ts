import { describe, expect, test } from 'vitest';
import { type Fault, FaultPlan, readFaults } from '../../src/sandbox/faults.ts';
import { newLoan } from './reports.ts';
import { newReference, openSandbox } from './sandbox-client.ts';

async function sandboxWith(...faults: Fault[]) {
  const client = await openSandbox({ faults });
  const reference = newReference();
  const post = () => client.raw('/AddLoans', { text: client.text('AddLoans', [newLoan('1')]), reference });
  const isKnown = async () => (await client.status(reference)).status === 200;
  return { client, reference, post, isKnown };
}

describe('a fault', () => {
  test('slow: the answer is late', async () => {
    const { post } = await sandboxWith({ kind: 'slow', ms: 120 });
    const before = performance.now();
    expect((await post()).status).toBe(202);
    expect(performance.now() - before).toBeGreaterThanOrEqual(115);
  });

  test('status: the answer is that status, and the batch was not taken', async () => {
    const { post, isKnown } = await sandboxWith({ api: 'AddLoans', kind: 'status', status: 429, retryAfter: '2' });
    expect(await post()).toMatchObject({ status: 429, retryAfter: '2' });
    expect(await isKnown()).toBe(false);
    expect((await post()).status).toBe(202);
  });

  test('status, applied: the batch was taken all the same', async () => {
    const { post, isKnown } = await sandboxWith({ api: 'AddLoans', kind: 'status', status: 500, applied: true });
    expect((await post()).status).toBe(500);
    expect(await isKnown()).toBe(true);
  });

  test('cutBefore: the connection ends and the batch was not taken', async () => {
    const { client, post, isKnown } = await sandboxWith({ api: 'AddLoans', kind: 'cutBefore' });
    await expect(post()).rejects.toThrow();
    expect(client.sandbox.snapshot().requests).toMatchObject([
      { path: '/AddLoans', bodySha256: null, httpStatus: null },
    ]);
    expect(await isKnown()).toBe(false);
  });

  test('cutAfter: the connection ends though the batch was taken', async () => {
    const { client, reference, post, isKnown } = await sandboxWith({ api: 'AddLoans', kind: 'cutAfter' });
    await expect(post()).rejects.toThrow();
    expect(client.sandbox.snapshot().requests).toMatchObject([{ batchReference: reference, httpStatus: null }]);
    expect(await isKnown()).toBe(true);
  });

  test('hang: there is no answer, and the sandbox closes all the same', async () => {
    const { client, post, isKnown } = await sandboxWith({ api: 'AddLoans', kind: 'hang' });
    const outcome = expect(post()).rejects.toThrow();
    await expect.poll(() => client.sandbox.snapshot().requests[0]?.bodySha256).toBeTypeOf('string');
    expect(await isKnown()).toBe(false);
    await client.close();
    await outcome;
  });

  test('hang for a time: then the connection ends', async () => {
    const { post, isKnown } = await sandboxWith({ api: 'AddLoans', kind: 'hang', ms: 30, applied: true });
    await expect(post()).rejects.toThrow();
    expect(await isKnown()).toBe(true);
  });

  test('junk: a page for people instead of JSON', async () => {
    const { post, isKnown } = await sandboxWith({ api: 'AddLoans', kind: 'junk' });
    expect(await post()).toMatchObject({ status: 200, text: expect.stringContaining('<!doctype html>') });
    expect(await isKnown()).toBe(false);
  });

  test('stuck: the batch stays Processed, and later ones pass it', async () => {
    const { client, reference, post } = await sandboxWith({ kind: 'stuck' });
    await post();
    expect((await client.report('AddLoans', newLoan('2'))).batchStatus).toBe('FinishedSuccess');
    expect((await client.status(reference)).body.batchStatus).toBe('Processed');
  });

  test('stuck for a time: the batch is final afterwards', async () => {
    const { client, reference, post } = await sandboxWith({ kind: 'stuck', ms: 600 });
    await post();
    expect((await client.status(reference)).body.batchStatus).toBe('Processed');
    expect((await client.verdict(reference)).batchStatus).toBe('FinishedSuccess');
  });

  test('allOrNothing: one rejected report takes the whole batch with it', async () => {
    const { client } = await sandboxWith({ after: 1, kind: 'allOrNothing' });
    await client.report('AddLoans', newLoan('1'));
    const verdict = await client.report('AddLoans', newLoan('2'), newLoan('1'));
    expect(verdict).toMatchObject({ batchStatus: 'FinishedFailed', reports: [{ reportReference: 'new-1' }] });
    expect(client.sandbox.snapshot().loans).toHaveLength(1);
  });

  test('can befall the question what became of a batch', async () => {
    const { client, reference, post } = await sandboxWith({ api: 'GetBatchStatus', kind: 'status', status: 503 });
    await post();
    expect((await client.status(reference)).status).toBe(503);
    expect((await client.status(reference)).status).toBe(200);
  });

  test('can be set while the sandbox runs', async () => {
    const { client, post } = await sandboxWith();
    client.sandbox.setFaults([{ kind: 'status', status: 503 }]);
    expect((await post()).status).toBe(503);
    client.sandbox.setFaults([]);
    expect((await post()).status).toBe(202);
  });
});

describe('a plan of faults', () => {
  const drawn = (plan: FaultPlan, times: number) => Array.from({ length: times }, () => plan.draw('AddLoans')?.kind);

  test('skips the first requests and then strikes as often as it says', () => {
    const plan = new FaultPlan([{ kind: 'cutAfter', after: 1, times: 2 }]);
    expect(drawn(plan, 4)).toEqual([undefined, 'cutAfter', 'cutAfter', undefined]);
  });

  test('strikes for ever when times is 0, and takes turns in the order of the list', () => {
    const plan = new FaultPlan([{ kind: 'junk' }, { kind: 'cutBefore', times: 0 }]);
    expect(drawn(plan, 4)).toEqual(['junk', 'cutBefore', 'cutBefore', 'cutBefore']);
  });

  test('leaves other APIs alone', () => {
    const plan = new FaultPlan([{ api: 'Repayments', kind: 'junk' }, { kind: 'stuck' }]);
    expect([plan.draw('GetBatchStatus'), plan.draw('Repayments')?.kind]).toEqual([undefined, 'junk']);
  });
});

describe('a file of faults', () => {
  test('is a list; an empty file means none', () => {
    expect(readFaults('- { api: AddLoans, kind: status, status: 503, times: 2 }\n- { kind: slow, ms: 50 }\n')).toEqual([
      { api: 'AddLoans', kind: 'status', status: 503, times: 2 },
      { kind: 'slow', ms: 50 },
    ]);
    expect(readFaults('# none today\n')).toEqual([]);
  });

  test.each([
    ['- { kind: slow, ms: soon }', '[0].ms'],
    ['- { kind: junk }\n- { kind: junk, tims: 2 }', '[1]'],
    ['- { kind: nonsense }', '[0].kind'],
    ['kind: junk', 'a list is expected'],
    ['- { kind: junk', 'not YAML'],
  ])('that says %j is an error naming the place', (text, place) => {
    expect(() => readFaults(text)).toThrow(place);
  });
});
