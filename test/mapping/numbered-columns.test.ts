import { describe, expect, test } from 'vitest';
import { artificialPerson } from '../sandbox/persons.ts';
import { mapText, type Spec } from './builders.ts';

const person = { idCodeType: { const: 'PersonalIdentityCode' }, idCode: { from: 'HETU{n}' } };
const loans = (borrowers: Spec, more: Spec = {}): Spec => ({
  mapping: 'm',
  api: 'AddLoans',
  takes: '*.csv',
  fields: {
    reportReference: { from: 'NO', prefix: 'new-' },
    'loanNumber.type': { const: 'Other' },
    'loanNumber.number': { from: 'NO' },
    loanType: { const: 'LumpSumLoan' },
    borrowers: { each: 'columns', numbered: '1..3', presentWhen: 'HETU{n}', fields: person, ...borrowers },
    lumpSumLoan: { const: { balance: 1 } },
  },
  csv: { columns: { unknown: 'ignore' } },
  ...more,
});

const header = 'NO;HETU1;ROOLI1;HETU2;ROOLI2;HETU3;ROOLI3';
async function mapLoan(cells: string, borrowers: Spec = {}) {
  const { reports, findings } = await mapText(loans(borrowers), `${header}\n7;${cells}\n`);
  const report = reports[0] as { borrowers: { idCode: string }[] } | null;
  return { persons: report?.borrowers.map(({ idCode }) => idCode), findings };
}
const [a, b, c] = [artificialPerson(1), artificialPerson(2), artificialPerson(3)];

describe('items in numbered columns', () => {
  test('with a gap between them are reported, and the gap is warned of at the row', async () => {
    const { persons, findings } = await mapLoan(`${a};;;;${c};`);
    expect(persons).toEqual([a, c]);
    expect(findings).toMatchObject([{ code: 'COLUMNS_GAP', severity: 'warning', line: 2, column: 'HETU2', value: '' }]);
    expect(findings[0]?.expected).toBe('items without a gap: item 2 is absent, item 3 is there');
  });

  test.each([
    ['one', `${a};;;;;`],
    ['all', `${a};;${b};;${c};`],
    ['those at the head', `${a};;${b};;;`],
  ])('%s of them there: no gap', async (_, cells) => {
    expect((await mapLoan(cells)).findings).toEqual([]);
  });

  test('a gap at the head, or a longer one, is told once', async () => {
    expect((await mapLoan(`;;;;${c};`)).findings).toMatchObject([{ code: 'COLUMNS_GAP', column: 'HETU1' }]);
  });
});

describe('an item that presentWhen calls absent', () => {
  const withRole = { fields: { ...person, idCode: { firstOf: ['HETU{n}', 'ROOLI{n}'] } } };

  test('may have no filled cell: what it holds is warned of, and not shown', async () => {
    const { persons, findings } = await mapLoan(`${a};;;${b};;`, withRole);
    expect(persons).toEqual([a]);
    expect(findings).toMatchObject([{ code: 'ABSENT_ITEM_FILLED', severity: 'warning', line: 2, column: 'ROOLI2' }]);
    expect(JSON.stringify(findings)).not.toContain(b);
  });

  test('because of a condition may not lose its cells either; those the condition looks at may be filled', async () => {
    const presentWhen = { column: 'ROOLI{n}', is: 'V' };
    const guarantor = await mapLoan(`${a};V;${b};T;;`, { presentWhen });
    expect(guarantor.persons).toEqual([a]);
    expect(guarantor.findings).toMatchObject([{ code: 'ABSENT_ITEM_FILLED', column: 'HETU2' }]);
    expect((await mapLoan(`${a};V;;T;;`, { presentWhen })).findings).toEqual([]);
    const gap = await mapLoan(`${a};V;;T;${c};V`, { presentWhen });
    expect(gap.findings).toMatchObject([{ code: 'COLUMNS_GAP', column: null, value: null }]);
  });

  test('may hold what counts as empty in that field', async () => {
    const fields = { ...person, idCode: { firstOf: ['HETU{n}', 'ROOLI{n}'], emptyAs: ['-'] } };
    expect((await mapLoan(`${a};;;-;;`, { fields })).findings).toEqual([]);
  });

  test('leaves columns that all items share alone', async () => {
    const fields = { ...person, idCode: { firstOf: ['HETU{n}', 'NO'] } };
    expect((await mapLoan(`${a};;;;;`, { fields })).findings).toEqual([]);
  });

  test('warns, and the list that is missing then is an error of its own', async () => {
    const { persons, findings } = await mapLoan(`;;;${b};;`, withRole);
    expect(persons).toBeUndefined();
    expect(findings.map(({ code, severity }) => `${code} ${severity}`)).toEqual([
      'ABSENT_ITEM_FILLED warning',
      'VALUE_MISSING error',
    ]);
  });
});
