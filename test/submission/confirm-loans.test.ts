import { expect, test } from 'vitest';
import type { BatchRecord } from '../../src/ledger/ledger.ts';
import { confirmLoans } from '../../src/submission/confirm-loans.ts';
import type { AskedLoan } from '../../src/submission/register.ts';
import { registerError, settling } from './builders.ts';

const { context } = settling(3);
const text = (id: number) =>
  JSON.stringify({
    reportReference: `r${id}`,
    loanNumber: { type: 'Other', number: `${id}` },
    contractDate: '2026-01-02',
  });
const holds = (number: string): AskedLoan => ({
  kind: 'answered',
  status: 200,
  text: JSON.stringify({ loan: { loanNumber: { type: 'Other', number }, contractDate: '2026-01-02' } }),
  retryAfter: null,
});
const known = (reference: string) => [registerError(reference, 'X', { field: 'LoanNumber' })];

async function confirm(more: Partial<BatchRecord> = {}, answer: (number: string) => AskedLoan = holds) {
  const asked: string[] = [];
  const rejected = new Map([
    ['r1', known('r1')],
    ['r2', [registerError('r2', 'D02', { field: 'AmountPaid' })]],
    ['r3', [registerError('r3', 'X', { text: 'The LoanNumber is already in the register.' })]],
  ]);
  const found = await confirmLoans(
    { ...context.batch, attempts: 2, generation: 0, ...more },
    rejected,
    context.reports,
    ({ id }) => text(id),
    async ({ number }) => {
      asked.push(number);
      return answer(number);
    },
  );
  return { asked, found };
}

test('of a batch that was posted twice, what is already there is looked up, and nothing else', async () => {
  const { asked, found } = await confirm();
  expect(asked).toEqual(['1', '3']);
  expect(found).toEqual({ kind: 'told', references: new Set(['r1', 'r3']) });
});

test('a part of a batch that failed is looked up too: nobody knows what the whole left behind', async () => {
  expect((await confirm({ attempts: 1, generation: 1 })).asked).toEqual(['1', '3']);
});

test('a first attempt is believed: the loan was there before', async () => {
  expect(await confirm({ attempts: 1 })).toEqual({ asked: [], found: { kind: 'told', references: new Set() } });
});

test('only new loans have a number to ask for', async () => {
  expect((await confirm({ api: 'Repayments' })).asked).toEqual([]);
});

test('a loan the register does not hold, or holds otherwise, stays rejected', async () => {
  const absent = await confirm({}, () => ({ kind: 'answered', status: 404, text: '', retryAfter: null }));
  expect(absent.found).toEqual({ kind: 'told', references: new Set() });
});

test.each<[string, AskedLoan]>([
  ['no answer', { kind: 'failed', code: 'ECONNRESET' }],
  ['an ill answer', { kind: 'answered', status: 500, text: '', retryAfter: null }],
])('%s decides nothing', async (_what, answer) => {
  expect((await confirm({}, () => answer)).found).toMatchObject({ kind: 'unclear' });
});
