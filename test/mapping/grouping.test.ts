import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { KeySet } from '../../src/mapping/key-set.ts';
import { ScatteredRows } from '../../src/mapping/scattered-rows.ts';
import { tempFolder } from '../lib/temp-folder.ts';
import { artificialPerson } from '../sandbox/persons.ts';
import { loansByRows, mapText } from './builders.ts';

type Loan = { loanNumber: { number: string }; borrowers: { idCode: string }[] };
const rowOf = (loan: number, person: number) => `${loan};Luotto;${artificialPerson(person)}\n`;
const header = 'NO;NIMI;HETU\n';
const shown = (reports: readonly unknown[]) =>
  (reports as Loan[]).map((each) => [each.loanNumber.number, ...each.borrowers.map(({ idCode }) => idCode)].join(' '));
const codesOf = ({ findings }: { findings: readonly { code: string; line: number }[] }) =>
  findings.map(({ code, line }) => `${code} ${line}`);

describe('rows of one report', () => {
  test('are brought together wherever they lie, in the order in which reports begin', async () => {
    const rows = fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 9 })), {
      selector: ([loan, person]) => `${loan} ${person}`,
      maxLength: 14,
    });
    const sizes = fc.array(fc.integer({ min: 5, max: 90 }), { maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(rows, sizes, async (all, cut) => {
        const { reports, lines, rowsRead, findings } = await mapText(
          loansByRows(),
          header + all.map(([loan, person]) => rowOf(loan, person)).join(''),
          cut,
        );
        const groups = Map.groupBy(
          all.map(([loan, person], i) => ({ loan, person, line: i + 2 })),
          ({ loan }) => loan,
        );
        const wanted = [...groups].map(([loan, of]) =>
          [loan, ...of.map(({ person }) => artificialPerson(person))].join(' '),
        );
        expect(findings).toEqual([]);
        expect(shown(reports)).toEqual(wanted);
        expect(lines).toEqual([...groups.values()].map((of) => of.map(({ line }) => line)));
        expect(rowsRead).toBe(all.length);
      }),
      { numRuns: 60 },
    );
  });

  test('that lie together are mapped in one go, rows that lie apart in a second reading', async () => {
    const together = await mapText(loansByRows(), header + rowOf(1, 1) + rowOf(1, 2) + rowOf(2, 3));
    const apart = await mapText(loansByRows(), header + rowOf(1, 1) + rowOf(2, 3) + rowOf(1, 2));
    expect([together.startedOver, apart.startedOver]).toEqual([0, 1]);
    expect(shown(apart.reports)).toEqual(shown(together.reports));
    expect(apart.rowsRead).toBe(3);
  });

  test('may differ only where the mapping says so', async () => {
    const text = `${header}1;Luotto;${artificialPerson(1)}\n1;Toinen;${artificialPerson(2)}\n1; Luotto ;${artificialPerson(3)}\n`;
    const { reports, findings } = await mapText(loansByRows(), text);
    expect(reports).toEqual([null]);
    expect(findings).toMatchObject([{ code: 'ROWS_DIFFER', line: 3, column: 'NIMI', value: 'Toinen' }]);
    const apart = await mapText(
      loansByRows(),
      `${header}1;A;${artificialPerson(1)}\n${rowOf(2, 2)}1;B;${artificialPerson(3)}\n`,
    );
    expect(codesOf(apart)).toEqual(['ROWS_DIFFER 4']);
  });

  test('may be told apart by several columns', async () => {
    const spec = loansByRows({ records: { groupBy: ['NO', 'NIMI'], mayDiffer: ['HETU'] } });
    const text = `${header}1;A;${artificialPerson(1)}\n1;B;${artificialPerson(2)}\n1;B;${artificialPerson(3)}\n`;
    expect((await mapText(spec, text)).lines).toEqual([[2], [3, 4]]);
  });

  test('without a group key belong to no report', async () => {
    const { rowsInvalid, findings, reports } = await mapText(
      loansByRows(),
      `${header} ;Luotto;${artificialPerson(1)}\n${rowOf(2, 2)}`,
    );
    expect([rowsInvalid, reports.length]).toEqual([1, 1]);
    expect(findings).toMatchObject([{ code: 'GROUP_KEY_EMPTY', line: 2, column: 'NO' }]);
  });
});

describe('a row of the wrong width', () => {
  const torn = (loan: number) => `${loan};Luotto\n`;

  test('belongs to no report when rows are not grouped', async () => {
    const spec = loansByRows({ records: undefined });
    const { rowsInvalid, reports, findings } = await mapText(spec, header + torn(1) + rowOf(2, 2));
    expect([rowsInvalid, shown(reports)]).toEqual([1, [`2 ${artificialPerson(2)}`]]);
    expect(findings).toMatchObject([
      { code: 'ROW_WIDTH', line: 2, expected: '3 cells, as in the header; the row has 2' },
    ]);
  });

  test.each([
    ['before', torn(1) + rowOf(1, 1) + rowOf(2, 2), 2],
    ['among', rowOf(1, 1) + torn(1) + rowOf(1, 3) + rowOf(2, 2), 3],
    ['right after', rowOf(1, 1) + torn(1) + rowOf(2, 2), 3],
    ['far after', rowOf(1, 1) + rowOf(2, 2) + torn(1), 4],
    ['far before', torn(1) + rowOf(2, 2) + rowOf(1, 1), 2],
    ['at the end, with rows apart,', rowOf(1, 1) + rowOf(2, 2) + rowOf(1, 3) + torn(1), 5],
  ])('%s the rows of its report stops that report and no other', async (_, rows, line) => {
    for (const sizes of [[], [7], [25]]) {
      const { reports, rowsInvalid, findings } = await mapText(loansByRows(), header + rows, sizes);
      expect(rowsInvalid).toBe(1);
      expect(shown(reports.filter((each) => each !== null))).toEqual([`2 ${artificialPerson(2)}`]);
      expect(findings.map(({ code }) => code).toSorted()).toEqual(['GROUP_HAS_BROKEN_ROW', 'ROW_WIDTH']);
      expect(findings.find(({ code }) => code === 'ROW_WIDTH')?.line).toBe(line);
      expect(findings.find(({ code }) => code !== 'ROW_WIDTH')?.expected).toContain(`line ${line}`);
    }
  });
});

describe('cells that cannot be meant', () => {
  test.each([
    ['a control character', 'A\u0007B', 'CONTROL_CHARACTER'],
    ['a replacement character', 'A\uFFFDB', 'CONTROL_CHARACTER'],
    ['a lone carriage return', '"A\rB"', 'CONTROL_CHARACTER'],
    ['whole rows inside quotes', '"A\n2;x;y"', 'QUOTE_SWALLOWED_ROWS'],
  ])('%s is a finding and stops the report', async (_, cell, code) => {
    const { reports, findings } = await mapText(
      loansByRows(),
      `${header}${rowOf(1, 1)}2;${cell};${artificialPerson(2)}\n`,
    );
    expect([reports[0] !== null, reports[1]]).toEqual([true, null]);
    expect(findings).toMatchObject([{ code, line: 3, column: 'NIMI' }]);
  });

  test('a tab and a line end inside quotes may be meant', async () => {
    const { findings } = await mapText(loansByRows(), `${header}2;"A\tB\nC";${artificialPerson(2)}\n`);
    expect(findings).toEqual([]);
  });

  test('a row with such a cell is not skipped: what the rule looks at may be wrong', async () => {
    const spec = loansByRows({ skip: [{ id: 'S', when: { column: 'NO', in: ['2', '3'] }, why: 'x' }] });
    const mapped = await mapText(spec, `${header}2;A\u0007;${artificialPerson(2)}\n${rowOf(3, 1)}`);
    expect([mapped.skipped, codesOf(mapped)]).toEqual([{ S: 1 }, ['CONTROL_CHARACTER 2']]);
  });
});

describe('rows that a rule skips', () => {
  test.each([
    ['together', rowOf(1, 1) + rowOf(1, 2) + rowOf(2, 1) + rowOf(2, 3)],
    ['apart', rowOf(1, 1) + rowOf(2, 1) + rowOf(1, 2) + rowOf(2, 3)],
  ])('are left out of their loan, and a loan of nothing else is left out whole, its rows lying %s', async (_, rows) => {
    const when = { column: 'HETU', in: [artificialPerson(1), artificialPerson(2)] };
    const mapped = await mapText(loansByRows({ skip: [{ id: 'S', when, why: 'x' }] }), header + rows);
    expect(mapped).toMatchObject({ skipped: { S: 3 }, rowsRead: 4, findings: [] });
    expect(shown(mapped.reports)).toEqual([`2 ${artificialPerson(3)}`]);
  });

  test('stay when the rows of their loan disagree in what they must share: half a loan is never sent', async () => {
    const spec = loansByRows({ skip: [{ id: 'S', when: { column: 'NIMI', is: 'Yritys' }, why: 'x' }] });
    const mapped = await mapText(spec, `${header}${rowOf(1, 1)}1;Yritys;${artificialPerson(2)}\n`);
    expect([mapped.skipped, mapped.reports, codesOf(mapped)]).toEqual([{}, [null], ['ROWS_DIFFER 3']]);
  });
});

describe('columns', () => {
  test('one the mapping does not name is a warning, once; the __fix columns of a correction are not', async () => {
    const text = `NO;NIMI;HETU;LISÄ;__fix_code\n1;A;${artificialPerson(1)};x;D02\n1;A;${artificialPerson(2)};x;E21\n`;
    const { findings, reports } = await mapText(loansByRows(), text);
    expect(findings).toMatchObject([{ code: 'COLUMN_UNKNOWN', severity: 'warning', line: 1, column: 'LISÄ' }]);
    expect(shown(reports)).toEqual([`1 ${artificialPerson(1)} ${artificialPerson(2)}`]);
  });

  test('columns and keys with the names of an object’s own members are data like any other', async () => {
    const spec = loansByRows({ csv: { columns: { unknown: 'ignore' } } });
    const text = `__proto__;constructor;${header}x;y;__proto__;Luotto;${artificialPerson(1)}\nx;y;constructor;Luotto;${artificialPerson(2)}\n`;
    const { reports } = await mapText(spec, text);
    expect(shown(reports)).toEqual([`__proto__ ${artificialPerson(1)}`, `constructor ${artificialPerson(2)}`]);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });
});

describe('keeping rows that lie apart', () => {
  test('gives groups in the order in which they begin, their rows in file order, and leaves nothing behind', () => {
    const path = join(tempFolder(), 'scratch');
    writeFileSync(path, '');
    {
      using rows = new ScatteredRows(path);
      const row = (line: number) => ({ line, lastLine: line, cells: [`ä${line}`, ''] });
      rows.add([
        { key: 'b', row: row(2) },
        { key: '__proto__', row: row(3) },
      ]);
      rows.add([
        { key: 'a', row: row(4) },
        { key: 'b', row: row(5) },
      ]);
      expect([...rows.groups()]).toEqual([[row(2), row(5)], [row(3)], [row(4)]]);
    }
    expect(() => writeFileSync(path, '', { flag: 'wx' })).not.toThrow();
  });
});

describe('a set of keys', () => {
  test('never forgets a key, and seldom takes one for another', () => {
    const keys = new KeySet();
    const key = (n: number) => `00${n * 7}-${n}`;
    let mistaken = 0;
    for (let n = 0; n < 50_000; n++) if (keys.seen(key(n))) mistaken++;
    expect(mistaken).toBeLessThan(3);
    for (let n = 0; n < 50_000; n += 7) expect([keys.has(key(n)), keys.seen(key(n))]).toEqual([true, true]);
    let strangers = 0;
    for (let n = 50_000; n < 100_000; n++) if (keys.has(key(n))) strangers++;
    expect(strangers).toBeLessThan(3);
  });

  test('says what a set says', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 3 }), { maxLength: 200 }), (all) => {
        const keys = new KeySet();
        const known = new Set<string>();
        for (const key of all) {
          expect(keys.has(key)).toBe(known.has(key));
          expect(keys.seen(key)).toBe(known.has(key));
          known.add(key);
        }
      }),
    );
  });
});
