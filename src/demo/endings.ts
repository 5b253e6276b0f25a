import { type Cast, paidOff } from './cast.ts';
import { daysLater, finnishDay } from './finnish.ts';
import type { DemoLoan } from './loans.ts';
import { type Cells, Sheet } from './sheet.ts';

const columns = ['LAINANRO', 'ILMOITUSLAJI', 'ASIAKASLAJI', 'PAATTYMISPVM', 'PAATTYMISSYY', 'KONTTORI'];

/** Loans that ended yesterday: paid off, sold, or sent to debt collection. */
export function endings(cast: Cast, today: string): Sheet {
  const sheet = new Sheet(columns);
  const day = finnishDay(daysLater(today, -1));
  const add = (loan: DemoLoan, cells: Cells, fault?: string) =>
    sheet.add(
      {
        LAINANRO: loan.number,
        ASIAKASLAJI: 'H',
        PAATTYMISPVM: day,
        PAATTYMISSYY: '01',
        KONTTORI: loan.office,
        ...cells,
      },
      fault,
    );

  cast.ended.forEach((loan, i) => {
    add(loan, { PAATTYMISSYY: i < paidOff ? '01' : i === 13 ? '03' : '02' });
    if (i === 3) add(loan, { LAINANRO: '0004900010', ASIAKASLAJI: 'Y' });
    if (i === 5) add(cast.noEndDate, { PAATTYMISPVM: 'NULL' }, 'the day the loan ended is missing (END_DATE_MISSING).');
    if (i === 10) {
      const { contractDate } = cast.endBeforeContract;
      add(
        cast.endBeforeContract,
        { PAATTYMISPVM: finnishDay(daysLater(contractDate, -365)) },
        'the loan ended before its contract was signed (SB-END-BEFORE-CONTRACT).',
      );
    }
  });
  return sheet;
}
