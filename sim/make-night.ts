import { type BatchApi, batchApis } from '../src/contract/apis.ts';
import type { Chance } from './chance.ts';
import { type Cells, type Drop, expect, type Row, sha256, textOf } from './exports.ts';
import { refusedCents, wrongCents } from './judge.ts';
import { kinds } from './mappings.ts';
import { personOf, wrongCode } from './persons.ts';

/** What a lender has: its loans so far, and what makes every number new. */
export type Lender = { loans: string[]; count: number };

/** How large a night is. */
export type NightSize = { exports: number; rows: number };

/** Whether an API may have several reports of one loan in one night. */
export type Repeats = 'repeats' | 'each loan once';

const months = ['01', '02'] as const;

/** The exports of a night: new loans, and what happens to these and to earlier loans; some of it wrong. */
export function makeNight(
  lender: Lender,
  night: number,
  size: NightSize,
  repeats: Repeats,
  chance: Chance,
  earlier: readonly Drop[],
): Drop[] {
  const drops: Drop[] = [];
  const apis = apisOf(size.exports, chance);
  const tonight: string[] = [];
  const seenBefore = new Map<BatchApi, Set<string>>();
  apis.forEach((api, at) => {
    const rows: Row[] = [];
    const count = 2 + Math.floor(chance.next() ** 2 * (size.rows - 1));
    const seen = (repeats === 'repeats' ? undefined : seenBefore.get(api)) ?? new Set<string>();
    seenBefore.set(api, seen);
    // Of few loans there may be no other.
    for (let tries = 0; rows.length < count && tries < 100; tries++) {
      const made = makeRows(api, lender, tonight, chance);
      const loan = made[0]?.cells.LOAN ?? '';
      // Rows of one new loan belong together; each of our rows is a loan of its own.
      const each = api === 'AddLoans' || repeats === 'each loan once';
      if (!each || !seen.has(loan)) rows.push(...made);
      seen.add(loan);
    }
    const before = earlier.filter((drop) => drop.api === api && !drop.corrects);
    // Now and then a name that was there before, with other bytes.
    const name = (chance.hits(0.1) && chance.anyOf(before)?.name) || `${kinds[api].file}_${night}${'abcdefgh'[at]}.csv`;
    if (drops.some((drop) => drop.name === name)) return;
    const lines = rows.map((_, i) => i + 2);
    const whole = textOf(rows);
    const expected = expect(api, rows, lines, new Set(), false);
    const cut = chance.hits(0.02);
    const bytes = cut ? whole.slice(0, -1) : whole;
    // Without its last line end an export is refused before anything of it is known.
    const known = cut ? { ...expected, rows: 0, skipped: 0, torn: [], reports: [], refused: true } : expected;
    drops.push({ night, name, api, bytes, sha256: sha256(bytes), expected: known, corrects: null, again: 0 });
  });
  lender.loans.push(...tonight);
  return drops;
}

function apisOf(exports: number, chance: Chance): BatchApi[] {
  const apis: BatchApi[] = chance.hits(0.85) ? ['AddLoans'] : [];
  while (apis.length < exports) apis.push(chance.pick(batchApis));
  return apis;
}

function makeRows(api: BatchApi, lender: Lender, tonight: string[], chance: Chance): Row[] {
  const n = lender.count++;
  const cells: Cells = {
    REF: `r-${n}`,
    LOAN: loanFor(api, n, lender, tonight, chance),
    KIND: chance.hits(0.03) ? 'Y' : 'H',
    PERSON: person(n, chance),
    AMOUNT: amount(chance),
    DAY: `2026-${chance.pick(months)}-${String(chance.between(1, 28)).padStart(2, '0')}`,
    OFFICE: chance.pick(['Oulu', 'Turku', 'Åbo'] as const),
  };
  if (chance.hits(0.02) && api !== 'AddLoans') cells.DAY = '2026-13-01';
  if (api !== 'AddLoans') return [chance.hits(0.015) ? { cells, torn: true } : { cells }];
  if (cells.KIND === 'H') tonight.push(cells.LOAN);
  if (chance.hits(0.015)) return [{ cells, torn: true }];
  // Two borrowers on two rows, now and then the same one twice.
  if (chance.hits(0.1))
    return [{ cells }, { cells: { ...cells, PERSON: chance.hits(0.1) ? cells.PERSON : person(n + 5_000, chance) } }];
  return [{ cells }];
}

function loanFor(api: BatchApi, n: number, lender: Lender, tonight: readonly string[], chance: Chance): string {
  const fresh = String(1_000_000_000 + n * 7);
  const wrong = chance.hits(0.02);
  if (wrong) return fresh.slice(1);
  if (api === 'AddLoans') return chance.hits(0.05) ? (chance.anyOf(lender.loans) ?? fresh) : fresh;
  const kind = chance.next();
  if (kind < 0.04) return fresh;
  const pool = kind < 0.5 ? tonight : lender.loans;
  // Often one of a few, so that many reports are about one loan.
  const few = chance.hits(0.4) ? pool.slice(-3) : pool;
  return chance.anyOf(few) ?? chance.anyOf(tonight) ?? chance.anyOf(lender.loans) ?? fresh;
}

function person(n: number, chance: Chance): string {
  const kind = chance.next();
  if (kind < 0.03) return wrongCode(n);
  if (kind < 0.07) return personOf(n, 'late');
  if (kind < 0.08) return personOf(n, 'never');
  if (kind < 0.1) return personOf(n, 'notInUse');
  return personOf(n, 'known');
}

function amount(chance: Chance): string {
  const whole = chance.between(1, 90_000);
  const kind = chance.next();
  if (kind < 0.03) return 'a lot';
  if (kind < 0.08) return `${whole}${wrongCents}`;
  return kind < 0.1 ? `${whole}${refusedCents}` : `${whole}.${chance.between(20, 70)}`;
}
