import fc from 'fast-check';
import { expect, test } from 'vitest';
import { batchApis } from '../../src/contract/apis.ts';
import { batchReferencePattern } from '../../src/contract/message.ts';
import { type BatchIdentity, batchReference } from '../../src/submission/batch-reference.ts';

const identity: BatchIdentity = {
  environment: 'production',
  ownerIdCode: '1572860-0',
  api: 'DelayedRepayments',
  fileSha256: 'f'.repeat(64),
  mappingSha256: 'a'.repeat(64),
  number: 1,
  bodySha256: 'b'.repeat(64),
  generation: 0,
};

test('the same parts give the same reference, on every machine and for ever', () => {
  expect(batchReference(identity)).toBe(batchReference({ ...identity }));
  expect(batchReference(identity)).toBe('DelayedRepayments-BKKSGMICQ2F5F4J7');
});

test('a reference names its API, has at most 34 characters, and only letters, digits and hyphens', () => {
  const identities = fc.record({
    environment: fc.string(),
    ownerIdCode: fc.string({ unit: 'grapheme' }),
    api: fc.constantFrom(...batchApis),
    fileSha256: fc.string(),
    mappingSha256: fc.string(),
    number: fc.nat(),
    bodySha256: fc.string(),
    generation: fc.nat(),
  });
  fc.assert(
    fc.property(identities, (any) => {
      const reference = batchReference(any);
      expect(reference).toMatch(/^[A-Za-z0-9-]{1,34}$/);
      expect(reference).toMatch(batchReferencePattern);
      expect(reference).toMatch(new RegExp(`^${any.api}-[A-Z2-7]{16}$`));
    }),
  );
});

test.each([
  { environment: 'test' },
  { ownerIdCode: '0111027-9' },
  { api: 'AddLoans' },
  { fileSha256: 'e'.repeat(64) },
  { mappingSha256: 'e'.repeat(64) },
  { number: 2 },
  { bodySha256: 'e'.repeat(64) },
  { generation: 1 },
] as const)('another part gives another code: %o', (part) => {
  const code = (reference: string) => reference.slice(-16);
  expect(code(batchReference({ ...identity, ...part }))).not.toBe(code(batchReference(identity)));
});

test('parts that run together the same way still give different references', () => {
  const a = batchReference({ ...identity, environment: 'a', ownerIdCode: 'bc' });
  expect(batchReference({ ...identity, environment: 'ab', ownerIdCode: 'c' })).not.toBe(a);
  const b = batchReference({ ...identity, number: 11, generation: 1 });
  expect(batchReference({ ...identity, number: 1, generation: 11 })).not.toBe(b);
});
