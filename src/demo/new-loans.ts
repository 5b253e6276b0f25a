import type { Cast } from './cast.ts';
import { money } from './finnish.ts';
import { loanColumns, loanRows } from './loan-cells.ts';
import type { DemoLoan } from './loans.ts';
import { mistyped } from './persons.ts';
import { type Cells, Sheet } from './sheet.ts';

/** Something made wrong: on one row of a loan, or on all of them when `row` is absent. */
type Plant = { loan: DemoLoan; row?: number; cells?: Cells; torn?: string; says: string };

/** The new loans of the night, with companies' loans among them. */
export function newLoans(cast: Cast): Sheet {
  const sheet = new Sheet(loanColumns);
  const plants = new Map(plantsOf(cast).map((plant) => [plant.loan, plant]));
  cast.all.forEach((loan, i) => {
    const plant = plants.get(loan);
    loanRows(loan).forEach((row, at) => {
      const { says, torn } = plant && at === (plant.row ?? 0) ? plant : {};
      const cells = plant && at === (plant.row ?? at) ? { ...row, ...plant.cells } : row;
      sheet.add(cells, says, torn);
    });
    if (i % 25 === 10) sheet.add(companyRow(loan, i));
  });
  return sheet;
}

/** A row the mapping skips. */
function companyRow(loan: DemoLoan, i: number): Cells {
  const [row] = loanRows(loan);
  return {
    ...row,
    LAINANRO: String(4_900_000 + i).padStart(10, '0'),
    ASIAKASLAJI: 'Y',
    VELALLISIA: '1',
    HETU: '',
    NIMI: `Ääni & Äyri ${i} Oy`,
  };
}

function plantsOf(cast: Cast): Plant[] {
  const { dateTurnedRound, decimalPoint, mistypedCode, drawnTooMuch, tornRow, differingRows } = cast;
  return [
    {
      loan: dateTurnedRound,
      cells: { SOPIMUSPVM: dateTurnedRound.contractDate.replaceAll('-', '.') },
      says: 'the contract date is written year first (DATE_FORMAT).',
    },
    {
      loan: decimalPoint,
      cells: { MYONNETTY: (decimalPoint.amount / 100).toFixed(2) },
      says: 'the amount granted has a point for its decimals (DECIMAL_FORMAT).',
    },
    {
      loan: cast.unknownPurpose,
      cells: { KAYTTOTARKOITUS: '77' },
      says: 'purpose 77 is in no code list (CODE_UNKNOWN).',
    },
    {
      loan: mistypedCode,
      row: 0,
      cells: { HETU: mistyped(mistypedCode.borrowers[0]?.code ?? '') },
      says: 'the identity code has a wrong check character (IDENTITY_CODE).',
    },
    {
      loan: drawnTooMuch,
      cells: { NOSTETTU: money(drawnTooMuch.amount + 50_000) },
      says: 'more was drawn than was granted (AMOUNT_PAID_ABOVE_ISSUED).',
    },
    { loan: cast.noCode, row: 0, cells: { HETU: '' }, says: 'the identity code is missing (VALUE_MISSING).' },
    {
      loan: tornRow,
      row: 1,
      cells: { NIMI: 'Sjöblom; Märta' },
      torn: 'NIMI',
      says: 'a name with a semicolon lost its quotes: too many cells (ROW_WIDTH), so its loan stays (GROUP_HAS_BROKEN_ROW).',
    },
    {
      loan: differingRows,
      row: 1,
      cells: { SALDO: money(differingRows.balance - 10_000) },
      says: 'the second borrower’s row tells another balance than the first (ROWS_DIFFER).',
    },
    {
      loan: cast.countTooSmall,
      cells: { VELALLISIA: '1' },
      says: 'more borrowers are listed than are counted (BORROWERS_COUNT_TOO_SMALL).',
    },
    ...cast.notYetKnown.map((loan) => ({
      loan,
      says: 'the register does not know the person yet (E20): it goes again by itself after a week.',
    })),
    ...cast.notInUse.map((loan) => ({
      loan,
      says: 'the identity code is not in use (E21): the register rejects the loan.',
    })),
  ];
}
