import { z } from 'zod';
import { localTime } from '../lib/calendar.ts';
import type { Alarm } from './alarm.ts';
import type { House } from './house.ts';
import { type Missing, missingExport } from './missing-export.ts';

/** What is remembered of the exports that are waited for: so `status` knows it without a mapping at hand. */
const Expected = z.array(
  z.strictObject({
    mapping: z.string(),
    by: z.string(),
    on: z.enum(['bankingDays', 'everyDay']),
    /** When it was first waited for. */
    since: z.number(),
    /** The due time the log was last told of; 0 when of none. */
    told: z.number(),
  }),
);
type Expected = z.infer<typeof Expected>;

const remembered = 'expectedExports';

/** Remembers which exports are waited for, and tells the log once of each that has not come by its time. */
export async function noteExpected(house: Pick<House, 'ledger' | 'clock' | 'mappings' | 'log'>): Promise<void> {
  const { ledger, clock, mappings, log } = house;
  const before = await ledger.recall(remembered);
  const known = before === undefined ? [] : Expected.parse(JSON.parse(before));
  // While a mapping is wrong there are none at all: what was waited for still is.
  const expected = mappings.length === 0 ? known : expectedOf(mappings, known, clock.now());
  const missing = await findMissing(house, expected);
  for (const each of expected) {
    const found = missing.get(each.mapping);
    if (!found || found.due === each.told) continue;
    each.told = found.due;
    log.warn('export.missing', { mapping: each.mapping, why: `due by ${minute(found.due)}` });
  }
  const after = JSON.stringify(expected);
  if (after !== (before ?? '[]')) await ledger.remember(remembered, after);
}

/** One line for each export that has not come by its time. */
export async function missingAlarms(house: Pick<House, 'ledger' | 'clock' | 'config'>): Promise<Alarm[]> {
  const before = await house.ledger.recall(remembered);
  if (before === undefined) return [];
  const missing = await findMissing(house, Expected.parse(JSON.parse(before)));
  const { inbox } = house.config.folders;
  return [...missing].map(([mapping, { due, last }]) => ({
    kind: 'exportMissing',
    id: `exportMissing:${mapping}`,
    // The next one that does not come is another trouble.
    level: String(due),
    text: `${mapping}: no export ${last === null ? 'yet' : `since ${minute(last)}`}, one was due by ${minute(due)}; see whether the core system wrote it, and whether it reached ${inbox}.`,
  }));
}

function expectedOf(mappings: House['mappings'], known: Expected, now: number): Expected {
  return mappings.flatMap(({ mapping: { mapping, expect } }) => {
    if (!expect) return [];
    const { since = now, told = 0 } = known.find((each) => each.mapping === mapping) ?? {};
    return [{ mapping, ...expect, since, told }];
  });
}

async function findMissing(
  { ledger, clock }: Pick<House, 'ledger' | 'clock'>,
  expected: Expected,
): Promise<Map<string, Missing>> {
  const missing = new Map<string, Missing>();
  if (expected.length === 0) return missing;
  const exports = (await ledger.exports()).filter(({ correctionOf }) => correctionOf === null);
  for (const { mapping, since, ...expect } of expected) {
    const taken = exports.filter((exported) => exported.mapping.name === mapping).map(({ takenAt }) => takenAt);
    const found = missingExport(expect, clock.now(), since, taken);
    if (found) missing.set(mapping, found);
  }
  return missing;
}

const minute = (instant: number) => localTime(new Date(instant)).slice(0, 16);
