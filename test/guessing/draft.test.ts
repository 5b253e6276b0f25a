import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { batchApis } from '../../src/contract/apis.ts';
import { artificialIban, artificialIdentityCode, identityCodeFault, isIban } from '../../src/lib/identity-code.ts';
import { UsageError } from '../../src/lib/problem.ts';
import { checked, draftOf, fieldsOf, previewed } from './draft-of.ts';
import { foreignExports } from './foreign-exports.ts';

const csv = (...rows: string[]) => Buffer.from(`${rows.join('\n')}\n`);
const persons = (count: number) => Array.from({ length: count }, (_, i) => artificialIdentityCode(i));

describe('artificial numbers', () => {
  test('of persons are right, and another for each', () => {
    const codes = Array.from({ length: 3000 }, (_, i) => artificialIdentityCode(i * 7));
    expect(codes.filter((code) => identityCodeFault(code, 'artificial') !== null)).toEqual([]);
    expect(new Set(codes).size).toBe(codes.length);
  });

  test('of accounts are right', () => {
    expect([1, 2, 3, 99].map(artificialIban).filter((iban) => !isIban(iban))).toEqual([]);
  });
});

describe('what a draft shows of its sample', () => {
  test('is codes and names of columns: no identity code, name, number or amount of it', async () => {
    for (const make of Object.values(foreignExports)) {
      const { bytes, fileName, api } = make();
      const { text, left, supposed } = await draftOf(bytes, fileName, api);
      const shown = [text, ...left, ...supposed].join('\n');
      for (const secret of [
        /Väinö|Märta|Strandgatan|soitettu|virkailija|clerk|käsittelijä/,
        /0000077|HB90\d|L-52|A\/7\d\d|M5\d\d|\b61\d\b/,
        /731|950,|411\./,
        ...persons(120).map((code) => new RegExp(code)),
      ])
        if (!isOwn(secret)) expect(shown).not.toMatch(secret);
    }
  });
  // Made-up persons of the tests begin with the same codes as the made-up persons of the samples.
  const isOwn = (secret: RegExp) => persons(7).some((code) => secret.source === code);

  test('does not hold codes of a column with more than thirty, of sentences, or of persons', async () => {
    const kinds = Array.from({ length: 31 }, (_, i) => `kind${i}`);
    const rows = kinds.map(
      (kind, i) =>
        `${i + 100};${artificialIdentityCode(i)};${kind};please call back in the morning no ${i % 4};ann${i % 3}@example.fi`,
    );
    const { text } = await draftOf(
      csv('LAINANRO;HETU;LAINALAJI;KAYTTOTARKOITUS;LYHENNYSTAPA', ...rows),
      'x.csv',
      'AddLoans',
    );
    expect(text).not.toMatch(/kind\d|please|example\.fi/);
  });

  test('are tests whose persons, numbers, amounts and days are made up, and that pass', async () => {
    const { text } = await draftOf(
      csv(
        'LAINANRO;HETU;MYONNETTY;NOSTETTU;SOPPVM;NIMI',
        '0000612345;130284-9400;1 234,56;1 000,00;03.04.2025;Mäkelä',
        '0000612346;100190-999P;9 876,54;0,00;05.06.2025;Ek',
      ),
      'x.csv',
      'AddLoans',
    );
    const { errors, passed } = await checked(text);
    expect({ errors, passed }).toEqual({ errors: [], passed: 1 });
    expect(text).toMatch(/0000000001;.*15\.04\.2025/);
    expect(text).not.toMatch(/612345|130284-9400|1 234,56|03\.04\.2025|Mäkelä/);
    expect(text).toMatch(/amountIssued: 2000/);
    expect(text).toMatch(/amountPaid: 1000/);
  });
});

describe('a draft', () => {
  test('is marked as one, and takes its own file no more than any other', async () => {
    const { text } = await draftOf(
      csv('LAINANRO;HETU', `1;${artificialIdentityCode(1)}`),
      'LOANS_20260103.csv',
      'AddLoans',
    );
    expect(text).toMatch(/^draft: true$/m);
    expect(text).toMatch(/^takes: "LOANS_\*\.csv"/m);
    const { loaded } = await checked(text);
    expect(loaded?.mapping.draft).toBe(true);
  });

  test('names the columns that come near the one it takes', async () => {
    const rows = [1, 2, 3].map((i) => `${i};${artificialIdentityCode(i)};${i}00,00;${i}10,00`);
    const { text } = await draftOf(csv('LAINANRO;HETU;LAINASALDO;SALDO', ...rows), 'x.csv', 'AddLoans');
    expect(text).toMatch(/balance: \{ from: LAINASALDO, .*or SALDO/);
  });

  test('leaves a field without a column out, and says so', async () => {
    const { text, left } = await draftOf(csv('LAINANRO;NIMI', '1;Ek', '2;Ek'), 'x.csv', 'AddLoans');
    const { errors } = await checked(text);
    expect(errors.some((error) => /FIELD_MISSING borrowers/.test(error))).toBe(true);
    expect(left.some((line) => line.startsWith('borrowers:'))).toBe(true);
    expect(text).toMatch(/# borrowers: TODO/);
  });

  test('leaves codes that tell nothing to its author, with the values to choose from, and check names each', async () => {
    const rows = [1, 2, 3, 4].map((i) => `${i};${artificialIdentityCode(i)};Q${i % 2}`);
    const { text, todos } = await draftOf(csv('LAINANRO;HETU;LYHENNYSTAPA', ...rows), 'x.csv', 'AddLoans');
    expect(todos).toBe(2);
    expect(text).toMatch(/# {3}Annuities – /);
    const { errors } = await checked(text);
    expect(errors).toHaveLength(2);
    for (const [i, code] of ['Q1', 'Q0'].entries()) {
      const line = text.split('\n').findIndex((each) => each.includes(`"${code}": TODO`)) + 1;
      expect(errors).toContainEqual(expect.stringMatching(`^${line} CODE_VALUE .*"${code}" is left to fill`));
      expect(i).toBeLessThan(2);
    }
  });

  test('tells loan types apart by the columns their rows fill, when their codes tell nothing', async () => {
    const rows = Array.from({ length: 20 }, (_, i) =>
      i % 2 ? `${i};${artificialIdentityCode(i)};77;1000,00;;` : `${i};${artificialIdentityCode(i)};88;;500,00;`,
    );
    const { text } = await draftOf(
      csv('LAINANRO;HETU;LAINALAJI;MYONNETTY;LIMIITTI;LASKU', ...rows),
      'x.csv',
      'AddLoans',
    );
    expect(text).toMatch(/"77": LumpSumLoan # guess: its rows fill MYONNETTY/);
    expect(text).toMatch(/"88": RunningAccountLoan # guess: its rows fill LIMIITTI/);
  });

  test('skips companies by the column that tells them, or by their Business IDs', async () => {
    const rows = Array.from(
      { length: 20 },
      (_, i) => `${i};${i % 4 ? artificialIdentityCode(i) : '1572860-0'};${i % 4 ? 'A' : 'B'}`,
    );
    const told = await draftOf(csv('LAINANRO;HETU;RYHMA', ...rows), 'x.csv', 'AddLoans');
    expect(told.text).toMatch(/when: \{ column: RYHMA, in: \["B"\] \}/);
    const untold = await draftOf(
      csv('LAINANRO;HETU', ...rows.map((row) => row.slice(0, row.lastIndexOf(';')))),
      'x.csv',
      'AddLoans',
    );
    expect(untold.text).toMatch(/when: \{ column: HETU, matches: /);
    for (const { text } of [told, untold]) {
      const { loaded } = await checked(text);
      expect(loaded && (await previewed(loaded, csv('LAINANRO;HETU;RYHMA', ...rows))).skipped).toBe(5);
    }
  });

  test('leaves guarantors out of the borrowers', async () => {
    const rows = Array.from(
      { length: 12 },
      (_, i) => `${i >> 1};${artificialIdentityCode(i)};${i % 2 ? 'TAKAAJA' : 'VELALLINEN'};100,00`,
    );
    const { text } = await draftOf(csv('LAINANRO;HETU;ROOLI;MYONNETTY', ...rows), 'x.csv', 'AddLoans');
    const { loaded } = await checked(text);
    if (!loaded) throw new Error('the draft cannot be used');
    const { reports } = await previewed(loaded, csv('LAINANRO;HETU;ROOLI;MYONNETTY', ...rows));
    expect(reports.map(({ borrowers }) => (borrowers as unknown[]).length)).toEqual([1, 1, 1, 1, 1, 1]);
  });

  test('knows an IBAN for a loan number', async () => {
    const rows = [1, 2, 3].map((i) => `${artificialIban(i)};${artificialIdentityCode(i)}`);
    const { text } = await draftOf(csv('LAINATILI;HETU', ...rows), 'x.csv', 'AddLoans');
    const { loaded, errors } = await checked(text);
    expect(errors).toEqual([]);
    expect(text).toMatch(/loanNumber\.type: \{ const: Iban \}/);
    expect(fieldsOf(loaded)).toMatchObject({ 'loanNumber.number': 'LAINATILI' });
  });

  test('proposes how the last line closes the file: its beginning, the count of the rows and the sum it holds', async () => {
    const rows = ['1 000,50', '2 000,25', '3,00'].map((amount, i) => `${i};${artificialIdentityCode(i)};${amount}`);
    const wide = await draftOf(csv('LAINANRO;HETU;MYONNETTY', ...rows, '#LOPPU;3;;3 003,75'), 'x.csv', 'AddLoans');
    expect(wide.text).toContain(
      '  trailer: { startsWith: "#LOPPU", rowCount: 2, sum: { cell: 4, of: MYONNETTY, as: money } }',
    );
    const level = await draftOf(csv('LAINANRO;HETU;MYONNETTY', ...rows, 'YHTEENSÄ;;3 003,75'), 'x.csv', 'AddLoans');
    expect(level.text).toContain('  trailer: { startsWith: "YHTEENSÄ", sum: { cell: 3, of: MYONNETTY, as: money } }');
    for (const { text } of [wide, level]) expect((await checked(text)).errors).toEqual([]);
  });

  test('takes 31 December 9999 for nothing', async () => {
    const rows = ['2030-01-01', '9999-12-31'].map((day, i) => `${i};${artificialIdentityCode(i)};${day}`);
    const { text } = await draftOf(csv('LAINANRO;HETU;ERAPVM_VIIM', ...rows), 'x.csv', 'AddLoans');
    expect(text).toMatch(/plannedFinalDueDate: \{ .*emptyAs: \["","9999-12-31"\]/);
  });

  test('of any table can be read as a mapping, and tells nothing but what is left', async () => {
    const words = fc.constantFrom(
      'LAINANRO',
      'HETU',
      'PVM',
      'ALKUPVM',
      'SALDO',
      'LAJI',
      'a"b',
      'x: y',
      '#z',
      "o'k",
      '{n}',
      'ERA1',
      'ERA2',
      'Köp & co',
      '- q',
      '%',
      '',
    );
    const cell = fc.constantFrom(
      '',
      '1',
      '01',
      '2,50',
      '1.1.2026',
      'K',
      'E',
      'EURIBOR',
      'a: b',
      '# c',
      '"d',
      '\u2028',
      '\u0085',
      'NULL',
      '-',
      '100190-999P',
      '{ e }',
    );
    const tables = fc.uniqueArray(words, { minLength: 2, maxLength: 8 }).chain((names) =>
      fc.tuple(
        fc.constant(names),
        fc.array(fc.array(cell, { minLength: names.length, maxLength: names.length }), {
          minLength: 1,
          maxLength: 8,
        }),
      ),
    );
    await fc.assert(
      fc.asyncProperty(
        tables,
        fc.constantFrom(undefined, ...batchApis),
        fc.string(),
        async ([names, rows], api, fileName) => {
          const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
          const bytes = csv(...[names, ...rows].map((cells) => cells.map(quote).join(';')));
          try {
            const { text } = await draftOf(bytes, fileName, api);
            const { errors } = await checked(text);
            expect(errors.filter((error) => !/ (CODE_VALUE|FIELD_MISSING) /.test(error))).toEqual([]);
          } catch (error) {
            if (!(error instanceof UsageError)) throw error;
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
