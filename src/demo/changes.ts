import type { Cast } from './cast.ts';
import { loanColumns, loanRows } from './loan-cells.ts';
import type { DemoLoan } from './loans.ts';
import { type Cells, Sheet } from './sheet.ts';

const columns = ['MUUTOSNRO', 'ILMOITUSLAJI', ...loanColumns.filter((column) => column !== 'VALUUTTA')];

/** The changes of the night: rates, limits, and debtors who are debtors no longer. */
export function changes(cast: Cast): Sheet {
  const sheet = new Sheet(columns);
  let count = 0;
  const add = (loan: DemoLoan, cells: Cells, fault?: string) => {
    const number = `M${String(++count).padStart(6, '0')}`;
    for (const [at, row] of loanRows(loan).entries())
      sheet.add({ ...row, MUUTOSNRO: number, ...cells }, at === 0 ? fault : undefined);
  };
  const [waiting] = cast.notYetKnown;
  const changed = [...cast.delayed.slice(0, 6), ...cast.others.filter((loan) => loan.takenOver)].slice(0, 26);
  changed.forEach((loan, i) => {
    if (i === 8) add(cast.unknownRate, { KORKOSIDOS: 'EUR05' }, 'no case names the rate EUR05 (CASE_UNMAPPED).');
    if (i === 14) add(cast.wrongCollateral, { VAKUUS: 'X' }, 'collateral is X, neither K nor E (BOOLEAN_FORMAT).');
    if (i === 19 && waiting)
      add(newRate(waiting), {}, 'the person of the loan is not known yet (E20): held until the loan is accepted.');
    add(change(loan), { ILMOITUSLAJI: i % 9 === 4 ? 'K' : '' });
  });
  return sheet;
}

const newRate = (loan: DemoLoan): DemoLoan => ({ ...loan, rate: loan.rate - 35 });

function change(loan: DemoLoan): DemoLoan {
  if (loan.product.kind === '02') return { ...loan, amount: loan.amount + 100_000 };
  if (loan.borrowers.length > 1) return { ...loan, borrowers: loan.borrowers.slice(0, 1) };
  return newRate(loan);
}
