import type { Chance } from './chance.ts';
import { type Cells, type Drop, expect, type Row, sha256 } from './exports.ts';
import { refusedCents, wrongCents } from './judge.ts';
import { columns } from './mappings.ts';
import { acquaintanceOf, isPerson, personOf } from './persons.ts';

/** What a person makes of a `to-fix.csv` before dropping it back: most rows corrected, some left as they are. */
export function makeCorrection(
  drop: Drop,
  text: string,
  made: { night: number; name: string; fresh: () => number; isUnderWay: (reference: string) => boolean },
  chance: Chance,
): Drop {
  const [header = '', ...rest] = text.slice(0, -1).split('\n');
  const fixed = new Map<string, boolean>();
  const numbers = new Map<string, string>();
  // All rows of a report get the same number.
  const numberOf = ({ REF, LOAN }: Cells) => {
    const number = numbers.get(REF) ?? (LOAN.length === 10 ? LOAN : String(1_000_000_000 + made.fresh() * 7));
    numbers.set(REF, number);
    return number;
  };
  const rows: Row[] = [];
  const lines = rest.map((line) => {
    const cells = line.split(';');
    const own = Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? ''])) as Cells;
    const isFixed = fixed.get(own.REF) ?? chance.hits(0.85);
    fixed.set(own.REF, isFixed);
    const corrected = isFixed ? { ...repaired(own, made.fresh), LOAN: numberOf(own) } : own;
    rows.push({ cells: corrected });
    return [...columns.map((column) => corrected[column]), ...cells.slice(columns.length)].join(';');
  });
  const leftOut = new Set(rows.flatMap(({ cells }, at) => (made.isUnderWay(cells.REF) ? [at + 2] : [])));
  const last = rows.at(-1);
  if (last && chance.hits(0.1)) {
    // The same row a second time, as it happens in a spreadsheet.
    rows.push(last);
    lines.push(lines.at(-1) ?? '');
    leftOut.add(rows.length + 1);
  }
  const bytes = `${[header, ...lines].join('\n')}\n`;
  const own = rows.map((_, at) => at + 2);
  const { api } = drop;
  const expected = expect(api, rows, own, leftOut, true);
  return { night: made.night, name: made.name, api, bytes, sha256: sha256(bytes), expected, corrects: drop, again: 0 };
}

function repaired(cells: Cells, fresh: () => number): Cells {
  const { PERSON, AMOUNT, DAY } = cells;
  const wrongAmount = !/^\d+\.\d\d$/.test(AMOUNT) || AMOUNT.endsWith(wrongCents) || AMOUNT.endsWith(refusedCents);
  const wrongPerson = !isPerson(PERSON) || acquaintanceOf(PERSON) !== 'known';
  return {
    ...cells,
    AMOUNT: wrongAmount ? '500.55' : AMOUNT,
    PERSON: wrongPerson ? personOf(fresh(), 'known') : PERSON,
    DAY: DAY.includes('-13-') ? '2026-01-15' : DAY,
  };
}
